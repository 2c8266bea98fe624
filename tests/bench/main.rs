//! The numbers of design.md §9, each beside a baseline measured in the same run where there is one. Prints a table; asserts
//! nothing, since a machine's speed is not a property of the code. `make bench` runs it in release; results with machine and
//! command stand in `docs/performance.md`. `--cases N` sets how many cases are pushed (10,000); `--held-cases N` fills a server with so
//! many instead, and measures what is asked of it.

mod baseline;
mod field;
mod held;
mod records;
mod site;
mod table;
mod wire;

use table::Table;

fn main() -> site::Outcome<()> {
    let mut started = std::env::args_os().skip_while(|argument| argument != "--start").skip(1);
    if let Some(home) = started.next() {
        table::write_out(&field::start(home.as_ref())?);
        return Ok(());
    }
    let mut reads = std::env::args_os().skip_while(|argument| argument != "--held").skip(1);
    if let (Some(server), Some(token)) = (reads.next(), reads.next()) {
        table::write_out(&held::read(server.as_ref(), &token.to_string_lossy())?);
        return Ok(());
    }
    let mut table = Table::default();
    if let Some(count) = number("--held-cases")? {
        held::measure(count, &mut table)?;
    } else {
        let settings = shared::settings::default::default()?;
        let cases: Vec<_> = records::cases(&settings, number("--cases")?.unwrap_or(10_000), records::DAYS).collect();
        wire::measure(&cases, &mut table);
        field::measure(&cases, &mut table)?;
    }
    table.print();
    Ok(())
}

fn number(name: &str) -> site::Outcome<Option<usize>> {
    let given = std::env::args().skip_while(|argument| argument != name).nth(1);
    Ok(given.map(|text| text.parse()).transpose()?)
}
