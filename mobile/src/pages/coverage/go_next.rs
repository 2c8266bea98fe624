//! Where to go next: the places that press most, each with its reason in words.

use crate::{
    components::{Glyph, Icon, names, take_focus_if},
    hooks::{Load, use_allowed, use_app, use_texts},
    pages::plans::use_plans,
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    indicators::coverage::{GoReason, PlaceCoverage},
    model::row::SessionRow,
    text::Texts,
};

/// Places shown at first.
const FIRST: usize = 5;

/// An ordered list; nothing where nothing presses.
#[component]
pub(super) fn GoNext(places: Vec<PlaceCoverage>) -> Element {
    let t = use_texts();
    let mut whole = use_signal(|| false);
    let plans = if let Load::Ready(rows) = use_plans(None, None).load { rows } else { Vec::new() };
    // Soonest first: the first that fits is the next one.
    let planned =
        |place: &PlaceCoverage| plans.iter().find(|plan| plan.adm4.as_ref().unwrap_or(&plan.adm3) == &place.place).cloned();
    let pressing: Vec<PlaceCoverage> = places.into_iter().filter(|place| place.reason.is_some()).collect();
    let shown = if whole() { pressing.len() } else { FIRST };
    let more = pressing.len().saturating_sub(FIRST);
    rsx! {
        section { class: "stack-s", "aria-labelledby": "go-next", "data-testid": "go-next",
            h2 { id: "go-next", {t.coverage_go_next()} }
            if pressing.is_empty() {
                p { class: "good-text row", Icon { glyph: Glyph::Check } {t.coverage_go_nowhere()} }
            } else {
                ol { class: "card card-flush list",
                    for (index , place) in pressing.into_iter().take(shown).enumerate() {
                        // The first that "more" brings takes the focus from it.
                        li { key: "{place.place}", tabindex: "-1", onmounted: move |event| take_focus_if(index == FIRST, event), Pressing { planned: planned(&place), place } }
                    }
                }
            }
            if more > 0 && !whole() {
                button { class: "button", r#type: "button", "data-testid": "go-next-more", onclick: move |_| whole.set(true), {t.list_more(more)} }
            }
        }
    }
}

#[component]
fn Pressing(place: PlaceCoverage, planned: Option<SessionRow>) -> Element {
    let t = use_texts();
    let app = use_app();
    let allowed = use_allowed();
    let Some(reason) = place.reason else { return rsx! {} };
    rsx! {
        div { class: "item", "data-testid": "go-{place.place}", "data-reason": reason.id(),
            span { class: "stack-s grow",
                span { class: "item-title", bdi { {names::place(t, app, &place.place)} } }
                span {
                    Icon { glyph: if reason == GoReason::Silent { Glyph::Alert } else { Glyph::Info } }
                    " "
                    {words(t, &place, reason)}
                }
                if let Some(plan) = &planned {
                    Link { class: "row", to: Route::SessionPage { record: plan.record.to_string() }, "data-testid": "planned-{place.place}", Icon { glyph: Glyph::Calendar } {t.plan_for(&t.day(plan.date))} }
                }
            }
            if let Some((project, phase)) = place.gaps.first().filter(|_| planned.is_none() && allowed("sessions")) {
                Link {
                    class: "button button-main",
                    to: Route::PlanPage { place: place.place.to_string(), project: project.to_string(), phase: phase.id().to_owned() },
                    "data-testid": "plan-{place.place}",
                    Icon { glyph: Glyph::Calendar }
                    {t.plan_visit()}
                }
            }
        }
    }
}

/// The reason, with how long it has been.
fn words(t: Texts, place: &PlaceCoverage, reason: GoReason) -> String {
    let weeks = weeks(place);
    match (reason, weeks) {
        (GoReason::Silent, Some(weeks)) => t.coverage_silent(weeks),
        (GoReason::Silent, None) => t.coverage_silent_always(),
        (GoReason::Never, _) => t.coverage_never_visited(),
        (GoReason::Gap, _) => t.coverage_phases_missing(place.gaps.len()),
        (GoReason::LongAgo, weeks) => t.coverage_long_ago(weeks.unwrap_or_default()),
    }
}

/// Whole weeks without a session; none where there never was one.
pub(super) fn weeks(place: &PlaceCoverage) -> Option<i64> {
    place.days_since.map(|days| days / 7)
}
