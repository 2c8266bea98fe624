### The server's decisions, in the timeline of a record and where they concern someone.

## Why a proposed step does not count, and what to do. Shown beside the refused step. The step itself is kept.
refusal-already_closed = The case was already closed. If there is something new, reopen it.
refusal-not_closed = The case is not closed, so it can't be reopened. Go on with it as it is.
refusal-wrong_state = The case had moved on when this arrived. Look at where it stands now and repeat the step if it is still needed.
refusal-not_allowed_at_level = At this level another role must do this. Ask the officer or the AME Manager.
refusal-implicated = The person named may be concerned by the complaint. Choose someone else.
refusal-not_eligible = The person named can't be responsible for this case. Choose someone else.
refusal-needs_higher_role = An officer or the AME Manager must decide this. Your proposal is kept for them.
refusal-needs_second_person = A level 3 case needs a second person's agreement to close. Ask a colleague to agree.
refusal-no_response = The person has no answer yet. Give and record the answer first, then close.
refusal-actions_open = Promised actions are neither done nor tracked elsewhere. Finish or track them, then close.
refusal-too_few_attempts = Not enough tries to reach the person. Needed: at least 3, in 2 ways or at 3 different times, over 5 days.
refusal-referral_open = The other body has not confirmed, or the person was not told. Record both, then close.
refusal-contact_exists = The person can be reached, so this reason does not fit. Give the answer to them.
refusal-no_consent = There is neither consent to pass it on nor a written ground. Ask the person, or write the ground.
refusal-new_information = New information came in that you had not seen. Read it, then close again if it still holds.
refusal-sealing_not_open = Nobody who may read this case at level 4 or 5 has a key yet, so it was not raised. Call the number shown now.
refusal-may_not_lower = Lowering a level needs a role above, who has seen the higher level. Ask the AME Manager.
refusal-bad_target = The other case does not exist here, is ended, or is this one. Check the receipt number.
refusal-not_handed_over = The Investigation Unit has not confirmed yet that it has this case. Record its confirmation first.
refusal-cannot_withdraw = A safeguarding concern goes on without the person. It can't be closed as withdrawn.

## Why the server chose someone ("why me?"). Follows the name of the person chosen.
route-level_one = Level 1: the area's officer answers directly.
route-project_focal = Focal point of the project in this area.
route-area_coordinator = The project has no focal point here, so the area coordinator has it.
route-implicated = Whoever would have had it may be concerned by it: it went one rung up.
route-deputy = Deputy of someone who is absent.
route-no_project = No project: the area's officer has it.
route-fallback = Nobody else fits, so the AME Manager has it.

## Why the day received was replaced.
received-on-after_receipt = The day given lay after the day it reached the server.
received-on-merged = A merged complaint was received earlier.
received-on-corrected = A person showed that the day was wrong.

# A proposed step was confirmed.
verdict-accepted = Confirmed
# A proposed step was refused. $why: one of the refusal texts.
verdict-refused = Refused: { $why }
# A step was made under rights its author has lost since.
verdict-not-counted = Kept, not counted: the rights it was made under had ended before it arrived.
# Who is responsible now. $person: display name. $why: one of the route texts.
verdict-routed = { $person } is responsible. { $why }
# Where a record belongs. $place: name of a sub-district.
verdict-placed = Filed under { $place }
# The case is late or urgent and was brought before someone else. $person: display name.
verdict-escalated = Brought to { $person }
# $days: days past the due day, 0 or more.
verdict-escalated-late = { $days ->
    [0] due today
    [one] 1 day late
   *[other] { $days } days late
}
# The day received is another one. $day: a day. $why: one of the received-on texts.
verdict-received-on = Day received: { $day }. { $why }
# The receipt number was in use elsewhere. $number: the number that holds, in groups.
verdict-ref-no-reissued = New receipt number { $number }: the first was already in use. Tell the person.
# Another case was merged into this one. $number: its receipt number.
verdict-merged-from = Complaint { $number } was merged into this one
# Who holds a sealed case from here on. $people: display names.
verdict-recipients = Held from here on by { $people }
# A case was raised to levels 4-5 and sealed. $person: who recorded it. $day: the day received.
verdict-raised = Raised and sealed. Recorded by { $person }, received on { $day }. What was told before is sealed with the rest.
