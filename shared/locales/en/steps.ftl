### Steps in a record's life.

## What was done, as the head of a line in the timeline. The code after `step-` is the step's kind.
step-registered = Complaint recorded
step-seen = Opened by the officer
step-acknowledged = Receipt confirmed to the person
step-classified = Classified
step-assigned = Made someone responsible
step-started = Work started
step-held = Put on hold
step-resumed = Work resumed
step-extension_asked = More time asked for
step-extension_approved = More time approved
step-answer_proposed = Answer proposed
step-answer_approved = Answer approved
step-followup = Follow-up
step-contact_attempt = Tried to reach the person
step-responded = Answered
step-closed = Closed
step-close_seconded = Second person agreed to close
step-referred = Referred to another body
step-referral_received = Other body confirmed
step-merged = Merged into another complaint
step-reopened = Reopened
step-voided = Marked as entered in error
step-correction = Note added by the one who recorded it
step-session_registered = Session recorded
step-corrected = Count corrected
step-estimated = Estimate given
step-estimate_dropped = Estimate dropped: the same people

## What a person can do next: buttons and menu entries on a case or session. The code after `act-` is the step's kind.
act-registered = Record
act-seen = Mark as seen
act-acknowledged = Confirm receipt
act-classified = Classify
act-assigned = Make someone responsible
act-started = Start work
act-held = Put on hold
act-resumed = Resume
act-extension_asked = Ask for more time
act-extension_approved = Approve more time
act-answer_proposed = Propose an answer
act-answer_approved = Approve the answer
act-followup = Add a follow-up
act-contact_attempt = Record a try to reach
act-responded = Record the answer given
act-closed = Close
act-close_seconded = Agree to close
act-referred = Refer to another body
act-referral_received = Record the other body's confirmation
act-merged = Merge with another complaint
act-reopened = Reopen
act-voided = Mark as entered in error
act-correction = Add a note
act-session_registered = Record the session
act-corrected = Correct a count
act-estimated = Give an estimate
act-estimate_dropped = Same people: drop an estimate

## Who is meant by an estimate of participants.
side-women = Women's side
side-men = Men's side
side-all = All
