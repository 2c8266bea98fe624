//! Holds the folder of statements to its rules.

use super::migrate::migrate;
use rusqlite::Connection;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_file_is_one_statement_in_use_with_parameters_numbered_from_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources: String = files(&root.join("src/storage"), ".rs").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection).unwrap();
    let statements = files(&root.join("sql/queries"), ".sql");
    assert!(statements.len() > 80, "{} statements: the search is blind", statements.len());
    for path in statements {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        let sql = fs::read_to_string(&path).unwrap();
        assert!(sources.contains(&format!("../../{name}")), "{name} is not in use");
        assert!(!sql.contains(';'), "{name} is more than one statement");
        assert!(!sql.to_lowercase().contains("integer"), "{name}: 32 bits in PostgreSQL");
        let statement = connection.prepare(&sql).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut numbers: Vec<usize> = (1..=statement.parameter_count())
            .map(|i| statement.parameter_name(i).unwrap().trim_start_matches('$').parse().unwrap())
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "{name}");
    }
}

/// One statement for each order, so that each can walk its own index: they must stay the same in whose cases they show.
#[test]
fn the_lists_of_cases_differ_in_their_order_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql/queries/case_rows");
    let whose = |name: &str| {
        let sql = fs::read_to_string(folder.join(name)).unwrap();
        let end = sql.find("    and c.ended = ").or_else(|| sql.find("    and c.due_on >= ")).unwrap();
        sql[sql.find("from case_rows").unwrap()..end].to_owned()
    };
    let first = whose("list_open.sql");
    assert!(first.contains("scope_followers") && first.contains("not $10"), "{first}");
    for name in ["list_closed.sql", "list_newest.sql", "list_oldest.sql", "list_level.sql", "count.sql"] {
        assert_eq!(whose(name), first, "{name}");
    }
}
