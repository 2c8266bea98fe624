//! Focal points' keys from device to device: asked for, vouched for by two, taken only where they go on from what was seen.

use crate::harness::{Deployment, Phone, user};
use mobile::protocol::{
    Answer, FailureCode, Request,
    keys::{KeyAnswer, KeyRequest, KeyStanding, MyKey, WaitingKeyShown},
};
use server::work::{error::WorkError, recovery::Prepared, recovery::RecoveryError};
use shared::{
    entropy::Seeded,
    model::role::Role,
    seal::{
        book::{Deed, KeyBook},
        card::KeyCard,
        kit::Kit,
    },
    sync::{key_calls::PublishBook, sign_in::CallRefusal},
};

/// Kits with three who are sealed nothing, and one focal point with a key.
fn begun(at: &Deployment) -> Prepared {
    let keepers = [user(Role::AreaCoord), user(Role::HqAme), user(Role::Admin)];
    let prepared = at.server.prepare_recovery(&keepers, 2, &[user(Role::PseaFp)], &mut Seeded::new(5)).unwrap();
    at.server.begin_recovery(at.now, &prepared).unwrap();
    prepared
}

fn keys(phone: &mut Phone, at: &mut Deployment, request: KeyRequest) -> Result<Option<KeyAnswer>, FailureCode> {
    match phone.ask(at, Request::Keys(request)) {
        Answer::Keys(answer) => Ok(Some(*answer)),
        Answer::Done => Ok(None),
        Answer::Failed(failure) => Err(failure.code),
        other => panic!("{other:?}"),
    }
}

fn mine(phone: &mut Phone, at: &mut Deployment) -> MyKey {
    match keys(phone, at, KeyRequest::Mine) {
        Ok(Some(KeyAnswer::Mine(mine))) => mine,
        other => panic!("{other:?}"),
    }
}

fn waiting(phone: &mut Phone, at: &mut Deployment) -> Vec<WaitingKeyShown> {
    match keys(phone, at, KeyRequest::Waiting) {
        Ok(Some(KeyAnswer::Waiting(waiting))) => waiting,
        other => panic!("{other:?}"),
    }
}

fn with_card(at: &mut Deployment, role: Role, card: &KeyCard) -> Phone {
    let mut phone = at.phone(role);
    keys(&mut phone, at, KeyRequest::ReadCard { letters: card.to_text().to_string() }).unwrap();
    phone
}

fn vouch(waits: &WaitingKeyShown, kit: &Kit) -> KeyRequest {
    KeyRequest::Vouch { user: waits.user.clone(), fingerprint: waits.fingerprint.clone(), kit: kit.to_text().to_string() }
}

#[test]
fn a_key_made_on_a_device_counts_once_a_focal_point_and_a_keeper_vouched_for_it() {
    let mut at = Deployment::new(false);
    let begun = begun(&at);
    let mut old = with_card(&mut at, Role::PseaFp, &begun.cards[0].1);
    assert_eq!(mine(&mut old, &mut at).standing, KeyStanding::Counts);
    let mut new = at.phone(Role::AmeMgr);
    let status = |phone: &mut Phone, at: &mut Deployment| match phone.ask(at, Request::Status) {
        Answer::Status(status) => status,
        other => panic!("{other:?}"),
    };
    assert!(status(&mut new, &mut at).key_missing && !status(&mut old, &mut at).key_missing);
    keys(&mut new, &mut at, KeyRequest::Make).unwrap();
    let Ok(Some(KeyAnswer::Card(card))) = keys(&mut new, &mut at, KeyRequest::ShowCard) else { panic!("no card") };
    keys(&mut new, &mut at, KeyRequest::CardKept).unwrap();
    assert_eq!(keys(&mut new, &mut at, KeyRequest::ShowCard).err(), Some(FailureCode::NotFound), "shown once");
    keys(&mut new, &mut at, KeyRequest::Ask).unwrap();
    let before = mine(&mut new, &mut at);
    assert_eq!((before.standing, before.fingerprint.clone()), (KeyStanding::Waits, Some(card.fingerprint.clone())));

    let found = waiting(&mut old, &mut at);
    assert_eq!((found.len(), found[0].fingerprint.as_str()), (1, card.fingerprint.as_str()));
    let strangers = shared::seal::kit::make(2, 2, &mut Seeded::new(9)).unwrap().1;
    assert_eq!(keys(&mut old, &mut at, vouch(&found[0], &strangers[0])).err(), Some(FailureCode::BadKit));
    let misheard = WaitingKeyShown { fingerprint: "0000".into(), ..found[0].clone() };
    assert_eq!(keys(&mut old, &mut at, vouch(&misheard, &begun.kits[0].1)).err(), Some(FailureCode::NotFound));
    keys(&mut old, &mut at, vouch(&found[0], &begun.kits[0].1)).unwrap();
    assert!(waiting(&mut old, &mut at).is_empty());
    new.sync(&mut at);
    let after = mine(&mut new, &mut at);
    assert_eq!(after.standing, KeyStanding::Counts);
    assert_eq!(after.book, mine(&mut old, &mut at).book);
    assert!(!status(&mut new, &mut at).key_missing);
    // The printed card is the same key on another device.
    let card = KeyCard::from_text(&card.letters).unwrap();
    let mut third = with_card(&mut at, Role::AmeMgr, &card);
    assert_eq!(mine(&mut third, &mut at).standing, KeyStanding::Counts);
}

#[test]
fn only_people_whom_reports_are_sealed_to_have_keys_and_a_card_is_one_persons() {
    let mut at = Deployment::new(false);
    let begun = begun(&at);
    for role in [Role::Receiver, Role::Ao, Role::PmFocal, Role::HqAme, Role::Admin] {
        let mut phone = at.phone(role);
        for request in [KeyRequest::Mine, KeyRequest::Make, KeyRequest::Waiting] {
            assert_eq!(keys(&mut phone, &mut at, request).err(), Some(FailureCode::NotAllowed), "{role:?}");
        }
    }
    let mut manager = at.phone(Role::AmeMgr);
    let letters = begun.cards[0].1.to_text().to_string();
    assert_eq!(keys(&mut manager, &mut at, KeyRequest::ReadCard { letters }).err(), Some(FailureCode::NotYourKeyCard));
    let letters = begun.kits[0].1.to_text().to_string();
    assert_eq!(keys(&mut manager, &mut at, KeyRequest::ReadCard { letters }).err(), Some(FailureCode::BadKeyCard));
    keys(&mut manager, &mut at, KeyRequest::Make).unwrap();
    assert_eq!(keys(&mut manager, &mut at, KeyRequest::Make).err(), Some(FailureCode::KeyStands));
    // Whoever has no key that counts vouches for nobody.
    let mut unit = at.phone(Role::HqIu);
    keys(&mut unit, &mut at, KeyRequest::Make).unwrap();
    keys(&mut unit, &mut at, KeyRequest::Ask).unwrap();
    let found = waiting(&mut manager, &mut at);
    assert_eq!(keys(&mut manager, &mut at, vouch(&found[0], &begun.kits[0].1)).err(), Some(FailureCode::NotVouched));
}

#[test]
fn nobody_changes_the_book_by_publishing_lists_and_an_unvouched_entry_is_refused() {
    let mut at = Deployment::new(false);
    let begun = begun(&at);
    let mut admin = at.phone(Role::Admin);
    let Answer::Settings(mut settings) = admin.ask(&mut at, Request::Settings) else { panic!("no settings") };
    settings.key_book.clear();
    settings.hotline[0].phone = "+963900000009".into();
    assert_eq!(admin.ask(&mut at, Request::PublishSettings(settings)), Answer::Done);
    assert_eq!(at.server.in_force().settings.hotline[0].phone, "+963900000009");
    assert_eq!(at.server.in_force().settings.key_book, begun.book.entries(), "the book stays");

    let tokens = crate::access::tokens(&mut at);
    let session = at.server.authenticate(at.now, &tokens[&Role::Cd]).unwrap();
    let card = KeyCard::generate(&mut Seeded::new(3));
    let by = |vouchers: &[&shared::seal::book::VouchKey]| {
        let entry = begun.book.entry(Deed::Added(card.key_of(&user(Role::Cd))), vouchers);
        PublishBook { entries: [begun.book.entries(), &[entry]].concat() }
    };
    let (focal, keeper) = (begun.cards[0].1.vouch_key(), begun.kits[0].1.vouch_key());
    for too_few in [vec![], vec![&keeper], vec![&focal]] {
        let refused = at.server.publish_book(at.now, &session, &by(&too_few));
        assert!(matches!(refused, Err(WorkError::Refused(CallRefusal::SettingsConflict))), "{refused:?}");
    }
    at.server.publish_book(at.now, &session, &by(&[&focal, &keeper])).unwrap();
    assert_eq!(at.server.key_book().unwrap().focal_keys().len(), 2);
    let nobody = begun.book.entry(Deed::Added(card.key_of(&"nobody".into())), &[&focal, &keeper]);
    let published = PublishBook { entries: [begun.book.entries(), &[nobody]].concat() };
    assert!(at.server.publish_book(at.now, &session, &published).is_err());
}

#[test]
fn the_operator_lets_a_key_in_and_out_with_kits_and_only_the_one_that_was_read_out() {
    let mut at = Deployment::new(false);
    let begun = begun(&at);
    let kits: Vec<Kit> = begun.kits.iter().map(|(_, kit)| kit.clone()).collect();
    let mut phone = at.phone(Role::Cd);
    let cd = user(Role::Cd);
    let vouch = |at: &Deployment, fingerprint: &str, kits: &[Kit], cards: &[KeyCard]| {
        at.server.vouch_for(at.now, &cd, fingerprint, kits, cards)
    };
    assert!(matches!(vouch(&at, "", &kits, &[]), Err(RecoveryError::NothingWaits(_))));
    keys(&mut phone, &mut at, KeyRequest::Make).unwrap();
    keys(&mut phone, &mut at, KeyRequest::Ask).unwrap();
    let fingerprint = mine(&mut phone, &mut at).fingerprint.unwrap();
    assert!(matches!(vouch(&at, "1111 2222", &kits, &[]), Err(RecoveryError::Swapped(_))));
    assert!(matches!(vouch(&at, &fingerprint, &kits[..1], &[]), Err(RecoveryError::Book(_))));
    vouch(&at, &fingerprint.to_uppercase().replace(' ', "-"), &kits[..2], &[]).unwrap();
    phone.sync(&mut at);
    assert_eq!(mine(&mut phone, &mut at).standing, KeyStanding::Counts);
    at.server.withdraw_key(at.now, &cd, &kits[..1], &[begun.cards[0].1.clone()]).unwrap();
    phone.sync(&mut at);
    assert_eq!(mine(&mut phone, &mut at).standing, KeyStanding::Withdrawn);
    assert!(KeyBook::read(&at.server.in_force().settings.key_book).unwrap().keys_for(&[cd]).is_none());
    keys(&mut phone, &mut at, KeyRequest::Make).unwrap();
    assert_eq!(mine(&mut phone, &mut at).standing, KeyStanding::Waits, "a new one takes its place");
}
