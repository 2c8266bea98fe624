//! The wasm module and what is split off it to be loaded later, with their JavaScript: the split, wasm-bindgen (a library, so its
//! version is the lock file's), then wasm-opt. Kept by content in a cache, since wasm-opt takes most of a minute.

use std::path::{Path, PathBuf};

use crate::{error::BundleError, imports, seal, shell};

/// The JavaScript that loads what was split off, beside the module's own.
const LOADER: &str = "later.js";

/// Packs `wasm` as `<name>.js` and `<name>_bg.wasm` (and `snippets/`) into `out`, and what it loads later into [`seal::LATER`].
///
/// # Errors
/// [`BundleError::Split`], [`BundleError::Bindgen`] or [`BundleError::Program`] if a tool does not take the module.
pub(crate) fn pack(wasm: &Path, name: &str, npm: &Path, cache: &Path, out: &Path) -> Result<(), BundleError> {
    let bytes = std::fs::read(wasm).map_err(|e| BundleError::file(wasm, e))?;
    // Another packer packs otherwise.
    let packer = std::env::current_exe().and_then(std::fs::read).map_err(|e| BundleError::file(Path::new("bundle"), e))?;
    let content = seal::hash([bytes.as_slice(), packer.as_slice()]);
    let packed = cache.join(format!("{name}-{content}{}", if seal::is_fast() { "-fast" } else { "" }));
    if !packed.exists() {
        let fresh = packed.with_extension("new");
        let later = fresh.join(seal::LATER);
        std::fs::create_dir_all(&later).map_err(|e| BundleError::file(&later, e))?;
        let main = packed.with_extension("main.wasm");
        let split_off = split(wasm, &bytes, name, &fresh, &main)?;
        bindgen(&main, name, &fresh)?;
        std::fs::remove_file(&main).map_err(|e| BundleError::file(&main, e))?;
        let module = fresh.join(format!("{name}_bg.wasm"));
        optimise(&module, npm)?;
        imports::shorten(&module, &fresh.join(format!("{name}.js")))?;
        for part in &split_off {
            optimise(part, npm)?;
            name_by_content(part, &module, &fresh)?;
        }
        std::fs::rename(&fresh, &packed).map_err(|e| BundleError::file(&packed, e))?;
    }
    shell::copy_folder(&packed, out)
}

/// Takes what is marked `wasm_split` off the module, writes the rest to `main`, and gives the parts, which lie in `out`.
fn split(wasm: &Path, bytes: &[u8], name: &str, out: &Path, main: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let (loader, module) = (format!("./{LOADER}"), format!("./{name}.js"));
    let mut options = wasm_split_cli_support::Options::new(bytes);
    options.output_dir = out;
    options.main_out_path = main;
    options.link_name = &loader;
    options.main_module = &module;
    let done = wasm_split_cli_support::transform(options);
    let done = done.map_err(|e| BundleError::Split { path: wasm.to_owned(), why: format!("{e:#}") })?;
    Ok(done.split_modules)
}

/// Moves a part to where it is loaded from, under a name that no other build's part has: it calls the module it was split off by the
/// places of its functions, so a page must never get another build's.
fn name_by_content(part: &Path, module: &Path, out: &Path) -> Result<(), BundleError> {
    let read = |path: &Path| std::fs::read(path).map_err(|e| BundleError::file(path, e));
    let old = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let new = format!("{}/{}.wasm", seal::LATER, seal::hash([read(module)?.as_slice(), read(part)?.as_slice()]));
    std::fs::rename(part, out.join(&new)).map_err(|e| BundleError::file(part, e))?;
    let loader = out.join(LOADER);
    let script = std::fs::read_to_string(&loader).map_err(|e| BundleError::file(&loader, e))?;
    if script.matches(&old).count() != 1 {
        return Err(BundleError::Split { path: part.to_owned(), why: format!("{LOADER} does not load it once") });
    }
    std::fs::write(&loader, script.replace(&old, &new)).map_err(|e| BundleError::file(&loader, e))
}

fn bindgen(wasm: &Path, name: &str, out: &Path) -> Result<(), BundleError> {
    let why = |error: &dyn std::fmt::Debug| BundleError::Bindgen { path: wasm.to_owned(), why: format!("{error:?}") };
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(wasm).typescript(false).remove_name_section(true).remove_producers_section(true).out_name(name);
    // What was split off takes the table and the memory from it.
    bindgen.keep_lld_exports(true).web(true).map_err(|e| why(&e))?;
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
