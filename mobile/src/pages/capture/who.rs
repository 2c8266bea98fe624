//! Who spoke, as far as they want: how they wish to be known decides which fields there are.

use super::Capture;
use crate::{
    components::FactField,
    hooks::{use_settings, use_texts},
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    model::{codes::IdentityMode, record::DocKind},
};

/// Which parts of the form a way of being known shows.
struct Shows {
    name: bool,
    phone: bool,
    concerned: bool,
    group: bool,
}

const fn shows(mode: IdentityMode) -> Shows {
    let nothing = Shows { name: false, phone: false, concerned: false, group: false };
    match mode {
        IdentityMode::Anon => nothing,
        IdentityMode::AnonContact => Shows { phone: true, ..nothing },
        IdentityMode::Identified | IdentityMode::Confidential => Shows { name: true, phone: true, ..nothing },
        IdentityMode::OnBehalf => Shows { name: true, phone: true, concerned: true, ..nothing },
        IdentityMode::Group => Shows { name: true, phone: true, group: true, ..nothing },
    }
}

/// Identity mode, sex and age as big buttons, and only the contact fields that fit.
#[component]
pub(crate) fn WhoStep(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let form = capture.form;
    let mode = IdentityMode::from_id(&form.text("intake.identity_mode"));
    let shows = mode.map(shows);
    let choose_mode = move |fact: Option<Fact>| {
        let mut problems = capture.problems;
        problems.write().retain(|(key, _)| key != "intake.identity_mode");
        form.change(|facts| {
            let mode = fact.as_ref().and_then(Fact::as_text).and_then(IdentityMode::from_id);
            if let Some(mode) = mode {
                forget_what_does_not_fit(facts, mode);
            }
            if let Some(fact) = fact {
                facts.insert("intake.identity_mode".into(), fact);
            }
        });
    };
    rsx! {
        FactField { doc: DocKind::Case, field: "intake.identity_mode", label: t.field_identity_mode(), value: form.fact("intake.identity_mode"),
            problem: capture.problem(t, "intake.identity_mode"), on_change: choose_mode }
        for key in ["who.sex", "who.age_band"] {
            CaptureField { key: "{key}", capture, doc: DocKind::Case, field: key }
        }
        if let Some(shows) = shows {
            if shows.group {
                for key in ["group.size", "group.f", "group.m", "group.rep_consent"] {
                    CaptureField { key: "{key}", capture, doc: DocKind::Case, field: key }
                }
            }
            if shows.name {
                CaptureField { capture, doc: DocKind::Contact, field: "name" }
            }
            if shows.phone {
                CaptureField { capture, doc: DocKind::Contact, field: "phone.raw" }
            }
            if shows.concerned {
                CaptureField { capture, doc: DocKind::Contact, field: "concerned.name" }
                CaptureField { capture, doc: DocKind::Contact, field: "concerned.consent" }
            }
            if shows.name && mode != Some(IdentityMode::Confidential) {
                CaptureField { capture, doc: DocKind::Case, field: "consent.share" }
            }
            if shows.phone {
                CaptureField { capture, doc: DocKind::Case, field: "consent.contact" }
            }
            if !shows.name && !shows.phone {
                p { class: "card soft", {t.who_anonymous_note(&t.day(settings.response_due(received(&form))))} }
            }
        }
    }
}

fn received(form: &crate::hooks::DraftForm) -> shared::model::dates::Day {
    form.text("reg.received_on").parse().unwrap_or_default()
}

/// One field of the complaint's form, under the prefix its document has there.
#[component]
pub(crate) fn CaptureField(capture: Capture, doc: DocKind, field: &'static str) -> Element {
    let t = use_texts();
    let key = match doc {
        DocKind::Contact => format!("contact.{field}"),
        DocKind::Subject => format!("subject.{field}"),
        DocKind::Case | DocKind::Session | DocKind::Sealed | DocKind::BoxOpening => field.to_owned(),
    };
    rsx! {
        FactField {
            doc,
            field,
            form_key: key.clone(),
            value: capture.form.fact(&key),
            problem: capture.problem(t, &key),
            on_change: move |fact| capture.put(&key, fact),
        }
    }
}

/// Someone who now wants to stay unknown is not kept in the draft.
fn forget_what_does_not_fit(facts: &mut shared::document::content::Facts, mode: IdentityMode) {
    let shows = shows(mode);
    facts.retain(|key, _| match key.as_str() {
        "contact.name" | "contact.benef_id" | "consent.share" => shows.name,
        "consent.contact" => shows.phone,
        key if key.starts_with("contact.concerned.") => shows.concerned,
        key if key.starts_with("contact.phone.") => shows.phone,
        key if key.starts_with("contact.") => shows.name || shows.phone,
        key if key.starts_with("group.") => shows.group,
        _ => true,
    });
    if mode == IdentityMode::Confidential {
        facts.insert("consent.share".into(), "no".into());
    }
}
