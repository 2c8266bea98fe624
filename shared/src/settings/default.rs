//! The settings a new deployment starts from: every choice list, the category tree and the places of A'zaz district.
//! Data files beside this one; supervisors change the lists later, the codes stay. Knows no people and no projects.
//!
//! # Source
//! domain.md §5 (lists; Arabic labels to be reviewed once by a native field officer), §2.3 (urgency), §11 (places).

use super::{Category, Choice, Label, Limits, Place, Settings, listed::Listed};
use std::collections::{BTreeMap, BTreeSet};

/// Why the data files that come with this version can't be read: a fault of ours, found by the tests.
#[derive(Debug, thiserror::Error)]
pub enum DefaultsError {
    /// A JSON file is malformed.
    #[error("{file} is malformed")]
    Json {
        /// Which.
        file: &'static str,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
    /// A line of a list of places is malformed.
    #[error("{file}, line {line} is malformed")]
    Line {
        /// Which.
        file: &'static str,
        /// From 1, the head included.
        line: usize,
    },
}

/// Version 1: lists, categories and places, no people, no projects, no hotline. The consent text speaks of "our organisation"
/// until its name is set.
///
/// # Errors
/// [`DefaultsError`] if a data file of this version is malformed.
pub fn default() -> Result<Settings, DefaultsError> {
    let json = |file| move |source| DefaultsError::Json { file, source };
    let lists: BTreeMap<String, Vec<Choice>> =
        serde_json::from_str(include_str!("data/lists.json")).map_err(json("lists.json"))?;
    let categories: Vec<Category> =
        serde_json::from_str(include_str!("data/categories.json")).map_err(json("categories.json"))?;
    Ok(Settings {
        version: 1,
        organisation: Label { en: "our organisation".into(), ar: "منظمتنا".into() },
        mechanism: Label {
            en: "Complaints and Response Mechanism".into(), ar: "آلية الشكاوى والاستجابة".into()
        },
        utc_offset_min: 180,
        limits: Limits::default(),
        lists,
        categories: categories.into(),
        places: places()?.into(),
        projects: Listed::default(),
        people: Listed::default(),
        boxes: Vec::new(),
        hotline: Vec::new(),
        services: Vec::new(),
        #[cfg(feature = "documents")]
        unsent_key: None,
        #[cfg(feature = "documents")]
        server_pins: Vec::new(),
        #[cfg(feature = "documents")]
        key_book: Vec::new(),
    })
}

/// Aleppo governorate, the districts of its north, their sub-districts, and every community of A'zaz district.
/// Codes of six towns are inferred and say so.
fn places() -> Result<Vec<Place>, DefaultsError> {
    let mut places = Vec::new();
    for (line, cells) in rows("regions.csv", include_str!("data/regions.csv"), 5)? {
        let level = cells[1].parse().map_err(|_| DefaultsError::Line { file: "regions.csv", line })?;
        places.push(place(cells[0], level, cells[2], cells[3], cells[4]));
    }
    let mut subdistricts = BTreeSet::new();
    for (line, cells) in rows("azaz_pcodes.csv", include_str!("data/azaz_pcodes.csv"), 9)? {
        let inferred = match cells[8] {
            "public_copy" => false,
            "inferred" => true,
            _ => return Err(DefaultsError::Line { file: "azaz_pcodes.csv", line }),
        };
        if subdistricts.insert(cells[2]) {
            places.push(place(cells[2], 3, cells[1], cells[3], cells[4]));
        }
        places.push(Place { inferred, ..place(cells[5], 4, cells[2], cells[6], cells[7]) });
    }
    Ok(places)
}

fn place(code: &str, level: u8, parent: &str, en: &str, ar: &str) -> Place {
    let parent = (!parent.is_empty()).then(|| parent.into());
    Place { code: code.into(), level, parent, name: Label { en: en.into(), ar: ar.into() }, ..Place::default() }
}

/// Lines of a file without quotes, the head left out, each with its number and exactly `count` cells.
fn rows<'a>(file: &'static str, text: &'a str, count: usize) -> Result<Vec<(usize, Vec<&'a str>)>, DefaultsError> {
    let split = |(index, line): (usize, &'a str)| {
        let cells: Vec<&str> = line.split(',').collect();
        if cells.len() == count { Ok((index + 1, cells)) } else { Err(DefaultsError::Line { file, line: index + 1 }) }
    };
    text.lines().enumerate().skip(1).map(split).collect()
}

#[cfg(test)]
mod tests {
    use super::default;
    use crate::{
        document::fields::{FIELDS, FieldKind},
        model::codes::EntryType,
        settings::check::{ProblemCode, check},
    };

    #[test]
    fn only_what_an_organisation_must_add_itself_is_missing() {
        let problems: Vec<ProblemCode> = check(&default().unwrap()).into_iter().map(|p| p.code).collect();
        assert_eq!(problems, [ProblemCode::NoHotline]);
    }

    #[test]
    fn every_choice_field_has_its_list() {
        let settings = default().unwrap();
        for field in FIELDS {
            if let FieldKind::Code(list) = field.kind {
                assert!(settings.lists.get(list).is_some_and(|l| !l.is_empty()), "{} needs the list {list}", field.key);
            }
        }
        for set in ["aud", "topic", "iec", "wg"] {
            assert!(settings.lists.contains_key(set), "{set}");
        }
    }

    #[test]
    fn every_category_has_a_branch_with_a_label() {
        let settings = default().unwrap();
        for category in &settings.categories {
            let branch = category.code.as_str().split('.').next().unwrap();
            assert!(settings.lists["branch"].iter().any(|c| c.code.as_str() == branch), "{branch}");
        }
    }

    #[test]
    fn sensitive_categories_are_sealed_and_no_other() {
        for category in &default().unwrap().categories {
            let code = category.code.as_str();
            let sensitive =
                code.starts_with("ser.") || code.starts_with("cond.") || code == "prot.need" || category.level.is_sealed();
            assert_eq!(category.sealed, sensitive, "{code}");
            // Their words have no place to stand until they can be sealed.
            assert!(!category.sealed || category.words_optional, "{code}");
        }
    }

    #[test]
    fn the_domains_own_examples_hold() {
        let settings = default().unwrap();
        let category = |code: &str| settings.category(&code.into()).unwrap().clone();
        assert_eq!(category("targ.lists").level.number(), 5);
        assert_eq!(category("third.interference").level.number(), 4);
        assert_eq!(category("qual.works").level.number(), 3);
        assert_eq!(category("prot.medical").urgency.id(), "immediate");
        assert_eq!(category("rum.rumour").entry_type, EntryType::Perception);
        assert_eq!(settings.categories.len(), 46);
    }

    #[test]
    fn azaz_district_has_its_118_communities_six_of_them_inferred() {
        let settings = default().unwrap();
        let district = "SY0204".into();
        let communities: Vec<_> =
            settings.places.iter().filter(|p| p.level == 4 && settings.lies_in(&p.code, &district)).collect();
        assert_eq!(communities.len(), 118);
        assert_eq!(communities.iter().filter(|p| p.inferred).count(), 6);
        assert_eq!(settings.ancestor(&"C1561".into(), 3).unwrap().name.ar, "مركز اعزاز");
        assert_eq!(settings.ancestor(&"C1561".into(), 1).unwrap().name.en, "Aleppo");
    }
}
