//! The table of endpoints: method, path, name, who. A route exists only through a line here, and who may call it is checked
//! before its handler runs.

use super::{
    App, account, auth, cases, coverage, health, import, keys, month_end, openapi, people, pictures, settings, status, sync,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodFilter, MethodRouter, on},
};

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anyone, signed in or not.
    Anyone,
    /// Whoever holds a token and whose role policy lets use the endpoint's name.
    Role,
    /// As [`Self::Role`]; a revoked device is let in too, with no rights.
    RoleOrRevoked,
}

/// One endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// Method.
    pub method: &'static Method,
    /// Path pattern.
    pub path: &'static str,
    /// Name, as `policy` and `tests/access.csv` know it.
    pub name: &'static str,
    /// Who may call.
    pub who: Who,
    /// Largest body read, in bytes.
    pub body_bytes: usize,
    handler: fn(MethodFilter) -> MethodRouter<App>,
}

const fn endpoint(
    method: &'static Method,
    path: &'static str,
    name: &'static str,
    who: Who,
    body_bytes: usize,
    handler: fn(MethodFilter) -> MethodRouter<App>,
) -> Endpoint {
    Endpoint { method, path, name, who, body_bytes, handler }
}

const SMALL: usize = 16 << 10;
/// A piece of a picture, with what it belongs to.
const PIECE: usize = shared::picture::PIECE_BYTES + 1_024;
/// A device's sealed key, as JSON.
const SEALED_KEY: usize = 64 << 10;
const SYNC: usize = shared::sync::messages::MAX_REQUEST_BYTES;
const UNSENT: usize = shared::sync::unsent::MAX_UNSENT_BYTES;
const SETTINGS: usize = 16 << 20;
/// As many entries as a book may have, each with a voucher from everybody.
const BOOK: usize = 4 << 20;

/// Every endpoint but the web app's files, which anyone may fetch.
pub const ENDPOINTS: &[Endpoint] = &[
    endpoint(&Method::GET, "/api/v1/health", "health", Who::Anyone, SMALL, |m| on(m, health::health)),
    endpoint(&Method::GET, "/status", "status", Who::Anyone, SMALL, |m| on(m, status::form)),
    endpoint(&Method::POST, "/status", "status", Who::Anyone, SMALL, |m| on(m, status::ask)),
    endpoint(&Method::GET, "/api/v1/openapi.json", "openapi", Who::Anyone, SMALL, |m| on(m, openapi::description)),
    endpoint(&Method::POST, "/api/v1/sign-in", "sign_in", Who::Anyone, SMALL, |m| on(m, account::sign_in)),
    endpoint(&Method::POST, "/api/v1/second-factor", "second_factor", Who::Anyone, SMALL, |m| on(m, account::second_factor)),
    endpoint(&Method::POST, "/api/v1/sync", "sync", Who::RoleOrRevoked, SYNC, |m| on(m, sync::sync)),
    endpoint(&Method::POST, "/api/v1/settings", "settings_publish", Who::Role, SETTINGS, |m| on(m, settings::publish)),
    endpoint(&Method::POST, "/api/v1/cases", "cases", Who::Role, SMALL, |m| on(m, cases::list)),
    endpoint(&Method::POST, "/api/v1/case", "case", Who::Role, SMALL, |m| on(m, cases::one)),
    endpoint(&Method::POST, "/api/v1/look-up", "look_up", Who::Role, SMALL, |m| on(m, cases::look_up)),
    endpoint(&Method::POST, "/api/v1/picture", "picture", Who::Role, SMALL, |m| on(m, pictures::one)),
    endpoint(&Method::POST, "/api/v1/picture/send", "picture_send", Who::Role, PIECE, |m| on(m, pictures::send)),
    endpoint(&Method::POST, "/api/v1/sessions", "sessions", Who::Role, SMALL, |m| on(m, cases::list_sessions)),
    endpoint(&Method::POST, "/api/v1/session", "session", Who::Role, SMALL, |m| on(m, cases::one_session)),
    endpoint(&Method::POST, "/api/v1/coverage", "coverage", Who::Role, SMALL, |m| on(m, coverage::coverage)),
    endpoint(&Method::POST, "/api/v1/closure", "closure", Who::Role, SMALL, |m| on(m, month_end::closure)),
    endpoint(&Method::POST, "/api/v1/compfu", "compfu", Who::Role, SMALL, |m| on(m, month_end::compfu)),
    endpoint(&Method::POST, "/api/v1/import", "import", Who::Role, UNSENT, |m| on(m, import::import)),
    endpoint(&Method::POST, "/api/v1/keys/ask", "key_ask", Who::Role, SMALL, |m| on(m, keys::ask)),
    endpoint(&Method::POST, "/api/v1/keys/waiting", "keys_waiting", Who::Role, SMALL, |m| on(m, keys::waiting)),
    endpoint(&Method::POST, "/api/v1/keys/book", "key_book", Who::Role, BOOK, |m| on(m, keys::publish)),
    endpoint(&Method::POST, "/api/v1/users", "users", Who::Role, SMALL, |m| on(m, people::add)),
    endpoint(&Method::POST, "/api/v1/users/reset", "users", Who::Role, SMALL, |m| on(m, people::reset)),
    endpoint(&Method::POST, "/api/v1/people", "people", Who::Role, SMALL, |m| on(m, people::list)),
    endpoint(&Method::POST, "/api/v1/devices/revoke", "device_revoke", Who::Role, SMALL, |m| on(m, people::revoke)),
    endpoint(&Method::POST, "/api/v1/devices/reopen", "device_reopen", Who::Role, SMALL, |m| on(m, people::reopen)),
    endpoint(&Method::POST, "/api/v1/devices/opening", "device_opening", Who::Anyone, SEALED_KEY, |m| on(m, people::opening)),
    endpoint(&Method::POST, "/api/v1/devices/open", "device_open", Who::Role, SMALL, |m| on(m, people::open)),
    endpoint(&Method::POST, "/api/v1/devices/enrol", "device_enrol", Who::Role, SMALL, |m| on(m, people::enrol)),
    endpoint(&Method::POST, "/api/v1/devices/confirm", "device_confirm", Who::Role, SMALL, |m| on(m, people::confirm)),
    endpoint(&Method::POST, "/api/v1/devices/numbers", "people", Who::Role, SMALL, |m| on(m, people::numbers)),
    endpoint(&Method::POST, "/api/v1/weekly", "weekly", Who::Role, SMALL, |m| on(m, account::weekly)),
    endpoint(&Method::GET, "/api/v1/audit", "audit", Who::Role, SMALL, |m| on(m, account::audit)),
];

/// The route of one line, behind its checks.
pub(super) fn route(endpoint: &'static Endpoint, app: &App) -> Router {
    let filter = MethodFilter::try_from(endpoint.method.clone()).unwrap_or(MethodFilter::GET);
    let mut handler = (endpoint.handler)(filter).layer(DefaultBodyLimit::max(endpoint.body_bytes));
    if endpoint.who != Who::Anyone {
        handler = handler.layer(from_fn_with_state((app.clone(), endpoint), auth::check));
    }
    Router::new().route(endpoint.path, handler).with_state(app.clone())
}

#[cfg(test)]
mod tests {
    use super::ENDPOINTS;

    #[test]
    fn every_line_is_a_route_of_its_own_and_policy_knows_its_name() {
        for (i, endpoint) in ENDPOINTS.iter().enumerate() {
            assert!(!ENDPOINTS[..i].iter().any(|e| e.path == endpoint.path && e.method == endpoint.method), "{}", endpoint.path);
            assert!(shared::policy::ENDPOINTS.contains(&endpoint.name), "{}", endpoint.name);
        }
    }
}
