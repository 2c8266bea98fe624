//! A visit is planned from a gap: place, project and phase are known, the day and the people are proposed, and saving is one tap. It
//! becomes a planned session; nothing else about it needs a form of its own.

use super::{capture::put_place, plans::use_plans};
use crate::{
    components::{DayField, FailedState, FlagBox, Ghost, Glyph, Icon, PageTitle, Problem, names},
    hooks::{Load, new_record, use_app, use_settings, use_texts, use_today},
    platform,
    protocol::{Answer, FailureCode, PlaceHit, Request},
    routes::Route,
};
use chrono::{Datelike, Weekday};
use dioxus::prelude::*;
use shared::{
    document::content::Facts,
    intent::Intent,
    model::{
        dates::{Day, plus_days},
        ids::{Pcode, UserId},
        role::Role,
        row::SessionRow,
    },
    settings::Settings,
    text::Texts,
};
use std::collections::BTreeSet;

/// People proposed: nobody goes alone.
const GO_TOGETHER: usize = 2;
/// What a first session at a place is about, as far as the lists offer it. # Source: domain.md §5.16
const USUAL: [(&str, &[&str]); 2] = [("aud", &["benef"]), ("topic", &["right", "channels", "conf", "time"])];

/// The form.
#[component]
pub(crate) fn PlanPage(place: String, project: String, phase: String) -> Element {
    let app = use_app();
    let code = Pcode::from(place.as_str());
    let wanted = code.clone();
    let plans = use_plans(None, None);
    use_effect(move || {
        spawn(app.learn_places(vec![wanted.clone()]));
    });
    let hit = app.places.read().get(&code).cloned();
    let Load::Ready(plans) = plans.load else { return rsx! { Ghost { lines: 6 } } };
    match hit {
        Some(hit) => rsx! { Form { hit, project, phase, plans } },
        None => rsx! { Ghost { lines: 6 } },
    }
}

#[component]
fn Form(hit: PlaceHit, project: String, phase: String, plans: Vec<SessionRow>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    let navigator = use_navigator();
    let able = able_to_go(&settings, &hit, &plans);
    let mut day = use_signal(|| Some(next_working_day(today)));
    let mut people = use_signal({
        let able = able.clone();
        move || able.into_iter().take(GO_TOGETHER).collect::<BTreeSet<UserId>>()
    });
    let mut failed = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let lacking = day().is_none() || people.read().is_empty();
    let place = t.label(&hit.place.name).to_owned();
    let project_name = names::project(t, &settings, &project.as_str().into());
    let phase_name = names::choice(t, &settings, "phase", &phase);
    let around = names::place_within(t, &hit);
    let rules = settings.clone();
    let save = move |_| {
        let (facts, navigator) = (day().map(|day| facts(t, &rules, &hit, &project, &phase, day, &people.read())), navigator);
        async move {
            let Some((facts, record)) = facts.zip(new_record().ok()).filter(|_| !busy()) else { return };
            busy.set(true);
            match platform::call(Request::Do(Intent::RecordSession { record, facts, counts: Default::default() })).await {
                Answer::Saved(_) => {
                    app.say(t.plan_saved());
                    navigator.replace(Route::CoveragePage {});
                }
                Answer::Failed(failure) => failed.set(Some(failure.code)),
                _ => failed.set(Some(FailureCode::Internal)),
            }
            busy.set(false);
        }
    };
    rsx! {
        div { class: "page", "data-testid": "plan",
            PageTitle { title: t.plan_title(&place) }
            p { class: "soft", "{around}" }
            p { "{project_name} · {phase_name}" }
            DayField { id: "plan-day", label: t.plan_day(), value: day(), min: today, on_change: move |chosen| day.set(chosen) }
            fieldset { class: "field", "data-testid": "field-people",
                legend { {t.plan_people()} }
                div { class: "choices choices-long",
                    for user in able {
                        FlagBox { key: "{user}", id: "goes-{user}", label: person_words(t, &settings, &user), value: people.read().contains(&user),
                            on_change: move |goes: bool| {
                                let mut people = people.write();
                                if goes { people.insert(user.clone()) } else { people.remove(&user) };
                            } }
                    }
                }
                Problem { id: "people", words: people.read().is_empty().then(|| t.plan_nobody()) }
            }
            p { class: "field-hint", {t.plan_hint()} }
            if let Some(code) = failed() {
                FailedState { code }
            }
            div { class: "actions actions-stay",
                button { class: "button button-main button-big", r#type: "button", disabled: lacking || busy(), "data-testid": "save-plan", onclick: save, Icon { glyph: Glyph::Calendar } {t.plan_save()} }
            }
        }
    }
}

fn person_words(t: Texts, settings: &Settings, user: &UserId) -> String {
    let role = settings.person(user).map(|person| names::coded(t, "role", person.role.id())).unwrap_or_default();
    format!("{} · {role}", names::person(t, settings, user))
}

/// Who goes to the field and covers the place, those with the fewest visits before them first.
fn able_to_go(settings: &Settings, hit: &PlaceHit, plans: &[SessionRow]) -> Vec<UserId> {
    let chain: Vec<&Pcode> = std::iter::once(&hit.place).chain(&hit.around).map(|place| &place.code).collect();
    let mut able: Vec<_> = settings
        .people
        .iter()
        .filter(|person| !person.inactive && !person.absent)
        .filter(|person| person.areas.is_empty() || person.areas.iter().any(|area| chain.contains(&area)))
        .filter_map(|person| {
            let kind = [Role::Receiver, Role::AoAssistant, Role::Ao].iter().position(|role| *role == person.role)?;
            let busy = plans.iter().filter(|plan| plan.facilitators.contains(&person.id)).count();
            Some((busy, kind, person.id.clone()))
        })
        .collect();
    able.sort();
    able.into_iter().map(|(_, _, user)| user).collect()
}

/// Tomorrow, or Sunday where that is a Friday or a Saturday. # Source: domain.md §12 (weekend)
fn next_working_day(today: Day) -> Day {
    let tomorrow = plus_days(today, 1);
    match tomorrow.weekday() {
        Weekday::Fri => plus_days(tomorrow, 2),
        Weekday::Sat => plus_days(tomorrow, 1),
        _ => tomorrow,
    }
}

/// What the session will be, as far as a plan can say.
fn facts(
    t: Texts,
    settings: &Settings,
    hit: &PlaceHit,
    project: &str,
    phase: &str,
    day: Day,
    people: &BTreeSet<UserId>,
) -> Facts {
    let mut facts = Facts::from([
        ("planned".to_owned(), true.into()),
        ("date".to_owned(), day.to_string().into()),
        ("phase".to_owned(), phase.into()),
        ("count_quality".to_owned(), "exact".into()),
        (format!("project.{project}"), true.into()),
    ]);
    put_place(&mut facts, hit);
    let offers = |list: &str, code: &str| names::choices(t, settings, list).iter().any(|(other, _)| other == code);
    if offers("meth", "group") {
        facts.insert("method".to_owned(), "group".into());
    }
    for (list, codes) in USUAL {
        let offered = codes.iter().filter(|code| offers(list, code));
        facts.extend(offered.map(|code| (format!("{list}.{code}"), true.into())));
    }
    facts.extend(people.iter().map(|user| (format!("facilitator.{user}"), true.into())));
    facts
}

#[cfg(test)]
mod tests {
    use super::{able_to_go, next_working_day};
    use crate::staging::{day, place, session_row, settings};

    #[test]
    fn nobody_is_sent_on_a_friday_or_a_saturday() {
        assert_eq!(next_working_day(day(2026, 11, 24)), day(2026, 11, 25));
        assert_eq!(next_working_day(day(2026, 11, 26)), day(2026, 11, 29), "Thursday: Sunday");
        assert_eq!(next_working_day(day(2026, 11, 27)), day(2026, 11, 29));
    }

    #[test]
    fn those_with_the_fewest_visits_who_cover_the_place_come_first() {
        let mut settings = settings();
        let hit = place(&"C1561".into()).unwrap();
        let able =
            |settings: &_, plans: &[_]| able_to_go(settings, &hit, plans).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(able(&settings, &[]), ["u2", "u1"], "a receiver, then the officer; nobody from the project or above");
        let mut plan = session_row(1);
        plan.facilitators = vec!["u2".into()];
        assert_eq!(able(&settings, &[plan]), ["u1", "u2"]);
        settings.people[0].areas = vec!["SY020401".into()];
        assert_eq!(able(&settings, &[]), ["u2"], "not where they don't work");
    }
}
