//! Places by name in any script, or by code. Made from the settings in memory: 20,000 places answer in a few milliseconds.

use crate::protocol::PlaceHit;
use shared::{
    arabic::fold,
    model::ids::Pcode,
    settings::{Place, Settings},
};
use std::{collections::HashMap, rc::Rc};

/// Most places one search answers with.
const MAX_HITS: usize = 50;
/// No chain of parents is longer than the levels there are.
const MAX_DEPTH: usize = 8;

/// The places of one settings snapshot, made ready for search.
pub(super) struct Places {
    settings: Rc<Settings>,
    by_code: HashMap<Pcode, usize>,
    folded: Vec<Folded>,
}

struct Folded {
    names: [String; 2],
    code: String,
}

impl Places {
    pub(super) fn new(settings: Rc<Settings>) -> Self {
        let by_code = settings.places.iter().enumerate().map(|(i, place)| (place.code.clone(), i)).collect();
        let folded = settings
            .places
            .iter()
            .map(|place| Folded { names: [fold(&place.name.ar), fold(&place.name.en)], code: fold(place.code.as_str()) })
            .collect();
        Self { settings, by_code, folded }
    }

    fn get(&self, code: &Pcode) -> Option<&Place> {
        self.by_code.get(code).map(|&i| &self.settings.places[i])
    }

    /// Parents, innermost first, without the place itself.
    fn around(&self, place: &Place) -> impl Iterator<Item = &Place> {
        let parent = |place: &Place| place.parent.as_ref().and_then(|code| self.get(code));
        std::iter::successors(parent(place), move |place| parent(place)).take(MAX_DEPTH)
    }

    /// Whether `code` lies in `area`, itself included.
    pub(super) fn lies_in(&self, code: &Pcode, area: &Pcode) -> bool {
        code == area || self.get(code).is_some_and(|place| self.around(place).any(|p| &p.code == area))
    }

    /// These places, for their names; unknown codes are left out.
    pub(super) fn named(&self, codes: &[Pcode]) -> Vec<PlaceHit> {
        codes.iter().filter_map(|code| self.get(code)).map(|place| self.hit(place)).collect()
    }

    /// Names of a place and of those around it, folded: what a list's search finds a record by.
    pub(super) fn search_words(&self, code: &Pcode) -> String {
        let Some(&i) = self.by_code.get(code) else { return code.as_str().to_lowercase() };
        let Folded { names: [ar, en], code } = &self.folded[i];
        format!("{ar} {en} {code}")
    }

    /// Places whose names or code hold every word of `text`, best first: code or name itself, name beginning so, word
    /// beginning so, anything else; then by level and name.
    pub(super) fn find(&self, text: &str, within: Option<&Pcode>, levels: &[u8]) -> Vec<PlaceHit> {
        let text = fold(text);
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let mut hits: Vec<(u8, u8, &Place)> = self
            .settings
            .places
            .iter()
            .zip(&self.folded)
            .filter(|(place, _)| !place.retired && (levels.is_empty() || levels.contains(&place.level)))
            .filter_map(|(place, folded)| Some((folded.rank(&text, &words)?, place.level, place)))
            .filter(|(_, _, place)| within.is_none_or(|area| self.lies_in(&place.code, area)))
            .collect();
        hits.sort_by(|a, b| (a.0, a.1, &a.2.name.ar, &a.2.code).cmp(&(b.0, b.1, &b.2.name.ar, &b.2.code)));
        hits.truncate(MAX_HITS);
        hits.into_iter().map(|(_, _, place)| self.hit(place)).collect()
    }

    /// Of those around it only names: their outlines are asked for by their own codes.
    fn hit(&self, place: &Place) -> PlaceHit {
        let around = self.around(place).map(|place| Place { shape: Vec::new(), ..place.clone() }).collect();
        PlaceHit { place: place.clone(), around }
    }
}

impl Folded {
    /// How well the place fits; none if it does not. An empty search fits every place alike.
    fn rank(&self, text: &str, words: &[&str]) -> Option<u8> {
        let texts = || self.names.iter().chain([&self.code]);
        if !words.iter().all(|word| texts().any(|t| t.contains(word))) {
            return None;
        }
        Some(if texts().any(|t| t == text) {
            0
        } else if texts().any(|t| t.starts_with(text)) {
            1
        } else if texts().any(|t| t.split(' ').any(|word| word.starts_with(text))) {
            2
        } else {
            3
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use shared::settings::{self, Label, Place};
    use std::rc::Rc;

    fn place(code: &str, level: u8, parent: Option<&str>, ar: &str, en: &str) -> Place {
        Place {
            code: code.into(),
            level,
            parent: parent.map(Into::into),
            name: Label { en: en.into(), ar: ar.into() },
            ..Place::default()
        }
    }

    fn places(list: Vec<Place>) -> Places {
        let mut settings = settings::default::default().unwrap();
        settings.places = list.into();
        Places::new(Rc::new(settings))
    }

    #[test]
    fn a_name_is_found_however_it_is_typed_and_the_best_comes_first() {
        let places = places(vec![
            place("SY02", 1, None, "حلب", "Aleppo"),
            place("SY0204", 2, Some("SY02"), "أعزاز", "A'zaz"),
            place("SY020400", 3, Some("SY0204"), "مركز أعزاز", "A'zaz"),
            place("C1564", 4, Some("SY020400"), "عزاز القديمة", "Old Azaz"),
        ]);
        for typed in ["اعزاز", "أَعزاز", "azaz", "A’ZAZ", "sy0204"] {
            let hits = places.find(typed, None, &[]);
            assert_eq!(hits.first().map(|hit| hit.place.code.as_str()), Some("SY0204"), "{typed}");
        }
        let within = places.find("azaz", Some(&"SY020400".into()), &[4]);
        assert_eq!(within.len(), 1);
        assert_eq!(within[0].around.iter().map(|p| p.name.en.as_str()).collect::<Vec<_>>(), ["A'zaz", "A'zaz", "Aleppo"]);
        assert!(places.find("القاهرة", None, &[]).is_empty());
    }

    #[test]
    fn a_loop_of_parents_ends() {
        let places = places(vec![place("a", 3, Some("b"), "ا", "a"), place("b", 3, Some("a"), "ب", "b")]);
        assert!(places.lies_in(&"a".into(), &"b".into()));
        assert!(!places.lies_in(&"a".into(), &"c".into()));
    }
}
