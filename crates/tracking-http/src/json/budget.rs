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
const FREE: usize = 12 * 1024 * 1024;

/// What an element takes once it is a shipment or an event of the unified model, and while it becomes one:
/// about 2,000 bytes were measured.
const PER_ELEMENT: usize = 2048;

/// Bytes that the elements of every response may take in the model.
const FREE_IN_MODEL: usize = 40 * 1024 * 1024;

/// How many elements may be taken out of the lists of a response with so many bytes.
pub(super) fn elements_within(json_bytes: usize) -> usize {
    let allowed = json_bytes.saturating_mul(PER_BYTE);
    allowed.saturating_add(FREE_IN_MODEL) / PER_ELEMENT
}

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    /// How many elements were left out at the bound; `None` where reaching it is an error.
    static LEFT_OUT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Ends the bound, also when a reader panics.
struct Bounded(usize, Option<usize>);

impl Bounded {
    fn new(json_bytes: usize, left_out: Option<usize>) -> Self {
        let allowed = json_bytes.saturating_mul(PER_BYTE).saturating_add(FREE);
        Self(LEFT.replace(allowed), LEFT_OUT.replace(left_out))
    }
}

impl Drop for Bounded {
    fn drop(&mut self) {
        LEFT.set(self.0);
        LEFT_OUT.set(self.1);
    }
}

/// Reads JSON of this length within the bound. Reaching it is an error.
pub(super) fn bounded<T>(json_bytes: usize, read: impl FnOnce() -> T) -> T {
    let _bounded = Bounded::new(json_bytes, None);
    read()
}

/// Reads JSON of this length within the bound, and only the beginning of the lists that reach it. Returns
/// how many elements were left out, too.
pub(super) fn shortened<T>(json_bytes: usize, read: impl FnOnce() -> T) -> (T, usize) {
    let _bounded = Bounded::new(json_bytes, Some(0));
    let value = read();
    (value, LEFT_OUT.get().unwrap_or_default())
}

/// Accounts for elements that a list leaves out. Returns false if it may not.
pub(super) fn may_leave_out(elements: usize) -> bool {
    let left_out = LEFT_OUT.get();
    LEFT_OUT.set(left_out.map(|it| it.saturating_add(elements)));
    left_out.is_some()
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
