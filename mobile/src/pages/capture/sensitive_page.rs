//! A report that may be sensitive: five lines to follow, a number to call, a clear header to save, and, where it can be sealed, the way
//! to write it down. No field for a name, words, a subject or a photo exists here. # Source: domain.md §3 (5), §10.2 (3); design.md §7

use super::{
    Capture, DropDraft, SaveMark,
    place::PlacePick,
    review::{CardSafe, SaveFailed},
    use_saving,
};
use crate::{
    components::{FactField, Glyph, Icon, PageTitle, Services},
    hooks::{use_app, use_settings, use_texts},
    protocol::Saved,
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    intent,
    model::{dates::UnixSeconds, record::DocKind},
};

/// Script, numbers, "called at", place, saving.
#[component]
pub(crate) fn Sensitive(capture: Capture, saved: Signal<Option<Saved>>, can_seal: Option<bool>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let form = capture.form;
    let saving = use_saving();
    let chosen = [form.text("place.adm4"), form.text("place.adm3")].into_iter().find(|code| !code.is_empty());
    let called = match form.fact("reg.voice_escalated_at") {
        Some(Fact::Number(at)) => Some(UnixSeconds(at)),
        _ => None,
    };
    let note_call = move |_| async move {
        app.look_again().await;
        let now = app.status.peek().as_ref().map_or(0, |s| s.now.0);
        form.put("reg.voice_escalated_at", Some(Fact::Number(now)));
    };
    let ready = !form.text("place.adm3").is_empty();
    let do_save = move |_| {
        // Only the header is asked for here, whatever is still in memory.
        if let Some(settings) = app.settings.peek().clone() {
            form.change(|facts| *facts = intent::keepable(facts, &settings));
        }
        saving.press(app, capture, saved)
    };
    rsx! {
        div { class: "page", "data-testid": "sensitive",
            PageTitle { title: t.sensitive_title(), SaveMark { form } }
            super::photo::Removed { capture }
            section { class: "card card-danger",
                ol { class: "script", "data-testid": "script",
                    li { {t.sensitive_line_1()} }
                    li { {t.sensitive_line_2()} }
                    li { if can_seal == Some(true) { {t.sensitive_line_3_sealed()} } else { {t.sensitive_line_3()} } }
                    li { {t.sensitive_line_4()} }
                    li { {t.sensitive_line_5()} }
                }
                Numbers {}
                div { class: "row",
                    button { class: "button grow", r#type: "button", "data-testid": "called", onclick: note_call,
                        Icon { glyph: Glyph::Check }
                        {t.sensitive_called()}
                    }
                    if let Some(at) = called {
                        span { class: "badge badge-good", "data-testid": "called-at", {t.sensitive_called_at(&t.time(at, app.offset_min()))} }
                    }
                }
            }
            if can_seal == Some(true) {
                super::sealed::Offer { capture }
            }
            super::rather::Exit { capture }
            Services { adm3: form.text("place.adm3") }
            section { class: "card",
                h2 { {t.sensitive_header_title()} }
                p { class: "soft", {t.sensitive_header_words()} }
                PlacePick { capture, chosen }
                FactField { doc: DocKind::Case, field: "project", value: form.fact("project"),
                    on_change: move |fact| capture.put("project", fact) }
                CardSafe { capture }
            }
            SaveFailed { failure: (saving.failed)() }
            div { class: "actions actions-stay",
                button { class: "button button-big", r#type: "button", "data-testid": "not-sensitive",
                    onclick: {
                        let settings = settings.clone();
                        move |_| form.change(|facts| {
                            for key in ["reg.may_be_sensitive", "reg.level", "reg.voice_escalated_at"] {
                                facts.remove(key);
                            }
                            if intent::is_sensitive(facts, &settings) {
                                facts.remove("reg.category");
                            }
                        })
                    },
                    {t.sensitive_not()}
                }
                button { class: "button button-main button-big", r#type: "button", "data-testid": "save-header", disabled: (saving.busy)() || !ready, onclick: do_save,
                    Icon { glyph: Glyph::Lock }
                    if !ready { {t.sensitive_needs_place()} } else if called.is_some() { {t.sensitive_save()} } else { {t.sensitive_save_uncalled()} }
                }
            }
            DropDraft { form, burst: capture.burst }
        }
    }
}

/// Numbers to call at once.
#[component]
pub(crate) fn Numbers() -> Element {
    let t = use_texts();
    let settings = use_settings();
    rsx! {
        if settings.hotline.is_empty() {
            p { class: "strong", "data-testid": "no-number", {t.sensitive_no_number()} }
        }
        for number in settings.hotline.iter() {
            a { key: "{number.phone}", class: "call", href: "tel:{number.phone}", "data-testid": "call-number",
                Icon { glyph: Glyph::PhoneCall }
                span { {t.label(&number.label).to_owned()} }
                span { class: "ltr", "{number.phone}" }
            }
        }
        if settings.hotline.len() > 1 {
            p { class: "strong", "data-testid": "second-number", {t.sensitive_second_number()} }
        }
    }
}
