//! One person to be called: why, how it is safe, how far the tries have come, and what happened, in one tap that can be taken back.

use crate::{
    components::{Glyph, Icon, Loaded, names, take_focus, take_focus_if},
    hooks::{Load, Table, use_app, use_asked, use_settings, use_texts},
    pages::case::{StepForm, action_fields::Values},
    platform,
    protocol::{Answer, CallBackLine, CaseDetail, Request},
    routes::Route,
    window,
};
use dioxus::prelude::*;
use shared::{
    call_back::part_of_day,
    document::content::Fact,
    intent::Intent,
    model::{codes::Status, dates::days_between, event::Step, ids::RecordId, record::DocKind},
};

/// How long a tap can be taken back before it is written: a step once written is never edited.
const UNDO_MS: i32 = 6_000;
/// Ways of trying, in the order offered.
const WAYS: [&str; 3] = ["call", "message", "visit"];

/// What was tapped and is not written yet.
#[derive(Clone, Copy, PartialEq)]
struct Tap {
    way: &'static str,
    result: usize,
    number: u32,
}

/// `lost` is told when the line goes while the focus is in it.
#[component]
pub(super) fn Line(line: CallBackLine, lost: Signal<bool>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let record = line.row.record;
    let mut way = use_signal(|| WAYS[0]);
    let mut tapped = use_signal(|| None::<Tap>);
    let mut taps = use_signal(|| 0u32);
    let mut goes_on = use_signal(|| false);
    let mut is_here = use_signal(|| false);
    let mut open = use_signal(|| None::<&'static str>);
    let results = use_hook(|| names::choices(t, &settings, "contact"));
    let codes: std::rc::Rc<Vec<String>> = use_hook(|| std::rc::Rc::new(results.iter().map(|(code, _)| code.clone()).collect()));
    let write = {
        let codes = codes.clone();
        use_callback(move |tap: Tap| {
            let code = codes.get(tap.result).cloned().unwrap_or_default();
            // Belongs to nobody's page: leaving must not lose it.
            dioxus::core::spawn_forever(async move {
                app.look_again().await;
                let now = app.now();
                let offset = app.offset_min();
                let step = Step::ContactAttempt {
                    mode: tap.way.into(),
                    result: code.as_str().into(),
                    on: now.day(offset),
                    time: part_of_day(now, offset).to_owned(),
                };
                match platform::call(Request::Do(Intent::AddStep { record, doc: DocKind::Case, step })).await {
                    Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
                    _ => app.say(t.calls_saved()),
                }
            });
        })
    };
    use_drop(move || {
        if let Some(tap) = *tapped.peek() {
            write.call(tap);
        }
        // Of a page that is left nobody asks any more.
        let mut lost = lost;
        if *is_here.peek()
            && let Ok(mut lost) = lost.try_write()
        {
            *lost = true;
        }
    });
    let tap = use_callback(move |result: usize| {
        taps += 1;
        let tap = Tap { way: way(), result, number: taps() };
        tapped.set(Some(tap));
        spawn(async move {
            window::pause_ms(UNDO_MS).await;
            if tapped() == Some(tap) {
                goes_on.set(is_here());
                tapped.set(None);
                write.call(tap);
            }
        });
    });
    let may = |kind: &str| line.may.iter().any(|other| other == kind);
    let ready = matches!(line.row.status, Status::AnswerReady | Status::Responded);
    let may_close = matches!(line.row.status, Status::InProgress | Status::OnHold | Status::AnswerReady) && may("closed");
    rsx! {
        article { class: "card stack", "data-testid": "call-{line.row.ref_no}", "data-why": line.call.why.id(), onfocusin: move |_| is_here.set(true), onfocusout: move |_| is_here.set(false),
            Head { line: line.clone() }
            Ways { line: line.clone() }
            Fills { line: line.clone() }
            if let Some(kind) = open() {
                Deed { record, kind, on_done: move |()| open.set(None) }
            } else if let Some(done) = tapped() {
                div { class: "card row-between", role: "status", "data-testid": "pending",
                    span { {t.calls_pending(&results.get(done.result).map(|(_, words)| words.clone()).unwrap_or_default())} }
                    button { class: "button", r#type: "button", "data-testid": "undo", onmounted: take_focus,
                        onclick: move |_| {
                            goes_on.set(true);
                            tapped.set(None);
                        },
                        Icon { glyph: Glyph::Undo } {t.calls_undo()} }
                }
            } else {
                fieldset { class: "field",
                    legend { {t.calls_mode()} }
                    div { class: "switch",
                        for code in WAYS {
                            button { key: "{code}", r#type: "button", "aria-pressed": way() == code, "data-testid": "way-{code}", onclick: move |_| way.set(code), {names::choice(t, &settings, "mode", code)} }
                        }
                    }
                }
                fieldset { class: "field",
                    legend { tabindex: "-1", onmounted: move |event| take_focus_if(goes_on(), event), {t.calls_result()} }
                    div { class: "choices",
                        for (index , (code , words)) in results.iter().cloned().enumerate() {
                            button { key: "{code}", class: "button", r#type: "button", "data-testid": "result-{code}", onclick: move |_| tap.call(index), "{words}" }
                        }
                    }
                }
                if (ready && may("responded")) || (line.enough && may_close) {
                    div { class: "actions",
                        if line.enough && may_close {
                            button { class: "button", r#type: "button", "data-testid": "close-unreachable", onclick: move |_| open.set(Some("closed")), Icon { glyph: Glyph::Check } {t.calls_close()} }
                        }
                        if ready && may("responded") {
                            button { class: "button button-main", r#type: "button", "data-testid": "give-answer", onclick: move |_| open.set(Some("responded")), Icon { glyph: Glyph::Reply } {t.calls_give_answer()} }
                        }
                    }
                }
                if line.enough && !may_close {
                    p { class: "soft", {t.calls_take_up_first()} }
                }
            }
        }
    }
}

#[component]
fn Head(line: CallBackLine) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let row = line.row;
    let about = names::matter(t, &settings, &row);
    rsx! {
        div { class: "stack-s",
            Link { class: "item-title", to: Route::CasePage { record: row.record.to_string() }, "data-testid": "call-case",
                "{about} "
                bdi { class: "num faint ltr", {names::ref_no(t, &row.ref_no)} }
            }
            p { class: "row",
                span { class: "badge badge-info", Icon { glyph: Glyph::Phone } {t.coded("calls", &format!("why_{}", line.call.why.id())).unwrap_or_default()} }
                span { class: "faint", {t.calls_since(&t.day(line.call.from))} }
            }
        }
    }
}

/// The number, and when and with whom it is safe.
#[component]
fn Ways(line: CallBackLine) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let text = |key: &str| line.contact.get(key).and_then(Fact::as_text).map(str::to_owned);
    let flag = |key: &str| line.contact.get(key).map(|fact| *fact == Fact::Flag(true));
    let shown = text("phone.raw").unwrap_or_default();
    let dialled = text("phone.e164").unwrap_or_else(|| shown.clone());
    let safe = flag("phone.safe_to_call");
    let details: Vec<(String, String)> = ["phone.owner", "phone.safe_hours", "resp.channel", "resp.time", "resp.place"]
        .into_iter()
        .filter_map(|key| {
            let fact = line.contact.get(key)?;
            Some((names::field(t, DocKind::Contact, key), names::value(t, app, &settings, DocKind::Contact, key, fact)))
        })
        .collect();
    rsx! {
        div { class: "stack-s",
            if safe == Some(false) {
                p { class: "row",
                    span { class: "badge badge-danger", "data-testid": "unsafe", Icon { glyph: Glyph::Alert } {t.calls_unsafe()} }
                    bdi { class: "num ltr", "{shown}" }
                }
            } else {
                a { class: "button button-wide", href: "tel:{dialled}", "data-testid": "dial", Icon { glyph: Glyph::PhoneCall } bdi { class: "num ltr", "{shown}" } }
                p { class: "row",
                    if safe == Some(true) {
                        span { class: "badge badge-good", Icon { glyph: Glyph::Check } {t.calls_safe()} }
                    } else {
                        span { class: "badge badge-warn", Icon { glyph: Glyph::Alert } {t.calls_safety_unknown()} }
                    }
                    if flag("phone.may_leave_message") != Some(true) {
                        span { class: "badge", Icon { glyph: Glyph::Ban } {t.calls_no_message()} }
                    }
                }
            }
            if !details.is_empty() {
                dl { class: "facts",
                    for (label , words) in details {
                        div { key: "{label}", dt { "{label}" } dd { dir: "auto", "{words}" } }
                    }
                }
            }
        }
    }
}

/// How far the tries have come towards "unreachable".
#[component]
fn Fills(line: CallBackLine) -> Element {
    let t = use_texts();
    let limits = use_settings().limits;
    let reaching = line.call.reaching;
    let Some((first, last)) = reaching.days else { return rsx! {} };
    let of = |done: usize, needed: u16| t.number(done.min(usize::from(needed)));
    let days = days_between(first, last).min(i64::from(limits.attempt_span_days));
    let tries = t.calls_fills_tries(&of(reaching.tries, limits.attempts), &t.number(limits.attempts));
    let ways = t.calls_fills_ways(
        &t.number(limits.attempt_times),
        &t.number(limits.attempt_modes),
        &of(reaching.times, limits.attempt_times),
        &of(reaching.modes, limits.attempt_modes),
    );
    let days = t.calls_fills_days(&t.number(days), &t.number(limits.attempt_span_days));
    rsx! {
        p { class: "soft", role: "status", "data-testid": "fills", "data-tries": "{reaching.tries}", "data-enough": "{line.enough}", Icon { glyph: Glyph::Hourglass } " {tries} · {ways} · {days}" }
    }
}

/// The form of a step, filled in as far as the call says it.
#[component]
fn Deed(record: RecordId, kind: &'static str, on_done: EventHandler<()>) -> Element {
    let case = use_asked(
        Table::Cases,
        move || Request::Case(record),
        |answer| if let Answer::Case(case) = answer { Some(Load::Ready(*case)) } else { None },
    );
    let given: Values = match kind {
        "closed" => {
            [("reason", "unreachable"), ("outcome", "undetermined"), ("satisfaction", "s_na"), ("actions_done", "yes")].as_slice()
        }
        _ => [("mode", "call"), ("reached", "yes")].as_slice(),
    }
    .iter()
    .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
    .collect();
    rsx! {
        Loaded { asked: case, empty: rsx! {}, ready: move |case: CaseDetail| rsx! { StepForm { kind: kind.to_owned(), case, given: given.clone(), on_done } } }
    }
}
