//! The page for people who told us something: number and PIN in, a word and days out, and nothing to find out by asking.

use crate::{
    harness::{DAY, Deployment, Folder, Phone, complaint},
    sealed_phones::{begun, card, phone_with_key, sensitive, step},
};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode},
};
use mobile::protocol::Saved;
use server::http::{App, router};
use shared::{
    document::content::{Fact, Facts},
    model::{
        codes::{CloseReason, EntryType, Level, Outcome, Status, Urgency},
        event::{SealedDeed, Step},
        ids::RecordId,
        role::Role,
    },
};
use std::{net::SocketAddr, time::Instant};
use tower::ServiceExt;

fn app(at: &Deployment) -> App {
    let now = at.now;
    App::new(at.server.clone()).with_clock(move || now)
}

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Page {
    /// `received`, `answered` or `closed`, and the days beside.
    fn answer(&self) -> (&str, Vec<&str>) {
        let after = |text: &'static str| self.text.split(text).skip(1).map(|rest| rest.split('"').next().unwrap());
        (after(r#"data-state=""#).next().unwrap_or_default(), after(r#"datetime=""#).collect())
    }
}

async fn send(app: &App, request: Request<Body>) -> Page {
    let response = router(app).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    Page { status, headers, text: String::from_utf8(body.to_vec()).unwrap() }
}

/// The form, sent from an address.
async fn ask_from(app: &App, from: &str, number: &str, pin: &str) -> Page {
    let body = format!("number={}&pin={}", number.replace(' ', "+"), pin.replace(' ', "+"));
    let request = Request::builder().method(Method::POST).uri("/status?lang=en");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let from: SocketAddr = format!("{from}:4000").parse().unwrap();
    send(app, request.extension(ConnectInfo(from)).body(Body::from(body)).unwrap()).await
}

async fn ask(app: &App, (number, pin): (&str, &str)) -> Page {
    ask_from(app, "203.0.113.9", number, pin).await
}

fn handed(facts: Facts) -> Facts {
    facts.into_iter().chain([("receipt_given".to_owned(), Fact::Flag(true)), ("ack.mode".to_owned(), "verbal".into())]).collect()
}

fn card_of(saved: &Saved) -> (String, String) {
    (saved.ref_no.clone().unwrap(), saved.ref_pin.clone().unwrap())
}

fn other(pin: &str) -> String {
    format!("{:04}", (pin.parse::<u16>().unwrap() + 1) % 10_000)
}

/// The officer's word on what it is.
fn classify(officer: &mut Phone, at: &mut Deployment, record: RecordId, category: &str, level: u8) {
    let (entry_type, urgency) = (EntryType::Complaint, Urgency::Action);
    let level = Level::new(level).unwrap();
    let classified = Step::Classified { entry_type, category: category.into(), level, urgency, reason: "راجعتها".into() };
    officer.step(at, record, classified).unwrap();
    officer.sync(at);
}

/// The officer tells the person what came of it.
fn answer(officer: &mut Phone, at: &mut Deployment, record: RecordId) {
    let on = at.now.day(180);
    let responded = Step::Responded {
        on,
        mode: "call".into(),
        summary: "أبلغناها".into(),
        reached: true,
        understood: Some(true),
        accepts: Some(true),
        of: None,
    };
    officer.step(at, record, responded).unwrap();
    officer.sync(at);
}

#[tokio::test]
async fn a_person_sees_how_far_it_is_and_days_and_never_what_it_is() {
    let mut at = Deployment::new(false);
    let mut officer = at.phone(Role::Ao);
    let facts = handed(complaint(&at)).into_iter().chain([("reg.category".to_owned(), "info.schedule".into())]).collect();
    let saved = officer.record(&mut at, facts);
    let (number, pin) = card_of(&saved);
    assert_eq!(ask(&app(&at), (&number, &pin)).await.answer(), ("", vec![]), "nothing has arrived");
    officer.sync(&mut at);
    let received = at.now.day(180).to_string();
    let page = ask(&app(&at), (&number, &pin)).await;
    assert_eq!((page.status, page.answer()), (StatusCode::OK, ("received", vec![received.as_str()])));
    for secret in [number.as_str(), pin.as_str(), "فاطمة", "السلة", "P01", "SY0204", "hotline"] {
        assert!(!page.text.contains(secret), "{secret} is on the page");
    }
    // As people write them: Arabic digits, groups.
    let arabic = |text: &str| text.chars().map(|c| c.to_digit(10).map_or(c, |d| char::from_u32(0x660 + d).unwrap())).collect();
    let (spoken, spoken_pin): (String, String) = (arabic(&number), arabic(&pin));
    let spaced = format!("{}-{}", &number[..4], &number[4..]);
    assert_eq!(ask(&app(&at), (&spoken, &spoken_pin)).await.answer().0, "received");
    assert_eq!(ask(&app(&at), (&spaced, &pin)).await.answer().0, "received");
    at.now = at.now.plus(DAY);
    let closed = at.now.day(180).to_string();
    classify(&mut officer, &mut at, saved.record, "info.schedule", 1);
    answer(&mut officer, &mut at, saved.record);
    let page = ask(&app(&at), (&number, &pin)).await;
    assert_eq!(page.answer(), ("answered", vec![received.as_str(), &closed]));
    let (reason, outcome, note) = (CloseReason::Responded, Outcome::Upheld, String::new());
    let on = at.now.day(180);
    let step = Step::Closed { on, reason, outcome, note, satisfaction: "s4".into(), actions_done: true };
    officer.step(&mut at, saved.record, step).unwrap();
    officer.sync(&mut at);
    let page = ask(&app(&at), (&number, &pin)).await;
    assert_eq!(page.answer(), ("closed", vec![received.as_str(), &closed, &closed]));
}

#[tokio::test]
async fn a_sealed_case_was_received_whatever_its_state_and_so_was_one_that_was_raised() {
    let mut at = Deployment::new(false);
    let begun = begun(&at, &[Role::PseaFp, Role::HqIu]);
    let mut receiver = at.phone(Role::Receiver);
    let facts = handed(sensitive(&at, "ser.sea"));
    let saved = receiver.record(&mut at, facts);
    receiver.sync(&mut at);
    let received = at.now.day(180).to_string();
    at.now = at.now.plus(DAY);
    let mut focal = phone_with_key(&mut at, Role::PseaFp, &card(&begun, Role::PseaFp));
    focal.sync(&mut at);
    let mut unit = phone_with_key(&mut at, Role::HqIu, &card(&begun, Role::HqIu));
    unit.sync(&mut at);
    step(&mut unit, &mut at, saved.record, SealedDeed::HandedOver {}, "").unwrap();
    unit.sync(&mut at);
    focal.sync(&mut at);
    step(&mut focal, &mut at, saved.record, SealedDeed::Responded {}, "أبلغناها").unwrap();
    step(&mut focal, &mut at, saved.record, SealedDeed::Closed { reason: CloseReason::IuHandover }, "سُلّمت").unwrap();
    focal.sync(&mut at);
    assert_eq!(focal.case(&mut at, saved.record).unwrap().row.status, Status::Closed);
    let (number, pin) = card_of(&saved);
    let page = ask(&app(&at), (&number, &pin)).await;
    assert_eq!(page.answer(), ("received", vec![received.as_str()]));

    let mut officer = at.phone(Role::Ao);
    let facts = handed(complaint(&at)).into_iter().chain([("reg.category".to_owned(), "info.schedule".into())]).collect();
    let plain = officer.record(&mut at, facts);
    officer.sync(&mut at);
    let received = at.now.day(180).to_string();
    at.now = at.now.plus(DAY);
    classify(&mut officer, &mut at, plain.record, "info.schedule", 1);
    answer(&mut officer, &mut at, plain.record);
    classify(&mut officer, &mut at, plain.record, "ser.sea", 5);
    let (number, pin) = card_of(&plain);
    let page = ask(&app(&at), (&number, &pin)).await;
    assert_eq!(page.answer(), ("received", vec![received.as_str()]), "the days before say nothing any more");
}

/// Number and PIN of a complaint that the server has.
fn arrived(at: &mut Deployment) -> (String, String) {
    let mut officer = at.phone(Role::Ao);
    let facts = handed(complaint(at));
    let saved = officer.record(at, facts);
    officer.sync(at);
    card_of(&saved)
}

#[tokio::test]
async fn an_unknown_number_and_a_wrong_pin_are_one_answer_and_a_slip_tells_nothing() {
    let mut at = Deployment::new(false);
    let (number, pin) = arrived(&mut at);
    let app = app(&at);
    let nobodys = shared::receipt_no::ReceiptNo::with_check_digit(12_345_678);
    let mut took = Vec::new();
    let mut pages = Vec::new();
    for (number, pin) in [(number.as_str(), other(&pin)), (nobodys.as_str(), pin.clone())] {
        let began = Instant::now();
        pages.push(ask(&app, (number, &pin)).await);
        took.push(began.elapsed());
    }
    assert_eq!((pages[0].status, &pages[0].text), (pages[1].status, &pages[1].text));
    assert_eq!(pages[0].headers, pages[1].headers);
    assert!(pages[0].answer().0.is_empty() && took.iter().all(|took| took.as_millis() >= 400), "{took:?}");
    // A digit that was misread is found whether the number exists or not, before anything is looked up.
    let misread = |number: &str| format!("{}{}", &number[..8], (number.as_bytes()[8] - b'0' + 1) % 10);
    let slips = [ask(&app, (&misread(&number), &pin)).await, ask(&app, (&misread(nobodys.as_str()), &pin)).await];
    assert_eq!(slips[0].text, slips[1].text);
    assert_ne!(slips[0].text, pages[0].text, "the person is told to look at the digits");
    assert_eq!(ask(&app, (&number, "12345")).await.text, slips[0].text);
}

#[tokio::test]
async fn guessing_ends_for_a_number_whether_it_exists_or_not_and_for_an_address() {
    let mut at = Deployment::new(false);
    let (number, pin) = arrived(&mut at);
    let app = app(&at);
    let nobodys = shared::receipt_no::ReceiptNo::with_check_digit(12_345_678);
    for number in [number.as_str(), nobodys.as_str()] {
        for n in 0..5 {
            let page = ask_from(&app, &format!("198.51.100.{n}"), number, &other(&pin)).await;
            assert_eq!(page.status, StatusCode::OK);
        }
        let page = ask_from(&app, "198.51.100.77", number, &pin).await;
        assert_eq!((page.status, page.answer().0), (StatusCode::TOO_MANY_REQUESTS, ""), "not even with the right PIN");
    }
    let later = App::new(at.server.clone()).with_clock({
        let now = at.now.plus(DAY);
        move || now
    });
    assert_eq!(ask(&later, (&number, &pin)).await.answer().0, "received");
}

#[tokio::test]
async fn the_page_loads_nothing_runs_nothing_and_is_kept_nowhere() {
    let at = Deployment::new(false);
    let web = Folder::new();
    std::fs::write(web.0.join("index.html"), "<title>shell</title>").unwrap();
    let app = app(&at).with_web(web.0.clone());
    for (lang, dir) in [("ar", "rtl"), ("en", "ltr")] {
        let page = send(&app, Request::builder().uri(format!("/status?lang={lang}")).body(Body::empty()).unwrap()).await;
        assert!(page.text.contains(&format!(r#"<html lang="{lang}" dir="{dir}">"#)) && page.text.contains(r#"method="post""#));
        assert!(!page.text.contains("<script") && !page.text.contains("src=") && page.text.len() < 6_000, "{}", page.text.len());
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert!(!page.headers.contains_key("set-cookie"));
    }
    let page = send(&app, Request::builder().uri("/status").body(Body::empty()).unwrap()).await;
    assert!(page.text.contains(r#"lang="ar""#), "Arabic unless asked");
    // Neither the number nor the PIN is taken from an address.
    let asked = Request::builder().method(Method::POST).uri("/status?number=123456784&pin=0000").body(Body::empty()).unwrap();
    assert!(send(&app, asked).await.answer().0.is_empty());
}
