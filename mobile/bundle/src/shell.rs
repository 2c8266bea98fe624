//! The files around the modules: the shell, styles, icons and fonts. The place to look when a file of the web app is missing.

use std::path::Path;

use crate::error::BundleError;

/// Copies `web/` and `assets/` of the app into `out`.
///
/// # Errors
/// [`BundleError::File`] if one can't be read or written.
pub(crate) fn copy(app: &Path, out: &Path) -> Result<(), BundleError> {
    copy_folder(&app.join("web"), out)?;
    copy_folder(&app.join("assets"), out)?;
    join_styles(out)
}

/// `app.css` names its parts in order; one file loads in one round trip where imports take two more.
fn join_styles(out: &Path) -> Result<(), BundleError> {
    let path = out.join("app.css");
    let list = std::fs::read_to_string(&path).map_err(|e| BundleError::file(&path, e))?;
    let mut joined = String::new();
    for line in list.lines() {
        match line.strip_prefix("@import url(\"").and_then(|rest| rest.strip_suffix("\");")) {
            Some(name) => {
                let part = out.join(name);
                joined.push_str(&std::fs::read_to_string(&part).map_err(|e| BundleError::file(&part, e))?);
                std::fs::remove_file(&part).map_err(|e| BundleError::file(&part, e))?;
            }
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    std::fs::write(&path, joined).map_err(|e| BundleError::file(&path, e))
}

/// Copies everything in `from` into `to`, folders with it.
///
/// # Errors
/// [`BundleError::File`] if one can't be read or written.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), BundleError> {
    std::fs::create_dir_all(to).map_err(|e| BundleError::file(to, e))?;
    for entry in std::fs::read_dir(from).map_err(|e| BundleError::file(from, e))? {
        let entry = entry.map_err(|e| BundleError::file(from, e))?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            copy_file(&entry.path(), &target)?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<(), BundleError> {
    std::fs::copy(from, to).map(|_| ()).map_err(|e| BundleError::file(from, e))
}
