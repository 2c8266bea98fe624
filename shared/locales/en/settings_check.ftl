### What is wrong with settings before they are published: on the supervisor's and the administrator's pages, beside the code concerned.

## The code after `settings-problem-` is stable.
settings-problem-malformed_id = This code has a form that codes can't have: Latin letters, digits, dot, dash, not too long.
settings-problem-duplicate = This code stands twice. Give one of them another code.
settings-problem-missing_label = The Arabic or the English name is missing.
settings-problem-missing_list = A list that the forms need is missing or empty.
settings-problem-missing_code = A code that the rules depend on is missing from its list. Retire it if it is not to be offered.
settings-problem-unknown_place = This place does not exist, or is retired.
settings-problem-unknown_project = This project does not exist.
settings-problem-unknown_category = This category does not exist.
settings-problem-unknown_sector = This sector does not exist.
settings-problem-unknown_user = This person does not exist, or their account is closed.
settings-problem-loop = This leads back to itself. Choose another line manager or deputy.
settings-problem-wrong_level = A place must lie in one of a coarser level.
settings-problem-bad_shape = An outline lies off the globe, or all outlines together have too many points for phones.
settings-problem-ends_before_start = The project ends before it starts. Correct one of the days.
settings-problem-not_sealed = A category this sensitive must be sealed.
settings-problem-too_much_said = What is said of the project is too long: at most 1,000 characters each, and 40 questions.
settings-problem-bad_limit = This number lies outside what is allowed.
settings-problem-bad_offset = There is no such time zone.
settings-problem-no_hotline = There is no number to call about a sensitive report. Add at least one.
settings-problem-bad_phone = The number to call must be in international form, such as +963…
settings-problem-deleted = This code was in use and is gone. Retire it instead: old records still show it.
settings-problem-bad_key_book = The key book is not the one in force, or has an entry that nobody vouches for. Keys are changed with the key cards, not here.
settings-problem-wrong_version = Someone else published settings in the meantime. Look at the new ones and make your change again.
