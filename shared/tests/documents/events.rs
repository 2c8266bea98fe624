//! What the gate asks of an event's body, and of the clear header of a sealed report.

use crate::{
    attacks::{Scene, op},
    people::{Phone, case, event, event_id, put, registered, registered_header, sealed_header, started, text},
};
use automerge::legacy::OpType;
use shared::{
    document::{content::Edit, fold::Document},
    gate::{Code, Denial, Park, Verdict},
    model::{
        codes::{EntryType, Level},
        event::{MAX_NOTE_CHARS, Step},
        record::DocKind,
    },
};

const ID: u64 = 7;

fn ask_text(scene: &Scene, body: &str) -> Result<(), Denial> {
    let put = op(scene.events(), &event_id(ID).to_string(), OpType::Put(body.into()), vec![]);
    scene.ask(scene.next(vec![put]))
}

fn ask_step(scene: &Scene, step: Step) -> Result<(), Denial> {
    ask_text(scene, &text(&scene.mallory.user, step))
}

#[track_caller]
fn denied(answer: Result<(), Denial>, verdict: Verdict, code: Code) {
    let path = format!("events/{}", event_id(ID));
    assert_eq!(answer, Err(Denial { verdict, check: 9, code, path }));
}

#[test]
fn an_event_speaks_for_the_devices_user_only() {
    let scene = Scene::of(case());
    assert_eq!(ask_step(&scene, started("اتصلت")), Ok(()));
    denied(ask_text(&scene, &text(&scene.author.user, started("x"))), Verdict::Refuse, Code::Author);
}

#[test]
fn a_malformed_event_is_refused() {
    let scene = Scene::of(case());
    let honest = text(&scene.mallory.user, started("x"));
    for body in ["", "[", "{}", "null", r#"{"k":"started"}"#, &honest.replace("\"at\":", "\"at\":\""), &format!(" {honest}")] {
        denied(ask_text(&scene, body), Verdict::Refuse, Code::EventMalformed);
    }
    // The same field twice, or in another order: one event has one text.
    let twice = honest.replacen('{', r#"{"set":1,"#, 1);
    denied(ask_text(&scene, &twice), Verdict::Refuse, Code::EventMalformed);
    let number = op(scene.events(), &event_id(ID).to_string(), OpType::Put(5.into()), vec![]);
    denied(scene.ask(scene.next(vec![number])), Verdict::Refuse, Code::EventMalformed);
}

#[test]
fn a_text_longer_than_any_event_is_not_even_read() {
    let scene = Scene::of(case());
    let later = text(&scene.mallory.user, started("")).replace("started", "teleported");
    // A later version's event may be as long as this version's longest; nothing is ever longer.
    let filled = |length: usize| later.replace(r#""note":"""#, &format!(r#""note":"{}""#, "x".repeat(length - later.len())));
    denied(ask_text(&scene, &filled(56 * 1024)), Verdict::Park(Park::Upgrade), Code::LaterEvent);
    denied(ask_text(&scene, &filled(56 * 1024 + 1)), Verdict::Refuse, Code::EventMalformed);
    denied(ask_text(&scene, &filled(60 * 1024)), Verdict::Refuse, Code::EventMalformed);
}

#[test]
fn an_event_of_a_later_version_is_parked_and_never_refused() {
    let scene = Scene::of(case());
    let honest = text(&scene.mallory.user, started("x"));
    let later = [
        honest.replace("started", "teleported"),
        honest.replace("\"set\":1", "\"set\":1,\"mood\":\"calm\""),
        text(&scene.mallory.user, registered()).replace("\"action\"", "\"tomorrow\""),
    ];
    for body in later {
        denied(ask_text(&scene, &body), Verdict::Park(Park::Upgrade), Code::LaterEvent);
    }
}

#[test]
fn texts_codes_days_and_lists_of_an_event_have_bounds() {
    let scene = Scene::of(case());
    assert_eq!(ask_step(&scene, started(&"م".repeat(MAX_NOTE_CHARS))), Ok(()));
    let day = |day: &str| day.parse().unwrap();
    let long = "م".repeat(MAX_NOTE_CHARS + 1);
    let held = |reason: &str, on: &str| Step::Held { reason: reason.into(), next_on: day(on), note: String::new() };
    let followup = |mode: &str, on: &str| Step::Followup {
        with: String::new(),
        mode: mode.into(),
        note: "x".into(),
        next_on: Some(day(on)),
    };
    let assigned = |to: &str| Step::Assigned { to: to.into(), share_identity: false, reason: String::new() };
    let merged = |into_ref: &str| Step::Merged {
        into: shared::model::ids::RecordId([1; 16]),
        into_ref: into_ref.into(),
        reason: "x".into(),
    };
    assert_eq!(ask_step(&scene, held("hold.person", "2026-11-30")), Ok(()));
    assert_eq!(ask_step(&scene, followup("mode.phone", "2026-11-30")), Ok(()));
    assert_eq!(ask_step(&scene, assigned("u7")), Ok(()));
    assert_eq!(ask_step(&scene, merged("123456789")), Ok(()));
    let bad = [
        started(&long),
        held("two words", "2026-11-30"),
        held("hold.person", "0001-01-01"),
        followup("mode.phone", "2200-01-01"),
        followup("", "2026-11-30"),
        assigned(""),
        assigned("u 7"),
        merged("12345678"),
        Step::Referred {
            to: "x".into(),
            consent: shared::model::codes::Consent::Yes,
            ground: long.clone(),
            shared: String::new(),
        },
    ];
    for step in bad {
        denied(ask_step(&scene, step), Verdict::Refuse, Code::EventMalformed);
    }
    let mut many = text(&scene.mallory.user, started("x"));
    many = many.replace("\"set\":1", &format!("\"after\":[{}],\"set\":1", vec![r#""00112233445566aa""#; 65].join(",")));
    denied(ask_text(&scene, &many), Verdict::Refuse, Code::EventMalformed);
}

#[test]
fn a_registration_says_all_or_is_a_header() {
    let ask = |step: Step| {
        let mallory = Phone::new(66, DocKind::Case);
        let change = mallory.document.write(mallory.actor(), &[event(&mallory, ID, step)]).unwrap().unwrap();
        crate::people::ask(&Document::new(DocKind::Case), &change, mallory.device, &mallory.user)
    };
    let with = |change: &dyn Fn(&mut shared::model::event::Registered)| {
        let Step::Registered(mut r) = registered() else { unreachable!() };
        change(&mut r);
        ask(Step::Registered(r))
    };
    assert_eq!(ask(registered()), Ok(()));
    assert_eq!(ask(registered_header()), Ok(()));
    denied(with(&|r| r.level = 4.try_into().unwrap()), Verdict::Refuse, Code::EventMalformed);
    denied(with(&|r| r.category = None), Verdict::Refuse, Code::EventMalformed);
    denied(with(&|r| r.subject_role = None), Verdict::Refuse, Code::EventMalformed);
    denied(with(&|r| r.adm3 = "".into()), Verdict::Refuse, Code::EventMalformed);
    denied(with(&|r| r.received_on = "1026-11-24".parse().unwrap()), Verdict::Refuse, Code::EventMalformed);
}

#[test]
fn without_consent_to_record_only_the_count_is_kept() {
    let tally = || {
        let Step::Registered(mut r) = registered() else { unreachable!() };
        (r.category, r.subject_role) = (None, None);
        Step::Registered(r)
    };
    let mallory = Phone::new(66, DocKind::Case);
    let ask = |edits: &[Edit]| {
        let change = mallory.document.write(mallory.actor(), edits).unwrap().unwrap();
        crate::people::ask(&Document::new(DocKind::Case), &change, mallory.device, &mallory.user)
    };
    let tallied = event(&mallory, 1, tally());
    let kept = [put("intake.channel", "hotline"), put("consent.record", "no"), put("place.adm3", "SY020400")];
    assert_eq!(ask(&[std::slice::from_ref(&tallied), &kept[..]].concat()), Ok(()));
    let denied = |path: &str| Err(Denial { verdict: Verdict::Refuse, check: 9, code: Code::TallyOnly, path: path.into() });
    assert_eq!(ask(&[tallied.clone(), put("intake.words", "قالت إن")]), denied("intake.words"));
    assert_eq!(ask(&[tallied, event(&mallory, 2, started("محمد"))]), denied("events"));
}

#[test]
fn an_answer_on_the_spot_stands_beside_an_information_request_of_level_1_only() {
    let asked = |level: u8, entry_type| {
        let Step::Registered(mut r) = registered() else { unreachable!() };
        (r.level, r.entry_type) = (Level::new(level).unwrap(), Some(entry_type));
        Step::Registered(r)
    };
    let told = |words: &str| Step::AnsweredOnSpot {
        mode: "verbal".into(),
        told: words.into(),
        agreed: None,
        satisfaction: "s_na".into(),
    };
    let mallory = Phone::new(66, DocKind::Case);
    let ask = |steps: &[Step]| {
        let edits: Vec<Edit> = (1..).zip(steps).map(|(id, step)| event(&mallory, id, step.clone())).collect();
        let change = mallory.document.write(mallory.actor(), &edits).unwrap().unwrap();
        crate::people::ask(&Document::new(DocKind::Case), &change, mallory.device, &mallory.user).map_err(|denial| denial.code)
    };
    let request = || asked(1, EntryType::InfoRequest);
    assert_eq!(ask(&[request(), told("يوم الأحد")]), Ok(()));
    assert_eq!(ask(&[request(), told(" ")]), Err(Code::EventMalformed));
    assert_eq!(ask(&[request(), told("x"), told("y")]), Err(Code::NotOnSpot));
    for other in [asked(1, EntryType::Complaint), asked(2, EntryType::InfoRequest)] {
        assert_eq!(ask(&[other, told("x")]), Err(Code::NotOnSpot));
    }
    let later = Scene::of(case());
    assert_eq!(ask_step(&later, told("x")).map_err(|denial| denial.code), Err(Code::NotOnSpot));
}

#[track_caller]
fn not_in_a_header(answer: Result<(), Denial>, path: &str) {
    assert_eq!(answer, Err(Denial { verdict: Verdict::Refuse, check: 9, code: Code::SealedHeader, path: path.into() }));
}

#[test]
fn a_sealed_header_takes_no_other_key_and_no_words() {
    let scene = Scene::of(sealed_header());
    let ask = |edits: &[Edit]| {
        let change = scene.mallory.document.write(scene.mallory.actor(), edits).unwrap().unwrap();
        scene.ask_raw(change.raw())
    };
    assert_eq!(ask(&[put("place.adm3", "SY020401")]), Ok(()));
    assert_eq!(ask(&[event(&scene.mallory, ID, Step::Seen {})]), Ok(()));
    not_in_a_header(ask(&[put("intake.words", "قالت إن")]), "intake.words");
    not_in_a_header(ask(&[put("who.sex", "f")]), "who.sex");
    not_in_a_header(ask(&[event(&scene.mallory, ID, started("محمد"))]), "events");
}

#[test]
fn a_sealed_header_is_born_without_words() {
    let mallory = Phone::new(66, DocKind::Case);
    let ask = |edits: &[Edit]| {
        let change = mallory.document.write(mallory.actor(), edits).unwrap().unwrap();
        crate::people::ask(&Document::new(DocKind::Case), &change, mallory.device, &mallory.user)
    };
    let header = || event(&mallory, 1, registered_header());
    assert_eq!(ask(&[header(), put("ref_no", "123456789"), put("place.adm3", "SY020400"), put("project", "P01")]), Ok(()));
    not_in_a_header(ask(&[header(), put("intake.words", "قالت إن")]), "intake.words");
    not_in_a_header(ask(&[put("intake.channel", "hotline"), header()]), "intake.channel");
    not_in_a_header(ask(&[header(), event(&mallory, 2, started("محمد"))]), "events");
}

#[test]
fn a_case_with_words_never_becomes_a_header() {
    let scene = Scene::of(case());
    let header = event(&scene.mallory, ID, registered_header());
    let change = scene.mallory.document.write(scene.mallory.actor(), &[header]).unwrap().unwrap();
    let denial = scene.ask_raw(change.raw()).unwrap_err();
    assert_eq!((denial.verdict, denial.code), (Verdict::Refuse, Code::SealedHeader));
}
