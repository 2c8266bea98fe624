//! "Answered now" at intake: what the form may say, and the step it becomes.

use super::*;
use shared::{
    intent::{AGREED, SATISFACTION, TOLD, may_answer_now},
    settings::{Label, check, say::Point},
};

const WORDS: &str = "التوزيع يوم الأحد في مركز اعزاز";

fn request() -> Facts {
    changed(
        complaint(),
        &[
            ("reg.entry_type", None),
            ("reg.category", Some("info.schedule".into())),
            ("reg.subject_role", Some("none".into())),
            ("intake.words", None),
            (TOLD, Some(WORDS.into())),
        ],
    )
}

fn claim(form: Facts) -> Step {
    let prepared = desk("receiver").complain(form).unwrap();
    events(&prepared, DocKind::Case).pop().unwrap().1.step
}

#[test]
fn an_answer_stands_beside_the_registration_and_is_no_fact() {
    let prepared = desk("receiver").complain(changed(request(), &[("ack.mode", Some("written".into()))])).unwrap();
    let events = events(&prepared, DocKind::Case);
    let kinds: Vec<&str> = events.iter().map(|(_, event)| event.step.kind()).collect();
    assert_eq!(kinds, ["registered", "acknowledged", "answered_on_spot"]);
    assert_eq!(events[2].1.after, [StepRef::Event(events[1].0)]);
    assert!(puts(&prepared, DocKind::Case).keys().all(|key| !key.starts_with("told.")));
}

#[test]
fn what_was_not_asked_is_said_to_be_unasked() {
    let step = |mode: &str, agreed, satisfaction: &str| Step::AnsweredOnSpot {
        mode: mode.into(),
        told: WORDS.into(),
        agreed,
        satisfaction: satisfaction.into(),
    };
    assert_eq!(claim(request()), step("verbal", None, "s_na"));
    assert_eq!(claim(changed(request(), &[("intake.channel", Some("hotline".into()))])), step("call", None, "s_na"));
    let said = [(AGREED, Some("no".into())), (SATISFACTION, Some("s2".into()))];
    assert_eq!(claim(changed(request(), &said)), step("verbal", Some(false), "s2"));
    assert_eq!(claim(changed(request(), &[(TOLD, Some("  ".into()))])).kind(), "registered", "nothing told");
}

#[test]
fn only_an_information_request_of_level_1_is_answered_now() {
    let desk = desk("receiver");
    assert!(may_answer_now(&request(), &desk.settings));
    let others: [&[(&str, Option<Fact>)]; 3] = [
        &[("reg.category", Some("qual.delay".into())), ("intake.words", Some("تأخرت".into()))],
        &[("reg.entry_type", Some("complaint".into()))],
        &[("reg.level", Some(2.into()))],
    ];
    for other in others {
        let form = changed(request(), other);
        assert!(!may_answer_now(&form, &desk.settings), "{other:?}");
        assert_eq!(desk.complain(form).unwrap_err(), one(TOLD, ProblemCode::NotOpen), "{other:?}");
    }
    for other in [("consent.record", Some("no".into())), ("reg.may_be_sensitive", Some(true.into()))] {
        let form = changed(request(), &[other]);
        assert!(!may_answer_now(&form, &desk.settings));
        let prepared = desk.complain(form).unwrap();
        assert!(prepared.edits.iter().all(|(_, edits)| !format!("{edits:?}").contains(WORDS)), "words of what keeps none");
    }
    let unknown = changed(request(), &[(SATISFACTION, Some("s9".into()))]);
    assert_eq!(desk.complain(unknown).unwrap_err(), one(SATISFACTION, ProblemCode::UnknownCode));
}

#[test]
fn what_a_project_says_is_whole_in_both_languages_and_not_too_much() {
    let label = |text: &str| Label { en: text.into(), ar: text.into() };
    let problems = |change: &dyn Fn(&mut Settings)| {
        let mut settings = settings();
        settings.projects.iter_mut().for_each(|project| project.name = label("P"));
        change(&mut settings);
        check::check(&settings).into_iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let point = Point { categories: vec!["info.crm".into()], question: label("؟"), answer: label("!") };
    let with = |point: Point| move |settings: &mut Settings| settings.projects[0].says.points.push(point.clone());
    assert_eq!(problems(&|_| {}), problems(&with(point.clone())));
    let usual = problems(&|_| {}).len();
    let added = |change: &dyn Fn(&mut Settings)| problems(change).len() - usual;
    assert_eq!(added(&with(Point { answer: Label { en: "!".into(), ..Label::default() }, ..point.clone() })), 1);
    assert_eq!(added(&with(Point { categories: vec!["no.such".into()], ..point.clone() })), 1);
    assert_eq!(added(&with(Point { answer: label(&"م".repeat(1_001)), ..point })), 1);
    assert_eq!(added(&|settings| settings.projects[0].says.sheet.who.ar = "من".into()), 1, "half a line");
}

#[test]
fn accepting_names_a_claim_that_still_waits() {
    let desk = desk("ao");
    let mut life = Life::new(1);
    let told = Step::AnsweredOnSpot { mode: "verbal".into(), told: WORDS.into(), agreed: None, satisfaction: "s_na".into() };
    let claim = life.id_of("receiver", told);
    life.act("ao", classified(1));
    let state = life.state();
    let accepted = |of| {
        let Step::Responded { on, mode, summary, reached, understood, accepts, .. } = responded("2026-03-02") else {
            unreachable!()
        };
        Step::Responded { on, mode, summary, reached, understood, accepts, of }
    };
    let resource = resource(DocKind::Case, Some(1));
    let known =
        Known { document: DocumentId::first(RECORD, DocKind::Case), state: KnownState::Case(&state), resource: &resource };
    let ask = |of| desk.prepare(&Intent::AddStep { record: RECORD, doc: DocKind::Case, step: accepted(of) }, Some(known));
    assert!(ask(Some(claim)).is_ok() && ask(None).is_ok());
    assert_eq!(ask(Some(EventId([9; 8]))).unwrap_err(), one("", ProblemCode::NotOpen));
}
