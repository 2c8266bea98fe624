### Who people are in the mechanism.

## Roles.
role-receiver = مستلم الشكوى
role-ao = موظف المساءلة
role-ao_assistant = مساعد المساءلة
role-pm_focal = مسؤول الارتباط في المشروع
role-area_coord = منسق المنطقة
role-ame_mgr = مدير المراقبة والتقييم
role-cd = المدير القطري
role-psea_fp = مسؤول الحماية من الاستغلال والانتهاك الجنسيين
role-hq_iu = وحدة التحقيق في المقر
role-hq_ame = مدير المراقبة والتقييم في المقر
role-admin = مدير النظام

person-with-role = { $person } – { $role }
person-former = { $role } (سابقاً)
