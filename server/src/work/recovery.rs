//! Recovery of what is sealed: the managers' kits and the first focal points' cards are made once, and a drill shows that enough
//! kits open and fewer don't. No secret is ever written here; the key book, which is public, goes into the settings.
//! Knows no paper: printing is [`crate::kit_page`]'s and [`crate::card_page`]'s.

use super::{Server, error::WorkError};
use crate::audit::{Audit, Deed, Witness};
use shared::{
    entropy::Entropy,
    model::{dates::UnixSeconds, ids::UserId},
    policy::{self, Action},
    seal::{
        Binding, OpenError, SealError,
        book::{self, BookError, Keeper, KeyBook, VouchKey},
        card::KeyCard,
        kit::{self, Kit, KitError},
        open, seal,
    },
};
/// Why recovery can't be begun, drilled or used.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// It was begun before: its kits count, and new ones would not open what the old ones do.
    #[error("recovery was begun before; its kits count")]
    Begun,
    /// It was not begun.
    #[error("recovery was not begun; run `recovery init`")]
    NotBegun,
    /// No active person has this id or log-in name.
    #[error("there is no active person {0}")]
    Unknown(UserId),
    /// Nothing is sealed to people of this one's role.
    #[error("{0} has no role that sealed reports go to")]
    NotFocal(UserId),
    /// This person asked for no key.
    #[error("{0} has asked for no key")]
    NothingWaits(UserId),
    /// What the person read out is not what waits: someone swapped the key, or it was misheard.
    #[error("the key that waits has another fingerprint: {0}")]
    Swapped(String),
    /// This person has no key that counts.
    #[error("{0} has no key that counts")]
    NoKey(UserId),
    /// No case with this receipt number has anything sealed.
    #[error("nothing is sealed under this receipt number")]
    NothingSealed,
    /// The kits don't open.
    #[error("the kits do not open")]
    Kit(#[from] KitError),
    /// A kit of another deployment.
    #[error("kit {0} is not of this deployment's recovery key")]
    Foreign(u8),
    /// Fewer kits than needed opened: the recovery key is not split as it should be.
    #[error("fewer kits than needed opened")]
    TooEasy,
    /// The book does not hold, or too few vouched for its next entry.
    #[error("the key book does not hold")]
    Book(#[from] BookError),
    /// The trial envelope can't be sealed.
    #[error("the trial envelope can't be sealed")]
    Seal(#[from] SealError),
    /// An envelope does not open.
    #[error("an envelope does not open")]
    Open(#[from] OpenError),
    /// The deployment is not in order.
    #[error("the deployment is not in order")]
    Work(#[from] WorkError),
}

/// Recovery as prepared: kits and cards to be printed and handed out, then forgotten. Counts once its book is published.
pub struct Prepared {
    /// The kits, each with its keeper.
    pub kits: Vec<(UserId, Kit)>,
    /// The first focal points' cards.
    pub cards: Vec<(UserId, KeyCard)>,
    /// The key book that names the keepers and lets the first focal points in.
    pub book: KeyBook,
}

impl Prepared {
    /// Kits and cards for these people, whoever they are.
    ///
    /// # Errors
    /// [`RecoveryError::Kit`] and [`RecoveryError::Book`] for numbers and people that don't go together.
    pub fn make(keepers: &[UserId], needed: u8, focal: &[UserId], entropy: &mut impl Entropy) -> Result<Self, RecoveryError> {
        let count = u8::try_from(keepers.len()).map_err(|_| KitError::Numbers)?;
        let (recovery, kits) = kit::make(needed, count, entropy)?;
        let mut vouchers: Vec<VouchKey> = kits.iter().map(Kit::vouch_key).collect();
        let named: Vec<Keeper> =
            keepers.iter().zip(&vouchers).map(|(user, key)| Keeper { user: user.clone(), key: key.public() }).collect();
        let mut book = KeyBook::default();
        let rooted = book::Deed::Rooted { recovery, needed, keepers: named };
        book.push(book.entry(rooted, &vouchers.iter().collect::<Vec<_>>()))?;
        // Who keeps no kit comes first: a keeper's own kit does not vouch for their own key.
        let (with_kit, without): (Vec<&UserId>, Vec<&UserId>) = focal.iter().partition(|user| keepers.contains(user));
        let mut cards = Vec::new();
        for user in without.into_iter().chain(with_kit) {
            let card = KeyCard::generate(entropy);
            let added = book::Deed::Added(card.key_of(user));
            book.push(book.entry(added, &vouchers.iter().collect::<Vec<_>>()))?;
            vouchers.push(card.vouch_key());
            cards.push((user.clone(), card));
        }
        Ok(Self { kits: keepers.iter().cloned().zip(kits).collect(), cards, book })
    }
}

impl Server {
    /// Makes a recovery key's kits for these people, so many of whom open together, and cards for the first focal points. Nothing
    /// is kept yet: kits that could not be printed must not be the ones that count.
    ///
    /// # Errors
    /// [`RecoveryError`].
    pub fn prepare_recovery(
        &self,
        keepers: &[UserId],
        needed: u8,
        focal: &[UserId],
        entropy: &mut impl Entropy,
    ) -> Result<Prepared, RecoveryError> {
        if !self.in_force().settings.key_book.is_empty() {
            return Err(RecoveryError::Begun);
        }
        for id in keepers.iter().chain(focal) {
            self.in_force().actor(id).ok_or_else(|| RecoveryError::Unknown(id.clone()))?;
        }
        focal.iter().try_for_each(|user| self.check_focal(user))?;
        Prepared::make(keepers, needed, focal, entropy)
    }

    /// From here on these kits and cards count.
    ///
    /// # Errors
    /// [`RecoveryError`]; they don't count then.
    pub fn begin_recovery(&self, now: UnixSeconds, prepared: &Prepared) -> Result<(), RecoveryError> {
        // Noted before it is done: a recovery key that nobody noted would be worse than a note of one that failed.
        self.note_recovery(now, Deed::RecoveryBegun, &prepared.book.fingerprint())?;
        self.go_on_with(now, &Witness::server(now), prepared.book.entries())?;
        Ok(())
    }

    /// The key book, read and checked.
    ///
    /// # Errors
    /// [`RecoveryError::NotBegun`] if there is none; others if it does not hold.
    pub fn key_book(&self) -> Result<KeyBook, RecoveryError> {
        let in_force = self.in_force();
        if in_force.settings.key_book.is_empty() {
            return Err(RecoveryError::NotBegun);
        }
        Ok(KeyBook::read(&in_force.settings.key_book)?)
    }

    /// The person with this log-in name or id.
    ///
    /// # Errors
    /// [`RecoveryError::Unknown`].
    pub fn person_called(&self, name: &str) -> Result<UserId, RecoveryError> {
        let login = name.trim().to_lowercase();
        let by_login = self.storage().read(|tx| tx.user_by_login(&login)).map_err(WorkError::from)?;
        let id = by_login.map_or_else(|| UserId::from(name.trim()), |user| user.id);
        if self.in_force().actor(&id).is_some() { Ok(id) } else { Err(RecoveryError::Unknown(id)) }
    }

    /// Lets the key that `user` asked for count, by the signatures of these kits and cards. `fingerprint` is what the person read
    /// out. Answers the fingerprint of the book.
    ///
    /// # Errors
    /// [`RecoveryError`]; the book is as before.
    pub fn vouch_for(
        &self,
        now: UnixSeconds,
        user: &UserId,
        fingerprint: &str,
        kits: &[Kit],
        cards: &[KeyCard],
    ) -> Result<String, RecoveryError> {
        self.check_focal(user)?;
        let waiting = self.waiting_key_of(user)?.ok_or_else(|| RecoveryError::NothingWaits(user.clone()))?;
        let plain = |text: &str| text.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_lowercase();
        let waits = waiting.key.fingerprint();
        if plain(&waits) != plain(fingerprint) {
            return Err(RecoveryError::Swapped(waits));
        }
        self.add_to_book(now, book::Deed::Added(waiting.key), kits, cards)
    }

    /// Lets a person's key count no longer. Answers the fingerprint of the book.
    ///
    /// # Errors
    /// [`RecoveryError`]; the book is as before.
    pub fn withdraw_key(
        &self,
        now: UnixSeconds,
        user: &UserId,
        kits: &[Kit],
        cards: &[KeyCard],
    ) -> Result<String, RecoveryError> {
        let book = self.key_book()?;
        let key = book.focal_keys().iter().find(|key| key.user == *user);
        let seal = key.ok_or_else(|| RecoveryError::NoKey(user.clone()))?.seal;
        self.add_to_book(now, book::Deed::Removed { seal }, kits, cards)
    }

    fn add_to_book(&self, now: UnixSeconds, deed: book::Deed, kits: &[Kit], cards: &[KeyCard]) -> Result<String, RecoveryError> {
        let mut book = self.key_book()?;
        let vouchers: Vec<VouchKey> = kits.iter().map(Kit::vouch_key).chain(cards.iter().map(KeyCard::vouch_key)).collect();
        book.push(book.entry(deed, &vouchers.iter().collect::<Vec<_>>()))?;
        self.go_on_with(now, &Witness::server(now), book.entries())?;
        Ok(book.fingerprint())
    }

    fn check_focal(&self, user: &UserId) -> Result<(), RecoveryError> {
        let actor = self.in_force().actor(user).ok_or_else(|| RecoveryError::Unknown(user.clone()))?;
        if policy::may(&actor, Action::Use("key_ask"), None) { Ok(()) } else { Err(RecoveryError::NotFocal(user.clone())) }
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

    fn note_recovery(&self, now: UnixSeconds, deed: Deed, detail: &str) -> Result<(), WorkError> {
        let detail = detail.to_owned();
        self.storage().write(move |tx| Ok::<_, WorkError>(Audit::new(tx, Witness::server(now)).note(deed, "", &detail)?))
    }
}
