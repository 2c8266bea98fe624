//! Six digits by which a second phone finds an unplanned session with no network between the two: both must arrive at one record
//! id, and six digits can't carry its sixteen bytes. So the id of a session recorded on the spot is derived: from who leads it,
//! its day, sub-district and projects, which the second person chooses or has before them, and from a number of four digits that
//! tells one leader's sessions of a day apart. The other two digits are a check over all of it: a slip of the finger, or a place
//! that the two did not choose alike, is told while they still stand side by side, and does not become a second session.
//!
//! The digits are no secret and give no right: whoever works out an id reads and writes nothing by it. That a colleague may join
//! is what the session itself says, under `facilitator.*`. The id begins with a mark, so that a server lets only its leader
//! register it: nobody takes it before them.
//!
//! # Source
//! domain.md §7 ("Joining offline: by code or QR, so that both phones hold one document"); design.md §4 (deterministic genesis),
//! §6 (a session reaches its author and facilitators).

pub mod link;

use crate::{
    arabic,
    document::content::{Fact, Facts},
    model::{
        dates::Day,
        ids::{Pcode, ProjectCode, RecordId, UserId},
    },
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What derived ids begin with. A random id begins so once in four thousand million.
const MARK: [u8; 4] = *b"join";
/// Numbers are `0..NUMBERS`: four digits.
const NUMBERS: u16 = 10_000;
/// Digits of a code: the number and two to check it.
pub const CODE_DIGITS: usize = 6;

/// What both phones know of a session: who leads it, when, where and for which projects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    lead: UserId,
    day: Day,
    adm3: Pcode,
    projects: BTreeSet<ProjectCode>,
}

/// Why digits name no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    /// Not six digits.
    #[error("not six digits")]
    NotACode,
    /// Mistyped, or of another leader, day, place or project.
    #[error("the digits do not fit the leader, day, place and projects")]
    DoesNotFit,
}

impl Occasion {
    /// The occasion of a session.
    #[must_use]
    pub fn new(lead: &UserId, day: Day, adm3: &Pcode, projects: impl IntoIterator<Item = ProjectCode>) -> Self {
        Self { lead: lead.clone(), day, adm3: adm3.clone(), projects: projects.into_iter().collect() }
    }

    /// The occasion as a form holds it. None without a day, a sub-district and a project.
    #[must_use]
    pub fn of_facts(lead: &UserId, facts: &Facts) -> Option<Self> {
        let text = |key: &str| facts.get(key).and_then(Fact::as_text).map(str::trim).filter(|text| !text.is_empty());
        let day = arabic::digits_to_latin(text("date")?).parse().ok()?;
        let adm3 = Pcode::from(text("place.adm3")?);
        let chosen = facts.iter().filter(|(_, fact)| **fact == Fact::Flag(true));
        let projects: BTreeSet<_> = chosen.filter_map(|(key, _)| key.strip_prefix("project.")).map(ProjectCode::from).collect();
        (!projects.is_empty()).then(|| Self { lead: lead.clone(), day, adm3, projects })
    }

    /// The id of this occasion's session with a number, taken modulo ten thousand.
    #[must_use]
    pub fn record(&self, number: u16) -> RecordId {
        let number = number % NUMBERS;
        let mut id = [0; 16];
        id[..4].copy_from_slice(&MARK);
        id[4..6].copy_from_slice(&number.to_be_bytes());
        id[6..].copy_from_slice(&self.hash(number)[..10]);
        RecordId(id)
    }

    /// Whether this is the occasion that a derived id was made of.
    #[must_use]
    pub fn fits(&self, record: RecordId) -> bool {
        self.record(number_of(record)) == record && is_derived(record)
    }

    /// The digits of a session's id; none if it was not derived from this occasion.
    #[must_use]
    pub fn code(&self, record: RecordId) -> Option<String> {
        let number = number_of(record);
        self.fits(record).then(|| format!("{number:04}{:02}", self.check(number)))
    }

    /// The session that typed digits name, in any script, with or without spaces.
    ///
    /// # Errors
    /// [`BadCode`].
    pub fn find(&self, typed: &str) -> Result<RecordId, BadCode> {
        let digits: String = arabic::digits_to_latin(typed).chars().filter(|c| !c.is_whitespace()).collect();
        let is_code = digits.len() == CODE_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        let (number, check) = digits.split_at_checked(4).filter(|_| is_code).ok_or(BadCode::NotACode)?;
        let (number, check): (u16, u16) = number.parse().ok().zip(check.parse().ok()).ok_or(BadCode::NotACode)?;
        if self.check(number) == check { Ok(self.record(number)) } else { Err(BadCode::DoesNotFit) }
    }

    fn check(&self, number: u16) -> u16 {
        let hash = self.hash(number);
        u16::from_be_bytes([hash[10], hash[11]]) % 100
    }

    /// Every part with its length before it, so that no two occasions read alike.
    fn hash(&self, number: u16) -> [u8; 32] {
        let (day, number) = (self.day.to_string(), number.to_string());
        let parts = [self.lead.as_str(), day.as_str(), self.adm3.as_str(), number.as_str()];
        let mut hash = Sha256::new_with_prefix(b"sada session joined by digits 1");
        for part in parts.into_iter().chain(self.projects.iter().map(|project| project.as_str())) {
            hash.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().into()
    }
}

/// Whether an id was derived from an occasion: only its leader registers such a session.
#[must_use]
pub fn is_derived(record: RecordId) -> bool {
    record.0[..4] == MARK
}

fn number_of(record: RecordId) -> u16 {
    u16::from_be_bytes([record.0[4], record.0[5]])
}

#[cfg(test)]
mod tests {
    use super::{BadCode, Occasion, is_derived};
    use crate::model::ids::RecordId;

    fn occasion(lead: &str, day: &str, adm3: &str, projects: &[&str]) -> Occasion {
        Occasion::new(&lead.into(), day.parse().unwrap(), &adm3.into(), projects.iter().map(|p| (*p).into()))
    }

    #[test]
    fn whoever_types_the_digits_on_the_same_occasion_has_the_same_session() {
        let (ahmad, salma) = (
            occasion("u1", "2026-11-24", "SY020400", &["P01", "P02"]),
            occasion("u1", "2026-11-24", "SY020400", &["P02", "P01"]),
        );
        for number in [0, 7, 4_813, 9_999] {
            let record = ahmad.record(number);
            let code = ahmad.code(record).unwrap();
            assert_eq!(code.len(), 6);
            assert_eq!(salma.find(&code), Ok(record));
            assert_eq!(salma.find(&format!(" {} {}", &code[..3], &code[3..])), Ok(record));
            assert!(is_derived(record) && salma.fits(record));
        }
        let arabic: String =
            ahmad.code(ahmad.record(12)).unwrap().chars().map(|c| char::from_u32(c as u32 + 0x630).unwrap()).collect();
        assert_eq!(salma.find(&arabic), Ok(ahmad.record(12)));
    }

    #[test]
    fn a_slip_or_another_occasion_is_told_99_times_in_100() {
        let here = occasion("u1", "2026-11-24", "SY020400", &["P01"]);
        let others = [
            occasion("u2", "2026-11-24", "SY020400", &["P01"]),
            occasion("u1", "2026-11-25", "SY020400", &["P01"]),
            occasion("u1", "2026-11-24", "SY020401", &["P01"]),
            occasion("u1", "2026-11-24", "SY020400", &["P02"]),
        ];
        let mut passed = 0_u32;
        for number in 0..1_000 {
            let record = here.record(number);
            let code = here.code(record).unwrap();
            for other in &others {
                assert!(!other.fits(record) && other.code(record).is_none());
                passed += u32::from(other.find(&code).is_ok());
            }
            let slip = format!("{}{}", &code[1..], &code[..1]);
            passed += u32::from(slip != code && here.find(&slip).is_ok());
        }
        assert!(passed < 100, "{passed} of 5000");
        for typed in ["", "12345", "1234567", "12345a", "-12345", "١٢٣٤٥"] {
            assert_eq!(here.find(typed), Err(BadCode::NotACode), "{typed}");
        }
    }

    #[test]
    fn a_random_id_fits_no_occasion() {
        let here = occasion("u1", "2026-11-24", "SY020400", &["P01"]);
        let random = RecordId([9; 16]);
        assert!(!is_derived(random) && !here.fits(random) && here.code(random).is_none());
        let mut forged = here.record(3);
        forged.0[15] ^= 1;
        assert!(is_derived(forged) && !here.fits(forged));
    }
}
