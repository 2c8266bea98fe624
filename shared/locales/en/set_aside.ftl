### Changes set aside: what the server or this device could not take. Nothing of them is lost.

## Why the server did not take a change, and what to do. The code after `denial-` is stable.
denial-duplicate = The server already has this. Nothing to do.
denial-too_big = This entry is too large to send. It is kept on this device. Shorten it and save it again.
denial-not_a_change = This entry was damaged on the way or on this device. It is kept here. Tell your administrator.
denial-undecodable = This entry was damaged on the way or on this device. It is kept here. Tell your administrator.
denial-checksum = This entry was damaged on the way or on this device. It is kept here. Tell your administrator.
denial-actor = This entry was made under another installation of the app. It is kept here. Tell your administrator.
denial-seq_used = This device seems to have been restored from a copy. The entry is kept here. Tell your administrator.
denial-seq_gap = Something before this entry has not arrived yet. It will be sent again by itself.
denial-missing_deps = Something before this entry has not arrived yet. It will be taken as soon as it does.
denial-deps = This entry does not connect to the rest of the record. It is kept here. Tell your administrator.
denial-fork = This entry does not connect to the rest of the record. It is kept here. Tell your administrator.
denial-clock = This entry does not connect to the rest of the record. It is kept here. Tell your administrator.
denial-not_canonical = This entry is not in the form the server takes. It is kept here. Tell your administrator.
denial-empty = This entry says nothing. Nothing to do.
denial-object = This entry changes something that is not in the record. It is kept here. Tell your administrator.
denial-operation = This entry is not in the form the server takes. It is kept here. Tell your administrator.
denial-pred = This entry does not connect to the rest of the record. It is kept here. Tell your administrator.
denial-key = This entry holds a field the server does not take. It is kept here. Tell your administrator.
denial-later_key = This entry comes from a newer version than the server's. It waits there until the server is updated.
denial-value = A value does not fit its field. The entry is kept here. Enter it again.
denial-counter_put = A count may only be added to or corrected. The entry is kept here. Correct the count instead.
denial-increment = A count can't be right: nothing, or more than a million at once. The entry is kept here. Check it and enter it again.
denial-uncorrected = A count was lowered without a reason. The entry is kept here. Correct the count and say why.
denial-event_exists = This step is already there. Look at the record; repeat the step if it is missing.
denial-event_malformed = This step is not in the form the server takes. It is kept here. Tell your administrator.
denial-later_event = This step comes from a newer version than the server's. It waits there until the server is updated.
denial-author = This step names another author than the person signed in. It is kept here. Tell your administrator.
denial-event_edited = A step that was written is never changed. Add a new one instead.
denial-not_registered = The complaint's first entry is missing. It is kept here. Tell your administrator.
denial-sealed_header = A sensitive report may hold no names and no words here. Call the number shown and pass it on by voice.
denial-sealed_edited = What was sealed is never changed or removed. What was there before still stands.
denial-not_addressed = What was sealed does not say to whom. It is kept here. Tell the administrator.
denial-tally_only = Without consent to record, only the count is kept. The entry is kept here. Send it again without further details.
denial-not_on_spot = Only a request for information can be answered on the spot, as it is recorded. The entry is kept here. Record it again without the answer.
denial-server_only = Only the server may decide this. It is kept here. Tell your administrator.
denial-not_allowed = Your role does not allow this. The entry is kept here. Ask the officer to do it.
denial-panicked = The server could not check this entry. It is kept on both sides. Tell your administrator.

## Why something waits at the server.
parked-missing_dep = Waits for something before it that has not arrived yet. Nothing to do.
parked-upgrade = Waits until the server is updated: it comes from a newer version. Nothing to do.

## Other reasons something was set aside.
set-aside-moved = The record was passed on to others meanwhile. Your entry reached them.
set-aside-quarantined = The server keeps this entry for a supervisor to look at. Talk to your line manager.
# What was sent continues a record in a way that this server does not know.
set-aside-generation = This entry belongs to a version of the record that the server does not have. Write it down anew in the record as it is now.
# A receipt that another server gave, or that was changed.
set-aside-receipt = The server does not recognise its own receipt for this entry. Tell your administrator.
# A fault in the server's program.
set-aside-server_fault = The server had a fault with this record. It keeps your entry. Tell your administrator.
set-aside-quarantine_full = The server did not take this entry, and keeps no more from this device. It is kept here. Tell your administrator.
set-aside-picture_not_taken = The server does not take this photo: it does not have the entry that the photo belongs to. It is kept here. Tell your administrator.
set-aside-unreadable = This record could not be read on this device. It is kept as it is; everything else works. Tell your administrator.
