//! What the same data cost with Automerge's own sync protocol, and as plain JSON rows. In-process, so that only bytes and
//! work count, not a network.

use automerge::{AutoCommit, ROOT, sync::State, sync::SyncDoc, transaction::Transactable};

/// Bytes both ways until both sides have the same heads.
pub(crate) struct Exchange {
    pub(crate) up: usize,
    pub(crate) down: usize,
}

/// Documents with the same facts, as Automerge users would write them: one map, one change.
pub(crate) fn documents(jsons: &[&str]) -> Vec<AutoCommit> {
    jsons.iter().map(|json| document(json)).collect()
}

fn document(json: &str) -> AutoCommit {
    let mut doc = AutoCommit::new();
    if let Ok(serde_json::Value::Object(parts)) = serde_json::from_str(json) {
        for (part, value) in &parts {
            let serde_json::Value::Object(facts) = value else { continue };
            for (key, value) in facts {
                let key = format!("{part}.{key}");
                let put = match value {
                    serde_json::Value::Bool(flag) => doc.put(ROOT, key, *flag),
                    other => doc.put(ROOT, key, other.as_str().unwrap_or_default()),
                };
                assert!(put.is_ok(), "a fact is put at the root");
            }
        }
    }
    doc.commit();
    doc
}

/// Runs the protocol for every document until both sides are quiet.
pub(crate) fn automerge_sync(clients: &mut [AutoCommit], servers: &mut [AutoCommit], states: &mut [(State, State)]) -> Exchange {
    let (mut up, mut down) = (0, 0);
    loop {
        let mut moved = false;
        for ((client, server), (mine, theirs)) in clients.iter_mut().zip(servers.iter_mut()).zip(states.iter_mut()) {
            if let Some(message) = client.sync().generate_sync_message(mine) {
                let bytes = message.encode();
                up += bytes.len();
                moved |= receive(server, theirs, &bytes);
            }
            if let Some(message) = server.sync().generate_sync_message(theirs) {
                let bytes = message.encode();
                down += bytes.len();
                moved |= receive(client, mine, &bytes);
            }
        }
        if !moved {
            return Exchange { up, down };
        }
    }
}

fn receive(doc: &mut AutoCommit, state: &mut State, bytes: &[u8]) -> bool {
    automerge::sync::Message::decode(bytes).is_ok_and(|message| doc.sync().receive_sync_message(state, message).is_ok())
}

/// Puts one text under a new key, as an appended step.
pub(crate) fn append(doc: &mut AutoCommit, key: &str, text: &str) {
    // Not `debug_assert`, which would leave the baseline without the step in release.
    assert!(doc.put(ROOT, key, text).is_ok(), "a text is put at the root");
    doc.commit();
}

/// Bytes of the texts in zstd frames of `per_frame`.
pub(crate) fn zstd_bytes(texts: &[&str], per_frame: usize, level: i32) -> usize {
    texts
        .chunks(per_frame)
        .map(|chunk| zstd::bulk::compress(chunk.join("\n").as_bytes(), level).map_or(0, |bytes| bytes.len()))
        .sum()
}
