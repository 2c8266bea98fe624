//! How much one device may ask at once and over time, so that one in wrong hands holds up nobody else and fills the disk no
//! faster than an operator notices. Knows devices by id, and no caller without one.

use super::error::ApiError;
use shared::model::{dates::UnixSeconds, ids::DeviceId};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Calls of one device under way at once: a sync and what its person looks up meanwhile.
const AT_ONCE: u32 = 4;
/// Calls a device may make in one go: a new one fetches an area's cases in a few hundred.
const CALLS: i64 = 1_000;
/// Calls a second that come back to it.
const CALLS_PER_SECOND: i64 = 5;
/// Bytes a device may send in one go: all it holds, to a server that lost everything.
const BYTES: i64 = 64 << 20;
/// Bytes a second that come back: some 170 MB a day, or 100,000 cases.
const BYTES_PER_SECOND: i64 = 2 << 10;
/// Devices remembered before those that have their full measure again are forgotten.
const MOST_REMEMBERED: usize = 10_000;

/// What each device has used.
#[derive(Clone, Default)]
pub(super) struct Limits(Arc<Mutex<BTreeMap<DeviceId, Used>>>);

/// What one device has left.
struct Used {
    under_way: u32,
    calls: i64,
    bytes: i64,
    at: UnixSeconds,
}

impl Used {
    const fn fresh(now: UnixSeconds) -> Self {
        Self { under_way: 0, calls: CALLS, bytes: BYTES, at: now }
    }

    /// Gives back what time has. A clock set back gives nothing.
    fn refill(&mut self, now: UnixSeconds) {
        let seconds = now.0.saturating_sub(self.at.0).clamp(0, CALLS.max(BYTES));
        self.calls = (self.calls + seconds * CALLS_PER_SECOND).min(CALLS);
        self.bytes = (self.bytes + seconds * BYTES_PER_SECOND).min(BYTES);
        self.at = now;
    }

    const fn is_full(&self) -> bool {
        self.under_way == 0 && self.calls == CALLS && self.bytes == BYTES
    }
}

/// A call let in; over once dropped.
pub(super) struct UnderWay(Limits, DeviceId);

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut used = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(used) = used.get_mut(&self.1) {
            used.under_way = used.under_way.saturating_sub(1);
        }
    }
}

impl Limits {
    /// Lets a call with a body of so many bytes in.
    ///
    /// # Errors
    /// [`ApiError`]: busy, with the seconds until it may come again.
    pub(super) fn enter(&self, device: DeviceId, now: UnixSeconds, bytes: usize) -> Result<UnderWay, ApiError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_REMEMBERED {
            all.values_mut().for_each(|used| used.refill(now));
            all.retain(|_, used| !used.is_full());
        }
        let used = all.entry(device).or_insert_with(|| Used::fresh(now));
        used.refill(now);
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        if used.under_way >= AT_ONCE {
            return Err(ApiError::BUSY);
        }
        if used.calls < 1 {
            return Err(ApiError::busy_for(1));
        }
        if used.bytes < bytes {
            let missing = (bytes - used.bytes) / BYTES_PER_SECOND + 1;
            return Err(ApiError::busy_for(u32::try_from(missing).unwrap_or(u32::MAX)));
        }
        used.under_way += 1;
        used.calls -= 1;
        used.bytes -= bytes;
        drop(all);
        Ok(UnderWay(self.clone(), device))
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, BYTES, CALLS, Limits, MOST_REMEMBERED};
    use shared::model::{dates::UnixSeconds, ids::DeviceId};

    const NOW: UnixSeconds = UnixSeconds(1_795_500_000);

    fn device(n: usize) -> DeviceId {
        let mut id = [0; 10];
        id[..8].copy_from_slice(&n.to_be_bytes());
        DeviceId(id)
    }

    #[test]
    fn calls_at_once_calls_over_time_and_bytes_end_and_come_back_and_others_are_unaffected() {
        let limits = Limits::default();
        let held: Vec<_> = (0..AT_ONCE).map(|_| limits.enter(device(1), NOW, 0).unwrap_or_else(|_| panic!())).collect();
        assert!(limits.enter(device(1), NOW, 0).is_err());
        assert!(limits.enter(device(2), NOW, 0).is_ok());
        drop(held);
        let calls = (0..2 * CALLS).filter(|_| limits.enter(device(1), NOW, 0).is_ok()).count();
        assert_eq!(i64::try_from(calls).unwrap() + i64::from(AT_ONCE), CALLS);
        assert!(limits.enter(device(1), NOW.plus(1), 0).is_ok());
        let all = usize::try_from(BYTES).unwrap();
        assert!(limits.enter(device(3), NOW, all + 1).is_err());
        assert!(limits.enter(device(3), NOW, all).is_ok());
        assert!(limits.enter(device(3), NOW, 1).is_err());
        assert!(limits.enter(device(3), NOW.plus(10), 16 << 10).is_ok());
        assert!(limits.enter(device(3), NOW.plus(-1_000_000), 16 << 10).is_err(), "a clock set back gives nothing");
    }

    #[test]
    fn who_has_their_full_measure_again_is_forgotten() {
        let limits = Limits::default();
        for n in 0..MOST_REMEMBERED {
            drop(limits.enter(device(n), NOW, 100));
        }
        drop(limits.enter(device(MOST_REMEMBERED), NOW.plus(3_600), 0));
        assert_eq!(limits.0.lock().unwrap().len(), 1);
    }
}
