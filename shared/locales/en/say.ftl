### What is said of each project, on every phone.

## The page with fact sheets and questions. The code after `say-` of a line of the sheet is stable.
say-title = What we say
say-about = Read it out as it stands, so that everybody hears the same. It is on this phone, also without network.
say-none = Nothing is written here yet
say-none_words = Whoever keeps the projects writes what is said of each. It comes to this phone by itself.
say-gives = What the project gives
say-who = Who gets it
say-when = When and where
say-complain = How to complain
say-points = What people ask
# $day: a day.
say-reviewed = Read through on { $day }.
say-never_reviewed = Nobody has confirmed yet that this is true.
say-old = Ask the office before you say it.

## Writing it, on the project's page.
say-edit_hint = It comes to every phone. Write it as it is said aloud: short, and only what is certain. Both languages, or leave a line empty.
# $words: what the text is about.
say-in_arabic = { $words } (Arabic)
say-in_english = { $words } (English)
# $number: its place in the list.
say-point = Question { $number }
say-point_add = Add a question
# $number: its place in the list.
say-point_remove = Remove question { $number }
say-question = What people ask
say-answer = What is said
say-category_add = Offered under
say-review_now = I have read all of it today, and it is true

## Answering at once, while a request for information is recorded.
now-title = Answer now
now-none = The project says nothing on this yet. If you are sure, answer in your own words.
now-press = I told them this
now-own = Answered in other words
now-told = Answered now
now-undo = Not answered
now-not = Only a request for information can be answered at once. Take the answer out, or choose the other subject again.
now-agreed_hint = If not, the officer answers.
