//! A batch: how many were recorded is what was saved, through restarts, and says nothing of what was sealed.

use crate::{
    device::{Device, complaint, facts_of, record},
    server::Server,
};
use mobile::protocol::{
    Answer, Request,
    batch::{Batch, BatchRequest},
};
use shared::{document::content::Facts, intent::Intent};

fn ask(device: &mut Device, request: BatchRequest) -> Option<Batch> {
    match device.ask(Request::Batch(request)) {
        Answer::Batch(batch) => batch.map(|batch| *batch),
        other => panic!("{other:?}"),
    }
}

fn set_up() -> Facts {
    let text = |key: &str, value: &str| (key.to_owned(), value.into());
    [
        text("place.adm3", "SY020400"),
        text("intake.channel", "desk"),
        text("reg.received_on", "2026-11-02"),
        text("contact.name", "x"),
    ]
    .into()
}

/// Records one person within the batch; answers what it then says.
fn person(device: &mut Device, seed: u64, change: impl FnOnce(&mut Facts)) -> Batch {
    ask(device, BatchRequest::Person(record(seed)));
    let mut facts = facts_of(complaint(seed, "متى التوزيع؟"));
    change(&mut facts);
    device.save(Intent::RecordComplaint { record: record(seed), facts });
    ask(device, BatchRequest::Show).unwrap()
}

#[test]
fn a_batch_counts_what_was_saved_once_and_survives_a_restart() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 21);
    assert_eq!(ask(&mut device, BatchRequest::Show), None);
    let begun = ask(&mut device, BatchRequest::SetUp(set_up())).unwrap();
    assert!(!begun.facts.contains_key("contact.name"), "nothing of anyone is kept in a batch");
    for seed in 1..=3 {
        person(&mut device, seed, |_| {});
    }
    // Sent twice by a nervous thumb, and one that is nobody's of this batch.
    device.save(complaint(3, "متى التوزيع؟"));
    device.save(complaint(9, "من المكتب"));
    let mut device = device.restart();
    device.unlock();
    let batch = ask(&mut device, BatchRequest::Show).unwrap();
    assert_eq!((batch.recorded, batch.counted, batch.last), (3, 0, Some(record(3))));
    let moved = ask(&mut device, BatchRequest::SetUp([("place.adm3".to_owned(), "SY020401".into())].into())).unwrap();
    assert_eq!((moved.recorded, moved.facts.len()), (3, 1), "the place changes, the count stays");
    assert_eq!(ask(&mut device, BatchRequest::End), None);
    assert_eq!(ask(&mut device, BatchRequest::Show), None);
}

#[test]
fn a_count_without_consent_stands_apart_and_what_is_sealed_leaves_none() {
    let mut device = Device::signed_in(&mut Server::new(), "u1", 22);
    ask(&mut device, BatchRequest::SetUp(set_up()));
    person(&mut device, 1, |_| {});
    let tallied = person(&mut device, 2, |facts| {
        facts.retain(|key, _| ["intake.channel", "reg.received_on", "place.adm3", "reg.entry_type"].contains(&key.as_str()));
        facts.insert("consent.record".into(), "no".into());
    });
    assert_eq!((tallied.recorded, tallied.counted, tallied.last), (1, 1, None));
    for refused in [false, true] {
        let sealed = person(&mut device, 3 + u64::from(refused), |facts| {
            facts.insert("reg.may_be_sensitive".into(), true.into());
            if refused {
                facts.insert("consent.record".into(), "no".into());
            }
        });
        assert_eq!((sealed.recorded, sealed.counted, sealed.person, sealed.last), (1, 1, None, None));
    }
}
