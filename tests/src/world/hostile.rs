//! A device with a real account and a real key, and software of its own: it pulls what its person may read, forges changes,
//! and signs them. Everything it tries must be refused.

use super::{
    Tally,
    forms::one,
    place::{PASSWORD, Site},
};
use automerge::{AutoCommit, ROOT, ReadDoc, transaction::Transactable};
use minicbor::bytes::ByteVec;
use mobile::replica::link::Outgoing;
use shared::{
    document::{
        actor::ActorId,
        change::Change,
        content::Edit,
        fold::Document,
        genesis::{EVENTS, RULINGS, genesis},
    },
    entropy::{Entropy, Seeded},
    model::{
        codes::CountKey,
        dates::UnixSeconds,
        event::{Event, Step},
        ids::{DeviceId, EventId},
        order::Order,
        record::{DocKind, DocumentId},
        ruling::{Ruling, Verdict as Decision},
    },
    sync::{
        frames::{
            KnownDeps, Wanted, Writing,
            down::{self, DownItem},
            up::{self, UpItem},
        },
        messages::{Cursors, SyncRequest, SyncResponse, decode, encode},
        scope::{ScopeId, list_tag},
        sign_in::{SignInAnswer, SignInRequest},
        signing::{DeviceKey, PublicKey},
        verdict::{FrameVerdicts, Verdict},
    },
};
use std::collections::BTreeMap;

/// The device and what it has learnt.
pub(super) struct Hostile {
    key: DeviceKey,
    token: String,
    server_key: PublicKey,
    device: DeviceId,
    scopes: Vec<ScopeId>,
    cursors: BTreeMap<ScopeId, u64>,
    changes: BTreeMap<DocumentId, Vec<Change>>,
}

/// What it tries.
const ATTEMPTS: [&str; 9] =
    ["key", "author", "foreign actor", "ruling", "delete event", "overwrite event", "counter put", "negative count", "garbage"];

impl Hostile {
    /// Signs in like anyone.
    pub(super) fn sign_in(chance: &Seeded, site: &mut Site, now: UnixSeconds) -> Self {
        let mut secret = [0; 32];
        chance.child("hostile").fill(&mut secret);
        let key = DeviceKey::from_secret(&secret);
        let answer = sign_in(&key, now, site);
        Self {
            device: key.public().device_id(),
            key,
            token: answer.token,
            server_key: answer.server_key,
            scopes: Vec::new(),
            cursors: BTreeMap::new(),
            changes: BTreeMap::new(),
        }
    }

    /// Forgets what it has learnt: the server was set back, and may know less.
    pub(super) fn forget(&mut self) {
        self.scopes.clear();
        self.cursors.clear();
        self.changes.clear();
    }

    /// Signs in again, when its token has ended.
    pub(super) fn renew(&mut self, now: UnixSeconds, site: &mut Site) {
        self.token = sign_in(&self.key, now, site).token;
    }

    /// Pulls, forges one change, pushes it. Panics if it is taken.
    pub(super) fn attack(&mut self, time: i64, chance: &mut Seeded, site: &mut Site, tally: &mut Tally) {
        let now = UnixSeconds(time);
        while self.exchange(now, chance, site, Vec::new()).more {}
        let attempt = one(chance, &ATTEMPTS);
        let Some((document, raw)) = self.forge(attempt, chance) else { return };
        // Now and then between honest changes of other documents, which it must not hold up.
        let beside = if chance.below(2) == 0 { self.honest_beside(document, chance) } else { None };
        let mut items = vec![UpItem { document, change: &raw, receipt: None }];
        if let Some([before, after]) = &beside {
            items.insert(0, UpItem { document: before.0, change: before.1.raw(), receipt: None });
            items.push(UpItem { document: after.0, change: after.1.raw(), receipt: None });
        }
        let frame = up::write(&items, Writing { full_deps: true, ..Writing::default() }).expect("a frame");
        let response = self.exchange(now, chance, site, vec![frame.into()]);
        let verdicts = match response.pushed.as_slice() {
            [FrameVerdicts::Read(verdicts)] => verdicts.as_slice(),
            other => panic!("{attempt} on {document}: {other:?}"),
        };
        match (verdicts, beside) {
            ([Verdict::Refused { .. }], None) => {}
            // Of a case that was raised meanwhile nothing is taken any more: what it says goes to those who hold it, as its own words.
            (verdicts, _) if verdicts.contains(&Verdict::Moved) => return,
            ([Verdict::Accepted(_), Verdict::Refused { .. }, Verdict::Accepted(_)], Some(beside)) => {
                tally.poisoned += 1;
                for (document, change) in beside {
                    self.changes.entry(document).or_default().push(change);
                }
            }
            (other, _) => panic!("{attempt} on {document}: {other:?}"),
        }
        tally.refusals += 1;
    }

    /// Two honest steps on two other cases.
    fn honest_beside(&self, document: DocumentId, chance: &mut Seeded) -> Option<[(DocumentId, Change); 2]> {
        let mut others = self.changes.keys().filter(|id| id.kind == DocKind::Case && id.record != document.record);
        let mut honest = |id: DocumentId| {
            let actor = ActorId::device(self.device, u16::try_from(chance.below(60_000)).ok()?);
            let step = Step::Followup { with: String::new(), mode: "visit".into(), note: "x".into(), next_on: None };
            let event = Event { by: "evil".into(), at: UnixSeconds(0), after: vec![], set: 1, step };
            let edit = Edit::Event { id: EventId::random(chance), text: event.to_text() };
            Some((id, Document::load(DocKind::Case, &self.changes[&id]).write(actor, &[edit]).ok()??))
        };
        Some([honest(*others.next()?)?, honest(*others.next()?)?])
    }

    fn forge(&self, attempt: &str, chance: &mut Seeded) -> Option<(DocumentId, Vec<u8>)> {
        let kind = if matches!(attempt, "counter put" | "negative count") { DocKind::Session } else { DocKind::Case };
        let known: Vec<DocumentId> = self.changes.keys().filter(|id| id.kind == kind).copied().collect();
        let id = *known.get(usize::try_from(chance.below(known.len().max(1) as u64)).ok()?)?;
        let actor = ActorId::device(self.device, u16::try_from(chance.below(60_000)).ok()?);
        let document = Document::load(kind, &self.changes[&id]);
        let note = |by: &str| Event {
            by: by.into(),
            at: UnixSeconds(0),
            after: vec![],
            set: 1,
            step: Step::Started { note: "x".into() },
        };
        let event = |by: &str, chance: &mut Seeded| Edit::Event { id: EventId::random(chance), text: note(by).to_text() };
        let write = |actor: ActorId, edit: Edit| Some(document.write(actor, &[edit]).ok()??.raw().to_vec());
        let raw = match attempt {
            "key" => write(actor, Edit::Put { key: "ref_no".into(), fact: "123456782".into() }).or_else(|| {
                self.by_automerge(id, actor, |doc| {
                    doc.put(ROOT, "ref_no", "99").expect("a put");
                })
            }),
            "author" => write(actor, event("mgr", chance)),
            "foreign actor" => write(ActorId::device(DeviceId([9; 10]), 0), event("evil", chance)),
            "ruling" => {
                let ruling = Ruling { at: UnixSeconds(0), on: None, verdict: Decision::Accepted {} };
                let text = serde_json::to_string(&ruling).ok()?;
                let order = Order { epoch: 1, n: 900_000 };
                if chance.below(2) == 0 {
                    write(ActorId::server(1), Edit::Ruling { order, text })
                } else {
                    self.by_automerge(id, actor, |doc| {
                        let (_, rulings) = doc.get(ROOT, RULINGS).expect("read").expect("the map");
                        doc.put(&rulings, order.to_string(), text.as_str()).expect("a put");
                    })
                }
            }
            "delete event" | "overwrite event" => self.by_automerge(id, actor, |doc| {
                let (_, events) = doc.get(ROOT, EVENTS).expect("read").expect("the map");
                let key = doc.keys(&events).next().expect("a registered case");
                if attempt == "delete event" {
                    doc.delete(&events, key.as_str()).expect("a deletion");
                } else {
                    doc.put(&events, key.as_str(), note("evil").to_text()).expect("a put");
                }
            }),
            "counter put" => self.by_automerge(id, actor, |doc| {
                doc.put(ROOT, "count.f_18_59", automerge::ScalarValue::counter(1_000)).expect("a put");
            }),
            "negative count" => write(actor, Edit::Increment { key: CountKey::F18To59, by: -1 }),
            _ => {
                let mut raw = write(actor, event("evil", chance))?;
                let i = usize::try_from(chance.below(raw.len() as u64)).ok()?;
                raw[i] ^= 0x40;
                Some(raw)
            }
        };
        Some((id, raw?))
    }

    /// Any change Automerge will write, whoever may do it.
    fn by_automerge(&self, id: DocumentId, actor: ActorId, edit: impl FnOnce(&mut AutoCommit)) -> Option<Vec<u8>> {
        let mut doc = AutoCommit::new();
        let all = std::iter::once(genesis(id.kind)).chain(&self.changes[&id]).map(|change| change.as_automerge().clone());
        doc.apply_changes(all).ok()?;
        doc.set_actor(actor.to_string().parse::<automerge::ActorId>().ok()?);
        let before = doc.get_heads();
        edit(&mut doc);
        doc.commit();
        doc.get_changes(&before).first().map(|change| change.raw_bytes().to_vec())
    }

    fn exchange(&mut self, now: UnixSeconds, chance: &mut Seeded, site: &mut Site, frames: Vec<ByteVec>) -> SyncResponse {
        let mut request = SyncRequest {
            settings: u32::MAX,
            scopes: list_tag(&self.scopes),
            cursors: Cursors(self.scopes.iter().map(|scope| self.cursors.get(scope).copied().unwrap_or(0)).collect()),
            tallies: u64::MAX,
            ref_nos_left: 300,
            down_budget: 1 << 20,
            down_frame: 1 << 18,
            ..SyncRequest::bringing(frames, "x", now, 1)
        };
        chance.fill(&mut request.nonce);
        self.key.sign_request(&mut request, &self.server_key);
        let body = encode(&request);
        let outgoing = Outgoing {
            server: String::new(),
            path: "/api/v1/sync",
            content_type: "",
            body,
            token: Some(self.token.clone()),
            pins: Vec::new(),
        };
        let answer = site.call(now, &outgoing).expect("it is answered like anyone");
        let response: SyncResponse = decode(&answer).expect("an answer");
        if let Some(scopes) = &response.scopes {
            self.scopes.clone_from(scopes);
        }
        response.frames.iter().for_each(|frame| self.take(frame));
        response
    }

    fn take(&mut self, frame: &[u8]) {
        let parsed = down::parse(frame, &self.server_key).expect("a frame of the server's");
        let known = self.known(&parsed.wanted());
        for section in parsed.rebuild(&known).expect("a whole frame") {
            for item in section.items {
                match item {
                    DownItem::Change { document, change, .. } | DownItem::ServerChange { document, change, .. } => {
                        let change = Change::from_raw(&change).expect("a change the server took");
                        let changes = self.changes.entry(document).or_default();
                        if changes.iter().all(|known| known.hash() != change.hash()) {
                            changes.push(change);
                        }
                    }
                    DownItem::Enter(_) | DownItem::Leave(_) | DownItem::Purge { .. } => {}
                }
            }
            self.cursors.insert(section.scope, section.to);
        }
    }

    fn known(&self, wanted: &Wanted) -> KnownDeps {
        let find = |(document, prefix): &(DocumentId, [u8; 8])| {
            let hash = self.changes.get(document)?.iter().map(Change::hash).find(|hash| hash.0.starts_with(prefix))?;
            Some(((*document, *prefix), hash))
        };
        wanted.iter().filter_map(find).collect()
    }
}

fn sign_in(key: &DeviceKey, now: UnixSeconds, site: &mut Site) -> SignInAnswer {
    let request = SignInRequest {
        login: "evil".into(),
        password: PASSWORD.into(),
        device_key: key.public(),
        app: "x".into(),
        code: None,
        new_password: None,
        enrolment: None,
    };
    let body = serde_json::to_vec(&request).expect("a sign-in is JSON");
    let outgoing =
        Outgoing { server: String::new(), path: "/api/v1/sign-in", content_type: "", body, token: None, pins: Vec::new() };
    let answer = site.call(now, &outgoing).expect("it has an account");
    serde_json::from_slice(&answer).expect("an answer")
}
