#![doc = include_str!("../README.md")]

mod change;
mod error;
mod inbox;
mod limiter;
mod parcel;
mod plan;
mod rules;
mod sender;
mod store;
mod summary;
mod worker;

pub use change::ChangeRecord;
pub use error::{StoreError, StoreErrorKind};
pub use inbox::{Inbox, InboxMessage, MessageCounts, MessageId, MessageState};
pub use limiter::StoreLimiter;
pub use parcel::{Added, Counts, NewParcel, Parcel, ParcelId};
pub use plan::{Forecast, LimitUse, Percentiles, Plan};
pub use rules::{AccountRules, RuleError};
pub use sender::{
    ConsumerReport, DeadLetter, NotDelivered, Sender, Sent, WebhookSecret, WebhookTarget,
};
pub use store::{AccountReport, Consumer, Looks, ParcelQuery, StatusCount, Store};
pub use worker::{Round, Worker};

#[doc = include_str!("../docs/planning.md")]
///
/// [`Plan`]: crate::Plan
pub mod planning {}
