//! The list index: rows of cases that the server made, so that a new device lists everything long before the documents are
//! there. Told field by field: the different values once, then which of them each row has, in as few bits as that takes. Knows
//! no storage.

use super::signing::{SignedError, pack, unpack};
use crate::model::{ids::RecordId, row::CaseRow};
use minicbor::{Decode, Encode};
use serde_json::Value;
use std::collections::BTreeMap;

/// Bytes that a row takes about, packed.
pub const ROW_BYTES: u32 = 30;
const RECORD_BYTES: usize = 16;

/// A piece of the list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ListPiece {
    /// Place of its first row in the list, from 0.
    #[n(0)]
    pub from: u32,
    /// How many rows it has.
    #[n(1)]
    pub rows: u32,
    /// It ends the list.
    #[n(2)]
    pub last: bool,
    /// Each field's values by its name, in the order of the first row that has them: JSON, zstd. Without excerpts, names from the
    /// field and answers on the spot: those come with the documents.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub values: Vec<u8>,
    /// The rows' ids, 16 bytes each.
    #[cbor(n(4), with = "minicbor::bytes", default)]
    pub records: Vec<u8>,
    /// Field by field, each row's value by its number, lowest bit first. A field with as many values as there are rows has none:
    /// each row has its own.
    #[cbor(n(5), with = "minicbor::bytes", default)]
    pub picks: Vec<u8>,
}

/// A row as it was told, and the text it was read from.
pub type Listed = (CaseRow, String);

#[derive(Default)]
struct Column {
    numbers: BTreeMap<String, usize>,
    values: Vec<Value>,
    picks: Vec<usize>,
}

impl Column {
    /// The value of the row at `place`; rows before it that told none have none.
    fn push(&mut self, place: usize, value: Value) {
        while self.picks.len() < place {
            self.pick(Value::Null);
        }
        self.pick(value);
    }

    fn pick(&mut self, value: Value) {
        let next = self.values.len();
        let number = *self.numbers.entry(value.to_string()).or_insert(next);
        if number == next {
            self.values.push(value);
        }
        self.picks.push(number);
    }

    /// Where most rows have a value of their own, numbers cost more than they save.
    fn spread(self) -> (Vec<Value>, Vec<usize>) {
        if self.values.len() * 2 <= self.picks.len() {
            return (self.values, self.picks);
        }
        let each = self.picks.iter().filter_map(|&pick| self.values.get(pick).cloned()).collect();
        (each, self.picks)
    }
}

/// Bits of a number that picks one of so many values.
const fn width(values: usize, rows: usize) -> usize {
    if values == rows || values == 0 { 0 } else { (usize::BITS - (values - 1).leading_zeros()) as usize }
}

impl ListPiece {
    /// Packs rows.
    ///
    /// # Errors
    /// [`SignedError`] if they can't be written.
    pub fn new(from: u32, rows: &[CaseRow], last: bool) -> Result<Self, SignedError> {
        let mut records = Vec::with_capacity(rows.len() * RECORD_BYTES);
        let mut columns = BTreeMap::<String, Column>::new();
        for (place, row) in rows.iter().enumerate() {
            records.extend_from_slice(&row.record.0);
            let told = CaseRow { excerpt: String::new(), unlisted: None, on_spot: None, ..row.clone() };
            let Value::Object(fields) = serde_json::to_value(told).map_err(SignedError::Json)? else { continue };
            for (name, value) in fields.into_iter().filter(|(name, _)| name != "record") {
                columns.entry(name).or_default().push(place, value);
            }
        }
        let mut values = BTreeMap::new();
        let mut bits = Vec::new();
        for (name, mut column) in columns {
            if column.picks.len() < rows.len() {
                column.push(rows.len() - 1, Value::Null);
            }
            let (told, picks) = column.spread();
            let width = width(told.len(), rows.len());
            bits.extend(picks.iter().flat_map(|pick| (0..width).map(move |bit| pick >> bit & 1 == 1)));
            values.insert(name, told);
        }
        let byte = |bits: &[bool]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
        Ok(Self {
            from,
            rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            last,
            values: pack(&values)?,
            records,
            picks: bits.chunks(8).map(byte).collect(),
        })
    }

    /// Unpacks the rows. One that this version can't read is left out: its document comes later.
    ///
    /// # Errors
    /// [`SignedError`] if they are not what [`Self::new`] packs.
    pub fn open(&self) -> Result<Vec<Listed>, SignedError> {
        let values: BTreeMap<String, Vec<Value>> = unpack(&self.values)?;
        let rows = self.records.len() / RECORD_BYTES;
        let mut at = 0;
        let columns: Vec<_> = values
            .into_iter()
            .map(|(name, values)| {
                let (from, width) = (at, width(values.len(), rows));
                at = width.saturating_mul(rows).saturating_add(at);
                let texts = values.iter().map(Value::to_string).collect();
                Told { name: Value::from(name).to_string(), texts, from, width }
            })
            .collect();
        if at.div_ceil(8) != self.picks.len() {
            return Err(SignedError::Packing(std::io::ErrorKind::InvalidData.into()));
        }
        let row = |(place, record): (usize, &[u8])| self.row(place, record, &columns);
        Ok(self.records.chunks_exact(RECORD_BYTES).enumerate().filter_map(row).collect())
    }

    fn row(&self, place: usize, record: &[u8], columns: &[Told]) -> Option<Listed> {
        let record = RecordId::try_from(record).ok()?;
        let mut text = format!("{{\"record\":\"{record}\"");
        for column in columns {
            text.push(',');
            text.push_str(&column.name);
            text.push(':');
            text.push_str(column.texts.get(column.pick(place, &self.picks)?)?);
        }
        text.push('}');
        Some((serde_json::from_str(&text).ok()?, text))
    }
}

/// A field as read, its name and values as JSON.
struct Told {
    name: String,
    texts: Vec<String>,
    /// Place of the first row's first bit.
    from: usize,
    width: usize,
}

impl Told {
    /// The number of the value that the row at `place` has; none past the end.
    fn pick(&self, place: usize, picks: &[u8]) -> Option<usize> {
        if self.width == 0 {
            return Some(if self.texts.len() == 1 { 0 } else { place });
        }
        let first = self.from + place * self.width;
        (first..first + self.width)
            .rev()
            .try_fold(0, |pick, bit| Some(pick << 1 | usize::from(picks.get(bit / 8)? >> (bit % 8) & 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::{CaseRow, ListPiece, ROW_BYTES};
    use crate::{
        entropy::{Entropy, Seeded},
        model::{dates::UnixSeconds, ids::RecordId},
    };

    fn rows(count: u64) -> Vec<CaseRow> {
        let text = r#"{"record":"00000000000000000000000000000000","ref_no":"","status":"registered","level":1,"urgency":"action","entry_type":"complaint",
            "category":null,"adm3":"SY020204","adm4":null,"project":"P01","channel":"desk","identity_mode":null,"sex":"f","age_band":null,
            "subject_role":null,"excerpt":"كلمات","assignee":null,"recorded_by":"u1","received_on":"2026-11-01","due_on":"2026-11-16",
            "extended_to":null,"acknowledged_on":null,"responded_on":null,"closed_on":null,"close_reason":null,"reopened":0,
            "unsynced_days":0,"awaiting_ruling":0,"conflict":false,"duplicate_of":null,"sync":"on_server","last_step_at":0}"#;
        let plain: CaseRow = serde_json::from_str(text).unwrap();
        let mut chance = Seeded::new(5);
        let row = |n| {
            let mut row = CaseRow {
                record: RecordId::random(&mut chance),
                ref_no: format!("{:09}", chance.below(1_000_000_000)),
                ..plain.clone()
            };
            row.last_step_at = UnixSeconds(1_795_000_000 + i64::try_from(chance.below(9_000_000)).unwrap());
            row.category = (n % 3 > 0).then(|| format!("c{}", chance.below(60)).as_str().into());
            row.adm4 = Some(format!("C{}", chance.below(400)).as_str().into());
            row.recorded_by = format!("u{}", chance.below(40)).as_str().into();
            row.conflict = chance.below(2) == 0;
            row
        };
        (0..count).map(row).collect()
    }

    #[test]
    fn rows_come_back_as_they_were_but_for_the_words_and_a_row_takes_what_it_is_said_to_take() {
        for count in [0, 1, 2, 3, 8, 257, 3_000] {
            let rows = rows(count);
            let piece = ListPiece::new(7, &rows, true).unwrap();
            let told: Vec<_> = rows.into_iter().map(|row| CaseRow { excerpt: String::new(), ..row }).collect();
            let read = piece.open().unwrap();
            for (row, text) in &read {
                assert_eq!(&serde_json::from_str::<CaseRow>(text).unwrap(), row);
            }
            assert_eq!(read.into_iter().map(|(row, _)| row).collect::<Vec<_>>(), told);
            if count > 1_000 {
                let bytes = crate::sync::messages::encode(&piece).len();
                assert!(bytes < ROW_BYTES as usize * told.len(), "{bytes} bytes for {count} rows");
            }
        }
    }

    #[test]
    fn a_piece_with_bits_missing_is_refused_and_a_row_nobody_can_read_is_left_out() {
        let piece = ListPiece::new(0, &rows(9), true).unwrap();
        let short = ListPiece { picks: piece.picks[1..].to_vec(), ..piece.clone() };
        assert!(short.open().is_err());
        let json = String::from_utf8(zstd::bulk::decompress(&piece.values, 99_999).unwrap()).unwrap();
        let strange = json.replace("[\"action\"]", "[\"a deed of tomorrow\"]");
        assert_ne!(strange, json);
        let strange = ListPiece { values: zstd::bulk::compress(strange.as_bytes(), 1).unwrap(), ..piece };
        assert_eq!(strange.open().unwrap(), []);
    }
}
