//! Credentials, tokens, and the bounds within which they travel.

mod bound;
mod credentials;
mod fingerprint;
mod header;
mod origin;
mod spelled;
mod token;
mod token_cache;
mod token_source;

pub(crate) use bound::{Attached, BoundCredentials};
pub use credentials::Credentials;
pub use header::basic_authorization;
#[cfg(feature = "cassette")]
pub(crate) use spelled::replaced;
pub use token::Token;
pub use token_source::TokenSource;
