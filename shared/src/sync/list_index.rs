//! The list index: rows of cases that the server made, so that a new device lists everything long before the documents are
//! there. Told column by column, which packs three times smaller than row by row. Knows no storage.

use super::signing::{SignedError, pack, unpack};
use crate::model::{ids::RecordId, row::CaseRow};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Bytes that a row takes about, packed.
pub const ROW_BYTES: u32 = 40;

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
    /// The rows, zstd. Without excerpts, names from the field and answers on the spot: those come with the documents.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub packed: Vec<u8>,
}

/// One vector a column; ids apart, as the bytes they are.
#[derive(Default, Serialize, Deserialize)]
struct Columns {
    records: Vec<RecordId>,
    fields: Map<String, Value>,
}

impl ListPiece {
    /// Packs rows.
    ///
    /// # Errors
    /// [`SignedError`] if they can't be written.
    pub fn new(from: u32, rows: &[CaseRow], last: bool) -> Result<Self, SignedError> {
        let mut columns = Columns::default();
        for row in rows {
            columns.records.push(row.record);
            let value = serde_json::to_value(CaseRow { excerpt: String::new(), unlisted: None, on_spot: None, ..row.clone() })
                .map_err(SignedError::Json)?;
            let Value::Object(fields) = value else { continue };
            for (name, value) in fields.into_iter().filter(|(name, _)| name != "record") {
                if let Value::Array(column) = columns.fields.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
                    column.push(value);
                }
            }
        }
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        Ok(Self { from, rows: count, last, packed: pack(&columns)? })
    }

    /// Unpacks the rows. One that this version can't read is left out: its document comes later.
    ///
    /// # Errors
    /// [`SignedError`] if they are not what [`Self::new`] packs.
    pub fn open(&self) -> Result<Vec<CaseRow>, SignedError> {
        let Columns { records, mut fields } = unpack(&self.packed)?;
        let row = |(place, record): (usize, RecordId)| {
            let taken = fields.iter_mut().filter_map(|(name, column)| Some((name.clone(), column.get_mut(place)?.take())));
            let mut row: Map<String, Value> = taken.collect();
            row.insert("record".into(), serde_json::to_value(record).ok()?);
            serde_json::from_value(Value::Object(row)).ok()
        };
        Ok(records.into_iter().enumerate().filter_map(row).collect())
    }
}
