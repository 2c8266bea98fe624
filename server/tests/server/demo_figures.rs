//! Key figure 2 over the demo's months, written down for the script that counts it again without our code.

use server::{demo, work::Server};
use shared::{
    box_opening::{CASE_OPENING, CASE_SLIP, Papers},
    document::{
        change::Change,
        content::{Content, Fact},
        fold::fold,
    },
    indicators::closure::{ClosureFigure, closure_figure},
    model::{
        codes::{CloseReason, EntryType},
        dates::{UnixSeconds, days_between},
        event::{Event, Step},
        record::DocKind,
    },
};
use std::{collections::BTreeMap, fmt::Write};

/// Eight months with fewer cases than the demo has: all its ways of going on, in a tenth of the time.
const SIZE: demo::Size = demo::Size { days: 240, cases: 220, sessions: 40 };
const NOW: UnixSeconds = UnixSeconds(1_795_525_200);

#[test]
fn the_demos_months_are_written_for_the_script_that_counts_them_again() {
    let tmp = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (made, folder) = (tmp.join(format!("demo-{}", std::process::id())), tmp.join("closure"));
    let tally = demo::make(&made, NOW, demo::SEED, SIZE, &mut |_| {}).unwrap();
    // A case that someone else ended meanwhile can't be closed; nothing else is refused.
    assert!(tally.refused.keys().all(|what| what.starts_with("closed: ")), "{:?}", tally.refused);
    let server = Server::open(&made).unwrap();
    boxes_and_joined_sessions_reconcile(&server);
    let (today, limit) = (NOW.day(180), server.in_force().settings.limits.closure_days);
    let after = ClosureFigure::cohort(today, limit).0;
    let rows = server.storage().read(|tx| tx.cases_since(after, None)).unwrap();
    let (found, late) = closure_figure(&rows, today, limit);
    drop(server);
    std::fs::remove_dir_all(&made).unwrap();
    assert!(found.ordinary.whole > 80 && found.ordinary.part > 20 && !late.is_empty() && found.not_yet_due > 0, "{found:?}");

    let mut text = String::from("received_on,closed_on,entry_type,level,status,close_reason\n");
    for row in &rows {
        let closed_on = row.closed_on.map(|day| day.to_string()).unwrap_or_default();
        let (kind, reason) = (row.entry_type.map_or("", EntryType::id), row.close_reason.map_or("", CloseReason::id));
        writeln!(text, "{},{closed_on},{kind},{},{},{reason}", row.received_on, row.level.number(), row.status.id()).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("demo.csv"), text).unwrap();
    std::fs::write(folder.join("demo.json"), serde_json::json!({ "figure": found, "late": late.len() }).to_string()).unwrap();
}

/// Every paper of every opening is a case that names it, or lies in the envelope; one box is closed for too long; and pairs met.
fn boxes_and_joined_sessions_reconcile(server: &Server) {
    let contents: Vec<_> = server
        .storage()
        .read(|tx| {
            let of = |id| {
                let changes: Vec<Change> = tx.changes(id)?.iter().map(|change| Change::from_raw(&change.raw).unwrap()).collect();
                Ok::<_, server::storage::StorageError>((id, fold(id.kind, &changes)))
            };
            tx.documents()?.into_iter().map(of).collect::<Result<Vec<_>, _>>()
        })
        .unwrap();
    let kind = |kind: DocKind| contents.iter().filter(move |(id, _)| id.kind == kind);
    let mut papers: BTreeMap<(String, i64), u32> = BTreeMap::new();
    for (_, case) in kind(DocKind::Case) {
        let Some(opening) = case.text(CASE_OPENING) else { continue };
        let Fact::Number(slip) = case.facts[CASE_SLIP][0].fact else { panic!("a slip is a number") };
        *papers.entry((opening.to_owned(), slip)).or_default() += 1;
    }
    let (mut entered, mut sealed, mut last) = (0, 0, BTreeMap::new());
    for (id, opening) in kind(DocKind::BoxOpening) {
        let stands = Papers::of(opening);
        assert_eq!((stands.left(), stands.beyond(), opening.conflicts().count()), (Vec::new(), 0, 0), "{id}");
        for slip in &stands.entered {
            assert_eq!(papers.remove(&(id.record.to_string(), *slip)), Some(1), "slip {slip} of {id}");
        }
        entered += stands.entered.len();
        sealed += stands.sealed.len();
        let day: shared::model::dates::Day = opening.text("date").unwrap().parse().unwrap();
        let newest = last.entry(opening.text("box").unwrap().to_owned()).or_insert(day);
        *newest = day.max(*newest);
    }
    assert!(papers.is_empty() && entered > 0 && sealed > 0, "{papers:?}, {entered} entered, {sealed} sealed");
    let settings = &server.in_force().settings;
    let today = NOW.day(settings.utc_offset_min);
    let is_late = |code: &str| days_between(last[code], today) > i64::from(settings.limits.box_closed_days);
    let late: Vec<&str> = settings.boxes.iter().map(|hung| hung.code.as_str()).filter(|code| is_late(code)).collect();
    assert_eq!(late, ["B3"]);

    let steps = |content: &Content, of: fn(&Step) -> bool| {
        content.events.values().filter(|event| Event::from_text(&event.text).is_ok_and(|event| of(&event.step))).count()
    };
    let sessions = |of: fn(&Step) -> bool| kind(DocKind::Session).map(|(_, content)| steps(content, of)).sum::<usize>();
    assert!(sessions(|step| matches!(step, Step::SessionJoined { .. })) > 1);
    assert!(sessions(|step| matches!(step, Step::CountDropped { .. })) > 0);
    assert!(sessions(|step| matches!(step, Step::MaterialsHanded { .. })) > 2);
}
