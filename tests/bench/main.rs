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
    if let Some(home) = given("--start").next() {
        table::write_out(&field::start(home.as_ref())?);
        return Ok(());
    }
    let mut asked = given("--ask");
    if let (Some(server), Some(token)) = (asked.next(), asked.next()) {
        table::write_out(&held::ask(server.as_ref(), &token)?);
        return Ok(());
    }
    let mut table = Table::default();
    if let Some(count) = given("--held-cases").next() {
        held::measure(count.parse()?, &mut table)?;
    } else {
        let count = given("--cases").next().map_or(Ok(10_000), |count| count.parse())?;
        let settings = shared::settings::default::default()?;
        let cases: Vec<_> = records::cases(&settings, count, records::DAYS).collect();
        wire::measure(&cases, &mut table);
        field::measure(&cases, &mut table)?;
    }
    table.print();
    Ok(())
}

/// What follows `name` on the command line.
fn given(name: &'static str) -> impl Iterator<Item = String> {
    std::env::args().skip_while(move |argument| argument != name).skip(1)
}
