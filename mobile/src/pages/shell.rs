//! The frame: header, what should be known everywhere, navigation by role, and the page. Tabs below on phones, a rail beside on wide screens.

use crate::{
    components::{Banners, Glyph, Icon, LanguageSwitch, Mark, use_app_name},
    hooks::{use_allowed, use_app, use_back, use_settings, use_texts},
    pages::desk,
    platform,
    protocol::Request,
    routes::Route,
};
use dioxus::prelude::*;

/// Header, banners, navigation, outlet.
#[component]
pub(crate) fn Shell() -> Element {
    let t = use_texts();
    let name = use_app_name();
    use_back();
    rsx! {
        a { class: "skip", href: "#page", {t.shell_skip()} }
        div { class: "shell",
            header { class: "shell-head",
                Link { class: "brand", to: Route::HomePage {}, Mark {} span { "{name}" } }
                SyncChip {}
                LanguageSwitch {}
                LockButton {}
            }
            Banners {}
            main { id: "page", class: "shell-main", tabindex: "-1", Outlet::<Route> {} }
            Navigation {}
        }
    }
}

#[component]
fn LockButton() -> Element {
    let t = use_texts();
    let app = use_app();
    rsx! {
        button {
            class: "icon-button",
            r#type: "button",
            title: t.shell_lock(),
            "aria-label": t.shell_lock(),
            "data-testid": "lock-now",
            onclick: move |_| async move {
                platform::call(Request::Lock).await;
                app.look_again().await;
            },
            Icon { glyph: Glyph::Lock }
        }
    }
}

/// What waits, in one glance: leads to the page of the outbox.
#[component]
fn SyncChip() -> Element {
    let t = use_texts();
    let app = use_app();
    let waiting = app.status.read().as_ref().map_or(0, |s| s.waiting);
    let running = app.sync.read().as_ref().is_some_and(|s| s.running);
    let (class, glyph, words) = match (running, waiting) {
        (true, _) => ("badge badge-info", Glyph::Sync, t.chip_sending()),
        (_, 0) => ("badge badge-good", Glyph::Check, t.chip_nothing_waits()),
        (_, n) => ("badge badge-warn", Glyph::Device, t.chip_waiting(n)),
    };
    rsx! {
        Link { class: "button button-quiet", to: Route::WaitingPage {}, "data-testid": "sync-chip",
            span { class, role: "status", Icon { glyph } span { class: "chip-words", "{words}" } }
        }
    }
}

#[component]
fn Navigation() -> Element {
    let t = use_texts();
    let allowed = use_allowed();
    let here = use_route::<Route>();
    let officer = allowed("cases");
    let coverage = allowed("coverage");
    let projects = allowed("settings_projects");
    let month = allowed("closure");
    let captures = allowed("sessions");
    let boxes = allowed("boxes") && use_settings().boxes.iter().any(|found| !found.retired);
    let look_up = allowed("look_up");
    let people = allowed("people");
    // Loaded before the press that opens one of them.
    let at_desk = officer || look_up || coverage || projects || month || people;
    use_effect(use_reactive!(|at_desk| {
        if at_desk {
            desk::fetch();
        }
    }));
    let places = [
        (true, true, "home", Route::HomePage {}, Glyph::Home, t.nav_home()),
        (officer, true, "inbox", Route::InboxPage {}, Glyph::Inbox, t.nav_inbox()),
        (look_up, false, "calls", Route::CallsPage {}, Glyph::Phone, t.calls_nav()),
        (boxes, false, "boxes", Route::BoxesPage {}, Glyph::Storage, t.boxes_title()),
        (captures, !officer, "records", Route::RecordsPage {}, Glyph::List, t.nav_records()),
        (captures, true, "sessions", Route::SessionsPage {}, Glyph::Users, t.nav_sessions()),
        (coverage, officer, "coverage", Route::CoveragePage {}, Glyph::Map, t.nav_coverage()),
        (month, false, "month", Route::MonthPage {}, Glyph::Calendar, t.nav_month()),
        (projects, false, "projects", Route::ProjectsPage {}, Glyph::Folder, t.nav_projects()),
        (people, !officer, "people", Route::PeoplePage {}, Glyph::User, t.nav_people()),
        (true, !coverage, "waiting", Route::WaitingPage {}, Glyph::Send, t.nav_waiting()),
        (true, true, "settings", Route::SettingsPage {}, Glyph::Settings, t.nav_settings()),
    ];
    rsx! {
        nav { class: "shell-nav", "aria-label": t.nav_label(),
            for (_ , narrow , name , to , glyph , words) in places.into_iter().filter(|p| p.0) {
                NavLink { key: "{name}", name, to: to.clone(), glyph, words, narrow, on: section(&here) == name }
            }
        }
    }
}

#[component]
fn NavLink(name: &'static str, to: Route, glyph: Glyph, words: String, narrow: bool, on: bool) -> Element {
    let mut class = String::new();
    if on {
        class.push_str("on");
    }
    if !narrow {
        class.push_str(" nav-wide");
    }
    rsx! {
        Link { class, to, "aria-current": if on { Some("page") } else { None }, "data-testid": "nav-{name}",
            Icon { glyph }
            span { "{words}" }
        }
    }
}

/// Which entry of the navigation a page belongs to.
const fn section(route: &Route) -> &'static str {
    match route {
        Route::InboxPage {} | Route::CasePage { .. } => "inbox",
        Route::BoxesPage {} | Route::OpeningPage { .. } => "boxes",
        Route::CallsPage {} => "calls",
        Route::RecordsPage {} => "records",
        Route::SessionsPage {}
        | Route::SessionStart {}
        | Route::SessionJoinPage {}
        | Route::SessionNewPage { .. }
        | Route::SessionPage { .. }
        | Route::StaffCardPage {} => "sessions",
        Route::CoveragePage {} | Route::PlanPage { .. } | Route::SitesPage {} => "coverage",
        Route::MonthPage {} => "month",
        Route::ProjectsPage {} | Route::ProjectPage { .. } => "projects",
        Route::PeoplePage {}
        | Route::PersonPage { .. }
        | Route::WeekPage {}
        | Route::LostStart {}
        | Route::LostPhonePage { .. } => "people",
        Route::WaitingPage {} => "waiting",
        Route::SettingsPage {} | Route::MyKeyPage {} | Route::ListsPage {} => "settings",
        Route::HomePage {}
        | Route::BatchPage {}
        | Route::CaptureStart {}
        | Route::CapturePage { .. }
        | Route::SayPage {}
        | Route::NotFoundPage { .. } => "home",
    }
}
