### Numbers to call, places of help, days and limits: kept by the administrator, sent to every device.

## The page where an administrator keeps them: headings, hints, buttons.
lists-title = Numbers, services and limits
lists-words = What you publish here reaches every device at its next sync and works there without network. Records keep the limits they were made under.
lists-publish = Publish to all devices
lists-unpublished = Not published yet
lists-hotline = Numbers to call
lists-hotline-words = Shown when a report may be sensitive: who to call at once. The second is called when the report is about the first.
lists-hotline-add = Add a number
lists-services = Medical care and help for survivors
lists-services-words = Call each one now and then. The day of the last call is shown to everyone; what nobody has called for { $days } days is shown as not checked.
lists-services-none = No service is listed yet. Add those you have called yourself.
lists-service-add = Add a service
lists-service-new = New service
lists-service-kind = What it helps with
lists-service-place = Sub-district
lists-name-ar = Name in Arabic
lists-name-en = Name in English
lists-phone = Number, with country code
lists-checked-today = I called today, it works
lists-retire = No longer told to anyone
lists-limits = Days, hours and tries
lists-limits-words = Change them only when your procedure says so.
# { $least } and { $most } are numbers.
lists-bounds = { $least } to { $most }
lists-remove = Remove { $name }

## The name after `limit-` is stable.
limit-response_days = Days to answer the person
limit-closure_days = Days to close a complaint
limit-due_soon_days = Days before the due day from which a case is due soon
limit-stated_day_slack_days = Days by which a stated day of answering or closing may lie before it reached the server
limit-hold_days = Days a case may stay on hold before someone looks again
limit-attempts = Tries before a person counts as unreachable
limit-attempt_modes = Different ways those tries must use, or
limit-attempt_times = different days or times
limit-attempt_span_days = Days from the first try to the last
limit-first_attempt_days = Days after which somebody nobody has tried to reach is called up
limit-box_closed_days = Days a complaint box may stay closed
limit-escalation_hours = Hours until an unseen sealed report goes to the next in line
limit-closed_kept_days = Days closed cases stay on devices
limit-contact_kept_days = Days the server keeps who spoke after a case has ended
limit-old_received_days = Days after which the form asks whether it was really so long ago
limit-duplicate_days = Days within which two complaints may be the same
limit-say_review_days = Days after which what is said of a project is shown as not read through
limit-service_check_days = Days after which a service that nobody called is shown as not checked
limit-silent_days = Days without a session after which a place counts as silent
limit-contactless_days = Days without contact after which a device forgets what the server has
limit-passphrase_tries = Wrong passphrases after which only an administrator opens a device
