//! What can go wrong while packing.

use std::path::{Path, PathBuf};

/// Why the web app was not packed. The old folder stays as it was.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BundleError {
    /// The command line is short of one.
    #[error("missing {0}; usage: bundle WASM APP_DIR NODE_MODULES CACHE_DIR OUT_DIR")]
    Argument(&'static str),
    /// A file or folder could not be read or written.
    #[error("{path}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// What is to be loaded later could not be taken off the module.
    #[error("{path} could not be split: {why}")]
    Split {
        /// Which.
        path: PathBuf,
        /// The splitter's own chain of reasons: its error type is no `std::error::Error`.
        why: String,
    },
    /// wasm-bindgen did not take a module.
    #[error("wasm-bindgen did not take {path}: {why}")]
    Bindgen {
        /// Which.
        path: PathBuf,
        /// wasm-bindgen's own chain of reasons: its error type is no `std::error::Error`.
        why: String,
    },
    /// The module and its JavaScript don't name the same imports, or something it calls is defined nowhere.
    #[error("the imports of {0} are not those of its JavaScript")]
    Imports(PathBuf),
    /// A program failed.
    #[error("{program} failed on {path}")]
    Program {
        /// Which program.
        program: &'static str,
        /// On what.
        path: PathBuf,
    },
    /// The service worker's template lost one of its two places to fill in.
    #[error("sw.js has no {0}")]
    Template(&'static str),
    /// The list of files could not be written as JSON.
    #[error("the list of files")]
    List(#[from] serde_json::Error),
}

impl BundleError {
    pub(crate) fn file(path: &Path, cause: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), cause }
    }
}
