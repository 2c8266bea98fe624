//! Reading, checking and exporting the audit log.

use super::{Server, error::WorkError, session::Session};
use crate::{
    audit::{
        Audit, Deed, Witness, chain_of,
        checkpoint::{self, Checkpoint},
    },
    storage::{StorageError, audit_log::AuditLine},
};
use serde::Serialize;
use shared::model::dates::UnixSeconds;
use std::{
    collections::BTreeMap,
    fmt,
    io::{self, Write},
};

/// What checking the log found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Every line follows on the one before, and every checkpoint is met.
    Holds {
        /// Lines.
        lines: u64,
        /// Checkpoints met.
        checkpoints: usize,
    },
    /// This line was changed, or the one before it is missing.
    Broken(u64),
    /// The log ends before this line, of which there is a checkpoint.
    Cut(u64),
    /// The chain holds, but this line is not the one of which there is a checkpoint: the log was written anew.
    Rewritten(u64),
    /// The checkpoint of this line is not signed by this server.
    Forged(u64),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds { lines, checkpoints } => write!(f, "{lines} lines hold and meet {checkpoints} checkpoints"),
            Self::Broken(line) => write!(f, "line {line} of the audit log was changed, or the one before it is missing"),
            Self::Cut(line) => write!(f, "the audit log ends before line {line}, of which there is a checkpoint"),
            Self::Rewritten(line) => {
                write!(f, "the audit log was written anew: line {line} is not the one of which there is a checkpoint")
            }
            Self::Forged(line) => write!(f, "the checkpoint of line {line} is not signed by this server"),
        }
    }
}

/// A line as exported.
#[derive(Serialize)]
struct Exported<'a> {
    line: u64,
    at: i64,
    user: &'a str,
    device: String,
    action: &'a str,
    object: &'a str,
    detail: &'a str,
    hash: String,
}

impl Server {
    /// The last `most` lines of the audit log, newest first.
    ///
    /// # Errors
    /// A fault of storage.
    pub fn last_audit_lines(&self, most: u32) -> Result<Vec<AuditLine>, WorkError> {
        self.storage().read(|tx| Ok(tx.last_audit_lines(most)?))
    }

    /// The same for someone who asked, which is noted first: the log says who read which case.
    ///
    /// # Errors
    /// As [`Self::last_audit_lines`], and a refusal for roles that may not.
    pub fn show_audit(&self, now: UnixSeconds, session: &Session, most: u32) -> Result<Vec<AuditLine>, WorkError> {
        session.check_use("audit")?;
        let witness = session.witness(now);
        self.storage().write(move |tx| {
            Ok::<_, WorkError>(Audit::new(tx, witness).note(Deed::AuditExported, "last", &most.to_string())?)
        })?;
        self.last_audit_lines(most)
    }

    /// Checks the whole log against its own chain and against checkpoints, kept here or elsewhere.
    ///
    /// # Errors
    /// A fault of storage.
    pub fn check_audit(&self, checkpoints: &[Checkpoint]) -> Result<Finding, WorkError> {
        let server = self.keys().signing().public();
        if let Some(forged) = checkpoints.iter().find(|checkpoint| !checkpoint.holds(&server)) {
            return Ok(Finding::Forged(forged.line));
        }
        let mut expected: BTreeMap<u64, Vec<[u8; 32]>> = BTreeMap::new();
        for checkpoint in checkpoints {
            expected.entry(checkpoint.line).or_default().push(checkpoint.hash);
        }
        let (mut lines, mut before, mut found) = (0, [0; 32], None);
        self.storage().read(|tx| {
            tx.audit_lines(|line| {
                if line.seq != lines + 1 || chain_of(&before, &line) != line.hash {
                    found = Some(Finding::Broken(line.seq));
                } else if expected.remove(&line.seq).is_some_and(|hashes| hashes.iter().any(|hash| *hash != line.hash)) {
                    found = Some(Finding::Rewritten(line.seq));
                }
                (lines, before) = (line.seq, line.hash);
                found.is_none()
            })
        })?;
        let cut = expected.keys().find(|line| **line > 0).map(|line| Finding::Cut(*line));
        Ok(found.or(cut).unwrap_or(Finding::Holds { lines, checkpoints: checkpoints.len() }))
    }

    /// Signs where the log stands and adds it to the deployment's file, unless that says so already.
    ///
    /// # Errors
    /// A fault of storage or of the file.
    pub fn checkpoint_audit(&self, now: UnixSeconds) -> Result<Option<Checkpoint>, WorkError> {
        let file = checkpoint::file(self.folder());
        let (line, hash) = self.storage().read(|tx| tx.last_audit_line())?;
        let last = checkpoint::read(&file).map_err(StorageError::from)?.pop();
        if line == 0 || last.is_some_and(|last| last.line == line && last.hash == hash) {
            return Ok(None);
        }
        let made = Checkpoint::sign(line, now, hash, self.keys().signing());
        checkpoint::append(&file, &made).map_err(StorageError::from)?;
        Ok(Some(made))
    }

    /// Writes every line from `from` on as JSON, one a line; notes the export first. Answers how many.
    ///
    /// # Errors
    /// A fault of storage, or what `out` says.
    pub fn export_audit(&self, now: UnixSeconds, from: u64, out: &mut dyn Write) -> Result<u64, WorkError> {
        self.storage().write(move |tx| {
            Ok::<_, WorkError>(Audit::new(tx, Witness::server(now)).note(Deed::AuditExported, &from.to_string(), "")?)
        })?;
        let (mut count, mut failed) = (0, None);
        self.storage().read(|tx| {
            tx.audit_lines(|line| {
                if line.seq < from {
                    return true;
                }
                failed = write_line(&line, out).err();
                count += u64::from(failed.is_none());
                failed.is_none()
            })
        })?;
        failed.map_or(Ok(count), |error| Err(StorageError::from(error).into()))
    }
}

fn write_line(line: &AuditLine, out: &mut dyn Write) -> io::Result<()> {
    let exported = Exported {
        line: line.seq,
        at: line.at.0,
        user: line.user.as_str(),
        device: line.device.to_string(),
        action: &line.action,
        object: &line.object,
        detail: &line.detail,
        hash: line.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    writeln!(out, "{}", serde_json::to_string(&exported)?)
}
