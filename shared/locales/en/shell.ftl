### The frame around every page: header, navigation, banners, what pages show while they have nothing.

## Header and navigation.
app-name = Sada
# The language's name in itself, on the switch.
language-own_name = English
# First link for the keyboard.
shell-skip = Skip to the page
shell-lock = Lock now
# Name of the navigation for screen readers.
nav-label = Main
nav-home = Home
nav-inbox = Inbox
nav-records = My records
nav-sessions = Sessions
nav-coverage = Coverage
nav-projects = Projects
nav-waiting = Sending
nav-settings = Settings
# In the header while a sync runs.
chip-sending = Sending…
# In the header when nothing waits.
chip-nothing_waits = All sent
# In the header. $count: changes not yet on the server.
chip-waiting = { $count ->
    [one] 1 waits
   *[other] { $count } wait
}

# Beside the button that saves a file, on desktop and phone.
shell-file_kept = The file is saved.
shell-file_not_kept = The file was not saved. Choose another place.

## Banners, above the page on every screen.
# Name of the region for screen readers.
banners-label = Notices
banner-not_for_real = Trial version: not for real complaints yet.
banner-persistence = This browser may delete the data when space runs short. Install the app, or send what waits every day.
banner-clock = This device's clock differs from the server's. Set its date and time.
banner-update = A new version is ready.
banner-update-apply = Update now
banner-expired = Sending waits for your password. You can go on working; everything is kept here.
banner-expired-open = Enter password
banner-expired-renew = Go on sending
renewed = Signed in again. Sending goes on.

## What a page shows while it has nothing yet or could not get it.
state-loading = One moment…
state-retry = Try again
state-not-loaded = This page could not be loaded. Everything is saved on this device. Check the connection, then try again; if it comes back, open the app anew.
not-found-title = There is no such page
not-found-words = The address may be old. Nothing is lost.

## Buttons used on several pages.
action-next = Next
action-back = Back
action-cancel = Cancel
action-change = Change
action-remove = Remove
action-save = Save
action-saving = Saving…
# Said in passing after a step is on disk.
action-saved = Saved on this device.
# Said in passing after a step that the server must rule on.
action-saved-awaits = Saved. It waits for the server's confirmation.

## Answers and placeholders.
answer-yes = Yes
answer-no = No
answer-not_asked = Not asked
# First line of a list, while nothing is chosen.
choose-one = Choose…
# Where an author is not known.
someone = Someone
not-yet-sent = not yet sent

## Lists.
list-all = All
list-and = { $first }, { $then }
list-search = Search
list-sort = Order
list-filters = More filters
# $count: rows not shown yet.
list-more = { $count ->
    [one] Show 1 more
   *[other] Show more ({ $count })
}

## Under and beside fields of forms.
field-needed = This is needed.
field-look_again = Please look at this again.
field-not_a_number = This is not a number.
# $max: a number.
field-number_too_high = At most { $max }.
# $count, $max: numbers.
field-used = { $count } of { $max } characters
# $excess: characters over. $max: the limit.
field-too_long = { $excess ->
    [one] 1 character too long: at most { $max }. Nothing is cut; shorten it before saving.
   *[other] { $excess } characters too long: at most { $max }. Nothing is cut; shorten it before saving.
}

## Finding a place.
place-placeholder = Name or code
place-hint = Type a few letters of the village, camp or sub-district.
place-none_found = No such place. Try fewer letters, or choose the sub-district.
# $count: a whole number.
place-found = { $count ->
    [one] 1 place
   *[other] { $count } places
}
# A place with those around it. $name: the place. $within: places around it.
place-in = { $name } – { $within }
place-too_wide = Choose a sub-district or something within one.

## Levels, age, days.
# $level: 1 to 5.
level-named = Level { $level }
# On a case past its day.
age-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
age-today = Due today
# On an open case.
age-left = { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
banner-little_space = Little space is left on this device. Send what waits, or save it as a sealed file; delete photos or apps you don't need.
