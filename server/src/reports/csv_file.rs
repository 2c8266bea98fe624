//! A sheet as CSV for Excel: UTF-8 with its mark, CRLF, no formulas. Knows no columns.

use super::{Cell, Sheet, harmless};

/// The bytes.
///
/// # Errors
/// [`csv::Error`] if a row is longer or shorter than the headings.
pub fn write(sheet: &Sheet) -> Result<Vec<u8>, csv::Error> {
    // Without this mark Excel takes Arabic for Latin.
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(&sheet.english)?;
    writer.write_record(&sheet.arabic)?;
    writer.write_record(&sheet.hxl)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        }))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
