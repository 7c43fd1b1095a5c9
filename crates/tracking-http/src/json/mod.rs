//! From JSON to types, as far as it fits.

mod decode;
pub mod lenient;
mod recover;
mod unmodelled;

pub use decode::decode;
pub use recover::{Recovered, recover};
pub use unmodelled::unmodelled_fields;
