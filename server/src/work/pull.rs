//! What a device lacks: pieces of the logs it follows from its cursors on, within its budget, signed; settings, tallies and
//! own rows when it holds older ones; the digest that closes a complete pull; and narrowing down when that differs.

use super::{Server, error::WorkError, session::Session, settings::InForce};
use crate::{
    audit::{Audit, Deed},
    storage::{
        Tx,
        documents::StoredChange,
        scopes::{Happened, LogEntry, Scope},
    },
};
use minicbor::bytes::ByteVec;
use shared::{
    model::{
        dates::{UnixSeconds, plus_days},
        ids::DeviceId,
        record::{Class, DocumentId},
    },
    policy::{self, Action},
    sync::{
        frames::{
            FrameError, MAX_BODY_BYTES, Writing,
            down::{self, DownItem, Section},
        },
        list_index::{ListPiece, ROW_BYTES},
        messages::{Held, PackedTallies, RepairAnswer, RepairRequest, SyncRequest, SyncResponse, Tag, own_rows_tag},
        scope::{MAX_SCOPES, ScopeId, list_tag},
        set_hash::{Buckets, SetHash},
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Raw bytes that make about one byte of a frame.
const RATIO: usize = 3;
/// Most bytes of frames in one answer, whatever is asked for.
const MOST_BUDGET: usize = 4 << 20;
/// Rows of the list index in one answer.
const LEAST_LISTED: u32 = 200;
const MOST_LISTED: u32 = 10_000;
/// Raw bytes of one frame, so that with tables and columns it stays within [`MAX_BODY_BYTES`].
const MOST_RAW: usize = MAX_BODY_BYTES / 2;
/// Smallest frame worth making.
const LEAST_FRAME: usize = 4 << 10;

/// An answer's pull side.
pub(super) struct Pulled {
    pub(super) response: SyncResponse,
    /// The cursors a device has once it applied a complete answer.
    pub(super) ends: Vec<u64>,
}

impl Server {
    pub(super) fn pull(&self, now: UnixSeconds, session: &Session, request: &SyncRequest) -> Result<Pulled, WorkError> {
        let (response, sent, ends) = self.storage().read(|tx| {
            let deployment = tx.deployment()?.ok_or(WorkError::Inconsistent("no deployment"))?;
            let mut response = SyncResponse {
                server_time: now,
                epoch: deployment.epoch,
                pushed: Vec::new(),
                scopes: None,
                frames: Vec::new(),
                more: false,
                settings: None,
                ref_nos: None,
                tallies: None,
                own_rows: None,
                digest: None,
                repair: None,
                revoked: session.actor.is_none(),
                upgrade: false,
                left: 0,
                list: None,
                shut: session.device.shut().filter(|_| session.actor.is_some()),
                reopened: session.device.road.reopened,
            };
            let (mut sent, mut ends) = (Vec::new(), Vec::new());
            if session.gets_content() {
                let in_force = self.in_force_at(tx, deployment.settings_version)?;
                if request.settings != deployment.settings_version {
                    response.settings = Some(in_force.signed.clone());
                }
                ends = self.pull_scopes(tx, session, request, &mut response, &mut sent)?;
                if !response.more {
                    self.pull_lists(tx, session, &in_force, request, super::coverage::version(&deployment), &mut response)?;
                }
            }
            Ok::<_, WorkError>((response, sent, ends))
        })?;
        if !sent.is_empty() {
            let witness = session.witness(now);
            self.storage().write(move |tx| {
                let mut audit = Audit::new(tx, witness);
                sent.iter().try_for_each(|(scope, range)| Ok::<_, WorkError>(audit.note(Deed::Sent, scope, range)?))
            })?;
        }
        Ok(Pulled { response, ends })
    }

    /// The snapshot in force in this transaction, which may be newer than the one in memory.
    pub(super) fn in_force_at(&self, tx: &Tx<'_>, version: u32) -> Result<std::sync::Arc<InForce>, WorkError> {
        let in_force = self.in_force();
        if in_force.settings.version == version {
            return Ok(in_force);
        }
        Ok(std::sync::Arc::new(InForce::load(tx, self.keys().signing())?))
    }

    fn pull_scopes(
        &self,
        tx: &Tx<'_>,
        session: &Session,
        request: &SyncRequest,
        response: &mut SyncResponse,
        sent: &mut Vec<(String, String)>,
    ) -> Result<Vec<u64>, WorkError> {
        let scopes = followed(tx, session)?;
        let names: Vec<ScopeId> = scopes.iter().map(|scope| scope.id.clone()).collect();
        let is_new_device = request.scopes == Tag::default() && request.cursors.0.is_empty();
        let is_same_list = list_tag(&names) == request.scopes && request.cursors.0.len() == scopes.len();
        if !is_same_list {
            response.scopes = Some(names);
        }
        if !is_same_list && !is_new_device {
            // Cursors are told in the list's order: without the same list they say nothing.
            response.more = true;
            return Ok(Vec::new());
        }
        // After a restore a cursor may lie beyond the log; the digest finds what is missing.
        let told = request.cursors.0.iter().copied().chain(std::iter::repeat(0));
        let cursors: Vec<u64> = scopes.iter().zip(told).map(|(scope, cursor)| cursor.min(scope.seq)).collect();
        if let Some(listed) = request.listed
            && cursors.iter().all(|cursor| *cursor == 0)
        {
            let piece = list_piece(tx, session, listed, request.down_budget)?;
            if piece.rows > 0 {
                sent.push(("list".to_owned(), format!("{listed}-{}", listed + piece.rows)));
            }
            // A list of any length is shown before documents weigh on the same answer.
            let goes_alone = !piece.last || piece.rows > LEAST_LISTED;
            response.list = Some(piece);
            if goes_alone {
                response.more = true;
                response.left = u32::try_from(scopes.iter().map(|scope| scope.seq).sum::<u64>()).unwrap_or(u32::MAX);
                return Ok(Vec::new());
            }
        }
        let writing = Writing { level: if request.down_frame > 64 << 10 { 3 } else { 9 }, full_deps: request.full_deps };
        let mut frames = Frames::new(self, writing, request);
        let mut in_order: Vec<(&Scope, u64)> = scopes.iter().zip(cursors.iter().copied()).collect();
        in_order.sort_by_key(|(scope, _)| use_first(&scope.id));
        let mut left = 0;
        for (scope, cursor) in in_order {
            if cursor < scope.seq && !frames.full() {
                let (to, any) = collect(tx, session.device_id(), scope, cursor, &mut frames)?;
                left += scope.seq - to;
                if any && is_noted(&scope.id) {
                    sent.push((scope.id.to_string(), format!("{cursor}-{to}")));
                }
                response.more |= to < scope.seq;
            } else {
                left += scope.seq - cursor;
                response.more |= cursor < scope.seq;
            }
        }
        response.left = u32::try_from(left).unwrap_or(u32::MAX);
        if let Some(repair) = &request.repair
            && !response.more
        {
            response.repair = self.repair(tx, &scopes, &cursors, repair, &mut frames, sent)?;
        }
        response.frames = frames.finish()?;
        let digest = scopes.iter().fold(SetHash::default(), |sum, scope| sum.plus(scope.set_hash));
        if !response.more && digest != request.digest {
            response.digest = Some(digest);
        }
        Ok(scopes.iter().map(|scope| scope.seq).collect())
    }

    fn pull_lists(
        &self,
        tx: &Tx<'_>,
        session: &Session,
        in_force: &InForce,
        request: &SyncRequest,
        tally_version: u64,
        response: &mut SyncResponse,
    ) -> Result<(), WorkError> {
        let Some(actor) = &session.actor else { return Ok(()) };
        let today = response.server_time.day(in_force.settings.utc_offset_min);
        let kept_from = plus_days(today, -i64::from(in_force.settings.limits.closed_kept_days));
        let own_rows = tx.own_rows(session.user(), kept_from)?;
        if own_rows_tag(&own_rows) != request.own_rows {
            response.own_rows = Some(own_rows);
        }
        if request.tallies != tally_version && policy::may(actor, Action::Use("coverage"), None) {
            let tallies = super::coverage::tallies(tx, &in_force.settings, actor)?;
            response.tallies = Some(PackedTallies::new(tally_version, response.server_time, &tallies)?);
        }
        Ok(())
    }

    /// One round of narrowing down.
    fn repair(
        &self,
        tx: &Tx<'_>,
        scopes: &[Scope],
        cursors: &[u64],
        request: &RepairRequest,
        frames: &mut Frames<'_>,
        sent: &mut Vec<(String, String)>,
    ) -> Result<Option<RepairAnswer>, WorkError> {
        match request {
            RepairRequest::Buckets(bytes) => {
                let Some(theirs) = Buckets::from_bytes(bytes) else { return Ok(None) };
                let mut ours = Buckets::default();
                for scope in scopes {
                    for (document, hash) in tx.documents_in(scope.number)? {
                        ours.add(document, hash);
                    }
                }
                Ok(Some(RepairAnswer::Differ(ours.differing(&theirs))))
            }
            RepairRequest::Holding { buckets, held } => {
                let buckets: BTreeSet<u8> = buckets.iter().copied().collect();
                let mut wanted = BTreeSet::new();
                for (place, (scope, &cursor)) in (0_u16..).zip(scopes.iter().zip(cursors)) {
                    let held: BTreeMap<DocumentId, SetHash> =
                        held.iter().filter(|held: &&Held| held.scope == place).map(|held| (held.document, held.digest)).collect();
                    if repair_scope(tx, scope, cursor, &buckets, &held, frames, &mut wanted)? && is_noted(&scope.id) {
                        sent.push((scope.id.to_string(), format!("0-{cursor} again")));
                    }
                }
                Ok((!wanted.is_empty()).then(|| RepairAnswer::Wanted(wanted.into_iter().collect())))
            }
        }
    }
}

/// The scopes a device follows, in the order both sides count them: the personal log first, then areas.
fn followed(tx: &Tx<'_>, session: &Session) -> Result<Vec<Scope>, WorkError> {
    let mut scopes = tx.followed_by(session.user())?;
    scopes.retain(|scope| !matches!(scope.id, ScopeId::Older(_)));
    scopes.sort_by(|a, b| a.id.cmp(&b.id));
    if scopes.len() > MAX_SCOPES {
        tracing::warn!(user = %session.user(), scopes = scopes.len(), most = MAX_SCOPES, "a person covers too much to sync whole");
        scopes.truncate(MAX_SCOPES);
    }
    Ok(scopes)
}

/// The next piece of the list index for a new device, as large as what it asks for.
fn list_piece(tx: &Tx<'_>, session: &Session, from: u32, budget: u32) -> Result<ListPiece, WorkError> {
    let most = (budget / ROW_BYTES).clamp(LEAST_LISTED, MOST_LISTED);
    let mut rows = tx.listed_cases(session.user(), most + 1, from)?;
    let is_last = rows.len() <= most as usize;
    rows.truncate(most as usize);
    Ok(ListPiece::new(from, &rows, is_last)?)
}

/// What comes first to a device that has far to go: what its person is named in, then what lists show, then the rest of each case.
const fn use_first(scope: &ScopeId) -> u8 {
    match scope {
        ScopeId::Personal(_) => 0,
        ScopeId::Area { class: Class::Case | Class::SealedHeader, .. } => 1,
        ScopeId::Area { class: Class::Session | Class::Other, .. } => 2,
        ScopeId::Area { class: Class::Contact | Class::Subject | Class::Sealed, .. } => 3,
        ScopeId::Older(_) => 4,
    }
}

/// One scope's log from a cursor on, into frames; answers the new cursor, and whether there was anything to send.
fn collect(tx: &Tx<'_>, device: DeviceId, scope: &Scope, cursor: u64, frames: &mut Frames<'_>) -> Result<(u64, bool), WorkError> {
    let mut entries = Vec::new();
    tx.log_after(scope.number, cursor, |entry| {
        entries.push(entry);
        Ok(entries.len() < 20_000)
    })?;
    let mut entered = BTreeSet::new();
    let (mut to, mut any) = (cursor, false);
    frames.begin(&scope.id, cursor);
    for entry in entries {
        if frames.full() {
            break;
        }
        let items = items(tx, device, scope, &entry, &mut entered)?;
        to = entry.seq;
        any |= !items.is_empty();
        frames.add(items, to)?;
    }
    frames.end();
    Ok((to, any))
}

/// What one line of a log says today.
fn items(
    tx: &Tx<'_>,
    device: DeviceId,
    scope: &Scope,
    entry: &LogEntry,
    entered: &mut BTreeSet<DocumentId>,
) -> Result<Vec<DownItem>, WorkError> {
    let document = entry.document;
    match entry.what {
        Happened::Leave => {
            if let Some((at, why)) = tx.tombstone(document)? {
                return Ok(vec![DownItem::Purge { document, at, why }]);
            }
            // It may have come back since: then its ENTER follows.
            Ok(vec![DownItem::Leave(document)])
        }
        // It has left since: its LEAVE follows.
        _ if !tx.stands_in(document, scope.number)? => Ok(Vec::new()),
        Happened::Enter => {
            entered.insert(document);
            let own = tx.document(document)?.filter(|head| !head.has_left).map(|_| device);
            let mut items = vec![DownItem::Enter(document)];
            let changes = tx.changes(document)?.into_iter().filter(|change| Some(change.receipt.device) != own);
            items.extend(changes.map(|change| down_item(document, change)));
            Ok(items)
        }
        // Its whole history has gone with ENTER just before.
        Happened::Change(_) if entered.contains(&document) => Ok(Vec::new()),
        Happened::Change(order) => {
            let change = tx.change(document, order)?.filter(|change| change.receipt.device != device);
            Ok(change.map(|change| down_item(document, change)).into_iter().collect())
        }
    }
}

fn down_item(document: DocumentId, change: StoredChange) -> DownItem {
    if change.is_servers() {
        DownItem::ServerChange { document, change: change.raw, mac: change.receipt.mac }
    } else {
        DownItem::Change { document, change: change.raw, receipt: change.receipt }
    }
}

/// Whether what goes to a device of this scope is written down: sessions name nobody.
const fn is_noted(scope: &ScopeId) -> bool {
    !matches!(scope, ScopeId::Area { class: Class::Session, .. })
}

/// What one scope lacks or has too much on a device, in the buckets that differ. Answers whether it lacked anything.
fn repair_scope(
    tx: &Tx<'_>,
    scope: &Scope,
    cursor: u64,
    buckets: &BTreeSet<u8>,
    held: &BTreeMap<DocumentId, SetHash>,
    frames: &mut Frames<'_>,
    wanted: &mut BTreeSet<DocumentId>,
) -> Result<bool, WorkError> {
    let in_bucket = |document: &DocumentId| buckets.contains(&Buckets::bucket(*document));
    let ours: BTreeMap<DocumentId, SetHash> =
        tx.documents_in(scope.number)?.into_iter().filter(|(document, _)| in_bucket(document)).collect();
    let was_restored = tx.deployment()?.is_some_and(|deployment| deployment.epoch > 1);
    let mut any = false;
    frames.begin(&scope.id, cursor);
    for (&document, hash) in ours.iter().filter(|(document, hash)| held.get(document) != Some(hash)) {
        let mut items = vec![DownItem::Enter(document)];
        items.extend(tx.changes(document)?.into_iter().map(|change| down_item(document, change)));
        frames.add(items, cursor)?;
        any = true;
        if was_restored && held.get(&document).is_some_and(|theirs| theirs != hash) {
            wanted.insert(document);
        }
    }
    for &document in held.keys().filter(|document| in_bucket(document) && !ours.contains_key(document)) {
        let item = match tx.tombstone(document)? {
            Some((at, why)) => DownItem::Purge { document, at, why },
            None if was_restored && tx.document(document)?.is_none() => {
                wanted.insert(document);
                continue;
            }
            None => DownItem::Leave(document),
        };
        frames.add(vec![item], cursor)?;
    }
    frames.end();
    Ok(any)
}

/// Frames in the making.
struct Frames<'s> {
    server: &'s Server,
    writing: Writing,
    budget: usize,
    target: usize,
    sections: Vec<Section>,
    raw: usize,
    written: usize,
    done: Vec<ByteVec>,
}

impl<'s> Frames<'s> {
    fn new(server: &'s Server, writing: Writing, request: &SyncRequest) -> Self {
        let size = |bytes: u32| usize::try_from(bytes).unwrap_or(usize::MAX);
        let target = size(request.down_frame).clamp(LEAST_FRAME, MAX_BODY_BYTES / 4);
        let budget = size(request.down_budget).clamp(LEAST_FRAME, MOST_BUDGET);
        Self { server, writing, budget, target, sections: Vec::new(), raw: 0, written: 0, done: Vec::new() }
    }

    /// Nothing more fits: at least one frame is always made.
    fn full(&self) -> bool {
        self.written + self.raw / RATIO >= self.budget
    }

    fn begin(&mut self, scope: &ScopeId, cursor: u64) {
        self.sections.push(Section { scope: scope.clone(), from: cursor, to: cursor, items: Vec::new() });
    }

    /// What one line of a log says. A document with more history than a frame holds goes in several: until the last of them the
    /// cursor stays, so that a cut between them begins with it again.
    fn add(&mut self, items: Vec<DownItem>, to: u64) -> Result<(), WorkError> {
        let size: usize = items.iter().map(size_of).sum();
        if self.raw > 0 && self.raw + size > MOST_RAW {
            self.flush()?;
        }
        for item in items {
            if self.raw > 0 && self.raw + size_of(&item) > MOST_RAW {
                self.flush()?;
            }
            self.raw += size_of(&item);
            if let Some(section) = self.sections.last_mut() {
                section.items.push(item);
            }
        }
        if let Some(section) = self.sections.last_mut() {
            section.to = to;
            self.raw += 4;
        }
        if self.raw / RATIO >= self.target {
            self.flush()?;
        }
        Ok(())
    }

    /// A section that says nothing is dropped.
    fn end(&mut self) {
        if self.sections.last().is_some_and(|section| section.items.is_empty() && section.from == section.to) {
            self.sections.pop();
        }
    }

    fn flush(&mut self) -> Result<(), WorkError> {
        let next =
            self.sections.last().map(|last| Section { scope: last.scope.clone(), from: last.to, to: last.to, items: Vec::new() });
        let sections = std::mem::take(&mut self.sections);
        self.write(&sections)?;
        self.raw = 0;
        self.sections.extend(next);
        Ok(())
    }

    /// Writes sections as one frame; one that is too large as several.
    fn write(&mut self, sections: &[Section]) -> Result<(), WorkError> {
        let said: Vec<Section> =
            sections.iter().filter(|section| !section.items.is_empty() || section.from != section.to).cloned().collect();
        if said.is_empty() {
            return Ok(());
        }
        match down::write(&said, self.writing, self.server.keys().signing()) {
            Ok(frame) => {
                self.written += frame.len();
                self.done.push(frame.into());
                Ok(())
            }
            Err(FrameError::TooLarge) if said.len() > 1 => said.chunks(1).try_for_each(|section| self.write(section)),
            Err(error) => Err(error.into()),
        }
    }

    fn finish(mut self) -> Result<Vec<ByteVec>, WorkError> {
        self.flush()?;
        Ok(self.done)
    }
}

fn size_of(item: &DownItem) -> usize {
    match item {
        DownItem::Change { change, .. } => change.len() + 24,
        DownItem::ServerChange { change, .. } => change.len() + 20,
        DownItem::Enter(_) | DownItem::Leave(_) | DownItem::Purge { .. } => 20,
    }
}
