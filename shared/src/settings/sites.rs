//! Places that no list has yet: a record holds the name as it was written beside the place around it, where it counts until somebody
//! says which place is meant. Camps and sites are places of the list; new ones get a code of ours under their community's P-code.
//! Knows no storage; who may add sites is `policy`'s.
//!
//! # Source
//! domain.md §7 (project.places), §11 (camps and sites: a free table with parent community)

use super::{Label, Place, Settings};
use crate::{arabic::fold, model::ids::Pcode};
use serde::{Deserialize, Serialize};

/// The root key that holds the name.
pub const UNLISTED: &str = "place.unlisted";
/// Longest name, in characters.
pub const MAX_NAME_CHARS: usize = 80;
/// Level of a camp or site.
pub const SITE: u8 = 5;

/// A place as somebody in the field named it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unlisted {
    /// As written.
    pub name: String,
    /// The community around it; the sub-district where nobody knew.
    pub parent: Pcode,
}

/// A camp or site to be added to the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSite {
    /// Its community.
    pub parent: Pcode,
    /// Its name.
    pub name: Label,
}

impl Unlisted {
    /// What two ways of writing one name have in common.
    #[must_use]
    pub fn key(&self) -> (String, Pcode) {
        (fold(&self.name), self.parent.clone())
    }
}

impl Settings {
    /// The listed place that bears this name, within what lies around it.
    #[must_use]
    pub fn place_named(&self, unlisted: &Unlisted) -> Option<&Place> {
        let name = fold(&unlisted.name);
        let bears = |place: &&Place| !place.retired && [&place.name.ar, &place.name.en].into_iter().any(|own| fold(own) == name);
        self.places.iter().filter(bears).find(|place| self.lies_in(&place.code, &unlisted.parent))
    }

    /// Adds a site and says its code: the next of ours under its community, `C1561-S2`. Never one that was used, since places are
    /// never deleted.
    pub fn add_site(&mut self, site: &NewSite) -> Pcode {
        let stem = format!("{}-S", site.parent);
        let number = |place: &Place| place.code.as_str().strip_prefix(&stem).and_then(|rest| rest.parse::<u32>().ok());
        let last = self.places.iter().filter_map(number).max().unwrap_or(0);
        let code = Pcode(format!("{stem}{}", last.saturating_add(1)));
        let (parent, name) = (Some(site.parent.clone()), site.name.clone());
        self.places.push(Place { code: code.clone(), level: SITE, parent, name, ..Place::default() });
        self.places.index();
        code
    }
}

#[cfg(test)]
mod tests {
    use super::{NewSite, SITE, Unlisted};
    use crate::settings::{Label, check::check, default::default};

    #[test]
    fn a_new_site_is_found_by_its_name_however_it_is_typed_and_only_where_it_lies() {
        let mut settings = default().unwrap();
        let faults = check(&settings).len();
        let site =
            NewSite { parent: "C1561".into(), name: Label { ar: "مخيم الأمل".into(), en: "Al-Amal camp".into() } };
        assert_eq!(settings.add_site(&site).as_str(), "C1561-S1");
        assert_eq!(settings.add_site(&NewSite { name: Label { ar: "ب".into(), en: "b".into() }, ..site }).as_str(), "C1561-S2");
        let named = |name: &str, parent: &str| {
            let unlisted = Unlisted { name: name.into(), parent: parent.into() };
            settings.place_named(&unlisted).map(|place| place.code.to_string())
        };
        assert_eq!(named("  مخيّم  الامل ", "C1561").as_deref(), Some("C1561-S1"));
        assert_eq!(named("مخيم الامل", "SY020400").as_deref(), Some("C1561-S1"), "whoever knew the sub-district only");
        assert_eq!(named("مخيم الأمل", "C1568"), None);
        let made = settings.place(&"C1561-S1".into()).unwrap();
        assert_eq!((made.level, made.parent.as_ref().map(|code| code.as_str())), (SITE, Some("C1561")));
        assert_eq!(check(&settings).len(), faults, "sound");
    }
}
