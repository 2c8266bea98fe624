//! HTTP: the endpoint table, who may call, bytes in and out. Asks `work` for everything; knows no SQL.

pub mod endpoints;

mod account;
mod auth;
mod cases;
mod coverage;
mod error;
mod headers;
mod health;
mod import;
mod json;
mod keys;
mod limits;
mod month_end;
mod openapi;
mod people;
mod pictures;
mod settings;
mod status;
mod sync;
mod web;

use crate::{chance::system_now, work::Server};
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use shared::model::dates::UnixSeconds;
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use tower_http::{catch_panic::CatchPanicLayer, trace::TraceLayer};

/// Password hashes at once: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 2;
/// Callers who wait for their turn to hash, at most.
const WAITING_AT_ONCE: usize = 64;
/// Calls at work at once; more are asked to come back.
const CALLS_AT_ONCE: usize = 64;
/// Longest call.
const CALL_SECONDS: u64 = 120;

/// What handlers share.
#[derive(Clone)]
pub struct App {
    server: Server,
    clock: Arc<dyn Fn() -> UnixSeconds + Send + Sync>,
    hashes: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    calls: Arc<Semaphore>,
    limits: limits::Limits,
    web: Option<Arc<PathBuf>>,
    secure: bool,
}

impl App {
    /// An app over `server`, with the system's clock and no web app.
    #[must_use]
    pub fn new(server: Server) -> Self {
        Self {
            server,
            clock: Arc::new(system_now),
            hashes: Arc::new(Semaphore::new(HASHES_AT_ONCE)),
            waiting: Arc::new(Semaphore::new(WAITING_AT_ONCE)),
            calls: Arc::new(Semaphore::new(CALLS_AT_ONCE)),
            limits: limits::Limits::default(),
            web: None,
            secure: false,
        }
    }

    /// Serves the web app that was built into `folder`.
    #[must_use]
    pub fn with_web(self, folder: PathBuf) -> Self {
        Self { web: Some(Arc::new(folder)), ..self }
    }

    /// With another clock, for tests.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> UnixSeconds + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }

    /// Reached over TLS: browsers are told to stay there.
    #[must_use]
    pub fn behind_tls(self) -> Self {
        Self { secure: true, ..self }
    }

    fn now(&self) -> UnixSeconds {
        (self.clock)()
    }

    /// Runs synchronous work off the async threads, unless too much is at work already.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Server, UnixSeconds) -> Result<T, crate::work::error::WorkError> + Send + 'static,
    ) -> Result<T, error::ApiError> {
        let permit = Arc::clone(&self.calls).try_acquire_owned().map_err(|_| error::ApiError::BUSY)?;
        let (server, now) = (self.server.clone(), self.now());
        let done = tokio::task::spawn_blocking(move || {
            let answer = work(&server, now);
            drop(permit);
            answer
        });
        Ok(done.await.map_err(|_| error::ApiError::INTERNAL)??)
    }
}

/// What holds for every answer: none takes longer, a panic is a fault told as one, and all carry the headers.
fn guard(router: Router, secure: bool, longest: Duration) -> Router {
    router
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(longest, in_time))
        .layer(from_fn_with_state(headers::Secure(secure), headers::protect))
}

/// A call that does not end, also one whose body does not, is let go.
async fn in_time(State(longest): State<Duration>, request: Request, next: Next) -> Response {
    tokio::time::timeout(longest, next.run(request)).await.unwrap_or_else(|_| error::ApiError::BUSY.into_response())
}

/// Every route with its checks and limits.
pub fn router(app: &App) -> Router {
    let mut router = Router::new();
    for endpoint in endpoints::ENDPOINTS {
        router = router.merge(endpoints::route(endpoint, app));
    }
    guard(router.fallback_service(web::serve(app)), app.secure, Duration::from_secs(CALL_SECONDS))
        .layer(
            TraceLayer::new_for_http()
                // The route's pattern, never the address as asked: a query or an id in it may say more than a log should.
                .make_span_with(|request: &Request| {
                    let route = request.extensions().get::<axum::extract::MatchedPath>().map_or("web", |path| path.as_str());
                    tracing::info_span!("call", method = %request.method(), route)
                })
                .on_request(())
                .on_response(|response: &Response, took: Duration, _: &tracing::Span| {
                    tracing::info!(status = response.status().as_u16(), ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
                })
                .on_failure(()),
        )
        .with_state(())
}

#[cfg(test)]
mod tests {
    use super::guard;
    use axum::{
        Router,
        body::{Body, Bytes},
        http::{Request, StatusCode},
        routing::{get, post},
    };
    use std::time::Duration;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_body_that_never_ends_and_a_panic_are_answered_and_with_every_header() {
        let panics = get(|| async {
            if std::env::args().count() > 0 {
                panic!("secret words")
            }
        });
        let router = Router::new().route("/body", post(|_: Bytes| async { "read" })).route("/panic", panics);
        let router = guard(router, true, Duration::from_millis(200));
        let endless = Body::from_stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>());
        let calls = [
            (Request::post("/body").body(endless).unwrap(), StatusCode::SERVICE_UNAVAILABLE),
            (Request::get("/panic").body(Body::empty()).unwrap(), StatusCode::INTERNAL_SERVER_ERROR),
            (Request::get("/nothing").body(Body::empty()).unwrap(), StatusCode::NOT_FOUND),
            (Request::get("/body").body(Body::empty()).unwrap(), StatusCode::METHOD_NOT_ALLOWED),
        ];
        for (request, status) in calls {
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status);
            for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "strict-transport-security"] {
                assert!(response.headers().contains_key(name), "{status}: {name}");
            }
            let body = axum::body::to_bytes(response.into_body(), 1 << 16).await.unwrap();
            assert!(!String::from_utf8_lossy(&body).contains("secret"));
        }
    }
}
