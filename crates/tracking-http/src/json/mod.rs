//! From JSON to types, as far as it fits.

mod budget;
mod decode;
mod known_keys;
pub mod lenient;
mod misfit;
pub mod partial;
mod recovery;
mod scanner;
mod unmodelled;

pub use decode::{decode, without_bom};
pub use unmodelled::unmodelled_fields;
