//! The sealed lane with real phones and a real server: captured by one, read by nobody between, opened, worked, handed over, closed
//! and sealed anew by those it is for.

use crate::harness::{Deployment, Phone, complaint, database_bytes, raised_to, user};
use mobile::protocol::{Answer, CaseDetail, CaseQuery, CaseView, FailureCode, Request, Saved, keys::KeyRequest, sealed::Told};
use server::work::recovery::{Prepared, RecoveryError};
use shared::{
    document::content::{Fact, Facts},
    entropy::Seeded,
    intent::Intent,
    model::{
        codes::{CloseReason, Level, Status},
        dates::Day,
        event::{SealedDeed, Step},
        ids::RecordId,
        role::Role,
    },
    seal::{card::KeyCard, kit::Kit},
};

pub const WORDS: &str = "طلب المشرف مالاً مقابل السلة وهددها";
const NAME: &str = "كلثوم الشاهدة";

/// Kits with people who are sealed nothing, and keys for these.
pub fn begun(at: &Deployment, focal: &[Role]) -> Prepared {
    let keepers = [user(Role::AreaCoord), user(Role::HqAme), user(Role::Admin)];
    let focal: Vec<_> = focal.iter().map(|role| user(*role)).collect();
    let prepared = at.server.prepare_recovery(&keepers, 2, &focal, &mut Seeded::new(5)).unwrap();
    at.server.begin_recovery(at.now, &prepared).unwrap();
    prepared
}

pub fn card(prepared: &Prepared, role: Role) -> KeyCard {
    prepared.cards.iter().find(|(id, _)| *id == user(role)).unwrap().1.clone()
}

pub fn phone_with_key(at: &mut Deployment, role: Role, card: &KeyCard) -> Phone {
    let mut phone = at.phone(role);
    let letters = card.to_text().to_string();
    let answer = phone.ask(at, Request::Keys(KeyRequest::ReadCard { letters }));
    assert!(matches!(answer, Answer::Keys(_)), "{answer:?}");
    phone
}

pub fn sensitive(at: &Deployment, category: &str) -> Facts {
    let mut facts = complaint(at);
    facts.insert("reg.category".into(), category.into());
    facts.insert("intake.words".into(), WORDS.into());
    facts.insert("contact.name".into(), NAME.into());
    facts
}

/// A receiver's sensitive report that the server has.
pub fn captured(at: &mut Deployment) -> (Phone, Saved) {
    let mut receiver = at.phone(Role::Receiver);
    let facts = sensitive(at, "ser.sea");
    let saved = receiver.record(at, facts);
    receiver.sync(at);
    (receiver, saved)
}

fn only_case(phone: &mut Phone, at: &mut Deployment) -> Option<Box<CaseDetail>> {
    let query = CaseQuery { view: CaseView::All, limit: 10, ..CaseQuery::default() };
    let Answer::Cases(page) = phone.ask(at, Request::Cases(query)) else { panic!("no list") };
    let record = page.rows.first()?.record;
    phone.case(at, record)
}

pub fn told(case: &CaseDetail) -> String {
    serde_json::to_string(&case.sealed.as_ref().unwrap().told).unwrap()
}

pub fn step(phone: &mut Phone, at: &mut Deployment, record: RecordId, deed: SealedDeed, text: &str) -> Result<(), FailureCode> {
    let on: Day = at.now.day(180);
    let words = if text.is_empty() { Facts::new() } else { [("text".to_owned(), Fact::from(text))].into() };
    let done = phone.act(at, Intent::SealedStep { record, on, deed, words });
    done.map(|_| ()).map_err(|failure| failure.code)
}

/// Looks at the clock until nothing is left to be sealed anew.
pub fn let_it_reseal(phone: &mut Phone, at: &mut Deployment) {
    for _ in 0..50 {
        phone.tick(at);
        let Answer::Status(status) = phone.ask(at, Request::Status) else { panic!("no status") };
        if status.resealing == 0 {
            return;
        }
    }
    panic!("it never ends");
}

#[test]
fn a_sealed_report_is_read_by_its_focal_point_handed_over_and_closed_and_by_nobody_else() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let (mut receiver, saved) = captured(&mut at);
    let Answer::OwnSent(own) = receiver.ask(&mut at, Request::OwnSent) else { panic!("no rows") };
    assert_eq!((own.len(), own[0].state.as_str()), (1, "received"));
    assert!(receiver.case(&mut at, saved.record).is_none());

    // Nobody between can read it: not the server, not the officer, not the manager.
    for secret in [WORDS, NAME, "ser.sea"] {
        let bytes = database_bytes(&at.folder.0);
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is at the server");
    }
    for role in [Role::Ao, Role::AmeMgr, Role::Cd] {
        let mut other = at.phone(role);
        other.sync(&mut at);
        assert!(other.case(&mut at, saved.record).is_none(), "{role:?}");
    }

    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    focal.sync(&mut at);
    let case = focal.case(&mut at, saved.record).unwrap();
    assert_eq!((case.row.status, case.row.level), (Status::Sealed, Level::new(5).unwrap()));
    assert!(told(&case).contains(WORDS) && told(&case).contains(NAME), "{}", told(&case));
    let sealed = case.sealed.clone().unwrap();
    assert_eq!((sealed.recipients, sealed.shut), (vec![user(Role::PseaFp), user(Role::HqIu)], false));
    assert!(sealed.look_by.is_some(), "nobody has looked yet");
    focal.step(&mut at, saved.record, Step::Seen {}).unwrap();
    let acknowledged = step(&mut focal, &mut at, saved.record, SealedDeed::Acknowledged {}, "");
    assert_eq!(acknowledged, Ok(()));
    assert_eq!(
        step(&mut focal, &mut at, saved.record, SealedDeed::Followup {}, "").err(),
        Some(FailureCode::Invalid),
        "no words"
    );
    step(&mut focal, &mut at, saved.record, SealedDeed::Followup {}, "كلّمتها وهي بأمان").unwrap();
    focal.sync(&mut at);

    // The Unit opens what the focal point wrote, confirms, and closes; before, closing is refused.
    let mut unit = phone_with_key(&mut at, Role::HqIu, &card(&begun, Role::HqIu));
    unit.sync(&mut at);
    let case = unit.case(&mut at, saved.record).unwrap();
    assert!(told(&case).contains("كلّمتها وهي بأمان") && told(&case).contains(WORDS));
    assert_eq!(case.sealed.unwrap().look_by, None);
    let close = SealedDeed::Closed { reason: CloseReason::IuHandover };
    step(&mut focal, &mut at, saved.record, close.clone(), "سُلّمت").unwrap();
    focal.sync(&mut at);
    assert_eq!(focal.case(&mut at, saved.record).unwrap().row.status, Status::Sealed, "the Unit has not confirmed yet");
    step(&mut unit, &mut at, saved.record, SealedDeed::HandedOver {}, "").unwrap();
    unit.sync(&mut at);
    focal.sync(&mut at);
    step(&mut focal, &mut at, saved.record, close, "سُلّمت إلى الوحدة").unwrap();
    focal.sync(&mut at);
    assert_eq!(focal.case(&mut at, saved.record).unwrap().row.status, Status::Closed);
}

#[test]
fn a_recipient_without_a_key_sees_that_it_is_shut_and_one_who_gets_a_key_has_it_sealed_anew() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp]);
    let (_, saved) = captured(&mut at);
    let mut unit = at.phone(Role::HqIu);
    unit.sync(&mut at);
    let shut = unit.case(&mut at, saved.record).unwrap().sealed.unwrap();
    assert!(shut.told.is_empty() && shut.shut);

    // The Unit makes a key; the focal point and a keeper vouch; the focal point's app seals anew by itself.
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    focal.sync(&mut at);
    unit.ask(&mut at, Request::Keys(KeyRequest::Make));
    unit.ask(&mut at, Request::Keys(KeyRequest::Ask));
    let Answer::Keys(answer) = unit.ask(&mut at, Request::Keys(KeyRequest::Mine)) else { panic!("no key") };
    let mobile::protocol::keys::KeyAnswer::Mine(mine) = *answer else { panic!("no key") };
    let kits: Vec<Kit> = begun.kits.iter().map(|(_, kit)| kit.clone()).collect();
    at.server.vouch_for(at.now, &user(Role::HqIu), &mine.fingerprint.unwrap(), &kits[..2], &[]).unwrap();
    unit.sync(&mut at);
    assert!(unit.case(&mut at, saved.record).unwrap().sealed.unwrap().shut, "not sealed to it yet");
    focal.sync(&mut at);
    let_it_reseal(&mut focal, &mut at);
    focal.sync(&mut at);
    unit.sync(&mut at);
    let case = unit.case(&mut at, saved.record).unwrap();
    assert!(told(&case).contains(WORDS) && !case.sealed.as_ref().unwrap().shut, "{}", told(&case));
    let still = focal.case(&mut at, saved.record).unwrap();
    assert!(told(&still).contains(WORDS));
    // Nothing is left to do, on either device.
    let_it_reseal(&mut unit, &mut at);
    assert_eq!(unit.sync(&mut at), 1);
}

#[test]
fn an_officer_raises_a_case_and_it_leaves_every_device_but_those_it_is_sealed_to() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let mut receiver = at.phone(Role::Receiver);
    let saved = receiver.complain(&mut at);
    receiver.sync(&mut at);
    let mut officer = at.phone(Role::Ao);
    let mut manager = at.phone(Role::AmeMgr);
    officer.sync(&mut at);
    manager.sync(&mut at);
    officer.step(&mut at, saved.record, Step::Seen {}).unwrap();
    officer.step(&mut at, saved.record, raised_to("ser.sea")).unwrap();
    officer.sync(&mut at);
    manager.sync(&mut at);
    for (name, phone) in [("officer", &mut officer), ("manager", &mut manager), ("receiver", &mut receiver)] {
        phone.sync(&mut at);
        assert!(phone.case(&mut at, saved.record).is_none(), "{name}");
    }
    let bytes = database_bytes(&at.folder.0);
    for secret in ["السلة تأخرت أسبوعين", "فاطمة", "0944123456"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret} is at the server");
    }
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    focal.sync(&mut at);
    let case = only_case(&mut focal, &mut at).unwrap();
    assert_eq!(case.row.record, saved.record);
    let Some(Told::Raised { facts, events }) = case.sealed.as_ref().unwrap().told.first() else { panic!("{}", told(&case)) };
    assert!(format!("{facts:?}").contains("السلة تأخرت أسبوعين") && format!("{facts:?}").contains("فاطمة"));
    assert!(events.iter().any(|(.., event)| matches!(&event.step, Step::Classified { reason, .. } if reason.contains("مقابل"))));
}

/// The focal points' keys are lost: two kits open it, one does not, and the log says so without a word of it.
#[test]
fn two_kits_open_what_is_sealed_of_one_case_and_the_log_notes_it() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp]);
    let (_, saved) = captured(&mut at);
    let kits: Vec<Kit> = begun.kits.iter().map(|(_, kit)| kit.clone()).collect();
    let number = saved.ref_no.unwrap();
    let spoken = format!("{} {}", &number[..4], &number[4..]);
    let opened = at.server.open_sealed(at.now, &spoken, &kits[1..]).unwrap();
    assert_eq!(opened["told"][0]["said"]["intake.words"], WORDS);
    assert_eq!(opened["told"][0]["said"]["contact.name"], NAME);
    let lines = at.server.last_audit_lines(20).unwrap();
    let noted: Vec<_> = lines.iter().filter(|line| line.action == "recovery_opened").collect();
    assert_eq!((noted.len(), noted[0].object.as_str(), noted[0].detail.as_str()), (1, saved.record.to_string().as_str(), "2+3"));
    assert!(matches!(at.server.open_sealed(at.now, &number, &kits[..1]), Err(RecoveryError::Kit(_))));
    assert!(matches!(at.server.open_sealed(at.now, "000000000", &kits), Err(RecoveryError::NothingSealed)));
}
