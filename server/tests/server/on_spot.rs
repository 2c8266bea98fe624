//! Answered on the spot: from a receiver's phone without network, over the officer's list, to a closed case and its figure.

use crate::harness::{DAY, Deployment, complaint};
use mobile::protocol::{Answer, CaseQuery, CaseView, Request};
use shared::{
    intent::{AGREED, TOLD},
    model::{
        codes::{CloseReason, EntryType, Level, Outcome, Status, Urgency},
        dates::plus_days,
        event::Step,
        role::Role,
        row::SpotAnswer,
    },
    rows::TimelineStep,
};

const WORDS: &str = "التوزيع القادم يوم الأحد";

#[test]
fn what_was_told_on_the_spot_is_accepted_days_later_and_was_answered_that_day() {
    let mut at = Deployment::new(false);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let told_on = at.now.day(180);
    let mut facts = complaint(&at);
    facts.extend([
        ("reg.category".to_owned(), "info.schedule".into()),
        ("reg.entry_type".to_owned(), "info_request".into()),
        (TOLD.to_owned(), WORDS.into()),
        (AGREED.to_owned(), "yes".into()),
    ]);
    let record = receiver.record(&mut at, facts).record;
    // Three days without network.
    at.now = at.now.plus(3 * DAY);
    receiver.sync(&mut at);
    officer.sync(&mut at);
    let Answer::Cases(page) =
        officer.ask(&mut at, Request::Cases(CaseQuery { view: CaseView::ToAccept, limit: 10, ..CaseQuery::default() }))
    else {
        panic!()
    };
    assert_eq!((page.total, page.counts.unwrap().to_accept), (1, 1));
    let case = officer.case(&mut at, record).unwrap();
    assert_eq!(case.row.on_spot, Some(SpotAnswer { on: told_on, accepted: false, waits: true, not_enough: false }));
    assert_eq!((case.row.status, case.row.acknowledged_on), (Status::Registered, Some(told_on)));
    let of = case.timeline.iter().find_map(|entry| match &entry.what {
        TimelineStep::Event(id, event) if matches!(&event.step, Step::AnsweredOnSpot { told, .. } if told == WORDS) => Some(*id),
        _ => None,
    });
    at.now = at.now.plus(15 * DAY);
    let today = at.now.day(180);
    let classified = Step::Classified {
        entry_type: EntryType::InfoRequest,
        category: "info.schedule".into(),
        level: Level::LOWEST,
        urgency: Urgency::Action,
        reason: String::new(),
    };
    let accepted = Step::Responded {
        on: today,
        mode: "verbal".into(),
        summary: WORDS.into(),
        reached: true,
        understood: None,
        accepts: Some(true),
        of,
    };
    let closed = Step::Closed {
        on: today,
        reason: CloseReason::Responded,
        outcome: Outcome::InfoGiven,
        note: String::new(),
        satisfaction: "s_na".into(),
        actions_done: true,
    };
    for step in [classified, accepted, closed] {
        officer.step(&mut at, record, step).unwrap();
    }
    officer.sync(&mut at);
    let stored = at.server.storage().read::<_, server::storage::StorageError>(|tx| tx.case_row(record)).unwrap().unwrap().0;
    assert_eq!((stored.status, stored.closed_on, stored.responded_on), (Status::Closed, Some(today), Some(told_on)));
    assert_eq!(stored.on_spot, Some(SpotAnswer { on: told_on, accepted: true, waits: false, not_enough: false }));
    let (figure, late) = shared::indicators::closure::closure_figure([&stored], plus_days(today, 1), 15);
    assert_eq!(
        (figure.ordinary.part, figure.ordinary.whole, late.len()),
        (0, 1, 1),
        "closed on the eighteenth day, whenever it was told"
    );
}
