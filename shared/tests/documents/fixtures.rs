//! Documents as each version wrote them: read for ever, and written the same today. Files are added, never edited.
//!
//! `<kind>-<schema>.changes` holds raw changes in hex, a line each; `<kind>-<schema>.content` what they add up to.

use crate::people::{Phone, add, case, event, put, session, started};
use shared::{
    document::{actor::ActorId, change::Change, content::Edit, fold::fold},
    model::{codes::CountKey, event::Step, order::Order, record::DocKind},
};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    path::{Path, PathBuf},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents")
}

fn to_hex(changes: &[Change]) -> String {
    changes.iter().fold(String::new(), |mut out, change| {
        change.raw().iter().for_each(|byte| write!(out, "{byte:02x}").unwrap());
        out.push('\n');
        out
    })
}

fn from_hex(text: &str) -> Vec<Change> {
    let bytes =
        |line: &str| (0..line.len()).step_by(2).map(|i| u8::from_str_radix(&line[i..i + 2], 16).unwrap()).collect::<Vec<_>>();
    text.lines().map(|line| Change::from_raw(&bytes(line)).unwrap()).collect()
}

/// A document with everything that its kind can hold: facts, a conflict, events, a ruling, counts and a correction.
fn full(kind: DocKind) -> Vec<Change> {
    let mut ahmad = match kind {
        DocKind::Case => case(),
        DocKind::Session => session(),
        DocKind::Contact | DocKind::Subject | DocKind::Sealed | DocKind::BoxOpening => Phone::new(1, kind),
    };
    let [one, two] = match kind {
        DocKind::Case => [put("place.adm4", "C1561"), put("place.adm4", "C1599")],
        DocKind::Contact => [put("name", "سلمى العلي"), put("name", "Salma Al-Ali")],
        DocKind::Subject => [put("person", "المشرف على التوزيع"), put("person", "the foreman")],
        DocKind::Sealed => [put("body.intake", "YWdlLWVuY3J5cHRpb24"), put("body.intake", "b3JnL3YxCg")],
        DocKind::BoxOpening => [put("papers", 12), put("papers", 11)],
        DocKind::Session => [put("start_time", "10:00"), put("start_time", "10:30")],
    };
    let mut salma = Phone::new(2, kind);
    salma.take_all(&ahmad.changes);
    ahmad.write(&[one]);
    salma.write(&[two, event(&salma, 20, started("اتصلت بالمشروع"))]);
    if kind == DocKind::Session {
        let corrected = Step::Corrected { key: CountKey::FUnder18, delta: -2, reason: "عددنا طفلين مرتين".into() };
        salma.write(&[event(&salma, 21, corrected), add(CountKey::FUnder18, -2), add(CountKey::M60, 5)]);
    }
    ahmad.take_all(&salma.changes);
    let ruling = Edit::Ruling { order: Order { epoch: 1, n: 3 }, text: r#"{"at":1795500000,"r":"accepted"}"#.into() };
    let ruled = ahmad.document.write(ActorId::server(1), &[ruling]).unwrap().unwrap();
    ahmad.take(&ruled);
    ahmad.changes
}

#[test]
fn documents_of_every_version_are_still_read() {
    let mut kinds = BTreeSet::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "changes") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let kind = DocKind::ALL.into_iter().find(|kind| name.starts_with(kind.id())).unwrap();
            let changes = from_hex(&std::fs::read_to_string(&path).unwrap());
            let content = std::fs::read_to_string(path.with_extension("content")).unwrap();
            assert_eq!(format!("{:#?}\n", fold(kind, &changes)), content, "{name}");
            assert_eq!(
                crate::merge::shown(&fold(kind, &changes)),
                crate::merge::shown_by(&crate::people::automerge(kind, &changes))
            );
            kinds.insert(kind);
        }
    }
    assert_eq!(kinds.len(), DocKind::ALL.len(), "a fixture for every kind");
}

#[test]
fn documents_are_written_as_their_fixtures_say() {
    for kind in DocKind::ALL {
        let changes = full(kind);
        let path = folder().join(format!("{}-1.changes", kind.id()));
        if !path.exists() {
            std::fs::write(&path, to_hex(&changes)).unwrap();
            std::fs::write(path.with_extension("content"), format!("{:#?}\n", fold(kind, &changes))).unwrap();
            panic!("{} is new: read it and commit it", path.display());
        }
        assert_eq!(to_hex(&changes), std::fs::read_to_string(&path).unwrap(), "{}", path.display());
    }
}
