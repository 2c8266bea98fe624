//! A string of its own in every field, days of work by real phones against the real server, and then a search of every page, file,
//! log, backup and message for each string where it must not be. What must be somewhere is looked for too: a search that finds
//! nothing proves nothing.

use crate::{
    cipher_pages::holds,
    harness::{DAY, Deployment, Folder, PASSPHRASE, PASSWORD, Phone, gate_box, settings, user},
    planted::{OTHERS, WHOLE, all, answered, every_step, form, note, record_others, write_worded},
    sealed_phones::{begun, card, let_it_reseal, phone_with_key, told},
};
use mobile::protocol::{Answer, CaseQuery, CaseView, Draft, DraftKind, Request};
use shared::{
    intent::Intent,
    model::{
        codes::{CloseReason, EntryType, Level, Outcome, Urgency},
        event::{SealedDeed, Step},
        ids::RecordId,
        record::DocKind,
        role::Role,
    },
    sync::{
        frames::up,
        messages::{SyncRequest, SyncResponse, decode},
    },
};
use std::{
    io::Write,
    path::Path,
    sync::{Arc, Mutex, OnceLock},
};

const DRAFT: &str = "cnydraftwords";
const SEARCHED: &str = "cnysearchedwords";

/// What the program writes down of its work, at the most talkative.
fn log() -> Arc<Mutex<Vec<u8>>> {
    static LOG: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();
    struct Line(Arc<Mutex<Vec<u8>>>);
    impl Write for Line {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let begin = || {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&kept);
        let writer = move || Line(Arc::clone(&lines));
        let begun = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(writer);
        begun.try_init().unwrap();
        kept
    };
    Arc::clone(LOG.get_or_init(begin))
}

/// Everything that was done, and where it lies now.
struct Days {
    at: Deployment,
    phones: Vec<(Role, Phone)>,
    backup: Folder,
    audit: Vec<u8>,
    traffic: Vec<u8>,
}

fn days(encrypted: bool) -> Days {
    log();
    let mut settings = settings();
    settings.boxes = vec![gate_box()];
    let mut at = Deployment::with(encrypted, settings);
    at.heard = Some(Vec::new());
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    let [mut receiver, mut officer, mut manager, mut pm] =
        [Role::Receiver, Role::Ao, Role::AmeMgr, Role::PmFocal].map(|role| at.phone(role));
    let mut record = |at: &mut Deployment, case: &str, category: &str| -> RecordId {
        let facts = form(at, case, category);
        receiver.record(at, facts).record
    };
    let [plain, closed, raised] = ["plain", "closed", "raised"].map(|case| record(&mut at, case, "qual.delay"));
    let sealed = record(&mut at, "sealed", "ser.sea");
    let asked = answered(&at);
    let stepped = receiver.record(&mut at, asked).record;
    let draft = Draft {
        record: RecordId([5; 16]),
        kind: DraftKind::Complaint,
        facts: [("intake.words".to_owned(), DRAFT.into())].into(),
        counts: [].into(),
        step: 1,
        saved_at: at.now,
    };
    assert_eq!(receiver.ask(&mut at, Request::SaveDraft(draft)), Answer::Done);
    receiver.sync(&mut at);
    at.now = at.now.plus(3_600);
    for phone in [&mut officer, &mut manager, &mut pm, &mut focal] {
        phone.sync(&mut at);
    }
    let session = record_others(&mut at, &mut officer);
    write_worded(&mut at, stepped, DocKind::Case);
    write_worded(&mut at, session, DocKind::Session);
    let query = CaseQuery { view: CaseView::All, text: SEARCHED.into(), limit: 10, ..CaseQuery::default() };
    officer.ask(&mut at, Request::Cases(query.clone()));
    officer.ask(&mut at, Request::CasesOnline(query));
    officer.ask(&mut at, Request::FindPlaces { text: SEARCHED.into(), within: None, levels: vec![3, 4] });
    let today = at.now.day(180);
    let classified = |level: u8, category: &str, reason: String| Step::Classified {
        entry_type: EntryType::Complaint,
        category: category.into(),
        level: Level::new(level).unwrap(),
        urgency: Urgency::Action,
        reason,
    };
    let followup = |with, note| Step::Followup { with, mode: "call".into(), note, next_on: None };
    for (record, case) in [(plain, "plain"), (closed, "closed"), (raised, "raised")] {
        officer.step(&mut at, record, Step::Seen {}).unwrap();
        officer.step(&mut at, record, classified(2, "qual.delay", note(case, 1))).unwrap();
        officer.step(&mut at, record, followup(note(case, 2), note(case, 3))).unwrap();
        officer.sync(&mut at);
        pm.sync(&mut at);
        pm.step(&mut at, record, Step::Started { note: note(case, 4) }).unwrap();
        let answer = Step::AnswerProposed { talking_points: note(case, 5), findings: note(case, 6), actions: String::new() };
        let proposed = pm.step(&mut at, record, answer).unwrap().event.unwrap();
        pm.sync(&mut at);
        officer.sync(&mut at);
        officer.step(&mut at, record, Step::AnswerApproved { of: proposed }).unwrap();
    }
    for phone in [&mut officer, &mut manager, &mut pm] {
        phone.sync(&mut at);
    }
    at.now = at.now.plus(DAY);
    let answered = Step::Responded {
        on: today,
        mode: "call".into(),
        summary: note("closed", 7),
        reached: true,
        understood: Some(true),
        accepts: Some(true),
        of: None,
    };
    let close = Step::Closed {
        on: today,
        reason: CloseReason::Responded,
        outcome: Outcome::Upheld,
        note: note("closed", 8),
        satisfaction: "s4".into(),
        actions_done: true,
    };
    for (record, step) in [(closed, answered), (closed, close), (raised, classified(5, "ser.sea", note("raised", 7)))] {
        let done = officer.step(&mut at, record, step.clone());
        assert!(done.is_ok(), "{step:?}: {done:?}");
        officer.sync(&mut at);
    }
    for _ in 0..3 {
        for phone in [&mut officer, &mut manager, &mut pm, &mut receiver, &mut focal] {
            phone.sync(&mut at);
        }
    }
    for (record, n) in [(sealed, 1), (raised, 8)] {
        let words = [("text".to_owned(), note("sealed", n).as_str().into())].into();
        focal.act(&mut at, Intent::SealedStep { record, on: today, deed: SealedDeed::Followup {}, words }).unwrap();
    }
    let_it_reseal(&mut focal, &mut at);
    focal.sync(&mut at);
    // Whom they are for reads every word of it: the strings are the right ones.
    for (record, case) in [(sealed, "sealed"), (raised, "raised")] {
        let read = told(&focal.case(&mut at, record).unwrap());
        for words in all(case, &WHOLE) {
            assert!(read.contains(&words), "{words} is not told in {case}");
        }
    }
    at.now = at.now.plus(2 * DAY);
    at.server.sweep(at.now).unwrap();
    for phone in [&mut officer, &mut manager, &mut pm, &mut receiver, &mut focal] {
        phone.sync(&mut at);
    }
    at.server.checkpoint_audit(at.now).unwrap();
    let backup = Folder::new();
    at.server.backup(at.now, &backup.0.join("backup.db")).unwrap();
    let mut audit = Vec::new();
    at.server.export_audit(at.now, 1, &mut audit).unwrap();
    let traffic = at.heard.take().unwrap().iter().flat_map(|body| inflated(body)).collect();
    let phones = vec![
        (Role::Receiver, receiver),
        (Role::Ao, officer),
        (Role::AmeMgr, manager),
        (Role::PmFocal, pm),
        (Role::PseaFp, focal),
    ];
    Days { at, phones, backup, audit, traffic }
}

/// A body, and what its frames say once unpacked.
fn inflated(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    let ups = decode::<SyncRequest>(body).map(|request| request.frames).unwrap_or_default();
    let downs = decode::<SyncResponse>(body).map(|response| response.frames).unwrap_or_default();
    for frame in ups.iter().map(|frame| frame.to_vec()).chain(downs.iter().map(|frame| frame[..frame.len() - 64].to_vec())) {
        // Both directions are packed alike; only the mark differs.
        let mut frame = frame;
        frame[1] = 1;
        all.extend(up::body(&frame).unwrap_or_default());
    }
    all
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

fn none_of(words: &[String], place: &str, bytes: &[u8]) {
    for word in words {
        assert!(!holds(bytes, word.as_bytes()), "{word} is in {place}");
    }
}

fn steps(case: &str) -> Vec<String> {
    (1..=8).map(|n| note(case, n)).collect()
}

fn everything() -> Vec<String> {
    let cases = ["plain", "closed", "raised", "sealed"];
    let mut words: Vec<String> = cases.iter().flat_map(|case| [all(case, &WHOLE), steps(case)].concat()).collect();
    words.extend([every_step(), all("other", &OTHERS)].concat());
    words.extend([DRAFT, SEARCHED, PASSWORD, PASSPHRASE].map(str::to_owned));
    words
}

#[test]
fn what_is_planted_in_every_field_is_found_where_it_belongs_and_nowhere_else() {
    let Days { at, phones, backup, audit, traffic } = days(false);
    let pages: Vec<(Role, Vec<u8>)> = phones.iter().map(|(role, phone)| (*role, phone.pages(&at))).collect();
    let page = |role: Role| &pages.iter().find(|(other, _)| *other == role).unwrap().1;
    let server: Vec<u8> = files(&at.folder.0).into_iter().chain(files(&backup.0)).flat_map(|(_, bytes)| bytes).collect();
    let log = log().lock().unwrap().clone();

    // What must be there is found, so what is not found is not there.
    for words in [all("plain", &WHOLE), (1..=6).map(|n| note("plain", n)).collect(), all("closed", &[DocKind::Case])].concat() {
        assert!(holds(&server, words.as_bytes()), "{words} is not at the server");
        assert!(holds(page(Role::Ao), words.as_bytes()), "{words} is not on the officer's phone");
    }
    assert!(holds(page(Role::Receiver), DRAFT.as_bytes()));
    // Of sessions and boxes, and whatever is said at any step: with the team of the area, and with nobody who has no part in it.
    for words in [every_step(), all("other", &OTHERS)].concat() {
        assert!(holds(&server, words.as_bytes()), "{words} is not at the server");
        assert!(holds(page(Role::Ao), words.as_bytes()), "{words} is not on the officer's phone");
        none_of(std::slice::from_ref(&words), "the receiver's store", page(Role::Receiver));
        none_of(&[words], "the focal point's store", page(Role::PseaFp));
    }
    none_of(&all("other", &OTHERS), "the store of the project's side", page(Role::PmFocal));
    for words in [all("plain", &WHOLE), all("raised", &WHOLE)].concat() {
        assert!(holds(&traffic, words.as_bytes()), "{words} did not travel");
    }
    assert!(audit.len() > 1_000 && holds(&audit, user(Role::Ao).as_str().as_bytes()));
    assert!(log.len() > 1_000);

    // The audit log and what the program writes down hold nothing of anything.
    none_of(&everything(), "the audit log", &audit);
    none_of(&everything(), "the program's log", &log);
    // What was sealed by its author was never readable on the way, at the server, or on a phone after its receipt.
    let sealed = [all("sealed", &WHOLE), vec![note("sealed", 1), note("sealed", 8)]].concat();
    none_of(&sealed, "the traffic", &traffic);
    // What was raised is readable nowhere any more; who spoke has left every phone with the end of the case.
    let raised = [all("raised", &WHOLE), steps("raised")].concat();
    let gone = [sealed, raised].concat();
    none_of(&gone, "the server or its backup", &server);
    for (role, bytes) in &pages {
        none_of(&all("closed", &[DocKind::Contact]), &format!("the store of {role:?}"), bytes);
        none_of(&gone, &format!("the store of {role:?}"), bytes);
        none_of(&[SEARCHED.into(), PASSWORD.into(), PASSPHRASE.into()], &format!("the store of {role:?}"), bytes);
    }
    none_of(&[DRAFT, SEARCHED, PASSWORD, PASSPHRASE].map(str::to_owned), "the server or its backup", &server);
    // A receiver keeps nothing of what was sent; who spoke is with the team alone.
    let sent = ["plain", "closed"].map(|case| [all(case, &WHOLE), steps(case)].concat()).concat();
    none_of(&sent, "the receiver's store", page(Role::Receiver));
    let contacts = ["plain", "closed"].map(|case| all(case, &[DocKind::Contact])).concat();
    for role in [Role::AmeMgr, Role::PmFocal, Role::PseaFp] {
        none_of(&contacts, &format!("the store of {role:?}"), page(role));
    }
    // The server keeps who spoke for half a year after the end, and not a day's sweep longer.
    let closed = all("closed", &[DocKind::Contact]);
    assert!(closed.iter().all(|words| holds(&server, words.as_bytes())));
    let later = at.now.plus(i64::from(at.server.in_force().settings.limits.contact_kept_days + 1) * DAY);
    at.server.sweep(later).unwrap();
    let server: Vec<u8> = files(&at.folder.0).into_iter().flat_map(|(_, bytes)| bytes).collect();
    none_of(&closed, "the server after half a year", &server);
    assert!(holds(&server, all("plain", &[DocKind::Contact])[0].as_bytes()), "of a case that is open it stays");
}

#[test]
fn encrypted_files_hold_nothing_of_what_was_planted() {
    let Days { at, phones, backup, .. } = days(true);
    let mut seen = 0;
    let folders = phones.iter().map(|(_, phone)| phone.folder.0.as_path()).chain([at.folder.0.as_path(), backup.0.as_path()]);
    for (name, bytes) in folders.flat_map(files) {
        none_of(&everything(), &name, &bytes);
        seen += usize::from(bytes.len() > 4_096);
    }
    assert!(seen >= 7, "{seen} files of some size");
}
