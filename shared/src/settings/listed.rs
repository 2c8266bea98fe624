//! A list of settings whose items are found by their code without walking through it: 20,000 places are asked for several times
//! in each check of a change. Looks like the plain list it is, in memory and on the wire. Knows nothing of what it lists.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::{Deref, DerefMut};

/// Something listed under a code.
pub trait Keyed {
    /// What it is found by.
    type Key: Ord;

    /// Its code.
    fn key(&self) -> &Self::Key;
}

/// The list. Whoever changes it gets the plain `Vec`; until it is [indexed](Self::index) again, or read from a snapshot, it is
/// searched from the front.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    items: Vec<T>,
    /// Places in `items`, by key; empty while unknown.
    by_key: Vec<u32>,
}

impl<T: Keyed> Listed<T> {
    /// The first item with this code.
    #[must_use]
    pub fn get(&self, key: &T::Key) -> Option<&T> {
        if self.by_key.len() != self.items.len() {
            return self.items.iter().find(|item| item.key() == key);
        }
        let at = |place: u32| self.items.get(place as usize);
        let place = self.by_key.partition_point(|&place| at(place).is_some_and(|item| item.key() < key));
        self.by_key.get(place).and_then(|&place| at(place)).filter(|item| item.key() == key)
    }

    /// Makes items quick to find, as they are in a snapshot that was read.
    pub fn index(&mut self) {
        let items = &self.items;
        let mut by_key: Vec<u32> = (0..).take(items.len()).collect();
        // Stable: of two items with one code the first is found, as when searched from the front.
        by_key.sort_by(|&a, &b| items.get(a as usize).map(T::key).cmp(&items.get(b as usize).map(T::key)));
        self.by_key = by_key;
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { items: Vec::new(), by_key: Vec::new() }
    }
}

impl<T: Keyed> From<Vec<T>> for Listed<T> {
    fn from(items: Vec<T>) -> Self {
        let mut listed = Self { items, by_key: Vec::new() };
        listed.index();
        listed
    }
}

impl<T: Keyed> FromIterator<T> for Listed<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        items.into_iter().collect::<Vec<_>>().into()
    }
}

impl<T> Deref for Listed<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.items
    }
}

impl<T> DerefMut for Listed<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        self.by_key.clear();
        &mut self.items
    }
}

impl<T> IntoIterator for Listed<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Listed<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: PartialEq> PartialEq for Listed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<T: Serialize> Serialize for Listed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(to)
    }
}

impl<'de, T: Keyed + Deserialize<'de>> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::deserialize(from).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::{Keyed, Listed};

    impl Keyed for (u8, char) {
        type Key = u8;

        fn key(&self) -> &u8 {
            &self.0
        }
    }

    #[test]
    fn an_item_is_found_whether_indexed_or_just_changed_and_the_first_of_two() {
        let mut listed: Listed<(u8, char)> = vec![(9, 'a'), (3, 'b'), (9, 'c'), (1, 'd')].into();
        let found = |listed: &Listed<_>| [1, 3, 9, 4].map(|key| listed.get(&key).map(|item: &(u8, char)| item.1));
        assert_eq!(found(&listed), [Some('d'), Some('b'), Some('a'), None]);
        listed[1].0 = 4;
        listed.push((3, 'e'));
        assert_eq!(found(&listed), [Some('d'), Some('e'), Some('a'), Some('b')]);
        listed.index();
        assert_eq!(found(&listed), [Some('d'), Some('e'), Some('a'), Some('b')]);
        assert_eq!(Listed::<(u8, char)>::default().get(&1), None);
    }

    #[test]
    fn it_is_written_as_a_plain_list() {
        let listed: Listed<(u8, char)> = vec![(2, 'x'), (1, 'y')].into();
        let text = serde_json::to_string(&listed).unwrap();
        assert_eq!(text, r#"[[2,"x"],[1,"y"]]"#);
        assert_eq!(serde_json::from_str::<Listed<(u8, char)>>(&text).unwrap().get(&1), Some(&(1, 'y')));
    }
}
