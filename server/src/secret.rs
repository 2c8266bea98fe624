//! Secrets from a file, standard input or a prompt without echo. Never from arguments, never into logs.

use std::{
    fs,
    io::{self, IsTerminal, Read, Write},
    path::Path,
};
use zeroize::Zeroizing;

/// Reads a password: from `file`, from standard input for `-`, else by asking.
///
/// # Errors
/// What the file or the terminal says.
pub fn read_password(file: Option<&Path>, who: &str) -> io::Result<Zeroizing<String>> {
    let text = match file {
        Some(path) if path.as_os_str() == "-" => {
            let mut text = Zeroizing::new(String::new());
            io::stdin().read_to_string(&mut text)?;
            text
        }
        Some(path) => Zeroizing::new(fs::read_to_string(path)?),
        None => ask(&format!("password for {who}"))?,
    };
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

/// Asks for a secret without showing it.
///
/// # Errors
/// What the terminal says.
pub fn ask(what: &str) -> io::Result<Zeroizing<String>> {
    let mut out = io::stderr();
    write!(out, "{what}: ")?;
    out.flush()?;
    let hidden = io::stdin().is_terminal() && echo(false);
    let mut text = Zeroizing::new(String::new());
    let read = io::stdin().read_line(&mut text);
    if hidden {
        echo(true);
        writeln!(out)?;
    }
    read?;
    Ok(text)
}

/// Switches the terminal's echo; whether that worked. Without it the password shows, which beats having none.
fn echo(on: bool) -> bool {
    let setting = if on { "echo" } else { "-echo" };
    std::process::Command::new("stty").arg(setting).status().is_ok_and(|status| status.success())
}
