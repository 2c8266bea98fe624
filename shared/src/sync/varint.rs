//! Unsigned and signed LEB128, shortest form only: one number has one encoding.

/// Bytes that are no number in shortest form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number in shortest form")]
pub struct BadVarint;

/// Appends `value`.
pub fn put(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let low = (value & 0x7f).to_le_bytes()[0];
        value >>= 7;
        if value == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Takes a number off the front of `bytes`.
///
/// # Errors
/// [`BadVarint`] at the end of the bytes, beyond 64 bits, and for a longer form than needed.
pub fn take(bytes: &mut &[u8]) -> Result<u64, BadVarint> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(BadVarint)?;
        *bytes = rest;
        let low = u64::from(byte & 0x7f);
        if low << shift >> shift != low || (byte == 0 && shift > 0) {
            return Err(BadVarint);
        }
        value |= low << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(BadVarint)
}

/// Appends `value`, signed.
pub fn put_signed(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let low = (value & 0x7f).to_le_bytes()[0];
        value >>= 7;
        if (value == 0 && low & 0x40 == 0) || (value == -1 && low & 0x40 != 0) {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Takes a signed number off the front of `bytes`.
///
/// # Errors
/// [`BadVarint`] at the end of the bytes, beyond 64 bits, and for a longer form than needed.
pub fn take_signed(bytes: &mut &[u8]) -> Result<i64, BadVarint> {
    let start = *bytes;
    let mut value = 0_i128;
    for shift in (0..70).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(BadVarint)?;
        *bytes = rest;
        value |= i128::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            if byte & 0x40 != 0 {
                value -= 1_i128 << (shift + 7);
            }
            let value = i64::try_from(value).map_err(|_| BadVarint)?;
            let mut shortest = Vec::with_capacity(10);
            put_signed(&mut shortest, value);
            return if start.starts_with(&shortest) && start.len() - bytes.len() == shortest.len() {
                Ok(value)
            } else {
                Err(BadVarint)
            };
        }
    }
    Err(BadVarint)
}

#[cfg(test)]
mod tests {
    use super::{put, put_signed, take, take_signed};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_and_leave_the_rest(value: u64, signed: i64) {
            let mut out = Vec::new();
            put(&mut out, value);
            put_signed(&mut out, signed);
            out.push(7);
            let mut rest = out.as_slice();
            prop_assert_eq!(take(&mut rest), Ok(value));
            prop_assert_eq!(take_signed(&mut rest), Ok(signed));
            prop_assert_eq!(rest, &[7]);
        }

        #[test]
        fn what_is_read_has_one_form(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
            let mut rest = bytes.as_slice();
            if let Ok(value) = take(&mut rest) {
                let mut again = Vec::new();
                put(&mut again, value);
                prop_assert_eq!(&bytes[..bytes.len() - rest.len()], again.as_slice());
            }
            let mut rest = bytes.as_slice();
            if let Ok(value) = take_signed(&mut rest) {
                let mut again = Vec::new();
                put_signed(&mut again, value);
                prop_assert_eq!(&bytes[..bytes.len() - rest.len()], again.as_slice());
            }
        }
    }
}
