//! Bodies of JSON: an object and nothing else, or a refusal.

use super::error::ApiError;
use axum::{Json, extract::rejection::JsonRejection};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};
use shared::sync::sign_in::CallRefusal;
use std::{fmt, marker::PhantomData};

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
