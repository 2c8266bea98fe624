//! A sheet as an Excel workbook that reads from the right: both headings, HXL tags, a frozen head, a filter. Knows no columns.

use super::{Cell, Sheet, harmless};
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, XlsxError};

/// Rows above the data: English, Arabic, HXL.
const HEAD: u32 = 3;
/// Width of a column, in characters.
const WIDTH: u32 = 18;

/// The bytes.
///
/// # Errors
/// [`XlsxError`] if a text is longer than a cell takes (32,767 characters) or the name no sheet's.
pub fn write(sheet: &Sheet, right_to_left: bool) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(Color::RGB(0xE8_EE_F2));
    let tags = Format::new().set_font_color(Color::RGB(0x5A_66_70));
    let page = workbook.add_worksheet();
    page.set_name(&sheet.name)?.set_right_to_left(right_to_left).set_freeze_panes(HEAD, 1)?;
    for (line, texts) in (0_u32..).zip([&sheet.english, &sheet.arabic]) {
        for (column, text) in (0_u16..).zip(texts) {
            page.write_string_with_format(line, column, text, &head)?;
        }
    }
    for (column, tag) in (0_u16..).zip(&sheet.hxl) {
        page.write_string_with_format(HEAD - 1, column, *tag, &tags)?;
        page.set_column_width(column, WIDTH)?;
    }
    for (line, row) in (HEAD..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Text(text) => page.write_string(line, column, harmless(text))?,
                #[expect(clippy::cast_precision_loss, reason = "days and counts stay far below 2^53")]
                Cell::Number(number) => page.write_number(line, column, *number as f64)?,
                Cell::Empty => page,
            };
        }
    }
    let (last_line, last_column) = (HEAD - 1 + u32::try_from(sheet.rows.len()).unwrap_or(0), sheet.hxl.len().saturating_sub(1));
    page.autofilter(HEAD - 1, 0, last_line, u16::try_from(last_column).unwrap_or(0))?;
    workbook.save_to_buffer()
}
