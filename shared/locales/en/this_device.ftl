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
