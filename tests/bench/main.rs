//! The numbers of design.md §9, each beside a baseline measured in the same run. Prints a table; asserts nothing, since a
//! machine's speed is not a property of the code. `make bench` runs it in release and keeps the result in `docs/performance.md`.

mod baseline;
mod records;
mod table;
mod wire;

use table::Table;

fn main() {
    let mut table = Table::default();
    let cases = records::cases(10_000);
    wire::measure(&cases, &mut table);
    table.print();
}
