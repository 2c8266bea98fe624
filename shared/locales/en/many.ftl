### The officer's list: many cases at once.

## Choosing.
# $count: a whole number.
many-chosen = { $count ->
    [one] 1 case chosen
   *[other] { $count } cases chosen
}
many-all = Choose all of this view (*)
many-none = Choose none (Esc)
# For screen readers: the box beside a case. $number: its receipt number.
many-choose = Choose { $number }
# In place of a box, for screen readers.
many-sealed = A sealed case is never among many.
many-help = J, K or arrows move · Shift with them chooses on the way · X or space chooses · * all of the view · C classify · A make responsible · R answer · L close · O accept what was told · / search · Esc back
# A button that shows the keys.
many-keys = Keys (?)

## What is done to all of them.
many-as_recorded = Each as it was recorded
many-in_public = Answer in public (board, meeting): closes as such
# $count: a whole number.
many-do = { $count ->
    [one] Do it for 1 case
   *[other] Do it for { $count } cases
}
# $count: a whole number.
many-sure = { $count ->
    [one] For 1 case?
   *[other] For { $count } cases?
}
many-sure_words = Each case gets its own entry with your name. What is done stays done; stopping ends with the case at hand.
# $done, $all: numbers.
many-progress = { $done } of { $all }
many-stop = Stop after this one

## What became of each.
# $count: a whole number; said in passing.
many-ended = { $count ->
    [one] 1 case worked through
   *[other] { $count } cases worked through
}
# $count: a whole number.
many-done = { $count ->
    [one] 1 done
   *[other] { $count } done
}
# $count: a whole number, of those done.
many-awaits = { $count ->
    [one] 1 of them waits for the server's confirmation; refused, it comes back under "need a look".
   *[other] { $count } of them wait for the server's confirmation; what it refuses comes back under "need a look".
}
# $count: a whole number.
many-look = { $count ->
    [one] 1 needs a look
   *[other] { $count } need a look
}
# $status: where the case stands.
many-not_open = Not possible where the case stands: { $status }
many-needs_approval = The answer is proposed; someone else has to approve it.

many-accept_words = Each closes with what it was told as its answer, on the day it was told. Whoever said that it was not enough is left for you to answer.
many-not_told = Nothing was told on the spot that could be accepted.
many-not_enough = The answer on the spot was not enough: answer properly.
