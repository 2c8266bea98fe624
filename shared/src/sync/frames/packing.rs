//! zstd with the dictionary that belongs to this layout, so that a frame of one case is not much dearer than one of many.

use super::MAX_BODY_BYTES;
use crate::sync::signing::declared_size;
use std::{collections::BTreeMap, io, sync::Mutex};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Trained on bodies of other frames; see `sync/dictionary.md`. Another dictionary is another layout.
const DICTIONARY: &[u8] = include_bytes!("../dictionary.bin");

pub(super) fn pack(body: &[u8], level: i32) -> io::Result<Vec<u8>> {
    // Preparing a dictionary costs more than a small frame; few levels are in use, so each is prepared once and kept.
    static PREPARED: Mutex<BTreeMap<i32, &'static EncoderDictionary<'static>>> = Mutex::new(BTreeMap::new());
    let prepared = *PREPARED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .entry(level)
        .or_insert_with(|| Box::leak(Box::new(EncoderDictionary::copy(DICTIONARY, level))));
    let mut compressor = zstd::bulk::Compressor::with_prepared_dictionary(prepared)?;
    // The layout says which dictionary it is.
    compressor.set_parameter(zstd::zstd_safe::CParameter::DictIdFlag(false))?;
    compressor.compress(body)
}

pub(super) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    static PREPARED: std::sync::LazyLock<DecoderDictionary<'static>> =
        std::sync::LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));
    let size = declared_size(packed, MAX_BODY_BYTES)?;
    zstd::bulk::Decompressor::with_prepared_dictionary(&PREPARED)?.decompress(packed, size)
}
