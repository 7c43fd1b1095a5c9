//! Numbers that are the same in another spelling: they are asked once, and each line gets the result.

use std::collections::HashMap;

use tracking_core::Target;
use tracking_core::kit::number_key;

use super::targets::Requested;

/// The distinct targets among what was requested.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    by_key: HashMap<Target, usize>,
    /// The places of each target among the requested ones; never empty.
    places: Vec<Vec<usize>>,
}

impl Spellings {
    /// Finds those that can be looked up.
    pub(crate) fn of(requested: &[Requested]) -> Self {
        let mut spellings = Self::default();
        for (place, one) in requested.iter().enumerate() {
            if one.fault.is_some() {
                continue;
            }
            let next = spellings.places.len();
            let group = *spellings.by_key.entry(key(&one.target)).or_insert(next);
            match spellings.places.get_mut(group) {
                Some(places) => places.push(place),
                None => spellings.places.push(vec![place]),
            }
        }
        spellings
    }

    /// The group of a target.
    pub(crate) fn group(&self, target: &Target) -> Option<usize> {
        self.by_key.get(&key(target)).copied()
    }

    /// The places of a group among the requested ones, the first spelling first.
    pub(crate) fn places(&self, group: usize) -> &[usize] {
        self.places.get(group).map_or(&[], Vec::as_slice)
    }

    /// How many groups there are.
    pub(crate) const fn len(&self) -> usize {
        self.places.len()
    }
}

fn key(target: &Target) -> Target {
    match target {
        Target::Number(number) => Target::Number(number_key(number)),
        target => target.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_number_form_a_group() {
        let requested = ["AB-1", "other", "ab1", "AB1"].map(Requested::number);

        let spellings = Spellings::of(&requested);

        assert_eq!(spellings.len(), 2);
        let group = spellings.group(&Target::Number("Ab 1".to_owned())).unwrap();
        assert_eq!(spellings.places(group), [0, 2, 3]);
        assert_eq!(spellings.group(&Target::Id("AB1".to_owned())), None);
    }
}
