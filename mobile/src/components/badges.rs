//! Small marks with words: level, state, age, way to the server. Never by colour alone.

use super::{Glyph, Icon, names};
use crate::hooks::use_texts;
use dioxus::prelude::*;
use shared::model::{
    codes::{Level, Status, SyncState},
    dates::{Day, days_between},
};

/// The sensitivity level.
#[component]
pub(crate) fn LevelBadge(level: Level) -> Element {
    let t = use_texts();
    let number = t.number(level.number());
    rsx! {
        span { class: "level level-{level.number()}", title: t.level_named(&number),
            span { class: "unseen", {t.level_named(&number)} }
            span { "aria-hidden": "true", "{number}" }
        }
    }
}

/// Where a case stands.
#[component]
pub(crate) fn StatusBadge(status: Status) -> Element {
    let t = use_texts();
    let class = match status {
        Status::Closed | Status::Responded => "badge badge-good",
        Status::Registered | Status::Triaged | Status::AnswerReady => "badge badge-info",
        Status::OnHold => "badge badge-warn",
        Status::Sealed => "badge badge-danger",
        _ => "badge",
    };
    rsx! {
        span { class, "data-status": status.id(), {names::coded(t, "status", status.id())} }
    }
}

/// How far a record is on its way: the four states a person can rely on.
#[component]
pub(crate) fn SyncBadge(sync: SyncState) -> Element {
    let t = use_texts();
    let (class, glyph) = match sync {
        SyncState::OnPhone => ("badge badge-warn", Glyph::Device),
        SyncState::OnServer => ("badge badge-info", Glyph::Cloud),
        SyncState::Seen => ("badge badge-good", Glyph::Eye),
        SyncState::NeedsAttention => ("badge badge-danger", Glyph::Alert),
    };
    rsx! {
        span { class, "data-testid": "sync-state", "data-sync": sync.id(),
            Icon { glyph }
            {names::coded(t, "sync", sync.id())}
        }
    }
}

/// Days left, or days late, of an open case. `soon` is the span that counts as due soon.
#[component]
pub(crate) fn AgeBadge(today: Day, due_on: Day, soon: u16) -> Element {
    let t = use_texts();
    let left = days_between(today, due_on);
    let (class, words) = match left {
        ..0 => ("badge badge-danger", t.age_late(-left)),
        0 => ("badge badge-danger", t.age_today()),
        left if left <= i64::from(soon) => ("badge badge-warn", t.age_left(left)),
        left => ("badge", t.age_left(left)),
    };
    rsx! {
        span { class, "data-testid": "age",
            Icon { glyph: Glyph::Clock }
            "{words}"
        }
    }
}
