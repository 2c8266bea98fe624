//! Two facilitators at one unplanned session, without a network between them: one record, every count once, whoever sends first.

use super::qr_codes::read;
use crate::harness::{Deployment, Phone, user};
use mobile::protocol::{Answer, Draft, DraftKind, Request, SessionDetail, SessionQuery};
use shared::{
    document::content::{Fact, Facts},
    intent::{BEGUN, Intent},
    joining::{BadCode, Occasion, link},
    lifecycle::Dropped,
    model::{
        codes::{CountKey, SyncState},
        event::Step,
        ids::{RecordId, UserId},
        record::{DocKind, DocumentId},
        role::Role,
    },
};
use std::collections::BTreeMap;

const WOMEN: CountKey = CountKey::F18To59;
const MEN: CountKey = CountKey::M18To59;
const LEAD: Role = Role::Receiver;
const SECOND: Role = Role::PmFocal;

fn occasion(at: &Deployment) -> Facts {
    Facts::from([
        ("date".to_owned(), at.now.day(180).to_string().into()),
        ("phase".to_owned(), "during".into()),
        ("place.adm3".to_owned(), "SY020400".into()),
        ("project.P01".to_owned(), true.into()),
    ])
}

/// What the leader's form sends, for one draft.
fn held(at: &Deployment, draft: RecordId) -> Intent {
    let mut facts = occasion(at);
    for (key, fact) in [
        ("method", Fact::from("group")),
        ("aud.benef", true.into()),
        ("topic.right", true.into()),
        ("place.venue", "خيمة المجتمع".into()),
        (&format!("facilitator.{}", user(LEAD)), true.into()),
        (BEGUN, draft.to_string().into()),
    ] {
        facts.insert(key.to_owned(), fact);
    }
    Intent::RecordSession { record: draft, facts, counts: BTreeMap::new() }
}

fn begin(at: &mut Deployment, lead: &mut Phone) -> RecordId {
    let draft = RecordId::random(&mut at.chance);
    lead.act(at, held(at, draft)).unwrap().record
}

fn put(at: &mut Deployment, phone: &mut Phone, record: RecordId, key: String, fact: Fact) {
    let document = DocumentId::first(record, DocKind::Session);
    phone.act(at, Intent::SetFacts { document, facts: [(key, Some(fact))].into() }).unwrap();
}

fn name(at: &mut Deployment, lead: &mut Phone, record: RecordId) {
    put(at, lead, record, format!("facilitator.{}", user(SECOND)), true.into());
}

fn join(at: &mut Deployment, phone: &mut Phone, lead: &UserId, code: &str) -> RecordId {
    let facts = occasion(at);
    let record = Occasion::of_facts(lead, &facts).unwrap().find(code).unwrap();
    phone.act(at, Intent::JoinSession { record, lead: lead.clone(), facts }).unwrap().record
}

fn count(at: &mut Deployment, phone: &mut Phone, record: RecordId, key: CountKey, by: i64) {
    phone.act(at, Intent::CountParticipants { record, counts: [(key, by)].into() }).unwrap();
}

fn step(at: &mut Deployment, phone: &mut Phone, record: RecordId, step: Step) {
    phone.act(at, Intent::AddStep { record, doc: DocKind::Session, step }).unwrap();
}

fn seen(at: &mut Deployment, phone: &mut Phone, record: RecordId) -> SessionDetail {
    match phone.ask(at, Request::Session(record)) {
        Answer::Session(session) => *session,
        other => panic!("{other:?}"),
    }
}

fn share(session: &SessionDetail, role: Role) -> i64 {
    session.together.shares.iter().find(|share| share.user == user(role)).map_or(0, |share| share.counts.iter().sum())
}

fn code(at: &mut Deployment, phone: &mut Phone, record: RecordId) -> String {
    seen(at, phone, record).together.code.unwrap()
}

fn is_known(at: &mut Deployment, phone: &mut Phone) -> bool {
    match phone.ask(at, Request::Sessions(SessionQuery { limit: 10, ..SessionQuery::default() })) {
        Answer::Sessions { total, .. } => total > 0,
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_phones_make_one_session_whoever_sends_first() {
    for second_first in [true, false] {
        let mut at = Deployment::new(false);
        let (mut lead, mut second, mut desk) = (at.phone(LEAD), at.phone(SECOND), at.phone(Role::Ao));
        let record = begin(&mut at, &mut lead);
        name(&mut at, &mut lead, record);
        let digits = code(&mut at, &mut lead, record);
        assert_eq!(join(&mut at, &mut second, &user(LEAD), &digits), record);
        assert_eq!(join(&mut at, &mut second, &user(LEAD), &digits), record, "joined twice is joined once");
        let waiting = seen(&mut at, &mut second, record);
        assert_eq!((waiting.together.registered, waiting.together.lead), (false, user(LEAD)));
        put(&mut at, &mut lead, record, format!("side.{}", user(LEAD)), "men".into());
        put(&mut at, &mut second, record, format!("side.{}", user(SECOND)), "women".into());
        count(&mut at, &mut lead, record, MEN, 9);
        count(&mut at, &mut second, record, WOMEN, 14);
        count(&mut at, &mut second, record, WOMEN, 3);
        let handed = |n| Step::MaterialsHanded { counts: [("card".into(), n)].into() };
        step(&mut at, &mut lead, record, handed(5));
        step(&mut at, &mut second, record, handed(12));
        step(&mut at, &mut second, record, handed(20));
        // Both note what they heard; an older app wrote what all heard, and how many cards went out.
        for (phone, role, words) in [(&mut lead, LEAD, "متى التوزيع؟"), (&mut second, SECOND, "من يستحق؟")] {
            put(&mut at, phone, record, format!("questions_heard.{}", user(role)), words.into());
        }
        put(&mut at, &mut lead, record, "questions_heard".into(), "قديم".into());
        put(&mut at, &mut lead, record, "iec.card".into(), Fact::Number(3));
        if second_first {
            second.sync(&mut at);
            desk.sync(&mut at);
            assert!(!is_known(&mut at, &mut desk), "a colleague's part waits for the leader's registration");
            assert_eq!(seen(&mut at, &mut second, record).row.sync, SyncState::OnPhone);
        }
        for _ in 0..3 {
            at.now = at.now.plus(3_600);
            for phone in [&mut lead, &mut second, &mut desk] {
                phone.sync(&mut at);
            }
        }
        for phone in [&mut lead, &mut second, &mut desk] {
            let whole = seen(&mut at, phone, record);
            assert_eq!(
                (whole.row.total, share(&whole, LEAD), share(&whole, SECOND)),
                (26, 9, 17),
                "second first: {second_first}"
            );
            assert_eq!(whole.together.handed_out, [("card".into(), 28)].into());
            let heard = whole.facts.iter().filter(|(key, _)| key.starts_with("questions_heard"));
            assert_eq!(heard.count(), 3, "nobody's is lost");
            assert!(whole.conflicts.is_empty());
            assert!(whole.together.registered && whole.row.recorded_by == user(LEAD));
            assert!(!whole.row.conflict && whole.row.sync == SyncState::OnServer, "who wrote the same agree");
            assert_eq!(whole.row.facilitators.len(), 2);
            assert!(whole.together.shares.iter().all(|share| share.as_of.is_some()));
            assert_eq!(phone.ask(&mut at, Request::Quarantine), Answer::Quarantine(Vec::new()));
        }
    }
}

#[test]
fn a_camera_fills_the_form_and_whoever_sends_it_is_in_the_same_session() {
    let mut at = Deployment::new(false);
    let (mut lead, mut second) = (at.phone(LEAD), at.phone(SECOND));
    let record = begin(&mut at, &mut lead);
    assert_eq!(seen(&mut at, &mut lead, record).together.picture, None, "nobody is named yet");
    name(&mut at, &mut lead, record);
    let together = seen(&mut at, &mut lead, record).together;
    let said = read(&together.picture.unwrap());
    assert!(said.starts_with("https://test.invalid/sessions/join#"), "{said}");
    let mut form = link::read(&said).unwrap();
    // The form lies on the phone until it is sent, and no longer.
    let draft = Draft {
        record: RecordId::random(&mut at.chance),
        kind: DraftKind::Joining,
        facts: form.clone(),
        counts: BTreeMap::new(),
        step: 0,
        saved_at: at.now,
    };
    assert_eq!(second.ask(&mut at, Request::SaveDraft(draft.clone())), Answer::Done);
    assert_eq!(second.ask(&mut at, Request::Drafts), Answer::Drafts(vec![draft.clone()]));
    let mut taken = |key: &str| form.remove(key).unwrap().as_text().unwrap().to_owned();
    let (digits, who) = (taken(link::DIGITS), UserId::from(taken(link::LEAD).as_str()));
    assert_eq!((Some(&digits), &who), (together.code.as_ref(), &user(LEAD)));
    assert_eq!(form, occasion(&at));
    assert_eq!(Occasion::of_facts(&who, &form).unwrap().find(&digits), Ok(record));
    form.insert(BEGUN.to_owned(), draft.record.to_string().into());
    second.act(&mut at, Intent::JoinSession { record, lead: who, facts: form }).unwrap();
    assert_eq!(second.ask(&mut at, Request::Drafts), Answer::Drafts(Vec::new()));
    count(&mut at, &mut second, record, WOMEN, 4);
    for _ in 0..2 {
        lead.sync(&mut at);
        second.sync(&mut at);
    }
    assert_eq!(seen(&mut at, &mut lead, record).row.total, 4);
}

#[test]
fn what_two_counted_both_is_taken_out_with_a_reason_and_put_back_by_who_took_it_out() {
    let mut at = Deployment::new(false);
    let (mut lead, mut second, mut desk) = (at.phone(LEAD), at.phone(SECOND), at.phone(Role::Ao));
    let record = begin(&mut at, &mut lead);
    name(&mut at, &mut lead, record);
    let digits = code(&mut at, &mut lead, record);
    join(&mut at, &mut second, &user(LEAD), &digits);
    count(&mut at, &mut lead, record, WOMEN, 10);
    count(&mut at, &mut second, record, WOMEN, 12);
    let all = |at: &mut Deployment, phones: &mut [&mut Phone]| {
        for _ in 0..2 {
            at.now = at.now.plus(3_600);
            phones.iter_mut().for_each(|phone| {
                phone.sync(at);
            });
        }
    };
    all(&mut at, &mut [&mut lead, &mut second, &mut desk]);
    let drop = |of: Role, n| Step::CountDropped {
        of: user(of), counts: [(WOMEN, n)].into(), reason: "عددنا النساء معاً".into()
    };
    // Both say at once that the other's count is the same people: the first stands.
    step(&mut at, &mut lead, record, drop(SECOND, 12));
    step(&mut at, &mut second, record, drop(LEAD, 10));
    assert_eq!(seen(&mut at, &mut lead, record).row.total, 10);
    all(&mut at, &mut [&mut lead, &mut second, &mut desk]);
    for phone in [&mut lead, &mut second, &mut desk] {
        let whole = seen(&mut at, phone, record);
        assert_eq!((whole.row.total, whole.together.drops.len()), (10, 1), "never nobody");
        assert!(matches!(&whole.together.drops[0].what, Dropped::Count { of, .. } if *of == user(SECOND)));
        assert_eq!((whole.together.drops[0].reason.as_str(), share(&whole, SECOND)), ("عددنا النساء معاً", 12), "the count stays");
    }
    // Later taps are of other people.
    count(&mut at, &mut second, record, WOMEN, 2);
    let of = seen(&mut at, &mut lead, record).together.drops[0].event;
    step(&mut at, &mut lead, record, Step::DropUndone { of });
    all(&mut at, &mut [&mut lead, &mut second, &mut desk]);
    for phone in [&mut lead, &mut second, &mut desk] {
        let whole = seen(&mut at, phone, record);
        assert_eq!((whole.row.total, whole.together.drops.len()), (24, 0));
    }
}

#[test]
fn who_was_not_named_joins_in_vain_and_nobody_takes_a_leaders_session_before_them() {
    let mut at = Deployment::new(false);
    let (mut lead, mut stranger, mut desk) = (at.phone(LEAD), at.phone(Role::AreaCoord), at.phone(Role::Ao));
    let record = begin(&mut at, &mut lead);
    let digits = code(&mut at, &mut lead, record);
    join(&mut at, &mut stranger, &user(LEAD), &digits);
    count(&mut at, &mut stranger, record, WOMEN, 500);
    count(&mut at, &mut lead, record, MEN, 9);
    for _ in 0..3 {
        at.now = at.now.plus(3_600);
        for phone in [&mut stranger, &mut lead, &mut desk] {
            phone.sync(&mut at);
        }
    }
    for phone in [&mut lead, &mut desk] {
        let whole = seen(&mut at, phone, record);
        assert_eq!((whole.row.total, whole.row.facilitators.as_slice()), (9, &[user(LEAD)][..]));
    }
    let theirs = seen(&mut at, &mut stranger, record);
    assert_eq!(
        (theirs.row.sync, share(&theirs, LEAD), theirs.facts.get("place.venue")),
        (SyncState::OnPhone, 0, None),
        "nothing learnt"
    );
    // Named after all, by the leader: what waited counts.
    put(&mut at, &mut lead, record, format!("facilitator.{}", user(Role::AreaCoord)), true.into());
    for _ in 0..3 {
        at.now = at.now.plus(3_600);
        for phone in [&mut lead, &mut stranger, &mut desk] {
            phone.sync(&mut at);
        }
    }
    assert_eq!(seen(&mut at, &mut desk, record).row.total, 509);

    // Whoever registers an id derived from another's name begins no session.
    let facts = occasion(&at);
    let taken = Occasion::of_facts(&user(LEAD), &facts).unwrap().record(4711);
    let mut thief = at.phone(SECOND);
    let Intent::RecordSession { mut facts, counts, .. } = held(&at, RecordId([7; 16])) else { panic!() };
    facts.remove(BEGUN);
    thief.act(&mut at, Intent::RecordSession { record: taken, facts, counts }).unwrap();
    thief.sync(&mut at);
    assert!(matches!(thief.ask(&mut at, Request::Quarantine), Answer::Quarantine(items) if items.len() == 1));
}

#[test]
fn a_form_sent_twice_is_one_session_and_two_with_one_number_are_two() {
    let mut at = Deployment::new(false);
    let mut lead = at.phone(LEAD);
    let mut draft = RecordId::random(&mut at.chance);
    let form = held(&at, draft);
    let first = lead.act(&mut at, form.clone()).unwrap().record;
    assert_eq!(lead.act(&mut at, form).unwrap().record, first);
    // Another draft that begins alike gives the next number.
    draft.0[15] ^= 1;
    let other = held(&at, draft);
    let second = lead.act(&mut at, other.clone()).unwrap().record;
    assert!(second != first && lead.act(&mut at, other).unwrap().record == second);
    let codes = [first, second].map(|record| code(&mut at, &mut lead, record));
    assert_ne!(codes[0], codes[1]);
    // On another day the digits fit nothing.
    let mut facts = occasion(&at);
    facts.insert("date".into(), "2026-01-01".into());
    let wrong = Occasion::of_facts(&user(LEAD), &facts).unwrap();
    assert!(codes.iter().any(|code| wrong.find(code) == Err(BadCode::DoesNotFit)));
}
