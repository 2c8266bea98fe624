### Awareness sessions: the form, counting, estimates, corrections. People are counted as attendances, never as "people reached".

## The form.
session-where = Where and when
session-who = For whom and about what
session-kind = Is it now or planned?
session-now = Now or already held
session-planned = Planned
session-projects = Projects
session-save_plan = Save the plan
session-save_count = Save and count

## Lists.
sessions-none = No sessions
sessions-none_words = Sessions you plan or hold appear here.
# $count: a whole number.
session-attendances = { $count ->
    [one] 1 attendance
   *[other] { $count } attendances
}
session-approximate = Partly estimated
session-void = Entered in error. Kept, not counted.
# On a session on which two people corrected the same count downwards at once, so that it would fall below 0.
session-overcorrected = Two people took off the same at once, so more was taken off than was counted. Correct the count below: enter the right number and why.

## Counting.
# Name of the region for screen readers.
session-counting = Counting
session-total = Attendances
# Label of a big button for screen readers. $group: girls, men, … $number: so far.
session-add_one = { $group }: { $number }. Add one
# Label of a button for screen readers.
session-take_one = { $group }: take one back
# Label of a button for screen readers.
session-add_ten = { $group }: add ten
# $count: a whole number.
session-taps_kept = { $count ->
    [one] 1 tap is kept on this phone; it is written after a short pause.
   *[other] { $count } taps are kept on this phone; they are written after a short pause.
}
session-taps_written = All taps are written.
# $total: a number.
session-with_estimates = With estimates: { $total } attendances

## Estimates.
estimate-open = Estimate instead of counting
estimate-hint = An estimate is yours alone; it is not added to a colleague's.
estimate-side = What did you estimate?
estimate-total = Total without breakdown
estimate-disability = Of them with a disability
estimate-save = Save the estimate
estimate-saved = Estimate saved.

## Corrections.
correct-open = Correct a count
correct-which = Which count
correct-right = The right number
# $count: a number.
correct-now = Now: { $count }
correct-save = Correct it
correct-saved = Corrected.

## The card for staff: what to do and not to do when someone tells you something. Read out at sessions with staff, shown in large type.
staff-title = Someone tells you something
staff-about = For all staff, partners and workers. Hold it up or read it out.
staff-do = Do
staff-do_listen = Listen. Calmly, where nobody overhears.
staff-do_thank = Thank them for telling you, and take it seriously.
staff-do_ask = If you must ask: who, when, where, what. No more than they want to tell.
staff-do_duty = Say honestly that you must report abuse and danger, to the specialised person only.
staff-do_report = Report it within 24 hours, to the accountability team or the protection focal point.
staff-do_help = Say where help is, if they want it. It does not wait for any investigation.
staff-dont = Don't
staff-dont_why = Don't ask why it happened, and don't blame.
staff-dont_investigate = Don't investigate, and don't speak to the person it is about.
staff-dont_record = Don't photograph and don't record their voice.
staff-dont_promise = Don't promise complete secrecy or a result.
staff-dont_tell = Don't tell colleagues, managers or family. There is no retaliation against anyone who speaks up.
