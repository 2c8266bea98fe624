//! What happened, counted: so that a world in which nothing went wrong is noticed.

/// Counts of one or many runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Exchanges cut on the way up or down, garbled, or doubled.
    pub cuts: u64,
    /// Restarts of a phone or the server in the middle of a transaction.
    pub restarts_mid_transaction: u64,
    /// Changes the server refused.
    pub refusals: u64,
    /// Changes written anew on the server's heads after a refusal.
    pub rebases: u64,
    /// Facts seen with two values.
    pub conflicts: u64,
    /// Clocks that jumped.
    pub clock_jumps: u64,
    /// Records moved to another place or project.
    pub scope_moves: u64,
    /// Times the server was set back to an older backup.
    pub restores: u64,
    /// Batches that arrived a hundred times.
    pub hundredfold: u64,
    /// Batches with a forged change between honest ones.
    pub poisoned: u64,
    /// Documents purged while some phone that held them was away.
    pub purges: u64,
    /// Sensitive reports sealed on the phone that took them.
    pub sealed: u64,
    /// Cases raised to levels 4-5 after they came in plain.
    pub raised: u64,
    /// Steps with sealed words.
    pub sealed_steps: u64,
    /// Changes of a raised case that came after it was sealed, and reached those who hold it.
    pub moved: u64,
    /// The very same count again, after a phone was put back to a copy of its files.
    pub recounts: u64,
    /// Boxes opened, on a phone.
    pub boxes_opened: u64,
    /// Their papers that became cases.
    pub papers_entered: u64,
    /// Colleagues who joined a session by digits.
    pub joined: u64,
    /// Counts taken out as of the same people.
    pub dropped: u64,
    /// Planned sessions put off or called off.
    pub plans_changed: u64,
    /// Intents acknowledged as saved.
    pub saved: u64,
    /// Exchanges that went through.
    pub exchanges: u64,
}

impl Tally {
    /// The counts of both.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            cuts: self.cuts + other.cuts,
            restarts_mid_transaction: self.restarts_mid_transaction + other.restarts_mid_transaction,
            refusals: self.refusals + other.refusals,
            rebases: self.rebases + other.rebases,
            conflicts: self.conflicts + other.conflicts,
            clock_jumps: self.clock_jumps + other.clock_jumps,
            scope_moves: self.scope_moves + other.scope_moves,
            restores: self.restores + other.restores,
            hundredfold: self.hundredfold + other.hundredfold,
            poisoned: self.poisoned + other.poisoned,
            purges: self.purges + other.purges,
            sealed: self.sealed + other.sealed,
            raised: self.raised + other.raised,
            sealed_steps: self.sealed_steps + other.sealed_steps,
            moved: self.moved + other.moved,
            recounts: self.recounts + other.recounts,
            boxes_opened: self.boxes_opened + other.boxes_opened,
            papers_entered: self.papers_entered + other.papers_entered,
            joined: self.joined + other.joined,
            dropped: self.dropped + other.dropped,
            plans_changed: self.plans_changed + other.plans_changed,
            saved: self.saved + other.saved,
            exchanges: self.exchanges + other.exchanges,
        }
    }

    /// What must have happened often enough over 200 worlds: by name, how often it did, how often it must.
    #[must_use]
    pub const fn misfortunes(&self) -> [(&'static str, u64, u64); 21] {
        [
            ("cuts", self.cuts, 50),
            ("restarts mid-transaction", self.restarts_mid_transaction, 50),
            ("refusals", self.refusals, 50),
            ("rebases", self.rebases, 50),
            ("conflicts", self.conflicts, 50),
            ("clock jumps", self.clock_jumps, 50),
            ("scope moves", self.scope_moves, 50),
            ("batches a hundred times", self.hundredfold, 10),
            ("poisoned batches", self.poisoned, 10),
            ("counts repeated after a relapse", self.recounts, 10),
            ("boxes opened", self.boxes_opened, 50),
            ("papers entered", self.papers_entered, 50),
            ("colleagues who joined by digits", self.joined, 50),
            ("counts taken out as of the same people", self.dropped, 10),
            ("plans changed", self.plans_changed, 25),
            ("restores of the server", self.restores, 10),
            ("purges while a phone was away", self.purges, 10),
            ("sealed reports", self.sealed, 50),
            ("cases raised", self.raised, 20),
            ("sealed steps", self.sealed_steps, 50),
            ("late changes of raised cases", self.moved, 10),
        ]
    }
}
