//! Closes the folder: every file with a version made from all of them goes into the service worker, and what compresses gets its `.br`.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::BundleError;

/// What a server sends as `.br`; fonts and PNGs are compressed already.
const COMPRESSIBLE: [&str; 7] = ["wasm", "js", "css", "html", "svg", "webmanifest", "txt"];

/// Never cached by the service worker: itself (the browser checks it for updates), and what no screen loads. The system takes the
/// pictures when a person installs the app, and keeps them itself.
const NOT_CACHED: [&str; 6] =
    ["/sw.js", "/fonts/LICENSE.txt", "/icon-180.png", "/icon-192.png", "/icon-512.png", "/icon-maskable-512.png"];

/// The folder of what a first visit need not wait for: kept with the rest, loaded after it.
pub(crate) const LATER: &str = "later";

/// Writes version and list into `sw.js`, then the compressed copies. Gives the version: 16 hex digits.
///
/// # Errors
/// [`BundleError::Template`] if `sw.js` has no place for them; [`BundleError::Program`] if brotli is missing or fails.
pub(crate) fn seal(out: &Path, cache: &Path) -> Result<String, BundleError> {
    let files = files_below(out)?;
    let worker = out.join("sw.js");
    let template = std::fs::read_to_string(&worker).map_err(|e| BundleError::file(&worker, e))?;
    let mut parts = vec![template.clone().into_bytes()];
    let mut cached = Vec::new();
    for (url, path) in files.iter().filter(|(url, _)| !NOT_CACHED.contains(&url.as_str())) {
        parts.push(url.clone().into_bytes());
        parts.push(std::fs::read(path).map_err(|e| BundleError::file(path, e))?);
        cached.push(url);
    }
    let version = hash(parts.iter().map(Vec::as_slice));
    let script = fill(&fill(&template, "__VERSION__", &version)?, "__FILES__", &serde_json::to_string(&cached)?)?;
    std::fs::write(&worker, script).map_err(|e| BundleError::file(&worker, e))?;
    for (_, path) in &files {
        if path.extension().and_then(|e| e.to_str()).is_some_and(|e| COMPRESSIBLE.contains(&e)) {
            compress(path, cache)?;
        }
    }
    Ok(version)
}

/// What goes over the wire, in bytes, compressed where a compressed copy stands beside it.
pub(crate) struct WireBytes {
    /// What a first visit waits for.
    pub(crate) first: u64,
    /// What is loaded and kept after it.
    pub(crate) later: u64,
}

/// Counts what a packed folder sends.
///
/// # Errors
/// [`BundleError::File`] if the folder can't be read.
pub(crate) fn wire_bytes(out: &Path) -> Result<WireBytes, BundleError> {
    let mut sum = WireBytes { first: 0, later: 0 };
    for (url, path) in files_below(out)? {
        let compressed = out.join(format!("{}.br", &url[1..]));
        let sent = if compressed.exists() { compressed } else { path };
        if !NOT_CACHED.contains(&url.as_str()) {
            let bytes = std::fs::metadata(&sent).map_err(|e| BundleError::file(&sent, e))?.len();
            *if url[1..].split('/').next() == Some(LATER) { &mut sum.later } else { &mut sum.first } += bytes;
        }
    }
    Ok(sum)
}

/// `SADA_FAST_WEB` asks for a quick look: larger files, packed in seconds.
pub(crate) fn is_fast() -> bool {
    std::env::var_os("SADA_FAST_WEB").is_some()
}

/// First 16 hex digits of the SHA-256 over the parts.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// All files with their URL, in order of URL, without compressed copies.
fn files_below(out: &Path) -> Result<Vec<(String, PathBuf)>, BundleError> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), out.to_owned())];
    while let Some((url, folder)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| BundleError::file(&folder, e))? {
            let path = entry.map_err(|e| BundleError::file(&folder, e))?.path();
            let url = format!("{url}/{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                folders.push((url, path));
            } else if path.extension().is_none_or(|e| e != "br") {
                found.push((url, path));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn fill(text: &str, place: &'static str, value: &str) -> Result<String, BundleError> {
    if !text.contains(place) {
        return Err(BundleError::Template(place));
    }
    Ok(text.replace(place, value))
}

/// The compressed copy comes from the cache if these bytes were compressed before: `-q 11` takes seconds on a module.
fn compress(path: &Path, cache: &Path) -> Result<(), BundleError> {
    let bytes = std::fs::read(path).map_err(|e| BundleError::file(path, e))?;
    let quality = if is_fast() { "4" } else { "11" };
    let kept = cache.join(format!("{}-{quality}.br", hash([bytes.as_slice()])));
    if !kept.exists() {
        let status = std::process::Command::new("brotli").args(["-q", quality, "-f", "-o"]).arg(&kept).arg(path).status();
        if !status.map_err(|e| BundleError::file(Path::new("brotli"), e))?.success() {
            return Err(BundleError::Program { program: "brotli", path: path.to_owned() });
        }
    }
    let mut copy = path.as_os_str().to_owned();
    copy.push(".br");
    std::fs::copy(&kept, &copy).map(|_| ()).map_err(|e| BundleError::file(&kept, e))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use super::{hash, seal, wire_bytes};

    /// A web app of two files in a folder that goes with the test.
    struct App(PathBuf);

    impl App {
        fn new(name: &str, script: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("sada-bundle-{}-{name}", std::process::id()));
            for part in ["out/snippets", "cache"] {
                fs::create_dir_all(folder.join(part)).unwrap();
            }
            fs::write(folder.join("out/index.html"), "<p>صدى").unwrap();
            fs::write(folder.join("out/snippets/a.js"), script).unwrap();
            let app = Self(folder);
            app.write_worker();
            app
        }

        fn write_worker(&self) {
            fs::write(self.0.join("out/sw.js"), "const CACHE = '__VERSION__', FILES = __FILES__;").unwrap();
        }

        fn seal(&self) -> String {
            seal(&self.0.join("out"), &self.0.join("cache")).unwrap()
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.0.join("out").join(name)).unwrap()
        }
    }

    impl Drop for App {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    #[test]
    fn the_service_worker_knows_every_file_but_itself() {
        let app = App::new("list", "1");
        let version = app.seal();
        assert_eq!(app.read("sw.js"), format!("const CACHE = '{version}', FILES = [\"/index.html\",\"/snippets/a.js\"];"));
        assert!(app.0.join("out/snippets/a.js.br").exists());
    }

    #[test]
    fn what_is_loaded_after_a_first_visit_is_kept_too_and_counted_apart() {
        let app = App::new("later", "1");
        app.seal();
        let before = wire_bytes(&app.0.join("out")).unwrap();
        assert!(before.first > 0);
        assert_eq!(before.later, 0);
        fs::create_dir(app.0.join("out/later")).unwrap();
        fs::write(app.0.join("out/later/1.bin"), [0; 7]).unwrap();
        fs::write(app.0.join("out/later.bin"), [0; 5]).unwrap();
        app.write_worker();
        app.seal();
        assert!(app.read("sw.js").contains("/later/1.bin"));
        let wire = wire_bytes(&app.0.join("out")).unwrap();
        assert_eq!((wire.first - before.first, wire.later), (5, 7));
    }

    #[test]
    fn the_version_changes_with_any_file_and_only_then() {
        assert_eq!(App::new("same", "1").seal(), App::new("same again", "1").seal());
        assert_ne!(App::new("one", "1").seal(), App::new("two", "2").seal());
        assert_ne!(hash([b"ab".as_slice()]), hash([b"ac".as_slice()]));
    }

    #[test]
    fn a_service_worker_without_its_places_is_refused() {
        let app = App::new("template", "1");
        fs::write(app.0.join("out/sw.js"), "const CACHE = 'x', FILES = __FILES__;").unwrap();
        assert!(seal(&app.0.join("out"), &app.0.join("cache")).is_err());
    }
}
