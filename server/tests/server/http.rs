//! What only HTTP does: bodies, headers, codes, the web app's files.

use crate::{
    access::tokens,
    harness::{Deployment, Folder, PASSWORD},
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use server::http::{App, router};
use shared::{
    model::role::Role,
    sync::{
        messages::MAX_REQUEST_BYTES,
        sign_in::{CallRefusal, CallRefused},
    },
};
use tower::ServiceExt;

async fn send(app: &App, request: Request<Body>) -> (StatusCode, HeaderMap, Bytes) {
    let response = router(app).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, axum::body::to_bytes(response.into_body(), 64 << 20).await.unwrap())
}

fn app(at: &Deployment) -> App {
    let now = at.now;
    App::new(at.server.clone()).with_clock(move || now)
}

fn post(path: &str, token: Option<&str>, body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(Method::POST).uri(path).header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.body(body.into()).unwrap()
}

fn get(path: &str) -> Request<Body> {
    Request::builder().uri(path).body(Body::empty()).unwrap()
}

fn code(body: &[u8]) -> CallRefusal {
    serde_json::from_slice::<CallRefused>(body).unwrap().code
}

#[tokio::test]
async fn bad_bodies_get_a_code_and_nothing_of_them_comes_back() {
    let mut at = Deployment::new(false);
    let tokens = tokens(&mut at);
    let (app, token) = (app(&at), tokens[&Role::Ao].as_str());
    let (status, headers, body) = send(&app, post("/api/v1/sync", Some(token), vec![0xff; 100])).await;
    assert_eq!((status, code(&body)), (StatusCode::BAD_REQUEST, CallRefusal::Malformed));
    assert_eq!(headers["content-type"], "application/problem+json");
    let (status, _, body) = send(&app, post("/api/v1/sync", Some(token), vec![0; MAX_REQUEST_BYTES + 1])).await;
    assert_eq!((status, code(&body)), (StatusCode::PAYLOAD_TOO_LARGE, CallRefusal::TooLarge));
    let (status, _, body) = send(&app, post("/api/v1/cases", Some(token), r#"{"view":"secret words"}"#)).await;
    assert_eq!((status, code(&body)), (StatusCode::BAD_REQUEST, CallRefusal::Malformed));
    assert!(!String::from_utf8_lossy(&body).contains("secret"));
    // An array of a query's values is no query.
    let (status, _, body) = send(&app, post("/api/v1/sessions", Some(token), "[null,null]")).await;
    assert_eq!((status, code(&body)), (StatusCode::BAD_REQUEST, CallRefusal::Malformed));
    let (status, _, _) = send(&app, get("/api/v1/nothing")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _, _) = send(&app, post("/api/v1/health", None, "{}")).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn wrong_passwords_are_slowed_down_and_the_right_one_waits_too() {
    let at = Deployment::new(false);
    let app = app(&at);
    let attempt = |password: &str| {
        let body = serde_json::json!({"login": "ao", "password": password, "device_key": "11".repeat(32), "app": "test"});
        post("/api/v1/sign-in", None, body.to_string())
    };
    for _ in 0..4 {
        let (status, _, body) = send(&app, attempt("wrong wrong wrong")).await;
        assert_eq!((status, code(&body)), (StatusCode::UNAUTHORIZED, CallRefusal::BadCredentials));
    }
    let (status, headers, body) = send(&app, attempt("wrong wrong wrong")).await;
    assert_eq!((status, code(&body)), (StatusCode::TOO_MANY_REQUESTS, CallRefusal::TooManyTries));
    assert_eq!(headers["retry-after"], "30");
    let (status, _, _) = send(&app, attempt(PASSWORD)).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    let later = App::new(at.server.clone()).with_clock({
        let now = at.now.plus(31);
        move || now
    });
    let (status, headers, _) = send(&later, attempt(PASSWORD)).await;
    assert_eq!((status, &headers["cache-control"]), (StatusCode::OK, &"no-store".parse().unwrap()));
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_it_may_load() {
    let at = Deployment::new(false);
    let (_, headers, _) = send(&app(&at), get("/api/v1/health")).await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval'")
            && !policy.contains("unsafe-inline")
            && !policy.contains("'unsafe-eval'")
    );
    for (name, value) in [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY")]
    {
        assert_eq!(headers[name], value);
    }
    assert!(!headers.contains_key("strict-transport-security"), "plain HTTP must not bind a browser to TLS");
    let (_, headers, _) = send(&app(&at).behind_tls(), get("/api/v1/health")).await;
    assert!(headers.contains_key("strict-transport-security"));
}

#[tokio::test]
async fn the_web_app_comes_compressed_and_revalidated_and_pages_get_the_shell() {
    let at = Deployment::new(false);
    let web = Folder::new();
    let write = |name: &str, text: &str| std::fs::write(web.0.join(name), text).unwrap();
    write("index.html", "<title>shell</title>");
    write("sada_bg.wasm", "plain");
    write("sada_bg.wasm.br", "compressed");
    write("main-0123456789abcdef.css", "p{}");
    let app = app(&at).with_web(web.0.clone());
    let (status, headers, body) = send(&app, get("/case/some/page")).await;
    assert_eq!(
        (status, &body[..], &headers["cache-control"]),
        (StatusCode::OK, &b"<title>shell</title>"[..], &"no-cache".parse().unwrap())
    );
    let request = Request::builder().uri("/sada_bg.wasm").header("accept-encoding", "br").body(Body::empty()).unwrap();
    let (_, headers, body) = send(&app, request).await;
    assert_eq!((&body[..], headers["content-encoding"].to_str().unwrap()), (&b"compressed"[..], "br"));
    assert_eq!(headers["content-type"], "application/wasm");
    let (_, headers, body) = send(&app, get("/sada_bg.wasm")).await;
    assert_eq!((&body[..], headers.get("content-encoding")), (&b"plain"[..], None));
    let (_, headers, _) = send(&app, get("/main-0123456789abcdef.css")).await;
    assert!(headers["cache-control"].to_str().unwrap().contains("immutable"));
    for missing in ["/gone.js", "/../keys/signing.hex", "/%2e%2e/keys/signing.hex"] {
        let (status, _, body) = send(&app, get(missing)).await;
        assert!(status == StatusCode::NOT_FOUND || body == "<title>shell</title>", "{missing}: {status}");
    }
}

#[tokio::test]
async fn a_revoked_device_is_told_so_by_sync_and_refused_elsewhere() {
    let mut at = Deployment::new(false);
    let tokens = tokens(&mut at);
    at.server.close_account(at.now, "ao").unwrap();
    let (status, _, body) = send(&app(&at), post("/api/v1/cases", Some(&tokens[&Role::Ao]), "{}")).await;
    assert_eq!((status, code(&body)), (StatusCode::FORBIDDEN, CallRefusal::Revoked));
}
