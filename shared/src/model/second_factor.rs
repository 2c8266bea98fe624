//! A second factor as a page shows it. Here and not beside its request, since the page's half of the web app knows no sync.

use serde::{Deserialize, Serialize};

/// A second factor to put into an authenticator app. It holds once a sign-in shows a code of it; until then asking again
/// replaces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorSetUp {
    /// The secret in base32, for typing.
    pub key: String,
    /// The same as `otpauth://` address, for a tap on the same phone.
    pub uri: String,
    /// The address as a picture.
    pub qr: QrPicture,
    /// Codes for the day the authenticator is lost, each good once.
    pub recovery_codes: Vec<String>,
}

/// A QR code as one path of an SVG picture, in units of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrPicture {
    /// Width and height with the quiet zone.
    pub width: u16,
    /// The dark modules.
    pub path: String,
}
