//! What a person chose for this device: language, theme, digits, look. Plain data, and nothing secret.

use serde::{Deserialize, Serialize};

/// Preferences of this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// `ar` or `en`.
    pub language: String,
    /// `auto`, `light`, `dark`, or `sun`: heavy black on white, for a screen at noon.
    pub theme: String,
    /// `latn` or `arab`: digits shown.
    pub digits: String,
    /// `sada`, or `notes`: a name and a sign that say nothing of what the app is for.
    pub look: String,
}

impl Preferences {
    /// Whether nothing on the lock screen says what the app is for.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.look == "notes"
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self { language: "ar".into(), theme: "auto".into(), digits: "latn".into(), look: "sada".into() }
    }
}
