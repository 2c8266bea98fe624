//! A secret in parts, of which any few give it back and fewer tell nothing (Shamir). Knows no owners of parts.
//!
//! # Source
//! A. Shamir, How to share a secret (1979), byte by byte over GF(2^8) with the polynomial of AES (FIPS 197). Own code: `sharks`
//! drew its coefficients wrongly (RUSTSEC-2024-0398) and is left alone, its heir `blahaj` looks the field up in tables by secret
//! bytes, `vsss-rs` brings curves, and none takes chance as `shared` gives it.

use crate::entropy::Entropy;
use zeroize::Zeroizing;

/// Most parts of one secret.
pub const MAX_PARTS: u8 = 16;

/// One part.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub number: u8,
    /// As long as the secret.
    pub bytes: Zeroizing<[u8; 32]>,
}

/// Why parts give no secret, or can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SharesError {
    /// At least 2, and no more than there are parts, must be needed; at most [`MAX_PARTS`].
    #[error("so many parts of so many can't be asked for")]
    Numbers,
    /// A part came twice, or has no number.
    #[error("a part is there twice, or is none")]
    Repeated,
}

/// Splits a secret into `count` parts, any `needed` of which give it back.
///
/// # Errors
/// [`SharesError::Numbers`].
pub fn split(secret: &[u8; 32], needed: u8, count: u8, entropy: &mut (impl Entropy + ?Sized)) -> Result<Vec<Part>, SharesError> {
    if needed < 2 || needed > count || count > MAX_PARTS {
        return Err(SharesError::Numbers);
    }
    let mut coefficients = Zeroizing::new(vec![0; 32 * usize::from(needed - 1)]);
    entropy.fill(&mut coefficients);
    let part = |number| {
        let mut bytes = Zeroizing::new([0; 32]);
        for (i, byte) in bytes.iter_mut().enumerate() {
            // Horner, highest coefficient first; the secret is the value at 0.
            let of_byte = coefficients.chunks(32).filter_map(|row| row.get(i));
            *byte = add(times(of_byte.fold(0, |sum, c| add(times(sum, number), *c)), number), secret[i]);
        }
        Part { number, bytes }
    };
    Ok((1..=count).map(part).collect())
}

/// Puts parts together. Too few, or parts of different secrets, give some other secret: compare with what is known of it.
///
/// # Errors
/// [`SharesError::Repeated`].
pub fn join(parts: &[Part]) -> Result<Zeroizing<[u8; 32]>, SharesError> {
    let mut secret = Zeroizing::new([0; 32]);
    for (i, part) in parts.iter().enumerate() {
        let mut weight = 1;
        for (j, other) in parts.iter().enumerate() {
            if i != j {
                let difference = add(part.number, other.number);
                if difference == 0 {
                    return Err(SharesError::Repeated);
                }
                weight = times(weight, times(other.number, inverse(difference)));
            }
        }
        if part.number == 0 {
            return Err(SharesError::Repeated);
        }
        for (sum, byte) in secret.iter_mut().zip(part.bytes.iter()) {
            *sum = add(*sum, times(*byte, weight));
        }
    }
    Ok(secret)
}

const fn add(a: u8, b: u8) -> u8 {
    a ^ b
}

/// The product, in the same steps whatever the factors: no table is looked up by a secret.
fn times(a: u8, b: u8) -> u8 {
    let (mut a, mut product) = (a, 0);
    for bit in 0..8 {
        product ^= a & 0_u8.wrapping_sub((b >> bit) & 1);
        let carry = 0_u8.wrapping_sub(a >> 7);
        a = (a << 1) ^ (0x1b & carry);
    }
    product
}

/// The inverse: the 254th power. 0 for 0.
fn inverse(a: u8) -> u8 {
    let mut power = a;
    for _ in 0..6 {
        power = times(times(power, power), a);
    }
    times(power, power)
}

#[cfg(test)]
mod tests {
    use super::{Part, SharesError, add, inverse, join, split, times};
    use crate::entropy::Seeded;
    use zeroize::Zeroizing;

    #[test]
    fn the_field_is_that_of_aes() {
        // FIPS 197, §4.2.
        assert_eq!((times(0x57, 0x83), times(0x57, 0x13), times(0x53, 0xca)), (0xc1, 0xfe, 1));
        for a in 1..=255 {
            assert_eq!(times(a, inverse(a)), 1, "{a}");
            assert_eq!(times(a, 1), a);
            assert_eq!(times(a, add(3, 7)), add(times(a, 3), times(a, 7)));
        }
    }

    /// The line 0x01 + 0x57 x, at the two places where FIPS 197 works 0x57 x out: 0xc1 at 0x83, 0xfe at 0x13.
    #[test]
    fn parts_made_by_hand_give_their_secret() {
        let part = |number, byte| Part { number, bytes: Zeroizing::new([byte; 32]) };
        assert_eq!(*join(&[part(0x83, 0xc1 ^ 0x01), part(0x13, 0xfe ^ 0x01)]).unwrap(), [0x01; 32]);
    }

    #[test]
    fn any_few_give_it_back_and_one_less_tells_nothing() {
        let secret = [0x5a; 32];
        for (needed, count) in [(2, 2), (2, 3), (3, 5), (5, 5), (2, 16)] {
            let parts = split(&secret, needed, count, &mut Seeded::new(1)).unwrap();
            for first in 0..=(parts.len() - usize::from(needed)) {
                let few = &parts[first..first + usize::from(needed)];
                assert_eq!(*join(few).unwrap(), secret);
                assert_ne!(*join(&few[1..]).unwrap(), secret);
            }
            assert_eq!(*join(&parts).unwrap(), secret);
        }
        // One part of two is the secret plus a random line: over many sources each of its bytes takes many values.
        let seen: std::collections::BTreeSet<u8> =
            (0..400).map(|seed| split(&secret, 2, 3, &mut Seeded::new(seed)).unwrap()[0].bytes[0]).collect();
        assert!(seen.len() > 150, "{}", seen.len());
    }

    #[test]
    fn senseless_numbers_and_repeated_parts_are_refused() {
        for (needed, count) in [(0, 3), (1, 3), (4, 3), (2, 17)] {
            assert_eq!(split(&[0; 32], needed, count, &mut Seeded::new(1)).err(), Some(SharesError::Numbers));
        }
        let part = split(&[1; 32], 2, 2, &mut Seeded::new(1)).unwrap().remove(0);
        assert_eq!(join(&[part.clone(), part]).err(), Some(SharesError::Repeated));
        assert_eq!(join(&[Part { number: 0, bytes: Zeroizing::new([0; 32]) }]).err(), Some(SharesError::Repeated));
    }
}
