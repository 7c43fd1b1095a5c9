//! Finds out when a list goes round in circles.

use std::collections::VecDeque;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// Finds out when a list goes round in circles, in constant memory.
///
/// Cursors and contents of pages are compared with earlier ones.
#[derive(Debug)]
pub struct RepeatGuard<C> {
    cursors: Earlier<C>,
    contents: Earlier<u64>,
}

/// Values of earlier pages.
///
/// The last few are compared one by one, which catches short circles at once. For longer ones a single
/// older value is kept and replaced after 1, 2, 4, 8 … pages (Brent's cycle detection): a circle of any
/// length meets it sooner or later.
#[derive(Debug)]
struct Earlier<T> {
    recent: VecDeque<T>,
    landmark: Option<T>,
    since_landmark: usize,
    next_landmark_after: usize,
}

/// How a list repeats itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repeat {
    /// The next page is one that was read before.
    Cursor,
    /// A page holds what an earlier one held.
    Content,
}

impl fmt::Display for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cursor => {
                "the provider's next page is one that was already read: the list has no end"
            }
            Self::Content => {
                "the provider sent the same page twice: it ignores the page that was requested"
            }
        })
    }
}

impl<C> Default for RepeatGuard<C> {
    fn default() -> Self {
        Self {
            cursors: Earlier::default(),
            contents: Earlier::default(),
        }
    }
}

impl<T> Default for Earlier<T> {
    fn default() -> Self {
        Self {
            recent: VecDeque::new(),
            landmark: None,
            since_landmark: 0,
            next_landmark_after: 1,
        }
    }
}

impl<C: Clone + PartialEq> RepeatGuard<C> {
    /// Notes the page at `current`: its [`fingerprint`], and the page that it names as the next one.
    ///
    /// # Errors
    ///
    /// [`Repeat::Content`] when it holds what an earlier page held; [`Repeat::Cursor`] when the next
    /// page was read before, although this one is new.
    pub fn check(
        &mut self,
        current: &C,
        next: Option<&C>,
        content: Option<u64>,
    ) -> Result<(), Repeat> {
        if let Some(content) = content {
            if self.contents.contains(&content) {
                return Err(Repeat::Content);
            }
            self.contents.add(content);
        }
        let Some(next) = next else {
            return Ok(());
        };
        self.cursors.add(current.clone());
        if self.cursors.contains(next) {
            return Err(Repeat::Cursor);
        }
        Ok(())
    }
}

impl<T: Clone + PartialEq> Earlier<T> {
    /// How many values are compared one by one.
    const RECENT: usize = 16;

    fn add(&mut self, value: T) {
        if self.recent.len() == Self::RECENT {
            self.recent.pop_front();
        }
        if self.since_landmark == self.next_landmark_after || self.landmark.is_none() {
            self.landmark = Some(value.clone());
            self.next_landmark_after = self.next_landmark_after.saturating_mul(2);
            self.since_landmark = 0;
        }
        self.since_landmark += 1;
        self.recent.push_back(value);
    }

    fn contains(&self, value: &T) -> bool {
        self.recent.contains(value) || self.landmark.as_ref() == Some(value)
    }
}

/// Returns what distinguishes the content of a page from that of another, whatever the order of its
/// elements; `None` for a page without elements, or with one of unknown identity, which cannot be compared.
pub fn fingerprint<K: Hash>(identities: impl IntoIterator<Item = Option<K>>) -> Option<u64> {
    let mut sum: Option<u64> = None;
    for identity in identities {
        let mut hasher = DefaultHasher::new();
        identity?.hash(&mut hasher);
        sum = Some(sum.unwrap_or_default().wrapping_add(hasher.finish()));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{Repeat, RepeatGuard, fingerprint};

    /// Walks through a list whose last page leads back to page `back`.
    fn pages_until_found(length: u32, back: u32) -> u32 {
        let mut guard = RepeatGuard::default();
        let mut page = 0;
        for read in 1.. {
            let next = if page + 1 == length { back } else { page + 1 };
            if guard.check(&page, Some(&next), None) == Err(Repeat::Cursor) {
                return read;
            }
            page = next;
        }
        unreachable!("the circle is found")
    }

    #[test]
    fn short_circle_is_found_at_once() {
        assert_eq!(pages_until_found(1, 0), 1);
        assert_eq!(pages_until_found(2, 0), 2);
        assert_eq!(pages_until_found(9, 3), 9);
    }

    #[test]
    fn long_circle_is_found_after_few_rounds() {
        let read = pages_until_found(500, 100);

        assert!(read <= 4 * 500, "{read}");
    }

    #[test]
    fn equal_pages_are_found() {
        let mut guard = RepeatGuard::<u8>::default();

        let results = [None, None, Some(1), Some(2), Some(2), Some(3), Some(1)]
            .map(|content| guard.check(&0, None, content).is_ok());

        assert_eq!(results, [true, true, true, true, false, true, false]);
    }

    #[test]
    fn pages_without_identity_have_no_fingerprint() {
        assert_eq!(fingerprint::<u8>([]), None);
        assert_eq!(fingerprint([Some(1), None]), None);
        assert_eq!(
            fingerprint([Some(1), Some(2)]),
            fingerprint([Some(2), Some(1)])
        );
        assert_ne!(fingerprint([Some(1)]), fingerprint([Some(2)]));
    }
}
