//! UI.
fn main() {}
