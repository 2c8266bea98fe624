//! Checkpoints: where the audit log stood at a moment, signed, in a file beside the database that can be copied away. The chain shows
//! a line changed within the log; a checkpoint kept elsewhere shows a log that was cut short or written anew as a whole.
//! Knows no database.

use shared::{
    model::{dates::UnixSeconds, ids::ChangeHash},
    sync::signing::{PublicKey, ServerKey},
};
use std::{
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    str::FromStr,
};

/// Name of the file in the data folder.
const FILE: &str = "audit-checkpoints.txt";

/// Where the log stood. Text form, one line: `1 <line> <unix seconds> <hash> <signature>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Number of the last line.
    pub line: u64,
    /// When, by the server's clock.
    pub at: UnixSeconds,
    /// That line's hash.
    pub hash: [u8; 32],
    signature: [u8; 64],
}

/// A line of the file that is no checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint")]
pub struct BadCheckpoint;

impl Checkpoint {
    /// Signs where the log stands.
    #[must_use]
    pub fn sign(line: u64, at: UnixSeconds, hash: [u8; 32], key: &ServerKey) -> Self {
        Self { line, at, hash, signature: key.sign_checkpoint(line, at, &hash) }
    }

    /// Whether `server` signed it.
    #[must_use]
    pub fn holds(&self, server: &PublicKey) -> bool {
        server.signed_checkpoint(self.line, self.at, &self.hash, &self.signature)
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1 {} {} {} ", self.line, self.at.0, ChangeHash(self.hash))?;
        self.signature.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Checkpoint {
    type Err = BadCheckpoint;
    fn from_str(text: &str) -> Result<Self, BadCheckpoint> {
        let parts: Vec<&str> = text.split(' ').collect();
        let ["1", line, at, hash, signature] = parts.as_slice() else { return Err(BadCheckpoint) };
        let (first, second) = signature.split_at_checked(64).ok_or(BadCheckpoint)?;
        // A signature is twice as long as a hash and has the same digits.
        let half = |text: &str| text.parse::<ChangeHash>().map(|hash| hash.0).map_err(|_| BadCheckpoint);
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&half(first)?);
        bytes[32..].copy_from_slice(&half(second)?);
        Ok(Self {
            line: line.parse().map_err(|_| BadCheckpoint)?,
            at: UnixSeconds(at.parse().map_err(|_| BadCheckpoint)?),
            hash: half(hash)?,
            signature: bytes,
        })
    }
}

/// The deployment's file of checkpoints.
#[must_use]
pub fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// The checkpoints of a file, oldest first; none if there is no file.
///
/// # Errors
/// What the file system says; a line that is no checkpoint is [`io::ErrorKind::InvalidData`].
pub fn read(file: &Path) -> io::Result<Vec<Checkpoint>> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    text.lines().map(|line| line.parse().map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))).collect()
}

/// Adds a checkpoint, and waits until it is on disk.
///
/// # Errors
/// What the file system says.
pub fn append(file: &Path, checkpoint: &Checkpoint) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().create(true).append(true).open(file)?;
    writeln!(file, "{checkpoint}")?;
    file.sync_all()
}

/// A restored log begins earlier than checkpoints that were made since the backup: they are put aside, not deleted.
///
/// # Errors
/// What the file system says.
pub fn put_aside(folder: &Path, now: UnixSeconds) -> io::Result<()> {
    let from = file(folder);
    if !from.exists() {
        return Ok(());
    }
    fs::rename(from, folder.join(format!("audit-checkpoints-before-restore-{}.txt", now.0)))
}

#[cfg(test)]
mod tests {
    use super::Checkpoint;
    use shared::{model::dates::UnixSeconds, sync::signing::ServerKey};

    #[test]
    fn a_checkpoint_survives_its_text_and_holds_for_one_server_only() {
        let (key, other) = (ServerKey::from_secret(&[1; 32]), ServerKey::from_secret(&[2; 32]));
        let made = Checkpoint::sign(7, UnixSeconds(1_795_500_000), [9; 32], &key);
        let read: Checkpoint = made.to_string().parse().unwrap();
        assert_eq!(read, made);
        assert!(read.holds(&key.public()) && !read.holds(&other.public()));
        for (from, to) in [(" 7 ", " 8 "), (" 1795500000 ", " 1795500001 "), ("0909", "0908")] {
            let changed: Checkpoint = made.to_string().replacen(from, to, 1).parse().unwrap();
            assert!(!changed.holds(&key.public()), "{from}");
        }
        for text in ["", "1", "2 7 1 0 0", &made.to_string()[..200], "1 7 1795500000 é é"] {
            assert!(text.parse::<Checkpoint>().is_err(), "{text}");
        }
    }
}
