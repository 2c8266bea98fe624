### What is wrong with a field of a form, under that field; says what to do.

## The code after `problem-` is stable.
problem-required = This is needed.
problem-too_long = This is too long. Nothing was cut: shorten it before saving.
problem-unknown_code = This choice is not on offer any more. Choose another.
problem-unknown_field = This version does not know this field. Update the app.
problem-wrong_type = This does not fit here. Enter it again.
problem-out_of_range = This number can't be right. Check it.
problem-below_zero = More than was counted can't be taken off. Check the number.
problem-future_day = This day lies in the future. Check the day, and this device's date.
problem-ancient_day = This day lies too far back. Check the day, and this device's date.
problem-old_day = This is more than a month ago. If it is right, confirm it.
problem-day_too_early = This day lies before something that had to come first. Choose a later day.
problem-day_too_late = This day lies too far ahead. Choose an earlier day.
problem-not_a_day = This is not a day of the calendar. Write it like 2026-03-12.
problem-not_a_time = This is not a time of day. Write it like 14:05.
problem-not_a_phone = This does not look like a phone number. Check the digits.
problem-not_a_ref_no = This is not a receipt number: a digit is wrong or missing. It has nine digits.
problem-unknown_place = This place is not known here. Choose one from the list.
problem-unknown_project = This project is not known. Choose one from the list.
problem-unknown_person = This person has no active account. Choose someone else.
problem-not_with_identity_mode = This does not go with how the person wants to be known. Clear it, or change that answer.
problem-not_with_consent = This does not go with the consent given. Clear it, or ask the person again.
problem-parts_exceed_total = Women and men together are more than the group. Correct one of them.
problem-no_ref_no = No receipt number is left on this device. Your draft is kept; connect once to get new ones.
problem-unknown_record = This record is not on this device. Connect and try again.
problem-not_allowed = Your role does not allow this.
problem-not_open = The case is in a state in which this can't be done. Look at where it stands now.
problem-sealing_not_open = Nobody who may read levels 4 and 5 has a key yet, so it can't be sealed. Call the number shown now.
problem-nothing = Nothing would change. Enter something first.
