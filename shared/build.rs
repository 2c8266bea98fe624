//! Makes one typed method per Fluent message of `locales/`, so that a text without a translation or with a misspelt
//! variable is a build error. Knows no text and no language but the two it must find complete.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/generate.rs"]
mod generate;
#[path = "build/pattern.rs"]
mod pattern;

use std::{env, fs, path::PathBuf, process::ExitCode};

/// Both are complete: a message missing in one fails the build. The first is the one people see first.
const LANGUAGES: [&str; 2] = ["ar", "en"];

fn main() -> ExitCode {
    let root = PathBuf::from("locales");
    let catalogues = LANGUAGES.map(|language| catalogue::read(&root.join(language)));
    let mut problems: Vec<String> = catalogues.iter().flat_map(|c| c.problems.clone()).collect();
    let code = match generate::methods(&catalogues[0], &catalogues[1]) {
        Ok(code) => code,
        Err(more) => {
            problems.extend(more);
            String::new()
        }
    };
    say("rerun-if-changed=locales");
    say("rerun-if-changed=build");
    say("rerun-if-changed=build.rs");
    if problems.is_empty() {
        let target = env::var_os("OUT_DIR").map(|dir| PathBuf::from(dir).join("texts.rs"));
        match target.map(|path| fs::write(path, code)) {
            Some(Ok(())) => return ExitCode::SUCCESS,
            Some(Err(error)) => problems.push(format!("could not write texts.rs: {error}")),
            None => problems.push("OUT_DIR is not set: run by cargo only".to_owned()),
        }
    }
    problems.iter().for_each(|problem| say(&format!("error={problem}")));
    ExitCode::FAILURE
}

fn say(line: &str) {
    println!("cargo::{line}");
}
