## A place that is in no list, in the field and at the desk.
unlisted-ask = The place is not in the list
unlisted-name = Its name, as people say it
unlisted-hint = Choose above the community it lies in, or the sub-district. The accountability officer adds it to the list. No person's name here.
field-place-unlisted = Place as named in the field
sites-title = Places to map
sites-explained = Names from the field that are in no list. Until one is mapped, its records count in the community around it.
sites-none = Every place is mapped
sites-none_words = When somebody in the field names a place that is in no list, it appears here.
sites-where =
    { $place } · { $records ->
        [one] 1 record
       *[other] { $records } records
    }
sites-is = It is { $place }
sites-is_listed = It is a listed place
sites-which = Which place is it?
sites-new = It is a new site
sites-community = Its community
sites-everybody = The new site goes to everybody's device and stays in the list.
sites-add = Add and map
sites-busy = Correcting the records…
sites-mapped =
    { $records ->
        [one] 1 record counts there now
       *[other] { $records } records count there now
    }
