### Labels of facts, in forms and on pages of cases and sessions. The code after `field-` is the fact's key.

## Complaint: registration.
field-received_on = Day received
field-day_exact = The day is exact
field-old_day_confirmed = The old day is right
field-entry_type = Kind
field-category = Subject
field-subject_role = Is it about one of us?
field-may_be_sensitive = This may be sensitive
field-voice_escalated_at = Specialist called at
field-ack_mode = How was the person told that we have it?
field-identity_mode = How do they want to be known?
field-words = In their words
field-place = Place
field-level = Level
field-urgency = Urgency
field-status = State
field-ref_no = Receipt number

## Complaint: facts of the case document.
field-intake-channel = How it came
field-intake-identity_mode = Known as
field-intake-received_by = Received by
field-intake-language = Language
field-intake-literacy_need = Needs things read aloud
field-intake-incident_on = When it happened
field-intake-paper_form_no = Number of the paper form
field-intake-prior_ref = Earlier receipt number
field-intake-words = In their words
field-intake-desired_outcome = What they hope for
field-intake-dropped_call = The call dropped
field-consent-record = May it be recorded?
field-consent-share = May the name be shared with those who solve it?
field-consent-refer = May it be passed to another organisation?
field-consent-contact = May we contact them?
field-consent-mode = Consent given
field-who-sex = Sex
field-who-age_band = Age
field-who-disability = Disability
field-who-displacement = Displacement
field-who-profile = Profile
field-group-size = People in the group
field-group-f = Of them female
field-group-m = Of them male
field-group-rep_consent = The speaker may speak for the group
field-place-adm3 = Sub-district
field-place-adm4 = Community or camp
field-place-site = Site
field-place-landmark = Landmark
field-project = Project
field-partner = Partner
field-sector = Sector
field-receipt_given = A card is safe: the number was handed over
field-lessons_flag = A lesson for later

## Who spoke, and whom it is about.
field-name = Name
field-phone-raw = Phone
field-phone-e164 = Phone, international
field-phone-owner = Whose phone
field-phone-safe_to_call = Safe to call
field-phone-safe_hours = When it is safe
field-phone-may_leave_message = A message may be left
field-benef_id = Beneficiary or card number
field-resp-channel = How they want the answer
field-resp-place = Where they want the answer
field-resp-time = When it is safe to meet
field-resp-with = Whom they would rather speak to
field-concerned-name = Name of the person concerned
field-concerned-consent = Does that person agree?
field-photo-1 = Photo of the paper form
field-photo-2 = Second photo of the paper form
field-photo-3 = Third photo of the paper form
field-person = Person
field-unit = Team or unit

## Session.
field-date = Day
field-start_time = Begin
field-duration_min = Minutes
field-phase = Phase
field-place-venue = Venue
field-method = How
field-count_quality = Count
field-co_facilitator = With someone of the project
field-questions_heard = Questions heard
field-feedback_heard = Feedback heard
field-understood-asked = People asked whether they understood
field-understood-right = Of them right
field-shared_with_project_on = Shared with the project on
field-aud = For whom
field-topic = What was spoken about
field-facilitator = Facilitator
field-iec = Material handed out

## Steps of a case: fields of their forms and lines of the timeline.
field-mode = How
field-reason = Reason
field-to = To
field-share_identity = They may know who spoke
field-note = Note
field-next_on = Look again on
field-until = New day
field-interim = What the person was told meanwhile
field-talking_points = What is to be said
field-findings = What was found
field-actions = Actions promised: who, by when
field-with = With whom (role or body)
field-on = Day
# Words of a step on a sealed case.
field-text = What was done or said
field-time = Time of day
field-result = Result
field-summary = What was said
field-reached = The person was reached
field-understood = Understood?
field-accepts = Accepts it?
field-close_reason = Why closed
field-outcome = Outcome
field-satisfaction = Satisfaction
field-actions_done = Promised actions are done or tracked
field-refer_to = Body
field-consent = Consent to pass it on
field-ground = Ground for acting without consent
field-shared = What was passed on
field-person_told = The person was told
field-into_ref = Receipt number of the case that stays
field-merge_into = Into
field-requested_by = Who asked
field-sealed-to = Sealed to
field-sealed-body-intake = What was told

## Answered on the spot.
field-told = What the person was told
field-agreed = Does it answer the question?
