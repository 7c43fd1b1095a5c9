#![doc = include_str!("../README.md")]

mod change;
mod error;
mod inbox;
mod limiter;
mod parcel;
mod rules;
mod store;
mod summary;
mod worker;

pub use change::ChangeRecord;
pub use error::{StoreError, StoreErrorKind};
pub use inbox::{Inbox, InboxMessage, MessageId, MessageState};
pub use limiter::StoreLimiter;
pub use parcel::{Added, Counts, NewParcel, Parcel, ParcelId};
pub use rules::{AccountRules, RuleError};
pub use store::{AccountReport, Consumer, Looks, ParcelQuery, StatusCount, Store};
pub use worker::{Round, Worker};
