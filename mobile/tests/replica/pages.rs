//! Every page of a store's file, decrypted: what a person with the key would find, free pages and all.

use crate::device::{Device, PASSPHRASE};
use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
use mobile::replica::{Home, storage::StoreKey, vault::Vault};

const PAGE: usize = 4_096;
/// IV and HMAC at the end of each page. # Source: SQLCipher 4, "Design", page format
const RESERVE: usize = 80;
const IV: usize = 16;

/// The store's file name and key, as its passphrase gives them.
fn key(device: &Device) -> (String, StoreKey) {
    let vault = Vault::open(&Home::directory(device.dir.path())).unwrap();
    let slot = vault.current().unwrap().unwrap();
    let key = vault.unwrap_key(&slot, PASSPHRASE, device.now.get()).unwrap();
    (slot.store, key)
}

/// The store, opened beside the app, to do it harm.
pub(crate) fn open_store(device: &Device) -> rusqlite::Connection {
    let (store, key) = key(device);
    Home::directory(device.dir.path()).open_store(&store, &key).unwrap()
}

/// The plain content of all pages of the device's store. The app must have ended or flushed its log.
pub(crate) fn plain(device: &Device) -> Vec<u8> {
    let (store, key) = key(device);
    let file = std::fs::read(device.dir.path().join(store)).unwrap();
    assert!(file.len() >= PAGE && file.len().is_multiple_of(PAGE), "whole pages");
    let plain: Vec<u8> = file.chunks(PAGE).enumerate().flat_map(|(number, page)| decrypt(page, number == 0, &key)).collect();
    // The schema is there, so this is the plain text and not another cipher text.
    assert!(holds(&plain, "CREATE TABLE outbox"), "the pages were decrypted");
    plain
}

pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    memchr::memmem::find(bytes, text.as_bytes()).is_some()
}

fn decrypt(page: &[u8], first: bool, key: &StoreKey) -> Vec<u8> {
    let body = if first { 16 } else { 0 };
    let (cipher, tail) = (&page[body..PAGE - RESERVE], &page[PAGE - RESERVE..]);
    let aes = aes::Aes256::new(&Array::from(key.key));
    let mut before: [u8; IV] = tail[..IV].try_into().unwrap();
    let mut plain = Vec::with_capacity(cipher.len());
    for block in cipher.chunks(16) {
        let block: [u8; 16] = block.try_into().unwrap();
        let mut opened = Array::from(block);
        aes.decrypt_block(&mut opened);
        plain.extend(opened.iter().zip(before).map(|(byte, before)| byte ^ before));
        before = block;
    }
    plain
}
