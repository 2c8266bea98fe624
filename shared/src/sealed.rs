//! What stands in a sealed document: one envelope a root key, each bound to its record and key, and what is told in it. Opened in
//! memory by a recipient and never written back. Knows no storage; whom to seal to is the key book's and the header's.
//!
//! # Source
//! design.md §7 (sealed), §4 (raising a case after sync).

mod told;

pub use told::{AllFacts, Late, PastEvent, RaisedCase, Said, all_facts};

use crate::{
    document::{
        content::{Content, Edit, Fact, Facts},
        fields::{BODY, BODY_INTAKE, SEALED_TO},
    },
    entropy::Entropy,
    model::{
        ids::{ChangeHash, EventId, RecordId, UserId},
        record::DocumentId,
    },
    seal::{self, Binding, MAX_ENVELOPE_BYTES, OpenError, SealError, SealKey, SecretKey, book::KeyBook},
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// What the keys of a raised case's parts begin with.
const RAISED: &str = "body.raised.";
/// What the keys of late changes begin with.
const LATE: &str = "body.late.";
/// Bytes of a raised case in one envelope: what it is in base64 fits a frame many times over.
const PART_BYTES: usize = 180 << 10;

/// One thing that was told, as its reader finds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The root key it stands under; of a raised case that of its first part.
    pub key: String,
    /// The change that wrote it: its receipt says who and when, unless the server wrote it.
    pub change: ChangeHash,
    /// What it says, or why it does not open.
    pub said: Result<Said, OpenError>,
}

/// To whose keys a sealed document is sealed, without saying to whom: two that say the same have the same readers.
#[must_use]
pub fn address(keys: &[SealKey]) -> String {
    let mut sorted = keys.to_vec();
    sorted.sort();
    let mut hash = Sha256::new_with_prefix(b"sada sealed to 1");
    sorted.iter().for_each(|key| hash.update(key.to_bytes()));
    hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The root key of a step's words.
#[must_use]
pub fn step_key(event: EventId) -> String {
    format!("{BODY}{event}")
}

/// The root key of what a change said that came too late.
#[must_use]
pub fn late_key(change: &ChangeHash) -> String {
    let hash = change.to_string();
    format!("{LATE}{}", hash.get(..16).unwrap_or(&hash))
}

/// Says to whose keys the document is sealed.
#[must_use]
pub fn addressed(keys: &[SealKey]) -> Edit {
    Edit::Put { key: SEALED_TO.to_owned(), fact: Fact::Text(address(keys)) }
}

/// Seals what was told at intake, or with a step.
///
/// # Errors
/// [`SealError`].
pub fn put_facts(
    record: RecordId,
    key: &str,
    facts: &Facts,
    keys: &[SealKey],
    entropy: &mut (impl Entropy + ?Sized),
) -> Result<Edit, SealError> {
    put(record, key, &told::write(facts)?, keys, entropy)
}

/// Seals what a change said that came too late.
///
/// # Errors
/// [`SealError`].
pub fn put_late(
    record: RecordId,
    change: &ChangeHash,
    late: &Late,
    keys: &[SealKey],
    entropy: &mut (impl Entropy + ?Sized),
) -> Result<Edit, SealError> {
    put(record, &late_key(change), &told::write(late)?, keys, entropy)
}

fn put(
    record: RecordId,
    key: &str,
    body: &[u8],
    keys: &[SealKey],
    entropy: &mut (impl Entropy + ?Sized),
) -> Result<Edit, SealError> {
    let envelope = seal::seal(body, binding(record, key), keys, entropy)?;
    Ok(Edit::Put { key: key.to_owned(), fact: Fact::Text(BASE64.encode(envelope)) })
}

/// Seals a case that is raised, in as many parts as it takes.
///
/// # Errors
/// [`SealError`].
pub fn put_raised(
    record: RecordId,
    case: &RaisedCase,
    keys: &[SealKey],
    entropy: &mut (impl Entropy + ?Sized),
) -> Result<Vec<Edit>, SealError> {
    let text = told::write(case)?;
    let parts = text.chunks(PART_BYTES).enumerate();
    parts.map(|(i, part)| put(record, &format!("{RAISED}{i}"), part, keys, entropy)).collect()
}

/// Everything that was told in a sealed document, as far as `key` opens it: what was told at intake first, then the rest in the
/// order of keys.
#[must_use]
pub fn bodies(content: &Content, record: RecordId, key: &SecretKey) -> Vec<Body> {
    let raised = raised(content, record, key);
    let plain = content.facts.iter().filter(|(name, _)| name.starts_with(BODY) && !name.starts_with(RAISED));
    let mut found: Vec<Body> = raised
        .into_iter()
        .chain(plain.filter_map(|(name, values)| {
            let change = values.first()?.change;
            let said = first_opened(content, record, name, key).and_then(|body| told::read(name, &body));
            Some(Body { key: name.clone(), change, said })
        }))
        .collect();
    found.sort_by_key(|body| body.key != BODY_INTAKE);
    found
}

fn raised(content: &Content, record: RecordId, key: &SecretKey) -> Option<Body> {
    let first = format!("{RAISED}0");
    let change = content.facts.get(&first)?.first()?.change;
    let parts = (0..).map(|i| format!("{RAISED}{i}")).take_while(|name| content.facts.contains_key(name));
    let whole: Result<Vec<Zeroizing<Vec<u8>>>, OpenError> = parts.map(|name| first_opened(content, record, &name, key)).collect();
    let said = whole.and_then(|parts| {
        let joined: Zeroizing<Vec<u8>> = Zeroizing::new(parts.iter().flat_map(|part| part.iter().copied()).collect());
        told::read_raised(&joined)
    });
    Some(Body { key: first, change, said })
}

/// What stands under a key, opened. Two who sealed the same at once both stand; any that opens will do.
fn first_opened(content: &Content, record: RecordId, name: &str, key: &SecretKey) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let values = content.facts.get(name).into_iter().flatten();
    let mut why = OpenError::Malformed;
    for value in values {
        let opened = envelope(&value.fact).and_then(|envelope| seal::open(&envelope, binding(record, name), key));
        match opened {
            Ok(body) => return Ok(body),
            Err(error) => why = error,
        }
    }
    Err(why)
}

fn envelope(fact: &Fact) -> Result<Vec<u8>, OpenError> {
    let bytes = fact.as_text().and_then(|text| BASE64.decode(text).ok()).ok_or(OpenError::Malformed)?;
    if bytes.len() <= MAX_ENVELOPE_BYTES { Ok(bytes) } else { Err(OpenError::Malformed) }
}

fn binding(record: RecordId, key: &str) -> Binding {
    Binding::new("sealed body", &[&record.0, key.as_bytes()])
}

/// Whether a document's readers are those of `keys`.
#[must_use]
pub fn is_addressed_to(content: &Content, keys: &[SealKey]) -> bool {
    let address = address(keys);
    content.facts.get(SEALED_TO).is_some_and(|values| values.iter().all(|value| value.fact.as_text() == Some(&address)))
}

/// The root keys of a document's envelopes.
pub fn body_keys(content: &Content) -> impl Iterator<Item = &str> {
    content.facts.keys().map(String::as_str).filter(|key| key.starts_with(BODY))
}

/// Whether the last of a record's sealed documents holds all that the earlier ones do and is sealed to `keys`: then those may go.
#[must_use]
pub fn is_whole(documents: &[(DocumentId, &Content)], keys: &[SealKey]) -> bool {
    let Some(((_, newest), earlier)) = documents.split_last() else { return true };
    let holds = |key: &str| newest.facts.contains_key(key);
    is_addressed_to(newest, keys) && earlier.iter().all(|(_, content)| body_keys(content).all(holds))
}

/// Whether what a record's sealed documents hold must be sealed anew: to people who have joined or changed keys, and no more to
/// those who left. `documents` oldest generation first.
#[must_use]
pub fn is_due(documents: &[(DocumentId, &Content)], book: &KeyBook, recipients: &[UserId]) -> bool {
    book.keys_for(recipients).is_some_and(|keys| !is_whole(documents, &keys))
}

/// Seals anew what stands under a key, for other readers. Nothing if the key does not open it.
///
/// # Errors
/// [`SealError`].
pub(crate) fn put_anew(
    content: &Content,
    record: RecordId,
    name: &str,
    key: &SecretKey,
    keys: &[SealKey],
    entropy: &mut (impl Entropy + ?Sized),
) -> Result<Option<Edit>, SealError> {
    match first_opened(content, record, name, key) {
        Ok(body) => put(record, name, &body, keys, entropy).map(Some),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests;
