//! Keeps the house in order: what a reader relies on and no compiler checks. Reads the source tree, runs nothing of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders that are built or fetched, never written.
const NOT_OURS: [&str; 8] = [".git", "target", "node_modules", "dist", "dist.new", "dist.old", ".work", "out"];

/// Lines a file may have without its tests, and with them.
const LINES: usize = 500;
const LINES_WITH_TESTS: usize = 800;

/// Names that say nothing about the job.
const NAMELESS: [&str; 8] = ["utils", "util", "common", "helpers", "helper", "manager", "misc", "mod"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All files with this ending, as path from the root and text.
fn files(ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if name.ends_with(ending) {
                found.push((
                    path.strip_prefix(root()).unwrap().to_string_lossy().into_owned(),
                    fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no file ends with {ending}: the tree is not where this test looks");
    found
}

fn assert_none(what: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{what}:\n  {}", offenders.join("\n  "));
}

#[test]
fn every_rust_file_opens_with_what_it_is_for() {
    let silent: Vec<_> = files(".rs").into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert_none("these files do not open with `//!`", &silent);
}

#[test]
fn no_rust_file_is_too_long_to_read() {
    let long: Vec<_> = files(".rs")
        .into_iter()
        .filter_map(|(path, text)| {
            let all = text.lines().count();
            let is_test = path.split('/').any(|part| ["tests", "benches"].contains(&part));
            let without_tests = text.find("#[cfg(test)]").map_or(all, |at| text[..at].lines().count());
            let is_long = all > LINES_WITH_TESTS || (!is_test && without_tests > LINES);
            is_long.then(|| format!("{path}: {without_tests} lines, {all} with tests"))
        })
        .collect();
    assert_none("these files are over the limit", &long);
}

#[test]
fn every_file_is_named_for_its_job() {
    let nameless: Vec<_> = files(".rs")
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.trim_end_matches(".rs").split('/').any(|part| NAMELESS.contains(&part)))
        .collect();
    assert_none("these names say nothing", &nameless);
}

#[test]
fn no_test_is_switched_off() {
    let marks = [concat!("#[ign", "ore"), concat!("to", "do!("), concat!("unimpl", "emented!(")];
    let off: Vec<_> =
        files(".rs").into_iter().filter(|(_, text)| marks.iter().any(|mark| text.contains(mark))).map(|(path, _)| path).collect();
    assert_none("these files hold a test that does not run, or code that is not there", &off);
}

/// One statement a file, so that a `delete` can be read beside its `insert`; migrations hold several.
#[test]
fn every_sql_file_holds_one_statement_and_no_positional_parameter() {
    let sql = files(".sql");
    let wrong: Vec<_> = sql
        .iter()
        .filter(|(path, _)| !path.contains("migrations"))
        .filter(|(_, text)| {
            let code: String =
                text.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
            let statements = code.split(';').filter(|part| !part.trim().is_empty()).count();
            statements != 1 || code.contains('?')
        })
        .map(|(path, _)| path.clone())
        .collect();
    assert_none("these files hold several statements or `?` in place of `$1`", &wrong);
}

/// `work` and `http` know their place (design.md §8).
#[test]
fn the_server_keeps_its_layers_apart() {
    let mut wrong = Vec::new();
    for (path, text) in files(".rs") {
        let names = |word: &str| text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
        if path.starts_with("server/src/work") && names("axum::") {
            wrong.push(format!("{path} names axum"));
        }
        if path.starts_with("server/src/http") && (names("rusqlite") || names("include_str!(\"../../sql")) {
            wrong.push(format!("{path} names SQL"));
        }
        if path.starts_with("mobile/src/replica") && names("dioxus") {
            wrong.push(format!("{path} names Dioxus"));
        }
        let knows_automerge =
            ["shared/src/document", "shared/src/gate", "shared/src/sync"].iter().any(|folder| path.starts_with(folder));
        if path.starts_with("shared/src") && !knows_automerge && names("automerge::") {
            wrong.push(format!("{path} names Automerge"));
        }
    }
    assert_none("these files know what they must not", &wrong);
}

#[test]
fn the_changelog_has_an_entry_to_write_into() {
    let text = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(text.contains("## "), "CHANGELOG.md has no section");
}

/// A list of invariants that no test holds is a wish.
#[test]
fn every_invariant_of_the_readme_names_a_test_that_exists() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let section = readme.split("\n## Invariants").nth(1).expect("README.md has a section `## Invariants`");
    let section = section.split("\n## ").next().unwrap_or_default();
    let sources: Vec<String> = [".rs", ".mjs", ".py"].iter().flat_map(|ending| files(ending)).map(|(_, text)| text).collect();
    let mut invariants = 0;
    let mut wrong = Vec::new();
    for line in section.lines().filter(|line| line.starts_with("- ") || line.starts_with("1. ")) {
        invariants += 1;
        let tests: Vec<_> = line.rsplit_once("held by").map_or("", |(_, tests)| tests).split('`').skip(1).step_by(2).collect();
        if tests.is_empty() {
            wrong.push(format!("no test named: {line}"));
        }
        for test in tests {
            let is_there =
                sources.iter().any(|text| text.contains(&format!("fn {test}(")) || text.contains(&format!("story('{test}'")));
            if !is_there {
                wrong.push(format!("`{test}` does not exist: {line}"));
            }
        }
    }
    assert!(invariants > 0, "README.md lists no invariant");
    assert_none("README.md's invariants", &wrong);
}
