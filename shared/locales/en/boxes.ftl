### Complaint boxes: opening one, its papers, and a box that stays closed.

## The list of boxes, and the form of an opening.
boxes-title = Complaint boxes
boxes-none = No boxes yet
boxes-none_words = A supervisor adds boxes on the project's page.
# $day: a day.
boxes-last = last opened { $day }
boxes-never = not opened here yet
# $name: its label. $days: a number of days.
boxes-late = { $days ->
    [one] { $name }: not opened for a day
   *[other] { $name }: not opened for { $days } days
}
boxes-open = Open the box
boxes-openings = Openings
boxes-date = Day of opening
boxes-last_opened = Opened before on
boxes-other = Who opened it with you?
boxes-other_text = Or their role and organisation, if they have no account
boxes-other_hint = For example: member of the community committee
boxes-papers = Papers counted
boxes-slip_from = Number of the first slip
boxes-slips = Slips { $from } to { $to }
boxes-save = Record the opening
boxes-saved = The opening is recorded. Enter the papers one by one.

## One opening and its papers.
opening-title = Box opened
opening-counts = Papers { $papers }: { $entered } entered, { $sealed } sensitive in the signed envelope, { $left } left
opening-done = All papers are accounted for
opening-beyond = More papers were entered than counted. Count them again.
opening-openers = Opened by
# $slip: the number on the paper.
opening-slip = Slip { $slip }
opening-enter = Enter it
opening-sensitive = Sensitive: into the envelope
opening-envelope_title = Slip { $slip } into the signed envelope?
opening-envelope_words = Do not photograph it, and do not write its number in the report. It is only counted here; then you write the report in a sealed form.
opening-envelope_do = Into the envelope
opening-in_envelope = In the signed envelope
opening-take_out = Marked in error
opening-next = Next paper

## Boxes on a project's page.
project-boxes = Complaint boxes
project-boxes_hint = A box that stays closed for more than { $days } days shows on the home page.
project-box_code = Code of the box
project-box_label = Where it is
project-box_add = Add the box

## Facts of an opening.
field-box_opening-papers = Papers counted
field-box_opening-slip_from = Number of the first slip
field-box_opening-last_opened_on = Opened before on
field-box_opening-other_opener = Opened with
field-box_opening-date = Day of opening
field-box_opening-box = Box
field-box_opening-note = Note
field-intake-box_opening = Box opening
field-intake-slip = Slip number
