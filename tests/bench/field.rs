//! Phones and server together: saving, pushing, server work, a new device, an idle reconnect, and lists over many cases.

use crate::{
    records::Case,
    site::{Call, NOW, Outcome, Phone, Site},
    table::{Table, cpu, ms, peak_mb, percentile, timed},
};
use mobile::protocol::{Answer, CaseQuery, CaseView, Request};
use shared::{
    indicators::coverage::{CoverageFilter, Month},
    intent::Intent,
    model::ids::Pcode,
};
use std::{path::Path, time::Duration};

/// Receivers, each with a phone of their own: at least so many, and as many as it takes that none runs out of receipt numbers.
fn receivers(cases: usize) -> usize {
    cases.div_ceil(250).max(40)
}

struct Pushed {
    saves: Vec<Duration>,
    calls: Vec<Call>,
    /// Time of whole phones, save to receipts on disk, by phone.
    pushes: Vec<Duration>,
    /// Processor time of the pushes, phones and server together.
    cpu: Duration,
    documents: usize,
}

fn push(site: &mut Site, cases: &[Case]) -> Outcome<Pushed> {
    let mut pushed = Pushed { saves: Vec::new(), calls: Vec::new(), pushes: Vec::new(), cpu: Duration::ZERO, documents: 0 };
    let per_phone = cases.len().div_ceil(receivers(cases.len()));
    for (i, chunk) in cases.chunks(per_phone).enumerate() {
        let mut phone = Phone::sign_in(site, &format!("receiver{i}"), &format!("phone{i}"))?;
        phone.sync(site)?;
        for case in chunk {
            let intent = Intent::RecordComplaint { record: case.record, facts: case.form.clone() };
            let (saved, time) = timed(|| phone.ask(Request::Do(intent)));
            match saved? {
                Answer::Saved(_) => pushed.saves.push(time),
                other => return Err(format!("not saved: {other:?}").into()),
            }
        }
        let before = cpu();
        let (calls, time) = timed(|| phone.sync(site));
        pushed.cpu += cpu().saturating_sub(before);
        pushed.calls.extend(calls?);
        pushed.pushes.push(time);
        pushed.documents += 2 * chunk.len();
        let waiting = phone.ask(Request::Waiting)?;
        if !matches!(&waiting, Answer::Waiting(waiting) if waiting.changes == 0) {
            return Err(format!("not everything was sent: {waiting:?}").into());
        }
    }
    Ok(pushed)
}

fn push_rows(name: &str, pushed: &mut Pushed, targets: (&str, &str), table: &mut Table) {
    let count = pushed.saves.len();
    let whole: Duration = pushed.pushes.iter().sum();
    let server: Duration = pushed.calls.iter().map(|call| call.server).sum();
    let mut batches: Vec<Duration> = pushed.calls.iter().map(|call| call.server).collect();
    table.row(
        &format!("push 1,000 new cases, full outbox to receipts on disk, {name}"),
        format!("{} (processor {})", per_thousand(whole, count), per_thousand(pushed.cpu, count)),
        "automerge-repo JS 16.2 s, samod 11.4 s, PouchDB 0.8 s (design.md §9)".into(),
        targets.0,
    );
    table.row(
        &format!("server ingest: gate, merge, rows, rulings, audit, fsync, {name}"),
        format!(
            "{:.0} changes/s; a call p50 {}, p99 {}",
            pushed.documents as f64 / server.as_secs_f64(),
            ms(percentile(&mut batches, 50)),
            ms(percentile(&mut batches, 99))
        ),
        "CommCare ≈ 25/s, ODK Central ≈ 41/s (published)".into(),
        targets.1,
    );
}

fn per_thousand(time: Duration, count: usize) -> String {
    ms(time * 1_000 / u32::try_from(count).unwrap_or(1))
}

/// Measures and adds the rows. `cases` are pushed to a plain server, the first tenth to an encrypted one too.
pub(crate) fn measure(cases: &[Case], table: &mut Table) -> Outcome<()> {
    {
        let mut site = Site::new("cipher", true, receivers(cases.len() / 10))?;
        let mut pushed = push(&mut site, &cases[..cases.len() / 10])?;
        push_rows("SQLCipher", &mut pushed, ("≤ 1.2 s", "≥ 2,500/s, batch of 250 p99 < 150 ms"), table);
    }
    let mut site = Site::new("plain", false, receivers(cases.len()))?;
    let mut pushed = push(&mut site, cases)?;
    push_rows("plain", &mut pushed, ("≤ 0.8 s", "≥ 4,000/s, batch of 250 p99 < 150 ms"), table);
    let up: usize = pushed.calls.iter().map(|call| call.up).sum();
    table.row(
        "bytes per new case as pushed by real phones, whole requests",
        format!("{} B", up / cases.len()),
        "automerge-repo 1,918; samod 1,914; Pouch 2,134 (design.md §9)".into(),
        "≤ 600 B",
    );
    table.row(
        "save a complaint to disk, native, SQLCipher",
        format!("p50 {}, p99 {}", ms(percentile(&mut pushed.saves, 50)), ms(percentile(&mut pushed.saves, 99))),
        "–".into(),
        "p99 ≤ 10 ms",
    );
    new_device(&mut site, cases.len(), table)?;
    Ok(())
}

fn new_device(site: &mut Site, count: usize, table: &mut Table) -> Outcome<()> {
    let mut phone = Phone::sign_in(site, "officer", "new-device")?;
    let mut usable = None;
    let before = cpu();
    let start = std::time::Instant::now();
    let calls = phone.sync_until(site, |phone, calls| {
        if usable.is_none()
            && matches!(phone.ask(Request::Cases(query("", 50))), Ok(Answer::Cases(page)) if page.total as usize == count)
        {
            usable = Some((start.elapsed(), calls.iter().map(|call| call.down).sum::<usize>()));
        }
        false
    })?;
    let whole = start.elapsed();
    let busy = cpu().saturating_sub(before);
    let down: usize = calls.iter().map(|call| call.down).sum();
    let server: Duration = calls.iter().map(|call| call.server).sum();
    let (first, first_bytes) = usable.unwrap_or_default();
    table.row(
        &format!("new device, {count} cases: the whole list / complete"),
        format!(
            "{} and {first_bytes} B / {} and {:.2} MB ({} calls; processor {}, server {}), {} B a case",
            ms(first),
            ms(whole),
            down as f64 / 1e6,
            calls.len(),
            ms(busy),
            ms(server),
            down / count
        ),
        "SORMAS 15-45 min (its users)".into(),
        "list at 0.4 MB and ≤ 1 s / ≤ 6.5 MB and ≤ 8 s",
    );
    let idle = phone.sync(site)?;
    table.row(
        &format!("reconnect, {} documents held, nothing changed", 2 * count),
        format!("{} B, {} request(s)", idle.iter().map(|call| call.up + call.down).sum::<usize>(), idle.len()),
        "automerge-repo 1.7 MB; Automerge sync above; Pouch 2.6 KB".into(),
        "≤ 400 B, 1 request",
    );
    online(site, count, table)?;
    lists(&mut phone, count, table)?;
    drop(phone);
    start_again(&site.folder.join("new-device"), count, table)
}

/// The officer's list and the coverage table, at the server.
fn online(site: &Site, count: usize, table: &mut Table) -> Outcome<()> {
    let session = site.last_caller()?;
    let mut lists = Vec::new();
    let mut coverages = Vec::new();
    let months =
        CoverageFilter { from: Month { year: 2026, month: 1 }, to: Month { year: 2026, month: 12 }, project: None, place: None };
    for _ in 0..30 {
        let (page, time) = timed(|| site.server.cases(NOW, &session, &query("", 50)));
        page?;
        lists.push(time);
        let (coverage, time) = timed(|| site.server.coverage(NOW, &session, &months));
        coverage?;
        coverages.push(time);
    }
    let told = |times: &mut Vec<Duration>| format!("p50 {}, p99 {}", ms(percentile(times, 50)), ms(percentile(times, 99)));
    let baseline = || "ODK entity table 24.8 s at 1 M".to_owned();
    table.row(
        &format!("officer's list at the server, {count} cases, audited"),
        told(&mut lists),
        baseline(),
        "≤ 50 ms (at 1,000,000)",
    );
    table.row(&format!("coverage at the server, {count} cases"), told(&mut coverages), baseline(), "≤ 200 ms (at 1,000,000)");
    Ok(())
}

/// A cold start over a full store, in a process of its own, so that its memory is the store's alone.
fn start_again(home: &Path, count: usize, table: &mut Table) -> Outcome<()> {
    let output = std::process::Command::new(std::env::current_exe()?).arg("--start").arg(home).output()?;
    let told = String::from_utf8(output.stdout)?;
    let (time, peak) = told.trim().split_once('|').ok_or("the started process said nothing")?;
    table.row(
        &format!("start with {count} cases to a usable list, native, SQLCipher (key derivation apart)"),
        time.to_owned(),
        "–".into(),
        "≤ 1 s (at 10,000)",
    );
    table.row(&format!("memory of a device with {count} cases, list shown"), peak.to_owned(), "–".into(), "≤ 150 MB (at 50,000)");
    Ok(())
}

/// What [`start_again`] runs in its own process: unlock, first page, and what that took.
pub(crate) fn start(home: &Path) -> Outcome<String> {
    let (first, time) = timed(|| {
        let mut phone = Phone::unlock(home)?;
        phone.ask(Request::Cases(query("", 50)))
    });
    first?;
    Ok(format!("{} | {} MB", ms(time), peak_mb()))
}

pub(crate) fn query(text: &str, limit: u32) -> CaseQuery {
    CaseQuery { view: CaseView::Inbox, text: text.to_owned(), limit, ..CaseQuery::default() }
}

fn lists(phone: &mut Phone, count: usize, table: &mut Table) -> Outcome<()> {
    let queries = [
        ("list, first page", query("", 50)),
        ("filter by place", CaseQuery { place: Some(Pcode::from("SY020403")), ..query("", 50) }),
        ("folded search, frequent word", query("السلة", 50)),
        ("folded search, rare word with other letters", query("أزمه", 50)),
    ];
    for (name, query) in queries {
        let mut times = Vec::new();
        for _ in 0..30 {
            let (answer, time) = timed(|| phone.ask(Request::Cases(query.clone())));
            answer?;
            times.push(time);
        }
        table.row(
            &format!("{name}, {count} local cases, native, SQLCipher"),
            format!("p50 {}, p99 {}", ms(percentile(&mut times, 50)), ms(percentile(&mut times, 99))),
            "ODK advises < 60k list items".into(),
            "≤ 16 ms (at 50,000)",
        );
    }
    Ok(())
}
