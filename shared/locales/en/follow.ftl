### The page on which a person follows what they told us, with a number and a code. Its words never say what it was about.

## Its form.
follow-title = Check a number
follow-number = Number on the card
follow-number_hint = 9 digits
follow-pin = Code
follow-pin_hint = 4 digits
follow-check = Check
follow-again = Check another number

## What it answers. A word, and a sentence under it.
follow-received = Received
follow-answered = Answered
follow-closed = Closed
follow-received_words = It has reached us and is with the people responsible.
follow-answered_words = An answer was given. If it has not reached you, ask our staff with this number.
follow-closed_words = It is finished. If you do not agree, tell any of our staff.
follow-unknown = Number and code do not fit together, or it has not reached us yet. Look at both once more, or try again in a few days.
follow-misread = A digit seems to be wrong. The number has 9 digits, the code 4.
follow-wait = Too many tries. Try again tomorrow, or ask our staff.
follow-fault = This does not work just now. Try again later.
follow-private = Only days are shown here, never what was said. If this is not your phone, close the page afterwards.
