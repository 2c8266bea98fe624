### The officer's inbox and the page of a case.

## Inbox: tabs. The code after `view-` is stable.
view-inbox = Open
view-overdue = Overdue
view-due_soon = Due soon
view-unassigned = Unassigned
view-mine = Mine
view-attention = Needs a look
view-to_accept = Answered on the spot
view-closed = Closed
view-all = All

## Inbox: order. The code after `sort-` is stable.
sort-pressing = Most pressing first
sort-newest = Newest first
sort-oldest = Oldest first
sort-level = Highest level first

## Inbox: the rest.
# Name of the tabs for screen readers.
inbox-views = Views
inbox-overdue = overdue
inbox-due_soon = due within days
inbox-unassigned = without anyone responsible
inbox-to_accept = answered on the spot, to be accepted
case-told = Answered on the spot
# On a row of a list.
case-told-waits = Answered on the spot, to be accepted
# On a row of a list: the person said so.
case-told-not_enough = Answered on the spot, not enough
case-accept = Accept and close
case-accept_words = This person was answered when the request was taken. Accept it and the case closes with that day as the day of the answer, or answer properly below.
case-accepted = Accepted and closed.
inbox-attention = need a look
inbox-search = Number, words, place, subject
# Over the list while a new device still fetches. Both: numbers; the second is about right.
inbox-downloading = Still downloading: { $done } of about { $all }. The list grows by itself.
inbox-none = Nothing here
inbox-none_words = When a complaint needs you, it appears here.
inbox-none_filtered = No complaint fits these filters.
inbox-clear = Clear the filters
# $count: a whole number.
inbox-total-most = { $count } complaints or more; narrow the search to find yours
# Under the list, where it ends although there are more. $count: a number.
inbox-narrow = These are the first { $count }. Narrow the search to see the rest.
inbox-total = { $count ->
    [0] no complaints
    [one] 1 complaint
   *[other] { $count } complaints
}

## Marks on a case in lists and on its page.
case-nobody = Nobody yet
case-awaiting = Awaiting confirmation
case-conflict = Two versions
# $times: 1 or more.
case-reopened = { $times ->
    [one] Reopened
   *[other] Reopened { $times } times
}

## The page of a case.
case-back = To the inbox
# Name of the side column for screen readers.
case-side = Dates and actions
case-facts = Facts
case-contact = Who spoke
case-subject = Whom it is about
case-no_contact = Who spoke is not shown to you.
case-recorded_by = Recorded by
case-sub_district = Sub-district
case-timeline = What happened
case-responsible = Responsible
case-actions = What next
case-no_actions = Nothing is open to you here now.
case-duplicates = Maybe the same
case-duplicates_words = Compare before merging. Nothing is merged by itself.
case-sealed_title = Sensitive: only the header is here
case-sealed_words = Words, names and subject are with the specialist only.
case-sealed_open_title = Sealed: opened on this device only
case-sealed_open_words = Nothing of it is stored readable, here or on the server. Don't copy it anywhere, and speak of it only with those named here.
case-sealed_shut_title = Sealed: no key on this device opens it
case-sealed_shut_words = It counts as not yet looked at. Read your key card on this device, or call someone named here.
# Beside what could be opened.
case-sealed_partly = A part of it is not sealed to you yet. It will be, once someone named here has sent and fetched.
# $moment: a day and time.
case-sealed_look_by = Nobody named here has opened it yet. If nobody does by { $moment }, the next in line is told.
case-sealed_holders = Who holds it
case-sealed_told = What was told
case-sealed_raised = What the case held before it was raised
case-sealed_before = Steps before it was raised
case-sealed_late = Came in after it was sealed
# Asked before an ordinary case is raised to level 4 or 5.
case-raise_title = Raise this case and seal it?
case-raise_words = This cannot be undone: it leaves every other device, and only the specialists can open it from then on.
case-raise_do = Raise and seal
merge-hint = Nine digits, or choose one below.

## The fifteen days.
clock-title = The days
# $days: a whole number.
clock-ended = { $days ->
    [0] Answered the same day
    [one] Answered after 1 day
   *[other] Answered after { $days } days
}
# $all, $passed: numbers of days.
clock-passed = { $passed } of { $all } days have passed
# $all, $days: numbers of days.
clock-unsynced = { $days } of { $all } days were spent unsynced
# $days: a whole number.
clock-held = { $days ->
    [one] On hold for 1 day; the days keep counting
   *[other] On hold for { $days } days; the days keep counting
}
clock-received = Received
clock-none = This case has no deadline: nobody waits for an answer to it.
clock-due = Due
clock-extended = Extended to
clock-acknowledged = Receipt confirmed
clock-responded = Answered
clock-closed = Closed

## Timeline.
# Author of the server's own decisions.
timeline-server = Server
# $days: a whole number.
timeline-unsynced = { $days ->
    [one] Reached the server 1 day later
   *[other] Reached the server { $days } days later
}
line-to = To

## Two values of one fact.
# $field: label of the fact.
conflict-title = Two versions: { $field }
conflict-words = Two people changed this at the same time. Choose which one holds.
# Above a value. $person: display name.
conflict-wrote = { $person } wrote
conflict-keep = Keep this
conflict-settled = Settled for everybody.

## Correcting a fact.
fact-edit = Add or correct
fact-which = Which fact
fact-saved = Saved on this device.

## Read at the server: older than this device keeps, or not here yet.
inbox-search_server = Search on the server too
inbox-at_server = From the server. Needs a connection; nothing of it is kept on this device.
inbox-back_here = Back to this device
case-not_here = This case is not on this device
case-not_here_words = It may be older than the device keeps, still on its way, passed on, or no longer yours to read.
case-look_at_server = Look on the server
case-at_server = Read from the server, which notes who read it. Nothing of it is kept here, and nothing can be added from here.
