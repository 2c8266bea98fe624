//! A hundred thousand forged changes and twenty thousand honest ones against the gate: nothing wrong gets in, nothing that got
//! in keeps a document from loading, nothing honest is kept out. `SADA_FORGERIES=600000` asks for more.

use crate::{
    attacks::Scene,
    decoders::repair_checksum,
    merge::{shown, shown_by},
    people::{Phone, add, ask, automerge, case, event, event_id, put, sealed_header, session, started, text},
    scripts::{Line, PHONES, What, run},
};
use automerge::{
    AutoCommit, ExpandedChange, ObjType, ROOT, ScalarValue,
    legacy::{ElementId, Key, ObjectId, Op, OpId, OpType},
    transaction::Transactable,
};
use shared::{
    document::{actor::ActorId, content::Content, fold::Document},
    entropy::{Entropy, Seeded},
    gate::{Code, Denial},
    model::{
        codes::CountKey,
        event::Step,
        ids::{DeviceId, UserId},
        record::DocKind,
    },
    policy::Action,
};
use std::{
    cell::Cell,
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

const FORGED: u64 = 100_000;
const HONEST: usize = 20_000;

thread_local! {
    /// Panics of this thread since it began to count; none are shown while it counts.
    static PANICS: Cell<Option<u32>> = const { Cell::new(None) };
}

/// Runs `work` and counts the panics inside it, caught or not.
fn counting_panics<T>(work: impl FnOnce() -> T) -> (T, u32) {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| match PANICS.get() {
            Some(count) => PANICS.set(Some(count + 1)),
            None => usual(info),
        }));
    });
    PANICS.set(Some(0));
    let done = work();
    (done, PANICS.replace(None).unwrap_or(0))
}

/// A scene, and what stands in it before the forger comes.
struct Target {
    scene: Scene,
    stored: AutoCommit,
    before: Content,
    objects: Vec<ObjectId>,
    ids: Vec<(String, OpId)>,
}

impl Target {
    fn of(scene: Scene) -> Self {
        let changes = &scene.mallory.changes;
        let stored = automerge(scene.server.kind(), changes);
        let mut ids = Vec::new();
        let mut objects = vec![ObjectId::Root; 8];
        objects.extend([scene.events(), scene.events(), scene.events(), scene.events(), ObjectId::Id(scene.begun("rulings"))]);
        for change in std::iter::once(shared::document::genesis::genesis(scene.server.kind())).chain(changes) {
            let decoded = change.as_automerge().decode();
            for (counter, op) in (decoded.start_op.get()..).zip(&decoded.operations) {
                let Key::Map(key) = &op.key else { unreachable!() };
                ids.push((key.to_string(), OpId::new(counter, &decoded.actor_id)));
            }
        }
        objects.push(ObjectId::Id(ids[0].1.increment_by(9_000)));
        objects.push(ObjectId::Id(ids[ids.len() - 1].1.clone()));
        Self { before: scene.server.content(), scene, stored, objects, ids }
    }

    fn stands(&self, key: &str) -> Vec<OpId> {
        // What stands in the scenes is the last that was written, but for the one conflict that they hold.
        let all: Vec<_> = self.ids.iter().filter(|(k, _)| k == key).map(|(_, id)| id.clone()).collect();
        let count = if key == "place.adm4" { 2 } else { 1 };
        all[all.len().saturating_sub(count)..].to_vec()
    }
}

fn targets() -> Vec<Target> {
    let conflict = |mut scene: Scene, edit: fn(&str) -> shared::document::content::Edit| {
        let before = scene.author.changes.clone();
        let mut third = Phone::new(3, scene.server.kind());
        third.take_all(&before);
        scene.author.write(&[edit("C1561")]);
        third.write(&[edit("C1599")]);
        third.take_all(&scene.author.changes);
        scene.author.take_all(&third.changes);
        scene.mallory.take_all(&scene.author.changes);
        let own = scene.mallory.write(&[event(&scene.mallory, 5, started("اتصلت بالمشروع"))]).unwrap();
        scene.author.take(&own);
        scene.server = scene.author.document.clone();
        scene
    };
    let place = |value: &str| put("place.adm4", value);
    let mut header = Scene::of(sealed_header());
    header.author.write(&[put("place.adm3", "SY020401")]);
    header.mallory.take_all(&header.author.changes);
    header.server = header.author.document.clone();
    vec![Target::of(conflict(Scene::of(case()), place)), Target::of(conflict(Scene::of(session()), place)), Target::of(header)]
}

struct Forger<'a> {
    chance: Seeded,
    target: &'a Target,
}

impl Forger<'_> {
    fn one_in(&mut self, n: u64) -> bool {
        self.chance.below(n) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.chance.below(from.len() as u64) as usize].clone()
    }

    fn key(&mut self, object: &ObjectId) -> String {
        if *object == self.target.scene.events() && !self.one_in(8) {
            let id = self.chance.below(12);
            return event_id(id).to_string();
        }
        let usual: &[&str] = match self.target.scene.server.kind() {
            DocKind::Session => {
                &["place.adm4", "place.adm3", "date", "topic.right", "project.P01", "iec.poster", "count.f_u18", "count.m_60"]
            }
            _ if self.is_header() => &["place.adm3", "project"],
            _ => &["who.sex", "place.adm4", "place.adm3", "receipt_given", "group.size", "project"],
        };
        let odd = ["who.sex", "intake.words", "ref_no", "count.f_u18", "name", "events", "intake.mood", "1.1", "محمد"];
        let keys = if self.one_in(4) { &odd } else { usual };
        self.pick(keys).into()
    }

    /// An action for a key: half of the time one that fits it.
    fn action(&mut self, obj: &ObjectId, key: &str) -> OpType {
        let fitting: Option<ScalarValue> = match key {
            "receipt_given" | "topic.right" | "project.P01" => Some(self.one_in(2).into()),
            "group.size" | "iec.poster" => Some(ScalarValue::Int(self.chance.below(90) as i64)),
            "who.sex" | "place.adm4" | "place.adm3" | "project" => Some("C1561".into()),
            "date" => Some("2026-11-25".into()),
            _ => None,
        };
        match (self.chance.below(24), fitting) {
            (0..=11, _) if key.starts_with("count.") => OpType::Increment(self.chance.below(60) as i64 - 4),
            (0..=11, Some(value)) => OpType::Put(value),
            (12..=13, _) => OpType::Delete,
            (14, _) => OpType::Increment(self.chance.below(60) as i64 - 9),
            (15, _) => OpType::Make(self.pick(&[ObjType::Map, ObjType::List, ObjType::Text, ObjType::Table])),
            _ => OpType::Put(self.value(obj)),
        }
    }

    fn value(&mut self, object: &ObjectId) -> ScalarValue {
        if *object == self.target.scene.events() && !self.one_in(12) {
            return self.event().into();
        }
        let values = [
            "f".into(),
            "m".into(),
            "C1561".into(),
            "SY020400".into(),
            "2026-11-24".into(),
            true.into(),
            false.into(),
            ScalarValue::Int(4),
            ScalarValue::Int(-4),
            ScalarValue::Uint(4),
            ScalarValue::counter(4),
            ScalarValue::Null,
            ScalarValue::Bytes(vec![1, 2]),
            "two words".into(),
            ScalarValue::Timestamp(5),
            "123456789".into(),
        ];
        self.pick(&values)
    }

    fn event(&mut self) -> String {
        let me = &self.target.scene.mallory.user.clone();
        let corrected = Step::Corrected { key: CountKey::FUnder18, delta: -2, reason: "x".into() };
        let texts = [
            text(me, started("اتصلت بالمشروع")),
            text(me, Step::Seen {}),
            text(me, corrected),
            text(me, Step::Voided { reason: "x".into() }),
            text(&"u1".into(), started("x")),
            text(me, started("x")).replace("started", "teleported"),
            text(me, started("x")).replace("note", "nota"),
            text(me, crate::people::registered_header()),
            "{}".into(),
        ];
        self.pick(&texts)
    }

    fn operation(&mut self, start: &OpId) -> Op {
        let target = self.target;
        let obj = self.pick(&target.objects);
        let key = self.key(&obj);
        let action = self.action(&obj, &key);
        let mut pred = if self.one_in(12) { vec![] } else { target.stands(&key) };
        if self.one_in(10) {
            let stray = self.pick(&target.ids).1;
            let dangling = start.increment_by(self.chance.below(9_000));
            let id = if self.one_in(2) { stray } else { dangling };
            pred.push(id);
        }
        if self.one_in(20) {
            pred.truncate(1);
        }
        let place = if self.one_in(40) { Key::Seq(ElementId::Head) } else { Key::from(key) };
        Op { action, obj, key: place, pred: pred.into(), insert: self.one_in(40) }
    }

    /// A change built by hand: mostly a sound envelope, so that a fair share gets as far as the operations.
    fn structural(&mut self) -> Vec<u8> {
        let mut change = self.target.scene.next(vec![]);
        let start = OpId::new(change.start_op.get(), &change.actor_id);
        change.operations = (0..=self.chance.below(3)).map(|_| self.operation(&start)).collect();
        self.bend(&mut change);
        // Predecessors out of order can't be built this way; the byte mutants have those.
        catch_unwind(AssertUnwindSafe(|| automerge::Change::from(change).raw_bytes().to_vec())).unwrap_or_default()
    }

    fn bend(&mut self, change: &mut ExpandedChange) {
        let bends: [&dyn Fn(&mut ExpandedChange); 10] = [
            &|c| c.seq += 1,
            &|c| c.seq -= 1,
            &|c| c.start_op = c.start_op.saturating_add(1),
            &|c| c.start_op = c.start_op.saturating_add(1_000_000),
            &|c| c.start_op = std::num::NonZeroU64::MIN,
            &|c| c.deps.truncate(1),
            &|c| c.deps.push(automerge::ChangeHash([7; 32])),
            &|c| c.actor_id = automerge::ActorId::from(ActorId::device(DeviceId([1; 10]), 1).0),
            &|c| c.message = Some("محمد".into()),
            &|c| c.time = 7,
        ];
        if self.one_in(6) {
            self.pick(&bends)(change);
        }
    }

    /// An honest change with a byte or two changed and the checksum made right again.
    fn mutant(&mut self) -> Vec<u8> {
        let phone = &self.target.scene.mallory;
        let edits = match (self.target.scene.server.kind(), self.chance.below(3)) {
            (DocKind::Session, 0) => vec![add(CountKey::M60, 5), add(CountKey::FUnder18, 700)],
            (DocKind::Session, 1) => vec![put("place.adm4", "C1"), put("topic.right", false)],
            (_, 1) if !self.is_header() => vec![put("who.sex", "m"), put("group.size", 40)],
            (_, 2) => vec![event(phone, 11, Step::Seen {})],
            _ => vec![put("place.adm3", "SY020402")],
        };
        let change = phone.document.write(phone.actor(), &edits).unwrap().unwrap();
        let mut raw = change.raw().to_vec();
        for _ in 0..=self.chance.below(2) {
            let at = 9 + self.chance.below(raw.len() as u64 - 9) as usize;
            raw[at] = if self.one_in(2) { self.chance.below(256) as u8 } else { raw[at] ^ (1 << self.chance.below(8)) };
        }
        if self.one_in(50) {
            raw[8] = self.chance.below(4) as u8;
        }
        if !self.one_in(20) {
            repair_checksum(&mut raw);
        }
        raw
    }

    fn is_header(&self) -> bool {
        self.target.before.facts.len() == 2
    }
}

fn may(action: Action<'_>) -> bool {
    ![Action::Put("ref_no"), Action::Step("voided")].contains(&action)
}

/// What a change that got in may do at most, said again without the gate's own tables.
fn is_acceptable(target: &Target, change: &ExpandedChange) -> bool {
    let me = format!(r#"{{"by":"{}","#, target.scene.mallory.user);
    let is_header = target.before.facts.len() == 2;
    let mut corrections = 0;
    let mut decrements = 0;
    let each = change.operations.iter().all(|op| {
        let Key::Map(key) = &op.key else { return false };
        let is_plain =
            !op.insert && !op.pred.iter().any(|pred| pred.counter() >= change.start_op.get() + change.operations.len() as u64);
        is_plain
            && match (&op.obj, &op.action) {
                (ObjectId::Root, OpType::Increment(by)) => {
                    decrements += i32::from(*by < 0);
                    key.starts_with("count.") && (-1_000_000..=1_000_000).contains(by) && *by != 0
                }
                (ObjectId::Root, OpType::Delete) => {
                    key != "ref_no" && !key.starts_with("count.") && key != "events" && key != "rulings"
                }
                (ObjectId::Root, OpType::Put(ScalarValue::Str(text))) => match key.as_str() {
                    "place.adm3" | "project" => !text.contains(' '),
                    "who.sex" | "place.adm4" | "intake.channel" | "intake.words" => !is_header,
                    "date" => text.len() == 10,
                    _ => !is_header && !text.contains(' ') && key != "ref_no" && !key.starts_with("count."),
                },
                (ObjectId::Root, OpType::Put(ScalarValue::Boolean(_) | ScalarValue::Int(_))) => {
                    !is_header && !key.starts_with("count.")
                }
                (object, OpType::Put(ScalarValue::Str(text))) if *object == target.scene.events() => {
                    corrections += i32::from(text.contains(r#""k":"corrected""#));
                    let is_fresh = !target.before.events.contains_key(&key.parse().unwrap());
                    let words = text.contains("note") || text.contains("reason");
                    is_fresh
                        && text.starts_with(&me)
                        && !text.contains("voided")
                        && !text.contains("teleported")
                        && !(is_header && words)
                }
                _ => false,
            }
    });
    each && corrections >= decrements
}

/// Puts a change that got in into Automerge's own document: it must take it, save, load again and go on, and say what we say.
fn holds(target: &Target, raw: &[u8]) -> Result<(), String> {
    let change = automerge::Change::from_bytes(raw.to_vec()).map_err(|e| e.to_string())?;
    let mut document = target.stored.clone();
    document.apply_changes([change.clone()]).map_err(|e| e.to_string())?;
    let mut loaded = AutoCommit::load(&document.save_nocompress()).map_err(|e| format!("does not load: {e}"))?;
    let ours = {
        let mut ours = target.scene.server.clone();
        ours.apply(&shared::document::change::Change::from(change));
        ours.content()
    };
    if shown(&ours) != shown_by(&loaded) {
        return Err("the fold differs".into());
    }
    if ours.facts.get("ref_no") != target.before.facts.get("ref_no") || ours.rulings != target.before.rulings {
        return Err("a forbidden fact moved".into());
    }
    if target.before.events.iter().any(|(id, event)| ours.events.get(id) != Some(event)) {
        return Err("an event was edited".into());
    }
    loaded.put(ROOT, "zz", 1).map_err(|e| e.to_string())?;
    AutoCommit::load(&loaded.save_nocompress()).map_err(|e| format!("does not load later: {e}")).map(drop)
}

#[test]
fn no_forged_change_gets_in_and_none_breaks_a_document() {
    let count = std::env::var("SADA_FORGERIES").ok().and_then(|n| n.parse().ok()).unwrap_or(FORGED);
    let targets = targets();
    let mut stopped: BTreeMap<u8, u64> = BTreeMap::new();
    let mut codes: BTreeMap<Code, u64> = BTreeMap::new();
    let (mut passed, mut wrong) = (0, Vec::new());
    let ((), panics) = counting_panics(|| {
        for n in 0..count {
            let target = &targets[(n % targets.len() as u64) as usize];
            let mut forger = Forger { chance: Seeded::new(n), target };
            let raw = if n % 3 == 0 { forger.mutant() } else { forger.structural() };
            match crate::people::ask_raw(
                &target.scene.server,
                &raw,
                target.scene.mallory.device,
                &target.scene.mallory.user,
                &may,
            ) {
                Err(Denial { check, code, .. }) => {
                    *stopped.entry(check).or_default() += 1;
                    *codes.entry(code).or_default() += 1;
                }
                Ok(()) => {
                    passed += 1;
                    let decoded = automerge::Change::from_bytes(raw.clone()).unwrap().decode();
                    if !is_acceptable(target, &decoded) {
                        wrong.push((n, "should not be accepted".to_owned()));
                    }
                    match catch_unwind(AssertUnwindSafe(|| holds(target, &raw))) {
                        Ok(Ok(())) => {}
                        Ok(Err(why)) => wrong.push((n, why)),
                        Err(_) => wrong.push((n, "Automerge panics".to_owned())),
                    }
                }
            }
        }
    });
    let ninth = passed + stopped.get(&9).copied().unwrap_or(0);
    println!(
        "{count} forged: {passed} harmless ones passed, stopped by check {stopped:?}, {codes:?}; {ninth} reached the ninth; {panics} panics"
    );
    assert_eq!(wrong.iter().take(8).collect::<Vec<_>>(), Vec::<&(u64, String)>::new(), "{} in all", wrong.len());
    assert_eq!(panics, 0, "nothing panics, caught or not");
    assert!(ninth * 10 >= count * 3, "{ninth} of {count} reach the ninth check");
    assert!((1..=9).all(|check| stopped.contains_key(&check)), "{stopped:?}: every check has work");
}

#[test]
fn every_honest_change_passes() {
    let mut passed = 0;
    let mut seed = 0;
    while passed < HONEST {
        let mut chance = Seeded::new(seed);
        let kind = DocKind::ALL[(seed % 4) as usize];
        let (changes, phones) = run(kind, &honest_script(&mut chance));
        let mut server = Document::new(kind);
        for change in &changes {
            let (device, _) = change.actor().unwrap().as_device().unwrap();
            let user: &UserId = &phones.iter().find(|phone| phone.device == device).unwrap().user;
            assert_eq!(ask(&server, change, device, user), Ok(()), "seed {seed}");
            server.apply(change);
        }
        if seed % 16 == 0 {
            let loaded = AutoCommit::load(&automerge(kind, &changes).save()).unwrap();
            assert_eq!(shown(&server.content()), shown_by(&loaded), "seed {seed}");
        }
        passed += changes.len();
        seed += 1;
    }
    println!("{passed} honest changes of {seed} documents passed");
}

fn honest_script(chance: &mut Seeded) -> Vec<Line> {
    (0..60)
        .map(|_| {
            let phone = chance.below(PHONES as u64) as usize;
            let (a, b) = (chance.below(256) as usize, chance.below(256));
            match chance.below(10) {
                0..=2 => Line::Write { phone, what: What::Put(a, b as u8) },
                3 => Line::Write { phone, what: What::Clear(a) },
                4 => Line::Write { phone, what: What::Event },
                5 => Line::Write { phone, what: What::Count(a % 7, b as i64 + 1) },
                6 => Line::Write { phone, what: What::Correct(a % 7, b as i64 - 128) },
                _ => Line::Hear { phone, from: a % PHONES, part: chance.below(17) as usize },
            }
        })
        .collect()
}

#[test]
fn the_forger_reaches_what_the_gate_is_for() {
    // Without the gate, Automerge takes some of these and the document is lost: if it ever no longer does, look again.
    let targets = targets();
    let ((), _) = counting_panics(|| {
        let lost = (0..2_000_u64).filter(|n| {
            let target = &targets[(n % 3) as usize];
            let mut forger = Forger { chance: Seeded::new(*n), target };
            let raw = forger.structural();
            !matches!(
                catch_unwind(AssertUnwindSafe(|| {
                    let change = automerge::Change::from_bytes(raw).ok()?;
                    let mut document = target.stored.clone();
                    document.apply_changes([change]).ok()?;
                    Some(AutoCommit::load(&document.save_nocompress()).is_ok())
                })),
                Ok(Some(true) | None)
            )
        });
        let lost = lost.count();
        assert!(lost > 20, "{lost} documents lost without the gate");
    });
}
