//! One root key as a form field: its kind in the table of fields decides the control, its bounds and its list.

use super::{ChoiceGroup, DayField, FlagBox, NumberField, Pick, PlaceFinder, SelectField, TextArea, TextField, names};
use crate::hooks::{use_settings, use_texts};
use dioxus::prelude::*;
use shared::{
    document::{
        content::Fact,
        fields::{self, FieldKind},
    },
    model::record::DocKind,
};

/// Lists longer than this are shown by the system's own picker.
const MOST_BUTTONS: usize = 9;
/// Texts longer than this get several lines.
const ONE_LINE: usize = 200;

/// A field for `key` of a `doc` document. `form_key` is the key in the form's facts, where it carries a prefix.
#[component]
pub(crate) fn FactField(
    doc: DocKind,
    field: String,
    #[props(default)] form_key: Option<String>,
    value: Option<Fact>,
    on_change: EventHandler<Option<Fact>>,
    #[props(default)] label: Option<String>,
    #[props(default)] hint: Option<String>,
    #[props(default)] problem: Option<String>,
) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let id = form_key.unwrap_or_else(|| field.clone());
    let label = label.unwrap_or_else(|| names::field(t, doc, &field));
    let text = value.as_ref().and_then(Fact::as_text).unwrap_or_default().to_owned();
    if let Some(question) = field.strip_prefix("who.wg.") {
        // The Washington Group's questions: their wording and the four answers must not be changed.
        let picks: Vec<Pick> =
            names::choices(t, &settings, "wg_answer").into_iter().map(|(code, words)| Pick::new(code, words)).collect();
        let label = names::choice(t, &settings, "wg", question);
        let value = if let Some(Fact::Number(n)) = value { n.to_string() } else { String::new() };
        return rsx! {
            ChoiceGroup { id, label, picks, value, hint, problem, on_change: move |code: String| on_change.call(code.parse().ok().map(Fact::Number)) }
        };
    }
    let put_text = move |words: String| on_change.call((!words.is_empty()).then_some(Fact::Text(words)));
    match fields::find(doc, &field).map(|f| f.kind) {
        // An envelope is nothing a person fills in.
        None | Some(FieldKind::Envelope | FieldKind::Picture) => rsx! {},
        Some(FieldKind::Text(max)) if max > ONE_LINE => rsx! {
            TextArea { id, label, value: text, max, on_change: put_text, hint, problem, rows: if max > 4_000 { 9u8 } else { 4u8 } }
        },
        Some(FieldKind::Text(max)) => {
            let phone = field == "phone.raw";
            rsx! {
                TextField { id, label, value: text, max, on_change: put_text, hint, problem, code: phone, kind: if phone { "tel" } else { "text" } }
            }
        }
        Some(FieldKind::RefNo) => rsx! {
            TextField { id, label, value: text, max: 12usize, on_change: put_text, hint, problem, code: true }
        },
        Some(FieldKind::Time) => rsx! {
            TextField { id, label, value: text, on_change: put_text, hint, problem, code: true, kind: "time" }
        },
        Some(FieldKind::Code(list)) => {
            let options = names::choices(t, &settings, list);
            if options.len() > MOST_BUTTONS {
                rsx! {
                    SelectField { id, label, value: text, options, on_change: put_text, none: t.choose_one(), problem }
                }
            } else {
                let long = options.iter().any(|(_, words)| words.chars().count() > 22);
                let picks: Vec<Pick> = options.into_iter().map(|(code, words)| Pick::new(code, words)).collect();
                rsx! {
                    ChoiceGroup { id, label, picks, value: text, on_change: put_text, long, hint, problem }
                }
            }
        }
        Some(FieldKind::Flag) => rsx! {
            FlagBox {
                id,
                label,
                value: value == Some(Fact::Flag(true)),
                on_change: move |on: bool| on_change.call(on.then_some(Fact::Flag(true))),
            }
        },
        Some(FieldKind::Number(max)) => {
            let number = if let Some(Fact::Number(n)) = value { Some(n) } else { None };
            rsx! {
                NumberField { id, label, value: number, max, hint, problem, on_change: move |n: Option<i64>| on_change.call(n.map(Fact::Number)) }
            }
        }
        Some(FieldKind::Day) => rsx! {
            DayField { id, label, value: text.parse().ok(), problem, on_change: move |day: Option<shared::model::dates::Day>| on_change.call(day.map(|d| Fact::Text(d.to_string()))) }
        },
        Some(FieldKind::Place) => rsx! {
            PlaceFinder {
                id,
                label,
                chosen: (!text.is_empty()).then(|| text.as_str().into()),
                on_choose: move |hit: Option<crate::protocol::PlaceHit>| on_change.call(hit.map(|h| Fact::Text(h.place.code.to_string()))),
                problem,
            }
        },
        Some(FieldKind::Project) => {
            let open = settings.projects.iter().filter(|p| !p.retired || p.code.as_str() == text);
            let options = open.map(|p| (p.code.to_string(), t.label(&p.name).to_owned())).collect::<Vec<_>>();
            rsx! {
                SelectField { id, label, value: text, options, on_change: put_text, none: t.project_none(), problem }
            }
        }
        Some(FieldKind::User) => {
            let people = settings.people.iter().filter(|p| !p.inactive);
            let options = people.map(|p| (p.id.to_string(), p.name.clone())).collect::<Vec<_>>();
            rsx! {
                SelectField { id, label, value: text, options, on_change: put_text, none: t.choose_one(), problem }
            }
        }
    }
}
