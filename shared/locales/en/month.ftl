## Month's end: key figure 2 and the COMPFU.
nav-month = Month's end
month-title = Month's end
month-words = How many complaints were closed within the time promised, and the file for headquarters.
# $days: days, as a number.
month-figure = Closed within { $days } days over the past six months
# $from: a day. $until: a day.
month-cohort = Complaints received from { $from } to { $until }. Whoever came later still has time and is not counted.
# $part: a number. $whole: a number.
month-share = { $part } of { $whole }
# $percent: a number with one decimal.
month-percent = { $percent }%
month-none = n/a
month-all = All levels
month-ordinary = Levels 1 to 3
month-sealed = Levels 4 and 5
month-small = not shown: fewer than three sensitive cases
# $count: a number.
month-handed = Of these, handed over to the Investigation Unit: { $count }
# $count: a number.
month-not-yet = Not yet due and not counted: { $count }
# $count: a number.
month-errors = Left out, the day received lies in the future: { $count }
month-naive = For comparison only: in time of what was closed. It hides what was never closed.
month-late = Not closed in time
month-late-none = Every complaint that was due was closed in time.
# On a row of the list, from the day received. $days: whole days, 1 or more.
month-closed-after = { $days ->
    [one] Closed after 1 day
   *[other] Closed after { $days } days
}
# On a row of the list. $days: whole days past the time promised, 0 or more.
month-open-past = { $days ->
    [0] Still open; the time promised ends today
    [one] Still open, 1 day past the time promised
   *[other] Still open, { $days } days past the time promised
}
# Under the list, or in its place, for whoever may count more than they may read. $count: a number.
month-late-unread = Not closed in time, and not yours to read: { $count }
# $count: a number.
month-late-more = and { $count } more; the inbox has them all
month-compfu = Complaints follow-up file (COMPFU)
month-compfu-words = Levels 1 to 3 of one month, without names, phone numbers or words. Who made it is written down.
month-which = Month
month-xlsx = Excel file
month-csv = CSV file
# $name: name of the file.
month-made = { $name } is ready.
month-save = Save the file
# $day: a day.
month-at = Figures as of { $day }, from the server

## Columns of the COMPFU.
# $column: heading of the column before.
compfu-name = { $column }, name
# $column: heading of the column before.
compfu-label = { $column }, label
compfu-ref-no = Receipt number
compfu-received-on = Received on
compfu-month = Month
compfu-channel = Channel
compfu-entry-type = Type of feedback
compfu-sex = Sex
compfu-age-band = Age band
compfu-disability = Disability
compfu-displacement = Displacement
compfu-profile = Who spoke
compfu-adm1 = Governorate
compfu-adm2 = District
compfu-adm3 = Sub-district
compfu-adm4 = Community or site
compfu-project = Project
compfu-donor = Donor
compfu-partner = Partner
compfu-sector = Sector
compfu-category = Category
compfu-subcategory = Subcategory
compfu-level = Level
compfu-urgency = Urgency
compfu-status = Status
compfu-ack-on = Acknowledged on
compfu-assigned-role = Responsible role
compfu-due-on = Due on
compfu-responded-on = Answered on
compfu-closed-on = Closed on
compfu-days-to-response = Days to answer
compfu-days-to-close = Days to close
compfu-in-time = Closed in time
compfu-outcome = Outcome
compfu-close-reason = Reason of closing
compfu-satisfaction = Satisfaction
compfu-reopen-count = Times reopened
compfu-referral-to = Referred to
