### The hotline: looking a number up, whom to call today, and a call that dropped.

## The one look-up field.
look_up-title = Look a number up
look_up-label = Receipt number or phone number
look_up-hint = In any digits: 0933, +963, +90
look_up-do = Look up
look_up-problem_not_a_number = Type a receipt number of nine digits, or a phone number.
look_up-problem_not_a_ref_no = One digit of the receipt number is wrong. Ask the caller to read it again.
look_up-none = Nothing with this number
look_up-none_words = No case with this number that you may see. It may be closed: then only the receipt number finds it.
look_up-none_here = Not on this device, and the server could not be asked.
look_up-ask_server = Ask the server
look_up-from_server = From the server. That you looked is on record.
look_up-begin = New complaint with this number

## A call that dropped, in the complaint's form.
dropped-do = The call dropped
dropped-title = Save what was said so far?
dropped-words = It is saved as an incomplete contact, and what was not asked stays "unknown". If the phone number is there, it comes on the call list.
dropped-saved = Saved as an incomplete contact.
dropped-place = Choose the place first, then press "The call dropped" again.

## Whom to call today.
calls-title = Calls for today
calls-nav = Calls
# $count: a whole number, 1 or more.
calls-left = { $count ->
    [one] 1 call to make
   *[other] { $count } calls to make
}
calls-none = No calls today
calls-none_words = Whoever must be called appears here: an answer is ready, a call dropped, or a try failed.
calls-script_title = What to say
calls-script = "Hello. Is this a good time to talk?"
calls-script_then = Name neither the organisation nor the matter before you are sure: ask for the receipt number and the first thing that was said, not for the name. If someone else answers, say hello and no more.
calls-why_answer = The answer is ready to be given
calls-why_dropped = The call dropped
calls-why_first_try = Nobody has tried to reach them yet
calls-why_retry = Try again
calls-why_unreachable = Tried often enough
# $day: the day from which on they are to be called.
calls-since = since { $day }
calls-unsafe = Not safe to call
calls-safety_unknown = Not asked whether calling is safe
calls-safe = Safe to call
calls-no_message = Leave no message
calls-mode = How
calls-result = What happened?
# $result: what was tapped, as its button says.
calls-pending = { $result }. It is saved in a moment.
calls-undo = Undo
calls-saved = The try is saved.
# $ways: call, message, visit; or different times: one of the two is enough.
calls-fills_tries = { $done } of { $needed } tries
calls-fills_ways = { $ways } of { $needed } ways or { $times } of { $moments } times
calls-fills_days = day { $done } of { $needed }
calls-give_answer = Record the answer
calls-close = Close as unreachable
calls-take_up_first = Tried often enough, but the case must be started before it can be closed.
