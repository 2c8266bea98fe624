//! Signing in, and the audit log for those who watch over it.

use super::{App, error::ApiError};
use crate::{
    chance::SystemChance,
    work::{Server, error::WorkError},
};
use axum::{Json, extract::State, extract::rejection::JsonRejection};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};
use shared::{
    model::{dates::UnixSeconds, ids::UserId, second_factor::SecondFactorSetUp},
    sync::sign_in::{CallRefusal, SecondFactorRequest, SignInAnswer, SignInRequest},
};
use std::{fmt, marker::PhantomData, sync::Arc};

/// A body of JSON as it came.
pub(super) type Body<T> = Result<Json<Object<T>>, JsonRejection>;

/// A JSON object and nothing else: serde alone would take an array of a struct's values too.
pub(super) struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

/// JSON of a body, or `malformed`.
pub(super) fn body<T>(json: Body<T>) -> Result<T, ApiError> {
    match json {
        Ok(Json(Object(value))) => Ok(value),
        Err(JsonRejection::BytesRejection(_)) => Err(CallRefusal::TooLarge.into()),
        Err(_) => Err(CallRefusal::Malformed.into()),
    }
}

pub(super) async fn sign_in(State(app): State<App>, json: Body<SignInRequest>) -> Result<Json<SignInAnswer>, ApiError> {
    let request = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.sign_in(now, &mut SystemChance, &request)).await?))
}

/// Work that hashes a password, when its turn has come: hashing takes 19 MiB each. Only so many wait, since anyone may ask.
pub(super) async fn hashing<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&Server, UnixSeconds) -> Result<T, WorkError> + Send + 'static,
) -> Result<T, ApiError> {
    let _waiting = app.waiting.try_acquire().map_err(|_| ApiError::BUSY)?;
    let permit = Arc::clone(&app.hashes).acquire_owned().await.map_err(|_| ApiError::BUSY)?;
    let answer = app.work(work).await;
    drop(permit);
    answer
}

pub(super) async fn second_factor(
    State(app): State<App>,
    json: Body<SecondFactorRequest>,
) -> Result<Json<SecondFactorSetUp>, ApiError> {
    let request = body(json)?;
    Ok(Json(hashing(&app, move |server, now| server.set_up_second_factor(now, &mut SystemChance, &request)).await?))
}

/// One line of the audit log.
#[derive(Serialize)]
pub(super) struct Line {
    seq: u64,
    at: i64,
    user: UserId,
    device: String,
    action: String,
    object: String,
    detail: String,
}

pub(super) async fn audit(State(app): State<App>) -> Result<Json<Vec<Line>>, ApiError> {
    let lines = app.work(|server, _| server.last_audit_lines(1_000)).await?;
    Ok(Json(
        lines
            .into_iter()
            .map(|line| Line {
                seq: line.seq,
                at: line.at.0,
                user: line.user,
                device: line.device.to_string(),
                action: line.action,
                object: line.object,
                detail: line.detail,
            })
            .collect(),
    ))
}
