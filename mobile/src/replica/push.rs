//! What a device sends: the outbox as frames, where it stands in each log, and, once a change is confirmed, letting go of
//! what its author may no longer hold.

use super::{
    documents::{self, ReadError},
    link::Outgoing,
    listing,
    open::Open,
    opened, own_rows,
    projection::Projecting,
    record::{Record, State},
    ref_numbers, scopes,
    storage::StoreError,
};
use rusqlite::{Connection, OptionalExtension};
use shared::{
    entropy::Entropy,
    model::{
        dates::UnixSeconds,
        devices::Shut,
        ids::{ChangeHash, DeviceId, RecordId, UserId},
        order::{Order, Receipt},
        record::{DocKind, DocumentId},
    },
    policy::{self, Action},
    rows,
    sync::{
        frames::{
            Writing,
            up::{self, UpItem},
        },
        messages::{Cursors, RepairRequest, SyncRequest, decode, encode, own_rows_tag},
        scope::list_tag,
        session::{OutboxItem, Plan, RepairStep},
    },
};
use std::collections::{BTreeMap, BTreeSet};

const SYNC: &str = "/api/v1/sync";
/// For support, and for the server's minimum.
const APP_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Everything that waits.
///
/// # Errors
/// [`StoreError`].
pub(super) fn outbox(conn: &Connection) -> Result<Vec<OutboxItem>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select o.local, o.document, length(c.raw), o.urgent, o.attempts, o.not_before
         from outbox o join change c on c.local = o.local order by o.local",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, u32>(2)? as usize, row.get(3)?, row.get(4)?, row.get(5)?))
    })?;
    rows.map(|row| {
        let (item, document, size, urgent, attempts, not_before) = row?;
        let document = DocumentId::from_bytes(&document).map_err(|_| StoreError::Unreadable("outbox"))?;
        Ok(OutboxItem { item, document, size, urgent, attempts, not_before: UnixSeconds(not_before) })
    })
    .collect()
}

/// Builds and signs the request of a plan.
///
/// # Errors
/// [`StoreError`].
pub(super) fn request(
    open: &Open,
    plan: &Plan,
    wanted: &[DocumentId],
    now: UnixSeconds,
    entropy: &mut dyn Entropy,
) -> Result<Outgoing, StoreError> {
    let conn = &open.conn;
    let (names, cursors): (Vec<_>, Vec<_>) = scopes::list(conn)?.into_iter().unzip();
    let buckets = scopes::buckets(conn)?;
    let mut frames = Vec::new();
    for frame in &plan.frames {
        frames.push(outbox_frame(conn, &frame.items, frame.full_deps)?.into());
    }
    for document in wanted {
        frames.extend(returned_frames(conn, *document)?.into_iter().map(Into::into));
    }
    let mut request = SyncRequest {
        settings: open.settings().version,
        scopes: list_tag(&names),
        cursors: Cursors(cursors),
        digest: buckets.total(),
        own_rows: own_rows_tag(&own_rows::all(conn)?),
        tallies: tallies_version(conn)?,
        ref_nos_left: u16::try_from(ref_numbers::left(conn)?).unwrap_or(u16::MAX),
        down_budget: plan.down_budget,
        down_frame: plan.down_frame,
        full_deps: plan.full_deps,
        repair: match &plan.repair {
            None => None,
            Some(RepairStep::Buckets) => Some(RepairRequest::Buckets(buckets.to_bytes())),
            Some(RepairStep::Holding(buckets)) => {
                Some(RepairRequest::Holding { buckets: buckets.clone(), held: scopes::holding(conn, buckets)? })
            }
        },
        waiting: open.unsent_count()?,
        listed: listing::wanted(conn)?,
        opened: opened::to_tell(conn)?,
        road: if open.shut() == Some(Shut::Road) { open.account.road } else { 0 },
        ..SyncRequest::bringing(frames, APP_VERSION, now, open.account.deployment_epoch)
    };
    entropy.fill(&mut request.nonce);
    open.account.key.sign_request(&mut request, &open.account.server_key);
    Ok(Outgoing {
        server: open.account.server.clone(),
        path: SYNC,
        content_type: "application/cbor",
        body: encode(&request),
        token: open.account.token.clone(),
        pins: open.account.pins.clone(),
    })
}

fn outbox_frame(conn: &Connection, items: &[i64], full_deps: bool) -> Result<Vec<u8>, StoreError> {
    let mut statement = conn.prepare_cached("select document, raw from change where local = ?1")?;
    let mut changes = Vec::with_capacity(items.len());
    for item in items {
        let (document, raw): (Vec<u8>, Vec<u8>) = statement.query_row([item], |row| Ok((row.get(0)?, row.get(1)?)))?;
        changes.push((DocumentId::from_bytes(&document).map_err(|_| StoreError::Unreadable("change"))?, raw));
    }
    let items: Vec<UpItem<'_>> =
        changes.iter().map(|(document, raw)| UpItem { document: *document, change: raw, receipt: None }).collect();
    up::write(&items, Writing { full_deps, ..Writing::default() }).map_err(|_| StoreError::Unreadable("outbox"))
}

/// Everything that waits as signed batches of a frame each, for someone to carry: nothing of where this device stands is in them.
///
/// # Errors
/// [`StoreError`].
pub(super) fn carried(open: &Open, now: UnixSeconds, entropy: &mut dyn Entropy) -> Result<Vec<SyncRequest>, StoreError> {
    let mut batches: Vec<Vec<i64>> = Vec::new();
    let mut size = usize::MAX;
    for item in outbox(&open.conn)? {
        if size.saturating_add(item.size) > MOST_RETURNED {
            batches.push(Vec::new());
            size = 0;
        }
        size += item.size;
        batches.last_mut().into_iter().for_each(|batch| batch.push(item.item));
    }
    let sign = |items: &Vec<i64>| {
        let frames = vec![outbox_frame(&open.conn, items, true)?.into()];
        let mut request = SyncRequest::bringing(frames, APP_VERSION, now, open.account.deployment_epoch);
        entropy.fill(&mut request.nonce);
        open.account.key.sign_request(&mut request, &open.account.server_key);
        Ok(request)
    };
    batches.iter().map(sign).collect()
}

/// Raw bytes of one returned frame.
const MOST_RETURNED: usize = 512 << 10;

/// Everything of a document that a restored server lacks: devices' changes with their receipts, the server's own with its code. In
/// as many frames as it takes.
fn returned_frames(conn: &Connection, document: DocumentId) -> Result<Vec<Vec<u8>>, StoreError> {
    let sql = "select raw, hash, receipt, server_mac from change where document = ?1 and (receipt is not null or server_mac is not null)
        order by local";
    let mut statement = conn.prepare_cached(sql)?;
    let unreadable = || StoreError::Unreadable("change");
    let rows = statement.query_map([document.to_bytes()], |row| {
        Ok((
            row.get::<_, Vec<u8>>(0)?,
            row.get::<_, Vec<u8>>(1)?,
            row.get::<_, Option<Vec<u8>>>(2)?,
            row.get::<_, Option<Vec<u8>>>(3)?,
        ))
    })?;
    let changes = rows
        .map(|row| {
            let (raw, hash, receipt, mac) = row?;
            let receipt = match (receipt, mac) {
                (Some(receipt), _) => decode::<Receipt>(&receipt).map_err(|_| unreadable())?,
                // Its place and time stand in its rulings.
                (None, Some(mac)) => Receipt {
                    change: ChangeHash::try_from(hash.as_slice()).map_err(|_| unreadable())?,
                    order: Order { epoch: 0, n: 0 },
                    at: UnixSeconds(0),
                    device: DeviceId([0; 10]),
                    user: UserId::default(),
                    mac: mac.as_slice().try_into().map_err(|_| unreadable())?,
                },
                (None, None) => return Err(unreadable()),
            };
            Ok((raw, receipt))
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let mut frames = Vec::new();
    let mut items: Vec<UpItem<'_>> = Vec::new();
    let mut size = 0;
    let write =
        |items: &[UpItem<'_>]| up::write(items, Writing { full_deps: true, ..Writing::default() }).map_err(|_| unreadable());
    for (raw, receipt) in &changes {
        if size + raw.len() > MOST_RETURNED && !items.is_empty() {
            frames.push(write(&items)?);
            items.clear();
            size = 0;
        }
        size += raw.len();
        items.push(UpItem { document, change: raw, receipt: Some(receipt) });
    }
    frames.push(write(&items)?);
    Ok(frames)
}

fn tallies_version(conn: &Connection) -> Result<u64, StoreError> {
    let version: Option<i64> = conn.prepare_cached("select version from tally")?.query_row([], |row| row.get(0)).optional()?;
    Ok(version.map_or(0, i64::unsigned_abs))
}

/// What became of the documents that were confirmed just now.
#[derive(Default)]
pub(super) struct LetGo {
    /// Some were deleted.
    pub any: bool,
    /// Records that stayed whole, as read on the way.
    pub kept: Vec<Record>,
}

/// Of documents confirmed just now, deletes those their author may not hold once the server has them: number, day and state
/// stay.
///
/// # Errors
/// [`StoreError`].
pub(super) fn let_go(conn: &Connection, fresh: &BTreeSet<DocumentId>, with: &Projecting<'_>) -> Result<LetGo, StoreError> {
    let mut let_go = LetGo::default();
    let Some(actor) = policy::actor(with.settings, with.own) else { return Ok(let_go) };
    let mut by_record: BTreeMap<RecordId, Vec<DocumentId>> = BTreeMap::new();
    for document in fresh {
        by_record.entry(document.record).or_default().push(*document);
    }
    let mut gone = Vec::new();
    for (record, documents) in by_record {
        match Record::read(conn, record, with.settings, with.own) {
            Ok(Some(record)) => {
                let goes = |document: &&DocumentId| {
                    let waits = record.parts.get(&document.kind).is_none_or(|part| !part.held.outbox.is_empty());
                    !waits && !record.may(document.kind, Action::Read, with.settings, &actor)
                };
                let leaving: Vec<DocumentId> = documents.iter().filter(goes).copied().collect();
                keep_own_row(conn, &record, &leaving, with)?;
                if leaving.is_empty() {
                    let_go.kept.push(record);
                }
                gone.extend(leaving);
            }
            // Its case went with an earlier answer: nothing says any more that its author may hold it.
            Ok(None) => {
                for document in documents {
                    if documents::unsent(conn, Some(document))?.is_empty() {
                        gone.push(document);
                    }
                }
            }
            Err(ReadError::Damaged(_)) => {}
            Err(ReadError::Store(error)) => return Err(error),
        }
    }
    for document in &gone {
        documents::purge(conn, *document)?;
    }
    let_go.any = !gone.is_empty();
    Ok(let_go)
}

/// Before case documents leave: what their author keeps of them.
///
/// # Errors
/// [`StoreError`].
pub(super) fn keep_own_rows(conn: &Connection, gone: &[DocumentId], with: &Projecting<'_>) -> Result<(), StoreError> {
    for document in gone.iter().filter(|document| document.kind == DocKind::Case) {
        if let Ok(Some(record)) = Record::read(conn, document.record, with.settings, with.own) {
            keep_own_row(conn, &record, &[*document], with)?;
        }
    }
    Ok(())
}

fn keep_own_row(conn: &Connection, record: &Record, gone: &[DocumentId], with: &Projecting<'_>) -> Result<(), StoreError> {
    match &record.state {
        State::Case(state) if &state.recorded_by == with.own && gone.contains(&record.document_id(record.main_kind())) => {
            own_rows::add(conn, &rows::own_row(&record.main().content, state))
        }
        _ => Ok(()),
    }
}

/// Marks a record's unsent changes as urgent: they go first.
///
/// # Errors
/// [`StoreError`].
pub(super) fn mark_urgent(conn: &Connection, record: &Record) -> Result<(), StoreError> {
    let State::Case(state) = &record.state else { return Ok(()) };
    if state.level.is_sealed() || state.urgency == shared::model::codes::Urgency::Immediate {
        conn.prepare_cached("update outbox set urgent = 1 where document in (select id from document where record = ?1)")?
            .execute([record.id.0])?;
    }
    Ok(())
}
