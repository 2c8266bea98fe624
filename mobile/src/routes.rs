//! The pages and their addresses. An address holds record ids and codes only, never anything personal.

use crate::pages::{
    batch::BatchPage,
    boxes::{BoxesPage, OpeningPage},
    capture::{CapturePage, CaptureStart},
    desk::{
        CallsPage, CasePage, CoveragePage, InboxPage, ListsPage, LostPhonePage, LostStart, MonthPage, MyKeyPage, PeoplePage,
        PersonPage, PlanPage, ProjectPage, ProjectsPage, SitesPage, WeekPage,
    },
    home::HomePage,
    not_found::NotFoundPage,
    records::RecordsPage,
    say::SayPage,
    session_count::SessionPage,
    session_join::SessionJoinPage,
    session_new::{SessionNewPage, SessionStart},
    sessions::SessionsPage,
    settings::SettingsPage,
    shell::Shell,
    staff_card::StaffCardPage,
    waiting::WaitingPage,
};
use dioxus::prelude::*;

/// Every address of the app.
#[derive(Routable, Clone, PartialEq, Debug)]
#[rustfmt::skip]
pub(crate) enum Route {
    #[layout(Shell)]
        #[route("/")]
        HomePage {},
        #[route("/capture")]
        CaptureStart {},
        #[route("/capture/:record")]
        CapturePage { record: String },
        #[route("/batch")]
        BatchPage {},
        #[route("/sessions")]
        SessionsPage {},
        #[route("/sessions/join")]
        SessionJoinPage {},
        #[route("/sessions/new")]
        SessionStart {},
        #[route("/sessions/new/:record")]
        SessionNewPage { record: String },
        #[route("/sessions/:record")]
        SessionPage { record: String },
        #[route("/staff-card")]
        StaffCardPage {},
        #[route("/say")]
        SayPage {},
        #[route("/records")]
        RecordsPage {},
        #[route("/waiting")]
        WaitingPage {},
        #[route("/inbox")]
        InboxPage {},
        #[route("/boxes")]
        BoxesPage {},
        #[route("/openings/:record")]
        OpeningPage { record: String },
        #[route("/calls")]
        CallsPage {},
        #[route("/places")]
        SitesPage {},
        #[route("/cases/:record")]
        CasePage { record: String },
        #[route("/coverage")]
        CoveragePage {},
        #[route("/plan/:place/:project/:phase")]
        PlanPage { place: String, project: String, phase: String },
        #[route("/month")]
        MonthPage {},
        #[route("/projects")]
        ProjectsPage {},
        #[route("/projects/:code")]
        ProjectPage { code: String },
        #[route("/people")]
        PeoplePage {},
        #[route("/people/:user")]
        PersonPage { user: String },
        #[route("/week")]
        WeekPage {},
        #[route("/lost")]
        LostStart {},
        #[route("/lost/:device")]
        LostPhonePage { device: String },
        #[route("/settings")]
        SettingsPage {},
        #[route("/settings/lists")]
        ListsPage {},
        #[route("/settings/key")]
        MyKeyPage {},
    #[end_layout]
    #[route("/:..segments")]
    NotFoundPage { segments: Vec<String> },
}
