//! One field for whoever calls: a receipt number or a phone number, in any digits. Looked for here first, then at the server, which
//! writes that down. No number ever stands in an address.

use crate::{
    components::{CaseLine, Glyph, Icon, TextField, names},
    hooks::{use_allowed, use_app, use_texts, use_today},
    platform,
    protocol::{Answer, Failure, FailureCode, Found, Request},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    look_up::Sought,
};

/// What became of the last look-up.
#[derive(Clone, PartialEq)]
enum Looked {
    Here(Found),
    AtServer(Found),
    /// Not here; the server could not be asked, or may not be by this person.
    NotHere(Option<FailureCode>),
}

/// The field and what it found.
#[component]
pub(crate) fn LookUp() -> Element {
    let t = use_texts();
    let allowed = use_allowed();
    let online = allowed("look_up");
    let mut typed = use_signal(String::new);
    let mut problem = use_signal(|| None::<String>);
    let mut looked = use_signal(|| None::<Looked>);
    let mut busy = use_signal(|| false);
    let look = use_callback(move |()| {
        spawn(async move {
            if busy() {
                return;
            }
            busy.set(true);
            let number = typed.peek().clone();
            match find(number, online).await {
                Ok(found) => looked.set(Some(found)),
                Err(failure) => {
                    looked.set(None);
                    let said = failure.fields.first().and_then(|(_, code)| t.coded("look_up", &format!("problem_{code}")));
                    problem.set(Some(said.unwrap_or_else(|| names::failure(t, failure.code))));
                }
            }
            busy.set(false);
        });
    });
    rsx! {
        section { class: "card stack", "aria-labelledby": "look-up-title", "data-testid": "look-up",
            h2 { id: "look-up-title", {t.look_up_title()} }
            form { class: "stack-s", novalidate: true, role: "search",
                onsubmit: move |event: FormEvent| {
                    event.prevent_default();
                    look.call(());
                },
                TextField { id: "look-up", label: t.look_up_label(), hint: t.look_up_hint(), value: typed(), code: true, kind: "tel", problem: problem(),
                    on_change: move |value: String| {
                        typed.set(value);
                        problem.set(None);
                        looked.set(None);
                    } }
                button { class: "button button-main button-wide", r#type: "submit", disabled: busy(), "data-testid": "look-up-do",
                    Icon { glyph: Glyph::Search }
                    {t.look_up_do()}
                }
            }
            if let Some(looked) = looked() {
                Outcome { looked, typed: typed(), online, on_again: move |()| look.call(()) }
            }
        }
    }
}

/// Here, then at the server where this person may ask it.
async fn find(number: String, online: bool) -> Result<Looked, Failure> {
    match platform::call(Request::LookUp(number.clone())).await {
        Answer::Found(found) if !found.is_empty() => return Ok(Looked::Here(found)),
        Answer::Found(_) => {}
        Answer::Failed(failure) => return Err(failure),
        _ => return Err(Failure { code: FailureCode::Internal, fields: Vec::new() }),
    }
    if !online {
        return Ok(Looked::NotHere(None));
    }
    Ok(match platform::call(Request::LookUpOnline(number)).await {
        Answer::Found(found) => Looked::AtServer(found),
        Answer::Failed(failure) => Looked::NotHere(Some(failure.code)),
        _ => Looked::NotHere(Some(FailureCode::Internal)),
    })
}

#[component]
fn Outcome(looked: Looked, typed: String, online: bool, on_again: EventHandler<()>) -> Element {
    let t = use_texts();
    let today = use_today();
    let (found, at_server) = match &looked {
        Looked::Here(found) => (found.clone(), false),
        Looked::AtServer(found) => (found.clone(), true),
        Looked::NotHere(_) => (Found::default(), false),
    };
    let (count, none) = (found.rows.len() + found.own.len(), found.is_empty());
    rsx! {
        div { class: "stack-s", role: "status", "data-testid": "looked", "data-found": "{count}",
            if let Looked::NotHere(Some(code)) = looked {
                p { class: "strong", {t.look_up_none_here()} }
                p { class: "soft", {names::failure(t, code)} }
                if online {
                    button { class: "button start", r#type: "button", "data-testid": "look-up-server", onclick: move |_| on_again.call(()),
                        Icon { glyph: Glyph::Cloud }
                        {t.look_up_ask_server()}
                    }
                }
            } else if none {
                p { class: "strong", {t.look_up_none()} }
                p { class: "soft", {t.look_up_none_words()} }
            }
            if at_server && !none {
                p { class: "row soft", Icon { glyph: Glyph::Cloud } {t.look_up_from_server()} }
            }
            ul { class: "list plain",
                for row in found.rows {
                    li { key: "{row.record}",
                        Link { class: "item", to: Route::CasePage { record: row.record.to_string() }, "data-testid": "found-{row.ref_no}", CaseLine { row: row.clone(), with_sync: false } }
                    }
                }
                for row in found.own {
                    li { key: "{row.ref_no}", class: "item item-still", "data-testid": "found-{row.ref_no}",
                        div { class: "row-between",
                            bdi { class: "num ltr strong", {names::ref_no(t, &row.ref_no)} }
                            span { class: "badge badge-info", {names::coded(t, "own", &row.state)} }
                        }
                        if let Ok(day) = row.received_on.parse() {
                            p { class: "faint", {t.days_ago(day, today)} }
                        }
                    }
                }
            }
            Begin { typed }
        }
    }
}

/// A complaint of whoever is at the phone, with the number they call from.
#[component]
fn Begin(typed: String) -> Element {
    let t = use_texts();
    let app = use_app();
    let allowed = use_allowed();
    if !allowed("sessions") {
        return rsx! {};
    }
    let navigator = use_navigator();
    rsx! {
        button { class: "button button-wide", r#type: "button", "data-testid": "look-up-begin",
            onclick: move |_| {
                let mut begin_with = app.begin_with;
                begin_with.set(first_facts(&typed));
                navigator.push(Route::CaptureStart {});
            },
            Icon { glyph: Glyph::Plus }
            {t.look_up_begin()}
        }
    }
}

/// What the form begins with: a number that someone holds in hand is of an earlier complaint, any other is theirs.
fn first_facts(typed: &str) -> Facts {
    let number = match Sought::read(typed) {
        Ok(Sought { ref_no: Some(number), .. }) => ("intake.prior_ref", Fact::from(number.as_str())),
        _ => ("contact.phone.raw", Fact::from(typed.trim())),
    };
    [("intake.channel", Fact::from("hotline")), number].into_iter().map(|(key, fact)| (key.to_owned(), fact)).collect()
}

#[cfg(test)]
mod tests {
    use super::first_facts;

    #[test]
    fn a_number_in_hand_is_an_earlier_complaint_and_any_other_is_the_callers() {
        let facts = first_facts("٠٩٣٣ ١٢٣ ٤٥٦");
        assert_eq!(facts["contact.phone.raw"], "٠٩٣٣ ١٢٣ ٤٥٦".into(), "as it was typed");
        let number = shared::receipt_no::ReceiptNo::with_check_digit(12_345_678);
        assert_eq!(first_facts(&number.grouped())["intake.prior_ref"], number.as_str().into());
    }
}
