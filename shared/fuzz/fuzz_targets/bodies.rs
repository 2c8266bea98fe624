//! Any JSON as the body of a call of the JSON API, or as one of its answers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{
    model::query::{CasePage, CaseQuery, SessionQuery},
    sync::{
        key_calls::{AskForKey, PublishBook, WaitingKey},
        people::{AddAccount, AskNumbers, ResetAccount, RevokeDevices},
        sign_in::{CallRefused, PublishSettings, SecondFactorRequest, SignInAnswer, SignInRequest},
    },
};

fuzz_target!(|data: &[u8]| {
    drop((
        serde_json::from_slice::<SignInRequest>(data),
        serde_json::from_slice::<SecondFactorRequest>(data),
        serde_json::from_slice::<PublishSettings>(data),
        serde_json::from_slice::<AddAccount>(data),
        serde_json::from_slice::<ResetAccount>(data),
        serde_json::from_slice::<RevokeDevices>(data),
        serde_json::from_slice::<AskNumbers>(data),
        serde_json::from_slice::<AskForKey>(data),
        serde_json::from_slice::<PublishBook>(data),
        serde_json::from_slice::<CaseQuery>(data),
        serde_json::from_slice::<SessionQuery>(data),
    ));
    drop((
        serde_json::from_slice::<SignInAnswer>(data),
        serde_json::from_slice::<CallRefused>(data),
        serde_json::from_slice::<Vec<WaitingKey>>(data),
        serde_json::from_slice::<CasePage>(data),
    ));
});
