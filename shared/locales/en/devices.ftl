### People, their accounts and their devices: for administrators and those who look after others' devices.

## List of people.
nav-people = People and devices
people-words = You see names and devices here, never what anyone wrote or heard.
people-search = Search by name
people-none_found = Nobody of that name.
people-new = New person
people-lost = A phone is lost
# $count: a whole number.
people-devices = { $count ->
    [0] No device
    [one] 1 device
   *[other] { $count } devices
}
people-no_account = No account
people-closed = Account closed
people-absent = Away
people-no_factor = No authenticator yet
people-unknown = There is no such person, or you don't look after their devices.

## One person's account, for administrators.
account-title = Account
account-login = Log-in name
account-login_hint = Latin letters and digits. It is typed at every sign-in.
account-name = Name
account-role = Role
account-areas = Areas
account-areas_hint = Without an area, everywhere.
account-area_add = Add an area
account-projects = Projects
account-projects_hint = Without a project, all.
account-line_manager = Line manager
account-deputy = Deputy
account-nobody = Nobody
account-partner = Organisation, if it is not ours
account-absent = Away: the deputy stands in
account-inactive = Account closed: devices are revoked
account-add = Add the account
account-save = Publish to all devices
account-saving = Publishing…
account-saved = Published. Devices receive it at their next sync.
account-reset = New password
account-reset_title = Make a new password?
# $person: a name.
account-reset_words = All sessions of { $person } end. Nothing on their devices is lost: what waits is sent once they sign in with the new password.
account-reset_factor = Forget the authenticator
account-reset_factor_title = Forget the authenticator and make a new password?
# $person: a name.
account-reset_factor_words = For a lost authenticator and lost recovery codes. All sessions of { $person } end; at the next sign-in they set up a new authenticator. Make sure that it is really { $person } who asks.
account-handed_title = Hand this over
# $person: a name.
account-handed_words = Tell { $person } in person or by a safe call. The first sign-in with it asks for a password of their own. It is shown only now.
account-handed_done = I have handed it over

## A password in place of a temporary one, at sign-in.
new-password = Your own password
# $least: the fewest characters accepted.
new-password_hint = { $least ->
    [one] At least 1 character, and not the one you were given.
   *[other] At least { $least } characters, and not the one you were given.
}
new-password_words = The password you were given is good for this once. Choose one that only you know.

## Devices of one person.
devices-title = Devices
devices-none = No device has signed in with this account.
devices-id = Device
devices-last_contact = Last contact
devices-never = Never yet
devices-enrolled = Signed in first
devices-version = Version
devices-waiting = Waiting on it then
# $count: a whole number.
devices-waiting_count = { $count ->
    [0] Nothing
    [one] 1 entry
   *[other] { $count } entries
}
# The code after `device-standing-` is how a device stands.
device-standing-in_use = In use
device-standing-revoked = Revoked
devices-revoke = Revoke
devices-revoke_title = Revoke this device?
# $person: a name.
devices-revoke_words = From now on it gets nothing from the server. At its next contact it locks and deletes everything the server has; what it had not sent stays on it, encrypted. { $person } can't take this back.
devices-revoke_all = Revoke all devices
devices-revoke_all_title = Revoke all devices of this person?
devices-revoked = Revoked.
devices-revoke_why = Why?
devices-revoke_choose = Choose a reason
devices-revoke_told = Your name and the reason are shown to everyone else who looks after this person, also above you.
# The code after `revoke-reason-` is stable.
revoke-reason-lost = Lost or stolen
revoke-reason-taken = Taken from its person
revoke-reason-replaced = Replaced by another one
revoke-reason-left = Its person works here no more
revoke-reason-misused = Someone else may be using it
# $when: a day. $who: a person. $why: one of the reasons.
devices-revoked_by = Revoked on { $when } by { $who }: { $why }
devices-revoked_operator = the server's operator
devices-revoked_unsaid = no reason given
devices-let_in = Let it in again
devices-let_in_title = Let this device in again?
# $person: a name.
devices-let_in_words = Only if you have seen it in the hands of { $person }, or heard so by voice. What it had not sent, sealed reports too, then comes in under their name.
devices-was_let_in = It is let in again. On it: close the app, open it and enter the passphrase, twice if it still says blocked.
# $person: a name.
revoked-lately = A device of { $person } was revoked
revoked-lately_words = If you don't know why, ask that person, not only whoever revoked it. What was not sent is still there, encrypted.
devices-lost = It is lost

## A lost phone: what had arrived from it, what it could show, revoking it.
lost-title = A phone is lost
lost-choose = Whose phone is it?
lost-none = Nobody whose devices you look after has a device in use.
lost-revoke = Revoke it now
lost-done = It is revoked. At its next contact with the server it locks and deletes what the server has.
lost-numbers = Arrived from it
# $days: a number.
lost-numbers_words = { $days ->
    [one] Receipt numbers of reports that reached the server from this phone in the last day. Whoever may read them finds whom to call back.
   *[other] Receipt numbers of reports that reached the server from this phone in the last { $days } days. Whoever may read them finds whom to call back.
}
lost-numbers_none = No report with a number arrived from it in these days.
lost-days = Days
# $count: a whole number.
lost-waiting = { $count ->
    [0] Nothing waited on it at its last contact.
    [one] 1 entry waited on it at its last contact and had not arrived. Ask its owner what it was.
   *[other] { $count } entries waited on it at its last contact and had not arrived. Ask its owner what they were.
}
lost-shows = What it could show its finder
lost-shows-locked = Switched off or locked: nothing of what was written. The data are encrypted. It can be seen that the app is installed, and the log-in name of its user.
lost-shows-running = Taken while open: whatever its user sees, until it locks by itself after two minutes without use.
# By the role of its user, if someone forces them to open it or knows the passphrase.
lost-shows-receiver = Opened with the passphrase: reports not yet sent, and of those sent only number, day and state.
lost-shows-team = Opened with the passphrase: the open cases of levels 1 to 3 of the whole area, with names and numbers of those who spoke.
lost-shows-handler = Opened with the passphrase: the cases it is responsible for, and reports not yet sent.
lost-shows-sealed = Opened with the passphrase: numbers and days of sealed reports, and reports not yet sent.
lost-shows-nothing = Opened with the passphrase: lists of places, projects and names of colleagues. No case.
