#![doc = include_str!("../README.md")]

mod change;
mod error;
mod limiter;
mod look;
mod parcel;
mod store;
mod worker;

pub use change::ChangeRecord;
pub use error::{StoreError, StoreErrorKind};
pub use limiter::StoreLimiter;
pub use parcel::{Added, Counts, NewParcel, Parcel, ParcelId};
pub use store::{Consumer, Store};
pub use worker::{Round, Worker};
