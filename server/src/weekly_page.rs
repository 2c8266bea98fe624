//! A week of looking, as text to read or print, in Arabic or English. Decides nothing.

use crate::work::weekly::{PersonsWeek, Week};
use shared::text::Texts;

/// The report.
#[must_use]
pub fn text(week: &Week, texts: Texts) -> String {
    let mut lines = vec![texts.week_title(&texts.day(week.from), &texts.day(week.to)), texts.week_explained()];
    if week.people.is_empty() {
        lines.push(texts.week_nothing());
    }
    for person in &week.people {
        lines.push(String::new());
        lines.push(who(person, texts));
        let counts = [
            (texts.week_identities(), person.identities),
            (texts.week_sensitive(), person.sensitive),
            (texts.week_online(), person.online),
            (texts.week_offline(), person.offline),
            (texts.week_lists(), person.lists),
            (texts.week_sent(), person.sent),
            (texts.week_exports(), person.exports),
            (texts.week_sign_ins(), person.sign_ins),
            (texts.week_refused(), person.refused),
            (texts.week_keys(), person.keys),
            (texts.week_administered(), person.administered),
        ];
        lines.extend(counts.into_iter().filter(|(_, count)| *count > 0).map(|(label, count)| format!("  {label}: {count}")));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn who(person: &PersonsWeek, texts: Texts) -> String {
    if person.user.as_str().is_empty() {
        return texts.week_operator();
    }
    let role = person.role.and_then(|role| texts.coded("role", role.id())).unwrap_or_else(|| texts.week_gone());
    let name = if person.name.is_empty() { person.user.as_str() } else { &person.name };
    texts.week_person(name, person.user.as_str(), &role)
}
