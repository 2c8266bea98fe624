//! Several people at one session: who counts what, what each counted as far as this phone knows, the digits by which a colleague
//! joins, and taking out what two of them counted both.

use crate::{
    components::{ChoiceGroup, Glyph, Icon, Pick, QrImage, SelectField, TextField, names},
    hooks::{use_app, use_me, use_settings, use_texts},
    platform,
    protocol::{Answer, Request, SessionDetail, Together},
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    intent::Intent,
    lifecycle::{Dropped, Estimate, TakenOut},
    model::{
        codes::CountKey,
        dates::UnixSeconds,
        event::Step,
        ids::{RecordId, UserId},
        record::{DocKind, DocumentId},
        second_factor::QrPicture,
    },
    text::Texts,
};
use std::collections::{BTreeMap, BTreeSet};

/// One of those who count here.
#[derive(Clone, PartialEq)]
struct Counter {
    user: UserId,
    name: String,
    side: Option<String>,
    /// How many still count of their count.
    kept: i64,
    /// The whole of it: what is named when it is taken out.
    counted: BTreeMap<CountKey, u32>,
    as_of: Option<UnixSeconds>,
    estimates: Vec<Estimate>,
}

impl Counter {
    fn of(user: UserId, name: String, facts: &Facts, together: &Together) -> Self {
        let share = together.shares.iter().find(|share| share.user == user);
        let counts = share.map_or([0; 7], |share| share.counts);
        let by_key = CountKey::ALL.iter().copied().zip(counts);
        let counted: BTreeMap<CountKey, u32> =
            by_key.filter_map(|(key, count)| Some((key, u32::try_from(count).ok().filter(|count| *count > 0)?))).collect();
        Self {
            side: facts.get(&format!("side.{user}")).and_then(Fact::as_text).map(str::to_owned),
            as_of: share.and_then(|share| share.as_of),
            estimates: together.estimates.iter().filter(|estimate| estimate.by == user).cloned().collect(),
            user,
            name,
            kept: share.map_or(0, |share| share.kept.iter().sum()),
            counted,
        }
    }
}

fn sum(counts: &BTreeMap<CountKey, u32>) -> i64 {
    counts.values().map(|count| i64::from(*count)).sum()
}

/// Everybody who counts, in the order of their ids.
fn people(facts: &Facts, together: &Together) -> BTreeSet<UserId> {
    let named = facts.iter().filter(|(_, fact)| **fact == Fact::Flag(true));
    let named = named.filter_map(|(key, _)| key.strip_prefix("facilitator.")).map(UserId::from);
    let counted = together.shares.iter().map(|share| share.user.clone());
    named.chain(counted).chain(together.estimates.iter().map(|estimate| estimate.by.clone())).collect()
}

/// The card. For one person alone it is only the way to a second.
#[component]
pub(super) fn TogetherCard(session: SessionDetail) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let me = use_me().map(|me| me.id);
    let mut asking = use_signal(|| None::<(UserId, i64, Step)>);
    let SessionDetail { row, facts, together, may, may_put, .. } = session;
    let record = row.record;
    let everyone = people(&facts, &together);
    let counters: Vec<Counter> =
        everyone.iter().map(|user| Counter::of(user.clone(), names::person(t, &settings, user), &facts, &together)).collect();
    let may_write = may_put.iter().any(|key| key == "side.*");
    let may_drop = may.iter().any(|kind| kind == "count_dropped");
    let own_side =
        me.as_ref().and_then(|me| facts.get(&format!("side.{me}"))).and_then(Fact::as_text).unwrap_or_default().to_owned();
    let picks: Vec<Pick> = names::choices(t, &settings, "side").into_iter().map(|(code, words)| Pick::new(code, words)).collect();
    let is_together = everyone.len() > 1;
    let is_mine = me.as_ref().is_some_and(|me| everyone.contains(me));
    let choose_side = {
        let me = me.clone();
        move |side: String| {
            let Some(me) = me.clone() else { return };
            let facts = BTreeMap::from([(format!("side.{me}"), Some(Fact::from(side)))]);
            spawn(async move {
                let document = DocumentId::first(record, DocKind::Session);
                if let Answer::Failed(failure) = platform::call(Request::Do(Intent::SetFacts { document, facts })).await {
                    app.say(names::failure(t, failure.code));
                }
            });
        }
    };
    rsx! {
        section { class: "card stack", "data-testid": "together",
            if is_together {
                h2 { class: "row", Icon { glyph: Glyph::Users } {t.together_title()} }
                if !together.registered {
                    p { class: "row", "data-testid": "together-waits", Icon { glyph: Glyph::Hourglass } {t.together_waits(&names::person(t, &settings, &together.lead))} }
                }
                if may_write && is_mine {
                    ChoiceGroup { id: "my-side", label: t.together_my_side(), picks, value: own_side, on_change: choose_side }
                }
                ul { class: "list",
                    for counter in counters {
                        li { key: "{counter.user}",
                            OneCounter { counter: counter.clone(), is_me: me.as_ref() == Some(&counter.user), may_drop, on_same: move |asked| asking.set(Some(asked)) }
                        }
                    }
                    for drop in together.drops.clone() {
                        li { key: "{drop.event}", OneDrop { record, is_mine: me.as_ref() == Some(&drop.by), drop } }
                    }
                }
                if let Some((of, count, step)) = asking() {
                    SamePeople { record, of, count, step, on_done: move |()| asking.set(None) }
                }
            }
            if may_write {
                Invite { record, everyone, session_code: together.code.clone(), picture: together.picture.clone(), lead: together.lead.clone(), row, is_together }
            }
        }
    }
}

/// "Salma · women's side · 12 counted, as of 10:40".
#[component]
fn OneCounter(counter: Counter, is_me: bool, may_drop: bool, on_same: EventHandler<(UserId, i64, Step)>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let kept = counter.kept;
    let name = counter.name.clone();
    let as_of = counter.as_of.map(|at| moment(t, at, app.now(), app.offset_min()));
    let of = counter.user.clone();
    let counts = counter.counted.clone();
    rsx! {
        div { class: "item item-still row-between", "data-testid": "share-{counter.user}", "data-count": "{kept}",
            span { class: "stack-s grow",
                span { class: "row",
                    bdi { class: "item-title", "{counter.name}" }
                    if let Some(side) = &counter.side {
                        span { class: "badge", {names::choice(t, &settings, "side", side)} }
                    }
                }
                span { class: "soft",
                    if counter.counted.is_empty() && counter.estimates.is_empty() {
                        {t.together_nothing_yet()}
                    } else if !counter.counted.is_empty() {
                        {t.together_counted(kept)}
                        " · "
                        if let Some(as_of) = as_of {
                            {t.together_as_of(&as_of)}
                        } else if is_me {
                            {t.together_not_sent()}
                        }
                    }
                }
                for estimate in counter.estimates.clone() {
                    span { key: "{estimate.event}", class: "row soft",
                        {t.together_estimate(&t.number(sum(&estimate.counts)))}
                        " · "
                        {names::choice(t, &settings, "side", estimate.side.as_str())}
                        if may_drop {
                            Same { id: estimate.event.to_string(), name: counter.name.clone(),
                                on_press: { let of = counter.user.clone(); move |()| on_same.call((of.clone(), sum(&estimate.counts), Step::EstimateDropped { of: estimate.event, reason: String::new() })) } }
                        }
                    }
                }
            }
            if may_drop && kept > 0 {
                Same { id: counter.user.to_string(), name,
                    on_press: move |()| on_same.call((of.clone(), kept, Step::CountDropped { of: of.clone(), counts: counts.clone(), reason: String::new() })) }
            }
        }
    }
}

#[component]
fn Same(id: String, name: String, on_press: EventHandler<()>) -> Element {
    let t = use_texts();
    rsx! {
        button { class: "button button-quiet", r#type: "button", "data-testid": "same-{id}", "aria-label": t.together_same_of(&name), onclick: move |_| on_press.call(()),
            Icon { glyph: Glyph::Merge }
            {t.together_same()}
        }
    }
}

/// A time of day for what came today, else the day too.
fn moment(t: Texts, at: UnixSeconds, now: UnixSeconds, offset_min: i32) -> String {
    if at.day(offset_min) == now.day(offset_min) { t.time(at, offset_min) } else { t.moment(at, offset_min) }
}

/// Whose is taken out, and why.
#[component]
fn SamePeople(record: RecordId, of: UserId, count: i64, step: Step, on_done: EventHandler<()>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let mut why = use_signal(String::new);
    let name = names::person(t, &settings, &of);
    let drop = move |_| {
        let mut step = step.clone();
        if let Step::CountDropped { reason, .. } | Step::EstimateDropped { reason, .. } = &mut step {
            *reason = why().trim().to_owned();
        }
        async move {
            match platform::call(Request::Do(Intent::AddStep { record, doc: DocKind::Session, step })).await {
                Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
                _ => {
                    app.say(t.together_same_done());
                    on_done.call(());
                }
            }
        }
    };
    rsx! {
        div { class: "card card-warn stack", role: "group", "aria-label": t.together_same_of(&name), "data-testid": "same-people",
            p { {t.together_same_words(&t.number(count), &name)} }
            TextField { id: "same-why", label: t.field_reason(), value: why(), max: 400usize, first: true, on_change: move |words| why.set(words) }
            div { class: "actions",
                button { class: "button", r#type: "button", onclick: move |_| on_done.call(()), {t.action_cancel()} }
                button { class: "button button-main", r#type: "button", disabled: why.read().trim().is_empty(), "data-testid": "same-do", onclick: drop, Icon { glyph: Glyph::Check } {t.together_same_do()} }
            }
        }
    }
}

#[component]
fn OneDrop(record: RecordId, drop: TakenOut, is_mine: bool) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let count = match &drop.what {
        Dropped::Count { counts, .. } => sum(counts),
        Dropped::Estimate(estimate) => sum(&estimate.counts),
    };
    let (name, by) = (names::person(t, &settings, drop.of()), names::person(t, &settings, &drop.by));
    let of = drop.event;
    let undo = move |_| async move {
        let step = Step::DropUndone { of };
        match platform::call(Request::Do(Intent::AddStep { record, doc: DocKind::Session, step })).await {
            Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
            _ => app.say(t.together_undone()),
        }
    };
    rsx! {
        div { class: "item item-still row-between", "data-testid": "drop-{drop.event}",
            span { class: "stack-s grow",
                span { {t.together_dropped(&by, &t.number(count), &name)} }
                span { class: "soft", dir: "auto", "{drop.reason}" }
            }
            if is_mine {
                button { class: "button button-quiet", r#type: "button", "data-testid": "undo-drop", onclick: undo, Icon { glyph: Glyph::Undo } {t.together_undo()} }
            }
        }
    }
}

/// Naming a colleague, then the digits. Nobody joins who was not named: the digits alone give no right.
#[component]
fn Invite(
    record: RecordId,
    everyone: BTreeSet<UserId>,
    session_code: Option<String>,
    picture: Option<QrPicture>,
    lead: UserId,
    row: shared::model::row::SessionRow,
    is_together: bool,
) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let mut colleague = use_signal(String::new);
    let options = names::people(t, &settings, |person| !everyone.contains(&person.id));
    let name = move |_| async move {
        let facts = BTreeMap::from([(format!("facilitator.{}", colleague()), Some(Fact::Flag(true)))]);
        let document = DocumentId::first(record, DocKind::Session);
        match platform::call(Request::Do(Intent::SetFacts { document, facts })).await {
            Answer::Failed(failure) => app.say(names::failure(t, failure.code)),
            _ => {
                colleague.set(String::new());
                app.say(t.together_named());
            }
        }
    };
    let projects = names::joined(t, row.projects.iter().map(|code| names::project(t, &settings, code)).collect());
    let lead = names::person(t, &settings, &lead);
    let place = names::place(t, app, &row.adm3);
    rsx! {
        if is_together {
            if let Some(code) = session_code {
                div { class: "stack-s",
                    p { class: "strong", {t.together_code()} }
                    p { class: "receipt-number", "data-testid": "join-code", "data-code": "{code}", {t.digits(&format!("{} {}", &code[..3], &code[3..]))} }
                    if let Some(picture) = picture {
                        QrImage { picture, label: t.together_picture() }
                        p { class: "soft", {t.together_picture_words()} }
                    }
                    p { class: "soft", {t.together_code_words(&t.day(row.date), &lead, &place, &projects)} }
                }
            } else {
                p { class: "soft", {t.together_no_code()} }
            }
        }
        details { class: "stack-s",
            summary { "data-testid": "invite", Icon { glyph: Glyph::Plus } {t.together_invite()} }
            div { class: "stack",
                p { class: "field-hint", {t.together_invite_words()} }
                SelectField { id: "colleague", label: t.together_colleague(), none: t.choose_one(), value: colleague(), options, on_change: move |user| colleague.set(user) }
                button { class: "button button-main", r#type: "button", disabled: colleague.read().is_empty(), "data-testid": "name-colleague", onclick: name, Icon { glyph: Glyph::Check } {t.together_name()} }
            }
        }
    }
}
