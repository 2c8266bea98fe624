//! Packs the web app into one folder that any static server can serve: the wasm modules with their JavaScript, the shell from
//! `mobile/web`, styles, fonts, and a service worker that knows every file and a version made from their content.
//! Knows nothing of what the app does. `mobile/bundle/build.sh` compiles the module and calls this.

mod error;
mod imports;
mod module;
mod seal;
mod shell;

use std::path::{Path, PathBuf};

use error::BundleError;

/// Where everything lies. All paths come from the command line.
struct Arguments {
    /// The wasm as cargo left it.
    wasm: PathBuf,
    /// `mobile`: `web/` and `assets/` lie in it.
    app: PathBuf,
    /// `node_modules` with binaryen.
    npm: PathBuf,
    /// Packed module by content, so that a second run has nothing to do.
    cache: PathBuf,
    /// The folder to write; replaced as a whole.
    out: PathBuf,
}

fn main() -> std::process::ExitCode {
    match arguments(std::env::args().skip(1)).and_then(|arguments| pack(&arguments)) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            let mut text = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(inner) = cause {
                text.push_str(": ");
                text.push_str(&inner.to_string());
                cause = inner.source();
            }
            eprintln!("bundle: {text}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<Arguments, BundleError> {
    let mut next = |name: &'static str| given.next().map(PathBuf::from).ok_or(BundleError::Argument(name));
    Ok(Arguments {
        wasm: next("WASM")?,
        app: next("APP_DIR")?,
        npm: next("NODE_MODULES")?,
        cache: next("CACHE_DIR")?,
        out: next("OUT_DIR")?,
    })
}

/// Packs into a folder beside the old one and swaps them at the end: a server that serves the old one meanwhile never serves half a
/// build, and a file that is gone never stays behind with its stale `.br`.
fn pack(arguments: &Arguments) -> Result<(), BundleError> {
    let fresh = sibling(&arguments.out, "new");
    remove(&fresh)?;
    std::fs::create_dir_all(&fresh).map_err(|e| BundleError::file(&fresh, e))?;
    module::pack(&arguments.wasm, "sada", &arguments.npm, &arguments.cache, &fresh)?;
    shell::copy(&arguments.app, &fresh)?;
    let version = seal::seal(&fresh, &arguments.cache)?;
    let old = sibling(&arguments.out, "old");
    remove(&old)?;
    if arguments.out.exists() {
        std::fs::rename(&arguments.out, &old).map_err(|e| BundleError::file(&arguments.out, e))?;
    }
    std::fs::rename(&fresh, &arguments.out).map_err(|e| BundleError::file(&fresh, e))?;
    remove(&old)?;
    let wire = seal::wire_bytes(&arguments.out)?;
    eprintln!(
        "bundle: {} is version {version}, {} KB over the wire on a first visit and {} KB after it",
        arguments.out.display(),
        wire.first / 1000,
        wire.later / 1000
    );
    Ok(())
}

fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn remove(folder: &Path) -> Result<(), BundleError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(BundleError::file(folder, error)),
        _ => Ok(()),
    }
}
