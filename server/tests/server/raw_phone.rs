//! A device that builds its own changes and frames: what an attacker, or a phone with a fault, can send.

use crate::harness::{Deployment, PASSWORD, user};
use minicbor::bytes::ByteVec;
use server::work::session::Session;
use shared::{
    document::{actor::ActorId, change::Change, content::Edit, fold::Document},
    entropy::Entropy,
    intent::{Context, Intent, prepare},
    model::{dates::UnixSeconds, ids::RecordId, record::DocumentId, role::Role},
    policy,
    sync::{
        frames::{
            Writing,
            up::{self, UpItem},
        },
        messages::{SyncRequest, SyncResponse, decode, encode},
        sign_in::SignInRequest,
        signing::{DeviceKey, PublicKey},
        verdict::{FrameVerdicts, Verdict},
    },
};

pub struct RawPhone {
    pub role: Role,
    pub key: DeviceKey,
    pub token: String,
    pub server_key: PublicKey,
    pub ref_nos: Vec<String>,
}

impl RawPhone {
    pub fn sign_in(at: &mut Deployment, role: Role, secret: u8) -> Self {
        let key = DeviceKey::from_secret(&[secret; 32]);
        let request = SignInRequest {
            login: role.id().into(),
            password: PASSWORD.into(),
            device_key: key.public(),
            app: "raw".into(),
            code: None,
            new_password: None,
            enrolment: None,
        };
        let answer = at.server.sign_in(at.now, &mut at.chance, &request).unwrap();
        let ref_nos =
            answer.ref_nos.iter().map(|no| shared::receipt_no::ReceiptNo::with_check_digit(no.number).as_str().to_owned());
        Self { role, key, token: answer.token, server_key: answer.server_key, ref_nos: ref_nos.collect() }
    }

    pub fn actor(&self) -> ActorId {
        ActorId::device(self.key.public().device_id(), 0)
    }

    /// An honest new case: the first changes of its documents.
    pub fn complaint(&mut self, at: &mut Deployment) -> Vec<(DocumentId, Vec<u8>)> {
        let facts = crate::harness::complaint(at);
        let in_force = at.server.in_force();
        let actor = policy::actor(&in_force.settings, &user(self.role)).unwrap();
        let ref_no = self.ref_nos.pop().unwrap();
        let context =
            Context { actor: &actor, settings: &in_force.settings, now: at.now, ref_no: Some(&ref_no), known: None, seal: None };
        let record = RecordId::random(&mut at.chance);
        let prepared = prepare(&Intent::RecordComplaint { record, facts }, &context, &mut at.chance).unwrap();
        prepared.edits.iter().map(|(document, edits)| (*document, self.write(*document, &[], edits))).collect()
    }

    /// The change that makes `edits` on a document with these changes.
    pub fn write(&self, document: DocumentId, on: &[&[u8]], edits: &[Edit]) -> Vec<u8> {
        let changes: Vec<Change> = on.iter().map(|raw| Change::from_raw(raw).unwrap()).collect();
        let document = Document::load(document.kind, &changes);
        document.write(self.actor(), edits).unwrap().unwrap().raw().to_vec()
    }

    pub fn session(&self, at: &Deployment) -> Session {
        at.server.authenticate(at.now, &self.token).unwrap()
    }

    pub fn request(&self, at: &mut Deployment, frames: Vec<Vec<u8>>) -> Vec<u8> {
        let frames = frames.into_iter().map(ByteVec::from).collect();
        let request = SyncRequest {
            settings: 1,
            ref_nos_left: 300,
            down_budget: 1 << 20,
            down_frame: 64 << 10,
            full_deps: false,
            ..SyncRequest::bringing(frames, "raw", UnixSeconds(946_684_800), 1)
        };
        self.signed(at, request)
    }

    /// Any request, with this device's signature.
    pub fn signed(&self, at: &mut Deployment, mut request: SyncRequest) -> Vec<u8> {
        at.chance.fill(&mut request.nonce);
        self.key.sign_request(&mut request, &self.server_key);
        encode(&request)
    }

    pub fn push(&self, at: &mut Deployment, items: &[(DocumentId, Vec<u8>)]) -> Vec<Verdict> {
        let bytes = self.request(at, vec![frame(items)]);
        let response = self.send(at, &bytes);
        match response.pushed.into_iter().next() {
            Some(FrameVerdicts::Read(verdicts)) => verdicts,
            other => panic!("{other:?}"),
        }
    }

    pub fn send(&self, at: &mut Deployment, bytes: &[u8]) -> SyncResponse {
        let session = self.session(at);
        let answer = at.server.sync(at.now, &mut at.chance, &session, bytes).unwrap();
        decode(&answer).unwrap()
    }
}

pub fn frame(items: &[(DocumentId, Vec<u8>)]) -> Vec<u8> {
    let items: Vec<UpItem<'_>> =
        items.iter().map(|(document, change)| UpItem { document: *document, change, receipt: None }).collect();
    // In full: the server may have purged what a change builds on.
    up::write(&items, Writing { full_deps: true, ..Writing::default() }).unwrap()
}
