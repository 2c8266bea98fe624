//! Opening a device whose passphrase is gone: its database key, sealed to the server on the device and nowhere else, and sealed
//! again by the server to a one-time key of that device, once someone who has it in hand has said so. Knows no storage.

use super::{Binding, OpenError, SealError, SealKey, SecretKey, open, seal};
use crate::{entropy::Entropy, model::ids::DeviceId};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const FOR_SERVER: &str = "a device's key, for its server";
const FOR_DEVICE: &str = "a device's key, for the device";

/// Seals a device's key to its server. The device keeps the envelope; the server never has it before the device sends it.
///
/// # Errors
/// [`SealError::WeakKey`] for a key that is none.
pub fn to_server(key: &[u8], device: DeviceId, server: SealKey, entropy: &mut dyn Entropy) -> Result<Vec<u8>, SealError> {
    seal(key, Binding::new(FOR_SERVER, &[&device.0]), &[server], entropy)
}

/// Opens what [`to_server`] sealed and seals it to the device's one-time key.
///
/// # Errors
/// [`OpenError`] for another device's envelope or none; a one-time key that is no key is [`OpenError::Malformed`].
pub fn to_device(
    envelope: &[u8],
    device: DeviceId,
    server: &SecretKey,
    one_time: SealKey,
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, OpenError> {
    let key = open(envelope, Binding::new(FOR_SERVER, &[&device.0]), server)?;
    seal(&key, Binding::new(FOR_DEVICE, &[&device.0]), &[one_time], entropy).map_err(|_| OpenError::Malformed)
}

/// The device's key again.
///
/// # Errors
/// [`OpenError`].
pub fn at_device(envelope: &[u8], device: DeviceId, one_time: &SecretKey) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    open(envelope, Binding::new(FOR_DEVICE, &[&device.0]), one_time)
}

/// What two people compare, one of whom has the device in hand: twelve digits. Good for the minutes in which a request waits.
#[must_use]
pub fn code(device: DeviceId, one_time: SealKey) -> String {
    digits(&Sha256::new_with_prefix(b"sada opening 1").chain_update(device.0).chain_update(one_time.to_bytes()).finalize())
}

/// What two people compare by voice before a device's key counts: twelve digits, the same in every language.
#[must_use]
pub fn device_fingerprint(public_key: &[u8; 32]) -> String {
    digits(&Sha256::new_with_prefix(b"sada device 1").chain_update(public_key).finalize())
}

/// Three groups of four digits.
fn digits(hash: &[u8]) -> String {
    let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte)) % 1_000_000_000_000;
    format!("{:04} {:04} {:04}", number / 100_000_000, number / 10_000 % 10_000, number % 10_000)
}

#[cfg(test)]
mod tests {
    use super::{at_device, code, to_device, to_server};
    use crate::{
        entropy::Seeded,
        model::ids::DeviceId,
        seal::{OpenError, SecretKey},
    };

    #[test]
    fn a_devices_key_comes_back_to_that_device_only_and_only_through_its_server() {
        let mut chance = Seeded::new(3);
        let (server, one_time, other) =
            (SecretKey::generate(&mut chance), SecretKey::generate(&mut chance), SecretKey::generate(&mut chance));
        let (mine, theirs) = (DeviceId([1; 10]), DeviceId([2; 10]));
        let kept = to_server(b"the key", mine, server.public(), &mut chance).unwrap();
        let sent = to_device(&kept, mine, &server, one_time.public(), &mut chance).unwrap();
        assert_eq!(at_device(&sent, mine, &one_time).unwrap().as_slice(), b"the key");
        assert_eq!(at_device(&sent, mine, &other).unwrap_err(), OpenError::NotForThisKey);
        assert_eq!(at_device(&sent, theirs, &one_time).unwrap_err(), OpenError::Misplaced);
        assert_eq!(to_device(&kept, theirs, &server, one_time.public(), &mut chance).unwrap_err(), OpenError::Misplaced);
        assert_eq!(to_device(&kept, mine, &other, one_time.public(), &mut chance).unwrap_err(), OpenError::NotForThisKey);
        // What was sealed for the server is no answer of the server's.
        assert_eq!(at_device(&kept, mine, &server).unwrap_err(), OpenError::Misplaced);
    }

    #[test]
    fn the_code_tells_devices_and_keys_apart_and_is_always_twelve_digits() {
        let mut chance = Seeded::new(4);
        for _ in 0..50 {
            let (one, two) = (SecretKey::generate(&mut chance).public(), SecretKey::generate(&mut chance).public());
            let shown = code(DeviceId([1; 10]), one);
            assert_eq!((shown.len(), shown.chars().filter(char::is_ascii_digit).count()), (14, 12));
            assert_ne!(shown, code(DeviceId([1; 10]), two));
            assert_ne!(shown, code(DeviceId([2; 10]), one));
        }
    }
}
