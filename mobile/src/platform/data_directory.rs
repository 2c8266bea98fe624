//! Where phone and desktop keep the app's data, that only one app at a time works on it, and how much room is left there.
//! Knows nothing of what is kept.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Holds the data for this app until it is dropped.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "what holds is the open file")] File);

/// Takes hold of the data. None: another window of the app has it.
///
/// # Errors
/// The folder or its lock file can't be made.
pub fn hold() -> io::Result<Option<Held>> {
    let directory = data_directory();
    std::fs::create_dir_all(&directory)?;
    let file = File::options().create(true).truncate(false).write(true).open(directory.join("in-use"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Held(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Bytes left for an ordinary user on the disk that holds `directory`; none where the system does not tell.
#[cfg(unix)]
pub(super) fn free_bytes(directory: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(directory).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

#[cfg(not(unix))]
pub(super) fn free_bytes(_directory: &Path) -> Option<u64> {
    None
}

/// Where this platform keeps an app's data. `SADA_DATA` names another place, for a second installation on one machine.
#[cfg(not(target_os = "android"))]
pub(super) fn data_directory() -> PathBuf {
    let named = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    named("SADA_DATA")
        .or_else(|| named("XDG_DATA_HOME").map(|dir| dir.join("sada")))
        .or_else(|| named("APPDATA").map(|dir| dir.join("Sada")))
        .or_else(|| named("HOME").map(|dir| dir.join(".local/share/sada")))
        .unwrap_or_else(|| PathBuf::from("sada-data"))
}

/// The app's own folder, which no other app reads and no backup takes (`android/AndroidManifest.xml`). A process is named as its package.
#[cfg(target_os = "android")]
pub(super) fn data_directory() -> PathBuf {
    let name = std::fs::read("/proc/self/cmdline").unwrap_or_default();
    let package = name.split(|byte| matches!(byte, 0 | b':')).next().unwrap_or_default();
    Path::new("/data/data").join(String::from_utf8_lossy(package).as_ref()).join("files")
}
