//! The numbers of design.md §9, each beside a baseline measured in the same run where there is one. Prints a table; asserts
//! nothing, since a machine's speed is not a property of the code. `make bench` runs it in release; results with machine and
//! command stand in `docs/performance.md`. `--cases N` sets how many cases are pushed (10,000).

mod baseline;
mod field;
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
    let mut arguments = std::env::args().skip_while(|argument| argument != "--cases").skip(1);
    let count = arguments.next().map_or(Ok(10_000), |text| text.parse())?;
    let mut table = Table::default();
    let cases = records::cases(&shared::settings::default::default()?, count);
    wire::measure(&cases, &mut table);
    field::measure(&cases, &mut table)?;
    table.print();
    Ok(())
}
