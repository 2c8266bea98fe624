//! Every endpoint × role against `tests/access.csv`, which was written from domain.md §3 and not from the policy.

use crate::harness::{Deployment, PASSWORD};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use server::http::{
    App,
    endpoints::{ENDPOINTS, Endpoint, Who},
    router,
};
use shared::{
    model::role::Role,
    sync::{
        sign_in::{CallRefused, SignInAnswer, SignInRequest},
        signing::{DeviceKey, PublicKey},
    },
};
use std::collections::BTreeMap;
use tower::ServiceExt;

/// (endpoint, role) → may.
fn expectations() -> BTreeMap<(String, Role), bool> {
    let text = include_str!("../../../shared/tests/access.csv");
    let mut expected = BTreeMap::new();
    for line in text.lines().skip(1).filter(|line| line.starts_with("use,")) {
        let columns: Vec<&str> = line.splitn(7, ',').collect();
        let [_, endpoints, _, _, roles, when, _] = columns.as_slice() else { panic!("{line}") };
        for (endpoint, role) in endpoints.split(' ').flat_map(|e| roles.split(' ').map(move |r| (e, r))) {
            let role = Role::from_id(role).unwrap_or_else(|| panic!("role {role}"));
            let may = match *when {
                "always" => true,
                "never" => false,
                other => panic!("{other}"),
            };
            assert!(expected.insert((endpoint.to_owned(), role), may).is_none(), "{endpoint} {role:?} twice");
        }
    }
    expected
}

async fn call(app: &App, endpoint: &Endpoint, token: Option<&str>) -> (StatusCode, Vec<u8>) {
    let mut request = Request::builder().method(endpoint.method.clone()).uri(endpoint.path);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = if *endpoint.method == Method::GET { Body::empty() } else { Body::from("{}") };
    let request = request.header("content-type", "application/json").body(body).unwrap();
    let response = router(app).oneshot(request).await.unwrap();
    let status = response.status();
    (status, axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec())
}

pub fn tokens(at: &mut Deployment) -> BTreeMap<Role, String> {
    let sign_in = |role: &Role| {
        let device_key: PublicKey = DeviceKey::from_secret(&[u8::try_from(*role as usize).unwrap() + 1; 32]).public();
        let request = SignInRequest {
            login: role.id().into(),
            password: PASSWORD.into(),
            device_key,
            app: "test".into(),
            code: None,
            new_password: None,
            enrolment: None,
        };
        let answer: SignInAnswer = at.server.sign_in(at.now, &mut at.chance, &request).unwrap();
        (*role, answer.token)
    };
    Role::ALL.iter().map(sign_in).collect()
}

#[tokio::test]
async fn every_endpoint_lets_in_exactly_the_roles_the_table_names() {
    let mut at = Deployment::new(false);
    let tokens = tokens(&mut at);
    let now = at.now;
    let app = App::new(at.server.clone()).with_clock(move || now);
    let expected = expectations();
    for endpoint in ENDPOINTS {
        let (status, _) = call(&app, endpoint, None).await;
        let (stranger, _) = call(&app, endpoint, Some("not a token")).await;
        if endpoint.who == Who::Anyone {
            assert_ne!(status, StatusCode::UNAUTHORIZED, "{}", endpoint.path);
        } else {
            assert_eq!((status, stranger), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED), "{}", endpoint.path);
        }
        for role in Role::ALL {
            let may = *expected
                .get(&(endpoint.name.to_owned(), role))
                .unwrap_or_else(|| panic!("no line for {} {role:?}", endpoint.name));
            let (status, body) = call(&app, endpoint, Some(&tokens[&role])).await;
            let refused = serde_json::from_slice::<CallRefused>(&body).ok();
            assert_eq!(
                status != StatusCode::FORBIDDEN,
                may,
                "{} {} as {role:?}: {status} {refused:?}",
                endpoint.method,
                endpoint.path
            );
            assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{} as {role:?}", endpoint.path);
        }
    }
}

#[tokio::test]
async fn a_refusal_for_lack_of_rights_stands_in_the_audit_log() {
    let mut at = Deployment::new(false);
    let tokens = tokens(&mut at);
    let now = at.now;
    let app = App::new(at.server.clone()).with_clock(move || now);
    let endpoint = ENDPOINTS.iter().find(|e| e.name == "audit").unwrap();
    call(&app, endpoint, Some(&tokens[&Role::Receiver])).await;
    let last = &at.server.last_audit_lines(1).unwrap()[0];
    assert_eq!((last.action.as_str(), last.object.as_str(), last.user.as_str()), ("denied", "audit", "u1"));
    // Who reads the log stands in it too.
    let (status, _) = call(&app, endpoint, Some(&tokens[&Role::Admin])).await;
    let last = &at.server.last_audit_lines(1).unwrap()[0];
    let admin = crate::harness::user(Role::Admin);
    assert_eq!((status, last.action.as_str(), &last.user), (StatusCode::OK, "audit_exported", &admin));
}
