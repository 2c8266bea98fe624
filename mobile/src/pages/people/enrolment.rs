//! Letting a new device of a person in: a code to hand over, and the digits that the person reads out from the device.

use crate::{
    components::{Glyph, Icon, QrImage, TextField, names},
    hooks::{use_app, use_texts},
    platform,
    protocol::{Answer, FailureCode, PeopleAnswer, PeopleRequest, Request, people::EnrolmentCode},
};
use dioxus::prelude::*;
use shared::model::ids::{DeviceId, UserId};

/// A code for a new device, shown once.
#[component]
pub(super) fn NewDevice(user: UserId, name: String) -> Element {
    let t = use_texts();
    let mut made = use_signal(|| None::<EnrolmentCode>);
    let mut failed = use_signal(|| None::<FailureCode>);
    let make = move |_| {
        let request = Request::People(PeopleRequest::Enrol { user: user.clone() });
        async move {
            failed.set(None);
            match platform::call(request).await {
                Answer::People(PeopleAnswer::Enrolment(code)) => made.set(Some(code)),
                Answer::Failed(failure) => failed.set(Some(failure.code)),
                _ => failed.set(Some(FailureCode::Internal)),
            }
        }
    };
    rsx! {
        section { class: "card", "data-testid": "new-device",
            h2 { {t.enrolment_title()} }
            if let Some(EnrolmentCode { code, address, picture }) = made() {
                p { {t.enrolment_hand_over(&name)} }
                QrImage { picture, label: t.enrolment_picture() }
                p { class: "code-words", dir: "ltr", "data-testid": "enrolment-code", "{code}" }
                p { class: "soft", {t.enrolment_in_app()} }
                p { class: "code-words", dir: "ltr", "data-testid": "enrolment-address", "{address}" }
                p { class: "soft", {t.enrolment_then()} }
                button { class: "button", r#type: "button", "data-testid": "enrolment-done", onclick: move |_| made.set(None), Icon { glyph: Glyph::Check } {t.account_handed_done()} }
            } else {
                p { class: "soft", {t.enrolment_about()} }
                if let Some(code) = failed() {
                    p { class: "danger-text", role: "alert", "data-testid": "failed", "data-code": names::failure_id(code), {names::failure(t, code)} }
                }
                button { class: "button start", r#type: "button", "data-testid": "make-code", onclick: make, Icon { glyph: Glyph::Plus } {t.enrolment_make()} }
            }
        }
    }
}

/// The digits a person reads out from a device that waits.
#[component]
pub(super) fn Confirmation(user: UserId, device: DeviceId, on_change: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut typed = use_signal(String::new);
    let mut failed = use_signal(|| None::<String>);
    let confirm = move |event: FormEvent| {
        event.prevent_default();
        let request = Request::People(PeopleRequest::Confirm { user: user.clone(), device, fingerprint: typed() });
        async move {
            match platform::call(request).await {
                Answer::Failed(failure) if failure.code == FailureCode::NotFound => failed.set(Some(t.enrolment_other_digits())),
                Answer::Failed(failure) => failed.set(Some(names::failure(t, failure.code))),
                _ => {
                    app.say(t.enrolment_confirmed());
                    on_change.call(());
                }
            }
        }
    };
    rsx! {
        form { class: "card card-warn stack", onsubmit: confirm, novalidate: true, "data-testid": "confirmation",
            p { {t.enrolment_call()} }
            TextField { id: "fingerprint", label: t.enrolment_digits(), value: typed(), code: true, autocomplete: "off", problem: failed(), on_change: move |v| { typed.set(v); failed.set(None); } }
            button { class: "button button-main start", r#type: "submit", "data-testid": "confirm-device", Icon { glyph: Glyph::Check } {t.enrolment_confirm()} }
        }
    }
}
