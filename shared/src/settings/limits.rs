//! Days, hours and tries that an organisation sets for itself: each with what it is unless said otherwise and within which it may be
//! chosen. One table, so that what is checked, what a page offers and what stands in a snapshot can't differ.

use serde::{Deserialize, Serialize};

/// One limit, for whoever goes through all of them.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Its stable name; its text is `limit-<name>`.
    pub name: &'static str,
    /// Least that makes sense.
    pub least: u16,
    /// Most that does.
    pub most: u16,
    /// Reads it.
    pub get: fn(&Limits) -> u16,
    /// Sets it.
    pub set: fn(&mut Limits, u16),
}

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident = $usual:literal, $least:literal..=$most:literal;)*) => {
        /// Limits in civil days unless the name says otherwise. # Source: domain.md §2.1, §6, §8.2 (15 d [SEED], rest [J])
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Limits {
            $($(#[$doc])* pub $name: u16,)*
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $usual,)* }
            }
        }

        /// All of them, in the order in which people are shown them.
        pub const LIMITS: &[Limit] = &[$(Limit {
            name: stringify!($name),
            least: $least,
            most: $most,
            get: |limits| limits.$name,
            set: |limits, value| limits.$name = value,
        },)*];
    };
}

limits! {
    /// Days to answer the person.
    response_days = 15, 1..=366;
    /// Days to close.
    closure_days = 15, 1..=366;
    /// Days before the due day from which a case counts as due soon.
    due_soon_days = 5, 0..=366;
    /// Days a stated day of closing or answering may lie before the receipt.
    stated_day_slack_days = 7, 0..=60;
    /// A case may stay on hold until a look at most this many days ahead.
    hold_days = 7, 1..=60;
    /// Attempts to reach a person before "unreachable" holds.
    attempts = 3, 1..=20;
    /// Modes those attempts must use, or else …
    attempt_modes = 2, 1..=5;
    /// … different days or times.
    attempt_times = 3, 1..=20;
    /// Days from the first to the last attempt.
    attempt_span_days = 5, 0..=60;
    /// Days after the day received by which nobody having tried to reach the person presses: tries that fail need days. # Source: issue 4
    first_attempt_days = 8, 1..=366;
    /// Days a complaint box may stay closed. # Source: domain.md §7 (box_opening)
    box_closed_days = 7, 1..=366;
    /// Hours for escalating levels 4-5.
    escalation_hours = 24, 1..=24;
    /// Days of closed cases kept on devices.
    closed_kept_days = 365, 1..=3650;
    /// Days the server keeps who spoke, and whom it was about, after a case ended. # Source: domain.md §10.5 (6 months [J])
    contact_kept_days = 183, 1..=3650;
    /// Ask "really so long ago?" beyond this many days before today.
    old_received_days = 30, 1..=366;
    /// Days within which two cases of one place, category and project may be the same.
    duplicate_days = 14, 1..=366;
    /// Days after which a service that nobody has called is shown as not checked. # Source: issue 3 (90 [J])
    service_check_days = 90, 1..=366;
    /// Days after which what is said of a project is shown as not read through. # Source: issue 4 (90 [J])
    say_review_days = 90, 1..=366;
    /// Days without a session after which a target place counts as silent. # Source: domain.md §8.3 (`aware_cov`: a quarter)
    silent_days = 90, 1..=366;
    /// Days without contact after which a device forgets what the server has. # Source: design.md §7 (30 [J])
    contactless_days = 30, 1..=366;
    /// Wrong passphrases after which a device can only be opened with an administrator. # Source: design.md §7 (10 [J])
    passphrase_tries = 10, 3..=366;
}
