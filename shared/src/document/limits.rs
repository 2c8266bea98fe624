//! Looks at what a raw change chunk would unfold to, before Automerge unfolds it. Knows the chunk's layout, not its meaning.
//!
//! Columns are run-length encoded: a few bytes can claim 2^60 operations, and Automerge 0.12 would walk them all. An index
//! beyond the table of actors makes it panic, which on the web would end the worker.
//!
//! # Source
//! Automerge binary format, change chunks and column specifications: <https://automerge.org/automerge-binary-format-spec/>

use super::change::BadChange;

/// Most operations of one change. The largest honest one, a complaint with every field, has about 60.
pub(super) const MAX_OPERATIONS: u64 = 2_000;
/// Most predecessors (or objects) named by all operations of one change together.
pub(super) const MAX_PREDECESSORS: u64 = 4_000;

/// Bytes before the chunk's length: magic, checksum, type.
pub(super) const CHUNK_HEAD: usize = 9;

const ACTION_COLUMN: u64 = 4 << 4 | 2;
/// Type bits of a column of indexes into the change's own table of actors.
const ACTOR_TYPE: u64 = 1;
/// The last four bits of a column's specification: type, and whether it is deflated, which a raw change's never is.
const TYPE_MASK: u64 = 0b0111;
const DEFLATED: u64 = 0b1000;

/// Reads the chunk, whose head was checked, as far as its columns' runs.
///
/// # Errors
/// [`BadChange::TooMany`] if it claims more than the limits; [`BadChange::Undecodable`] if it can't be read, or names an actor
/// beyond its own table, on which Automerge's `decode` would panic.
pub(super) fn check(chunk: &[u8]) -> Result<(), BadChange> {
    let columns = columns(chunk).ok_or(BadChange::Undecodable)?;
    for (spec, column) in columns.specs {
        let most = match spec & !DEFLATED {
            ACTION_COLUMN => MAX_OPERATIONS,
            spec if spec & TYPE_MASK == ACTOR_TYPE => MAX_PREDECESSORS,
            _ => continue,
        };
        let below = if spec & TYPE_MASK == ACTOR_TYPE { columns.actors } else { u64::MAX };
        if Reader(column).count_runs(most, below).ok_or(BadChange::Undecodable)? > most {
            return Err(BadChange::TooMany);
        }
    }
    Ok(())
}

struct Columns<'a> {
    /// How many actors the change can name, its own included.
    actors: u64,
    specs: Vec<(u64, &'a [u8])>,
}

fn columns(chunk: &[u8]) -> Option<Columns<'_>> {
    let mut reader = Reader(chunk.get(CHUNK_HEAD..)?);
    reader.unsigned()?; // length of the rest
    let deps = reader.unsigned()?;
    reader.skip(deps.checked_mul(32)?)?;
    reader.skip_prefixed()?; // actor
    reader.unsigned()?; // seq
    reader.unsigned()?; // start_op
    reader.signed()?; // time
    reader.skip_prefixed()?; // message
    let others = reader.unsigned()?;
    for _ in 0..others {
        reader.skip_prefixed()?;
    }
    let mut lengths = Vec::new();
    for _ in 0..reader.unsigned()? {
        lengths.push((reader.unsigned()?, reader.unsigned()?));
    }
    let specs = lengths.into_iter().map(|(spec, length)| Some((spec, reader.skip(length)?))).collect::<Option<_>>()?;
    Some(Columns { actors: others.checked_add(1)?, specs })
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn skip(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn skip_prefixed(&mut self) -> Option<&'a [u8]> {
        let length = self.unsigned()?;
        self.skip(length)
    }

    /// LEB128, at most 64 bits.
    fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// Signed LEB128, at most 64 bits.
    fn signed(&mut self) -> Option<i64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                let sign_extends = byte & 0x40 != 0 && shift + 7 < 64;
                return Some(if sign_extends { value | (-1 << (shift + 7)) } else { value });
            }
        }
        None
    }

    /// Values of a run-length encoded column of numbers, counted until more than `most`; none if one is not below `below`.
    fn count_runs(&mut self, most: u64, below: u64) -> Option<u64> {
        let value = |reader: &mut Self| reader.unsigned().filter(|value| *value < below);
        let mut count: u64 = 0;
        while !self.0.is_empty() && count <= most {
            let run = self.signed()?;
            let length = match run {
                0 => self.unsigned()?,
                1.. => {
                    value(self)?;
                    run.unsigned_abs()
                }
                _ => {
                    for _ in 0..run.unsigned_abs() {
                        value(self)?;
                    }
                    run.unsigned_abs()
                }
            };
            count = count.saturating_add(length);
        }
        Some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::Reader;

    #[test]
    fn numbers_read_as_the_format_writes_them() {
        assert_eq!(Reader(&[0xe5, 0x8e, 0x26]).unsigned(), Some(624_485));
        assert_eq!(Reader(&[0xc0, 0xbb, 0x78]).signed(), Some(-123_456));
        assert_eq!(Reader(&[0x3f]).signed(), Some(63));
        assert_eq!(Reader(&[0x7f]).signed(), Some(-1));
        assert_eq!(Reader(&[0x80; 11]).unsigned(), None);
        assert_eq!(Reader(&[]).signed(), None);
    }

    #[test]
    fn runs_literals_and_nulls_are_counted() {
        // 3 times 7, then literals 1 2, then 5 nulls
        assert_eq!(Reader(&[3, 7, 0x7e, 1, 2, 0, 5]).count_runs(100, 9), Some(10));
        // a run of 2^40 in six bytes
        assert!(Reader(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 1]).count_runs(100, 9).is_some_and(|n| n > 1 << 39));
        assert_eq!(Reader(&[0x7e, 1]).count_runs(100, 9), None);
        assert_eq!(Reader(&[3, 7]).count_runs(100, 7), None);
        assert_eq!(Reader(&[0x7f, 7]).count_runs(100, 7), None);
        assert_eq!(Reader(&[0x7f, 6]).count_runs(100, 7), Some(1));
    }
}
