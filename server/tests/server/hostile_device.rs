//! One device with a valid token and bad intent, next to honest people: it guesses, pushes where it sees nothing, reorders, bombs
//! and asks without end. Nothing of it gets in, everything is explained, and nobody else notices.

use crate::{
    harness::{DAY, Deployment, complaint, raised_to, user},
    raw_phone::RawPhone,
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use server::{
    http::{App, router},
    storage::StorageError,
    work::{audit::Finding, error::WorkError},
};
use shared::{
    document::{actor::ActorId, change::Change, content::Edit, fold::Document},
    model::{
        event::{Event, Step},
        ids::{EventId, RecordId},
        order::Order,
        query::CaseQuery,
        record::{DocKind, DocumentId},
        role::Role,
    },
    picture::PictureQuery,
    sync::{
        sign_in::{CallRefusal, PublishSettings},
        verdict::{FrameVerdicts, Verdict},
    },
    text::{Language, Texts},
};
use tower::ServiceExt;

/// The receiver whose device it is covers another sub-district; an officer's case is none of its business.
fn deployment() -> Deployment {
    let mut settings = crate::harness::settings();
    let receiver = settings.people.iter_mut().find(|person| person.id == user(Role::Receiver)).unwrap();
    receiver.areas = vec!["SY020401".into()];
    Deployment::with(false, settings)
}

fn stored(at: &Deployment, document: DocumentId) -> Vec<Vec<u8>> {
    let read = at.server.storage().read::<_, StorageError>(|tx| tx.changes(document));
    read.unwrap().into_iter().map(|change| change.raw).collect()
}

fn step(by: Role, step: Step, id: u8) -> Edit {
    let event = Event { by: user(by), at: crate::harness::START, after: Vec::new(), set: 1, step };
    Edit::Event { id: EventId([id; 8]), text: event.to_text() }
}

/// A ruling, in the server's name.
fn as_server(case: DocumentId, on: &[&[u8]], text: &str) -> Vec<u8> {
    let changes: Vec<Change> = on.iter().map(|raw| Change::from_raw(raw).unwrap()).collect();
    let ruling = Edit::Ruling { order: Order { epoch: 1, n: 900 }, text: text.into() };
    Document::load(case.kind, &changes).write(ActorId::server(1), &[ruling]).unwrap().unwrap().raw().to_vec()
}

/// Codes in the quarantine, as whoever looks after it reads them.
fn quarantine(at: &Deployment) -> Vec<String> {
    let conn = rusqlite::Connection::open(at.folder.0.join("sada.db")).unwrap();
    let mut statement = conn.prepare("select why from quarantine").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_it_pushes_to_records_it_can_t_see_is_refused_and_explained_and_the_case_is_as_before() {
    let mut at = deployment();
    let mut officer = at.phone(Role::Ao);
    let mut hostile = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let saved = officer.complain(&mut at);
    officer.sync(&mut at);
    officer.step(&mut at, saved.record, Step::Seen {}).unwrap();
    officer.sync(&mut at);
    let case = DocumentId::first(saved.record, DocKind::Case);
    let before = [DocKind::Case, DocKind::Contact].map(|kind| stored(&at, DocumentId::first(saved.record, kind)));
    let on: Vec<&[u8]> = before[0].iter().map(Vec::as_slice).collect();
    // It knows the id and even what stands there, as a colleague's phone would show it.
    let put = |key: &str, text: &str| Edit::Put { key: key.into(), fact: text.into() };
    let tries: Vec<(DocumentId, Vec<u8>)> = vec![
        (case, hostile.write(case, &on, &[put("intake.words", "forged")])),
        (case, hostile.write(case, &on, &[put("place.adm3", "SY020401")])),
        (
            case,
            hostile.write(
                case,
                &on,
                &[step(Role::Receiver, Step::Assigned { to: user(Role::Receiver), share_identity: true, reason: "x".into() }, 1)],
            ),
        ),
        (
            case,
            hostile.write(
                case,
                &on,
                &[step(
                    Role::Ao,
                    Step::Followup { with: String::new(), mode: "call".into(), note: "x".into(), next_on: None },
                    2,
                )],
            ),
        ),
        (case, hostile.write(case, &on, &[step(Role::Receiver, raised_to("ser.sea"), 3)])),
        (case, as_server(case, &on, r#"{"at":1795500000,"r":"assigned","to":"u1"}"#)),
        (
            DocumentId { kind: DocKind::Contact, ..case },
            hostile.write(DocumentId { kind: DocKind::Contact, ..case }, &[], &[put("name", "forged")]),
        ),
        (
            DocumentId { kind: DocKind::Subject, ..case },
            hostile.write(DocumentId { kind: DocKind::Subject, ..case }, &[], &[put("person", "forged")]),
        ),
        (
            DocumentId { kind: DocKind::Sealed, ..case },
            hostile.write(DocumentId { kind: DocKind::Sealed, ..case }, &[], &[put("body.intake", "Zm9yZ2Vk")]),
        ),
        (DocumentId { generation: 1, ..case }, hostile.write(case, &[], &[put("intake.words", "forged")])),
        (DocumentId { generation: 255, ..case }, hostile.write(case, &[], &[put("intake.words", "forged")])),
    ];
    for (place, one) in tries.iter().enumerate() {
        let verdicts = hostile.push(&mut at, std::slice::from_ref(one));
        assert!(matches!(verdicts[..], [Verdict::Refused { .. } | Verdict::Quarantined]), "{place}: {verdicts:?}");
    }
    // A case of its own whose subject it makes the officer's case: records don't reach into one another.
    let honest = hostile.complaint(&mut at);
    assert!(hostile.push(&mut at, &honest).iter().all(|verdict| matches!(verdict, Verdict::Accepted(_))));
    let after = [DocKind::Case, DocKind::Contact].map(|kind| stored(&at, DocumentId::first(saved.record, kind)));
    assert_eq!(before, after);
    let codes = quarantine(&at);
    assert_eq!(codes.len(), tries.len());
    for code in codes {
        // Its author hears no more than that a supervisor looks at it.
        let code = if ["revoked", "implicated"].contains(&code.as_str()) { "quarantined".to_owned() } else { code };
        for language in Language::ALL {
            assert!(Texts::new(language).reason(&code).is_some(), "{code} is not explained in {}", language.tag());
        }
    }
    officer.sync(&mut at);
    assert_eq!(officer.case(&mut at, saved.record).unwrap().facts["intake.words"], complaint(&at)["intake.words"]);
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
}

#[test]
fn guessed_ids_and_rights_it_does_not_have_are_answered_alike_and_noted() {
    let mut at = deployment();
    let mut officer = at.phone(Role::Ao);
    let saved = officer.complain(&mut at);
    officer.sync(&mut at);
    let hostile = RawPhone::sign_in(&mut at, Role::PmFocal, 9);
    let session = hostile.session(&at);
    let code = |error: WorkError| error.told().code;
    // One that exists and one that does not.
    for record in [saved.record, RecordId([7; 16])] {
        let answer = at.server.case(at.now, &session, record).map_err(code);
        assert_eq!(answer.err(), Some(CallRefusal::NotFound));
        let picture = PictureQuery { record, key: "photo.1".into() };
        assert_eq!(at.server.picture(at.now, &session, &picture).map_err(code).err(), Some(CallRefusal::NotFound));
        let lines = at.server.last_audit_lines(2).unwrap();
        assert!(lines.iter().all(|line| (line.action.as_str(), &line.object) == ("denied", &record.to_string())), "{lines:?}");
    }
    let page = at.server.cases(at.now, &session, &CaseQuery { limit: 200, ..CaseQuery::default() }).unwrap();
    assert_eq!((page.rows.len(), page.total), (0, 0));
    // It gives itself a role, an area, a key.
    let mut settings = at.server.in_force().settings.clone();
    settings.people.iter_mut().find(|person| person.id == user(Role::PmFocal)).unwrap().role = Role::AmeMgr;
    let publish = PublishSettings { based_on: settings.version, settings };
    assert_eq!(at.server.publish_settings(at.now, &session, publish).map_err(code).err(), Some(CallRefusal::NotAllowed));
    let mut request = hostile.request(&mut at, Vec::new());
    // Another device's request, replayed under its token.
    let other = RawPhone::sign_in(&mut at, Role::Ao, 10).request(&mut at, Vec::new());
    assert_eq!(at.server.sync(at.now, &mut at.chance, &session, &other).map_err(code).err(), Some(CallRefusal::BadSignature));
    request.truncate(request.len() / 2);
    assert_eq!(at.server.sync(at.now, &mut at.chance, &session, &request).map_err(code).err(), Some(CallRefusal::Malformed));
}

#[test]
fn changes_in_the_wrong_order_wait_for_what_they_build_on_and_those_that_build_on_nothing_have_an_end() {
    let mut at = deployment();
    let mut hostile = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let items = hostile.complaint(&mut at);
    let (case, first) = items.iter().find(|(id, _)| id.kind == DocKind::Case).unwrap().clone();
    let note = step(Role::Receiver, Step::Correction { note: "x".into() }, 5);
    let second = hostile.write(case, &[&first], &[note]);
    let verdicts = hostile.push(&mut at, &[(case, second.clone())]);
    assert!(matches!(verdicts[..], [Verdict::Parked(_)]), "{verdicts:?}");
    assert_eq!(stored(&at, case).len(), 0);
    assert!(matches!(hostile.push(&mut at, &[(case, first)])[..], [Verdict::Accepted(_)]));
    assert!(matches!(hostile.push(&mut at, &[(case, second)])[..], [Verdict::Duplicate(_)]));
    // What builds on something that never comes waits, but not without end, and not for ever.
    let device = hostile.session(&at).device_id();
    let parked = |at: &Deployment| at.server.storage().read::<_, StorageError>(|tx| tx.count_parked(device)).unwrap();
    let never = hostile.complaint(&mut at);
    let (case, first) = never[0].clone();
    for round in 0..5_u8 {
        let flood: Vec<_> = (0..500_u16)
            .map(|n| {
                let mut id = [round + 100; 8];
                id[..2].copy_from_slice(&n.to_be_bytes());
                let text = Event {
                    by: user(Role::Receiver),
                    at: at.now,
                    after: vec![],
                    set: 1,
                    step: Step::Correction { note: "x".into() },
                };
                (case, hostile.write(case, &[&first], &[Edit::Event { id: EventId(id), text: text.to_text() }]))
            })
            .collect();
        hostile.push(&mut at, &flood);
    }
    assert_eq!(parked(&at), 2_000);
    at.now = at.now.plus(400 * DAY);
    at.server.sweep(at.now).unwrap();
}

#[test]
fn frames_that_would_inflate_to_gigabytes_are_refused_before_they_do() {
    let mut at = deployment();
    let hostile = RawPhone::sign_in(&mut at, Role::Receiver, 9);
    let mut bombs = Vec::new();
    // A mebibyte and one of nothing, and a header that promises four gigabytes.
    let mut packed = zstd::bulk::compress(&vec![0; (1 << 20) + 1], 19).unwrap();
    packed.splice(0..0, [1, 1]);
    bombs.push(packed);
    bombs.push([&[1, 1][..], &[0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0xff, 0xff, 0xff, 0xff], &[0; 64]].concat());
    bombs.push(vec![1, 1]);
    bombs.push(vec![0xff; 4 << 10]);
    for bomb in bombs {
        let bytes = hostile.request(&mut at, vec![bomb.clone()]);
        let answer = hostile.send(&mut at, &bytes);
        assert!(matches!(answer.pushed[..], [FrameVerdicts::Malformed]), "{:?}", answer.pushed);
    }
    // Nothing but arrays, as deep as a body may be long: refused, not followed down.
    let session = hostile.session(&at);
    for deep in [vec![0x81; 1 << 20], vec![0xbf; 1 << 20], vec![0x9f; 1 << 20]] {
        let refused = at.server.sync(at.now, &mut at.chance, &session, &deep).map_err(|error| error.told().code);
        assert_eq!(refused.err(), Some(CallRefusal::Malformed));
    }
}

#[tokio::test]
async fn one_that_asks_without_end_is_told_to_wait_and_others_are_answered() {
    let mut at = deployment();
    let (hostile, other) = (RawPhone::sign_in(&mut at, Role::Ao, 9), RawPhone::sign_in(&mut at, Role::AmeMgr, 10));
    let now = at.now;
    let app = App::new(at.server.clone()).with_clock(move || now);
    let call = async |token: &str, path: &str, body: String| {
        let request = Request::post(path).header("authorization", format!("Bearer {token}"));
        let request = request.header("content-type", "application/json").header("content-length", body.len());
        router(&app).oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
    };
    let mut told = None;
    for _ in 0..1_100 {
        let response = call(&hostile.token, "/api/v1/keys/ask", String::new()).await;
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            told = response.headers().get("retry-after").cloned();
            break;
        }
    }
    assert!(told.is_some(), "it is told when to come again");
    let answered = call(&other.token, "/api/v1/cases", "{}".into()).await;
    assert_eq!(answered.status(), StatusCode::OK);
    // Bytes too: a body is weighed before it is read.
    let large = format!("\"{}\"", "x".repeat((4 << 20) - 2));
    let mut refused = 0;
    for _ in 0..20 {
        let response = call(&other.token, "/api/v1/sync", large.clone()).await;
        refused += u32::from(response.status() == StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!(refused, 5, "sixty-four mebibytes in one go, less the little before");
}
