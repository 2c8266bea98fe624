//! The desk's pages: what officers, managers and administrators open. On the web they are a module of their own, which a field phone's
//! first visit need not wait for: the service worker keeps it with the rest, and whoever may open such a page has it before. Knows
//! nothing of what the pages do.
#![allow(
    unsafe_code,
    reason = "wasm_split binds the two modules of the web app by name, as an FFI; elsewhere it is a plain call"
)]

use crate::{
    components::{Ghost, Glyph, Icon, take_focus},
    hooks::use_texts,
};
use dioxus::prelude::*;
use futures_util::FutureExt;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Whether the pages are in memory. Once they are, they stay.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Away,
    Coming,
    Failed,
    Here,
}

static STANDING: GlobalSignal<Standing> =
    Signal::global(|| if cfg!(target_family = "wasm") { Standing::Away } else { Standing::Here });

/// Has the pages loaded if they are not yet.
pub(crate) fn fetch() {
    if matches!(*STANDING.peek(), Standing::Coming | Standing::Here) {
        return;
    }
    *STANDING.write() = Standing::Coming;
    // Belongs to nobody's page: one that is left must not take a load with it that others wait for.
    dioxus::core::spawn_forever(async {
        let loaded = load().await;
        *STANDING.write() = if loaded.is_ok() { Standing::Here } else { Standing::Failed };
    });
}

/// Each page with what its address says: its name among the routes, where it really is, and what a route shows of it.
macro_rules! desk_pages {
    ($($module:ident::$page:ident { $($part:ident),* }),* $(,)?) => {
        #[derive(Clone, PartialEq)]
        enum Desk { $($page { $($part: String),* }),* }

        #[wasm_split(desk, fallible, preload(load))]
        fn drawn(page: Desk) -> Result<Element, SplitLoaderError> {
            Ok(match page { $(Desk::$page { $($part),* } => rsx! { super::$module::$page { $($part),* } }),* })
        }

        $(#[component]
        pub(crate) fn $page($($part: String),*) -> Element {
            rsx! { Later { page: Desk::$page { $($part),* } } }
        })*
    };
}

desk_pages! {
    calls::CallsPage {},
    case::CasePage { record },
    coverage::CoveragePage {},
    inbox::InboxPage {},
    lists::ListsPage {},
    month::MonthPage {},
    my_key::MyKeyPage {},
    people::LostPhonePage { device },
    people::LostStart {},
    people::PeoplePage {},
    people::PersonPage { user },
    plan::PlanPage { place, project, phase },
    project_edit::ProjectPage { code },
    projects::ProjectsPage {},
    sites::SitesPage {},
    week::WeekPage {},
}

#[component]
fn Later(page: Desk) -> Element {
    use_effect(fetch);
    match STANDING() {
        Standing::Away | Standing::Coming => rsx! { Ghost {} },
        Standing::Failed => rsx! { NotLoaded {} },
        // What is loaded answers at once.
        Standing::Here => match drawn(page).now_or_never() {
            Some(Ok(drawn)) => drawn,
            _ => rsx! { NotLoaded {} },
        },
    }
}

#[component]
fn NotLoaded() -> Element {
    let t = use_texts();
    rsx! {
        div { class: "state state-danger", role: "alert", tabindex: "-1", "data-testid": "not-loaded", onmounted: take_focus,
            span { class: "state-glyph", Icon { glyph: Glyph::Alert } }
            p { class: "strong", {t.state_not_loaded()} }
            button { class: "button", r#type: "button", "data-testid": "retry", onclick: move |_| fetch(),
                Icon { glyph: Glyph::Sync }
                {t.state_retry()}
            }
        }
    }
}
