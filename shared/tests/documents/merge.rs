//! Merging, against any order of delivery and against Automerge itself.

use crate::{
    people::{Phone, add, ask, automerge, case, event, event_id, put, scalar, session, started},
    scripts::{Line, PHONES, choices, edits, kind, run, script},
};
use automerge::{AutoCommit, ObjId, ROOT, ReadDoc, ScalarValue, Value, hydrate, transaction::Transactable};
use proptest::prelude::*;
use shared::{
    document::{
        actor::ActorId,
        change::Change,
        content::{Content, Edit, Fact},
        fold::{Applied, Document, fold},
        genesis::{EVENTS, RULINGS, count_key, count_of},
        write::WriteError,
    },
    entropy::{Entropy, Seeded},
    model::{codes::CountKey, order::Order, record::DocKind},
};
use std::collections::BTreeMap;

fn settings() -> ProptestConfig {
    ProptestConfig { cases: 96, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn any_order_of_delivery_gives_the_same_content(kind in kind(), script in script(), order in any::<u64>()) {
        let (changes, phones) = run(kind, &script);
        let mut chance = Seeded::new(order);
        let mut delivered: Vec<_> = changes.iter().chain(&changes).collect();
        for i in (1..delivered.len()).rev() {
            delivered.swap(i, chance.below(i as u64 + 1) as usize);
        }
        let content = fold(kind, delivered);
        prop_assert_eq!(&content, &fold(kind, &changes));
        // Merging the phones' copies, in either grouping, is the same as having all changes at once.
        let copy = |n: usize| Document::load(kind, &phones[n].changes);
        let merge = |mut into: Document, n: usize| { phones[n].changes.iter().for_each(|c| { into.apply(c); }); into };
        let left = merge(merge(merge(copy(0), 1), 2), 3);
        let right = merge(merge(merge(copy(3), 2), 1), 0);
        prop_assert_eq!(left.content(), right.content());
        prop_assert_eq!(left.content(), content);
        prop_assert_eq!(left.heads().collect::<Vec<_>>(), right.heads().collect::<Vec<_>>());
    }

    #[test]
    fn the_fold_says_what_automerge_says(kind in kind(), script in script(), without in any::<u64>()) {
        let (changes, _) = run(kind, &script);
        prop_assert_eq!(shown(&fold(kind, &changes)), shown_by(&automerge(kind, &changes)));
        // The same with changes missing: what builds on them waits on both sides.
        let mut chance = Seeded::new(without);
        let some: Vec<_> = changes.iter().filter(|_| chance.below(8) > 0).cloned().collect();
        prop_assert_eq!(shown(&fold(kind, &some)), shown_by(&automerge(kind, &some)));
    }

    #[test]
    fn a_change_has_the_bytes_that_automerge_would_give_it(kind in kind(), script in script()) {
        let mut ours: Vec<_> = (0..PHONES).map(|n| Phone::new(n as u8 + 1, kind)).collect();
        let mut theirs: Vec<_> = ours.iter().map(|phone| {
            let mut document = automerge(kind, &[]);
            document.set_actor(automerge::ActorId::from(phone.actor().0));
            document
        }).collect();
        for (number, line) in (100..).zip(&script) {
            match line {
                Line::Write { phone, what } => {
                    let edits = edits(&ours[*phone], what, number);
                    let change = ours[*phone].write(&edits);
                    let heads = theirs[*phone].get_heads();
                    edits.iter().for_each(|edit| transact(&mut theirs[*phone], edit));
                    theirs[*phone].commit();
                    let same = theirs[*phone].get_changes(&heads);
                    prop_assert_eq!(same.first().map(|c| c.raw_bytes()), change.as_ref().map(Change::raw));
                }
                Line::Hear { phone, from, .. } => {
                    let heard = ours[*from].changes.clone();
                    ours[*phone].take_all(&heard);
                    theirs[*phone].apply_changes(heard.iter().map(|c| c.as_automerge().clone())).unwrap();
                }
            }
        }
    }

    #[test]
    fn what_a_phone_writes_passes_the_gate_whatever_it_has_heard(kind in kind(), script in script()) {
        let (changes, phones) = run(kind, &script);
        let mut server = Document::new(kind);
        for change in &changes {
            let (device, _) = change.actor().unwrap().as_device().unwrap();
            let author = phones.iter().find(|phone| phone.device == device).unwrap();
            prop_assert_eq!(ask(&server, change, device, &author.user), Ok(()));
            prop_assert_eq!(server.apply(change), Applied::New);
        }
    }
}

fn transact(document: &mut AutoCommit, edit: &Edit) {
    match edit {
        Edit::Put { key, fact } => document.put(ROOT, key, scalar(fact)),
        Edit::Clear { key } => document.delete(ROOT, key.as_str()),
        Edit::Event { id, text } => document.put(map(document, EVENTS), id.to_string(), text.as_str()),
        Edit::Ruling { order, text } => document.put(map(document, RULINGS), order.to_string(), text.as_str()),
        Edit::Increment { key, by } => document.increment(ROOT, count_key(*key), *by),
    }
    .unwrap();
}

fn map(document: &AutoCommit, key: &str) -> ObjId {
    document.get(ROOT, key).unwrap().unwrap().1
}

/// What a content shows, in plain values: every standing one of the root, the winner first.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Shown {
    root: BTreeMap<String, Vec<Fact>>,
    counts: BTreeMap<CountKey, i64>,
    events: BTreeMap<String, String>,
}

pub(crate) fn shown(content: &Content) -> Shown {
    let values = |(key, values): (&String, &Vec<shared::document::content::Standing>)| {
        (key.clone(), values.iter().map(|standing| standing.fact.clone()).collect())
    };
    Shown {
        root: content.facts.iter().map(values).collect(),
        counts: content.counts.clone(),
        events: content.events.iter().map(|(id, event)| (id.to_string(), event.text.clone())).collect(),
    }
}

/// The same, asked of Automerge: `hydrate` for what it shows, `get_all` for what stands beside it.
pub(crate) fn shown_by(document: &AutoCommit) -> Shown {
    let mut shown = Shown::default();
    let hydrate::Value::Map(root) = document.hydrate(&ROOT, None).unwrap() else { unreachable!() };
    for (key, value) in root.iter() {
        match &value.value {
            hydrate::Value::Map(map) if key == EVENTS => {
                let text = |value: &hydrate::Value| match value {
                    hydrate::Value::Scalar(ScalarValue::Str(text)) => text.to_string(),
                    other => panic!("{other:?}"),
                };
                shown.events = map.iter().map(|(id, value)| (id.to_string(), text(&value.value))).collect();
            }
            hydrate::Value::Scalar(ScalarValue::Counter(count)) => {
                shown.counts.insert(count_of(key).unwrap(), count.into());
            }
            hydrate::Value::Scalar(winner) => {
                let mut all: Vec<_> = document.get_all(ROOT, key).unwrap().into_iter().map(|(value, _)| fact(&value)).collect();
                all.reverse();
                assert_eq!(scalar(&all[0]), *winner);
                shown.root.insert(key.to_string(), all);
            }
            _ => {}
        }
    }
    shown
}

fn fact(value: &Value<'_>) -> Fact {
    match value.as_scalar().unwrap() {
        ScalarValue::Boolean(flag) => Fact::Flag(*flag),
        ScalarValue::Int(number) => Fact::Number(*number),
        ScalarValue::Str(text) => Fact::Text(text.to_string()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn counts_are_exact_over_a_thousand_schedules_of_five_phones() {
    for seed in 0..1_000 {
        let mut chance = Seeded::new(seed);
        let mut phones: Vec<_> = (1..=5).map(|n| Phone::new(n, DocKind::Session)).collect();
        let mut truth: BTreeMap<_, i64> = CountKey::ALL.iter().map(|key| (*key, 0)).collect();
        for _ in 0..30 {
            let (phone, other) = (chance.below(5) as usize, chance.below(5) as usize);
            if chance.below(3) > 0 {
                let (key, by) = (CountKey::ALL[chance.below(7) as usize], chance.below(60) as i64 - 20);
                phones[phone].write(&[add(key, by)]);
                *truth.get_mut(&key).unwrap() += by;
            } else {
                let heard = phones[other].changes.clone();
                phones[phone].take_all(&heard);
            }
        }
        let all: Vec<_> = phones.iter().flat_map(|phone| phone.changes.clone()).collect();
        assert_eq!(fold(DocKind::Session, &all).counts, truth, "seed {seed}");
    }
}

#[test]
fn two_people_who_create_one_session_apart_make_one_session() {
    let (mut ahmad, mut salma) = (Phone::new(1, DocKind::Session), Phone::new(2, DocKind::Session));
    let planned = |phone: &Phone, id| event(phone, id, shared::model::event::Step::SessionRegistered { planned: true });
    ahmad.write(&[planned(&ahmad, 1), add(CountKey::FUnder18, 4)]);
    salma.write(&[planned(&salma, 2), add(CountKey::FUnder18, 3)]);
    salma.take_all(&ahmad.changes);
    let content = salma.document.content();
    assert_eq!(content.counts[&CountKey::FUnder18], 7);
    assert_eq!(content.events.len(), 2);
}

#[test]
fn a_conflict_keeps_both_values_until_someone_chooses() {
    let mut ahmad = session();
    let mut salma = Phone::new(2, DocKind::Session);
    salma.take_all(&ahmad.changes);
    ahmad.write(&[put("place.adm4", "C1561")]);
    salma.write(&[put("place.adm4", "C1599")]);
    let (a, s) = (ahmad.changes.clone(), salma.changes.clone());
    ahmad.take_all(&s);
    salma.take_all(&a);
    let content = ahmad.document.content();
    assert_eq!(content.conflicts().map(|(key, values)| (key.as_str(), values.len())).collect::<Vec<_>>(), [("place.adm4", 2)]);
    // Choosing the value shown leaves it under its author's change; choosing the other one is a new writing.
    let shown = content.facts["place.adm4"][0].clone();
    salma.write(&[put("place.adm4", shown.fact.clone())]);
    assert_eq!(salma.document.content().facts["place.adm4"], [shown]);
    let other = content.facts["place.adm4"][1].fact.clone();
    let change = ahmad.write(&[put("place.adm4", other.clone())]).unwrap();
    let chosen = &ahmad.document.content().facts["place.adm4"];
    assert_eq!((chosen.len(), &chosen[0].fact, chosen[0].change), (1, &other, change.hash()));
}

#[test]
fn what_changes_nothing_writes_nothing() {
    let mut author = session();
    assert_eq!(author.write(&[put("date", "2026-11-24"), put("topic.right", true)]), None);
    assert_eq!(author.write(&[Edit::Clear { key: "place.adm4".into() }, add(CountKey::M60, 0)]), None);
    let again = event(&author, 1, shared::model::event::Step::SessionRegistered { planned: true });
    assert_eq!(author.write(&[again]), None);
    assert_eq!(author.write(&[]), None);
}

#[test]
fn what_the_gate_would_refuse_is_not_written() {
    let author = session();
    let write = |edits: &[Edit]| author.document.write(author.actor(), edits).map(|change| change.is_some());
    let misfit = |key: &str| Err(WriteError::Misfit(key.into()));
    assert_eq!(write(&[put("name", "محمد")]), Err(WriteError::UnknownKey("name".into())));
    assert_eq!(write(&[put("date", "24.11.2026")]), misfit("date"));
    assert_eq!(write(&[put("count.f_60", 4)]), Err(WriteError::UnknownKey("count.f_60".into())));
    assert_eq!(write(&[add(CountKey::F60, 1_000_001)]), misfit("count.f_60"));
    assert_eq!(write(&[add(CountKey::F60, 1_000_000)]), Ok(true));
    assert_eq!(write(&[event(&author, 1, started("x"))]), Err(WriteError::EventExists(crate::people::event_id(1))));
    let ruling = Edit::Ruling { order: Order { epoch: 1, n: 2 }, text: "{}".into() };
    assert_eq!(write(std::slice::from_ref(&ruling)), Err(WriteError::NotTheServer));
    let case = Document::new(DocKind::Case);
    assert_eq!(case.write(author.actor(), &[add(CountKey::F60, 1)]), Err(WriteError::UnknownKey("count.f_60".into())));

    let server = ActorId::server(1);
    let mut document = author.document.clone();
    document.apply(&document.write(server, std::slice::from_ref(&ruling)).unwrap().unwrap());
    assert_eq!(document.content().rulings[&Order { epoch: 1, n: 2 }], "{}");
    assert_eq!(document.write(server, &[ruling]), Ok(None));
    let other = Edit::Ruling { order: Order { epoch: 1, n: 2 }, text: "{ }".into() };
    assert_eq!(document.write(server, &[other]), Err(WriteError::RulingExists));
}

#[test]
fn an_incomplete_document_is_not_written_to() {
    let mut author = session();
    let later = author.write(&[put("place.adm4", "C1561")]).unwrap();
    let mut copy = Document::new(DocKind::Session);
    assert_eq!(copy.apply(&later), Applied::Waiting);
    assert_eq!(copy.missing(&later), later.deps().collect::<Vec<_>>());
    assert_eq!(copy.write(author.actor(), &[put("place.adm4", "C1")]), Err(WriteError::Incomplete));
    assert_eq!(copy.content(), Document::new(DocKind::Session).content());
    assert_eq!(copy.apply(&author.changes[0]), Applied::New);
    assert_eq!(copy.apply(&later), Applied::Known);
    assert_eq!(copy.content(), author.document.content());
}

#[test]
fn every_choice_of_the_scripts_is_a_field() {
    for kind in DocKind::ALL {
        for key in choices(kind) {
            assert!(shared::document::fields::find(kind, key).is_some(), "{key}");
        }
    }
}

#[test]
fn a_later_change_of_facts_says_whose_events_knew_of_it() {
    let mut ahmad = case();
    let mut salma = Phone::new(2, DocKind::Case);
    salma.take_all(&ahmad.changes);
    assert!(ahmad.document.content().revisions.is_empty(), "what a case begins with is no change of it");
    let close = ahmad.write(&[event(&ahmad, 7, started("x"))]).unwrap();
    let fact = salma.write(&[put("who.sex", "m")]).unwrap();
    ahmad.take(&fact);
    let later = ahmad.write(&[event(&ahmad, 8, started("y"))]).unwrap();
    salma.take_all(&[close, later]);
    let cleared = salma.write(&[Edit::Clear { key: "who.sex".into() }]).unwrap();
    let [first, second] = {
        let mut revisions = salma.document.content().revisions;
        revisions.sort_by_key(|revision| revision.change != fact.hash());
        <[_; 2]>::try_from(revisions).unwrap()
    };
    let ids = |ids: &[u64]| ids.iter().map(|id| event_id(*id)).collect::<std::collections::BTreeSet<_>>();
    assert_eq!((first.change, first.had, first.known_to), (fact.hash(), ids(&[1]), ids(&[8])));
    assert_eq!((second.change, second.had, second.known_to), (cleared.hash(), ids(&[1, 7, 8]), ids(&[])));
}
