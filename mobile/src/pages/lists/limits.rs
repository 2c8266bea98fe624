//! Days, hours and tries that an organisation sets for itself. What each may be stands in one table in `shared`.

use crate::{components::NumberField, hooks::use_texts};
use dioxus::prelude::*;
use shared::settings::{Settings, limits::LIMITS};

/// One field a limit.
#[component]
pub(super) fn LimitsCard(lists: Signal<Settings>) -> Element {
    let t = use_texts();
    let mut lists = lists;
    let limits = lists.read().limits;
    rsx! {
        section { class: "card", "data-testid": "limits",
            h2 { {t.lists_limits()} }
            p { class: "field-hint", {t.lists_limits_words()} }
            for limit in LIMITS.iter().copied() {
                NumberField { key: "{limit.name}", id: "limit.{limit.name}", label: t.coded("limit", limit.name).unwrap_or_default(),
                    hint: t.lists_bounds(&t.number(limit.least), &t.number(limit.most)), value: i64::from((limit.get)(&limits)), max: i64::from(limit.most),
                    // An empty field is no limit, which is none that makes sense: publishing says so.
                    on_change: move |n: Option<i64>| (limit.set)(&mut lists.write().limits, n.and_then(|n| u16::try_from(n).ok()).unwrap_or(u16::MAX)) }
            }
        }
    }
}
