### Several people at one session: joining by digits, whose side each counts, what two counted both, what was handed out, questions that become complaints.

## The card of those who count at one session.
together-title = Counting together
# For a colleague who also counts here.
together-invite = A colleague counts too
together-invite_words = Choose who. Their phone then finds this session by six digits, without network.
together-colleague = Colleague
together-name = Name them
together-named = Named. Now read out the digits.
together-code = Digits to join
# $day: a day. $lead: a name. $place: a sub-district. $projects: names of projects.
together-code_words = Your colleague opens Sessions, "Join a colleague's session", and chooses: { $lead }, { $projects }, { $place }, { $day }.
# Label of a picture for screen readers.
together-picture = QR code with the same digits, for a camera
together-picture_words = Or your colleague photographs this code: then everything is chosen for them.
# A planned session, or one recorded before: no digits.
together-no_code = Your colleague finds this session on their phone once both have synced.
# $lead: a name.
together-waits = Your counts are safe here and are sent. They count in the office once { $lead }'s phone has sent the session.
together-my_side = I count
# $count: a whole number.
together-counted = { $count ->
    [one] 1 counted
   *[other] { $count } counted
}
together-counted_by = Counted by
together-nothing_yet = Nothing counted yet, as far as this phone knows
# $time: a time of day, or a day and a time.
together-as_of = as of { $time }
together-not_sent = not sent yet
# An estimate beside what was counted. $count: a number.
together-estimate = Estimate: { $count }
together-same = Same people: take out
# Label for screen readers. $name: whose count or estimate.
together-same_of = Same people: take out { $name }'s
# $count: a number. $name: a name.
together-same_words = You both counted the same people. { $count } of { $name }'s will not count. The count itself stays, and you can undo this.
together-same_do = Take out
together-same_done = Taken out.
# $count: a number. $name: whose count. $by: who took it out.
together-dropped = { $count } of { $name }'s not counted (same people), says { $by }
together-undo = Undo
together-undone = Counts again.

## The form by which a second phone joins.
join-title = Join a colleague's session
join-words = Your colleague has the session open and reads out six digits. Choose what they chose, or photograph the code (QR) on their screen.
join-lead = Who leads it
join-side = What do you count?
join-code = Six digits
join-do = Join and count
# Label of a button that opens the camera.
join-scan = Photograph the code on your colleague's screen
join-scanned = Read. Say what you count, and join.
join-code_not = Six digits, please.
join-code_wrong = These digits do not fit who leads it, the day, the place and the projects. Compare them with your colleague's screen.

## A QR code read from a photo.
code-reading = Looking for the code…
code-missed = No such code was seen in this photo. Come closer and hold still, or type it.
# This browser can't read codes by itself.
code-own_camera = Your phone's own camera app reads the code too, and opens this page.

## Cards, leaflets and posters handed out.
materials-title = Materials handed out
materials-words = What you yourself handed out. A colleague's are added.
materials-save = Save what I handed out
materials-saved = Saved.
# $count: a number. $what: a kind of material.
materials-all = { $what }: { $count } in all

## A question heard at the session, on the way to being a complaint.
heard-title = A question or complaint heard here
heard-words = What was asked
heard-keep = Keep it with the session
heard-make = Make a complaint of it
field-intake-session = Session where it was heard
# On a complaint: a link to the session where it was heard.
heard-session = Heard at a session
