//! The call dropped: what was said so far is saved with one press and one question. Asks for nothing more than a place.

use super::{Capture, steps::Step};
use crate::{
    components::{Confirm, Glyph, Icon, names},
    hooks::{use_app, use_texts},
    platform,
    protocol::{Answer, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    intent::{DROPPED, Intent},
};

/// Ways of coming in on which a call can drop; none chosen yet is one of them.
const CALLS: [&str; 4] = ["", "hotline", "whatsapp", "hq_line"];

/// The button, where the complaint comes by phone.
#[component]
pub(super) fn Dropped(capture: Capture) -> Element {
    let t = use_texts();
    let app = use_app();
    let navigator = use_navigator();
    let form = capture.form;
    let mut asking = use_signal(|| false);
    if !CALLS.contains(&form.text("intake.channel").as_str()) {
        return rsx! {};
    }
    let press = move |_| {
        if form.text("place.adm3").is_empty() {
            let mut problems = capture.problems;
            problems.set(vec![("place.adm3".to_owned(), "required".to_owned())]);
            app.say(t.dropped_place());
            form.go(Step::Place.number());
        } else {
            asking.set(true);
        }
    };
    let save = move |()| {
        asking.set(false);
        spawn(async move {
            let mut facts = form.facts();
            facts.insert(DROPPED.to_owned(), Fact::Flag(true));
            match platform::call(Request::Do(Intent::RecordComplaint { record: form.record(), facts })).await {
                Answer::Saved(_) => {
                    form.finish();
                    app.say(t.dropped_saved());
                    navigator.replace(Route::HomePage {});
                }
                Answer::Failed(failure) => {
                    let mut problems = capture.problems;
                    if let Some(step) = failure.fields.iter().filter_map(|(key, _)| Step::of(key)).min_by_key(|s| s.number()) {
                        form.go(step.number());
                    }
                    app.say(names::failure(t, failure.code));
                    problems.set(failure.fields);
                }
                _ => {}
            }
        });
    };
    rsx! {
        button { class: "button start", r#type: "button", "data-testid": "call-dropped", onclick: press,
            Icon { glyph: Glyph::Phone }
            {t.dropped_do()}
        }
        if asking() {
            Confirm { title: t.dropped_title(), words: t.dropped_words(), yes: t.action_save(), on_no: move |()| asking.set(false), on_yes: save }
        }
    }
}
