//! Bad days of the server beyond losing power: set back to an older copy, and told to forget someone.

use super::World;
use server::storage::StorageError;
use shared::{
    entropy::Entropy,
    model::record::{DocKind, DocumentId},
};
use std::collections::BTreeSet;

impl World {
    /// A backup is made, or put back; a contact is purged while phones are away; or the server does what it does by itself.
    pub(super) fn day_of_the_server(&mut self) {
        match self.chance.below(5) {
            0 => self.purge_someone(),
            1 | 2 => self.set_back(),
            3 => self.site.back_up(self.now()),
            _ => self.site.sweep(self.now()),
        }
    }

    /// Everyone has synced; the server breaks and yesterday's copy takes its place; everyone syncs again. What the phones hold must
    /// come back, though the copy's settings may let their people read less; what only the server had is gone, as any backup's loss is.
    fn set_back(&mut self) {
        self.everyone_syncs();
        // What was set aside was taken off its author's phone: only the server has it.
        let told = self.told_of_quarantine();
        let aside: Vec<bool> = self.ledger.promises.iter().map(|promise| self.lies_aside(promise, &told)).collect();
        let held: BTreeSet<DocumentId> = self.phones.iter_mut().flat_map(Self::held).collect();
        let now = self.now();
        if self.site.restore(now) {
            self.tally.restores += 1;
            self.ledger.forget_set_aside(&aside);
            self.ledger.forget_all_but(&held);
            self.hostile.forget();
            self.hostile.renew(now, &mut self.site);
            // Before a phone dies too: what two losses took is gone.
            self.everyone_syncs();
        } else {
            self.site.back_up(now);
        }
    }

    fn everyone_syncs(&mut self) {
        for _ in 0..2 {
            for i in 0..self.phones.len() {
                self.phones[i].mend();
                self.sync_fully(i);
            }
        }
    }

    fn held(phone: &mut super::Phone) -> Vec<DocumentId> {
        let holdings = phone.replica().holdings().expect("the phone reads");
        holdings.into_iter().map(|holding| holding.document).collect()
    }

    /// Who spoke is forgotten for good, whoever has the contact on a phone that is away.
    fn purge_someone(&mut self) {
        let read = self.site.server().storage().read(|tx| tx.documents());
        let contacts: Vec<DocumentId> = read
            .unwrap_or_else(|error: StorageError| panic!("the server reads: {error}"))
            .into_iter()
            .filter(|document| document.kind == DocKind::Contact)
            .collect();
        let Some(&document) = contacts.get(self.pick(contacts.len().max(1))) else { return };
        let now = self.now();
        self.site.server().purge(now, document, "erasure").expect("a purge");
        self.tally.purges += u64::from(self.phones.iter_mut().flat_map(Self::held).any(|held| held == document));
    }
}
