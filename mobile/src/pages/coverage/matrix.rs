//! Place by phase: a full disc where the session owed was held, a ring for one nobody owed, a barred square for a gap, a dash where
//! none is owed. Told apart by shape, so that it reads in black and white; every sign has words.

use super::go_next::weeks;
use crate::{
    components::names,
    hooks::{use_app, use_texts},
};
use dioxus::prelude::*;
use shared::{
    indicators::coverage::{GoReason, PhaseMark, PlaceCoverage},
    model::codes::Phase,
    text::Texts,
};

/// The picture, and what its signs mean.
#[component]
pub(super) fn Matrix(places: Vec<PlaceCoverage>) -> Element {
    let t = use_texts();
    rsx! {
        section { class: "stack-s", "aria-labelledby": "matrix-title",
            h2 { id: "matrix-title", {t.coverage_matrix()} }
            p { class: "row legend", "aria-hidden": "true",
                for mark in PhaseMark::ALL.iter().rev() {
                    span { key: "{mark.id()}", class: "row", Sign { mark: *mark } {mark_words(t, *mark)} }
                }
            }
            div { class: "table-frame", tabindex: "0", role: "region", "aria-labelledby": "matrix-title",
                table { class: "matrix", "data-testid": "matrix",
                    thead {
                        tr {
                            th { scope: "col", {t.coverage_place()} }
                            for phase in Phase::ALL {
                                th { key: "{phase.id()}", scope: "col", {names::coded(t, "coverage-phase", phase.id())} }
                            }
                        }
                    }
                    tbody {
                        for place in places {
                            PlaceLine { key: "{place.place}", place: place.clone() }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn PlaceLine(place: PlaceCoverage) -> Element {
    let t = use_texts();
    let app = use_app();
    let since = weeks(&place).map_or_else(|| t.coverage_no_session(), |weeks| t.coverage_weeks(weeks));
    rsx! {
        tr { "data-testid": "matrix-{place.place}",
            th { scope: "row",
                bdi { {names::place(t, app, &place.place)} }
                div { class: if place.reason == Some(GoReason::Silent) { "danger-text" } else { "faint" }, "{since}" }
            }
            for (n , phase) in Phase::ALL.iter().enumerate() {
                td { key: "{phase.id()}", "data-mark": place.phases[n].id(), "data-testid": "mark-{place.place}-{phase.id()}",
                    Sign { mark: place.phases[n] }
                    if place.sessions[n] > 0 {
                        span { class: "num", {t.number(place.sessions[n])} }
                    }
                    span { class: "unseen", {mark_words(t, place.phases[n])} }
                }
            }
        }
    }
}

/// What a sign means.
pub(super) fn mark_words(t: Texts, mark: PhaseMark) -> String {
    names::coded(t, "coverage-mark", mark.id())
}

/// A sign, drawn; beside it stand words.
#[component]
pub(super) fn Sign(mark: PhaseMark) -> Element {
    rsx! {
        svg { class: "sign sign-{mark.id()}", view_box: "0 0 24 24", "aria-hidden": "true",
            match mark {
                PhaseMark::Reached => rsx! { circle { class: "sign-full", cx: "12", cy: "12", r: "9" } },
                PhaseMark::Held => rsx! { circle { class: "sign-line", cx: "12", cy: "12", r: "8" } },
                PhaseMark::Gap => rsx! { path { class: "sign-line", d: "M4 4h16v16h-16zM4 4l16 16M20 4l-16 16" } },
                PhaseMark::NotOwed => rsx! { path { class: "sign-line", d: "M8 12h8" } },
            }
        }
    }
}
