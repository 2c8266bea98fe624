### Months, days and spans of time, on every screen.

## Months of the calendar, 1 to 12, as in "12 March 2026" and "March 2026".
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# How long ago a day was. $days: whole days, 0 or more.
date-days-ago = { $days ->
    [0] today
    [1] yesterday
   *[other] { $days } days ago
}
# How far off a day is. $days: whole days, 1 or more.
date-days-ahead = { $days ->
    [1] tomorrow
   *[other] in { $days } days
}
# Less than a minute ago.
date-just-now = just now
# $minutes: 1 to 59.
date-minutes-ago = { $minutes ->
    [one] a minute ago
   *[other] { $minutes } minutes ago
}
# $hours: 1 to 23.
date-hours-ago = { $hours ->
    [one] an hour ago
   *[other] { $hours } hours ago
}
# A number of days by itself, as in "4 days". $days: 0 or more.
date-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
