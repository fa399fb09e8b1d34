//! The map of the API types.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Index;
use std::slice;

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thin_vec::ThinVec;

use crate::str::Str;

/// A map from strings, kept as a sorted list.
///
/// The maps of an object (labels, annotations, limits, data) have a handful of entries: a sorted list is the smallest thing that holds them,
/// and it prints in the order in which Go prints a map. It takes one word itself, and an empty one no more than that.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Map<V>(ThinVec<(Str, V)>);

impl<V> Map<V> {
    /// Returns an empty map.
    pub const fn new() -> Self {
        Self(ThinVec::new())
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.find(key).ok().map(|at| &self.0[at].1)
    }

    /// Returns the value of a key to write to.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.find(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Tells whether there is an entry for the key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }

    /// Sets the value of a key and returns the one that was there.
    pub fn insert(&mut self, key: impl Into<Str>, value: impl Into<V>) -> Option<V> {
        let key = key.into();
        match self.find(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value.into())),
            Err(at) => {
                self.0.insert(at, (key, value.into()));
                None
            }
        }
    }

    /// Returns the value of a key to write to; makes a default one where there is none.
    pub fn entry(&mut self, key: &str) -> &mut V
    where
        V: Default,
    {
        self.entry_or(key, V::default)
    }

    /// Returns the value of a key to write to; makes one where there is none.
    pub(crate) fn entry_or(&mut self, key: &str, make: impl FnOnce() -> V) -> &mut V {
        let at = match self.find(key) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (Str::read(key), make()));
                at
            }
        };
        &mut self.0[at].1
    }

    /// Removes an entry and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        self.find(key).ok().map(|at| self.0.remove(at).1)
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns the entries, sorted by key.
    pub fn iter(&self) -> Iter<'_, V> {
        Iter(self.0.iter())
    }

    /// Returns the keys in their order.
    pub fn keys(&self) -> impl Iterator<Item = &Str> {
        self.0.iter().map(|(key, _)| key)
    }

    /// Returns the values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Makes room for so many entries more, and for no others.
    pub fn reserve_exact(&mut self, additional: usize) {
        self.0.reserve_exact(additional);
    }

    /// Gives back memory that no entry uses.
    pub fn shrink_to_fit(&mut self) {
        // In place, this would leave a piece that fits nothing; the whole block fits the next map.
        if self.len() < self.0.capacity() {
            let mut exact = ThinVec::with_capacity(self.len());
            exact.append(&mut self.0);
            self.0 = exact;
        }
    }

    fn find(&self, key: &str) -> Result<usize, usize> {
        // Servers send maps sorted, so the next key is nearly always the last one.
        match self.0.last() {
            Some((last, _)) if last.as_str() < key => Err(self.0.len()),
            _ => self.0.binary_search_by(|(known, _)| known.as_str().cmp(key)),
        }
    }

    /// Takes entries in any order; of several with one key the last stays.
    fn from_entries(mut entries: ThinVec<(Str, V)>) -> Self {
        // Servers send maps sorted.
        if !entries.is_sorted_by(|(a, _), (b, _)| a.as_str() < b.as_str()) {
            entries.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
            entries.dedup_by(|later, earlier| {
                let is_same = later.0 == earlier.0;
                if is_same {
                    std::mem::swap(later, earlier);
                }
                is_same
            });
        }
        entries.shrink_to_fit();
        Self(entries)
    }

    /// Takes entries whose number is known and which are sorted, each key once, and no more room than they need.
    pub(crate) fn of_sorted(entries: impl ExactSizeIterator<Item = (Str, V)>) -> Self {
        let mut all = ThinVec::with_capacity(entries.len());
        all.extend(entries);
        debug_assert!(all.is_sorted_by(|(a, _), (b, _)| a.as_str() < b.as_str()), "whoever asks has sorted them");
        Self(all)
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<V> Index<&str> for Map<V> {
    type Output = V;

    /// Returns the value of a key.
    ///
    /// # Panics
    ///
    /// If there is no entry for the key, as `HashMap` does; [`Map::get`] asks.
    fn index(&self, key: &str) -> &V {
        match self.get(key) {
            Some(value) => value,
            None => panic!("no entry for the key {key:?}"),
        }
    }
}

impl<K: Into<Str>, W: Into<V>, V> FromIterator<(K, W)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, W)>>(entries: I) -> Self {
        Self::from_entries(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<K: Into<Str>, W: Into<V>, V> Extend<(K, W)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, W)>>(&mut self, entries: I) {
        let mut all = std::mem::take(&mut self.0);
        all.extend(entries.into_iter().map(|(key, value)| (key.into(), value.into())));
        *self = Self::from_entries(all);
    }
}

impl<K: Into<Str>, W: Into<V>, V, const N: usize> From<[(K, W); N]> for Map<V> {
    fn from(entries: [(K, W); N]) -> Self {
        entries.into_iter().collect()
    }
}

/// The entries of a [`Map`], sorted by key.
#[derive(Clone, Debug)]
pub struct Iter<'a, V>(slice::Iter<'a, (Str, V)>);

impl<'a, V> Iterator for Iter<'a, V> {
    type Item = (&'a Str, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<V> ExactSizeIterator for Iter<'_, V> {}

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = (&'a Str, &'a V);
    type IntoIter = Iter<'a, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (Str, V);
    type IntoIter = IntoIter<V>;

    fn into_iter(self) -> IntoIter<V> {
        IntoIter(self.0.into_iter())
    }
}

/// The entries of a [`Map`] that is taken apart, sorted by key.
#[derive(Debug)]
pub struct IntoIter<V>(thin_vec::IntoIter<(Str, V)>);

impl<V> Iterator for IntoIter<V> {
    type Item = (Str, V);

    fn next(&mut self) -> Option<(Str, V)> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<V> ExactSizeIterator for IntoIter<V> {}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, value) in self {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}

struct MapVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> de::Visitor<'de> for MapVisitor<V> {
    type Value = Map<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map with string keys")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut access: A) -> Result<Map<V>, A::Error> {
        let mut entries = ThinVec::with_capacity(access.size_hint().unwrap_or(0).min(1024));
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Map::from_entries(entries))
    }
}

impl<V: schemars::JsonSchema> schemars::JsonSchema for Map<V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Map_of_{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<V>() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn entries_come_sorted_and_the_last_value_of_a_key_stays() {
        let map: Map<Str> = [("b", "1"), ("a", "2"), ("b", "3")].into();
        let entries: Vec<(&str, &str)> = map.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(entries, [("a", "2"), ("b", "3")]);
    }

    proptest! {
        #[test]
        fn a_map_behaves_like_a_tree_map(steps in prop::collection::vec(("[a-e]{1,2}", any::<Option<u8>>()), 0..40)) {
            let mut map = Map::<u8>::new();
            let mut model = std::collections::BTreeMap::new();
            for (key, value) in steps {
                match value {
                    Some(value) => assert_eq!(map.insert(key.as_str(), value), model.insert(key, value)),
                    None => assert_eq!(map.remove(&key), model.remove(&key)),
                }
            }
            prop_assert!(map.iter().map(|(key, value)| (key.to_string(), *value)).eq(model));
        }
    }
}
