//! What a person hears of what they told us, by receipt number and PIN: how far it is, and days. Nothing here tells whether a number
//! exists, what it was about, or more of a sealed case than that it was received. Knows no page.
//!
//! # Source
//! design.md §7 (receipt number); issue 3 (status page).

use super::{Server, error::WorkError};
use crate::storage::ref_numbers::KeptPin;
use shared::{
    arabic,
    model::{
        dates::{Day, UnixSeconds},
        row::CaseRow,
    },
    receipt_no::ReceiptNo,
    rows,
};
use std::{collections::HashMap, net::IpAddr, sync::PoisonError};
use subtle::ConstantTimeEq;

/// What was typed, and where the question came from.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Receipt number, in any digits.
    pub number: String,
    /// PIN, in any digits.
    pub pin: String,
    /// The caller's address; none if it is not known.
    pub from: Option<IpAddr>,
}

/// What the person hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A digit is wrong, whichever numbers there are.
    Misread,
    /// No such number, another PIN, or nothing has arrived under it: one answer.
    Unknown,
    /// Too many tries.
    Wait,
    /// How far it is.
    Standing(Standing),
}

/// How far a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// `received`, `answered`, `closed`.
    pub state: &'static str,
    /// Day received.
    pub received_on: Day,
    /// Day answered; never of a sealed case.
    pub responded_on: Option<Day>,
    /// Day closed; never of a sealed case.
    pub closed_on: Option<Day>,
}

/// What is compared where no number is: no PIN has it.
const NO_PIN: KeptPin = KeptPin { hash: [0; 32], record: None };

impl Server {
    /// Answers one question. That a number does not exist and that its PIN is another takes the same work.
    ///
    /// # Errors
    /// [`WorkError`] if the database fails.
    pub fn status(&self, now: UnixSeconds, asked: &Asked) -> Result<Told, WorkError> {
        let (Ok(number), Some(pin)) = (ReceiptNo::parse(&asked.number), read_pin(&asked.pin)) else {
            return Ok(Told::Misread);
        };
        let source = asked.from.and_then(source);
        let tries = || self.inner.status_tries.lock().unwrap_or_else(PoisonError::into_inner);
        // Counted before it is looked up, so that many at once get no further than one after the other.
        if !tries().count(now, &number, source) {
            return Ok(Told::Wait);
        }
        let row = self.storage().read(|tx| {
            let kept = tx.ref_number_pin(number.as_str())?.unwrap_or(NO_PIN);
            let fits: bool = kept.hash.ct_eq(&self.keys().pin_hash(number.as_str(), pin)).into();
            let record = kept.record.filter(|_| fits);
            Ok::<_, WorkError>(record.map(|record| tx.case_row(record)).transpose()?.flatten())
        })?;
        let Some((row, ..)) = row else { return Ok(Told::Unknown) };
        tries().forgive(&number, source);
        Ok(Told::Standing(standing(&row)))
    }
}

fn standing(row: &CaseRow) -> Standing {
    let state = rows::told_state(row.level, row.status, row.responded_on);
    let days = if row.level.is_sealed() { (None, None) } else { (row.responded_on, row.closed_on) };
    Standing { state, received_on: row.received_on, responded_on: days.0, closed_on: days.1 }
}

/// Four digits of any script.
fn read_pin(typed: &str) -> Option<u16> {
    let digits: String = arabic::fold(typed).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let is_pin = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_pin)
}

/// Whose tries are counted together: one address, or one network of the new kind of address. On this machine itself a proxy may stand
/// before us, behind which everybody looks alike.
fn source(from: IpAddr) -> Option<[u8; 8]> {
    let mut source = [0; 8];
    match from.to_canonical() {
        from if from.is_loopback() => return None,
        IpAddr::V4(from) => source[..4].copy_from_slice(&from.octets()),
        IpAddr::V6(from) => source.copy_from_slice(&from.octets()[..8]),
    }
    Some(source)
}

/// Wrong tries on one number in a day. A PIN has 10,000 values.
const OF_NUMBER: u32 = 5;
/// Wrong tries from one address in an hour: a camp may share one.
const OF_SOURCE: u32 = 30;
/// Wrong tries altogether in an hour: what all the world together may guess.
const OF_ALL: u32 = 600;
const HOUR_S: i64 = 3600;
const DAY_S: i64 = 24 * HOUR_S;

/// Wrong tries, in memory only: no address is ever written down. What it may hold is bounded by [`OF_ALL`].
#[derive(Debug, Default)]
pub(super) struct Tries {
    numbers: HashMap<ReceiptNo, Window>,
    sources: HashMap<[u8; 8], Window>,
    all: Window,
    tidied_at: i64,
}

/// Tries since a moment.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    began_at: i64,
    tries: u32,
}

impl Window {
    /// The window that is open now.
    fn at(&mut self, now: UnixSeconds, seconds: i64) -> &mut Self {
        if self.is_over(now, seconds) {
            *self = Self { began_at: now.0, tries: 0 };
        }
        self
    }

    fn is_over(self, now: UnixSeconds, seconds: i64) -> bool {
        // A clock set back opens no window for ever.
        !(self.began_at..self.began_at.saturating_add(seconds)).contains(&now.0)
    }
}

impl Tries {
    /// Counts a try as wrong; `false`, and nothing counted, if there were too many.
    fn count(&mut self, now: UnixSeconds, number: &ReceiptNo, source: Option<[u8; 8]>) -> bool {
        self.tidy(now);
        let is_full = |window: Option<&Window>, seconds, most| {
            window.is_some_and(|window| !window.is_over(now, seconds) && window.tries >= most)
        };
        let of_source = source.and_then(|source| self.sources.get(&source));
        if is_full(self.numbers.get(number), DAY_S, OF_NUMBER)
            || is_full(of_source, HOUR_S, OF_SOURCE)
            || is_full(Some(&self.all), HOUR_S, OF_ALL)
        {
            return false;
        }
        self.numbers.entry(number.clone()).or_default().at(now, DAY_S).tries += 1;
        self.all.at(now, HOUR_S).tries += 1;
        if let Some(source) = source {
            self.sources.entry(source).or_default().at(now, HOUR_S).tries += 1;
        }
        true
    }

    /// The try was right: it does not count, and neither do the slips before it.
    fn forgive(&mut self, number: &ReceiptNo, source: Option<[u8; 8]>) {
        self.numbers.remove(number);
        let of_source = source.and_then(|source| self.sources.get_mut(&source));
        for window in of_source.into_iter().chain([&mut self.all]) {
            window.tries = window.tries.saturating_sub(1);
        }
    }

    fn tidy(&mut self, now: UnixSeconds) {
        if (self.tidied_at..self.tidied_at.saturating_add(HOUR_S)).contains(&now.0) {
            return;
        }
        self.tidied_at = now.0;
        self.numbers.retain(|_, window| !window.is_over(now, DAY_S));
        self.sources.retain(|_, window| !window.is_over(now, HOUR_S));
    }
}

#[cfg(test)]
mod tests {
    use super::{OF_ALL, OF_NUMBER, OF_SOURCE, Tries, read_pin, source};
    use shared::{entropy::Seeded, model::dates::UnixSeconds, receipt_no::ReceiptNo};

    const NOW: UnixSeconds = UnixSeconds(1_795_500_000);

    #[test]
    fn a_pin_is_four_digits_of_any_script() {
        assert_eq!(read_pin("0042"), Some(42));
        assert_eq!(read_pin(" ٠٠٤٢ "), Some(42));
        for typed in ["42", "00042", "+042", "004a", ""] {
            assert_eq!(read_pin(typed), None, "{typed}");
        }
    }

    #[test]
    fn each_number_each_address_and_everybody_together_have_a_limit_that_ends() {
        let mut chance = Seeded::new(1);
        let one = source("203.0.113.7".parse().unwrap());
        let number = ReceiptNo::random(&mut chance);
        let mut tries = Tries::default();
        assert_eq!((0..50).filter(|_| tries.count(NOW, &number, None)).count(), OF_NUMBER as usize);
        assert!(!tries.count(NOW.plus(86_399), &number, None) && tries.count(NOW.plus(86_400), &number, None));
        let mut tries = Tries::default();
        let mut others = std::iter::repeat_with(|| ReceiptNo::random(&mut chance));
        let from_one = others.by_ref().take(100).filter(|number| tries.count(NOW, number, one)).count();
        assert_eq!(from_one, OF_SOURCE as usize);
        let from_all = others.by_ref().take(1_000).filter(|number| tries.count(NOW, number, None)).count();
        assert_eq!(from_all, (OF_ALL - OF_SOURCE) as usize);
        assert!(tries.count(NOW.plus(3_600), &number, one), "an hour later both are open again");
        assert!(tries.sources.len() == 1 && tries.numbers.len() <= OF_ALL as usize + 1);
        tries.count(NOW.plus(2 * 86_400), &number, None);
        assert!(tries.sources.is_empty() && tries.numbers.len() == 1, "nothing is kept longer than it counts");
    }

    #[test]
    fn a_right_try_does_not_count() {
        let number = ReceiptNo::random(&mut Seeded::new(2));
        let one = source("2001:db8::1".parse().unwrap());
        assert_eq!(one, source("2001:db8::ffff".parse().unwrap()), "one household, one source");
        let mut tries = Tries::default();
        for _ in 0..200 {
            assert!(tries.count(NOW, &number, one));
            tries.forgive(&number, one);
        }
    }
}
