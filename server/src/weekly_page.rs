//! A week of looking, as text to read or print, in Arabic or English. Decides nothing.

use shared::{
    model::week::{PersonsWeek, Week},
    text::Texts,
};

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
        let label = |name| texts.coded("week", name).unwrap_or_default();
        lines.extend(person.counts().into_iter().map(|(name, count)| format!("  {}: {count}", label(name))));
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
