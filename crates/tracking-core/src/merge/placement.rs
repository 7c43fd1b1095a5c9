//! Places events that arrive one by one: by time, then by the provider's order number.

use std::cmp::Ordering;

use super::order::compare_arrivals;
use crate::Event;

/// Places `new` events among `known` ones, which keep their order.
///
/// The result does not depend on the order in which new events arrive. An order that a complete
/// response gave is kept, even against the times: the provider knew why.
pub(super) fn place(known: Vec<Event>, new: Vec<Event>) -> Vec<Event> {
    place_by(known, new, compare_arrivals)
}

/// Puts each of `new` behind the last of `known` that is not greater, where `known` keeps its
/// order even if it is not sorted.
pub(super) fn place_by<T>(
    mut known: Vec<T>,
    mut new: Vec<T>,
    mut compare: impl FnMut(&T, &T) -> Ordering,
) -> Vec<T> {
    if new.is_empty() {
        return known;
    }
    new.sort_by(&mut compare);
    // From the end: what is greater than the greatest new item is greater than all of them.
    let mut placed = Vec::with_capacity(known.len() + new.len());
    while let (Some(last), Some(greatest)) = (known.last(), new.last()) {
        let next = if compare(last, greatest).is_le() {
            new.pop()
        } else {
            known.pop()
        };
        placed.extend(next);
    }
    placed.extend(new.into_iter().rev());
    placed.extend(known.into_iter().rev());
    placed.reverse();
    placed
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::place_by;

    #[test]
    fn each_item_goes_behind_the_last_one_that_is_not_greater() {
        let placed = place_by(vec![2, 9, 3, 7], vec![8, 1, 3, 5], Ord::cmp);

        assert_eq!(placed, [1, 2, 9, 3, 3, 5, 7, 8]);
    }

    #[test]
    fn many_items_take_few_comparisons() {
        let count = 10_000_u32;
        let mut comparisons = 0_u32;
        let known = (0..count).map(|number| number * 2).collect();
        let new = (0..count).rev().map(|number| number * 2 + 1).collect();

        let placed = place_by(known, new, |left, right| {
            comparisons += 1;
            left.cmp(right)
        });

        assert!(placed.is_sorted());
        assert!(comparisons < count * 50, "{comparisons}");
    }

    proptest! {
        #[test]
        fn placing_together_is_placing_one_after_the_other(
            known in vec(0..9_u8, 0..12),
            new in vec(0..9_u8, 0..12),
        ) {
            let tag = |values: Vec<u8>, from: usize| -> Vec<(u8, usize)> {
                values.into_iter().enumerate().map(|(index, value)| (value, from + index)).collect()
            };
            let (known, new) = (tag(known, 0), tag(new, 100));
            let mut expected = known.clone();
            for item in &new {
                let before = expected.iter().rposition(|known| known.0 <= item.0);
                expected.insert(before.map_or(0, |index| index + 1), *item);
            }

            let placed = place_by(known, new, |left, right| left.0.cmp(&right.0));

            prop_assert_eq!(placed, expected);
        }
    }
}
