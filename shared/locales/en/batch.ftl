### Many people recorded one after the other at one distribution.

## Where and how, and how many so far.
batch-start = Record at a distribution
batch-set_up_words = Said once, for everybody. Then one person follows the other.
batch-begin = Begin
# $place: name of the place.
batch-running = Distribution: { $place }
# $count: a whole number.
batch-recorded = { $count ->
    [one] 1 recorded in this batch
   *[other] { $count } recorded in this batch
}
# $count: a whole number; people who did not agree to be recorded.
batch-counted = { $count ->
    [one] 1 counted only
   *[other] { $count } counted only
}
batch-other_day = This batch was begun for another day. Change the day, or end it and begin a new one.
batch-end = End the batch
batch-end_title = Is the distribution over?
# $recorded: how many were recorded, as words.
batch-end_words = { $recorded }. They stay as they are; a form you have not finished waits among the drafts.

## The form on one screen.
batch-about_none = Not about us
batch-about_us = About one of us, or not sure
# One button for sex and age. $sex, $age: their names.
batch-who = { $sex }, { $age }
batch-add_words = Add words
batch-add_contact = A name or a number
batch-known_by = Without either, the person stays unknown. A name is seen by the accountability team only, unless they agree to share it. Ask for a number only if it is safe to call.
batch-save = Save: no card
batch-save_card = Save: a card is safe
batch-whole_form = Go on in the whole form
batch-saved = Saved. Copy the number onto the card.
batch-saved_no_card = Saved. No card was given.
batch-open_last = Open it, to correct something
