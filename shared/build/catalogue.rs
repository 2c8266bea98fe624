//! Reads every `.ftl` file of one language.

use crate::pattern::Sources;
use fluent_syntax::{ast, parser};
use std::{collections::BTreeMap, fs, path::Path};

/// One language's messages, as written.
#[derive(Default)]
pub(crate) struct Catalogue {
    /// Patterns of messages and terms.
    pub(crate) sources: Sources,
    /// Where each message stands and what its comment says.
    pub(crate) notes: BTreeMap<String, Note>,
    /// What is wrong, each with its file.
    pub(crate) problems: Vec<String>,
}

/// What is known of a message besides its text.
pub(crate) struct Note {
    pub(crate) file: String,
    /// Its own comment, or that of its group.
    pub(crate) comment: String,
}

/// Reads the folder; unreadable files and bad syntax become problems.
pub(crate) fn read(folder: &Path) -> Catalogue {
    let mut catalogue = Catalogue::default();
    let mut files: Vec<_> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
        Err(error) => {
            catalogue.problems.push(format!("{}: {error}", folder.display()));
            return catalogue;
        }
    };
    files.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    files.sort();
    for path in files {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        match fs::read_to_string(&path) {
            Ok(text) => catalogue.add_file(&path.display().to_string(), &name, &text),
            Err(error) => catalogue.problems.push(format!("{}: {error}", path.display())),
        }
    }
    catalogue
}

impl Catalogue {
    fn add_file(&mut self, path: &str, file: &str, text: &str) {
        let resource = match parser::parse(text.to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    let line = text.get(..error.pos.start).unwrap_or(text).lines().count().max(1);
                    self.problems.push(format!("{path}:{line}: {}", error.kind));
                }
                resource
            }
        };
        let mut group = String::new();
        for entry in resource.body {
            match entry {
                ast::Entry::GroupComment(comment) => group = comment.content.join(" ").trim().to_owned(),
                ast::Entry::Message(message) => self.add_message(path, file, &group, message),
                ast::Entry::Term(term) => {
                    if self.sources.insert(format!("-{}", term.id.name), term.value).is_some() {
                        self.problems.push(format!("{path}: -{} stands twice", term.id.name));
                    }
                }
                ast::Entry::Comment(_) | ast::Entry::ResourceComment(_) | ast::Entry::Junk { .. } => {}
            }
        }
    }

    fn add_message(&mut self, path: &str, file: &str, group: &str, message: ast::Message<String>) {
        let id = message.id.name;
        let comment = message.comment.map_or_else(|| group.to_owned(), |c| c.content.join(" "));
        if !message.attributes.is_empty() {
            self.problems.push(format!("{path}: {id} has attributes, which are not used here"));
        }
        match message.value {
            None => self.problems.push(format!("{path}: {id} has no text")),
            Some(value) => {
                if self.sources.insert(id.clone(), value).is_some() {
                    self.problems.push(format!("{path}: {id} stands twice"));
                }
                self.notes.insert(id, Note { file: file.to_owned(), comment });
            }
        }
    }
}
