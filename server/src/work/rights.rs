//! What a person could do by what one of their devices had pulled, and since when. Work saved under rights that were lost since
//! is kept and not counted, instead of refused. Knows no documents.

use super::error::WorkError;
use serde::{Deserialize, Serialize};
use shared::{model::dates::UnixSeconds, policy::Actor, settings::Person};

/// Rights kept for one device: a person whose settings changed oftener between two quiet pulls loses the oldest.
const MOST: usize = 8;

/// Rights under which something on the device may have been saved, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Rights(Vec<Held>);

/// A person as settings once were.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Held {
    person: Person,
    /// From when, by the server's clock.
    at: UnixSeconds,
}

impl Rights {
    /// Reads what a device's row holds; unreadable is as good as none.
    pub(super) fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// What a device's row is to hold.
    ///
    /// # Errors
    /// [`WorkError::Inconsistent`] if it can't be written.
    pub(super) fn to_text(&self) -> Result<String, WorkError> {
        serde_json::to_string(&self.0).map_err(|_| WorkError::Inconsistent("rights"))
    }

    /// With rights that the device may have got just now.
    pub(super) fn and(mut self, person: Option<&Person>, at: UnixSeconds) -> Self {
        if let Some(person) = person.filter(|person| self.0.last().is_none_or(|last| &last.person != *person)) {
            self.0.push(Held { person: person.clone(), at });
        }
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
        self
    }

    /// Once a device with nothing to send has got these: what was saved while that answer was on its way is still of the
    /// rights before, so those stay beside them.
    pub(super) fn settle(mut self, person: &str, at: UnixSeconds) -> Self {
        let before = self.0.pop();
        let person = serde_json::from_str(person).ok();
        Self(before.into_iter().chain(person.map(|person| Held { person, at })).collect())
    }

    /// Who the person was under each.
    pub(super) fn actors(&self) -> Vec<Actor> {
        let of = |held: &Held| Actor {
            user: held.person.id.clone(),
            role: held.person.role,
            areas: held.person.areas.clone(),
            projects: held.person.projects.clone(),
        };
        self.0.iter().map(of).collect()
    }

    /// Since when they cover what the device did.
    pub(super) fn since(&self) -> Option<UnixSeconds> {
        self.0.first().map(|held| held.at)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Rights};
    use shared::{
        model::{dates::UnixSeconds, role::Role},
        settings::Person,
    };

    fn person(area: &str) -> Person {
        Person { areas: vec![area.into()], ..Person::new("u1".into(), "", Role::Ao) }
    }

    fn areas(rights: &Rights) -> Vec<String> {
        rights.actors().into_iter().map(|actor| actor.areas[0].0.clone()).collect()
    }

    #[test]
    fn rights_gather_until_a_quiet_pull_and_the_last_before_it_stay() {
        let rights = Rights::default().and(Some(&person("A")), UnixSeconds(1)).and(Some(&person("A")), UnixSeconds(2));
        let rights = rights.and(Some(&person("B")), UnixSeconds(3)).and(None, UnixSeconds(4));
        assert_eq!((areas(&rights), rights.since()), (vec!["A".into(), "B".into()], Some(UnixSeconds(1))));
        let rights = Rights::read(&rights.to_text().unwrap());
        let settled = rights.settle(&serde_json::to_string(&person("C")).unwrap(), UnixSeconds(5));
        assert_eq!((areas(&settled), settled.since()), (vec!["B".into(), "C".into()], Some(UnixSeconds(3))));
        let again = settled.settle(&serde_json::to_string(&person("C")).unwrap(), UnixSeconds(9));
        assert_eq!((areas(&again), again.since()), (vec!["C".into(), "C".into()], Some(UnixSeconds(5))));
    }

    #[test]
    fn there_is_an_end_to_gathering_and_garbage_is_none() {
        let many = (0..20).fold(Rights::default(), |rights, i| rights.and(Some(&person(&i.to_string())), UnixSeconds(i)));
        assert_eq!((areas(&many).len(), areas(&many)[0].as_str()), (MOST, "12"));
        assert!(Rights::read("").actors().is_empty() && Rights::read("{").since().is_none());
    }
}
