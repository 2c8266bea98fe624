### Taking a complaint, step by step. Read in the open air, often aloud.

## Headings of the steps.
# For screen readers.
capture-step = Step { $at } of { $of }
capture-consent = May it be recorded?
capture-place = Where and how
capture-what = What about
capture-who = Who is speaking
capture-words = In their words
capture-review = Look once more

## The short consent, read aloud, in the forms of speaker and listener. At most 25 words (domain.md §10.4).
# Above the choice of grammatical form of the speaker.
consent-i_am = I am
# Above the choice of grammatical form of the listener.
consent-speaking_to = I am speaking to
gender-m = a man
gender-f = a woman
# $name: the speaker. $organisation: its name. $speaker, $listener: m or f.
consent-short = { $speaker ->
   *[other] My name is { $name } from { $organisation }. { $listener ->
       *[other] What you say is confidential, free, and does not affect aid; you need not give a name. Of abuse or danger I must tell the specialist. May I record?
    }
}
# The full consent (domain.md §10.4). $name: the speaker. $organisation: its name. $speaker, $listener: m or f.
consent-full = { $speaker ->
   *[other] { $listener ->
       *[other] My name is { $name } from { $organisation }. You can tell us anything; it is free and it will not affect the help you or your family receive. You may stay anonymous. I will write what you say, and only the people who must handle it will see it. If someone may be in danger, or a staff member may have abused someone, I am obliged to tell our specialised focal point, and only them; for such a report headquarters also reads it, and the answer may take longer. Otherwise you will get an answer within 15 days. You can stop at any time. 1) May I record this? 2) May I share your name with the people who will solve it? 3) May I pass it to another organisation if it is theirs? 4) May we contact you, how and when is it safe?
    }
}
consent-full_open = The full text
consent-yes = Yes, I may record
consent-no = No
consent-not_possible = Could not be asked (box, letter, dropped call)
# Under the channel, where consent could not be asked.
consent-unasked_channels = Consent could not be asked: only channels without the person are offered.

## No consent: only a count is kept.
tally-title = Nothing is recorded
tally-words = You may keep a count only: how it came, where, what kind. No name, no words, nothing about the person.
tally-duty = Is it about abuse by staff, harm to a child, or revenge for a complaint? Then it must be passed on all the same, without a name.
tally-sensitive = Yes: what to do now
tally-save = Keep the count
tally-saved = Counted. Nothing else was kept.

## Where, how and when.
project-none = No project, or not known
# Under the day received. $when: today, 3 days ago, …
received-not_today = { $when }: is that right?
received-really_old = Yes, it really was that long ago
received-about = The day is approximate

## What it is about.
subject-role_hint = Decides who never gets to see it.
subject-someone_else = Do you want someone else to take this? It concerns you or your team; you will not be asked why.
subject-hand_over = Someone else takes it
category-sensitive = Sensitive matter
# In place of a category, where the person did not agree to be recorded.
category-count_only = Counted only
category-more = All subjects
urgent-title = Act now
urgent-words = Call at once; don't wait for the network.

## Who is speaking, and their words.
# $day: the day of the answer.
who-anonymous_note = No name and no contact are kept. They can ask with the receipt number from { $day }.
words-hint = As they said it. One problem per complaint.
words-optional = Not needed for this subject, if there is nothing to add.
words-identify = There seems to be a phone number in these words, but the person wants to stay unknown. Take it out?

## What can be added, folded away.
more-person = About the person
more-disability = Disability
more-disability_hint = Ask only if there is time and it feels right. Read the questions as they are. Never judge by looking.
more-answer = How to answer them
more-subject = Whom it is about
more-subject_hint = Kept apart from the complaint; those concerned never see it.
more-issue = More about the matter

## Review and receipt.
review-receipt = Receipt
# Asked of the person; the answer "no" is the one that stands until she says otherwise.
review-card_safe = Ask: is it safe for you to carry a card with a number?
review-card_safe_hint = Someone may find it at home or on the road. Without a clear yes no number is shown.
# $step: heading of a step.
review-incomplete = Still missing: { $step }
ack-not_yet = Not yet told
receipt-title = Saved
receipt-saved = The complaint is saved on this phone.
receipt-number = Receipt number
receipt-pin = with the code
# $day: a day.
receipt-due = Answer by { $day }
receipt-card_safe = Write it on the card for the person
# Before the address of a web page.
receipt-follow = With both they can ask at
receipt-no_card = Saved. No card, no number: nothing to carry.
receipt-on_phone = It is saved on this phone and will be sent by itself when there is a connection.
receipt-next = Next complaint, same place

## A report that may be sensitive: five lines to follow (domain.md §10.2 rule 3). Read at a glance.
sensitive-title = Sensitive: do only this
sensitive-line_1 = Listen. Thank them for telling you.
sensitive-line_2 = Don't investigate and don't ask for details.
sensitive-line_3 = No name, no notes, no photo, no recording.
# In the place of the line before, where the report can be sealed.
sensitive-line_3_sealed = Write nothing on paper. No photo, no recording.
sensitive-line_4 = Speak to nobody about it but the specialist.
sensitive-line_5 = Leave first. Call when you are alone, never from her phone.
# Under several numbers.
sensitive-second_number = Is it about whoever answers the first number? Call the next one.
sensitive-no_number = No number is set up. Call your line manager or the hotline you know.
sensitive-called = I have called
# $time: a time of day.
sensitive-called_at = Called at { $time }
sensitive-header_title = What is kept
sensitive-header_words = Only a number, the day, the place and the project. What was entered before is deleted from this phone.
sensitive-needs_place = Choose the place first
sensitive-save = Save the number only
sensitive-save_uncalled = Save, and call as soon as possible
sensitive-not = It is not sensitive

## Writing a sensitive report down, sealed.
sealed-offer_title = You can write it down here, sealed
sealed-offer_words = Only the specialists it goes to can open it: not the office, not the server, and after saving not you either. Until you save, nothing of it is kept.
sealed-offer_write = Write it down, sealed
# On every step of the form.
sealed-notice = Sealed report: not kept as a draft; finish it now.
# Back to the five lines and the numbers.
sealed-script = Numbers to call
sealed-subject_role_hint = Whoever it is about will never see it.
sealed-category = What kind, if that is clear
sealed-category_none = Not clear, or not said

## She would rather speak to someone else: a way out from every step.
# A button on every step.
rather-exit = She prefers a woman or a specialist
rather-whom = Whom would she rather speak to?
rather-forgets = What was entered until now is deleted from this phone.
# $whom: a woman, a specialist, someone not concerned.
rather-title = A safe meeting: { $whom }
rather-sealed = Only this is sent, sealed, to the specialists. Nothing about the matter itself.
rather-time = When is it safe?
rather-place = Where is it safe to meet?
rather-by_voice = Nothing can be sealed here: ask when and where it is safe, and tell the specialist by phone. Only the day and the sub-district are kept.

## Where survivors and people who were hurt find help. Shown on paper-like cards; the words must be true without knowing the case.
services-title = Medical help and help for survivors
services-72 = After rape, medical care within 72 hours can prevent HIV and pregnancy; later it still helps. Say so now; don't wait for an answer.
services-free_choice = She decides whether to go. Read the numbers to her; leave no paper unless she says it is safe.
services-none = No service is listed yet. Ask the specialist by phone.
services-none_near = None is listed for this sub-district. These are the others.
# $day: a day.
services-checked = Checked on { $day }
services-unchecked = Not checked since { $day }
service-medical = Medical care
service-survivor = Help for survivors

photo-title = Photo of the paper
photo-words = Only the paper, on a plain surface, in good light; nobody's face. It stays locked inside the app and is seen only by people who may know who spoke. If the camera kept a copy in the gallery, delete it there.
photo-take = Take or choose a photo
photo-working = Making the photo small…
photo-unusable = This photo can't be used. Take another.
photo-remove = Remove, and take again
photo-gone = The photo was removed: a sensitive report has none.
photo-show = Show the photo of the paper
photo-noted = That you looked is written in the log.
photo-hide = Hide
photo-larger = Larger
photo-smaller = Smaller
photo-alt = Photo of the paper form. What matters of it is typed in the case.
photo-not_yet = The photo is still on the phone of { $who } and waits for network.
