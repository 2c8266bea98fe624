//! HTTP: the endpoint table, who may call, bytes in and out. Asks `work` for everything; knows no SQL.

pub mod endpoints;

mod account;
mod auth;
mod cases;
mod coverage;
mod error;
mod headers;
mod health;
mod keys;
mod people;
mod settings;
mod sync;
mod web;

use crate::{chance::system_now, work::Server};
use axum::Router;
use shared::model::dates::UnixSeconds;
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer, trace::TraceLayer};

/// Password hashes at once: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 2;
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
    calls: Arc<Semaphore>,
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
            calls: Arc::new(Semaphore::new(CALLS_AT_ONCE)),
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

/// Every route with its checks and limits.
pub fn router(app: &App) -> Router {
    let mut router = Router::new();
    for endpoint in endpoints::ENDPOINTS {
        router = router.merge(endpoints::route(endpoint, app));
    }
    router
        .fallback_service(web::serve(app))
        .layer(axum::middleware::from_fn_with_state(app.clone(), headers::protect))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(CALL_SECONDS)))
        .layer(
            TraceLayer::new_for_http()
                // The route's pattern, never the address as asked: a query or an id in it may say more than a log should.
                .make_span_with(|request: &axum::extract::Request| {
                    let route = request.extensions().get::<axum::extract::MatchedPath>().map_or("web", |path| path.as_str());
                    tracing::info_span!("call", method = %request.method(), route)
                })
                .on_request(())
                .on_response(|response: &axum::response::Response, took: Duration, _: &tracing::Span| {
                    tracing::info!(status = response.status().as_u16(), ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
                })
                .on_failure(()),
        )
        .with_state(())
}
