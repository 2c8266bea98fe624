//! A server that holds the cases of years, all still open: what an officer's list and month's end take there, and the memory for it. Filled
//! through the same door as ever, by phones; asked in a process of its own, so that its memory is the server's alone.

use crate::{
    field::query,
    records,
    site::{NOW, Outcome, Phone, Site},
    table::{Table, ms, peak_mb, percentile, timed},
};
use mobile::protocol::{Answer, CaseView, Request};
use server::{reports::xlsx_file, work::Server};
use shared::{indicators::coverage::Month, intent::Intent, model::query::CaseQuery, text::Language};
use std::{fmt::Write as _, path::Path, time::Duration};

const RECEIVERS: usize = 40;
/// A phone sends before it runs out of receipt numbers.
const A_PUSH: usize = 200;
/// Not quite five years, to which the cases spread evenly: further back no phone takes a day.
const DAYS: u64 = 1_790;
const MONTH: Month = Month { year: 2026, month: 9 };

/// Fills a server with `count` cases and adds the rows.
pub(crate) fn measure(count: usize, table: &mut Table) -> Outcome<()> {
    let settings = shared::settings::default::default()?;
    let mut site = Site::new("held", false, RECEIVERS)?;
    let mut cases = records::cases(&settings, count, DAYS);
    for receiver in 0..RECEIVERS {
        let device = format!("phone{receiver}");
        let mut phone = Phone::sign_in(&mut site, &format!("receiver{receiver}"), &device)?;
        phone.sync(&mut site)?;
        let mut left = count / RECEIVERS;
        while left > 0 {
            let pushed = left.min(A_PUSH);
            for case in cases.by_ref().take(pushed) {
                let intent = Intent::RecordComplaint { record: case.record, facts: case.form };
                match phone.ask(Request::Do(intent))? {
                    Answer::Saved(_) => {}
                    other => return Err(format!("not saved: {other:?}").into()),
                }
            }
            phone.sync(&mut site)?;
            left -= pushed;
        }
        drop(phone);
        std::fs::remove_dir_all(site.folder.join(&device))?;
        eprintln!("{} of {count} cases", (receiver + 1) * (count / RECEIVERS));
    }
    let mut officer = Phone::sign_in(&mut site, "officer", "officer")?;
    officer.sync_until(&mut site, |_, _| true)?;
    let server = site.folder.join("server");
    let asked = std::process::Command::new(std::env::current_exe()?).arg("--ask").arg(&server).arg(site.token()).output()?;
    let told = String::from_utf8(asked.stdout)?;
    for line in told.lines() {
        let mut parts = line.split('|');
        let (Some(what), Some(ours), Some(target)) = (parts.next(), parts.next(), parts.next()) else {
            return Err("the asking process said something else".into());
        };
        table.row(&format!("{what}, {count} cases of five years at the server"), ours.to_owned(), "–".into(), target);
    }
    if told.is_empty() {
        return Err(String::from_utf8_lossy(&asked.stderr).into_owned().into());
    }
    Ok(())
}

/// What [`measure`] runs in its own process: each question several times, then what all of it needed.
pub(crate) fn ask(server: &Path, token: &str) -> Outcome<String> {
    let (server, started) = timed(|| Server::open(server));
    let server = server?;
    let session = server.authenticate(NOW, token)?;
    let mut told = format!("start|{}|–\n", ms(started));
    let mut row = |what: &str, target: &str, runs: usize, ask: &dyn Fn() -> Outcome<String>| -> Outcome<()> {
        let mut times = Vec::new();
        let mut said = String::new();
        for _ in 0..runs {
            let (answer, time) = timed(ask);
            said = answer?;
            times.push(time);
        }
        let (p50, p99): (Duration, Duration) = (percentile(&mut times, 50), percentile(&mut times, 99));
        writeln!(told, "{what}|p50 {}, p99 {} ({said}; peak {} MB)|{target}", ms(p50), ms(p99), peak_mb())?;
        Ok(())
    };
    let list = |query: CaseQuery| {
        let page = server.cases(NOW, &session, &query)?;
        Ok(format!("{} of {}", page.rows.len(), page.total))
    };
    row("officer's inbox", "≤ 50 ms; server ≤ 512 MB", 30, &|| list(query("", 50)))?;
    row("officer's list of all, newest first", "≤ 50 ms", 30, &|| list(CaseQuery { view: CaseView::All, ..query("", 50) }))?;
    row("a frequent word", "–", 30, &|| list(query("السلة", 50)))?;
    row("a rare word", "–", 5, &|| list(query("أزمه", 50)))?;
    row("key figure 2 with the late cases", "≤ 5 s", 3, &|| Ok(format!("{} late", server.closure(NOW, &session)?.late_total)))?;
    row("the month's report as xlsx", "≤ 5 s", 2, &|| {
        let sheet = server.compfu(NOW, &session, MONTH, Language::Ar)?;
        let file = xlsx_file::write(&sheet, true)?;
        Ok(format!("{} lines, {} KB", sheet.rows.len(), file.len() / 1000))
    })?;
    Ok(told)
}
