//! The server's side of a test, as far as a device sees it: it signs settings and frames, keeps what is pushed, and gives the
//! verdicts a test chooses. It decides nothing by itself; the real one joins in the simulated world.

use mobile::replica::link::Outgoing;
use shared::{
    document::change::Change,
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, UserId},
        order::{Order, Receipt},
        record::DocumentId,
        role::Role,
    },
    seal::SecretKey,
    settings::{Label, Person, Project, Settings},
    sync::{
        frames::{
            KnownDeps, Writing,
            down::{self, DownItem, Section},
            up::{self, Pushed},
        },
        messages::{LeasedRefNo, SyncRequest, SyncResponse, decode, encode},
        scope::{ScopeId, list_tag},
        sign_in::{SignInAnswer, SignInRequest},
        signing::ServerKey,
        verdict::{FrameVerdicts, ShortReceipt, Verdict},
    },
};
use std::collections::BTreeMap;

/// A server.
pub(crate) struct Server {
    pub(crate) key: ServerKey,
    pub(crate) settings: Settings,
    /// Everything accepted, in order.
    pub(crate) taken: Vec<(DocumentId, Change, Receipt)>,
    /// Hashes ever seen, refused ones too: short dependencies are looked up among them.
    seen: Vec<(DocumentId, ChangeHash)>,
    places: BTreeMap<DocumentId, u32>,
    pub(crate) cursor: u64,
    leased: u32,
}

/// What a test makes of a pushed change; none accepts it.
pub(crate) type Judge<'a> = &'a dyn Fn(&Pushed) -> Option<Verdict>;

/// Accepts everything.
pub(crate) fn accept(_: &Pushed) -> Option<Verdict> {
    None
}

impl Server {
    pub(crate) fn new() -> Self {
        let mut settings = shared::settings::default::default().unwrap();
        let people =
            [("u1", Role::Receiver), ("u2", Role::Ao), ("u3", Role::PmFocal), ("u4", Role::AmeMgr), ("u5", Role::PseaFp)];
        settings.people = people.into_iter().map(|(id, role)| person(id, role)).collect();
        settings.projects = vec![Project {
            code: "P01".into(),
            name: Label { en: "Food baskets".into(), ar: "سلال غذائية".into() },
            donor: String::new(),
            partner: String::new(),
            sector: "fsl".into(),
            starts_on: "2026-01-01".parse().unwrap(),
            ends_on: "2027-12-31".parse().unwrap(),
            targets: Vec::new(),
            favourites: Vec::new(),
            focal_points: [(String::new(), UserId::from("u3"))].into(),
            team: Vec::new(),
            says: Default::default(),
            retired: false,
        }]
        .into();
        Self {
            key: ServerKey::from_secret(&[7; 32]),
            settings,
            taken: Vec::new(),
            seen: Vec::new(),
            places: BTreeMap::new(),
            cursor: 0,
            leased: 10_000_000,
        }
    }

    /// Answers a sign-in as `user`.
    pub(crate) fn sign_in(&mut self, outgoing: &Outgoing, user: &str, now: UnixSeconds) -> Vec<u8> {
        let request: SignInRequest = serde_json::from_slice(&outgoing.body).unwrap();
        let first = self.leased;
        self.leased += 300;
        let answer = SignInAnswer {
            token: "token-1".into(),
            token_ends_at: now.plus(86_400),
            user: user.into(),
            device: request.device_key.device_id(),
            server_key: self.key.public(),
            server_time: now,
            epoch: 1,
            settings: self.key.sign_settings(&self.settings).unwrap(),
            ref_nos: (first..first + 300).map(|number| LeasedRefNo { number, pin: 1_234 }).collect(),
            unconfirmed: false,
            device_recovery: SecretKey::from_bytes(&[9; 32]).public(),
        };
        serde_json::to_vec(&answer).unwrap()
    }

    /// Reads a push, gives each change its verdict, and answers with nothing else.
    pub(crate) fn take(&mut self, outgoing: &Outgoing, user: &str, now: UnixSeconds, judge: Judge<'_>) -> SyncResponse {
        let request: SyncRequest = decode(&outgoing.body).unwrap();
        let mut response = blank(now);
        for frame in &request.frames {
            let verdicts = self.read(frame).into_iter().map(|pushed| self.verdict(pushed, user, now, judge)).collect();
            response.pushed.push(FrameVerdicts::Read(verdicts));
        }
        let personal = vec![ScopeId::Personal(user.into())];
        response.scopes = (list_tag(&personal) != request.scopes).then_some(personal);
        response
    }

    fn read(&mut self, frame: &[u8]) -> Vec<Pushed> {
        let parsed = up::parse(frame).unwrap();
        let find = |(document, prefix): &(DocumentId, [u8; 8])| {
            let of = self.seen.iter().find(|(id, hash)| id == document && hash.0.starts_with(prefix));
            of.map(|(_, hash)| ((*document, *prefix), *hash))
        };
        let known: KnownDeps = parsed.wanted().iter().filter_map(find).collect();
        let pushed = parsed.rebuild(&known).unwrap();
        self.seen.extend(pushed.iter().map(|pushed| (pushed.framed.document, pushed.framed.hash)));
        pushed
    }

    fn verdict(&mut self, pushed: Pushed, user: &str, now: UnixSeconds, judge: Judge<'_>) -> Verdict {
        let document = pushed.framed.document;
        if let Some(verdict) = judge(&pushed) {
            return verdict;
        }
        let change = Change::from_raw(&pushed.framed.change).unwrap();
        let device = change.actor().unwrap().as_device().unwrap().0;
        // Two documents can begin with equal changes: the document is part of the key.
        let known = self.taken.iter().find(|(id, taken, _)| *id == document && taken.hash() == change.hash());
        if let Some((_, _, receipt)) = known {
            return Verdict::Duplicate(ShortReceipt::new(receipt, device, &user.into()));
        }
        let order = self.next(document);
        let receipt = Receipt { change: change.hash(), order, at: now, device, user: user.into(), mac: [1; 16] };
        let short = ShortReceipt::new(&receipt, device, &user.into());
        self.taken.push((document, change, receipt));
        Verdict::Accepted(short)
    }

    /// The next place in a document's order.
    pub(crate) fn next(&mut self, document: DocumentId) -> Order {
        let n = self.places.entry(document).or_default();
        *n += 1;
        Order { epoch: 1, n: *n }
    }

    /// Adds a frame of the personal log of `user`.
    pub(crate) fn send(&mut self, response: &mut SyncResponse, user: &str, items: Vec<DownItem>) {
        let from = self.cursor;
        self.cursor += items.len() as u64;
        let section = Section { scope: ScopeId::Personal(user.into()), from, to: self.cursor, items };
        response.frames.push(down::write(&[section], Writing::default(), &self.key).unwrap().into());
    }

    /// Everything accepted of a document, as a log tells it: enter, then the changes.
    pub(crate) fn history(&self, document: DocumentId) -> Vec<DownItem> {
        let changes = self.taken.iter().filter(|(id, ..)| *id == document).map(|(document, change, receipt)| DownItem::Change {
            document: *document,
            change: change.raw().to_vec(),
            receipt: receipt.clone(),
        });
        std::iter::once(DownItem::Enter(document)).chain(changes).collect()
    }

    /// The documents of everything accepted.
    pub(crate) fn documents(&self) -> Vec<DocumentId> {
        let mut documents: Vec<_> = self.taken.iter().map(|(document, ..)| *document).collect();
        documents.sort();
        documents.dedup();
        documents
    }
}

fn person(id: &str, role: Role) -> Person {
    Person::new(id.into(), &format!("شخص {id}"), role)
}

/// An answer that says nothing.
pub(crate) fn blank(now: UnixSeconds) -> SyncResponse {
    SyncResponse {
        server_time: now,
        epoch: 1,
        pushed: Vec::new(),
        scopes: None,
        frames: Vec::new(),
        more: false,
        settings: None,
        ref_nos: None,
        tallies: None,
        own_rows: None,
        digest: None,
        repair: None,
        revoked: false,
        upgrade: false,
        left: 0,
        list: None,
        shut: None,
        reopened: 0,
    }
}

pub(crate) fn bytes(response: &SyncResponse) -> Vec<u8> {
    encode(response)
}
