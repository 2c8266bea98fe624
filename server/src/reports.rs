//! Files made of figures and rows: what a spreadsheet opens. Knows neither who asks nor where the rows come from.

pub mod compfu;
pub mod csv_file;
pub mod xlsx_file;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text, a code or a day.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Nothing known.
    Empty,
}

/// A sheet: its headings in English and Arabic, HXL tags, then rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Headings, English.
    pub english: Vec<String>,
    /// Headings, Arabic.
    pub arabic: Vec<String>,
    /// HXL tags.
    pub hxl: Vec<&'static str>,
    /// Rows, each as long as the headings.
    pub rows: Vec<Vec<Cell>>,
}

/// A text that no spreadsheet takes for a formula: an apostrophe goes before what would begin one.
/// # Source: domain.md §11 (export), OWASP "CSV injection"
#[must_use]
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}
