//! One record as a page shows it, and a place among those found. Plain data.

use super::sealed::SealedCase;
use serde::{Deserialize, Serialize};
use shared::{
    document::content::Facts,
    lifecycle::{Estimate, TakenOut},
    model::{
        codes::CaseFlag,
        ids::{Code, UserId},
        row::{CaseRow, SessionRow},
        ruling::Ruling,
        second_factor::QrPicture,
    },
    rows::{Conflict, Share, TimelineEntry},
};
use std::collections::BTreeMap;

/// One case, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseDetail {
    /// Its row.
    pub row: CaseRow,
    /// Facts of the case document, as shown.
    pub facts: Facts,
    /// Facts with several values: key, document, values with who wrote each.
    pub conflicts: Vec<Conflict>,
    /// Who spoke, if this person may know.
    pub contact: Option<Facts>,
    /// Whom it is about, if this person may know.
    pub subject: Option<Facts>,
    /// What a person should look at.
    pub flags: Vec<CaseFlag>,
    /// Days it was on hold, today included; no clock stops for them.
    pub hold_days: i64,
    /// Events and rulings in the fold's order.
    pub timeline: Vec<TimelineEntry>,
    /// Who is responsible and why, as last ruled. This and what follows only a device's own copy has.
    #[serde(default)]
    pub routed: Option<Ruling>,
    /// Kinds of steps this person may take now (`Step::kind`).
    #[serde(default)]
    pub may: Vec<String>,
    /// Root keys this person may change now.
    #[serde(default)]
    pub may_put: Vec<String>,
    /// People who can be made responsible.
    #[serde(default)]
    pub assignees: Vec<UserId>,
    /// Cases that may be the same.
    #[serde(default)]
    pub duplicates: Vec<CaseRow>,
    /// Of a sealed case: who holds it, and what was told. None for others, and where the server answers, which can't read it.
    #[serde(default)]
    pub sealed: Option<SealedCase>,
}

/// One session, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionDetail {
    /// Its row.
    pub row: SessionRow,
    /// Facts.
    pub facts: Facts,
    /// Facts with several values.
    pub conflicts: Vec<Conflict>,
    /// Counts that this device has and the server does not.
    pub unsent_counts: [i64; 7],
    /// Two people took off the same at once: someone must count again.
    pub overcorrected: bool,
    /// Who counted, claimed and handed out what.
    pub together: Together,
    /// Events.
    pub timeline: Vec<TimelineEntry>,
    /// Kinds of steps this person may take now; `increment` for counting.
    pub may: Vec<String>,
    /// Root keys this person may change now.
    pub may_put: Vec<String>,
}

/// Several people at one session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Together {
    /// Who registers it.
    pub lead: UserId,
    /// Its registration is here; not yet on the phone of a colleague who joined it without a network.
    pub registered: bool,
    /// Digits by which a colleague joins it; none if it was planned, or is no longer on the occasion it was recorded on.
    pub code: Option<String>,
    /// The same for a camera, once a colleague is named.
    pub picture: Option<QrPicture>,
    /// What each counted.
    pub shares: Vec<Share>,
    /// Estimates that stand.
    pub estimates: Vec<Estimate>,
    /// What was counted twice and taken out.
    pub drops: Vec<TakenOut>,
    /// What each handed out, by kind.
    pub materials: BTreeMap<UserId, BTreeMap<Code, u32>>,
    /// All of that together.
    pub handed_out: BTreeMap<Code, u64>,
}

/// A place found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceHit {
    /// The place.
    pub place: shared::settings::Place,
    /// Places around it, innermost first: names to show, and the sub-district a complaint needs.
    pub around: Vec<shared::settings::Place>,
}
