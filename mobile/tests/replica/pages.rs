//! A device's store from outside: opened beside the app, and its pages decrypted.

use crate::{
    cipher_pages,
    device::{Device, PASSPHRASE},
};
use mobile::replica::Home;

/// The store, opened beside the app, to do it harm.
pub(crate) fn open_store(device: &Device) -> rusqlite::Connection {
    let (slot, key) = cipher_pages::key(device.dir.path(), PASSPHRASE, device.now.get());
    Home::directory(device.dir.path()).open_store(&slot.store, &key).unwrap()
}

/// The plain content of all pages of the device's store. The app must have ended or flushed its log.
pub(crate) fn plain(device: &Device) -> Vec<u8> {
    cipher_pages::plain(device.dir.path(), PASSPHRASE, device.now.get())
}

pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    cipher_pages::holds(bytes, text.as_bytes())
}
