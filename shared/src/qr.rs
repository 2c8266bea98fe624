//! QR codes as pictures. Knows nothing of what they say.

use crate::model::second_factor::QrPicture;
use qrcode::{Color, EcLevel, QrCode};

pub use qrcode::types::QrError;

/// Light modules around a QR code that its standard asks for.
const QUIET_ZONE: usize = 4;

/// The picture of a text.
///
/// # Errors
/// [`QrError`] if the text is too long for a code.
pub fn picture(text: &str) -> Result<QrPicture, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let side = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let place = |(i, _)| format!("M{} {}h1v1h-1z", i % side + QUIET_ZONE, i / side + QUIET_ZONE);
    let width = u16::try_from(side + 2 * QUIET_ZONE).map_err(|_| QrError::DataTooLong)?;
    Ok(QrPicture { width, path: dark.map(place).collect() })
}

#[cfg(test)]
mod tests {
    use super::picture;

    #[test]
    fn a_picture_is_square_with_a_quiet_zone() {
        let picture = picture("otpauth://totp/Sada:salma?secret=ABC").unwrap();
        assert!(picture.path.starts_with("M4 4h1v1h-1z"), "the finder pattern's corner");
        assert_eq!((picture.width - 8 - 21) % 4, 0);
    }
}
