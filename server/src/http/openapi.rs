//! The description of the JSON API, written by hand in `openapi.json` beside this file; that it names every endpoint is a test.

use axum::{http::header, response::IntoResponse};

const DESCRIPTION: &str = include_str!("openapi.json");

pub(super) async fn description() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION)
}

#[cfg(test)]
mod tests {
    use super::DESCRIPTION;
    use crate::http::endpoints::{ENDPOINTS, Who};
    use serde_json::Value;
    use shared::sync::sign_in::CallRefusal;

    #[test]
    fn every_endpoint_is_described_and_nothing_else_and_who_may_call_it() {
        let said: Value = serde_json::from_str(DESCRIPTION).unwrap();
        let paths = said["paths"].as_object().unwrap();
        let described: usize = paths.values().map(|path| path.as_object().unwrap().len()).sum();
        // The status page is for people and answers pages.
        let of_the_api = || ENDPOINTS.iter().filter(|endpoint| endpoint.path.starts_with("/api/"));
        assert_eq!(described, of_the_api().count());
        for endpoint in of_the_api() {
            let operation = &paths[endpoint.path][endpoint.method.as_str().to_lowercase()];
            let open =
                operation["security"].as_array().unwrap_or_else(|| panic!("{} is not described", endpoint.path)).is_empty();
            assert_eq!(open, endpoint.who == Who::Anyone, "{}", endpoint.path);
        }
    }

    #[test]
    fn every_code_of_a_refusal_is_one() {
        let said: Value = serde_json::from_str(DESCRIPTION).unwrap();
        let codes = said["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].as_array().unwrap();
        for code in codes {
            assert!(serde_json::from_value::<CallRefusal>(code.clone()).is_ok(), "{code}");
        }
        assert!(codes.len() >= 19);
    }
}
