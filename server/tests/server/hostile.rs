//! Poison, replays and forged calls: nothing of them counts, and nothing honest is held up by them.

use crate::{
    harness::{Deployment, user},
    raw_phone::RawPhone,
};
use server::work::{audit::Finding, error::WorkError};
use shared::{
    document::content::Edit,
    model::{
        dates::UnixSeconds,
        event::{Event, Step},
        ids::EventId,
        role::Role,
    },
    sync::{
        sign_in::CallRefusal,
        verdict::{FrameVerdicts, Verdict},
    },
};

fn standing(at: &Deployment) -> (u64, u64, Vec<(i64, u64)>) {
    at.server
        .storage()
        .read::<_, server::storage::StorageError>(|tx| {
            let scopes = tx.scopes()?.into_iter().map(|scope| (scope.number, scope.seq)).collect();
            Ok((tx.count_changes()?, tx.count_quarantined()?, scopes))
        })
        .unwrap()
}

#[test]
fn the_same_batch_a_hundred_times_has_the_effect_of_one_and_the_same_receipts() {
    let mut at = Deployment::new(false);
    let mut phone = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let items = phone.complaint(&mut at);
    let bytes = phone.request(&mut at, vec![crate::raw_phone::frame(&items)]);
    let first = phone.send(&mut at, &bytes).pushed;
    let FrameVerdicts::Read(verdicts) = &first[0] else { panic!() };
    assert!(verdicts.iter().all(|verdict| matches!(verdict, Verdict::Accepted(_))), "{verdicts:?}");
    let before = standing(&at);
    for round in 1..100 {
        at.now = at.now.plus(round);
        let again = phone.send(&mut at, &bytes).pushed;
        let FrameVerdicts::Read(again) = &again[0] else { panic!() };
        for (one, other) in verdicts.iter().zip(again) {
            let (Verdict::Accepted(one), Verdict::Duplicate(other)) = (one, other) else { panic!("{other:?}") };
            assert_eq!(one, other);
        }
    }
    assert_eq!(standing(&at), before);
}

#[test]
fn a_poison_item_in_the_middle_is_kept_aside_and_holds_nobody_up() {
    let mut at = Deployment::new(false);
    let mut phone = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let (mut first, mut poisoned, mut last) = (phone.complaint(&mut at), phone.complaint(&mut at), phone.complaint(&mut at));
    let (document, honest) = poisoned[0].clone();
    // A receiver forges an officer's step on their own case, on top of an honest beginning.
    let forged =
        Event { by: user(Role::Ao), at: UnixSeconds(0), after: Vec::new(), set: 1, step: Step::Voided { reason: "x".into() } };
    let edit = Edit::Event { id: EventId([3; 8]), text: forged.to_text() };
    poisoned.push((document, phone.write(document, &[&honest], &[edit])));
    let mut garbage = honest.clone();
    let middle = garbage.len() / 2;
    garbage[middle] ^= 0x55;
    let items: Vec<_> = first.drain(..).chain(poisoned.drain(..)).chain(last.drain(..)).collect();
    let verdicts = phone.push(&mut at, &items);
    let refused: Vec<usize> =
        verdicts.iter().enumerate().filter(|(_, verdict)| !matches!(verdict, Verdict::Accepted(_))).map(|(i, _)| i).collect();
    assert_eq!(refused, [4], "{verdicts:?}");
    let (_, quarantined, _) = standing(&at);
    assert_eq!(quarantined, 1);
    // A damaged change is refused alone as well, even as its record's first.
    let mut next = phone.complaint(&mut at);
    let damaged = (next[0].0, garbage);
    let verdicts = phone.push(&mut at, &[damaged.clone(), next.remove(0)]);
    assert!(matches!(&verdicts[0], Verdict::Refused { .. }) && matches!(&verdicts[1], Verdict::Accepted(_)), "{verdicts:?}");
    // Asked again, the answer is the same.
    let again = phone.push(&mut at, &[damaged]);
    assert!(matches!(&again[0], Verdict::Refused { .. }));
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
}

#[test]
fn a_call_signed_by_another_key_or_for_another_server_is_refused_whole() {
    let mut at = Deployment::new(false);
    let mut phone = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let thief = RawPhone::sign_in(&mut at, Role::Ao, 10);
    let items = phone.complaint(&mut at);
    let bytes = phone.request(&mut at, vec![crate::raw_phone::frame(&items)]);
    let before = standing(&at);
    let refused = |result: Result<Vec<u8>, WorkError>| match result {
        Err(error) => error.told().code,
        Ok(_) => panic!("let in"),
    };
    let session = thief.session(&at);
    assert_eq!(refused(at.server.sync(at.now, &mut at.chance, &session, &bytes)), CallRefusal::BadSignature);
    phone.server_key.0[0] ^= 1;
    let elsewhere = phone.request(&mut at, vec![crate::raw_phone::frame(&items)]);
    let session = phone.session(&at);
    assert_eq!(refused(at.server.sync(at.now, &mut at.chance, &session, &elsewhere)), CallRefusal::BadSignature);
    assert_eq!(refused(at.server.sync(at.now, &mut at.chance, &session, b"\xa0")), CallRefusal::Malformed);
    assert_eq!(standing(&at), before);
}

#[test]
fn what_a_revoked_device_still_has_is_kept_in_quarantine_and_counts_for_nothing() {
    let mut at = Deployment::new(false);
    let mut phone = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let items = phone.complaint(&mut at);
    at.server.close_account(at.now, "receiver").unwrap();
    let bytes = phone.request(&mut at, vec![crate::raw_phone::frame(&items)]);
    let response = phone.send(&mut at, &bytes);
    assert!(response.revoked);
    let FrameVerdicts::Read(verdicts) = &response.pushed[0] else { panic!() };
    assert!(verdicts.iter().all(|verdict| *verdict == Verdict::Quarantined));
    let (changes, quarantined, _) = standing(&at);
    assert_eq!((changes, quarantined), (0, items.len() as u64));
}

#[test]
fn a_receipt_number_used_twice_is_reissued_for_the_second_case() {
    let mut at = Deployment::new(false);
    let mut phone = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let mut copy = RawPhone::sign_in(&mut at, Role::Receiver, 10);
    let first = phone.complaint(&mut at);
    // A cloned phone has the first one's numbers.
    std::mem::swap(&mut phone.ref_nos, &mut copy.ref_nos);
    let second = copy.complaint(&mut at);
    phone.push(&mut at, &first);
    copy.push(&mut at, &second);
    let rows = at
        .server
        .storage()
        .read::<_, server::storage::StorageError>(|tx| {
            Ok([first[0].0.record, second[0].0.record].map(|record| tx.case_row(record).unwrap().unwrap().0.ref_no))
        })
        .unwrap();
    assert_ne!(rows[0], rows[1]);
}

#[test]
fn a_flood_of_damaged_changes_fills_neither_the_quarantine_nor_the_audit_log_and_holds_nobody_up() {
    let mut at = Deployment::new(false);
    let mut phone = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let mut other = RawPhone::sign_in(&mut at, Role::Receiver, 10);
    let (document, honest) = phone.complaint(&mut at).remove(0);
    let (mut refused, mut not_kept) = (0, 0);
    for round in 0..11_u8 {
        let flood: Vec<_> = (0..500_usize)
            .map(|i| {
                let mut damaged = honest.clone();
                damaged[20 + i % 250] ^= 1 + 2 * round + u8::from(i >= 250) * 64;
                (document, damaged)
            })
            .collect();
        let verdicts = phone.push(&mut at, &flood);
        refused += verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Refused { .. })).count();
        not_kept += verdicts
            .iter()
            .filter(|verdict| matches!(verdict, Verdict::Refused { code, .. } if code == "quarantine_full"))
            .count();
        at.now = at.now.plus(60);
    }
    assert_eq!((refused, not_kept), (5_500, 500), "every one is answered, and what is not kept says so");
    assert_eq!(standing(&at).1, 5_000, "a device's share");
    let poison = other.complaint(&mut at).remove(0);
    let mut damaged = poison.1.clone();
    damaged[40] ^= 0x55;
    let verdicts = other.push(&mut at, &[(poison.0, damaged), poison]);
    assert!(matches!(verdicts.as_slice(), [Verdict::Refused { .. }, Verdict::Accepted(_)]), "{verdicts:?}");
    assert_eq!(standing(&at).1, 5_001, "another device has a share of its own");
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
}

#[test]
fn a_record_the_server_can_t_read_any_more_is_kept_aside_alone_and_the_rest_of_the_batch_is_taken() {
    let mut at = Deployment::new(false);
    let mut phone = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let damaged = phone.complaint(&mut at);
    phone.push(&mut at, &damaged[..1]);
    let conn = rusqlite::Connection::open(at.folder.0.join("sada.db")).unwrap();
    let sql = "update changes set raw = x'00' where document = ?1";
    assert!(conn.execute(sql, [damaged[0].0.to_bytes()]).unwrap() > 0);
    // The contact document comes late, between two honest cases.
    let (before, after) = (phone.complaint(&mut at), phone.complaint(&mut at));
    let items: Vec<_> = before.iter().chain(&damaged[1..]).chain(&after).cloned().collect();
    let verdicts = phone.push(&mut at, &items);
    let refused: Vec<usize> =
        verdicts.iter().enumerate().filter(|(_, verdict)| !matches!(verdict, Verdict::Accepted(_))).map(|(i, _)| i).collect();
    assert_eq!(refused, [before.len()], "{verdicts:?}");
    assert!(matches!(&verdicts[before.len()], Verdict::Refused { code, .. } if code == "server_fault"), "{verdicts:?}");
    assert_eq!(standing(&at).1, 1);
    // What was taken is on file, with an audit log that holds.
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
    let again = phone.push(&mut at, &before);
    assert!(again.iter().all(|verdict| matches!(verdict, Verdict::Duplicate(_))), "{again:?}");
}
