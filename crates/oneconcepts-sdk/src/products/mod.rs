//! Products: which ones a list shows, and which are gone.

mod availability;
mod selection;

pub(crate) use selection::MAX_VALUES;
pub use selection::ProductSelection;
