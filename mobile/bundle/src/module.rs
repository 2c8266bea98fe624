//! One wasm module: wasm-bindgen as a library (so its version is the lock file's), then wasm-opt. Kept by content in a cache, since
//! wasm-opt takes most of a minute.

use std::path::Path;

use crate::{error::BundleError, imports, seal, shell};

/// Packs `wasm` as `<name>.js` and `<name>_bg.wasm` (and `snippets/`) into `out`.
///
/// # Errors
/// [`BundleError::Bindgen`] or [`BundleError::Program`] if a tool does not take the module.
pub(crate) fn pack(wasm: &Path, name: &str, npm: &Path, cache: &Path, out: &Path) -> Result<(), BundleError> {
    let bytes = std::fs::read(wasm).map_err(|e| BundleError::file(wasm, e))?;
    let packed = cache.join(format!("{name}-{}{}", seal::hash([bytes.as_slice()]), if seal::is_fast() { "-fast" } else { "" }));
    if !packed.exists() {
        let fresh = packed.with_extension("new");
        std::fs::create_dir_all(&fresh).map_err(|e| BundleError::file(&fresh, e))?;
        bindgen(wasm, name, &fresh)?;
        let module = fresh.join(format!("{name}_bg.wasm"));
        optimise(&module, npm)?;
        imports::shorten(&module, &fresh.join(format!("{name}.js")))?;
        std::fs::rename(&fresh, &packed).map_err(|e| BundleError::file(&packed, e))?;
    }
    shell::copy_folder(&packed, out)
}

fn bindgen(wasm: &Path, name: &str, out: &Path) -> Result<(), BundleError> {
    let why = |error: &dyn std::fmt::Debug| BundleError::Bindgen { path: wasm.to_owned(), why: format!("{error:?}") };
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(wasm).typescript(false).remove_name_section(true).remove_producers_section(true).out_name(name);
    bindgen.web(true).map_err(|e| why(&e))?;
    bindgen.generate(out).map_err(|e| why(&e))
}

/// Debian 12's own binaryen (108) dies on `table.fill`; npm's is new enough. [`seal::is_fast`] skips it.
fn optimise(wasm: &Path, npm: &Path) -> Result<(), BundleError> {
    if seal::is_fast() {
        return Ok(());
    }
    let before = std::fs::metadata(wasm).map_err(|e| BundleError::file(wasm, e))?.len();
    eprintln!("bundle: wasm-opt -Oz on {} ({} KB)", wasm.display(), before / 1000);
    let program = npm.join("binaryen/bin/wasm-opt");
    let status = std::process::Command::new("node").arg(&program).args(["-Oz", "-o"]).arg(wasm).arg(wasm).status();
    if !status.map_err(|e| BundleError::file(&program, e))?.success() {
        return Err(BundleError::Program { program: "wasm-opt", path: wasm.to_owned() });
    }
    Ok(())
}
