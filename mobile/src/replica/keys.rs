//! A focal point's key on this device: made or read from a card, asked for at the server, and vouching for others'. What counts
//! is the key book's to say; the server is only the messenger.

use super::{
    Handled, Job, JobKind, Replica, failure, link::LinkError, open::Open, own_keys, sign_in::json_call_with_token,
    storage::StoreError, stored,
};
use crate::protocol::{
    Answer, Failure, FailureCode,
    keys::{KeyAnswer, KeyCardShown, KeyRequest, KeyStanding, MyKey, WaitingKeyShown},
};
use shared::{
    model::ids::UserId,
    policy::{self, Action},
    qr::picture,
    seal::{
        book::{Deed, FocalKey},
        card::KeyCard,
        kit::Kit,
    },
    sync::key_calls::{AskForKey, PublishBook, WaitingKey},
};
use zeroize::Zeroizing;

const ASK: &str = "/api/v1/keys/ask";
const WAITING: &str = "/api/v1/keys/waiting";
const BOOK: &str = "/api/v1/keys/book";

impl Replica {
    pub(super) fn handle_keys(&mut self, request: KeyRequest) -> Result<Handled, Failure> {
        let (open, entropy) = self.opened()?;
        if !open.has_key_of_its_own() {
            return Err(failure(FailureCode::NotAllowed));
        }
        let answer = match request {
            KeyRequest::Mine => KeyAnswer::Mine(open.my_key()),
            KeyRequest::Make => {
                open.check_new_key()?;
                open.keep_key(&KeyCard::generate(entropy), true)?
            }
            KeyRequest::ReadCard { letters } => {
                let letters = Zeroizing::new(letters);
                let card = KeyCard::from_text(&letters).map_err(|_| failure(FailureCode::BadKeyCard))?;
                open.check_card(&card)?;
                open.keep_key(&card, false)?
            }
            KeyRequest::ShowCard => KeyAnswer::Card(open.card_to_print()?),
            KeyRequest::CardKept => {
                own_keys::set_printed(&open.conn).map_err(stored)?;
                open.own_keys.to_print = false;
                KeyAnswer::Mine(open.my_key())
            }
            KeyRequest::Ask => {
                let key = open.newest_key().ok_or_else(|| failure(FailureCode::NotFound))?;
                let ask = AskForKey { seal: key.seal, vouch: key.vouch };
                return Ok(Handled::Call(json_call_with_token(&open.account, ASK, &ask)?, Job(JobKind::KeyAsked)));
            }
            KeyRequest::Waiting => {
                let nothing = serde_json::Map::new();
                return Ok(Handled::Call(json_call_with_token(&open.account, WAITING, &nothing)?, Job(JobKind::KeysWaiting)));
            }
            KeyRequest::Vouch { user, fingerprint, kit } => {
                let published = open.vouch(&user, &fingerprint, &Zeroizing::new(kit))?;
                return Ok(Handled::Call(json_call_with_token(&open.account, BOOK, &published)?, Job(JobKind::Publish)));
            }
        };
        self.announce();
        Ok(Handled::Answer(Answer::Keys(Box::new(answer))))
    }

    pub(super) fn finish_key_ask(&mut self, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        result.map_err(|e| failure(e.code()))?;
        let (open, _) = self.opened()?;
        Ok(Answer::Keys(Box::new(KeyAnswer::Mine(open.my_key()))))
    }

    pub(super) fn finish_waiting_keys(&mut self, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        let body = result.map_err(|e| failure(e.code()))?;
        let waiting: Vec<WaitingKey> = shared::json::from_bytes(&body).map_err(|_| failure(FailureCode::BadServer))?;
        let (open, _) = self.opened()?;
        let counts = |key: &FocalKey| open.held.book.focal_keys().contains(key);
        let others = waiting.into_iter().filter(|waiting| waiting.key.user != open.account.user && !counts(&waiting.key));
        open.waiting_keys = others.collect();
        let shown = open.waiting_keys.iter().map(|waiting| WaitingKeyShown {
            user: waiting.key.user.clone(),
            fingerprint: waiting.key.fingerprint(),
            asked_at: waiting.asked_at,
        });
        Ok(Answer::Keys(Box::new(KeyAnswer::Waiting(shown.collect()))))
    }
}

impl Open {
    /// Whether reports may be sealed to this person, so that they have a key.
    pub(super) fn has_key_of_its_own(&self) -> bool {
        policy::actor(&self.settings, &self.account.user).is_some_and(|actor| policy::may(&actor, Action::Use("key_ask"), None))
    }

    /// Whether reports are sealed to a key on this device.
    pub(super) fn has_key_that_counts(&self) -> bool {
        self.key_standing() == KeyStanding::Counts
    }

    /// The key of this device that counts, to vouch with.
    fn counting_card(&self) -> Option<&KeyCard> {
        let counts = |card: &&KeyCard| self.held.book.focal_keys().contains(&card.key_of(&self.account.user));
        self.own_keys.cards.iter().rev().find(counts)
    }

    /// The key shown: the one that counts, else the newest.
    fn newest_key(&self) -> Option<FocalKey> {
        let card = self.counting_card().or_else(|| self.own_keys.newest())?;
        Some(card.key_of(&self.account.user))
    }

    fn key_standing(&self) -> KeyStanding {
        let Some(key) = self.newest_key() else { return KeyStanding::Missing };
        let withdrawn = Deed::Removed { seal: key.seal };
        if self.held.book.focal_keys().contains(&key) {
            KeyStanding::Counts
        } else if self.held.book.entries().iter().any(|entry| entry.deed == withdrawn) {
            KeyStanding::Withdrawn
        } else {
            KeyStanding::Waits
        }
    }

    fn my_key(&self) -> MyKey {
        let book = &self.held.book;
        MyKey {
            standing: self.key_standing(),
            fingerprint: self.newest_key().map(|key| key.fingerprint()),
            to_print: self.own_keys.to_print,
            book: book.recovery().map(|_| book.fingerprint()),
            holders: book.focal_keys().iter().map(|key| key.user.clone()).collect(),
        }
    }

    /// A key that counts is not replaced by a new one: it is withdrawn first, or its card is read on the new device.
    fn check_new_key(&self) -> Result<(), Failure> {
        match self.key_standing() {
            KeyStanding::Missing | KeyStanding::Withdrawn => Ok(()),
            KeyStanding::Waits | KeyStanding::Counts => Err(failure(FailureCode::KeyStands)),
        }
    }

    /// A card belongs to one person.
    fn check_card(&self, card: &KeyCard) -> Result<(), Failure> {
        let key = card.key_of(&self.account.user);
        let is_anothers = |other: &FocalKey| other.seal == key.seal && other.user != key.user;
        if self.held.book.focal_keys().iter().any(is_anothers) {
            return Err(failure(FailureCode::NotYourKeyCard));
        }
        let stands = self.has_key_that_counts() && !self.held.book.focal_keys().contains(&key);
        if stands { Err(failure(FailureCode::KeyStands)) } else { Ok(()) }
    }

    fn keep_key(&mut self, card: &KeyCard, to_print: bool) -> Result<KeyAnswer, Failure> {
        let kept = |open: &mut Self| -> Result<(), StoreError> {
            own_keys::keep(&mut open.conn, card, to_print)?;
            open.own_keys = own_keys::read(&open.conn)?;
            open.look_for_resealing(None)
        };
        kept(self).map_err(stored)?;
        Ok(KeyAnswer::Mine(self.my_key()))
    }

    fn card_to_print(&self) -> Result<KeyCardShown, Failure> {
        let card = self.own_keys.newest().filter(|_| self.own_keys.to_print).ok_or_else(|| failure(FailureCode::NotFound))?;
        let letters = card.to_text();
        let bare = Zeroizing::new(letters.replace(' ', "").to_uppercase());
        let picture = picture(&bare).map_err(|_| failure(FailureCode::Internal))?;
        let fingerprint = card.key_of(&self.account.user).fingerprint();
        Ok(KeyCardShown { letters: letters.to_string(), picture, fingerprint })
    }

    /// The book with this key in it, signed by this device's key and a manager's kit.
    fn vouch(&self, user: &UserId, fingerprint: &str, kit: &str) -> Result<PublishBook, Failure> {
        let book = &self.held.book;
        if self.held.swapped {
            return Err(failure(FailureCode::KeyBookSwapped));
        }
        let is_it = |waiting: &&WaitingKey| waiting.key.user == *user && waiting.key.fingerprint() == fingerprint;
        let waiting = self.waiting_keys.iter().find(is_it).ok_or_else(|| failure(FailureCode::NotFound))?;
        let own = self.counting_card().ok_or_else(|| failure(FailureCode::NotVouched))?.vouch_key();
        let kit = Kit::from_text(kit).ok().filter(|kit| book.recovery().is_some_and(|recovery| kit.is_of(recovery)));
        let keeper = kit.ok_or_else(|| failure(FailureCode::BadKit))?.vouch_key();
        let mut next = book.clone();
        next.push(book.entry(Deed::Added(waiting.key.clone()), &[&own, &keeper]))
            .map_err(|_| failure(FailureCode::NotVouched))?;
        Ok(PublishBook { entries: next.entries().to_vec() })
    }
}
