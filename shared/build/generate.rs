//! Writes the methods of `Texts`, and compares the two languages while at it.

use crate::{
    catalogue::Catalogue,
    pattern::{Piece, Variant, resolve, variables},
};
use std::collections::BTreeMap;

/// One message in both languages.
struct Message<'a> {
    id: &'a str,
    comment: &'a str,
    /// Arabic and English.
    pieces: [Vec<Piece>; 2],
    /// By name: whether it is a number.
    variables: BTreeMap<String, bool>,
}

/// The code that `text.rs` includes.
///
/// # Errors
/// Every difference between the languages and every message that can't be resolved.
pub(crate) fn methods(arabic: &Catalogue, english: &Catalogue) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    for (id, note) in &english.notes {
        if note.comment.trim().is_empty() {
            problems.push(format!("locales/en/{}: {id} has no comment for translators", note.file));
        }
        match arabic.notes.get(id) {
            None => problems.push(format!("locales/ar/{}: {id} is missing", note.file)),
            Some(other) if other.file != note.file => {
                problems.push(format!("{id} stands in ar/{} and in en/{}: keep one file name", other.file, note.file));
            }
            Some(_) => {}
        }
    }
    for (id, note) in arabic.notes.iter().filter(|(id, _)| !english.notes.contains_key(*id)) {
        problems.push(format!("locales/en/{}: {id} is missing", note.file));
    }
    let mut messages = Vec::new();
    for (id, note) in english.notes.iter().filter(|(id, _)| arabic.notes.contains_key(*id)) {
        match message(id, &note.comment, arabic, english) {
            Ok(message) => messages.push(message),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(code(&messages)) } else { Err(problems) }
}

fn message<'a>(id: &'a str, comment: &'a str, arabic: &Catalogue, english: &Catalogue) -> Result<Message<'a>, String> {
    let mut found = [BTreeMap::new(), BTreeMap::new()];
    let mut pieces = [Vec::new(), Vec::new()];
    for (side, (language, catalogue)) in [("ar", arabic), ("en", english)].into_iter().enumerate() {
        pieces[side] = resolve(id, &catalogue.sources).map_err(|problem| format!("{language} {id}: {problem}"))?;
        check_plurals(&pieces[side], language).map_err(|problem| format!("{language} {id}: {problem}"))?;
        variables(&pieces[side], &mut found[side]);
    }
    let names = |side: usize| found[side].keys().cloned().collect::<Vec<_>>();
    if names(0) != names(1) {
        return Err(format!("{id}: Arabic has the variables {:?}, English {:?}", names(0), names(1)));
    }
    let variables = found[0].iter().map(|(name, numeric)| (name.clone(), *numeric || found[1][name])).collect();
    Ok(Message { id, comment, pieces, variables })
}

/// A choice by number must say how each plural of the language reads.
fn check_plurals(pieces: &[Piece], language: &str) -> Result<(), String> {
    let needed: &[(&str, &str)] = if language == "ar" {
        &[("one", "1"), ("two", "2"), ("few", "few"), ("many", "many"), ("other", "other")]
    } else {
        &[("one", "1"), ("other", "other")]
    };
    for piece in pieces {
        if let Piece::Select { variable, numeric, variants } = piece {
            let has = |key: &str| variants.iter().any(|v| v.key == key);
            if *numeric && let Some((category, _)) = needed.iter().find(|(category, number)| !has(category) && !has(number)) {
                return Err(format!("the choice by ${variable} lacks [{category}]"));
            }
            variants.iter().try_for_each(|v| check_plurals(&v.pieces, language))?;
        }
    }
    Ok(())
}

/// Code under way, line by line.
#[derive(Default)]
struct Code(String);

impl Code {
    fn line(&mut self, depth: usize, line: impl AsRef<str>) {
        self.0.push_str(&"    ".repeat(depth));
        self.0.push_str(line.as_ref());
        self.0.push('\n');
    }
}

fn code(messages: &[Message<'_>]) -> String {
    let mut out = Code::default();
    let (plain, composed): (Vec<_>, Vec<_>) = messages.iter().partition(|m| m.variables.is_empty());
    out.line(0, "// Written by build.rs from locales/: texts without variables: ids, sorted, Arabic, English; one text behind the other, since\n// a place and a length for each would take a third more to download.");
    // Not `\0`, which before a digit looks like a number in base eight.
    let joined = |part: &dyn Fn(&Message<'_>) -> String| {
        let texts: Vec<_> = plain.iter().map(|m| part(m)).collect();
        format!("{:?}", texts.join("\0")).replace("\\0", "\\u{0}")
    };
    out.line(0, "const PLAIN: [&str; 3] = [");
    out.line(1, format!("{},", joined(&|m| m.id.to_owned())));
    (0..2).for_each(|side| out.line(1, format!("{},", joined(&|m| flat(&m.pieces[side])))));
    out.line(0, "];");
    out.line(
        0,
        "#[allow(clippy::match_single_binding, clippy::single_char_add_str, reason = \"written by a program, one shape for all\")]",
    );
    out.line(0, "impl Texts {");
    for (index, m) in plain.iter().enumerate() {
        write_head(&mut out, m, &flat(&m.pieces[1]));
        out.line(1, format!("pub fn {}(self) -> String {{ self.plain({index}) }}", method(m.id)));
    }
    composed.iter().for_each(|m| write_composed(&mut out, m));
    out.line(0, "}");
    out.0
}

fn write_head(out: &mut Code, m: &Message<'_>, english: &str) {
    for line in english.lines().chain([""]).chain(m.comment.lines()) {
        out.line(1, format!("#[doc = {:?}]", format!(" {}", line.replace('<', "\\<").replace('[', "\\["))));
    }
    out.line(1, "#[must_use]");
}

fn write_composed(out: &mut Code, m: &Message<'_>) {
    write_head(out, m, &outline(&m.pieces[1]));
    let parameter =
        |(name, numeric): (&String, &bool)| format!(", {}: {}", method(name), if *numeric { "impl Into<Count>" } else { "&str" });
    let parameters: String = m.variables.iter().map(parameter).collect();
    out.line(1, format!("pub fn {}(self{parameters}) -> String {{", method(m.id)));
    for (name, _) in m.variables.iter().filter(|(_, numeric)| **numeric) {
        out.line(2, format!("let {0} = {0}.into().0;", method(name)));
    }
    out.line(2, "let mut out = String::new();");
    out.line(2, "match self.language {");
    for (language, pieces) in [("Ar", &m.pieces[0]), ("En", &m.pieces[1])] {
        out.line(3, format!("Language::{language} => {{"));
        write_pieces(out, pieces, &m.variables, pieces.len() > 1, 4);
        out.line(3, "}");
    }
    out.line(2, "}");
    out.line(2, "out");
    out.line(1, "}");
}

/// `isolate` is off where a text is nothing but the variable, as in Fluent.
fn write_pieces(out: &mut Code, pieces: &[Piece], variables: &BTreeMap<String, bool>, isolate: bool, depth: usize) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.line(depth, format!("out.push_str({text:?});")),
            Piece::Variable(name) => {
                let argument = method(name);
                let line = match (variables.get(name), isolate) {
                    (Some(true), _) => format!("self.push_number(&mut out, {argument});"),
                    (_, true) => format!("push_isolated(&mut out, {argument});"),
                    (_, false) => format!("out.push_str({argument});"),
                };
                out.line(depth, line);
            }
            Piece::Select { variable, variants, .. } => write_select(out, variable, variants, variables, depth),
        }
    }
}

fn write_select(out: &mut Code, variable: &str, variants: &[Variant], variables: &BTreeMap<String, bool>, depth: usize) {
    let (argument, numeric) = (method(variable), variables.get(variable) == Some(&true));
    let subject = if numeric { format!("({argument}, self.plural({argument}))") } else { argument };
    out.line(depth, format!("match {subject} {{"));
    // Exact numbers go before categories; the default comes last, whatever its key.
    let (exact, rest): (Vec<_>, Vec<_>) = variants.iter().filter(|v| !v.default).partition(|v| v.key.parse::<i64>().is_ok());
    let default = variants.iter().filter(|v| v.default);
    for variant in exact.into_iter().chain(rest).chain(default) {
        let arm = match (variant.default, numeric, variant.key.parse::<i64>()) {
            (true, ..) => "_".to_owned(),
            (_, true, Ok(number)) => format!("({number}, _)"),
            (_, true, Err(_)) => format!("(_, Plural::{})", capitalised(&variant.key)),
            (_, false, _) => format!("{:?}", variant.key),
        };
        out.line(depth + 1, format!("{arm} => {{"));
        write_pieces(out, &variant.pieces, variables, true, depth + 2);
        out.line(depth + 1, "}");
    }
    out.line(depth, "}");
}

fn flat(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.as_str() } else { "" }).collect()
}

/// The default branches, for the method's documentation.
fn outline(pieces: &[Piece]) -> String {
    let one = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Variable(name) => format!("{{{name}}}"),
        Piece::Select { variants, .. } => variants.iter().find(|v| v.default).map(|v| outline(&v.pieces)).unwrap_or_default(),
    };
    pieces.iter().map(one).collect()
}

fn method(id: &str) -> String {
    let mut out = String::new();
    for c in id.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(if c == '-' { '_' } else { c.to_ascii_lowercase() });
    }
    out
}

fn capitalised(key: &str) -> String {
    let mut chars = key.chars();
    chars.next().map(|first| first.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}
