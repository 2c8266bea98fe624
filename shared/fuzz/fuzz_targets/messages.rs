//! Any bytes as one of the two bodies of a sync call, and as the parts that travel alone.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{
    model::order::Receipt,
    seal::{SecretKey, parcel},
    sync::{
        frames::up,
        messages::{RefNoLease, SyncRequest, SyncResponse, decode, encode},
        set_hash::Buckets,
        unsent::Unsent,
    },
};

fuzz_target!(|data: &[u8]| {
    if let Ok(request) = decode::<SyncRequest>(data) {
        assert_eq!(decode::<SyncRequest>(&encode(&request)).as_ref().ok(), Some(&request));
        for frame in &request.frames {
            drop(up::parse(frame));
        }
    }
    if let Ok(response) = decode::<SyncResponse>(data) {
        assert_eq!(decode::<SyncResponse>(&encode(&response)).as_ref().ok(), Some(&response));
    }
    if let Ok(unsent) = decode::<Unsent>(data) {
        assert_eq!(decode::<Unsent>(&encode(&unsent)).as_ref().ok(), Some(&unsent));
    }
    drop(parcel::unpack(data, &SecretKey::from_bytes(&[7; 32])));
    drop((decode::<Receipt>(data), decode::<RefNoLease>(data), Buckets::from_bytes(data)));
});
