//! What the server does, as synchronous functions: `now` and chance are arguments, so that the simulated world calls them
//! without sockets and any run can be replayed. Uses `storage` and `shared`'s rules; never names HTTP or SQL.

pub mod accounts;
pub mod audit;
pub mod backup;
pub mod boundaries;
pub mod cases;
pub mod coverage;
pub mod devices;
pub mod enrolment;
pub mod error;
pub mod import;
pub mod key_book;
pub mod look_up;
pub mod month_end;
pub mod opening;
pub mod passwords;
mod pictures;
pub mod recovery;
mod recovery_open;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod status;
pub mod sweep;
pub mod sync;
pub mod weekly;

mod aside;
mod confidants;
mod desk;
mod joined;
mod late;
mod opened;
mod place;
mod project;
mod pull;
mod raise;
mod receive;
mod recipients;
mod rights;
mod rule;
mod same_case;
mod searched;
mod second_factor;
mod standing;
mod strangers;

use crate::{
    keys::{KeyError, Keys, read_database_key},
    storage::{OpenOptions, Storage, StorageError},
};
use error::WorkError;
use settings::InForce;
use shared::{entropy::Entropy, model::dates::UnixSeconds, settings::Settings};
use sign_in::SignInRules;
use status::Tries;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, RwLock},
};
use strangers::Strangers;

/// One deployment at work: its database, keys and settings. Cheap to clone.
#[derive(Clone)]
pub struct Server {
    inner: Arc<Inner>,
    rules: SignInRules,
}

struct Inner {
    folder: PathBuf,
    storage: Storage,
    keys: Keys,
    in_force: RwLock<Arc<InForce>>,
    status_tries: Mutex<Tries>,
    strangers: Mutex<Strangers>,
}

/// Why a deployment can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its keys can't be used.
    #[error("the deployment's keys can't be used")]
    Keys(#[from] KeyError),
    /// Its database can't be used.
    #[error("the deployment's database can't be used")]
    Storage(#[from] StorageError),
    /// Its work can't begin.
    #[error("the deployment can't be opened")]
    Work(#[from] WorkError),
    /// The folder holds no deployment: `init` has not been run.
    #[error("this folder holds no deployment; run `init` first")]
    NotInitialised,
}

/// Name of the database file in the data folder.
pub const DATABASE: &str = "sada.db";
/// Name of the folder of secrets in the data folder.
pub const KEYS: &str = "keys";

impl Server {
    /// Begins a deployment in `folder`: keys, database, first settings. `encrypted` makes and keeps a database key.
    ///
    /// # Errors
    /// [`OpenError`] if there is one already or the folder can't be written.
    pub fn init(
        folder: &Path,
        encrypted: bool,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        settings: Settings,
    ) -> Result<Self, OpenError> {
        let keys = Keys::create(&folder.join(KEYS), entropy)?;
        let key = if encrypted { Some(crate::keys::create_database_key(&folder.join(KEYS), entropy)?) } else { None };
        let storage = Storage::open(&folder.join(DATABASE), OpenOptions { key })?;
        storage.write::<_, StorageError>(move |tx| tx.insert_deployment(now))?;
        let empty = InForce::none();
        let server = Self::assemble(folder, storage, keys, empty);
        server.publish_first(now, settings)?;
        Ok(server)
    }

    /// Opens the deployment in `folder`.
    ///
    /// # Errors
    /// [`OpenError`] if it is not one, or its keys or database can't be used.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let keys = Keys::open(&folder.join(KEYS))?;
        let key = read_database_key(&folder.join(KEYS))?;
        if !folder.join(DATABASE).exists() {
            return Err(OpenError::NotInitialised);
        }
        let storage = Storage::open(&folder.join(DATABASE), OpenOptions { key })?;
        let in_force = storage.read(|tx| InForce::load(tx, keys.signing()))?;
        let server = Self::assemble(folder, storage, keys, in_force);
        server.complete_ledger()?;
        Ok(server)
    }

    fn assemble(folder: &Path, storage: Storage, keys: Keys, in_force: InForce) -> Self {
        let in_force = RwLock::new(Arc::new(in_force));
        let (status_tries, strangers) = (Mutex::default(), Mutex::default());
        let inner = Inner { folder: folder.to_owned(), storage, keys, in_force, status_tries, strangers };
        Self { inner: Arc::new(inner), rules: SignInRules::default() }
    }

    /// The same deployment with other rules for signing in.
    #[must_use]
    pub fn with_sign_in_rules(self, rules: SignInRules) -> Self {
        Self { rules, ..self }
    }

    /// The database.
    #[must_use]
    pub fn storage(&self) -> &Storage {
        &self.inner.storage
    }

    /// The deployment's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    /// The settings in force.
    #[must_use]
    pub fn in_force(&self) -> Arc<InForce> {
        self.inner.in_force.read().map_or_else(|poisoned| Arc::clone(&poisoned.into_inner()), |guard| Arc::clone(&guard))
    }

    pub(crate) fn put_in_force(&self, in_force: InForce) {
        let mut guard = self.inner.in_force.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Two publishers may come back from the writer in either order.
        if guard.settings.version < in_force.settings.version {
            *guard = Arc::new(in_force);
        }
    }
}
