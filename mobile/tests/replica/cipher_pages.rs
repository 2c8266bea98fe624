//! Every page of a store's file, decrypted: what a person with the key would find, free pages and all. Knows no device and no
//! replica; tests of other packages include it by path.

use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
use mobile::replica::{
    Home,
    storage::StoreKey,
    vault::{Slot, Vault},
};
use shared::model::dates::UnixSeconds;
use std::path::Path;

const PAGE: usize = 4_096;
/// IV and HMAC at the end of each page. # Source: SQLCipher 4, "Design", page format
const RESERVE: usize = 80;
const IV: usize = 16;

/// The current store's slot and key, as its passphrase gives them.
pub(crate) fn key(folder: &Path, passphrase: &str, now: UnixSeconds) -> (Slot, StoreKey) {
    let vault = Vault::open(&Home::directory(folder)).unwrap();
    let slot = vault.current().unwrap().unwrap();
    let key = vault.unwrap_key(&slot, passphrase, now).unwrap();
    (slot, key)
}

/// The plain content of all pages of the current store. The app must have ended or flushed its log.
pub(crate) fn plain(folder: &Path, passphrase: &str, now: UnixSeconds) -> Vec<u8> {
    let (slot, key) = key(folder, passphrase, now);
    let file = std::fs::read(folder.join(slot.store)).unwrap();
    assert!(file.len() >= PAGE && file.len().is_multiple_of(PAGE), "whole pages");
    let plain: Vec<u8> = file.chunks(PAGE).enumerate().flat_map(|(number, page)| decrypt(page, number == 0, &key)).collect();
    // The schema is there, so this is the plain text and not another cipher text.
    assert!(holds(&plain, b"CREATE TABLE outbox"), "the pages were decrypted");
    plain
}

pub(crate) fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    memchr::memmem::find(bytes, wanted).is_some()
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
