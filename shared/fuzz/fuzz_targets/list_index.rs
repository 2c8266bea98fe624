//! Any bytes as a piece of the list index: a new device reads it before it has anything else.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::sync::list_index::ListPiece;

fuzz_target!(|data: &[u8]| {
    let Some((rows, body)) = data.split_first() else { return };
    let (records, body) = body.split_at(body.len().min(usize::from(*rows) * 16));
    let (picks, body) = body.split_at(body.len().min(usize::from(*rows)));
    let piece = |values| ListPiece { from: 0, rows: u32::from(*rows), last: true, values, records: records.to_vec(), picks: picks.to_vec() };
    drop(piece(body.to_vec()).open());
    if let Ok(rows) = piece(zstd::bulk::compress(body, 1).unwrap()).open() {
        // What was read is written again and reads the same.
        let rows: Vec<_> = rows.into_iter().map(|(row, _)| row).collect();
        let again = ListPiece::new(0, &rows, true).unwrap();
        assert_eq!(again.open().unwrap().len(), rows.len());
    }
});
