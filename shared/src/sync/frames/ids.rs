//! Ids written as 16 hex digits inside a change's text (event ids, and the steps an event follows), as 8 bytes beside it:
//! random bytes don't compress, and as digits they cost half as much again. Exact for any bytes.

use super::FrameError;

const MARK: u8 = 0xff;
const IS_ID: u8 = 1;
const IS_MARK: u8 = 0;
const DIGITS: usize = 16;

/// Writes `from` with its ids taken out.
pub(super) fn take_out(from: &[u8], text: &mut Vec<u8>, ids: &mut Vec<u8>) {
    let mut rest = from;
    while let Some((&byte, after)) = rest.split_first() {
        if let Some((digits, after)) = rest.split_first_chunk::<DIGITS>()
            && let Some(id) = id(digits)
        {
            text.extend_from_slice(&[MARK, IS_ID]);
            ids.extend_from_slice(&id);
            rest = after;
            continue;
        }
        text.push(byte);
        if byte == MARK {
            text.push(IS_MARK);
        }
        rest = after;
    }
}

/// The original of what [`take_out`] wrote. Takes its ids off the front of `ids`.
///
/// # Errors
/// [`FrameError::Malformed`] for what it can't have written.
pub(super) fn put_in(text: &[u8], ids: &mut &[u8]) -> Result<Vec<u8>, FrameError> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != MARK {
            out.push(byte);
            continue;
        }
        let (&what, after) = rest.split_first().ok_or(FrameError::Malformed)?;
        rest = after;
        match what {
            IS_MARK => out.push(MARK),
            IS_ID => {
                let (id, after) = ids.split_first_chunk::<8>().ok_or(FrameError::Malformed)?;
                *ids = after;
                out.extend(id.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
            }
            _ => return Err(FrameError::Malformed),
        }
    }
    Ok(out)
}

fn id(digits: &[u8; DIGITS]) -> Option<[u8; 8]> {
    let mut id = [0; 8];
    for (byte, pair) in id.iter_mut().zip(digits.as_chunks::<2>().0) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(id)
}

const fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

const fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

#[cfg(test)]
mod tests {
    use super::{put_in, take_out};
    use proptest::prelude::*;

    fn there_and_back(bytes: &[u8]) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
        let (mut text, mut ids) = (Vec::new(), Vec::new());
        take_out(bytes, &mut text, &mut ids);
        let mut left = ids.as_slice();
        let back = put_in(&text, &mut left).unwrap();
        assert!(left.is_empty());
        (text, ids, back)
    }

    #[test]
    fn an_id_takes_ten_bytes_instead_of_sixteen() {
        let (text, ids, back) = there_and_back(br#""after":["72932 72932"],"00112233445566aa""#);
        assert_eq!((text.len(), ids.len()), (28, 8));
        assert_eq!(back, br#""after":["72932 72932"],"00112233445566aa""#);
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(prop_oneof![Just(0xff), Just(b'a'), Just(b'7'), any::<u8>()], 0..120)) {
            let (_, _, back) = there_and_back(&bytes);
            prop_assert_eq!(back, bytes);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(text in proptest::collection::vec(prop_oneof![Just(0xff), 0_u8..3], 0..40), ids in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(put_in(&text, &mut ids.as_slice()).map_or(true, |out| out.len() <= text.len() + 2 * ids.len()));
        }
    }
}
