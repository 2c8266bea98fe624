//! A photo of a paper form: how its contact document names it, what its bytes must be, and the pieces in which they go up. The words
//! on the paper say who spoke, so the name stands in the contact document and whoever may read that may see the picture.
//! Decodes no picture and knows no storage.
//!
//! # Source
//! domain.md §4 (attachments: class B, strip EXIF); design.md §6 (resumable, by hash), §10.2 of domain.md (3).

use crate::model::{
    ids::{PictureHash, RecordId},
    record::DocumentId,
};
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};
use std::fmt::{self, Display, Formatter};

/// Root keys of a contact document under which pictures stand: one to three a case.
pub const PICTURE_KEYS: [&str; 3] = ["photo.1", "photo.2", "photo.3"];
/// Largest picture, in bytes.
pub const MAX_PICTURE_BYTES: usize = 200 << 10;
/// Longest side, in pixels. The app makes them shorter.
pub const MOST_PIXELS: u16 = 2_400;
/// Longest sides the app tries one after the other, in pixels, each with every one of [`TRIED_QUALITIES`], until a picture is small enough.
pub const TRIED_SIDES: [u16; 3] = [1_600, 1_280, 960];
/// Qualities of a JPEG, from 0 to 1.
pub const TRIED_QUALITIES: [f64; 4] = [0.8, 0.65, 0.5, 0.35];
/// Most bytes of one piece on its way up.
pub const PIECE_BYTES: usize = 32 << 10;

/// How a document names a picture: by the hash of its bytes, with their number. Written `<64 hex digits>:<bytes>:jpeg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PictureName {
    /// SHA-256 of the bytes.
    pub sha256: PictureHash,
    /// How many there are.
    pub size: u32,
}

impl PictureName {
    /// The name of these bytes; none if they are no picture that may be kept: too large, not a whole JPEG of sane sides, or with
    /// anything besides the picture in it, such as where and when it was taken.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let size = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= MAX_PICTURE_BYTES)?;
        is_plain_jpeg(bytes).then(|| Self { sha256: PictureHash(Sha256::digest(bytes).into()), size })
    }

    /// Reads a name back; only as it is written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hash, size) = text.strip_suffix(":jpeg")?.split_once(':')?;
        let name = Self { sha256: hash.parse().ok()?, size: size.parse().ok()? };
        (name.size > 0 && name.size as usize <= MAX_PICTURE_BYTES && name.to_string() == text).then_some(name)
    }
}

impl Display for PictureName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:jpeg", self.sha256, self.size)
    }
}

/// Walks every segment of a JPEG to its end. Comments and application data are refused but for those a plain encoder writes:
/// JFIF, colour profile, Adobe's colour transform.
fn is_plain_jpeg(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(&[0xff, 0xd8]) else { return false };
    let (mut has_frame, mut has_scan) = (false, false);
    loop {
        let [0xff, marker, after @ ..] = rest else { return false };
        if *marker == 0xd9 {
            return has_frame && has_scan && after.is_empty();
        }
        let [high, low, ..] = after else { return false };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some((segment, after)) = after.split_at_checked(length).filter(|_| length >= 2) else { return false };
        match marker {
            0xc0..=0xc2 => {
                let &[_, _, _, h1, h2, w1, w2, ..] = segment else { return false };
                let sides = [u16::from_be_bytes([h1, h2]), u16::from_be_bytes([w1, w2])];
                if has_frame || !sides.iter().all(|side| (1..=MOST_PIXELS).contains(side)) {
                    return false;
                }
                has_frame = true;
            }
            0xe0 if segment[2..].starts_with(b"JFIF\0") => {}
            0xe2 if segment[2..].starts_with(b"ICC_PROFILE\0") => {}
            0xee if segment[2..].starts_with(b"Adobe") => {}
            0xc4 | 0xdb | 0xdd => {}
            0xda => has_scan = true,
            _ => return false,
        }
        rest = if *marker == 0xda { &after[scan_length(after)..] } else { after };
    }
}

/// Bytes of a scan: up to the next marker that is neither stuffing nor a restart.
fn scan_length(scan: &[u8]) -> usize {
    let is_end = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7);
    scan.windows(2).position(is_end).unwrap_or(scan.len())
}

/// A piece of a picture on its way up. An empty one asks how far the server is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Piece {
    /// The contact document that names it.
    #[n(0)]
    pub document: DocumentId,
    /// Its hash.
    #[n(1)]
    pub sha256: PictureHash,
    /// Where the piece begins.
    #[n(2)]
    pub from: u32,
    /// Its bytes, at most [`PIECE_BYTES`].
    #[cbor(n(3), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// Where the server is with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum PieceVerdict {
    /// It holds so many bytes: go on from there.
    #[n(0)]
    Held(#[n(0)] u32),
    /// It holds all of it on disk, and the hash is right.
    #[n(1)]
    Whole,
    /// The document is gone for good or names it no more: let go of it.
    #[n(2)]
    Gone,
}

/// Which picture to show. In the body: addresses are written down along the way.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PictureQuery {
    /// Of which case.
    pub record: RecordId,
    /// Under which key it stands.
    pub key: String,
}

#[cfg(test)]
mod tests {
    use super::{MAX_PICTURE_BYTES, PictureName};

    /// A JPEG's bones: frame of so many pixels, one scan.
    fn jpeg(side: u16, extra: &[u8]) -> Vec<u8> {
        let [high, low] = side.to_be_bytes();
        let mut bytes = vec![0xff, 0xd8];
        bytes.extend(extra);
        bytes.extend([0xff, 0xc0, 0, 8, 8, high, low, 0, 9, 1]);
        bytes.extend([0xff, 0xda, 0, 2, 1, 2, 0xff, 0, 3, 0xff, 0xd9]);
        bytes
    }

    #[test]
    fn a_plain_jpeg_has_a_name_that_reads_back_and_nothing_else_does() {
        let name = PictureName::of(&jpeg(16, &[])).unwrap();
        assert_eq!(PictureName::parse(&name.to_string()), Some(name));
        let text = name.to_string();
        for bad in
            [text.to_uppercase(), text.replace("jpeg", "webp"), text.replace(':', ":0"), text[1..].to_owned(), "ي".repeat(64)]
        {
            assert_eq!(PictureName::parse(&bad), None, "{bad}");
        }
        assert_eq!(PictureName::parse(&format!("{}:{}:jpeg", "0".repeat(64), MAX_PICTURE_BYTES + 1)), None);
        assert_eq!(PictureName::parse(&format!("{}:0:jpeg", "0".repeat(64))), None);
    }

    #[test]
    fn what_is_no_picture_too_large_or_says_more_than_the_picture_has_no_name() {
        let exif = [&[0xff, 0xe1, 0, 8][..], b"Exif\0\0"].concat();
        let comment = [&[0xff, 0xfe, 0, 6][..], b"GPS."].concat();
        let jfif = [&[0xff, 0xe0, 0, 7][..], b"JFIF\0"].concat();
        assert!(PictureName::of(&jpeg(16, &jfif)).is_some());
        for bytes in [jpeg(16, &exif), jpeg(16, &comment), jpeg(0, &[]), jpeg(2_401, &[]), Vec::new(), b"<svg/>".to_vec()] {
            assert_eq!(PictureName::of(&bytes), None);
        }
        let whole = jpeg(16, &[]);
        for end in 0..whole.len() {
            assert_eq!(PictureName::of(&whole[..end]), None, "cut at {end}");
        }
        assert_eq!(PictureName::of(&[whole.clone(), exif].concat()), None, "hidden behind the end");
        let mut large = jpeg(16, &[]);
        let at = large.len() - 2;
        large.splice(at..at, vec![1; MAX_PICTURE_BYTES]);
        assert_eq!(PictureName::of(&large), None);
    }
}
