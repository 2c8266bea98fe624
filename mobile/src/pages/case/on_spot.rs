//! What was told on the spot, for the officer who accepts it or answers properly.

use super::action_fields::claim_of;
use crate::{
    components::{Glyph, Icon, names, take_focus},
    hooks::{use_settings, use_texts, use_today},
    pages::inbox::one_by_one::{Outcome, accept},
    protocol::CaseDetail,
};
use dioxus::prelude::*;
use shared::model::event::Step;

/// Nothing where nothing waits to be accepted, or this person may not close.
#[component]
pub(super) fn ToAccept(case: CaseDetail) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let mut busy = use_signal(|| false);
    let mut look = use_signal(|| None::<String>);
    let mut accepted = use_signal(|| false);
    let may = ["closed", "responded", "classified"].iter().any(|kind| case.may.iter().any(|open| open == kind));
    if accepted() {
        return rsx! {
            p { class: "card row", tabindex: "-1", "data-testid": "accepted", onmounted: take_focus, Icon { glyph: Glyph::Check } {t.case_accepted()} }
        };
    }
    let Some((_, Step::AnsweredOnSpot { told, agreed, satisfaction, .. })) = claim_of(&case) else { return rsx! {} };
    if !case.row.is_to_accept() || !may {
        return rsx! {};
    }
    let record = case.row.record;
    let is_enough = *agreed != Some(false);
    let press = move |_| async move {
        if busy() {
            return;
        }
        busy.set(true);
        match accept(t, record, today).await {
            Outcome::Look(why) => look.set(Some(why)),
            Outcome::Done | Outcome::Awaits => accepted.set(true),
        }
        busy.set(false);
    };
    rsx! {
        section { class: "card stack", "data-testid": "to-accept",
            h2 { {t.case_told()} }
            dl { class: "facts",
                div { dt { {t.field_told()} } dd { class: "pre", dir: "auto", "{told}" } }
                div { dt { {t.field_agreed()} } dd { {names::yes_no_or_not_asked(t, *agreed)} } }
                div { dt { {t.field_satisfaction()} } dd { {names::choice(t, &settings, "satisfaction", satisfaction.as_str())} } }
            }
            if is_enough {
                p { class: "soft", {t.case_accept_words()} }
                if let Some(why) = look() {
                    p { class: "field-problem", role: "alert", "data-testid": "accept-look", Icon { glyph: Glyph::Alert } "{why}" }
                }
                button { class: "button button-main", r#type: "button", "aria-disabled": busy(), "data-testid": "accept", onclick: press,
                    Icon { glyph: Glyph::Check }
                    {t.case_accept()}
                }
            } else {
                p { class: "strong warn-text", "data-testid": "accept-not-enough", {t.many_not_enough()} }
            }
        }
    }
}
