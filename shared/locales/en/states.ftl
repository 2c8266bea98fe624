### Where a record stands: badges in lists and on case pages.

## States of a case (domain.md §6). The code after `status-` is the state's id.
status-draft = Draft
status-registered = Registered
status-triaged = Classified
status-assigned = Assigned
status-in_progress = In progress
status-on_hold = On hold
status-answer_ready = Answer approved
status-responded = Answered
status-closed = Closed
status-sealed = Sealed, restricted
status-referred_out = Referred outside
status-merged = Merged duplicate
status-void = Void

## A record's way to the server. Never says more than the server's receipt on this device allows.
sync-on_phone = On this phone
sync-on_server = On the server
sync-seen = Seen by the officer
sync-needs_attention = Needs attention

## The same in one sentence, where there is room.
sync-long-on_phone = Saved on this phone only. It will be sent when there is a connection.
sync-long-on_server = The server has it.
sync-long-seen = An officer has opened it or confirmed receipt.
sync-long-needs_attention = Something needs a look: open it to see what to do.

## What became of a step, beside it in the timeline.
standing-counts = Counts
standing-awaits = Awaiting confirmation
standing-refused = Refused
standing-not_counted = Kept, not counted

## What a person sees of a record they sent and no longer hold.
own-received = Received
own-answered = Answered
own-closed = Closed

## The seven participant counts of an awareness session.
count-f_u18 = Girls under 18
count-m_u18 = Boys under 18
count-f_18_59 = Women 18 to 59
count-m_18_59 = Men 18 to 59
count-f_60 = Women 60 and over
count-m_60 = Men 60 and over
count-unknown = Not known

## What a person should look at in a case, shown above its facts. The code after `flag-` is the flag's id.
flag-closed_while_new_information = It was closed while new information was on its way. It is open again: look at what is new.
flag-concurrent_levels = Two people set different levels without knowing of each other. The higher one holds until someone classifies it again.
flag-stated_day_replaced = A stated day of answering or closing could not stand, so the day it reached the server counts.
flag-answered_without_approval = The person was given an answer that nobody had approved. Approve an answer and record that it was given.
flag-tally_only = Only a count: the person did not agree to be recorded.
