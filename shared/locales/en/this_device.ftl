### This device keeping its secrets: before the road, too long without contact.

## Before the road: one press on the page of settings.
road-title = Before the road
road-words = Before a checkpoint, or when you hand this device over. It deletes what the server has, and shows nothing until someone re-opens it.
road-do = Prepare for the road
road-confirm-title = Prepare this device for the road?
# $count: changes not yet on the server.
road-confirm-words = { $count ->
    [0] Everything on it that the server has is deleted: cases, names, lists. It then shows nothing until your officer or another supervisor re-opens it. Drafts stay, encrypted.
    [one] Everything on it that the server has is deleted: cases, names, lists. It then shows nothing until your officer or another supervisor re-opens it. 1 change not yet sent stays, encrypted, and is sent when you open the app. Drafts stay too.
   *[other] Everything on it that the server has is deleted: cases, names, lists. It then shows nothing until your officer or another supervisor re-opens it. { $count } changes not yet sent stay, encrypted, and are sent when you open the app. Drafts stay too.
}

## Instead of every page, while the device shows nothing.
shut-road-title = Prepared for the road
shut-road-words = This device holds nothing that the server has. It only sends. Ask your officer or another supervisor to re-open it; what you may see then comes back.
shut-expired-title = Too long without contact
shut-expired-words = This device had no contact with the server for so long that it deleted what the server has. What was not sent is here, encrypted. Connect once, and everything comes back.
shut-unconfirmed-title = Not confirmed yet
shut-unconfirmed-words = This device gets nothing until someone else confirms that it is yours.
shut-look = Send and look
# On every page, some days before. $days: whole days left.
banner-contactless = { $days ->
    [0] This device has had no contact with the server for long. Connect today: otherwise it deletes what the server has. What was not sent stays.
    [one] This device has had no contact with the server for long. Connect within 1 day: otherwise it deletes what the server has. What was not sent stays.
   *[other] This device has had no contact with the server for long. Connect within { $days } days: otherwise it deletes what the server has. What was not sent stays.
}

## Re-opening, on the page of a person's devices.
device-standing-road = Prepared for the road
device-standing-unconfirmed = Not confirmed
devices-reopen = Re-open
devices-reopen_title = Re-open this device?
# $person: a name.
devices-reopen_words = Only if you know that { $person } has it in hand and is safe. At its next contact it receives again what { $person } may see.
devices-reopened = Re-opened. It fills at its next contact.

## A passphrase that is gone: opening with an administrator who sees the device.
opening-forgotten = Passphrase forgotten?
opening-gone = There were too many wrong passphrases. Your data are safe, and only an administrator can open this device with you.
opening-words = Go to an administrator with this device, with a connection. You sign in, the administrator compares the digits shown here and says yes, and you choose a new passphrase. What was not sent is still here.
opening-passphrase = New passphrase for this device
opening-pin = New PIN
opening-ask = Show the digits
opening-digits = Show these digits to the administrator. They wait for 15 minutes.
opening-then = When the administrator has said yes, go on here. If a code from your authenticator app is asked for, wait for the next one.
opening-come = The administrator said yes: open
devices-asks_opening = Its passphrase is gone and it asks to be opened. These digits must stand on its screen:
devices-open = They are the same: open
devices-open_title = Open this device?
# $digits: twelve digits. $person: a name.
devices-open_words = Only if you see the device itself, in the hands of { $person }, and it shows { $digits }. Whoever holds it then reads what was not sent.
devices-opened = Said yes. Go on with the device within 15 minutes.

## Letting a new device in: a code, then digits compared by voice.
enrolment-words = This device is new to the server. Ask your supervisor or an administrator for a code.
enrolment-code = Code for a new device
enrolment-scan = Photograph the code (QR) that was handed to you
enrolment-code_hint = Ten letters and digits, good once and for 15 minutes.
enrolment-title = A new device
enrolment-about = A new device comes in with a code, and gets nothing until someone has compared its digits by voice.
enrolment-make = Make a code
# $person: a name.
enrolment-hand_over = Hand this to { $person }: to be scanned with the new device, or typed at the first sign-in. It is good once, for 15 minutes, and shown only now.
enrolment-picture = Picture with the address and the code
# Before the address that is typed in an app on phone or computer, where no camera opens it.
enrolment-in_app = In the app on a phone or computer, type this address and then the code:
enrolment-then = After the sign-in the device shows twelve digits. Call each other, let them be read out, and enter them here under "Devices".
enrolment-call = This device waits. Call its person on a number you know, and let the twelve digits on its screen be read out.
enrolment-digits = The digits that were read out
enrolment-confirm = Confirm this device
enrolment-other_digits = These are not this device's digits. Listen again. If they differ again, revoke it: someone else may have signed in.
enrolment-confirmed = Confirmed. It fills at its next contact.
shut-unconfirmed-digits = Call whoever gave you the code, and read out these digits. Then go on here.

## Several people on one device.
users-title = Others on this device
users-new = Someone else signs in
users-log_out = Log out
users-log_out_words = For handing this device to a colleague: each has a passphrase and data of their own. What you have not sent stays, encrypted, and is sent when you open it again.

## A look that says nothing of what the app is for.
settings-look = Name and sign of the app
settings-look_hint = "Notes" shows neither on the lock screen nor in the list of apps what this is. An app installed already keeps its old sign until it is installed again.
# The code after `look-` is the look's.
look-sada = Sada
look-notes = Notes
unlock-title_plain = Locked
