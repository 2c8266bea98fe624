//! What can be wrong with a field of a form. Codes only; the texts are Fluent messages.

use crate::closed_list;

closed_list!(
    /// What is wrong with a field. Codes are never reused; each has a text that says what to do.
    ProblemCode {
        /// Must be filled in.
        Required = "required",
        /// Longer than its field holds; nothing was cut.
        TooLong = "too_long",
        /// Not a code of its list, or no longer offered.
        UnknownCode = "unknown_code",
        /// Not a key of this form.
        UnknownField = "unknown_field",
        /// Not the kind of value that belongs here.
        WrongType = "wrong_type",
        /// Below 0, or above what can be.
        OutOfRange = "out_of_range",
        /// More is taken off than was counted.
        BelowZero = "below_zero",
        /// A day after today.
        FutureDay = "future_day",
        /// A day so long ago that the clock is most likely wrong.
        AncientDay = "ancient_day",
        /// More than 30 days ago and not confirmed (`reg.old_day_confirmed`).
        OldDay = "old_day",
        /// Before the day it must not precede.
        DayTooEarly = "day_too_early",
        /// After the day it must not pass (a hold: at most 7 days ahead).
        DayTooLate = "day_too_late",
        /// Not a day of the calendar.
        NotADay = "not_a_day",
        /// Not a time of day.
        NotATime = "not_a_time",
        /// Not a phone number.
        NotAPhone = "not_a_phone",
        /// Not a receipt number.
        NotARefNo = "not_a_ref_no",
        /// No such place, or not of this level or within the sub-district.
        UnknownPlace = "unknown_place",
        /// No such project.
        UnknownProject = "unknown_project",
        /// No such person, or no longer active.
        UnknownPerson = "unknown_person",
        /// Does not go with how the person wants to be known.
        NotWithIdentityMode = "not_with_identity_mode",
        /// Does not go with the consent given.
        NotWithConsent = "not_with_consent",
        /// Women and men are more than the group.
        PartsExceedTotal = "parts_exceed_total",
        /// No receipt number is left on this device: sync once.
        NoRefNo = "no_ref_no",
        /// The record is not on this device.
        UnknownRecord = "unknown_record",
        /// This person may not do this.
        NotAllowed = "not_allowed",
        /// The case is in a state in which this can't be done.
        NotOpen = "not_open",
        /// Nobody who may read it at level 4 or 5 has a key that this device knows: call the number.
        SealingNotOpen = "sealing_not_open",
        /// Nothing would change.
        Nothing = "nothing",
    }
);
