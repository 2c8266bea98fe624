//! Backup and restore. Keys, certificates and the purge ledger stay outside: a backup alone opens nothing it should not, and
//! what was purged stays purged.

use super::{DATABASE, OpenError, Server, error::WorkError, sweep::purge_now};
use crate::{
    audit::{Audit, Deed, Witness, checkpoint},
    keys::{Keys, read_database_key},
    storage::{OpenOptions, Storage, StorageError},
};
use shared::model::{
    dates::UnixSeconds,
    record::{DocKind, DocumentId},
};
use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Name of the purge ledger, beside the keys.
const LEDGER: &str = "purges.txt";

/// Why a backup can't be restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The file is not a database of this deployment.
    #[error("the backup can't be opened with this deployment's keys")]
    NotOurs(#[source] StorageError),
    /// The folder or the file could not be used.
    #[error("files could not be moved")]
    File(#[from] io::Error),
    /// The restored deployment can't be opened.
    #[error("the restored deployment can't be opened")]
    Open(#[from] OpenError),
    /// The new epoch could not be begun.
    #[error("the restored deployment can't be brought up to date")]
    Work(#[from] WorkError),
}

impl Server {
    /// Copies the database as of one moment into a new file. Others go on working.
    ///
    /// # Errors
    /// A fault of storage, also if the file exists.
    pub fn backup(&self, now: UnixSeconds, to: &Path) -> Result<(), WorkError> {
        self.storage()
            .write(move |tx| Ok::<_, WorkError>(Audit::new(tx, Witness::server(now)).note(Deed::BackedUp, "", "")?))?;
        Ok(self.storage().copy_to(to)?)
    }

    /// Puts a backup in the place of the database in `folder` and begins a new epoch. The old database is kept beside it.
    /// Purges since the backup are carried out again before anything else.
    ///
    /// # Errors
    /// [`RestoreError`]; if the backup can't be opened, the old database stays where it is.
    pub fn restore(folder: &Path, from: &Path, now: UnixSeconds) -> Result<Self, RestoreError> {
        let keys_folder = folder.join(super::KEYS);
        Keys::open(&keys_folder).map_err(OpenError::from)?;
        let key = read_database_key(&keys_folder).map_err(OpenError::from)?;
        let trial = folder.join("restoring.db");
        remove_database(&trial)?;
        fs::copy(from, &trial)?;
        // Opening it proves that it is whole enough and ours before anything is moved.
        match Storage::open(&trial, OpenOptions { key }) {
            Ok(storage) => storage.read(|tx| tx.deployment()).map_err(RestoreError::NotOurs)?.ok_or_else(not_ours)?,
            Err(error) => {
                remove_database(&trial)?;
                return Err(RestoreError::NotOurs(error));
            }
        };
        let database = folder.join(DATABASE);
        let highest = highest_epoch(folder)?;
        for suffix in ["", "-wal", "-shm"] {
            let old = with_suffix(&database, suffix);
            if old.exists() {
                fs::rename(&old, with_suffix(&folder.join(format!("before-restore-{}.db", now.0)), suffix))?;
            }
        }
        for suffix in ["", "-wal", "-shm"] {
            let new = with_suffix(&trial, suffix);
            if new.exists() {
                fs::rename(&new, with_suffix(&database, suffix))?;
            }
        }
        // Checkpoints since the backup are of lines that the restored log does not have.
        checkpoint::put_aside(folder, now)?;
        let server = Self::open(folder)?;
        server.begin_epoch(now, highest)?;
        Ok(server)
    }

    /// A new epoch, so that no place in an order is ever given twice.
    fn begin_epoch(&self, now: UnixSeconds, highest: u32) -> Result<(), WorkError> {
        let epoch = self.storage().write(move |tx| {
            let deployment = tx.deployment()?.ok_or(WorkError::Inconsistent("no deployment"))?;
            let epoch = deployment.epoch.max(highest).saturating_add(1);
            tx.set_epoch(epoch)?;
            Audit::new(tx, Witness::server(now)).note(Deed::Restored, &epoch.to_string(), "")?;
            Ok::<_, WorkError>(epoch)
        })?;
        write_epoch(self.folder(), epoch).map_err(StorageError::from)?;
        self.publish_again(now)?;
        self.purge_again(now)
    }

    /// Carries out every purge of the ledger that the database does not know.
    ///
    /// # Errors
    /// A fault of storage or of the ledger's file.
    pub fn purge_again(&self, now: UnixSeconds) -> Result<(), WorkError> {
        let ledger = self.ledger()?;
        let due: Vec<(DocumentId, String)> = self.storage().read(|tx| {
            let mut due = Vec::new();
            for line in ledger.lines() {
                let mut cells = line.split(' ');
                let Some(document) = cells.next().and_then(|id| id.parse::<DocumentId>().ok()) else { continue };
                if !tx.is_purged(document)? {
                    // Why it went says what becomes of changes that still come of it.
                    due.push((document, cells.nth(1).unwrap_or("ledger").to_owned()));
                }
            }
            Ok::<_, WorkError>(due)
        })?;
        if due.is_empty() {
            return Ok(());
        }
        let cases = due.iter().any(|(document, _)| document.kind == DocKind::Case);
        self.storage().write(move |tx| due.iter().try_for_each(|(document, why)| purge_now(tx, now, *document, why)))?;
        if cases {
            // A case that goes this way still stands in the sums.
            self.rebuild_rows(now)?;
        }
        Ok(self.storage().truncate_log()?)
    }

    /// What a transaction purged: written down outside of the database, and gone from its log too.
    pub(super) fn purged(&self, now: UnixSeconds, purged: &[(DocumentId, &'static str)]) -> Result<(), WorkError> {
        for (document, why) in purged {
            self.note_in_ledger(now, *document, why)?;
        }
        if purged.is_empty() { Ok(()) } else { Ok(self.storage().truncate_log()?) }
    }

    /// Writes down what was purged in a transaction after which this program ended before it could.
    pub(super) fn complete_ledger(&self) -> Result<(), WorkError> {
        let ledger = self.ledger()?;
        let known: BTreeSet<&str> = ledger.lines().filter_map(|line| line.split(' ').next()).collect();
        let tombstones: Vec<(DocumentId, UnixSeconds, String)> = self.storage().read(|tx| tx.tombstones())?;
        for (document, at, why) in tombstones.iter().filter(|(document, ..)| !known.contains(document.to_string().as_str())) {
            self.note_in_ledger(*at, *document, why)?;
        }
        Ok(())
    }

    fn ledger(&self) -> Result<String, WorkError> {
        match fs::read_to_string(self.folder().join(super::KEYS).join(LEDGER)) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(StorageError::from(error).into()),
        }
    }

    /// Writes a purge down outside of the database, and waits until it is on disk.
    pub(super) fn note_in_ledger(&self, now: UnixSeconds, document: DocumentId, why: &str) -> Result<(), WorkError> {
        let path = self.folder().join(super::KEYS).join(LEDGER);
        let append = || {
            let mut file = fs::OpenOptions::new().create(true).append(true).open(path)?;
            writeln!(file, "{document} {} {why}", now.0)?;
            file.sync_all()
        };
        Ok(append().map_err(StorageError::from)?)
    }
}

/// The highest epoch this folder has seen; kept outside the backup, since an older backup may have fallen behind it.
fn highest_epoch(folder: &Path) -> io::Result<u32> {
    match fs::read_to_string(folder.join(super::KEYS).join("epoch.txt")) {
        Ok(text) => Ok(text.trim().parse().unwrap_or(1)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(1),
        Err(error) => Err(error),
    }
}

fn write_epoch(folder: &Path, epoch: u32) -> io::Result<()> {
    fs::write(folder.join(super::KEYS).join("epoch.txt"), epoch.to_string())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove_database(path: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let file = with_suffix(path, suffix);
        if file.exists() {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

fn not_ours() -> RestoreError {
    RestoreError::NotOurs(StorageError::Unreadable("deployment"))
}
