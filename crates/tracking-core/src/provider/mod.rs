//! `Provider`: what every tracking provider can do, and what comes back.

mod account;
mod batch;
mod capabilities;
mod detection;
mod error;
mod hints;
mod input;
mod lane;
mod lookup;
mod outcome;
mod provider;
mod provider_id;
mod question;
mod refusals;
mod request;
mod same_number;
mod schedule;
mod set;
mod track_stream;

pub use account::Account;
pub(crate) use batch::one_by_one;
pub use capabilities::Capabilities;
pub use error::{Error, ErrorKind};
pub use hints::ShipmentHints;
pub(crate) use lookup::key_of_request;
pub use lookup::{Lookup, LookupResult};
pub use outcome::Outcome;
pub use provider::{BoxFuture, Provider, ProviderExt};
pub use provider_id::ProviderId;
pub(crate) use refusals::Refusals;
pub use request::{
    CourierCandidate, Cursor, Evidence, ListRequest, Registered, Registration, ShipmentPage,
    Target, TrackRequest,
};
pub use same_number::{is_same_number, number_key};
pub use set::ProviderSet;
pub use track_stream::TrackStream;
