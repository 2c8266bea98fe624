//! Recovery of what will be sealed: the managers' kits are made once, and a drill shows that enough of them open and fewer don't.
//! The recovery key itself is never written anywhere; the key book, which is public, lies beside the database.
//! Knows no paper: printing a kit is [`crate::kit_page`]'s.

use super::{Server, error::WorkError};
use crate::audit::{Audit, Deed, Witness};
use shared::{
    entropy::Entropy,
    model::{dates::UnixSeconds, ids::UserId},
    seal::{
        Binding, OpenError, SealError,
        book::{self, BookError, Entry, Keeper, KeyBook, VouchKey},
        kit::{self, Kit, KitError},
        open, seal,
    },
};
use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

/// Name of the key book in the data folder.
const BOOK: &str = "key-book.json";

/// Why recovery can't be begun or drilled.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// It was begun before: its kits count, and new ones would not open what the old ones do.
    #[error("recovery was begun before; its kits count")]
    Begun,
    /// It was not begun.
    #[error("recovery was not begun; run `recovery init`")]
    NotBegun,
    /// No active person has this id.
    #[error("there is no active person {0}")]
    Unknown(UserId),
    /// The kits don't open.
    #[error("the kits do not open")]
    Kit(#[from] KitError),
    /// A kit of another deployment.
    #[error("kit {0} is not of this deployment's recovery key")]
    Foreign(u8),
    /// Fewer kits than needed opened: the recovery key is not split as it should be.
    #[error("fewer kits than needed opened")]
    TooEasy,
    /// The book does not hold.
    #[error("the key book does not hold")]
    Book(#[from] BookError),
    /// The trial envelope can't be sealed.
    #[error("the trial envelope can't be sealed")]
    Seal(#[from] SealError),
    /// The trial envelope does not open.
    #[error("the trial envelope does not open")]
    Open(#[from] OpenError),
    /// The key book's file can't be used.
    #[error("the key book's file can't be used")]
    File(#[from] io::Error),
    /// The deployment is not in order.
    #[error("the deployment is not in order")]
    Work(#[from] WorkError),
}

/// Recovery as prepared: kits to be printed and handed out, then forgotten. Counts once its book is kept.
pub struct Prepared {
    /// The kits, each with its keeper.
    pub kits: Vec<(UserId, Kit)>,
    /// The key book that names the keepers.
    pub book: KeyBook,
}

impl Server {
    /// Makes a recovery key's kits for these people, so many of whom open together. Nothing is kept yet: kits that could not be
    /// printed must not be the ones that count.
    ///
    /// # Errors
    /// [`RecoveryError`].
    pub fn prepare_recovery(&self, people: &[UserId], needed: u8, entropy: &mut impl Entropy) -> Result<Prepared, RecoveryError> {
        if self.key_book_file().exists() {
            return Err(RecoveryError::Begun);
        }
        let in_force = self.in_force();
        let is_active = |id: &&UserId| in_force.settings.person(id).is_some_and(|person| !person.inactive);
        if let Some(unknown) = people.iter().find(|id| !is_active(id)) {
            return Err(RecoveryError::Unknown(unknown.clone()));
        }
        let count = u8::try_from(people.len()).map_err(|_| KitError::Numbers)?;
        let (recovery, kits) = kit::make(needed, count, entropy)?;
        let vouchers: Vec<VouchKey> = kits.iter().map(Kit::vouch_key).collect();
        let keepers: Vec<Keeper> =
            people.iter().zip(&vouchers).map(|(user, key)| Keeper { user: user.clone(), key: key.public() }).collect();
        let mut book = KeyBook::default();
        let rooted = book.entry(book::Deed::Rooted { recovery, needed, keepers }, &vouchers.iter().collect::<Vec<_>>());
        book.push(rooted)?;
        Ok(Prepared { kits: people.iter().cloned().zip(kits).collect(), book })
    }

    /// From here on these kits count, for good.
    ///
    /// # Errors
    /// [`RecoveryError`]; they don't count then.
    pub fn begin_recovery(&self, now: UnixSeconds, prepared: &Prepared) -> Result<(), RecoveryError> {
        // Noted before it is done: a recovery key that nobody noted would be worse than a note of one that failed.
        self.note_recovery(now, Deed::RecoveryBegun, &prepared.book.fingerprint())?;
        let text = serde_json::to_string_pretty(prepared.book.entries()).map_err(io::Error::from)?;
        let mut new = fs::OpenOptions::new().write(true).create_new(true).open(self.key_book_file())?;
        new.write_all(text.as_bytes())?;
        Ok(new.sync_all()?)
    }

    /// The key book, read and checked.
    ///
    /// # Errors
    /// [`RecoveryError::NotBegun`] if there is none; others if it does not hold.
    pub fn key_book(&self) -> Result<KeyBook, RecoveryError> {
        let text = match fs::read_to_string(self.key_book_file()) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(RecoveryError::NotBegun),
            Err(error) => return Err(error.into()),
        };
        let entries: Vec<Entry> = serde_json::from_str(&text).map_err(io::Error::from)?;
        Ok(KeyBook::read(&entries)?)
    }

    /// Seals a trial envelope to the recovery key, opens it with these kits, and sees that one kit fewer than needed does not.
    /// Answers the numbers of the kits.
    ///
    /// # Errors
    /// [`RecoveryError`]: recovery would fail too.
    pub fn drill_recovery(&self, now: UnixSeconds, kits: &[Kit], entropy: &mut impl Entropy) -> Result<Vec<u8>, RecoveryError> {
        let recovery = self.key_book()?.recovery().ok_or(RecoveryError::NotBegun)?;
        if let Some(foreign) = kits.iter().find(|kit| !kit.is_of(recovery)) {
            return Err(RecoveryError::Foreign(foreign.number()));
        }
        let mut secret = [0; 32];
        entropy.fill(&mut secret);
        let binding = Binding::new("recovery drill", &[]);
        let envelope = seal(&secret, binding, &[recovery], entropy)?;
        let opened = open(&envelope, binding, &kit::open(kits)?)?;
        if opened.as_slice() != secret {
            return Err(RecoveryError::Open(OpenError::Changed));
        }
        let fewer = usize::from(kits.first().map_or(0, Kit::needed)).saturating_sub(1);
        if kit::open(&kits[..fewer.min(kits.len())]).is_ok() {
            return Err(RecoveryError::TooEasy);
        }
        let numbers: Vec<u8> = kits.iter().map(Kit::number).collect();
        self.note_recovery(now, Deed::RecoveryDrilled, &numbers.iter().map(u8::to_string).collect::<Vec<_>>().join("+"))?;
        Ok(numbers)
    }

    fn key_book_file(&self) -> PathBuf {
        self.folder().join(BOOK)
    }

    fn note_recovery(&self, now: UnixSeconds, deed: Deed, detail: &str) -> Result<(), WorkError> {
        let detail = detail.to_owned();
        self.storage().write(move |tx| Ok::<_, WorkError>(Audit::new(tx, Witness::server(now)).note(deed, "", &detail)?))
    }
}
