//! Short names for what the module takes from its JavaScript. wasm-bindgen's own end in sixteen digits that compress to nothing less,
//! and stand in both files: a hundredth of a first visit.

use std::path::Path;

use crate::error::BundleError;

/// The section of a module that lists its imports.
const IMPORTS: u8 = 2;
/// How the module calls its own JavaScript. What another file gives keeps its name.
const OWN: &[u8] = b"_bg.js";

/// Renames every import in the module and its JavaScript.
///
/// # Errors
/// [`BundleError::Imports`] if the two don't say the same, or the module asks for what no JavaScript gives.
pub(crate) fn shorten(wasm: &Path, js: &Path) -> Result<(), BundleError> {
    let module = std::fs::read(wasm).map_err(|e| BundleError::file(wasm, e))?;
    let script = std::fs::read_to_string(js).map_err(|e| BundleError::file(js, e))?;
    let (module, script) = renamed(&module, &script).ok_or_else(|| BundleError::Imports(wasm.to_owned()))?;
    std::fs::write(wasm, module).map_err(|e| BundleError::file(wasm, e))?;
    std::fs::write(js, script).map_err(|e| BundleError::file(js, e))
}

fn renamed(module: &[u8], script: &str) -> Option<(Vec<u8>, String)> {
    let (head, mut rest) = module.split_at_checked(8)?;
    let (mut out, mut names) = (head.to_vec(), Vec::new());
    while let Some((&kind, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        let body = take(&mut rest, length)?;
        let renamed = if kind == IMPORTS { Some(section(body, &mut names)?) } else { None };
        let body = renamed.as_deref().unwrap_or(body);
        out.push(kind);
        put_number(&mut out, body.len());
        out.extend_from_slice(body);
    }
    let mut script = script.to_owned();
    for (place, name) in names.iter().enumerate() {
        // A name may stand twice in the module, once for each type it is called with, and once in the script.
        let (key, short) = (format!("\n        {name}:"), format!("\n        {}:", short(place)));
        if script.matches(&key).count() != 1 {
            return None;
        }
        script = script.replace(&key, &short);
    }
    Some((out, script))
}

fn section(mut body: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let count = number(&mut body)?;
    put_number(&mut out, count);
    for _ in 0..count {
        let length = number(&mut body)?;
        let from = take(&mut body, length)?;
        // What C code called and nothing defines: no browser would load it.
        if from == b"env" {
            return None;
        }
        let length = number(&mut body)?;
        let name = std::str::from_utf8(take(&mut body, length)?).ok()?;
        put_text(&mut out, from);
        if from.ends_with(OWN) {
            let place = names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            });
            put_text(&mut out, short(place).as_bytes());
        } else {
            put_text(&mut out, name.as_bytes());
        }
        let what = body;
        match take(&mut body, 1)? {
            [0] => drop(number(&mut body)?),
            [kind @ (1 | 2)] => {
                take(&mut body, usize::from(*kind == 1))?;
                let bounded = take(&mut body, 1)?[0] & 1 == 1;
                (0..=usize::from(bounded)).try_for_each(|_| number(&mut body).map(drop))?;
            }
            _ => drop(take(&mut body, 2)?),
        }
        out.extend_from_slice(&what[..what.len() - body.len()]);
    }
    body.is_empty().then_some(out)
}

fn short(place: usize) -> String {
    format!("_{place}")
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

/// An unsigned number of seven bits a byte.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let byte = take(bytes, 1)?[0];
        value |= usize::from(byte & 127) << shift;
        if byte < 128 {
            return Some(value);
        }
    }
    None
}

fn put_number(out: &mut Vec<u8>, mut value: usize) {
    while value > 127 {
        out.push(value.to_le_bytes()[0] | 128);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    put_number(out, text.len());
    out.extend_from_slice(text);
}

#[cfg(test)]
mod tests {
    use super::renamed;

    /// A module that imports a function twice and a memory, a function from another file, and has one more section.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0\x02\x38\x04\x06_bg.js\x05__wbg\0\x00\x06_bg.js\x05__wbg\0\x81\x00\
        \x06_bg.js\x03mem\x02\x01\x01\x80\x01\x01l\x03get\0\x00\x0a\x01\x00";
    const SCRIPT: &str = "const import0 = {\n        __wbg: f,\n        mem: m,\n}; // __wbg";

    #[test]
    fn both_files_get_the_same_short_names() {
        let (module, script) = renamed(MODULE, SCRIPT).unwrap();
        assert_eq!(script, "const import0 = {\n        _0: f,\n        _1: m,\n}; // __wbg");
        let short = b"\0asm\x01\0\0\0\x02\x31\x04\x06_bg.js\x02_0\0\x00\x06_bg.js\x02_0\0\x81\x00\
            \x06_bg.js\x02_1\x02\x01\x01\x80\x01\x01l\x03get\0\x00\x0a\x01\x00";
        assert_eq!(module, short.as_slice());
    }

    #[test]
    fn a_script_without_a_name_or_a_torn_module_is_refused() {
        assert_eq!(renamed(MODULE, "\n        __wbg: f"), None);
        assert_eq!(renamed(&MODULE[..40], SCRIPT), None);
    }

    #[test]
    fn what_is_defined_nowhere_is_refused() {
        assert_eq!(renamed(b"\0asm\x01\0\0\0\x02\x09\x01\x03env\x01f\0\0", "\n        f:"), None);
    }
}
