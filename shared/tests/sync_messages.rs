//! The two messages of a sync: what old files say stays readable, new keys are skipped, nothing makes a reader panic,
//! and a device that has nothing to say says it in 400 bytes.
#![cfg(feature = "documents")]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use minicbor::bytes::ByteVec;
use proptest::prelude::*;
use shared::{
    entropy::{Entropy, Seeded},
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, DeviceId, RecordId},
        order::{Order, Receipt},
        record::{Class, DocKind, DocumentId},
        row::OwnRow,
    },
    sync::{
        PROTOCOL,
        frames::{
            KnownDeps, Writing,
            down::{self, DownItem, Section},
            up::{self, UpItem},
        },
        messages::{
            Cursors, Held, LeasedRefNo, MessageError, PackedTallies, RefNoLease, RepairAnswer, RepairRequest, SignedSettings,
            SyncRequest, SyncResponse, Tag, decode, encode, own_rows_tag,
        },
        scope::{ScopeId, list_tag},
        set_hash::SetHash,
        signing::{DeviceKey, ServerKey, open_settings},
        verdict::{FrameVerdicts, ParkReason, ShortReceipt, Verdict},
    },
};
use std::{fs, path::PathBuf};

const NOW: UnixSeconds = UnixSeconds(1_793_752_981);

fn document(n: u8, kind: DocKind) -> DocumentId {
    DocumentId { record: RecordId([n; 16]), kind, generation: 1 }
}

fn receipt() -> Receipt {
    let (device, user) = (DeviceId([5; 10]), "u9".into());
    Receipt { change: ChangeHash([4; 32]), order: Order { epoch: 2, n: 300 }, at: NOW, device, user, mac: [6; 16] }
}

/// A request of a device with `scopes` scopes and nothing to say.
fn idle(scopes: u64) -> SyncRequest {
    let mut request = SyncRequest {
        protocol: PROTOCOL,
        app: "0.1.0".into(),
        nonce: [1; 16],
        device_time: NOW,
        epoch: 3,
        settings: 214,
        scopes: Tag([2; 8]),
        cursors: Cursors((0..scopes).map(|i| 150 + 17 * i).collect()),
        digest: SetHash([3; 16]),
        own_rows: Tag([4; 8]),
        tallies: 90_000,
        ref_nos_left: 300,
        down_budget: 512 << 10,
        down_frame: 256 << 10,
        full_deps: false,
        frames: vec![],
        repair: None,
        signature: [0; 64],
        waiting: 0,
        listed: None,
        opened: Vec::new(),
        road: 0,
    };
    DeviceKey::from_secret(&[7; 32]).sign_request(&mut request, &ServerKey::from_secret(&[8; 32]).public());
    request
}

fn quiet() -> SyncResponse {
    SyncResponse {
        server_time: NOW,
        epoch: 3,
        pushed: vec![],
        scopes: None,
        frames: vec![],
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

fn busy_request() -> SyncRequest {
    let held = vec![Held { scope: 3, document: document(1, DocKind::Case), digest: SetHash([9; 16]) }];
    let mut request = SyncRequest {
        full_deps: true,
        frames: vec![ByteVec::from(vec![1, 2, 3]), ByteVec::from(vec![])],
        repair: Some(RepairRequest::Holding { buckets: vec![1, 255], held }),
        ..idle(3)
    };
    DeviceKey::from_secret(&[7; 32]).sign_request(&mut request, &ServerKey::from_secret(&[8; 32]).public());
    request
}

fn busy_response() -> SyncResponse {
    let own = ShortReceipt::new(&receipt(), DeviceId([5; 10]), &"u9".into());
    let foreign = ShortReceipt::new(&receipt(), DeviceId([1; 10]), &"u9".into());
    let verdicts = vec![
        Verdict::Accepted(own),
        Verdict::Duplicate(foreign),
        Verdict::Parked(ParkReason::MissingDep),
        Verdict::Parked(ParkReason::Upgrade),
        Verdict::Refused { code: "path".into(), path: "intake.words".into() },
        Verdict::Moved,
        Verdict::Quarantined,
    ];
    SyncResponse {
        pushed: vec![FrameVerdicts::Read(verdicts), FrameVerdicts::Unresolved, FrameVerdicts::Malformed],
        scopes: Some(vec![
            ScopeId::Personal("u9".into()),
            ScopeId::Area { adm3: "SY020400".into(), project: None, class: Class::Contact },
            ScopeId::Area { adm3: "SY020400".into(), project: Some("P01".into()), class: Class::Session },
        ]),
        frames: vec![ByteVec::from(vec![1, 2])],
        more: true,
        settings: Some(SignedSettings { version: 215, packed: vec![1, 2, 3], signature: [7; 64] }),
        ref_nos: Some(RefNoLease(vec![
            LeasedRefNo { number: 12_345_678, pin: 42 },
            LeasedRefNo { number: 99_999_999, pin: 9_999 },
        ])),
        tallies: Some(PackedTallies { version: 90_001, as_of: NOW, packed: vec![4, 5] }),
        own_rows: Some(vec![OwnRow { ref_no: "123456784".into(), received_on: "2026-11-01".into(), state: "answered".into() }]),
        digest: Some(SetHash([1; 16])),
        repair: Some(RepairAnswer::Wanted(vec![document(2, DocKind::Contact)])),
        revoked: true,
        upgrade: true,
        ..quiet()
    }
}

/// The fixture's bytes; with `SADA_BLESS=1`, a fixture that does not exist yet is written from `made`. None is ever overwritten:
/// what a released version wrote must stay readable.
fn fixture(name: &str, made: &[u8]) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/wire").join(name);
    if std::env::var_os("SADA_BLESS").is_some() && !path.exists() {
        fs::write(&path, made).unwrap();
    }
    fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}; SADA_BLESS=1 writes it"))
}

#[test]
fn messages_read_and_written_as_on_file() {
    let requests = [("request_idle.cbor", idle(12)), ("request_busy.cbor", busy_request())];
    for (name, request) in requests {
        let bytes = fixture(name, &encode(&request));
        assert_eq!(decode::<SyncRequest>(&bytes).unwrap(), request, "{name}");
        assert_eq!(encode(&request), bytes, "{name}");
    }
    let far = SyncResponse { left: 19_000, ..busy_response() };
    let responses = [("response_quiet.cbor", quiet()), ("response_busy.cbor", busy_response()), ("response_far.cbor", far)];
    for (name, response) in responses {
        let bytes = fixture(name, &encode(&response));
        assert_eq!(decode::<SyncResponse>(&bytes).unwrap(), response, "{name}");
        assert_eq!(encode(&response), bytes, "{name}");
    }
}

#[test]
fn frames_on_file_stay_readable() {
    let raw = shared::document::genesis::genesis(DocKind::Session).raw().to_vec();
    let items = [
        UpItem { document: document(1, DocKind::Case), change: b"no chunk", receipt: None },
        UpItem { document: document(1, DocKind::Session), change: &raw, receipt: Some(&receipt()) },
    ];
    let bytes = fixture("frame_up.bin", &up::write(&items, Writing::default()).unwrap());
    let pushed = up::parse(&bytes).unwrap().rebuild(&KnownDeps::new()).unwrap();
    let back: Vec<UpItem<'_>> = pushed
        .iter()
        .map(|pushed| UpItem {
            document: pushed.framed.document,
            change: &pushed.framed.change,
            receipt: pushed.receipt.as_ref(),
        })
        .collect();
    assert_eq!(back, items);

    let key = ServerKey::from_secret(&[8; 32]);
    let session = document(1, DocKind::Session);
    let change = ChangeHash(shared::sync::slim::change_hash(&raw).0);
    let sections = vec![Section {
        scope: ScopeId::Area { adm3: "SY020400".into(), project: Some("P01".into()), class: Class::Session },
        from: 7,
        to: 1_000,
        items: vec![
            DownItem::Enter(session),
            DownItem::Change { document: session, change: raw.clone(), receipt: Receipt { change, ..receipt() } },
            DownItem::ServerChange { document: session, change: raw, mac: [9; 16] },
            DownItem::Leave(document(3, DocKind::Case)),
            DownItem::Purge { document: document(3, DocKind::Contact), at: NOW, why: "closed".into() },
        ],
    }];
    let bytes = fixture("frame_down.bin", &down::write(&sections, Writing::default(), &key).unwrap());
    assert_eq!(down::parse(&bytes, &key.public()).unwrap().rebuild(&KnownDeps::new()).unwrap(), sections);
}

#[test]
fn keys_from_a_later_version_are_skipped() {
    let mut bytes = encode(&quiet());
    assert_eq!(bytes[0] >> 5, 5, "a map");
    bytes[0] += 2;
    minicbor::Encoder::new(&mut bytes).u32(90).unwrap().array(2).unwrap().str("new").unwrap().null().unwrap();
    minicbor::Encoder::new(&mut bytes).u32(91).unwrap().bool(true).unwrap();
    assert_eq!(decode::<SyncResponse>(&bytes).unwrap(), quiet());
    bytes.push(0);
    assert!(matches!(decode::<SyncResponse>(&bytes), Err(MessageError::Trailing)));
}

#[test]
fn a_batch_holds_for_one_device_one_server_and_just_these_frames() {
    let (device, server) = (DeviceKey::from_secret(&[7; 32]).public(), ServerKey::from_secret(&[8; 32]).public());
    let request = busy_request();
    assert!(device.signed_request(&request, &server));
    assert!(!device.signed_request(&request, &ServerKey::from_secret(&[9; 32]).public()));
    assert!(!DeviceKey::from_secret(&[6; 32]).public().signed_request(&request, &server));
    let other_nonce = SyncRequest { nonce: [2; 16], ..request.clone() };
    // The same bytes, cut elsewhere.
    let other_cut = SyncRequest { frames: vec![ByteVec::from(vec![1, 2]), ByteVec::from(vec![3])], ..request.clone() };
    let fewer = SyncRequest { frames: vec![ByteVec::from(vec![1, 2, 3])], ..request };
    for changed in [other_nonce, other_cut, fewer] {
        assert!(!device.signed_request(&changed, &server));
    }
}

#[test]
fn settings_hold_only_as_the_server_signed_them() {
    let json = serde_json::json!({
        "version": 215, "organisation": {"en": "Org", "ar": "منظمة"}, "mechanism": {"en": "CRM", "ar": "آلية"}, "utc_offset_min": 180,
        "limits": {}, "lists": {}, "categories": [], "projects": [], "people": [], "hotline": [], "places": [],
    });
    let settings: shared::settings::Settings = serde_json::from_value(json).unwrap();
    let key = ServerKey::from_secret(&[8; 32]);
    let signed = key.sign_settings(&settings).unwrap();
    assert_eq!(open_settings(&signed, &key.public()).unwrap(), settings);
    assert!(open_settings(&signed, &ServerKey::from_secret(&[9; 32]).public()).is_err());
    for i in 0..signed.packed.len() {
        let mut changed = signed.clone();
        changed.packed[i] ^= 1;
        assert!(open_settings(&changed, &key.public()).is_err());
    }
    assert!(open_settings(&SignedSettings { version: 216, ..signed }, &key.public()).is_err());
}

#[test]
fn a_device_that_has_nothing_to_say_says_it_in_400_bytes() {
    // 10,000 case documents in 60 scopes: an officer of 3 sub-districts, 4 projects or none, 4 classes.
    let request = encode(&idle(60));
    let response = encode(&quiet());
    println!("nothing changed, 60 scopes: {} B up, {} B down, 1 request", request.len(), response.len());
    assert!(request.len() + response.len() <= 400);
}

#[test]
fn lists_are_told_apart_by_their_tags() {
    let row = |state: &str| OwnRow { ref_no: "123456784".into(), received_on: "2026-11-01".into(), state: state.into() };
    assert_ne!(own_rows_tag(&[row("received")]), own_rows_tag(&[row("answered")]));
    assert_eq!(own_rows_tag(&[]), Tag::default());
    assert_eq!(list_tag(&[]), Tag::default());
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(decode::<SyncRequest>(&bytes).is_err());
        prop_assert!(decode::<SyncResponse>(&bytes).is_err());
    }

    #[test]
    fn a_changed_message_is_refused_or_read_without_a_panic(seed: u64) {
        let mut chance = Seeded::new(seed);
        for original in [encode(&busy_request()), encode(&busy_response())] {
            let mut bytes = original;
            for _ in 0..=chance.below(3) {
                let i = usize::try_from(chance.below(bytes.len() as u64)).unwrap();
                let mut with = [0];
                chance.fill(&mut with);
                match chance.below(3) {
                    0 => bytes[i] = with[0],
                    1 => bytes.truncate(i.max(1)),
                    _ => bytes.insert(i, with[0]),
                }
            }
            // What is read can be written again.
            if let Ok(request) = decode::<SyncRequest>(&bytes) {
                prop_assert_eq!(decode::<SyncRequest>(&encode(&request)).unwrap(), request);
            }
            if let Ok(response) = decode::<SyncResponse>(&bytes) {
                prop_assert_eq!(decode::<SyncResponse>(&encode(&response)).unwrap(), response);
            }
        }
    }
}

/// A CBOR array can say that it has 2^60 entries: reading it must not set memory aside for them.
#[test]
fn a_declared_length_is_not_believed() {
    let mut bytes = vec![0xa1, 0x02, 0x9b];
    bytes.extend((1_u64 << 60).to_be_bytes());
    assert!(decode::<SyncResponse>(&bytes).is_err());
}
