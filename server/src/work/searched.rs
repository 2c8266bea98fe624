//! What a search looks in: words, numbers, and the names that settings give to places and categories. A name that changes is
//! found at once, and the old one no more.

use super::error::WorkError;
use crate::storage::Tx;
use shared::{
    arabic,
    model::{
        ids::{Code, Pcode},
        row::{CaseRow, SessionRow},
    },
    settings::Settings,
};
use std::collections::BTreeSet;

/// Everything a search for cases looks in, folded. `words` are folded already.
pub(super) fn of_case(settings: &Settings, row: &CaseRow, words: &str) -> String {
    let mut text = format!("{} {} ", row.ref_no, row.unlisted.as_deref().unwrap_or_default());
    for place in [Some(&row.adm3), row.adm4.as_ref()].into_iter().flatten() {
        if let Some(place) = settings.place(place) {
            text.push_str(&format!("{} {} {} ", place.code, place.name.ar, place.name.en));
        }
    }
    if let Some(category) = row.category.as_ref().and_then(|code| settings.category(code)) {
        text.push_str(&format!("{} {} {} ", category.code, category.label.ar, category.label.en));
    }
    let mut text = arabic::fold(&text);
    text.push(' ');
    text.push_str(words);
    text
}

/// Everything a search for sessions looks in, folded.
pub(super) fn of_session(settings: &Settings, row: &SessionRow) -> String {
    let place = row.adm4.as_ref().unwrap_or(&row.adm3);
    let names = settings.place(place).map(|place| format!("{} {}", place.name.ar, place.name.en)).unwrap_or_default();
    arabic::fold(&format!("{} {names} {place} {}", row.venue, row.unlisted.as_deref().unwrap_or_default()))
}

/// Makes anew what is searched of records whose place or category `new` names otherwise than `old`.
///
/// # Errors
/// A fault of storage.
pub(super) fn rename(tx: &Tx<'_>, old: &Settings, new: &Settings) -> Result<(), WorkError> {
    let categories: BTreeSet<&Code> = old.categories.iter().filter(|c| category_is_renamed(new, c)).map(|c| &c.code).collect();
    let places: BTreeSet<&Pcode> = old.places.iter().filter(|p| place_is_renamed(new, p)).map(|p| &p.code).collect();
    if categories.is_empty() && places.is_empty() {
        return Ok(());
    }
    for record in
        tx.cases_named(|category, adm3, adm4| categories.contains(category) || places.contains(adm3) || places.contains(adm4))?
    {
        if let (Some((row, ..)), Some(before)) = (tx.case_row(record)?, tx.case_cell(record)?) {
            tx.set_case_folded(record, &of_case(new, &row, &before.words))?;
        }
    }
    for record in tx.sessions_named(|adm3, adm4| places.contains(adm3) || places.contains(adm4))? {
        if let Some(row) = tx.session_row(record)? {
            tx.set_session_folded(record, &of_session(new, &row))?;
        }
    }
    Ok(())
}

fn category_is_renamed(new: &Settings, old: &shared::settings::Category) -> bool {
    new.category(&old.code).is_some_and(|category| category.label != old.label)
}

fn place_is_renamed(new: &Settings, old: &shared::settings::Place) -> bool {
    new.place(&old.code).is_some_and(|place| place.name != old.name)
}
