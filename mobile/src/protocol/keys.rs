//! What the page of a focal point's key and the replica say to each other. The key itself never goes to a page but once, as the
//! card to print.

use serde::{Deserialize, Serialize};
use shared::model::{dates::UnixSeconds, ids::UserId, second_factor::QrPicture};

/// About this device's key for sealed reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum KeyRequest {
    /// Where it stands.
    Mine,
    /// Makes one. Its card is to be printed, and others vouch for it.
    Make,
    /// Takes the one of a printed card.
    ReadCard {
        /// As typed.
        letters: String,
    },
    /// The card of a key that was made here, until it is on paper.
    ShowCard,
    /// The card is on paper: it is never shown again.
    CardKept,
    /// Asks at the server that the key may count.
    Ask,
    /// Others' keys that wait, asked at the server.
    Waiting,
    /// Vouches for another's key, together with the recovery manager whose kit this is.
    Vouch {
        /// Whose key.
        user: UserId,
        /// As compared with what its owner reads out.
        fingerprint: String,
        /// Letters of the kit; forgotten at once.
        kit: String,
    },
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum KeyAnswer {
    /// Where this device's key stands.
    Mine(MyKey),
    /// The card to print.
    Card(KeyCardShown),
    /// Others' keys that wait.
    Waiting(Vec<WaitingKeyShown>),
}

/// This device's key, and the book it goes by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyKey {
    /// Whether it counts.
    pub standing: KeyStanding,
    /// To be read out to whoever vouches; none without a key.
    pub fingerprint: Option<String>,
    /// Its card is not yet on paper.
    pub to_print: bool,
    /// Fingerprint of the key book; none before recovery was begun.
    pub book: Option<String>,
    /// Whose keys count.
    pub holders: Vec<UserId>,
}

/// Whether a key counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyStanding {
    /// There is none on this device.
    Missing,
    /// It waits for others to vouch for it.
    Waits,
    /// Reports are sealed to it.
    Counts,
    /// It was withdrawn: it opens old reports, and a new one is needed.
    Withdrawn,
}

/// A card to print.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyCardShown {
    /// The letters, in groups of four.
    pub letters: String,
    /// The same as a picture.
    pub picture: QrPicture,
    /// Fingerprint of the key.
    pub fingerprint: String,
}

/// Another's key that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingKeyShown {
    /// Whose.
    pub user: UserId,
    /// To be compared with what they read out.
    pub fingerprint: String,
    /// When it was asked for.
    pub asked_at: UnixSeconds,
}
