//! That it is saved; where the person said that a card is safe, also the receipt number, large enough to read across a table, with its
//! PIN and the day of the answer.

use crate::{
    components::{Glyph, Icon, PageTitle, names},
    hooks::{use_app, use_settings, use_texts},
    protocol::Saved,
    routes::Route,
    window,
};
use dioxus::prelude::*;
use shared::{
    box_opening::CASE_OPENING,
    document::content::{Fact, Facts},
};

/// Shown once, after the record is on disk.
#[component]
pub(crate) fn Receipt(saved: Saved, facts: Facts) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let received = facts.get("reg.received_on").and_then(Fact::as_text).and_then(|day| day.parse().ok());
    let given = facts.get("receipt_given") == Some(&Fact::Flag(true));
    use_hook(|| app.say(t.receipt_saved()));
    rsx! {
        div { class: "page", "data-testid": "receipt",
            PageTitle { title: t.receipt_title() }
            if given {
                div { class: "receipt",
                    if let Some(number) = &saved.ref_no {
                        p { class: "soft", {t.receipt_number()} }
                        p { class: "receipt-number", "data-testid": "ref-no", "data-number": "{number}", {names::ref_no(t, number)} }
                    }
                    if let Some(pin) = &saved.ref_pin {
                        p { {t.receipt_pin()} " " strong { class: "num ltr", "data-testid": "ref-pin", {t.digits(pin)} } }
                    }
                    if let Some(day) = received {
                        p { class: "strong", {t.receipt_due(&t.day(settings.response_due(day)))} }
                    }
                    p { class: "badge badge-good", Icon { glyph: Glyph::Check } {t.receipt_card_safe()} }
                    if let Some(origin) = window::origin() {
                        p { class: "soft", {t.receipt_follow()} " " span { class: "ltr", "data-testid": "status-address", "{origin}/status" } }
                    }
                }
            } else {
                p { class: "card row", "data-testid": "no-card", Icon { glyph: Glyph::Check } {t.receipt_no_card()} }
            }
            p { class: "soft", {t.receipt_on_phone()} }
            if let Some(opening) = facts.get(CASE_OPENING).and_then(Fact::as_text) {
                Link { class: "button button-main button-big button-wide", to: Route::OpeningPage { record: opening.to_owned() }, "data-testid": "next-paper",
                    Icon { glyph: Glyph::Next }
                    {t.opening_next()}
                }
            }
            div { class: "actions",
                Link { class: "button button-big", to: Route::HomePage {}, "data-testid": "go-home", Icon { glyph: Glyph::Home } {t.nav_home()} }
                Link { class: "button button-main button-big", to: Route::CaptureStart {}, "data-testid": "next-complaint",
                    Icon { glyph: Glyph::Plus }
                    {t.receipt_next()}
                }
            }
        }
    }
}
