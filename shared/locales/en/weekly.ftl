### The weekly report of who looked at what, printed by the server. Each line is a name followed by a number.

## Head.
# $from, $to: days.
week-title = Who looked at what, { $from } to { $to }
week-explained = From the audit log. What was read on a device without the server counts in the week in which the device told of it.
week-nothing = Nothing was noted in this week.
week-operator = The server and whoever operates it
## Of one person.
# $name: a person, $id: their id, $role: their role.
week-person = { $name } ({ $id }), { $role }
week-gone = not in the settings any more
## Each followed by a number.
week-identities = Cases read with who spoke or whom it is about
week-sensitive = Cases of level 3 and above read
week-online = Times a case was opened at the server
week-offline = Times a case was opened on a device without the server
week-lists = Pages of lists with cases of level 3 and above
week-sent = Times documents went to their devices
week-exports = Exports (of the audit log or of cases)
week-sign_ins = Log-ins
week-refused = Log-ins, calls and changes refused
week-keys = Keys and recovery: asked for, let in, withdrawn, tried, opened
week-administered = Accounts, devices and settings changed
## On the page of the app.
week-page = Who looked at what
week-which = Week
# $from, $to: days.
week-days = { $from } to { $to }
