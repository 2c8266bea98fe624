//! Opening what is sealed of one case with recovery kits: when its focal points' keys are lost, with as many managers present as it
//! takes. Written down before it is done. Nothing opened stays here.

use super::{Server, desk, error::WorkError, recovery::RecoveryError};
use crate::audit::{Audit, Deed, Witness};
use serde_json::{Value, json};
use shared::{
    document::content::Content,
    model::{dates::UnixSeconds, ids::RecordId, record::DocKind},
    seal::{
        SecretKey,
        kit::{self, Kit},
    },
    sealed::{self, Body, Said},
};
use std::collections::BTreeMap;

impl Server {
    /// Everything sealed of the case with this receipt number, as JSON: one entry for each thing that was told.
    ///
    /// # Errors
    /// [`RecoveryError`]; nothing was opened then.
    pub fn open_sealed(&self, now: UnixSeconds, ref_no: &str, kits: &[Kit]) -> Result<Value, RecoveryError> {
        let recovery = self.key_book()?.recovery().ok_or(RecoveryError::NotBegun)?;
        if let Some(foreign) = kits.iter().find(|kit| !kit.is_of(recovery)) {
            return Err(RecoveryError::Foreign(foreign.number()));
        }
        let key = kit::open(kits)?;
        let digits: String = ref_no.chars().filter(char::is_ascii_digit).collect();
        let (record, documents) = self.sealed_documents(&digits)?.ok_or(RecoveryError::NothingSealed)?;
        let numbers = kits.iter().map(|kit| kit.number().to_string()).collect::<Vec<_>>().join("+");
        self.storage().write(move |tx| {
            Ok::<_, WorkError>(Audit::new(tx, Witness::server(now)).note(Deed::RecoveryOpened, &record.to_string(), &numbers)?)
        })?;
        Ok(json!({ "ref_no": digits, "record": record.to_string(), "told": told(record, &documents, &key) }))
    }

    /// The record with this number and its sealed documents, oldest generation first; none if nothing of it is sealed.
    fn sealed_documents(&self, ref_no: &str) -> Result<Option<(RecordId, Vec<Content>)>, WorkError> {
        let ref_no = ref_no.to_owned();
        self.storage().read(|tx| {
            let Some(record) = tx.ref_number(&ref_no)?.and_then(|held| held.record) else { return Ok(None) };
            let loaded = desk::load(tx, record)?;
            let sealed = loaded.docs.iter().filter(|(id, _)| id.kind == DocKind::Sealed);
            let contents: Vec<Content> = sealed.map(|(_, doc)| doc.document.content()).collect();
            Ok((!contents.is_empty()).then_some((record, contents)))
        })
    }
}

/// What each key says, by the newest generation that opens.
fn told(record: RecordId, documents: &[Content], key: &SecretKey) -> Vec<Value> {
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    for content in documents {
        for Body { key: name, said, .. } in sealed::bodies(content, record, key) {
            match said {
                Ok(said) => {
                    found.insert(name, written(&said));
                }
                Err(why) => {
                    found.entry(name).or_insert_with(|| json!({ "not_opened": why.to_string() }));
                }
            }
        }
    }
    found.into_iter().map(|(name, said)| json!({ "key": name, "said": said })).collect()
}

fn written(said: &Said) -> Value {
    match said {
        Said::Intake(facts) | Said::Step(_, facts) => json!(facts),
        Said::Raised(case) => json!(case),
        Said::Late(late) => json!(late),
    }
}
