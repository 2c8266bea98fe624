//! Every attack of reference/sync.md §5.1, and those found since: each change is one that Automerge 0.12 reads.

use crate::{
    decoders::repair_checksum,
    people::{Phone, add, ask_raw, case, event, event_id, put, registered, session, started, text},
};
use automerge::{
    ActorId as AutomergeActor, ExpandedChange, ObjType, ScalarValue,
    legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType},
};
use shared::{
    document::{actor::ActorId, change::Change, content::Edit, fold::Document, genesis::genesis, write::WriteError},
    gate::{Code, Denial, Park, Verdict, parse_ingress},
    model::{codes::CountKey, event::Step, ids::DeviceId, order::Order, record::DocKind},
    policy::Action,
};
use std::num::NonZeroU64;

/// A server's copy, its author, and Mallory, who has it all and may write anything but `ref_no`.
pub(crate) struct Scene {
    pub(crate) server: Document,
    pub(crate) author: Phone,
    pub(crate) mallory: Phone,
}

impl Scene {
    pub(crate) fn of(author: Phone) -> Self {
        let mut mallory = Phone::new(66, author.document.kind());
        mallory.take_all(&author.changes);
        Self { server: author.document.clone(), author, mallory }
    }

    /// Mallory's next change as an honest phone would begin it, with these operations.
    pub(crate) fn next(&self, operations: Vec<Op>) -> ExpandedChange {
        let harmless = match self.server.kind() {
            DocKind::Session => put("date", "2026-12-24"),
            DocKind::Sealed => put("body.harmless", "YWdl"),
            _ => put("who.sex", "unknown"),
        };
        let honest = self.mallory.document.write(self.mallory.actor(), &[harmless]).unwrap().unwrap();
        ExpandedChange { operations, ..honest.as_automerge().decode() }
    }

    pub(crate) fn ask(&self, change: ExpandedChange) -> Result<(), Denial> {
        self.ask_raw(automerge::Change::from(change).raw_bytes())
    }

    pub(crate) fn ask_raw(&self, raw: &[u8]) -> Result<(), Denial> {
        ask_raw(&self.server, raw, self.mallory.device, &self.mallory.user, &|action| action != Action::Put("ref_no"))
    }

    fn ask_operations(&self, operations: Vec<Op>) -> Result<(), Denial> {
        self.ask(self.next(operations))
    }

    /// The id of the operation of the author's first change that wrote `key`.
    pub(crate) fn written(&self, key: &str) -> OpId {
        let first = self.author.changes[0].as_automerge().decode();
        let at = first.operations.iter().position(|op| op.key == Key::from(key)).unwrap();
        OpId::new(first.start_op.get() + at as u64, &first.actor_id)
    }

    /// The id of an operation of the genesis.
    pub(crate) fn begun(&self, key: &str) -> OpId {
        let first = genesis(self.server.kind()).as_automerge().decode();
        let at = first.operations.iter().position(|op| op.key == Key::from(key)).unwrap();
        OpId::new(first.start_op.get() + at as u64, &first.actor_id)
    }

    pub(crate) fn events(&self) -> ObjectId {
        ObjectId::Id(self.begun("events"))
    }
}

pub(crate) fn op(obj: ObjectId, key: &str, action: OpType, pred: Vec<OpId>) -> Op {
    Op { action, obj, key: Key::from(key), pred: pred.into(), insert: false }
}

fn root(key: &str, value: impl Into<ScalarValue>, pred: Vec<OpId>) -> Op {
    op(ObjectId::Root, key, OpType::Put(value.into()), pred)
}

#[track_caller]
fn refused(answer: Result<(), Denial>, check: u8, code: Code, path: &str) {
    assert_eq!(answer, Err(Denial { verdict: Verdict::Refuse, check, code, path: path.into() }));
}

#[track_caller]
fn parked(answer: Result<(), Denial>, park: Park, check: u8, code: Code) {
    let denial = answer.unwrap_err();
    assert_eq!((denial.verdict, denial.check, denial.code), (Verdict::Park(park), check, code));
}

#[test]
fn the_scene_lets_an_honest_change_in() {
    let scene = Scene::of(case());
    let sex = scene.written("who.sex");
    assert_eq!(scene.ask_operations(vec![root("who.sex", "m", vec![sex])]), Ok(()));
}

#[test]
fn a1_a_losing_value_on_a_forbidden_field_is_seen() {
    let scene = Scene::of(case());
    // Written beside the author's change, by an actor that loses every tie: no patch would show it.
    let mut change = scene.next(vec![root("ref_no", "987654321", vec![])]);
    change.deps = vec![genesis(DocKind::Case).as_automerge().hash()];
    change.start_op = NonZeroU64::new(3).unwrap();
    refused(scene.ask(change), 9, Code::NotAllowed, "ref_no");
}

#[test]
fn a1b_writing_and_restoring_in_one_change_is_seen() {
    let scene = Scene::of(case());
    let change = scene.next(vec![]);
    let evil = OpId::new(change.start_op.get(), &change.actor_id);
    let operations = vec![root("ref_no", "987654321", vec![scene.written("ref_no")]), root("ref_no", "123456789", vec![evil])];
    refused(scene.ask_operations(operations), 9, Code::NotAllowed, "ref_no");
}

#[test]
fn a2_an_event_is_never_edited_or_deleted() {
    let scene = Scene::of(case());
    let key = event_id(1).to_string();
    let path = format!("events/{key}");
    let was = scene.written(&key);
    let body = text(&scene.mallory.user, started("x"));
    let put = OpType::Put(body.as_str().into());
    refused(scene.ask_operations(vec![op(scene.events(), &key, put.clone(), vec![was.clone()])]), 9, Code::EventExists, &path);
    // Also when the change claims not to have seen it.
    refused(scene.ask_operations(vec![op(scene.events(), &key, put.clone(), vec![])]), 9, Code::EventExists, &path);
    refused(scene.ask_operations(vec![op(scene.events(), &key, OpType::Delete, vec![was.clone()])]), 9, Code::EventEdited, &path);
    refused(scene.ask_operations(vec![op(scene.events(), &key, OpType::Increment(1), vec![was])]), 9, Code::EventEdited, &path);
    // Twice in one change.
    let fresh = event_id(7).to_string();
    let twice = vec![op(scene.events(), &fresh, put.clone(), vec![]), op(scene.events(), &fresh, put, vec![])];
    refused(scene.ask_operations(twice), 9, Code::EventExists, &format!("events/{fresh}"));
}

#[test]
fn a2b_a_change_from_before_an_event_cannot_take_its_place() {
    let scene = Scene::of(case());
    let key = event_id(1).to_string();
    let body = text(&scene.mallory.user, started("x"));
    let mut change = scene.next(vec![op(scene.events(), &key, OpType::Put(body.into()), vec![])]);
    change.deps = vec![genesis(DocKind::Case).as_automerge().hash()];
    change.start_op = NonZeroU64::new(3).unwrap();
    refused(scene.ask(change), 9, Code::EventExists, &format!("events/{key}"));
}

#[test]
fn a3_the_maps_themselves_are_never_replaced_or_deleted() {
    let scene = Scene::of(case());
    for key in ["events", "rulings"] {
        let was = vec![scene.begun(key)];
        refused(scene.ask_operations(vec![op(ObjectId::Root, key, OpType::Delete, was.clone())]), 9, Code::Key, key);
        refused(scene.ask_operations(vec![root(key, "x", was)]), 9, Code::Key, key);
    }
}

#[test]
fn a4_a_pred_of_another_key_is_refused() {
    let scene = Scene::of(case());
    let foreign = scene.written("ref_no");
    let sex = scene.written("who.sex");
    refused(scene.ask_operations(vec![root("who.sex", "m", vec![foreign.clone()])]), 9, Code::Pred, "who.sex");
    refused(scene.ask_operations(vec![root("who.sex", "m", vec![sex, foreign.clone()])]), 9, Code::Pred, "who.sex");
    refused(scene.ask_operations(vec![op(ObjectId::Root, "who.sex", OpType::Delete, vec![foreign])]), 9, Code::Pred, "who.sex");
}

#[test]
fn a4b_a_pred_left_out_or_outdated_is_refused() {
    let mut author = case();
    author.write(&[put("who.sex", "m")]);
    let scene = Scene::of(author);
    refused(scene.ask_operations(vec![root("who.sex", "f", vec![])]), 9, Code::Pred, "who.sex");
    refused(scene.ask_operations(vec![root("who.sex", "f", vec![scene.written("who.sex")])]), 9, Code::Pred, "who.sex");
    refused(scene.ask_operations(vec![op(ObjectId::Root, "who.sex", OpType::Delete, vec![])]), 9, Code::Pred, "who.sex");
    let outdated = vec![scene.written("who.sex")];
    refused(scene.ask_operations(vec![op(ObjectId::Root, "who.sex", OpType::Delete, outdated)]), 9, Code::Pred, "who.sex");
}

#[test]
fn a5_a_used_sequence_number_is_refused() {
    let mut scene = Scene::of(case());
    let first = scene.mallory.write(&[put("who.sex", "m")]).unwrap();
    scene.server.apply(&first);
    let mut other = scene.next(vec![root("who.age_band", "a18_59", vec![])]);
    other.seq = 1;
    refused(scene.ask(other.clone()), 5, Code::SeqUsed, "");
    other.seq = 0;
    refused(scene.ask(other.clone()), 5, Code::SeqUsed, "");
    other.seq = 3;
    parked(scene.ask(other.clone()), Park::MissingDeps, 5, Code::SeqGap);
    other.seq = u64::MAX;
    parked(scene.ask(other), Park::MissingDeps, 5, Code::SeqGap);
    assert_eq!(scene.ask_raw(first.raw()).unwrap_err().verdict, Verdict::Duplicate);
}

#[test]
fn a5b_a_second_change_that_forgets_the_authors_first_is_refused() {
    let mut scene = Scene::of(case());
    let before = scene.next(vec![]);
    let first = scene.mallory.write(&[put("who.sex", "m")]).unwrap();
    scene.server.apply(&first);
    // Its operations would have the very ids of the first.
    let mut fork = before;
    fork.seq = 2;
    fork.operations = vec![root("who.age_band", "a18_59", vec![])];
    refused(scene.ask(fork), 6, Code::Fork, "");
}

#[test]
fn a6_a_clock_that_is_not_exact_is_refused() {
    let scene = Scene::of(case());
    let honest = scene.next(vec![root("who.sex", "m", vec![scene.written("who.sex")])]);
    for start in [honest.start_op.get() + 1_000_000, honest.start_op.get() + 1, honest.start_op.get() - 1, 1] {
        let start_op = NonZeroU64::new(start).unwrap();
        refused(scene.ask(ExpandedChange { start_op, ..honest.clone() }), 7, Code::Clock, "");
    }
    for start in [u64::from(u32::MAX) - 1, u64::from(u32::MAX) + 10, u64::MAX] {
        let start_op = NonZeroU64::new(start).unwrap();
        let denial = scene.ask(ExpandedChange { start_op, ..honest.clone() }).unwrap_err();
        assert!(matches!(denial.code, Code::Clock | Code::Undecodable), "{denial}");
    }
}

#[test]
fn a7_a_counter_is_added_to_by_a_million_at_most_and_never_put() {
    let scene = Scene::of(session());
    let count = vec![scene.begun("count.f_u18")];
    let add = |by| scene.ask_operations(vec![op(ObjectId::Root, "count.f_u18", OpType::Increment(by), count.clone())]);
    assert_eq!(add(1), Ok(()));
    assert_eq!(add(1_000_000), Ok(()));
    for by in [0, 1_000_001, -1_000_001, i64::MAX, i64::MIN] {
        refused(add(by), 9, Code::Increment, "count.f_u18");
    }
    for value in [ScalarValue::counter(4), ScalarValue::Int(4), ScalarValue::Null] {
        refused(scene.ask_operations(vec![root("count.f_u18", value, count.clone())]), 9, Code::CounterPut, "count.f_u18");
    }
    refused(
        scene.ask_operations(vec![op(ObjectId::Root, "count.f_u18", OpType::Delete, count)]),
        9,
        Code::CounterPut,
        "count.f_u18",
    );
    let none = vec![op(ObjectId::Root, "count.f_u18", OpType::Increment(1), vec![])];
    refused(scene.ask_operations(none), 9, Code::Pred, "count.f_u18");
}

#[test]
fn a7b_counting_down_needs_a_correction_in_the_same_change() {
    let mut scene = Scene::of(session());
    let down = |by| op(ObjectId::Root, "count.f_u18", OpType::Increment(by), vec![scene.begun("count.f_u18")]);
    refused(scene.ask_operations(vec![down(-3)]), 9, Code::Uncorrected, "count.f_u18");
    let correct = |delta, reason: &str| {
        let step = Step::Corrected { key: CountKey::FUnder18, delta, reason: reason.into() };
        let body = text(&scene.mallory.user, step);
        op(scene.events(), &event_id(9).to_string(), OpType::Put(body.into()), vec![])
    };
    assert_eq!(scene.ask_operations(vec![correct(-3, "عددنا طفلين مرتين"), down(-3)]), Ok(()));
    refused(scene.ask_operations(vec![correct(-3, "x"), down(-4)]), 9, Code::Uncorrected, "count.f_u18");
    refused(scene.ask_operations(vec![correct(-3, "x")]), 9, Code::Uncorrected, "count.f_u18");
    refused(scene.ask_operations(vec![correct(-3, "x"), down(-3), down(-3)]), 9, Code::Uncorrected, "count.f_u18");
    let malformed = scene.ask_operations(vec![correct(-3, " "), down(-3)]);
    refused(malformed, 9, Code::EventMalformed, &format!("events/{}", event_id(9)));
    // A correction of an earlier change does not pay for a decrement now.
    let step = Step::Corrected { key: CountKey::FUnder18, delta: -3, reason: "x".into() };
    let edits = [event(&scene.mallory, 10, step), add(CountKey::FUnder18, -3)];
    let change = scene.mallory.write(&edits).unwrap();
    scene.server.apply(&change);
    let again = scene.mallory.document.write(scene.mallory.actor(), &[add(CountKey::FUnder18, -3)]).unwrap().unwrap();
    refused(scene.ask_raw(again.raw()), 9, Code::Uncorrected, "count.f_u18");
}

#[test]
fn a8_a_deflate_bomb_is_refused_by_its_kind() {
    let scene = Scene::of(case());
    let words = "ا".repeat(100_000);
    let mut change = automerge::Change::from(scene.next(vec![root("intake.words", words, vec![])]));
    let deflated = change.bytes().to_vec();
    assert_eq!(deflated[8], 2);
    refused(scene.ask_raw(&deflated), 1, Code::NotAChange, "");
}

#[test]
fn a8b_a_run_length_bomb_is_refused_before_it_is_walked() {
    let scene = Scene::of(case());
    let one = scene.next(vec![root("who.sex", "m", vec![]); 2]);
    let raw = automerge::Change::from(one).raw_bytes().to_vec();
    refused(scene.ask_raw(&bomb(&raw)), 1, Code::TooBig, "");
}

/// Turns the run of two equal actions of a change into one of 2^62: `02 01` in the action column becomes a longer run.
pub(crate) fn bomb(raw: &[u8]) -> Vec<u8> {
    let run = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x3f, 0x01];
    let action = raw.windows(2).position(|pair| pair == [0x42, 0x02]).expect("an action column of two bytes");
    // Columns: specs and lengths first, then the data in the same order.
    let mut out = raw.to_vec();
    out[action + 1] = run.len() as u8;
    let data = raw.windows(2).rposition(|pair| pair == [0x02, 0x01]).expect("the run");
    out.splice(data..data + 2, run);
    let body = out.len() - 9 - 1;
    // The chunk's length is one byte below 128 and two above.
    let length_bytes = if raw[9] < 0x80 { 1 } else { 2 };
    let body = if length_bytes == 2 { body - 1 } else { body };
    let mut length = vec![];
    let mut rest = body;
    while rest >= 0x80 {
        length.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    length.push(rest as u8);
    out.splice(9..9 + length_bytes, length);
    repair_checksum(&mut out);
    out
}

#[test]
fn a9_a_wrong_checksum_is_refused() {
    let scene = Scene::of(case());
    let mut raw =
        automerge::Change::from(scene.next(vec![root("who.sex", "m", vec![scene.written("who.sex")])])).raw_bytes().to_vec();
    raw[5] ^= 0xff;
    refused(scene.ask_raw(&raw), 3, Code::Checksum, "");
}

#[test]
fn a10_an_operation_on_nothing_is_refused() {
    let scene = Scene::of(case());
    let nowhere = ObjectId::Id(OpId::new(9_999, &scene.next(vec![]).actor_id));
    refused(scene.ask_operations(vec![op(nowhere, "who.sex", OpType::Put("m".into()), vec![])]), 9, Code::Object, "");
    let scalar = ObjectId::Id(scene.written("who.sex"));
    refused(scene.ask_operations(vec![op(scalar, "who.sex", OpType::Put("m".into()), vec![])]), 9, Code::Object, "");
}

#[test]
fn a11_incrementing_a_text_is_refused() {
    let scene = Scene::of(case());
    let sex = vec![scene.written("who.sex")];
    refused(scene.ask_operations(vec![op(ObjectId::Root, "who.sex", OpType::Increment(5), sex)]), 9, Code::Value, "who.sex");
}

#[test]
fn a11b_a_pred_to_nothing_is_refused() {
    let scene = Scene::of(case());
    let dangling = OpId::new(7_777, &scene.next(vec![]).actor_id);
    refused(scene.ask_operations(vec![root("who.sex", "m", vec![dangling.clone()])]), 9, Code::Pred, "who.sex");
    refused(scene.ask_operations(vec![root("who.sex", "m", vec![scene.written("who.sex"), dangling])]), 9, Code::Pred, "who.sex");
}

#[test]
fn a11c_a_pred_twice_is_refused() {
    let scene = Scene::of(case());
    let sex = scene.written("who.sex");
    refused(scene.ask_operations(vec![root("who.sex", "m", vec![sex.clone(), sex.clone()])]), 9, Code::Pred, "who.sex");
    let delete = op(ObjectId::Root, "who.sex", OpType::Delete, vec![sex.clone(), sex]);
    refused(scene.ask_operations(vec![delete]), 9, Code::Pred, "who.sex");
}

#[test]
fn a12_a_foreign_actor_is_refused() {
    let scene = Scene::of(case());
    let operations = || vec![root("who.sex", "m", vec![scene.written("who.sex")])];
    let other = ActorId::device(DeviceId([67; 10]), 1);
    for actor in [scene.author.actor(), other, ActorId::server(1), ActorId(*b"sada-gen\0\x01\0\0")] {
        let mut change = scene.next(operations());
        change.actor_id = AutomergeActor::from(actor.0);
        refused(scene.ask(change), 4, Code::Actor, "");
    }
    for bytes in [&[][..], &[66; 10], &[66; 13], &[66; 300]] {
        let mut change = scene.next(operations());
        change.actor_id = AutomergeActor::from(bytes);
        refused(scene.ask(change), 4, Code::Actor, "");
    }
    // The device's own actors of any epoch are its own.
    let mut change = scene.next(operations());
    change.actor_id = AutomergeActor::from(ActorId::device(scene.mallory.device, 9).0);
    assert_eq!(scene.ask(change), Ok(()));
}

#[test]
fn a13_a_change_before_those_it_builds_on_is_parked() {
    let mut scene = Scene::of(case());
    let first = scene.mallory.write(&[put("who.sex", "m")]).unwrap();
    let second = scene.mallory.write(&[put("who.sex", "f")]).unwrap();
    parked(scene.ask_raw(second.raw()), Park::MissingDeps, 5, Code::SeqGap);
    let mut orphan = scene.next(vec![root("who.age_band", "a18_59", vec![])]);
    (orphan.seq, orphan.actor_id) = (1, AutomergeActor::from(ActorId::device(scene.mallory.device, 2).0));
    parked(scene.ask(orphan), Park::MissingDeps, 6, Code::MissingDeps);
    assert_eq!(scene.ask_raw(first.raw()), Ok(()));
    scene.server.apply(&first);
    assert_eq!(scene.ask_raw(second.raw()), Ok(()));
}

#[test]
fn a13b_dependencies_that_no_author_has_are_refused() {
    let scene = Scene::of(case());
    let operations = || vec![root("who.age_band", "a18_59", vec![])];
    let genesis = genesis(DocKind::Case).as_automerge().hash();
    let head = scene.next(vec![]).deps[0];
    let ask = |deps: Vec<_>, start_op| {
        let start_op = NonZeroU64::new(start_op).unwrap();
        scene.ask(ExpandedChange { deps, start_op, ..scene.next(operations()) })
    };
    let start = scene.next(vec![]).start_op.get();
    refused(ask(vec![], 1), 6, Code::Deps, "");
    refused(ask(vec![head, head], start), 6, Code::Deps, "");
    // One that stands behind the other says nothing, and two changes would differ by it alone.
    refused(ask(vec![genesis, head], start), 6, Code::Deps, "");
    assert_eq!(ask(vec![head], start), Ok(()));
}

#[test]
fn a14_an_actor_index_beyond_the_table_is_refused() {
    // One byte of an honest change's columns at a time; some give an index that makes Automerge's `decode` panic.
    let scene = Scene::of(case());
    let raw =
        automerge::Change::from(scene.next(vec![root("who.sex", "m", vec![scene.written("who.sex")])])).raw_bytes().to_vec();
    let mut undecodable = 0;
    for at in 9..raw.len() {
        for byte in [0, 1, 2, 3, 5, 0x7f] {
            let mut mutant = raw.clone();
            mutant[at] = byte;
            repair_checksum(&mut mutant);
            match scene.ask_raw(&mutant) {
                Ok(()) => assert!(mutant == raw || parse_ingress(DocKind::Case, &mutant).unwrap().operations() == 1),
                Err(denial) => undecodable += usize::from(denial.code == Code::Undecodable),
            }
        }
    }
    assert!(undecodable > 100, "{undecodable}");
}

#[test]
fn a15_another_encoding_of_the_same_operations_is_refused() {
    let scene = Scene::of(case());
    let raw =
        automerge::Change::from(scene.next(vec![root("who.sex", "m", vec![scene.written("who.sex")])])).raw_bytes().to_vec();
    // A run of one value (`01 v`) says the same as one literal (`7f v`).
    let mut found = 0;
    for at in 9..raw.len() {
        if raw[at] == 0x7f {
            let mut mutant = raw.clone();
            mutant[at] = 1;
            repair_checksum(&mut mutant);
            if let Err(denial) = scene.ask_raw(&mutant) {
                found += usize::from(denial.code == Code::NotCanonical);
            }
        }
    }
    assert!(found > 0);
}

#[test]
fn a16_nothing_is_said_beside_the_operations() {
    let scene = Scene::of(case());
    let honest = scene.next(vec![root("who.sex", "m", vec![scene.written("who.sex")])]);
    let message = Some("محمد".to_owned());
    refused(scene.ask(ExpandedChange { message, ..honest.clone() }), 8, Code::NotCanonical, "");
    refused(scene.ask(ExpandedChange { extra_bytes: b"hidden".to_vec(), ..honest.clone() }), 8, Code::NotCanonical, "");
    refused(scene.ask(ExpandedChange { time: 5, ..honest.clone() }), 8, Code::NotCanonical, "");
    refused(scene.ask(ExpandedChange { operations: vec![], ..honest }), 8, Code::Empty, "");
}

#[test]
fn a17_lists_texts_tables_marks_and_new_maps_are_refused() {
    let scene = Scene::of(case());
    let mark = MarkData { name: "bold".into(), value: true.into(), expand: false };
    let actions = [
        OpType::Make(ObjType::Map),
        OpType::Make(ObjType::List),
        OpType::Make(ObjType::Text),
        OpType::Make(ObjType::Table),
        OpType::MarkBegin(mark),
        OpType::MarkEnd(true),
    ];
    for action in actions {
        let key = "place.adm4";
        refused(scene.ask_operations(vec![op(ObjectId::Root, key, action.clone(), vec![])]), 9, Code::Operation, "");
        refused(scene.ask_operations(vec![op(scene.events(), key, action, vec![])]), 9, Code::Operation, "");
    }
    for key in [Key::Seq(ElementId::Head), Key::Seq(ElementId::Id(scene.written("who.sex")))] {
        for insert in [true, false] {
            let op = Op { action: OpType::Put("x".into()), obj: ObjectId::Root, key: key.clone(), pred: vec![].into(), insert };
            refused(scene.ask_operations(vec![op]), 9, Code::Operation, "");
        }
    }
}

#[test]
fn a18_only_the_server_rules() {
    let scene = Scene::of(case());
    let rulings = ObjectId::Id(scene.begun("rulings"));
    for action in [OpType::Put("{}".into()), OpType::Delete] {
        refused(scene.ask_operations(vec![op(rulings.clone(), "1.1", action, vec![])]), 9, Code::ServerOnly, "rulings");
    }
    let ruling = Edit::Ruling { order: Order { epoch: 1, n: 1 }, text: "{}".into() };
    assert_eq!(scene.mallory.document.write(scene.mallory.actor(), &[ruling]), Err(WriteError::NotTheServer));
}

#[test]
fn a19_values_out_of_type_form_or_bounds_are_refused() {
    let scene = Scene::of(case());
    let bad: [(&str, ScalarValue); 12] = [
        ("receipt_given", "yes".into()),
        ("receipt_given", ScalarValue::Int(1)),
        ("group.size", ScalarValue::Int(1_000_001)),
        ("group.size", ScalarValue::Int(-1)),
        ("group.size", ScalarValue::Uint(5)),
        ("group.size", ScalarValue::F64(5.0)),
        ("group.size", ScalarValue::counter(5)),
        ("who.sex", "two words".into()),
        ("who.sex", ScalarValue::Bytes(vec![1, 2])),
        ("who.sex", ScalarValue::Null),
        ("intake.words", "ب".repeat(20_001).into()),
        ("intake.incident_on", ScalarValue::Timestamp(5)),
    ];
    for (key, value) in bad {
        refused(scene.ask_operations(vec![root(key, value, vec![])]), 9, Code::Value, key);
    }
    let words = vec![scene.written("intake.words")];
    assert_eq!(scene.ask_operations(vec![root("intake.words", "ب".repeat(20_000), words)]), Ok(()));
}

#[test]
fn a20_no_words_of_a_forged_key_come_back() {
    let scene = Scene::of(case());
    for key in ["محمد العلي", "", "a/b", &"k".repeat(65)] {
        refused(scene.ask_operations(vec![root(key, "x", vec![])]), 9, Code::Key, "?");
    }
    refused(scene.ask_operations(vec![op(scene.events(), "محمد", OpType::Put("{}".into()), vec![])]), 9, Code::Key, "events/?");
    // A key that only looks new is one of a later version: kept until the server knows it.
    parked(scene.ask_operations(vec![root("intake.mood", "x", vec![])]), Park::Upgrade, 9, Code::LaterKey);
    // Keys of another document are no keys here.
    parked(scene.ask_operations(vec![root("name", "x", vec![])]), Park::Upgrade, 9, Code::LaterKey);
}

#[test]
fn a21_a_document_is_begun_only_by_who_may() {
    let mallory = Phone::new(66, DocKind::Case);
    let server = Document::new(DocKind::Case);
    let change = mallory.document.write(mallory.actor(), &[event(&mallory, 1, registered())]).unwrap().unwrap();
    let ask =
        |change: &Change, may: &dyn Fn(Action<'_>) -> bool| ask_raw(&server, change.raw(), mallory.device, &mallory.user, may);
    assert_eq!(ask(&change, &|_| true), Ok(()));
    refused(ask(&change, &|action| action != Action::Create), 9, Code::NotAllowed, "");
    refused(
        ask(&change, &|action| action != Action::Step("registered")),
        9,
        Code::NotAllowed,
        &format!("events/{}", event_id(1)),
    );
    // A case begins with its registration, once.
    let facts = mallory.document.write(mallory.actor(), &[put("who.sex", "f")]).unwrap().unwrap();
    refused(ask(&facts, &|_| true), 9, Code::NotRegistered, "");
    let twice = [event(&mallory, 1, registered()), event(&mallory, 2, registered())];
    let twice = mallory.document.write(mallory.actor(), &twice).unwrap().unwrap();
    refused(ask(&twice, &|_| true), 9, Code::NotRegistered, "");
}

#[test]
fn a22_clearing_a_fact_needs_the_right_to_write_it() {
    let scene = Scene::of(case());
    let clear = |key: &str| scene.ask_operations(vec![op(ObjectId::Root, key, OpType::Delete, vec![scene.written(key)])]);
    assert_eq!(clear("who.sex"), Ok(()));
    refused(clear("ref_no"), 9, Code::NotAllowed, "ref_no");
    // Cleared and written anew in one change, as an honest phone does it.
    let edits = [Edit::Clear { key: "who.sex".into() }, put("who.sex", "m")];
    let change = scene.mallory.document.write(scene.mallory.actor(), &edits).unwrap().unwrap();
    assert_eq!(scene.ask_raw(change.raw()), Ok(()));
}

#[test]
fn a23_counting_needs_the_right_to_count() {
    let scene = Scene::of(session());
    let change = scene.mallory.document.write(scene.mallory.actor(), &[add(CountKey::M60, 2)]).unwrap().unwrap();
    let answer =
        ask_raw(&scene.server, change.raw(), scene.mallory.device, &scene.mallory.user, &|action| action != Action::Increment);
    refused(answer, 9, Code::NotAllowed, "count.m_60");
}
