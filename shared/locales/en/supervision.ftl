### Coverage of awareness, and projects.

## Coverage.
coverage-from = From
coverage-to = To
coverage-none = Nothing to show
coverage-none_words = No sessions and no target places in these months.
coverage-never = Never synced: only this device's own sessions are counted.
# $moment: a day and time.
coverage-as_of = As of { $moment }.
# $count: a whole number.
coverage-own_newer = { $count ->
    [one] 1 newer record of this device is counted in.
   *[other] { $count } newer records of this device are counted in.
}
coverage-gaps = gaps
coverage-gap = Gap: no session
coverage-reached = Target reached
coverage-place = Place
coverage-last = Last session
coverage-no_session = None yet
coverage-complaints = Complaints, sub-district
# Instead of a small number of sensitive complaints.
coverage-suppressed = Too few to show
# $count: a whole number.
coverage-show = { $count ->
    [one] Show 1 session
   *[other] Show { $count } sessions
}
coverage-elsewhere = These sessions are counted, but not on this device.
coverage-female = Women and girls
coverage-male = Men and boys
coverage-unknown = Not known

## The picture: where to go next, place by phase, and the map.
coverage-go_next = Where to go next
coverage-go_nowhere = Every target place had its sessions.
# $weeks: whole weeks, 0 or more.
coverage-silent = { $weeks ->
    [one] No session for a week, and no complaint from the sub-district. People may not know whom to tell.
   *[other] No session for { $weeks } weeks, and no complaint from the sub-district. People may not know whom to tell.
}
coverage-silent_always = Never a session, and no complaint from the sub-district. People may not know whom to tell.
coverage-never_visited = Never had a session
# $count: sessions owed, 1 or more.
coverage-phases_missing = { $count ->
    [one] 1 session is owed
   *[other] { $count } sessions are owed
}
# $weeks: whole weeks.
coverage-long_ago = { $weeks ->
    [one] No session for a week
   *[other] No session for { $weeks } weeks
}
# How long since the last session. $weeks: whole weeks, 0 or more.
coverage-weeks = { $weeks ->
    [0] this week
    [one] a week ago
   *[other] { $weeks } weeks ago
}
coverage-matrix = Place by phase
coverage-phase-before = Before
coverage-phase-during = During
coverage-phase-after = After
coverage-mark-not_owed = none owed
coverage-mark-held = held, not owed
coverage-mark-reached = reached
coverage-mark-gap = gap
coverage-map = Map
# A sub-district in words. $area: its name. $gaps, $places: numbers.
coverage-area = { $area }: { $gaps } of { $places } places have a gap
coverage-lines = Line by line

## Projects.
projects-none = No projects yet
projects-none_words = A project names the places where awareness is owed.
project-new = New project
project-unknown = There is no such project
project-over = Ended
# $count: a whole number.
project-targets = { $count ->
    [one] 1 target place
   *[other] { $count } target places
}
project-code = Code
project-code_hint = Latin letters and digits. It never changes.
project-name_ar = Name in Arabic
project-name_en = Name in English
project-donor = Donor
project-partner = Implementing partner
project-starts = First day
project-ends = Last day
project-retire = No longer offered
project-targets_title = Target places
project-targets_hint = Gaps are called against this list. Tick the phases in which a session is owed.
project-target_add = Add a place
project-caseload_f = Women and girls to reach
project-caseload_m = Men and boys to reach
project-favourites = Most used subjects
# $max: a number.
project-favourites_hint = At most { $max }, shown first when a complaint is recorded.
project-favourite_add = Add a subject
project-focal = Focal points
project-focal_hint = Who follows up complaints, by sub-district.
project-focal_others = Everywhere else
project-focal_place = Sub-district (leave empty for everywhere else)
project-focal_add = Person
project-team = Team
project-team_hint = Never sees complaints about the project.
# Label of a button for screen readers. $what: a place, subject or person.
project-remove = Remove { $what }
project-publish = Publish to all devices
project-publishing = Publishing…
project-published = Published. Devices receive it at their next sync.

## Plans: visits to places that lack a session.
plan-visit = Plan a visit
# $place: a place.
plan-title = Visit to { $place }
plan-day = On which day
plan-people = Who goes
plan-nobody = Choose at least one person.
plan-hint = Those who go find it on their phones, offline too. The usual topics are filled in and can be changed at the session.
plan-save = Save the plan
plan-saved = Planned. Their phones receive it at the next sync.
plan-mine = Planned for you
plan-start = Start
plan-not_started = The session could not be started. Nothing was lost; try again.
# $day: a day in full.
plan-for = Planned for { $day }
plan-change = Can't go as planned
plan-new_day = New day
plan-put_off_do = Postpone
plan-put_off = Postponed.
plan-call_off_do = Call it off
plan-is_called_off = Called off. Whoever planned it sees why.
plan-called_off = Called off
plan-postponed = Postponed
