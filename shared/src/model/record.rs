//! Which documents a record has, and which class of scope each belongs to. Knows no content.

use super::ids::RecordId;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a document holds. Documents are split by who may read them, never by screen: a document is all or nothing readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocKind {
    /// Facts a handler of a case needs; never a name, never the accused.
    Case,
    /// Who spoke: name, phone, how and where to answer. Purged at closure.
    Contact,
    /// Whom the case is about (levels 1-3).
    Subject,
    /// An awareness session.
    Session,
    /// What is told of a case of levels 4-5, in envelopes that only its recipients open.
    Sealed,
    /// A complaint box was opened: how many papers, and what became of each.
    BoxOpening,
}

impl DocKind {
    /// Every kind. The position is the kind's byte on the wire and never changes.
    pub const ALL: [Self; 6] = [Self::Case, Self::Contact, Self::Subject, Self::Session, Self::Sealed, Self::BoxOpening];

    /// The kind's byte on the wire and in storage.
    #[must_use]
    pub const fn byte(self) -> u8 {
        self as u8
    }

    /// The kind with this byte.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }

    /// The kind's id in rows and CSV files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Contact => "contact",
            Self::Subject => "subject",
            Self::Session => "session",
            Self::Sealed => "sealed",
            Self::BoxOpening => "box_opening",
        }
    }
}

/// One document: a record's part of one kind, in one generation. A purge ends a generation for good;
/// only a new generation can follow, so nothing purged comes back by merging. What is sealed anew begins a generation too, before
/// the one it replaces is purged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId {
    /// The record.
    pub record: RecordId,
    /// Which part of it.
    pub kind: DocKind,
    /// From 0, one more after each purge of this part.
    pub generation: u8,
}

impl DocumentId {
    /// Bytes of the storage and wire form: record, kind, generation.
    pub const LEN: usize = 18;

    /// The first generation of a record's part.
    #[must_use]
    pub const fn first(record: RecordId, kind: DocKind) -> Self {
        Self { record, kind, generation: 0 }
    }

    /// The storage and wire form.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        out[..16].copy_from_slice(&self.record.0);
        out[16] = self.kind.byte();
        out[17] = self.generation;
        out
    }

    /// Reads the storage and wire form.
    ///
    /// # Errors
    /// [`super::ids::BadId`] if the length or the kind is unknown.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, super::ids::BadId> {
        let bytes: [u8; Self::LEN] = bytes.try_into().map_err(|_| super::ids::BadId)?;
        let record = RecordId::try_from(&bytes[..16])?;
        let kind = DocKind::from_byte(bytes[16]).ok_or(super::ids::BadId)?;
        Ok(Self { record, kind, generation: bytes[17] })
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.record, self.kind.id(), self.generation)
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for DocumentId {
    type Err = super::ids::BadId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('/');
        let (Some(record), Some(kind), Some(generation), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(super::ids::BadId);
        };
        let kind = DocKind::ALL.into_iter().find(|k| k.id() == kind).ok_or(super::ids::BadId)?;
        let generation = generation.parse().map_err(|_| super::ids::BadId)?;
        Ok(Self { record: record.parse()?, kind, generation })
    }
}

impl Serialize for DocumentId {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentId {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

impl<C> minicbor::Encode<C> for DocumentId {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.to_bytes())?;
        Ok(())
    }
}

impl<'b, C> minicbor::Decode<'b, C> for DocumentId {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::from_bytes(d.bytes()?).map_err(|_| minicbor::decode::Error::message("bad document id"))
    }
}

/// Secrecy class of a document, which with adm3 and project makes its scope (design.md §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A case of levels 1-3.
    Case,
    /// Who spoke.
    Contact,
    /// Whom a case of levels 1-3 is about.
    Subject,
    /// The clear header of a sealed case.
    SealedHeader,
    /// An awareness session.
    Session,
    /// Any other record.
    Other,
    /// What is sealed. Never in an area: it reaches its recipients one by one.
    Sealed,
}

impl Class {
    /// Every class. The position is the class's byte on the wire and never changes.
    pub const ALL: [Self; 7] =
        [Self::Case, Self::Contact, Self::Subject, Self::SealedHeader, Self::Session, Self::Other, Self::Sealed];

    /// The class's id in scopes, rows and CSV files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Contact => "contact",
            Self::Subject => "subject",
            Self::SealedHeader => "sealed_header",
            Self::Session => "session",
            Self::Other => "other",
            Self::Sealed => "sealed",
        }
    }
}
