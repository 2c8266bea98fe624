### Home, own records, and what waits to be sent.

## Home.
# $name: display name.
home-greeting = Hello, { $name }
home-record_complaint = Record a complaint
home-record_session = Record a session
# Heading above the numbers of the inbox.
home-desk = Your desk
home-drafts = Drafts
home-no_drafts = No drafts
home-no_drafts_words = What you begin and don't finish waits here, on this phone only.
home-all_sent = Everything is on the server
# $count: a whole number.
home-waiting = { $count ->
    [one] 1 change waits on this phone
   *[other] { $count } changes wait on this phone
}
# Instead of the time of the last contact with the server.
home-never_synced = Never yet
# $when: how long ago.
home-last_contact = Last contact with the server: { $when }

## Drafts.
draft-complaint = Complaint
draft-session = Session
draft-counting = Participants being counted
# Beside the heading of a form.
draft-saving = Saving…
# Beside the heading of a form.
draft-saved = Saved on this phone
draft-leave = Go on later
draft-drop = Discard
draft-drop_title = Discard this draft?
draft-drop_words = What you entered is deleted from this phone and can't be brought back.

## Own records.
records-here = On this device
records-none = Nothing recorded yet
records-none_words = Complaints you record appear here with their way to the server.
records-sent = Passed on
records-sent_words = These are with the accountability team. Only number, day and state stay on this device.

## What waits to be sent.
# Under the number itself. $count: changes.
waiting-changes = { $count ->
    [one] change waits to be sent
   *[other] changes wait to be sent
}
waiting-pictures = { $count ->
    [one] among them a photo of paper
   *[other] among them photos of paper
}
waiting-send_now = Send now
waiting-oldest = Waiting longest
waiting-last_success = Last sent
waiting-last_failure = Last attempt
waiting-next = Next attempt by itself
# $count: a whole number.
waiting-few_ref_nos = { $count ->
    [one] 1 receipt number is left on this device. Connect once to get new ones.
   *[other] { $count } receipt numbers are left on this device. Connect once to get new ones.
}
waiting-little_space = Little space is left on this device. Delete photos or apps you don't need.
waiting-none_words = What you record without a connection waits here and is sent by itself.
# While a sync runs. All: numbers.
waiting-progress = Sent { $sent } of { $total }, fetched { $fetched }
# After a sync. Both: numbers.
waiting-done = Done: sent { $sent }, fetched { $fetched }

## Set aside: what the server or this device could not take.
aside-title = Set aside
aside-words = Nothing here is lost. Read why, and what to do.
# In place of the list, once its last entry was tried again.
aside-none = Nothing is set aside any more. What was tried again is sent with the rest.
aside-retry = Try again
aside-note = I have read it
# $count: photos set aside with it.
aside-pictures = { $count ->
    [one] With it: a photo of paper, on this device only.
   *[other] With it: { $count } photos of paper, on this device only.
}
aside-only_copy = Only this device has this. It stays here, encrypted, even after “Before the road”.
# $when: a day.
aside-goes = The server has this too. It leaves this device on { $when }. Until then you can try again.
# Instead of what was meant, where that is not known.
aside-entry = Entry
# $code: a stable code.
aside-why_unknown = Not taken, reason { $code }. It is kept. Tell your administrator.

## What was meant, in the list of what was set aside. The code after `intent-` is stable.
intent-draft = Form not yet saved
intent-record_complaint = Complaint
intent-record_session = Session
intent-picture = Photo of paper
intent-open_box = Box opening
intent-add_step = Step
intent-set_facts = Correction of a fact
intent-count_participants = Counted participants
intent-correct_count = Corrected count

## Settings of this device.
settings-language = Language
settings-theme = Look
theme-auto = As the device
theme-light = Light
theme-dark = Dark
theme-sun = In the sun
settings-digits = Digits
settings-device = This device
settings-signed_in = Signed in
settings-device_id = Device
settings-last_contact = Last contact
settings-version = App version
settings-snapshot = Lists and projects, version
settings-storage = Storage
settings-storage_kept = The browser keeps the data on this device.
settings-storage_own = Kept in the app's own storage.
settings-not_kept = This choice could not be stored. It holds until the app is closed.

## Carrying what waits by hand.
carry-title = No network for long? Carry it by hand
carry-words = Everything that waits, and photos that were set aside, is written into one file that only the server can open. Give it to a colleague or put it on a memory card. Whoever carries it can't read it.
carry-make = Save what waits as a sealed file
carry-stays = It also stays here, and counts as sent once this phone has reached the server. Delete the file when it has been brought.
# $count: photos.
carry-left_out = { $count ->
    [one] One photo did not fit into the file. It is on this device only.
   *[other] { $count } photos did not fit into the file. They are on this device only.
}
carry-bring = Bring a colleague's sealed file
carry-bring_words = With a connection: choose the file, and what is in it goes to the server under its author's name.
carry-choose = The file (ends in .sealed)
# $who: a person. $taken, $known, $aside: numbers.
carry-brought = From { $who }: { $taken } new, { $known } already there, { $aside } set aside. Its author sees it at the next sync.
