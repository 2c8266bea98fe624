//! A count was wrong: the right number and why. Becomes the difference, so that counts of other phones stay.

use crate::{
    components::{Glyph, Icon, NumberField, SelectField, TextField, names},
    hooks::{use_app, use_texts},
    platform,
    protocol::{Answer, Request},
};
use dioxus::prelude::*;
use shared::{
    intent::Intent,
    model::{codes::CountKey, ids::RecordId},
};

/// Most one count can be set to.
const MOST: i64 = 1_000_000;

/// Which count, the right number, the reason.
#[component]
pub(super) fn CorrectForm(record: RecordId, counts: [i64; 7]) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut key = use_signal(|| CountKey::F18To59);
    let mut right = use_signal(|| None::<i64>);
    let mut reason = use_signal(String::new);
    let mut round = use_signal(|| 0u32);
    let now = CountKey::ALL.iter().position(|k| *k == key()).map_or(0, |index| counts[index]);
    let delta = right().map_or(0, |n| n - now);
    let ready = delta != 0 && !reason.read().trim().is_empty();
    let save = move |_| async move {
        let request = Request::Do(Intent::CorrectCount { record, key: key(), delta, reason: reason().trim().to_owned() });
        match platform::call(request).await {
            Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
            _ => {
                right.set(None);
                reason.set(String::new());
                round += 1;
                app.say(t.correct_saved());
            }
        }
    };
    let options = CountKey::ALL.iter().map(|k| (k.id().to_owned(), names::count_key(t, *k))).collect::<Vec<_>>();
    rsx! {
        details { class: "card",
            summary { "data-testid": "correct", {t.correct_open()} Icon { glyph: Glyph::ChevronDown } }
            div { class: "stack",
                SelectField { id: "correct-key", label: t.correct_which(), value: key().id(), options, on_change: move |code: String| key.set(CountKey::from_id(&code).unwrap_or(key())) }
                for round in [round()] {
                    NumberField { key: "{round}", id: "correct-number", label: t.correct_right(), hint: t.correct_now(&t.number(now)), value: None, max: MOST, on_change: move |n| right.set(n) }
                }
                TextField { id: "correct-reason", label: t.field_reason(), value: reason(), on_change: move |v| reason.set(v) }
                button { class: "button button-main", r#type: "button", disabled: !ready, "data-testid": "save-correction", onclick: save, {t.correct_save()} }
            }
        }
    }
}
