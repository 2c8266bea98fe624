//! What a session does with every answer and every failure, by its effects alone.

use super::{Applied, Effect, Event, Failure, GATHER_S, LONGEST_WAIT_S, OutboxItem, Plan, RepairStep, Session, Stop};
use crate::{
    entropy::Seeded,
    model::{
        dates::UnixSeconds,
        ids::RecordId,
        order::Order,
        record::{DocKind, DocumentId},
    },
    sync::{
        messages::{RepairAnswer, SyncResponse},
        verdict::{FrameVerdicts, ParkReason, ShortReceipt, Verdict},
    },
};

const NOW: UnixSeconds = UnixSeconds(1_790_000_000);

fn item(item: i64, record: u8) -> OutboxItem {
    let document = DocumentId::first(RecordId([record; 16]), DocKind::Case);
    OutboxItem { item, document, size: 300, urgent: false, attempts: 0, not_before: UnixSeconds(0) }
}

fn receipt() -> ShortReceipt {
    ShortReceipt { order: Order { epoch: 1, n: 1 }, at: NOW, mac: [0; 16], by: None }
}

fn answer(pushed: Vec<FrameVerdicts>) -> SyncResponse {
    SyncResponse {
        server_time: NOW,
        epoch: 1,
        pushed,
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

/// A session with its outbox, and a server given as a closure over the items of one frame.
struct Device {
    session: Session,
    outbox: Vec<OutboxItem>,
    now: UnixSeconds,
    chance: Seeded,
    refused: Vec<i64>,
    sent: Vec<i64>,
    requests: usize,
}

impl Device {
    fn new(outbox: Vec<OutboxItem>) -> Self {
        let chance = Seeded::new(5);
        Self { session: Session::default(), outbox, now: NOW, chance, refused: vec![], sent: vec![], requests: 0 }
    }

    fn plan(&mut self) -> Option<Plan> {
        match self.session.handle(self.now, &mut self.chance, Event::Tick { outbox: &self.outbox }).pop() {
            Some(Effect::Send(plan)) => {
                self.requests += 1;
                Some(plan)
            }
            _ => None,
        }
    }

    /// One request and its answer; the last effect.
    fn round(&mut self, server: impl Fn(&[i64]) -> FrameVerdicts) -> Option<Effect> {
        let plan = self.plan()?;
        let response = answer(plan.frames.iter().map(|frame| server(&frame.items)).collect());
        for effect in self.session.handle(self.now, &mut self.chance, Event::Answered(&response)) {
            self.follow(effect);
        }
        let applied = Applied { outbox: &self.outbox, ..Applied::default() };
        self.session.handle(self.now, &mut self.chance, Event::Applied(applied)).pop()
    }

    fn follow(&mut self, effect: Effect) {
        match effect {
            Effect::Sent { item, .. } => {
                self.sent.push(item);
                self.outbox.retain(|waiting| waiting.item != item);
            }
            Effect::Refused { item, .. } => {
                self.refused.push(item);
                self.outbox.retain(|waiting| waiting.item != item);
            }
            Effect::Parked { item, attempts, not_before, .. } => {
                let waiting = self.outbox.iter_mut().find(|waiting| waiting.item == item).unwrap();
                (waiting.attempts, waiting.not_before) = (attempts, not_before);
            }
            other => panic!("{other:?}"),
        }
    }

    fn fail(&mut self, failure: Failure) -> Option<Effect> {
        self.session.handle(self.now, &mut self.chance, Event::Failed(failure)).pop()
    }
}

fn accept(items: &[i64]) -> FrameVerdicts {
    FrameVerdicts::Read(items.iter().map(|_| Verdict::Accepted(receipt())).collect())
}

#[test]
fn a_change_that_can_not_be_read_is_found_and_never_keeps_another_back() {
    let mut device = Device::new((0..500).map(|i| item(i, u8::try_from(i % 200).unwrap())).collect());
    while !device.outbox.is_empty() {
        device.round(|items| if items.contains(&333) { FrameVerdicts::Malformed } else { accept(items) }).unwrap();
        assert!(device.requests < 60, "{} still wait", device.outbox.len());
    }
    assert_eq!(device.refused, [333]);
    let mut sent = device.sent.clone();
    sent.sort_unstable();
    assert_eq!(sent, (0..500).filter(|&i| i != 333).collect::<Vec<_>>());
}

#[test]
fn a_request_rejected_whole_is_narrowed_down_the_same_way() {
    let mut device = Device::new((0..64).map(|i| item(i, u8::try_from(i).unwrap())).collect());
    while !device.outbox.is_empty() {
        let plan = device.plan().unwrap();
        if plan.frames[0].items.contains(&9) {
            for effect in device.session.handle(device.now, &mut device.chance, Event::Failed(Failure::Rejected)) {
                if !matches!(effect, Effect::Wait(_)) {
                    device.follow(effect);
                }
            }
        } else {
            let response = answer(plan.frames.iter().map(|frame| accept(&frame.items)).collect());
            for effect in device.session.handle(device.now, &mut device.chance, Event::Answered(&response)) {
                device.follow(effect);
            }
            let applied = Applied { outbox: &device.outbox, ..Applied::default() };
            device.session.handle(device.now, &mut device.chance, Event::Applied(applied));
        }
        device.now = device.session.next_attempt();
        assert!(device.requests < 40);
    }
    assert_eq!(device.refused, [9]);
    assert_eq!(device.sent.len(), 63);
}

#[test]
fn urgent_records_go_first_with_what_they_build_on() {
    let mut outbox: Vec<_> = (0..2_000).map(|i| item(i, u8::try_from(i % 100).unwrap())).collect();
    outbox[1_950].urgent = true;
    let mut device = Device::new(outbox);
    let plan = device.plan().unwrap();
    let first: Vec<i64> = (0..20).map(|i| 50 + 100 * i).collect();
    assert_eq!(plan.frames[0].items[..20], first);
    assert!(plan.frames[0].items.len() < 400, "the first frame is small");
}

#[test]
fn a_contact_never_goes_before_its_case_for_being_smaller() {
    let contact = DocumentId::first(RecordId([2; 16]), DocKind::Contact);
    // The first request has room for 64 KiB of changes: the second case does not fit any more, its contact would.
    let large = |n, record| OutboxItem { size: 40 << 10, ..item(n, record) };
    let mut device = Device::new(vec![large(1, 1), large(2, 2), OutboxItem { document: contact, ..item(3, 2) }, item(4, 3)]);
    assert_eq!(device.plan().unwrap().frames[0].items, [1, 4]);
}

#[test]
fn a_parked_change_waits_alone_with_its_document() {
    let mut device = Device::new(vec![item(1, 1), item(2, 1), item(3, 2)]);
    device.round(|items| {
        let verdict = |&i: &i64| if i < 3 { Verdict::Parked(ParkReason::MissingDep) } else { Verdict::Accepted(receipt()) };
        FrameVerdicts::Read(items.iter().map(verdict).collect())
    });
    assert_eq!(device.sent, [3]);
    assert!(device.outbox.iter().all(|item| item.attempts == 1 && item.not_before > NOW));
    // The second is due again, the first is not: order within the document holds.
    device.outbox[1].not_before = NOW;
    device.outbox.push(item(4, 3));
    device.now = device.session.next_attempt();
    device.outbox[0].not_before = device.now.plus(60);
    device.round(accept);
    assert_eq!(device.sent, [3, 4]);
    device.now = device.now.plus(900);
    device.round(accept);
    assert_eq!(device.sent, [3, 4, 1, 2]);
}

#[test]
fn frames_shrink_on_cuts_and_grow_on_success() {
    let mut device = Device::new((0..4_000).map(|i| item(i, u8::try_from(i % 250).unwrap())).collect());
    for _ in 0..5 {
        assert!(device.plan().is_some());
        device.fail(Failure::Cut);
        device.now = device.session.next_attempt();
    }
    let plan = device.plan().unwrap();
    assert_eq!((plan.down_frame, plan.frames[0].items.len()), (8 << 10, 109));
    device.fail(Failure::Offline);
    device.now = device.session.next_attempt();
    let mut sizes = Vec::new();
    while !device.outbox.is_empty() {
        let before = device.sent.len();
        device.round(accept);
        sizes.push(device.sent.len() - before);
    }
    assert!(sizes.is_sorted_by(|a, b| b >= a || *b == sizes[sizes.len() - 1]), "{sizes:?}");
    assert!(sizes.contains(&1_747), "{sizes:?}");
}

#[test]
fn failures_are_retried_for_ever_ever_more_slowly_and_not_in_step() {
    let mut device = Device::new(vec![item(1, 1)]);
    let mut waits = Vec::new();
    for _ in 0..300 {
        assert!(device.plan().is_some());
        assert!(device.plan().is_none(), "one at a time");
        device.fail(Failure::Offline);
        waits.push(device.session.next_attempt().0 - device.now.0);
        device.now = device.session.next_attempt();
    }
    assert!(waits[0] <= 3 && waits.iter().all(|wait| (1..=2_700).contains(wait)));
    let late: std::collections::BTreeSet<_> = waits[20..].iter().collect();
    assert!(late.len() > 50 && late.iter().all(|&&wait| wait >= 900));
    assert!(device.plan().is_some());
    device.fail(Failure::Busy { retry_after_s: 3_000 });
    assert!(device.session.next_attempt().0 - device.now.0 >= 3_000);
    // Someone who presses "send now" does not wait.
    device.session.handle(device.now, &mut device.chance, Event::Wanted { at_once: true });
    assert!(device.plan().is_some());
}

#[test]
fn send_now_is_heard_while_a_request_is_on_its_way_and_answered_by_one_of_its_own() {
    let press = |device: &mut Device| device.session.handle(device.now, &mut device.chance, Event::Wanted { at_once: true });
    let mut device = Device::new(vec![]);
    device.plan().unwrap();
    press(&mut device);
    device.session.handle(device.now, &mut device.chance, Event::Answered(&answer(vec![])));
    device.session.handle(device.now, &mut device.chance, Event::Applied(Applied::default()));
    assert!(device.plan().is_some(), "what that request brought may be older than the press");
    // A line that dies meanwhile says nothing of the next one: tried once more, then waited as ever.
    for failure in [Failure::Offline, Failure::Cut] {
        press(&mut device);
        device.fail(failure);
        assert!(device.plan().is_some(), "{failure:?}");
        device.fail(failure);
        assert!(device.plan().is_none(), "{failure:?}: one press is one request");
        press(&mut device);
        device.plan().unwrap();
    }
    press(&mut device);
    device.fail(Failure::Busy { retry_after_s: 30 });
    assert!(device.plan().is_none(), "the server asked for patience");
}

#[test]
fn an_expired_token_stops_sync_until_someone_signs_in() {
    let mut device = Device::new(vec![item(1, 1)]);
    device.plan();
    assert_eq!(device.fail(Failure::TokenExpired), Some(Effect::Stopped(Stop::TokenExpired)));
    device.session.handle(device.now, &mut device.chance, Event::Wanted { at_once: true });
    device.now = device.now.plus(1_000_000);
    assert!(device.plan().is_none());
    device.session.handle(device.now, &mut device.chance, Event::Renewed);
    assert!(device.plan().is_some());
}

#[test]
fn saves_are_gathered_and_a_quiet_device_asks_now_and_then() {
    let mut device = Device::new(vec![]);
    assert_eq!(device.round(accept), Some(Effect::InStep));
    let quiet = device.session.next_attempt().0 - NOW.0;
    assert!((225..=375).contains(&quiet), "{quiet}");
    device.outbox.push(item(1, 1));
    device.session.handle(device.now, &mut device.chance, Event::Wanted { at_once: false });
    assert!(device.plan().is_none());
    device.now = device.now.plus(GATHER_S);
    assert!(device.plan().is_some());
}

#[test]
fn a_clock_set_back_by_years_silences_nothing() {
    let mut device = Device::new(vec![OutboxItem { not_before: NOW.plus(60), ..item(1, 1) }]);
    assert_eq!(device.round(accept), Some(Effect::InStep));
    device.now = UnixSeconds(946_684_800);
    assert_eq!(device.plan().map(|plan| plan.frames.len()), Some(1));
    const { assert!(LONGEST_WAIT_S < 86_400) };
}

#[test]
fn a_dependency_the_server_can_not_resolve_is_sent_in_full() {
    let mut device = Device::new(vec![item(1, 1), item(2, 1)]);
    device.round(|_| FrameVerdicts::Unresolved);
    let plan = device.plan().unwrap();
    assert_eq!(plan.frames.len(), 1);
    assert!(plan.frames[0].full_deps);
    assert_eq!(plan.frames[0].items, [1, 2]);
}

#[test]
fn an_answer_that_brings_nothing_further_is_not_asked_for_again_at_once() {
    let mut device = Device::new(vec![item(1, 1)]);
    assert!(matches!(device.round(|_| FrameVerdicts::Read(vec![])), Some(Effect::Wait(at)) if at > NOW));
    assert!(device.plan().is_none());
}

#[test]
fn a_digest_that_differs_is_narrowed_down_in_two_rounds_and_not_for_ever() {
    let mut device = Device::new(vec![]);
    let mut rounds = 0;
    let differ = RepairAnswer::Differ(vec![7]);
    let wait = loop {
        let plan = device.plan().unwrap();
        let repair = (plan.repair == Some(RepairStep::Buckets)).then_some(&differ);
        assert_eq!(plan.repair == Some(RepairStep::Holding(vec![7])), rounds > 0 && rounds % 2 == 0, "round {rounds}");
        let response = SyncResponse { repair: repair.cloned(), ..answer(vec![]) };
        device.session.handle(device.now, &mut device.chance, Event::Answered(&response));
        let applied = Applied { digest_differs: repair.is_none(), repair, ..Applied::default() };
        let effect = device.session.handle(device.now, &mut device.chance, Event::Applied(applied)).pop();
        rounds += 1;
        match effect {
            Some(Effect::Wait(at)) if at > device.now => break at,
            other => assert!(matches!(other, Some(Effect::Wait(_))), "{other:?}"),
        }
    };
    assert_eq!(rounds, 7);
    assert!(wait.0 - NOW.0 >= 300);
}
