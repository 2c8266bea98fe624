//! The page on which a person follows what they told us: a form, and an answer of a word and days. Works without script and without
//! the app, in Arabic and English. Number and PIN come in a body, go nowhere else, and stand in no answer. Decides nothing.

use super::App;
use crate::work::status::{Asked, Standing, Told};
use axum::{
    Form,
    extract::{
        ConnectInfo, Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared::text::{Language, Texts};
use std::{
    fmt::Write,
    net::{IpAddr, SocketAddr},
    sync::LazyLock,
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

const STYLE: &str = include_str!("../../pages/status.css");

/// One style, this page's own form, nothing else: no script, no picture, no frame.
static CONTENT_SECURITY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let style = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    HeaderValue::from_str(&policy).ok()
});

/// No answer comes sooner: what little more work one takes than another shows to nobody.
const ANSWER: Duration = Duration::from_millis(400);

/// In which language.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    lang: String,
}

/// What was typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    number: String,
    pin: String,
}

/// Where the call came from, if the listener says so.
pub(super) struct From(Option<IpAddr>);

impl<S: Sync> axum::extract::FromRequestParts<S> for From {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|from| from.0.ip())))
    }
}

pub(super) async fn form(wanted: Result<Query<Wanted>, QueryRejection>) -> Response {
    page(texts(wanted), StatusCode::OK, "")
}

pub(super) async fn ask(
    State(app): State<App>,
    From(from): From,
    wanted: Result<Query<Wanted>, QueryRejection>,
    typed: Result<Form<Typed>, FormRejection>,
) -> Response {
    let until = Instant::now() + ANSWER;
    let t = texts(wanted);
    let told = match typed {
        Ok(Form(Typed { number, pin })) => app.work(move |server, now| server.status(now, &Asked { number, pin, from })).await,
        Err(_) => Ok(Told::Misread),
    };
    sleep_until(until).await;
    match told {
        Ok(Told::Standing(standing)) => page(t, StatusCode::OK, &answer(t, standing)),
        Ok(Told::Unknown) => page(t, StatusCode::OK, &problem(&t.follow_unknown())),
        Ok(Told::Misread) => page(t, StatusCode::OK, &problem(&t.follow_misread())),
        Ok(Told::Wait) => page(t, StatusCode::TOO_MANY_REQUESTS, &problem(&t.follow_wait())),
        Err(_) => page(t, StatusCode::SERVICE_UNAVAILABLE, &problem(&t.follow_fault())),
    }
}

fn texts(wanted: Result<Query<Wanted>, QueryRejection>) -> Texts {
    let wanted = wanted.map(|Query(wanted)| wanted).unwrap_or_default();
    Texts::new(Language::from_tag(&wanted.lang).unwrap_or_default())
}

fn problem(words: &str) -> String {
    format!(r#"<p class="card problem" role="alert" id="problem">{words}</p>"#)
}

/// The state, its words and its days, in place of the form.
fn answer(t: Texts, standing: Standing) -> String {
    let Standing { state, received_on, responded_on, closed_on } = standing;
    let word = |state: &str| t.coded("follow", state).unwrap_or_default();
    let days = [("received", Some(received_on)), ("answered", responded_on), ("closed", closed_on)];
    let mut lines = String::new();
    for (name, day) in days.into_iter().filter_map(|(name, day)| Some((name, day?))) {
        let (word, shown) = (word(name), t.day(day));
        if write!(lines, r#"<div><dt>{word}</dt><dd><time datetime="{day}">{shown}</time></dd></div>"#).is_err() {
            unreachable!("writing to a String cannot fail");
        }
    }
    let (headline, words) = (word(state), word(&format!("{state}_words")));
    let (again, lang) = (t.follow_again(), t.language().tag());
    format!(
        r#"<section class="card" role="status" id="answer" data-state="{state}"><p class="state">{headline}</p><p>{words}</p><dl>{lines}</dl></section>
<a class="button" href="/status?lang={lang}">{again}</a>"#
    )
}

/// The whole page. Where `said` is an answer it stands in place of the form.
fn page(t: Texts, status: StatusCode, said: &str) -> Response {
    let (lang, dir) = (t.language().tag(), t.language().dir());
    let others = Texts::new(if t.language() == Language::Ar { Language::En } else { Language::Ar });
    let (other, to_other) = (others.language().tag(), others.language_own_name());
    let (title, private) = (t.follow_title(), t.follow_private());
    let asked = if said.contains(r#"id="answer""#) { String::new() } else { fields(t, !said.is_empty()) };
    let text = format!(
        r#"<!doctype html>
<html lang="{lang}" dir="{dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{STYLE}</style>
<main>
<header><h1>{title}</h1><a href="/status?lang={other}" lang="{other}">{to_other}</a></header>
{said}
{asked}
<p class="private">{private}</p>
</main>
</html>
"#
    );
    let mut response = (status, Html(text)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(policy) = CONTENT_SECURITY.clone() {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn fields(t: Texts, has_problem: bool) -> String {
    let lang = t.language().tag();
    let (number, number_hint, pin, pin_hint) = (t.follow_number(), t.follow_number_hint(), t.follow_pin(), t.follow_pin_hint());
    let about = if has_problem { r#" aria-describedby="problem""# } else { "" };
    let check = t.follow_check();
    format!(
        r#"<form class="card" method="post" action="/status?lang={lang}" autocomplete="off">
<label for="number">{number} <span class="hint">({number_hint})</span></label>
<input id="number" name="number" inputmode="numeric" required maxlength="40" autocomplete="off"{about}>
<label for="pin">{pin} <span class="hint">({pin_hint})</span></label>
<input id="pin" name="pin" inputmode="numeric" required maxlength="20" autocomplete="off"{about}>
<button>{check}</button>
</form>"#
    )
}
