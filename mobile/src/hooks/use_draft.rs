//! A form that is on disk at every field. Saves one after another, never twice at once, and the last state always wins.

use crate::{
    platform,
    protocol::{Answer, Draft, DraftKind, FailureCode, Request},
    window,
};
use dioxus::prelude::*;
use shared::{
    document::content::{Fact, Facts},
    model::{codes::CountKey, dates::UnixSeconds, ids::RecordId},
};

/// What is typed is written at most so often: a letter must not wait for the disk, nor the disk for each letter.
const TYPING_PAUSE_MS: i32 = 400;

/// How far the form is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SaveState {
    /// Nothing entered yet.
    Fresh,
    /// On its way to disk.
    Saving,
    /// On disk.
    Saved,
    /// Not on disk: says why.
    Failed(FailureCode),
}

/// A draft under work.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct DraftForm {
    draft: Signal<Draft>,
    state: Signal<SaveState>,
    busy: Signal<bool>,
    dirty: Signal<bool>,
    done: Signal<bool>,
    typing: Signal<bool>,
    kept: Callback<Facts, Facts>,
}

/// A fresh record id.
///
/// # Errors
/// The system's, if it gives no random bytes.
pub(crate) fn new_record() -> Result<RecordId, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(RecordId(bytes))
}

/// An empty draft.
pub(crate) fn empty_draft(record: RecordId, kind: DraftKind) -> Draft {
    Draft { record, kind, facts: Facts::new(), counts: Default::default(), step: 0, saved_at: UnixSeconds(0) }
}

/// Works on `first`, as it was on disk or new. Only what `kept` leaves of it ever goes to the disk as a draft.
pub(crate) fn use_draft(first: impl FnOnce() -> Draft, kept: impl Fn(Facts) -> Facts + 'static) -> DraftForm {
    let form = DraftForm {
        kept: use_callback(kept),
        draft: use_signal(first),
        state: use_signal(|| SaveState::Fresh),
        busy: use_signal(|| false),
        dirty: use_signal(|| false),
        done: use_signal(|| false),
        typing: use_signal(|| false),
    };
    use_drop(move || {
        // Leaving while a save was under way: what was entered meanwhile must not be lost with the page.
        if *form.dirty.peek() && !*form.done.peek() {
            let last = form.to_keep();
            dioxus::core::spawn_forever(async move {
                platform::call(Request::SaveDraft(last)).await;
            });
        }
    });
    form
}

impl DraftForm {
    /// The draft as it may lie on disk.
    fn to_keep(self) -> Draft {
        let mut draft = self.draft.peek().clone();
        draft.facts = self.kept.call(draft.facts);
        draft
    }

    /// The form as it stands, for whoever holds it in memory while it is not on the screen.
    pub(crate) fn as_it_stands(self) -> Draft {
        self.draft.peek().clone()
    }

    /// The record it will be.
    pub(crate) fn record(self) -> RecordId {
        self.draft.peek().record
    }

    /// How far it is on disk.
    pub(crate) fn state(self) -> SaveState {
        *self.state.read()
    }

    /// Everything entered.
    pub(crate) fn facts(self) -> Facts {
        self.draft.read().facts.clone()
    }

    /// Asks something of everything entered.
    pub(crate) fn ask<T>(self, ask: impl FnOnce(&Facts) -> T) -> T {
        ask(&self.draft.read().facts)
    }

    /// What stands under a key.
    pub(crate) fn fact(self, key: &str) -> Option<Fact> {
        self.draft.read().facts.get(key).cloned()
    }

    /// The text under a key, or nothing.
    pub(crate) fn text(self, key: &str) -> String {
        self.draft.read().facts.get(key).and_then(Fact::as_text).unwrap_or_default().to_owned()
    }

    /// Whether a flag is set.
    pub(crate) fn flag(self, key: &str) -> bool {
        self.draft.read().facts.get(key) == Some(&Fact::Flag(true))
    }

    /// The step the person is at.
    pub(crate) fn step(self) -> u8 {
        self.draft.read().step
    }

    /// Counts tapped.
    pub(crate) fn counts(self) -> std::collections::BTreeMap<CountKey, i64> {
        self.draft.read().counts.clone()
    }

    /// Puts or clears one fact and saves. Empty text clears.
    pub(crate) fn put(mut self, key: &str, fact: Option<Fact>) {
        {
            let facts = &mut self.draft.write().facts;
            match fact {
                Some(fact) if fact != Fact::Text(String::new()) => {
                    facts.insert(key.to_owned(), fact);
                }
                _ => {
                    facts.remove(key);
                }
            }
        }
        self.save();
    }

    /// Changes several facts at once and saves once: what was between them never reaches the disk.
    pub(crate) fn change(mut self, change: impl FnOnce(&mut Facts)) {
        change(&mut self.draft.write().facts);
        self.save();
    }

    /// Changes facts while a person types: shown at once, on disk when the next pause ends or the form is left.
    pub(crate) fn type_in(mut self, change: impl FnOnce(&mut Facts)) {
        change(&mut self.draft.write().facts);
        self.typing.set(true);
        self.save();
    }

    /// Moves to a step and saves.
    pub(crate) fn go(mut self, step: u8) {
        self.draft.write().step = step;
        self.save();
    }

    /// Adds to a count and saves.
    pub(crate) fn add(mut self, key: CountKey, by: i64) {
        {
            let mut draft = self.draft.write();
            let count = draft.counts.entry(key).or_insert(0);
            *count = count.saturating_add(by).max(0);
        }
        self.save();
    }

    /// Takes the counts out: they are being written as an increment.
    pub(crate) fn take_counts(mut self) -> std::collections::BTreeMap<CountKey, i64> {
        let counts = std::mem::take(&mut self.draft.write().counts);
        counts.into_iter().filter(|(_, n)| *n != 0).collect()
    }

    /// Puts counts back that could not be written.
    pub(crate) fn give_back(mut self, counts: &std::collections::BTreeMap<CountKey, i64>) {
        for (key, n) in counts {
            *self.draft.write().counts.entry(*key).or_insert(0) += n;
        }
        self.save();
    }

    /// The record is saved or dropped: nothing more is to be saved as a draft.
    pub(crate) fn finish(mut self) {
        self.done.set(true);
    }

    /// Saves now, or right after the save under way.
    pub(crate) fn save(mut self) {
        if *self.done.peek() {
            return;
        }
        self.dirty.set(true);
        if *self.busy.peek() {
            return;
        }
        self.busy.set(true);
        self.state.set(SaveState::Saving);
        // Belongs to the form, not to the field or step whose handler called: those go with the step, and a save that went with
        // them would leave the form busy for ever and everything after it unsaved. Spawned within the form's scope, it ends with it.
        let saving = async move {
            let mut end = SaveState::Saved;
            while *self.dirty.peek() && !*self.done.peek() {
                if *self.typing.peek() {
                    window::pause_ms(TYPING_PAUSE_MS).await;
                    self.typing.set(false);
                    if *self.done.peek() {
                        break;
                    }
                }
                self.dirty.set(false);
                let draft = self.to_keep();
                if let Answer::Failed(failure) = platform::call(Request::SaveDraft(draft)).await {
                    end = SaveState::Failed(failure.code);
                    self.dirty.set(true);
                    break;
                }
            }
            self.busy.set(false);
            self.state.set(end);
        };
        dioxus::core::Runtime::current().in_scope(self.draft.origin_scope(), || spawn(saving));
    }
}
