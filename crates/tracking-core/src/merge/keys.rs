//! The keys that are given inside one shipment.

use std::collections::{HashMap, HashSet};

use crate::EventKey;

/// The keys that are given inside one shipment: no two events have the same one.
#[derive(Default)]
pub(crate) struct Keys {
    given: HashSet<EventKey>,
    /// How many events asked for a key that was given already.
    counts: HashMap<EventKey, usize>,
}

impl Keys {
    /// Gives the key or, if it is given already, the next numbered one.
    pub(crate) fn give(&mut self, key: EventKey) -> EventKey {
        if self.given.insert(key.clone()) {
            return key;
        }
        let count = self.counts.entry(key.clone()).or_insert(1);
        loop {
            *count += 1;
            let numbered = key.numbered(*count);
            if self.given.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

impl FromIterator<EventKey> for Keys {
    fn from_iter<I: IntoIterator<Item = EventKey>>(keys: I) -> Self {
        Self {
            given: keys.into_iter().collect(),
            counts: HashMap::new(),
        }
    }
}
