//! Key figure 2 over the demo's months, written down for the script that counts it again without our code.

use server::{demo, work::Server};
use shared::{
    indicators::closure::{ClosureFigure, closure_figure},
    model::{
        codes::{CloseReason, EntryType},
        dates::UnixSeconds,
    },
};
use std::fmt::Write;

/// Eight months with fewer cases than the demo has: all its ways of going on, in a tenth of the time.
const SIZE: demo::Size = demo::Size { days: 240, cases: 220, sessions: 2 };
const NOW: UnixSeconds = UnixSeconds(1_795_525_200);

#[test]
fn the_demos_months_are_written_for_the_script_that_counts_them_again() {
    let tmp = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (made, folder) = (tmp.join(format!("demo-{}", std::process::id())), tmp.join("closure"));
    demo::make(&made, NOW, demo::SEED, SIZE, &mut |_| {}).unwrap();
    let server = Server::open(&made).unwrap();
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
