//! A sealed case on bad days: sealed anew while someone is away, a server set back to yesterday's copy, and a person whom it is about.

use crate::{
    cipher_pages::holds,
    harness::{DAY, Deployment, Folder, Phone, complaint, database_bytes, raised_to, settings, user},
    sealed_phones::{WORDS, begun, captured, card, let_it_reseal, phone_with_key, sensitive, step, told},
};
use mobile::protocol::{
    Answer, Request,
    keys::{KeyAnswer, KeyRequest},
};
use server::{
    storage::StorageError,
    work::{Server, recovery::Prepared},
};
use shared::{
    model::{
        codes::Status,
        event::{SealedDeed, Step},
        ids::RecordId,
        record::{DocKind, DocumentId},
        role::Role,
    },
    seal::kit::Kit,
    sync::sign_in::PublishSettings,
};

/// The changes of what is sealed of a record, as they lie in the server's database, and the generation they are of.
fn sealed_bytes(at: &Deployment, record: RecordId) -> (u8, Vec<Vec<u8>>) {
    let read = at.server.storage().read(|tx| {
        let newest = tx.documents_of(record)?.into_iter().rfind(|id| id.kind == DocKind::Sealed).unwrap();
        Ok::<_, StorageError>((newest.generation, tx.changes(newest)?.into_iter().map(|change| change.raw).collect()))
    });
    read.unwrap()
}

/// How many of these changes can still be found in the database's files, by a piece out of their middle.
fn found_in(bytes: &[u8], changes: &[Vec<u8>]) -> usize {
    let piece = |raw: &Vec<u8>| raw[raw.len() / 2..][..24.min(raw.len() / 2)].to_vec();
    changes.iter().map(piece).filter(|piece| holds(bytes, piece)).count()
}

fn sealed_on(phone: &mut Phone, record: RecordId) -> Vec<u8> {
    let held = phone.replica.holdings().unwrap().into_iter().map(|held| held.document);
    held.filter(|id| id.record == record && id.kind == DocKind::Sealed).map(|id| id.generation).collect()
}

fn followup(phone: &mut Phone, at: &mut Deployment, record: RecordId, words: &str) {
    step(phone, at, record, SealedDeed::Followup {}, words).unwrap();
}

/// The Unit makes a key and two vouch for it: from now on what is sealed has to be sealed to it too.
fn let_the_unit_in(at: &mut Deployment, begun: &Prepared) -> Phone {
    let mut unit = at.phone(Role::HqIu);
    unit.sync(at);
    unit.ask(at, Request::Keys(KeyRequest::Make));
    unit.ask(at, Request::Keys(KeyRequest::Ask));
    let Answer::Keys(answer) = unit.ask(at, Request::Keys(KeyRequest::Mine)) else { panic!("no key") };
    let KeyAnswer::Mine(mine) = *answer else { panic!("no key") };
    let kits: Vec<Kit> = begun.kits.iter().map(|(_, kit)| kit.clone()).collect();
    at.server.vouch_for(at.now, &user(Role::HqIu), &mine.fingerprint.unwrap(), &kits[..2], &[]).unwrap();
    unit
}

fn set_back(at: &mut Deployment, backup: &Folder) {
    let aside = Folder::new();
    let stand_in = Server::init(&aside.0, false, at.now, &mut at.chance, settings()).unwrap();
    drop(std::mem::replace(&mut at.server, stand_in));
    at.server = Server::restore(&at.folder.0, &backup.0.join("backup.db"), at.now).unwrap();
}

#[test]
fn what_is_sealed_anew_leaves_no_byte_of_the_old_behind_and_late_words_follow_it() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp]);
    let (_, saved) = captured(&mut at);
    let record = saved.record;
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    let mut away = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    focal.sync(&mut at);
    away.sync(&mut at);
    let (generation, old) = sealed_bytes(&at, record);
    assert_eq!(found_in(&database_bytes(&at.folder.0), &old), old.len(), "what is there is found");

    let mut unit = let_the_unit_in(&mut at, &begun);
    focal.sync(&mut at);
    let_it_reseal(&mut focal, &mut at);
    focal.sync(&mut at);
    let (later, new) = sealed_bytes(&at, record);
    assert_eq!(later, generation + 1);
    let bytes = database_bytes(&at.folder.0);
    assert_eq!((found_in(&bytes, &old), found_in(&bytes, &new)), (0, new.len()));
    focal.sync(&mut at);
    assert_eq!(sealed_on(&mut focal, record), [later]);

    // Written on a phone that had not heard of it: it is not refused, and reaches those who hold the case now.
    followup(&mut away, &mut at, record, "كلمة متأخرة");
    away.sync(&mut at);
    away.sync(&mut at);
    assert_eq!(sealed_on(&mut away, record).last(), Some(&later));
    let Answer::Quarantine(aside) = away.ask(&mut at, Request::Quarantine) else { panic!("no list") };
    assert!(aside.is_empty(), "{aside:?}");
    for _ in 0..3 {
        for phone in [&mut focal, &mut away, &mut unit] {
            phone.sync(&mut at);
            let_it_reseal(phone, &mut at);
            phone.sync(&mut at);
        }
    }
    for (name, phone) in [("focal", &mut focal), ("away", &mut away), ("unit", &mut unit)] {
        phone.sync(&mut at);
        let case = phone.case(&mut at, record).unwrap();
        assert!(told(&case).contains("كلمة متأخرة") && told(&case).contains(WORDS), "{name}: {}", told(&case));
        assert!(!case.sealed.unwrap().shut, "{name}");
        assert_eq!(sealed_on(phone, record).len(), 1, "{name}");
    }
}

#[test]
fn whoever_holds_it_no_more_loses_it_and_what_comes_later_is_not_sealed_to_them() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let (_, saved) = captured(&mut at);
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    let mut unit = phone_with_key(&mut at, Role::HqIu, &card(&begun, Role::HqIu));
    focal.sync(&mut at);
    unit.sync(&mut at);
    let (_, old) = sealed_bytes(&at, saved.record);
    // The focal point leaves.
    let mut settings = at.server.in_force().settings.clone();
    settings.people.iter_mut().find(|person| person.id == user(Role::PseaFp)).unwrap().inactive = true;
    at.server.publish_as_operator(at.now, PublishSettings { based_on: settings.version, settings }).unwrap();
    at.server
        .withdraw_key(at.now, &user(Role::PseaFp), &begun.kits.iter().map(|(_, k)| k.clone()).collect::<Vec<_>>(), &[])
        .unwrap();
    at.server.sweep(at.now).unwrap();
    unit.sync(&mut at);
    let_it_reseal(&mut unit, &mut at);
    unit.sync(&mut at);
    unit.sync(&mut at);
    let case = unit.case(&mut at, saved.record).unwrap();
    let sealed = case.sealed.clone().unwrap();
    assert!(!sealed.recipients.contains(&user(Role::PseaFp)) && !sealed.shut, "{:?}", sealed.recipients);
    assert!(told(&case).contains(WORDS));
    assert_eq!(found_in(&database_bytes(&at.folder.0), &old), 0);
    assert_eq!(sealed_on(&mut unit, saved.record), [1]);
    focal.sync(&mut at);
    assert_eq!(sealed_on(&mut focal, saved.record), [0; 0]);
}

#[test]
fn a_server_set_back_a_day_after_a_raise_loses_nothing_and_brings_nothing_purged_back() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let mut receiver = at.phone(Role::Receiver);
    let mut officer = at.phone(Role::Ao);
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    let (raised, kept) = (receiver.complain(&mut at).record, receiver.complain(&mut at).record);
    receiver.sync(&mut at);
    officer.sync(&mut at);
    let backup = Folder::new();
    at.server.backup(at.now, &backup.0.join("backup.db")).unwrap();

    at.now = at.now.plus(3_600);
    officer.step(&mut at, raised, raised_to("ser.sea")).unwrap();
    officer.step(&mut at, kept, Step::Seen {}).unwrap();
    let facts = sensitive(&at, "ser.sh");
    let (new, sealed) = (receiver.complain(&mut at).record, receiver.record(&mut at, facts).record);
    for _ in 0..2 {
        receiver.sync(&mut at);
        officer.sync(&mut at);
        focal.sync(&mut at);
    }
    assert!(officer.case(&mut at, raised).is_none());
    let before = focal.case(&mut at, raised).unwrap();
    followup(&mut focal, &mut at, raised, "كلّمتها");
    focal.sync(&mut at);
    let [steps, open] = [kept, new].map(|record| officer.case(&mut at, record).unwrap().timeline.len());

    at.now = at.now.plus(DAY);
    set_back(&mut at, &backup);
    let plain = ["السلة تأخرت أسبوعين", "فاطمة", "ذكرت طلباً"];
    for _ in 0..6 {
        at.now = at.now.plus(3_600);
        for phone in [&mut officer, &mut receiver, &mut focal] {
            phone.sync(&mut at);
        }
    }
    // Nothing acknowledged is missing.
    assert_eq!([kept, new].map(|record| officer.case(&mut at, record).unwrap().timeline.len()), [steps, open]);
    let after = focal.case(&mut at, raised).expect("the raised case is back");
    assert_eq!((after.row.status, &after.row.ref_no), (Status::Sealed, &before.row.ref_no));
    assert!(told(&after).contains("كلّمتها") && told(&after).contains(plain[0]), "{}", told(&after));
    assert!(told(&focal.case(&mut at, sealed).unwrap()).contains(WORDS));
    // Nothing purged is back, here or on a phone, and what it said in the clear is nowhere but where it is not the raised case's.
    let documents = at.server.storage().read::<_, StorageError>(|tx| tx.documents_of(raised)).unwrap();
    let kinds: Vec<_> = documents.iter().map(|id| (id.kind, id.generation)).collect();
    assert_eq!(kinds, [(DocKind::Case, 1), (DocKind::Sealed, 0)]);
    for (name, phone) in [("officer", &mut officer), ("receiver", &mut receiver)] {
        assert!(!phone.replica.holdings().unwrap().iter().any(|held| held.document.record == raised), "{name}");
    }
    assert!(!holds(&database_bytes(&at.folder.0), plain[2].as_bytes()));
    for kind in [DocKind::Case, DocKind::Contact] {
        assert!(at.server.storage().read::<_, StorageError>(|tx| tx.is_purged(DocumentId::first(raised, kind))).unwrap());
    }
}

/// The focal point is of the team it is about: the report goes past them, and their phone never hears of it.
#[test]
fn whom_a_sealed_report_is_about_never_holds_its_id() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu, Role::AmeMgr, Role::Cd]);
    let mut in_force = at.server.in_force().settings.clone();
    in_force.projects[0].team.push(user(Role::PseaFp));
    at.server.publish_as_operator(at.now, PublishSettings { based_on: in_force.version, settings: in_force }).unwrap();
    let mut receiver = at.phone(Role::Receiver);
    let mut facts = sensitive(&at, "ser.sea");
    facts.insert("reg.subject_role".into(), "project".into());
    let record = receiver.record(&mut at, facts).record;
    // The same, about nobody of ours: the control.
    let control = complaint(&at);
    let ordinary = receiver.record(&mut at, control).record;
    receiver.sync(&mut at);
    let mut unit = phone_with_key(&mut at, Role::HqIu, &card(&begun, Role::HqIu));
    unit.sync(&mut at);
    assert!(told(&unit.case(&mut at, record).unwrap()).contains(WORDS));
    assert!(!unit.case(&mut at, record).unwrap().sealed.unwrap().recipients.contains(&user(Role::PseaFp)));
    let mut officer = at.phone(Role::Ao);
    officer.sync(&mut at);
    assert!(holds(&officer.pages(&at), &ordinary.0), "what is there is found");
    for role in [Role::PseaFp, Role::PmFocal, Role::Ao] {
        let mut phone = if role == Role::PseaFp { phone_with_key(&mut at, role, &card(&begun, role)) } else { at.phone(role) };
        phone.sync(&mut at);
        assert!(!phone.replica.holdings().unwrap().iter().any(|held| held.document.record == record), "{role:?}");
        assert!(!holds(&phone.pages(&at), &record.0), "{role:?}");
    }
}
