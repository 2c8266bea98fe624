//! Photos of paper forms between page and replica. Plain data; bytes are base64 and never stand in a file or an address.

use serde::{Deserialize, Serialize};
use shared::{model::ids::RecordId, picture::PictureQuery};

/// About a photo of a paper form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureRequest {
    /// Keeps one with a form that is being filled in; refused once the form may be sensitive. Answered with the name that the form's
    /// fact `contact.<key>` takes.
    Keep {
        /// Of which form.
        record: RecordId,
        /// Its root key.
        key: String,
        /// A plain JPEG, base64.
        base64: String,
    },
    /// Removes it again.
    Drop {
        /// Of which form.
        record: RecordId,
        /// Its root key.
        key: String,
    },
    /// Shows one: this device's own while it is here, else asked at the server, which writes down who saw it.
    Show(PictureQuery),
}
