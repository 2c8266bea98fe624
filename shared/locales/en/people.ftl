### Who people are in the mechanism.

## Roles, as shown beside a name and on the settings page. The code after `role-` is the role's id.
role-receiver = Complaint receiver
role-ao = Accountability Officer
role-ao_assistant = Accountability assistant
role-pm_focal = Project focal point
role-area_coord = Area Coordinator
role-ame_mgr = AME Manager
role-cd = Country Director
role-psea_fp = PSEA and safeguarding focal point
role-hq_iu = HQ Investigation Unit
role-hq_ame = HQ AME Manager
role-admin = System administrator

# A name with its role, in lists of people and in the timeline. $person: display name. $role: a role's name.
person-with-role = { $person } – { $role }
# Instead of the name of someone whose account was closed. $role: a role's name.
person-former = { $role } (former)
