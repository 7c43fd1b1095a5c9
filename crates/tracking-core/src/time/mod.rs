//! Time as the providers tell it: how much zone a text has is part of the value.

mod date;
mod order;
mod parse;
mod timestamp;
mod utc_time;

pub use date::{Date, ParseDateError};
pub use timestamp::{
    CalendarDate, ClaimedUtcTime, ExactTime, LocalTime, TimeKind, Timestamp, UnparsedTime,
};
pub use utc_time::{ParseUtcTimeError, UtcTime, UtcTimeRangeError};
