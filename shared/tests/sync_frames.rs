//! Frames over random histories: what went in comes out byte by byte; what was changed on the way never does.
#![cfg(feature = "documents")]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use automerge::{ActorId, AutoCommit, ROOT, ScalarValue, transaction::Transactable};
use proptest::prelude::*;
use shared::{
    entropy::{Entropy, Seeded},
    model::{
        dates::UnixSeconds,
        ids::{ChangeHash, DeviceId, RecordId},
        order::{Order, Receipt},
        record::{Class, DocKind, DocumentId},
    },
    sync::{
        frames::{
            FrameError, KnownDeps, Wanted, Writing,
            down::{self, DownItem, Section},
            up::{self, UpItem},
        },
        scope::ScopeId,
        signing::ServerKey,
        slim::change_hash,
    },
};

/// Documents written by several devices that merged now and then: every change in an order that respects dependencies.
fn history(seed: u64) -> Vec<(DocumentId, Vec<u8>)> {
    let mut chance = Seeded::new(seed);
    let mut out = Vec::new();
    for _ in 0..=chance.below(4) {
        let kind = DocKind::ALL[usize::try_from(chance.below(4)).unwrap()];
        let document = DocumentId { record: RecordId::random(&mut chance), kind, generation: 0 };
        let mut peers: Vec<AutoCommit> = (0..3)
            .map(|_| {
                let mut actor = [0; 12];
                chance.fill(&mut actor);
                AutoCommit::new().with_actor(ActorId::from(actor.as_slice()))
            })
            .collect();
        for _ in 0..=chance.below(12) {
            let i = usize::try_from(chance.below(3)).unwrap();
            let key = format!("k{}", chance.below(5));
            match chance.below(5) {
                0 => {
                    let mut other = peers[(i + 1) % 3].fork();
                    peers[i].merge(&mut other).unwrap();
                }
                1 => peers[i].delete(ROOT, key.as_str()).unwrap(),
                2 => peers[i].put(ROOT, key.as_str(), ScalarValue::counter(3)).unwrap(),
                _ => peers[i].put(ROOT, key.as_str(), format!("نص {}", chance.below(1 << 40))).unwrap(),
            }
            let time = i64::try_from(chance.below(1 << 33)).unwrap() - (1 << 32);
            peers[i].commit_with(automerge::transaction::CommitOptions::default().with_time(time));
        }
        let (first, others) = peers.split_first_mut().unwrap();
        for other in others {
            first.merge(other).unwrap();
        }
        out.extend(first.get_changes(&[]).iter().map(|change| (document, change.raw_bytes().to_vec())));
    }
    out
}

fn known(changes: &[(DocumentId, Vec<u8>)], wanted: &Wanted) -> KnownDeps {
    let hashes = changes.iter().map(|(document, raw)| (*document, change_hash(raw)));
    hashes
        .map(|(document, hash)| ((document, hash.0[..8].try_into().unwrap()), hash))
        .filter(|(key, _)| wanted.contains(key))
        .collect()
}

fn items(changes: &[(DocumentId, Vec<u8>)]) -> Vec<UpItem<'_>> {
    changes.iter().map(|(document, change)| UpItem { document: *document, change, receipt: None }).collect()
}

fn read(frame: &[u8], all: &[(DocumentId, Vec<u8>)]) -> Result<Vec<(DocumentId, Vec<u8>)>, FrameError> {
    let parsed = up::parse(frame)?;
    let known = known(all, &parsed.wanted());
    Ok(parsed.rebuild(&known)?.into_iter().map(|pushed| (pushed.framed.document, pushed.framed.change)).collect())
}

fn receipt(raw: &[u8], chance: &mut Seeded) -> Receipt {
    let mut mac = [0; 16];
    chance.fill(&mut mac);
    Receipt {
        change: change_hash(raw),
        order: Order { epoch: 1, n: u32::try_from(chance.below(1 << 20)).unwrap() },
        at: UnixSeconds(1_790_000_000 + i64::try_from(chance.below(1 << 20)).unwrap()),
        device: DeviceId([u8::try_from(chance.below(3)).unwrap(); 10]),
        user: "u7".into(),
        mac,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn up_frames_of_any_cut_come_back_byte_by_byte(seed: u64, cut in 0_usize..60, full_deps: bool) {
        let all = history(seed);
        let cut = cut.min(all.len());
        for part in [&all[..cut], &all[cut..]] {
            let frame = up::write(&items(part), Writing { level: 3, full_deps }).unwrap();
            prop_assert_eq!(read(&frame, &all).unwrap(), part);
            if full_deps {
                prop_assert!(up::parse(&frame).unwrap().wanted().is_empty());
            }
        }
    }

    #[test]
    fn what_is_no_change_at_all_travels_whole(seed: u64, garbage in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..10) {
        let mut all = history(seed);
        let document = all.first().map_or(DocumentId::first(RecordId([1; 16]), DocKind::Case), |(document, _)| *document);
        all.insert(at.min(all.len()), (document, garbage));
        let frame = up::write(&items(&all), Writing::default()).unwrap();
        prop_assert_eq!(read(&frame, &all).unwrap(), all);
    }

    #[test]
    fn a_receipt_handed_back_comes_along(seed: u64) {
        let all = history(seed);
        let mut chance = Seeded::new(seed);
        let receipts: Vec<Option<Receipt>> =
            all.iter().map(|(_, raw)| (chance.below(2) == 0).then(|| receipt(raw, &mut chance))).collect();
        let items: Vec<UpItem<'_>> = all
            .iter()
            .zip(&receipts)
            .map(|((document, change), receipt)| UpItem { document: *document, change, receipt: receipt.as_ref() })
            .collect();
        let parsed = up::parse(&up::write(&items, Writing::default()).unwrap()).unwrap();
        let known = known(&all, &parsed.wanted());
        let back: Vec<Option<Receipt>> = parsed.rebuild(&known).unwrap().into_iter().map(|pushed| pushed.receipt).collect();
        prop_assert_eq!(back, receipts);
    }

    #[test]
    fn down_frames_come_back_and_only_from_their_signer(seed: u64) {
        let all = history(seed);
        let mut chance = Seeded::new(seed);
        let mut sections = vec![
            Section { scope: ScopeId::Personal("u7".into()), from: 5, to: 9, items: Vec::new() },
            Section {
                scope: ScopeId::Area { adm3: "SY020400".into(), project: Some("P01".into()), class: Class::Case },
                from: 1 << 40,
                to: 1 << 40,
                items: Vec::new(),
            },
        ];
        for (document, change) in &all {
            let receipt = receipt(change, &mut chance);
            let (document, change) = (*document, change.clone());
            let section = usize::try_from(chance.below(2)).unwrap();
            sections[section].items.push(match chance.below(6) {
                0 => DownItem::Enter(document),
                1 => DownItem::Leave(document),
                2 => DownItem::Purge { document, at: receipt.at, why: "closed".into() },
                3 => DownItem::ServerChange { document, change, mac: receipt.mac },
                _ => DownItem::Change { document, change, receipt },
            });
        }
        let key = ServerKey::from_secret(&[7; 32]);
        let frame = down::write(&sections, Writing::default(), &key).unwrap();
        let parsed = down::parse(&frame, &key.public()).unwrap();
        let known = known(&all, &parsed.wanted());
        prop_assert_eq!(parsed.rebuild(&known).unwrap(), sections);
        let stranger = ServerKey::from_secret(&[8; 32]).public();
        prop_assert!(matches!(down::parse(&frame, &stranger), Err(FrameError::Signature)));
        let mut broken = frame.clone();
        let i = usize::try_from(chance.below(frame.len() as u64)).unwrap();
        broken[i] ^= 1 << chance.below(8);
        prop_assert!(down::parse(&broken, &key.public()).is_err());
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(up::parse(&bytes).is_err());
        prop_assert!(down::parse(&bytes, &ServerKey::from_secret(&[7; 32]).public()).is_err());
    }

    /// Past the compression, where random bytes would hardly ever come: bytes of a true body are changed, then packed again.
    #[test]
    fn a_changed_body_gives_an_error_or_the_very_same_changes(seed: u64, hits in proptest::collection::vec((any::<u32>(), any::<u8>()), 1..4)) {
        let all = history(seed);
        let frame = up::write(&items(&all), Writing::default()).unwrap();
        let mut body = up::body(&frame).unwrap();
        let mut signed_body = body.clone();
        for (at, with) in hits {
            let i = usize::try_from(at).unwrap() % body.len();
            body[i] = with;
            signed_body[i] = with;
        }
        let forged = [&frame[..2], &zstd::bulk::compress(&body, 1).unwrap()].concat();
        if let Ok(back) = read(&forged, &all) {
            let hashes = |changes: &[(DocumentId, Vec<u8>)]| changes.iter().map(|(_, raw)| change_hash(raw)).collect::<Vec<_>>();
            prop_assert_eq!(hashes(&back), hashes(&all));
        }
        let key = ServerKey::from_secret(&[7; 32]);
        let mut forged = [&[1, 2], zstd::bulk::compress(&signed_body, 1).unwrap().as_slice()].concat();
        let signature = key.sign_frame(&forged);
        forged.extend_from_slice(&signature);
        if let Ok(parsed) = down::parse(&forged, &key.public()) {
            let known = known(&all, &parsed.wanted());
            // Any outcome but a panic: the server that signed it is at fault, and the device sets it aside.
            prop_assert!(parsed.rebuild(&known).map_or(true, |sections| sections.len() < 1 << 20));
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_inflates() {
    let zeros = vec![0; 64 << 20];
    let bomb = [&[1, 1], zstd::bulk::compress(&zeros, 3).unwrap().as_slice()].concat();
    drop(zeros);
    assert!(bomb.len() < 10 << 10);
    assert!(matches!(up::parse(&bomb), Err(FrameError::Packing(_))));
    // A block that hides its size is refused as well.
    let mut stream = zstd::stream::Encoder::new(vec![1, 1], 3).unwrap();
    for _ in 0..100 {
        std::io::Write::write_all(&mut stream, &[0; 1 << 10]).unwrap();
        std::io::Write::flush(&mut stream).unwrap();
    }
    let hidden = stream.finish().unwrap();
    assert!(matches!(up::parse(&hidden), Err(FrameError::Packing(_))));
}

#[test]
fn references_can_not_blow_a_small_frame_up() {
    // One actor of 64 bytes, named half a million times by one byte each.
    let mut body = vec![1];
    let mut tables = vec![1];
    tables.extend([9; 16]);
    tables.extend([1, 0, 0, 0, 1, 64]);
    tables.extend([9; 64]);
    let put = |body: &mut Vec<u8>, column: &[u8]| {
        shared::sync::varint::put(body, column.len() as u64);
        body.extend_from_slice(column);
    };
    let mut shape = Vec::new();
    shared::sync::varint::put(&mut shape, 500_000);
    for column in [tables.as_slice(), &[0], &shape, &[0], &[], &vec![0; 500_000], &[1, 1, 0], &[0], &[0], &[], &[]] {
        put(&mut body, column);
    }
    body.extend([0; 33]);
    let frame = [&[1, 1], zstd::bulk::compress(&body, 3).unwrap().as_slice()].concat();
    assert!(matches!(up::parse(&frame), Err(FrameError::TooLarge)));
}

#[test]
fn a_dependency_unknown_here_is_said_so_and_full_ones_help() {
    let mut doc = AutoCommit::new();
    doc.put(ROOT, "a", 1).unwrap();
    doc.commit();
    doc.put(ROOT, "a", 2).unwrap();
    let document = DocumentId::first(RecordId([1; 16]), DocKind::Case);
    let raw = doc.get_changes(&[])[1].raw_bytes().to_vec();
    let items = [UpItem { document, change: &raw, receipt: None }];
    let parsed = up::parse(&up::write(&items, Writing::default()).unwrap()).unwrap();
    assert_eq!(parsed.wanted().len(), 1);
    assert!(matches!(parsed.rebuild(&KnownDeps::new()), Err(FrameError::Unresolved)));
    let parsed = up::parse(&up::write(&items, Writing { full_deps: true, ..Writing::default() }).unwrap()).unwrap();
    assert_eq!(parsed.rebuild(&KnownDeps::new()).unwrap()[0].framed.change, raw);
    // A wrong answer to the look-up is noticed.
    let parsed = up::parse(&up::write(&items, Writing::default()).unwrap()).unwrap();
    let wrong = parsed.wanted().into_iter().map(|key| (key, ChangeHash([3; 32]))).collect();
    assert!(matches!(parsed.rebuild(&wrong), Err(FrameError::Check)));
}
