//! Bytes on the wire: new cases, appended steps and small edits, ours in frames against Automerge's sync protocol and
//! compressed JSON.

use crate::{
    baseline,
    records::{Case, followup},
    table::{Table, timed},
};
use automerge::sync::State;
use shared::{
    document::{
        actor::ActorId,
        change::Change,
        content::{Edit, Fact},
        fold::Document,
    },
    entropy::Seeded,
    model::{
        ids::{DeviceId, EventId},
        record::{DocKind, DocumentId},
    },
    sync::frames::{Writing, up},
};

/// Records measured: as many as an outbox full of a day's work.
const RECORDS: usize = 1_000;
/// Who answers and corrects them: a frame up comes from one device, so its changes have one author.
const OFFICER: usize = 40;

/// One document and its first change, as the author's device holds it.
pub(crate) struct Held {
    pub(crate) id: DocumentId,
    pub(crate) document: Document,
    pub(crate) first: Change,
}

pub(crate) fn actor(author: usize) -> ActorId {
    let mut bytes = [0x5a; 10];
    bytes[..8].copy_from_slice(&(author as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    ActorId::device(DeviceId(bytes), 1)
}

fn create(id: DocumentId, author: usize, edits: &[Edit]) -> Option<Held> {
    let mut document = Document::new(id.kind);
    let first = document.write(actor(author), edits).ok()??;
    document.apply(&first);
    Some(Held { id, document, first })
}

/// Both documents of each case, case first.
pub(crate) fn create_all(cases: &[Case]) -> Vec<Held> {
    cases
        .iter()
        .flat_map(|case| {
            [(DocKind::Case, &case.case), (DocKind::Contact, &case.contact)]
                .into_iter()
                .filter_map(|(kind, edits)| create(DocumentId::first(case.record, kind), case.author, edits))
        })
        .collect()
}

fn frame_bytes(items: &[(DocumentId, &Change)], per_frame: usize) -> usize {
    let frame = |chunk: &[(DocumentId, &Change)]| {
        let items: Vec<_> = chunk
            .iter()
            .map(|(document, change)| up::UpItem { document: *document, change: change.raw(), receipt: None })
            .collect();
        up::write(&items, Writing::default()).map_or(0, |bytes| bytes.len())
    };
    items.chunks(per_frame).map(frame).sum()
}

fn per(bytes: usize, count: usize) -> String {
    format!("{:.0} B", bytes as f64 / count as f64)
}

/// Measures and adds the rows.
pub(crate) fn measure(cases: &[Case], table: &mut Table) {
    let cases = &cases[..RECORDS];
    let mut held = create_all(cases);
    let created: Vec<_> = held.iter().map(|h| (h.id, &h.first)).collect();
    let ours = frame_bytes(&created, 200);

    let jsons: Vec<&str> = cases.iter().map(|case| case.json.as_str()).collect();
    let mut clients = baseline::documents(&jsons);
    let mut servers = vec![automerge::AutoCommit::new(); clients.len()];
    let mut states = vec![(State::new(), State::new()); clients.len()];
    let pushed = baseline::automerge_sync(&mut clients, &mut servers, &mut states);
    let json = baseline::zstd_bytes(&jsons, 100, 9);
    table.row(
        "bytes per new case (case + contact documents), up, frames of 100 cases",
        per(ours, RECORDS),
        format!(
            "Automerge sync {} up + {} down, JSON zstd {}",
            per(pushed.up, RECORDS),
            per(pushed.down, RECORDS),
            per(json, RECORDS)
        ),
        "≤ 600 B",
    );
    let mut peers: Peers<'_> = (&mut clients, &mut servers, &mut states);
    steps(&mut held, &mut peers, table);
    edits(&mut held, &mut peers, table);
    reconnect(&mut peers, table);
}

type Peers<'a> = (&'a mut Vec<automerge::AutoCommit>, &'a mut Vec<automerge::AutoCommit>, &'a mut Vec<(State, State)>);

fn steps(held: &mut [Held], peers: &mut Peers<'_>, table: &mut Table) {
    let mut entropy = Seeded::new(7);
    let mut changes = Vec::new();
    let mut texts = Vec::new();
    for held in held.iter_mut().step_by(2) {
        let first = held.document.content().events.keys().next().copied().unwrap_or(EventId([0; 8]));
        let (id, text) = followup(&mut entropy, OFFICER, first);
        if let Ok(Some(change)) = held.document.write(actor(OFFICER), &[Edit::Event { id, text: text.clone() }]) {
            held.document.apply(&change);
            changes.push((held.id, change));
        }
        texts.push((id, text));
    }
    for (client, (id, text)) in peers.0.iter_mut().zip(&texts) {
        baseline::append(client, &format!("events.{id}"), text);
    }
    let theirs = baseline::automerge_sync(peers.0, peers.1, peers.2);
    let borrowed: Vec<_> = changes.iter().map(|(id, change)| (*id, change)).collect();
    let notes: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    table.row(
        "bytes per appended step (note of 80 characters), frames of 20",
        per(frame_bytes(&borrowed, 20), changes.len()),
        format!(
            "Automerge sync {}, JSON zstd {}",
            per(theirs.up + theirs.down, changes.len()),
            per(baseline::zstd_bytes(&notes, 20, 9), changes.len())
        ),
        "≤ 120 B",
    );
}

fn edits(held: &mut [Held], peers: &mut Peers<'_>, table: &mut Table) {
    let mut changes = Vec::new();
    for (i, held) in held.iter_mut().step_by(2).enumerate() {
        let edit = Edit::Put { key: "sector".into(), fact: Fact::from(["education", "cccm", "erl"][i % 3]) };
        if let Ok(Some(change)) = held.document.write(actor(OFFICER), &[edit]) {
            held.document.apply(&change);
            changes.push((held.id, change));
        }
    }
    for (i, client) in peers.0.iter_mut().enumerate() {
        baseline::append(client, "case.sector", ["education", "cccm", "erl"][i % 3]);
    }
    let theirs = baseline::automerge_sync(peers.0, peers.1, peers.2);
    let borrowed: Vec<_> = changes.iter().map(|(id, change)| (*id, change)).collect();
    table.row(
        "bytes per small edit, frames of 20",
        per(frame_bytes(&borrowed, 20), changes.len()),
        format!("Automerge sync {}", per(theirs.up + theirs.down, changes.len())),
        "≤ 45 B",
    );
}

fn reconnect(peers: &mut Peers<'_>, table: &mut Table) {
    // Both sides kept what the protocol lets them keep.
    for (mine, theirs) in peers.2.iter_mut() {
        for state in [mine, theirs] {
            *state = State::decode(&state.encode()).unwrap_or_default();
        }
    }
    let (theirs, time) = timed(|| baseline::automerge_sync(peers.0, peers.1, peers.2));
    let scaled = (theirs.up + theirs.down) * 10_000 / RECORDS;
    table.row(
        "reconnect, nothing changed: Automerge sync for 10,000 documents (scaled from 1,000)",
        "see below".into(),
        format!("{scaled} B, {} messages, {:.1} s", 2 * 10_000, time.as_secs_f64() * 10.0),
        "≤ 400 B, 1 request",
    );
}
