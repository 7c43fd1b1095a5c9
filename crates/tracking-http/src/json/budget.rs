//! A bound for what lists of one response take in memory.
//!
//! A list of `{}` needs three bytes for an element on the wire, and hundreds as a value.

use std::cell::Cell;

/// How an error about a list without bounds begins.
pub(super) const TOO_MANY_ELEMENTS: &str =
    "the list has more elements than fit into the memory for a response of this size";

/// Bytes of lists for each byte of JSON.
const PER_BYTE: usize = 4;

/// Bytes of lists that every response may have.
const FREE: usize = 24 * 1024 * 1024;

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Ends the bound, also when a reader panics.
struct Bounded(usize);

impl Drop for Bounded {
    fn drop(&mut self) {
        LEFT.set(self.0);
    }
}

/// Reads JSON of this length within the bound.
pub(super) fn bounded<T>(json_bytes: usize, read: impl FnOnce() -> T) -> T {
    let allowed = json_bytes.saturating_mul(PER_BYTE).saturating_add(FREE);
    let _bounded = Bounded(LEFT.replace(allowed));
    read()
}

/// Accounts for a list that is full and grows. Returns false if the bound is reached.
pub(super) fn may_grow<T>(list: &[T]) -> bool {
    let more = list.len().max(4).saturating_mul(size_of::<T>());
    match LEFT.get().checked_sub(more) {
        Some(left) => {
            LEFT.set(left);
            true
        }
        None => false,
    }
}
