//! What the picture beside the six digits says: an address of the app, with all that the second phone would have to choose. Any
//! phone's own camera opens it. Like the digits it gives no right and names nobody but by their id; everything stands after the
//! `#`, which a browser keeps to itself.

use crate::{
    document::content::{Fact, Facts},
    model::ids::{Pcode, ProjectCode, UserId},
};

/// Key of a form, not of a document: who leads.
pub const LEAD: &str = "lead";
/// Key of a form, not of a document: the six digits.
pub const DIGITS: &str = "digits";
/// What a link of this kind has after its `#`.
pub const MARK: &str = "digits=";

const TEXTS: [&str; 5] = [DIGITS, LEAD, "date", "place.adm3", "phase"];
const PROJECT: &str = "project.";
/// Longest link that is read, in bytes: a picture holds hardly more.
const MAX_BYTES: usize = 1_200;

/// The link by which a colleague joins; none where the facts say less than they have to choose.
#[must_use]
pub fn write(server: &str, facts: &Facts) -> Option<String> {
    let mut words = Vec::new();
    for key in TEXTS {
        words.push(format!("{key}={}", facts.get(key).and_then(Fact::as_text).filter(|text| is_code(text))?));
    }
    let projects = facts.iter().filter(|(key, fact)| key.starts_with(PROJECT) && **fact == Fact::Flag(true));
    words.extend(projects.map(|(key, _)| key.clone()));
    (words.len() > TEXTS.len()).then(|| format!("{server}/sessions/join#{}", words.join("&")))
}

/// The form as a link fills it; none if it is another link, or lacks something. That such a person, place or session exists is not
/// looked at here.
#[must_use]
pub fn read(link: &str) -> Option<Facts> {
    let (_, words) = link.split_once('#').filter(|_| link.len() <= MAX_BYTES)?;
    let mut facts = Facts::new();
    for word in words.split('&') {
        match word.split_once('=') {
            Some((key, text)) if TEXTS.contains(&key) && is_code(text) => facts.insert(key.to_owned(), text.into()),
            None if word.strip_prefix(PROJECT).is_some_and(|code| ProjectCode::from(code).is_well_formed()) => {
                facts.insert(word.to_owned(), true.into())
            }
            _ => return None,
        };
    }
    write("", &facts).map(|_| facts)
}

/// Ids, codes and days: letters that stand in an address as they are.
fn is_code(text: &str) -> bool {
    UserId::from(text).is_well_formed() || Pcode::from(text).is_well_formed()
}

#[cfg(test)]
mod tests {
    use super::{DIGITS, LEAD, read, write};
    use crate::document::content::Facts;

    fn form() -> Facts {
        [
            (LEAD, "u1".into()),
            (DIGITS, "481327".into()),
            ("date", "2026-11-24".into()),
            ("phase", "during".into()),
            ("place.adm3", "SY020400".into()),
            ("project.P01", true.into()),
            ("project.P-2.b", true.into()),
        ]
        .map(|(key, fact)| (key.to_owned(), fact))
        .into()
    }

    #[test]
    fn a_link_fills_the_form_it_was_made_of() {
        let link = write("https://sada.example", &form()).unwrap();
        assert!(link.starts_with("https://sada.example/sessions/join#digits=481327&lead=u1&"), "{link}");
        assert_eq!(read(&link), Some(form()));
        let mut more = form();
        more.insert("place.venue".into(), "خيمة".into());
        assert_eq!(write("https://sada.example", &more), Some(link), "nothing else goes along");
    }

    #[test]
    fn what_lacks_something_or_says_more_is_no_link_to_join_by() {
        for key in [LEAD, DIGITS, "date", "phase", "place.adm3"] {
            let mut less = form();
            less.remove(key);
            assert_eq!(write("", &less), None, "{key}");
        }
        let whole = write("https://sada.example", &form()).unwrap();
        let cut = whole.split('&').next().unwrap();
        let long = format!("{whole}&project.{}", "P".repeat(2_000));
        let others = ["", "481327", "https://sada.example/#pin=ab&code=ABCDE", cut, &long];
        for other in others
            .into_iter()
            .map(str::to_owned)
            .chain(["&x=1", "&project.", "&project.P 1", "&lead=<b>", "&side.u1=all"].map(|more| format!("{whole}{more}")))
        {
            assert_eq!(read(&other), None, "{other}");
        }
    }
}
