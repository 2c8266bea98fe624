//! Where it is about, for which project, how and when it came. Stays filled for the next person of the same distribution.

use super::Capture;
use crate::{
    components::{DayField, FactField, FlagBox, Glyph, Icon, PlaceFinder, SelectField, UnlistedPlace, names},
    hooks::{use_app, use_settings, use_texts, use_today},
    protocol::PlaceHit,
};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    model::{
        codes::Consent,
        dates::{Day, days_between},
        record::DocKind,
    },
    settings::sites::UNLISTED,
};

/// Level of a sub-district; anything finer is the community or site.
const SUB_DISTRICT: u8 = 3;

/// Project, place, channel, day.
#[component]
pub(crate) fn PlaceStep(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let today = use_today();
    let form = capture.form;
    let chosen = [form.text("place.adm4"), form.text("place.adm3")].into_iter().find(|code| !code.is_empty());
    let received: Option<Day> = form.text("reg.received_on").parse().ok();
    let old = received.is_some_and(|day| days_between(day, today) > i64::from(settings.limits.old_received_days));
    let put = move |key: &str, fact: Option<Fact>| capture.put(key, fact);
    rsx! {
        FactField { doc: DocKind::Case, field: "project", value: form.fact("project"), problem: capture.problem(t, "project"),
            on_change: move |fact| put("project", fact) }
        PlacePick { capture, chosen }
        UnlistedPlace { value: form.text(UNLISTED), on_change: move |fact| put(UNLISTED, fact) }
        ChannelField { capture }
        DayField {
            id: "reg.received_on",
            label: t.field_received_on(),
            value: received,
            max: today,
            warning: match received {
                Some(day) if day != today => Some(t.received_not_today(&t.days_ago(day, today))),
                _ => None,
            },
            problem: if received.is_some_and(|day| day > today) { t.coded("problem", "future_day") } else { capture.problem(t, "reg.received_on") },
            on_change: move |day: Option<Day>| put("reg.received_on", day.map(|d| Fact::Text(d.to_string()))),
        }
        if old {
            FlagBox { id: "reg.old_day_confirmed", label: t.received_really_old(), value: form.flag("reg.old_day_confirmed"),
                on_change: move |on: bool| put("reg.old_day_confirmed", on.then_some(Fact::Flag(true))) }
        }
        FlagBox { id: "reg.day_exact", label: t.received_about(), value: !form.flag("reg.day_exact"),
            on_change: move |about: bool| put("reg.day_exact", Some(Fact::Flag(!about))) }
    }
}

/// How it came. Where consent could not be asked, only what comes without the person.
#[component]
fn ChannelField(capture: Capture) -> Element {
    let t = use_texts();
    let settings = use_settings();
    let unasked = capture.form.text("consent.record") == Consent::NotPossible.id();
    let mut options = names::choices(t, &settings, "channel");
    options.retain(|(channel, _)| !unasked || !Consent::can_be_asked(channel));
    rsx! {
        SelectField {
            id: "intake.channel",
            label: names::field(t, DocKind::Case, "intake.channel"),
            value: capture.form.text("intake.channel"),
            options,
            none: t.choose_one(),
            hint: unasked.then(|| t.consent_unasked_channels()),
            problem: capture.problem(t, "intake.channel"),
            on_change: move |channel: String| capture.put("intake.channel", (!channel.is_empty()).then(|| channel.into())),
        }
    }
}

/// The place, finest first; from it the sub-district follows.
#[component]
pub(crate) fn PlacePick(capture: Capture, chosen: Option<String>) -> Element {
    let t = use_texts();
    let app = use_app();
    let form = capture.form;
    let choose = move |hit: Option<PlaceHit>| {
        let mut problems = capture.problems;
        problems.write().retain(|(key, _)| !key.starts_with("place."));
        form.change(|facts| {
            facts.remove("place.adm3");
            facts.remove("place.adm4");
            if let Some(hit) = hit {
                put_place(facts, &hit);
            }
        });
    };
    let needs_parent = chosen.is_some() && form.text("place.adm3").is_empty();
    rsx! {
        PlaceFinder {
            id: "place.adm4",
            label: t.field_place(),
            hint: t.place_hint(),
            chosen: chosen.map(|code| code.as_str().into()),
            levels: vec![SUB_DISTRICT, 4, 5],
            on_choose: choose,
            problem: capture.problem(t, "place.adm3").or_else(|| capture.problem(t, "place.adm4")),
        }
        if needs_parent && !app.places.read().is_empty() {
            p { class: "field-problem", Icon { glyph: Glyph::Alert } {t.place_too_wide()} }
        }
    }
}

/// Writes a found place as the form's facts: the sub-district, and the community or site if it is finer.
pub(crate) fn put_place(facts: &mut shared::document::content::Facts, hit: &PlaceHit) {
    let code = hit.place.code.to_string();
    if hit.place.level <= SUB_DISTRICT {
        facts.insert("place.adm3".into(), code.into());
        return;
    }
    facts.insert("place.adm4".into(), code.into());
    if let Some(adm3) = hit.around.iter().find(|place| place.level == SUB_DISTRICT) {
        facts.insert("place.adm3".into(), adm3.code.to_string().into());
    }
}
