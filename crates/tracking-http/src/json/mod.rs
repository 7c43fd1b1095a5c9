//! From JSON to types, as far as it fits.

mod budget;
mod decode;
mod first_value;
mod invalid_utf8;
mod known_keys;
pub mod lenient;
mod lone_surrogates;
mod misfit;
pub mod partial;
mod place;
mod plain;
mod recovery;
mod scanner;
mod shared;
mod slow_reader;
mod unmodelled;

pub(crate) use decode::NOT_THE_API;
pub use decode::{decode, without_bom};
pub use first_value::first_value;
pub(crate) use plain::decode_plain;
pub use unmodelled::unmodelled_fields;
