//! The two bodies of `POST /api/v1/sync`: CBOR maps with numbered keys. A key this version does not know is skipped,
//! so that either side can be newer. Bulk data travel inside as frames (`sync::frames`). Knows no storage.

use super::{list_index::ListPiece, opened::Opened, scope::ScopeId, set_hash::SetHash, verdict::FrameVerdicts};
use crate::model::{dates::UnixSeconds, devices::Shut, record::DocumentId, row::OwnRow};
use minicbor::{Decode, Encode, bytes::ByteVec};

/// Longest request body a server reads, in bytes: larger ones are answered 413.
pub const MAX_REQUEST_BYTES: usize = 4 << 20;
/// Longest response body a device reads, in bytes: settings with 20,000 places and a budget of frames fit well.
pub const MAX_RESPONSE_BYTES: usize = 16 << 20;

/// Eight bytes that tell one version of a server-made list from another: the start of a SHA-256 over it. All zero: none held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Tag(
    /// The bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub [u8; 8],
);

impl Tag {
    /// The tag of a list, given its encoded form.
    #[must_use]
    pub fn of(encoded: &[u8]) -> Self {
        use sha2::Digest;
        let hash: [u8; 32] = sha2::Sha256::digest(encoded).into();
        let mut tag = [0; 8];
        tag.copy_from_slice(&hash[..8]);
        Self(tag)
    }
}

/// What a device sends.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct SyncRequest {
    /// [`super::PROTOCOL`] of the device.
    #[n(0)]
    pub protocol: u16,
    /// Version of the app, for support and for the server's minimum.
    #[n(1)]
    pub app: String,
    /// Fresh random bytes; the signature covers them, so no two batches have the same.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub nonce: [u8; 16],
    /// The device's clock, compared, never trusted.
    #[n(3)]
    pub device_time: UnixSeconds,
    /// Deployment epoch the device last heard of; 0 before the first answer. If it is not the server's, a backup was restored:
    /// cursors beyond a log's end are read as its end and the digest finds what is missing.
    #[n(4)]
    pub epoch: u32,
    /// Version of the settings held; 0 for none.
    #[n(5)]
    pub settings: u32,
    /// Tag of the scope list held ([`super::scope::list_tag`]).
    #[n(6)]
    pub scopes: Tag,
    /// One cursor for each scope of that list, in its order. Not the names: they would cost ten times as much.
    #[n(7)]
    pub cursors: Cursors,
    /// Sum over the held scopes of what the device holds in each, without what is unsent ([`super::set_hash`]).
    #[n(8)]
    pub digest: SetHash,
    /// Tag of the own rows held ([`own_rows_tag`]).
    #[n(9)]
    pub own_rows: Tag,
    /// Version of the tallies held; 0 for none.
    #[n(10)]
    pub tallies: u64,
    /// Receipt numbers left on the device; the server tops them up to 300.
    #[n(11)]
    pub ref_nos_left: u16,
    /// At most so many bytes of frames are wanted in the answer; at least one frame comes if there is any.
    #[n(12)]
    pub down_budget: u32,
    /// Size of one frame aimed at, in bytes.
    #[n(13)]
    pub down_frame: u32,
    /// Write every dependency in full: a frame named one by a prefix that the device can't resolve.
    #[cbor(n(14), default, skip_if = "is_false")]
    pub full_deps: bool,
    /// Up frames (`sync::frames::up`), first to be applied first.
    #[cbor(n(15), default, skip_if = "Vec::is_empty")]
    pub frames: Vec<ByteVec>,
    /// Narrowing down a digest that differs.
    #[n(16)]
    pub repair: Option<RepairRequest>,
    /// Ed25519 by the device key over audience, nonce and frames (`sync::signing`).
    #[cbor(n(17), with = "minicbor::bytes")]
    pub signature: [u8; 64],
    /// Changes that wait on the device, those in this request among them: told to whoever looks after a lost phone.
    #[cbor(n(18), default, skip_if = "is_zero")]
    pub waiting: u32,
    /// Rows of the list index held, while the device is new and has not all of it; none from a device that wants no more.
    #[n(19)]
    pub listed: Option<u32>,
    /// Cases opened on the device since it last told, at most [`super::opened::MOST_OPENED`].
    #[cbor(n(20), default, skip_if = "Vec::is_empty")]
    pub opened: Vec<Opened>,
    /// While the device shows nothing and only sends: which time it was prepared for the road. 0 otherwise.
    #[cbor(n(21), default, skip_if = "is_zero")]
    pub road: u32,
}

impl SyncRequest {
    /// A request that only brings frames and says nothing of where its device stands. Nonce and signature are still to be made.
    #[must_use]
    pub fn bringing(frames: Vec<ByteVec>, app: &str, device_time: UnixSeconds, epoch: u32) -> Self {
        Self {
            protocol: super::PROTOCOL,
            app: app.to_owned(),
            nonce: [0; 16],
            device_time,
            epoch,
            settings: 0,
            scopes: Tag::default(),
            cursors: Cursors::default(),
            digest: SetHash::default(),
            own_rows: Tag::default(),
            tallies: 0,
            ref_nos_left: u16::MAX,
            down_budget: 0,
            down_frame: 0,
            full_deps: true,
            frames,
            repair: None,
            signature: [0; 64],
            waiting: 0,
            listed: None,
            opened: Vec::new(),
            road: 0,
        }
    }
}

/// Cursors as a run of varints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursors(pub Vec<u64>);

/// One round of narrowing down. Only a client whose pull was complete and whose digest differed sends one.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub enum RepairRequest {
    /// First round: the device's digest of each of the 256 buckets (by first byte of the record id), 16 bytes each.
    #[n(0)]
    Buckets(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Second round: what the device holds in the buckets that differ. The server answers with frames that enter, complete or
    /// leave documents, and with [`RepairAnswer::Wanted`] for what it lacks itself.
    #[n(1)]
    Holding {
        /// The buckets.
        #[cbor(n(0), with = "minicbor::bytes")]
        buckets: Vec<u8>,
        /// Every document held in them.
        #[n(1)]
        held: Vec<Held>,
    },
}

/// One document as a device holds it in one scope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Held {
    /// Position of the scope in the scope list.
    #[n(0)]
    pub scope: u16,
    /// The document.
    #[n(1)]
    pub document: DocumentId,
    /// The document's digest.
    #[n(2)]
    pub digest: SetHash,
}

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct SyncResponse {
    /// The server's clock.
    #[n(0)]
    pub server_time: UnixSeconds,
    /// Deployment epoch.
    #[n(1)]
    pub epoch: u32,
    /// What became of each pushed frame, in the request's order.
    #[cbor(n(2), default, skip_if = "Vec::is_empty")]
    pub pushed: Vec<FrameVerdicts>,
    /// The scope list, when its tag is not the device's. Cursors of scopes that stay are kept, new ones begin at 0, and a
    /// document held by no scope any more is purged unless it holds unsent work.
    #[n(3)]
    pub scopes: Option<Vec<ScopeId>>,
    /// Down frames (`sync::frames::down`), in the order to be applied, each in one transaction.
    #[cbor(n(4), default, skip_if = "Vec::is_empty")]
    pub frames: Vec<ByteVec>,
    /// More frames wait: ask again at once.
    #[cbor(n(5), default, skip_if = "is_false")]
    pub more: bool,
    /// Newer settings.
    #[n(6)]
    pub settings: Option<SignedSettings>,
    /// Receipt numbers to add to those left.
    #[n(7)]
    pub ref_nos: Option<RefNoLease>,
    /// Newer tallies; they replace all others.
    #[n(8)]
    pub tallies: Option<PackedTallies>,
    /// Own rows, when their tag is not the device's; they replace all others.
    #[n(9)]
    pub own_rows: Option<Vec<OwnRow>>,
    /// What the device's digest must be once everything in this answer is applied; absent while `more`,
    /// and when it must still be what the request said.
    #[n(10)]
    pub digest: Option<SetHash>,
    /// Answer to a round of narrowing down.
    #[n(11)]
    pub repair: Option<RepairAnswer>,
    /// This device or account is revoked: lock, and keep what is unsent encrypted.
    #[cbor(n(12), default, skip_if = "is_false")]
    pub revoked: bool,
    /// The app is too old for something it sent or should get.
    #[cbor(n(13), default, skip_if = "is_false")]
    pub upgrade: bool,
    /// Lines of the logs still to come after this answer; for showing how far a device is. 0 from servers that don't tell.
    #[cbor(n(14), default, skip_if = "is_zero")]
    pub left: u32,
    /// The next piece of the list index, to a new device; frames follow when it has all.
    #[n(15)]
    pub list: Option<ListPiece>,
    /// Why this device gets nothing for now; what it sends is taken all the same once it is confirmed.
    #[n(16)]
    pub shut: Option<Shut>,
    /// Up to which time of preparing for the road someone has re-opened the device; 0 for none.
    #[cbor(n(17), default, skip_if = "is_zero")]
    pub reopened: u32,
}

/// Answer to a [`RepairRequest`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub enum RepairAnswer {
    /// The buckets that differ.
    #[n(0)]
    Differ(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
    /// Documents of which the device holds receipted changes that the server lacks (it was restored): push them with receipts.
    #[n(1)]
    Wanted(#[n(0)] Vec<DocumentId>),
}

/// A settings snapshot as the server signs it (`sync::signing`).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SignedSettings {
    /// Version.
    #[n(0)]
    pub version: u32,
    /// The snapshot's JSON, zstd.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub packed: Vec<u8>,
    /// Ed25519 by the server's signing key, pinned at sign-in.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// Tallies as the server made them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PackedTallies {
    /// From 1, one more whenever they are made anew.
    #[n(0)]
    pub version: u64,
    /// When.
    #[n(1)]
    pub as_of: UnixSeconds,
    /// Their JSON, zstd (`sync::signing::unpack`).
    #[cbor(n(2), with = "minicbor::bytes")]
    pub packed: Vec<u8>,
}

/// Receipt numbers leased to one device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefNoLease(pub Vec<LeasedRefNo>);

/// One leased receipt number and the PIN that goes with it. The server keeps only a keyed hash of the PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LeasedRefNo {
    /// The 8 digits, without the check digit; below 100,000,000.
    pub number: u32,
    /// The PIN's 4 digits; below 10,000.
    pub pin: u16,
}

/// The tag of a list of own rows; both sides compute it over the rows in the server's order.
#[must_use]
pub fn own_rows_tag(rows: &[OwnRow]) -> Tag {
    if rows.is_empty() { Tag::default() } else { Tag::of(&encode(rows)) }
}

/// A message's bytes.
#[must_use]
pub fn encode<T: Encode<()> + ?Sized>(message: &T) -> Vec<u8> {
    let mut out = Vec::new();
    match minicbor::encode(message, &mut out) {
        Ok(()) => out,
        // Writing to a `Vec` can't fail and no `Encode` of ours raises an error of its own.
        Err(_) => Vec::new(),
    }
}

/// Bytes that are no message of this protocol.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// Not CBOR of the expected shape.
    #[error("not a message of this protocol")]
    Malformed(#[source] minicbor::decode::Error),
    /// Something follows the message.
    #[error("bytes after the message")]
    Trailing,
}

/// Reads a message.
///
/// # Errors
/// [`MessageError`] for anything that is not exactly one message.
pub fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, MessageError> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let message = decoder.decode().map_err(MessageError::Malformed)?;
    if decoder.position() == bytes.len() { Ok(message) } else { Err(MessageError::Trailing) }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "minicbor's skip_if hands in a reference")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the derive hands a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl<C> Encode<C> for Cursors {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let mut run = Vec::with_capacity(self.0.len() * 3);
        for &cursor in &self.0 {
            super::varint::put(&mut run, cursor);
        }
        e.bytes(&run)?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Cursors {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let mut run = d.bytes()?;
        let mut cursors = Vec::new();
        while !run.is_empty() {
            cursors.push(super::varint::take(&mut run).map_err(|_| minicbor::decode::Error::message("bad cursor"))?);
        }
        Ok(Self(cursors))
    }
}

impl<C> Encode<C> for RefNoLease {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let run: Vec<u8> = self.0.iter().flat_map(|no| no.number.to_be_bytes().into_iter().chain(no.pin.to_be_bytes())).collect();
        e.bytes(&run)?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for RefNoLease {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let run = d.bytes()?;
        let (entries, rest) = run.as_chunks::<6>();
        let lease: Vec<LeasedRefNo> = entries
            .iter()
            .map(|&[a, b, c, d, x, y]| LeasedRefNo { number: u32::from_be_bytes([a, b, c, d]), pin: u16::from_be_bytes([x, y]) })
            .collect();
        if !rest.is_empty() || lease.iter().any(|no| no.number > 99_999_999 || no.pin > 9_999) {
            return Err(minicbor::decode::Error::message("bad receipt number lease"));
        }
        Ok(Self(lease))
    }
}
