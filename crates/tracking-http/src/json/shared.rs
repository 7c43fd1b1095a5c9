//! What all parts of a response share: how many problems were listed, and what was left out.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use tracking_core::RawJson;

use super::budget::elements_within;
use super::recovery::MAX_PROBLEMS;

/// What all parts of a response share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// JSON paths of list elements that were left out.
    pub(super) left_out: HashSet<String>,
    /// How many problems were to be listed, up to now.
    listed: AtomicUsize,
    /// Whether a part has a problem that represents those of other parts.
    pub(super) has_more: AtomicBool,
    /// How many elements of lists may still be taken out; see [`room`](Self::room).
    room: OnceLock<AtomicUsize>,
    /// Whether an element of a list anywhere is a list.
    has_nested_lists: OnceLock<bool>,
}

impl Shared {
    pub(super) fn with(listed: usize, left_out: HashSet<String>) -> Arc<Self> {
        Arc::new(Self {
            left_out,
            listed: listed.into(),
            ..Self::default()
        })
    }

    /// Accounts for a problem. Returns false if there are enough.
    pub(super) fn may_list(&self) -> bool {
        self.listed.fetch_add(1, Ordering::Relaxed) < MAX_PROBLEMS
    }

    /// Returns true if there is any problem.
    pub(super) fn has_problems(&self) -> bool {
        self.listed.load(Ordering::Relaxed) > 0
    }

    /// How many elements of lists may still be taken out of the response. `raw` is what is first asked for; all
    /// others are parts of it.
    pub(super) fn room(&self, raw: &RawJson) -> &AtomicUsize {
        self.room.get_or_init(|| elements_within(raw.len()).into())
    }

    /// Returns true if a list may be an element of a list. `raw` is what is first asked for; all others
    /// are parts of it. So the elements of most responses need not be cut out to look at them.
    pub(super) fn has_nested_lists(&self, raw: &RawJson) -> bool {
        *self.has_nested_lists.get_or_init(|| {
            // Brackets are few, and finding one takes less than looking at each byte.
            let json = raw.as_bytes();
            memchr::memchr_iter(b'[', json).any(|index| {
                let before = json.get(..index).unwrap_or_default();
                matches!(before.trim_ascii_end().last(), Some(b'[' | b','))
            })
        })
    }
}
