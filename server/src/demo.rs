//! The demo: one person per role in an empty deployment. Not for real complaints: its passwords are public.

use crate::work::{DATABASE, OpenError, Server, accounts::NewAccount, error::WorkError, passwords::HashCost};
use shared::{
    entropy::Entropy,
    model::{dates::UnixSeconds, role::Role},
    settings::{Person, default::DefaultsError},
};
use std::path::Path;

/// Password of every demo account. Public, so the demo listens on this machine only.
pub const PASSWORD: &str = "sada-demo-2026";

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The default settings are malformed.
    #[error("the default settings can't be read")]
    Settings(#[from] DefaultsError),
    /// The deployment can't be made or opened.
    #[error("the demo's deployment can't be used")]
    Open(#[from] OpenError),
    /// The server did not do its work.
    #[error("the demo's server failed")]
    Work(#[from] WorkError),
}

/// The deployment in `folder`; made first if there is none. `say` is told what is happening.
///
/// # Errors
/// [`DemoError`].
pub fn open_or_make(
    folder: &Path,
    now: UnixSeconds,
    chance: &mut impl Entropy,
    say: &mut dyn FnMut(&str),
) -> Result<Server, DemoError> {
    let server = if folder.join(DATABASE).exists() { Server::open(folder)? } else { make(folder, now, chance)? };
    for role in Role::ALL {
        say(&format!("log-in {} · password {PASSWORD}", role.id()));
    }
    Ok(server)
}

fn make(folder: &Path, now: UnixSeconds, chance: &mut impl Entropy) -> Result<Server, DemoError> {
    let settings = shared::settings::default::default()?;
    let server = Server::init(folder, false, now, chance, settings)?.with_hash_cost(HashCost::SIMULATED);
    for (i, role) in (1..).zip(Role::ALL) {
        let person = Person {
            id: format!("u{i}").as_str().into(),
            name: role.id().to_owned(),
            role,
            areas: Vec::new(),
            projects: Vec::new(),
            line_manager: None,
            deputy: None,
            absent: false,
            partner: String::new(),
            inactive: false,
        };
        server.add_account(now, chance, NewAccount { login: role.id().to_owned(), password: PASSWORD.to_owned().into(), person })?;
    }
    Ok(server)
}
