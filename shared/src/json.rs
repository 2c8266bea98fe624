//! JSON that comes as bytes. Knows no message.

use serde::{Deserialize, de::Error};

/// Reads bytes as `serde_json::from_slice` would, by way of text: how a type is read is compiled for each of the two, and the web
/// app would load both.
///
/// # Errors
/// Bytes that are no JSON of `T`.
pub fn from_bytes<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> serde_json::Result<T> {
    std::str::from_utf8(bytes).map_err(serde_json::Error::custom).and_then(serde_json::from_str)
}

#[cfg(test)]
mod tests {
    use super::from_bytes;

    #[test]
    fn what_is_no_text_is_refused_like_what_is_no_json() {
        assert_eq!(from_bytes::<Vec<&str>>("[\"صدى\"]".as_bytes()).unwrap(), ["صدى"]);
        for bytes in [b"[\"\xff\"]".as_slice(), b"[1]", b"[] \xff", b""] {
            assert!(from_bytes::<Vec<&str>>(bytes).is_err(), "{bytes:?}");
        }
    }
}
