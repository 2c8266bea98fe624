//! Everything that can be added but need not be: folded away, so that a minute is enough.

use super::{Capture, who::CaptureField};
use crate::{
    components::{Glyph, Icon},
    hooks::use_texts,
};
use dioxus::prelude::*;
use shared::model::{
    codes::{IdentityMode, SubjectRole},
    record::DocKind,
};

/// Groups of further fields.
#[component]
pub(crate) fn More(capture: Capture) -> Element {
    let t = use_texts();
    let form = capture.form;
    let mode = IdentityMode::from_id(&form.text("intake.identity_mode"));
    let anonymous = mode == Some(IdentityMode::Anon);
    let about = SubjectRole::from_id(&form.text("reg.subject_role")).is_some_and(|role| role != SubjectRole::None);
    rsx! {
        Group { title: t.more_person(), test: "more-person",
            Fields { capture, doc: DocKind::Case, fields: &["who.displacement", "who.profile", "intake.language", "intake.literacy_need"] }
        }
        if !anonymous {
            Group { title: t.more_disability(), test: "more-disability",
                p { class: "field-hint", {t.more_disability_hint()} }
                Fields { capture, doc: DocKind::Case, fields: &["who.disability", "who.wg.q_see", "who.wg.q_hear", "who.wg.q_walk", "who.wg.q_rem", "who.wg.q_self", "who.wg.q_comm"] }
            }
            Group { title: t.more_answer(), test: "more-answer",
                Fields { capture, doc: DocKind::Contact, fields: &["resp.channel", "resp.place", "phone.owner", "phone.safe_to_call", "phone.safe_hours", "phone.may_leave_message", "benef_id"] }
            }
        }
        if about {
            Group { title: t.more_subject(), test: "more-subject",
                p { class: "field-hint", {t.more_subject_hint()} }
                Fields { capture, doc: DocKind::Subject, fields: &["person", "unit"] }
            }
        }
        Group { title: t.more_issue(), test: "more-issue",
            Fields { capture, doc: DocKind::Case, fields: &["intake.desired_outcome", "intake.incident_on", "place.site", "place.landmark", "consent.refer", "intake.prior_ref", "intake.paper_form_no"] }
        }
    }
}

#[component]
fn Group(title: String, test: &'static str, children: Element) -> Element {
    // Folded fields are not drawn at all: most complaints need none of them, and a cheap phone feels each.
    let mut opened = use_signal(|| false);
    rsx! {
        details { class: "card", ontoggle: move |_| opened.set(true),
            summary { "data-testid": test, "{title}" Icon { glyph: Glyph::ChevronDown } }
            if opened() {
                div { class: "stack", {children} }
            }
        }
    }
}

#[component]
fn Fields(capture: Capture, doc: DocKind, fields: &'static [&'static str]) -> Element {
    rsx! {
        for field in fields.iter().copied() {
            CaptureField { key: "{field}", capture, doc, field }
        }
    }
}
