//! Time as the providers write it: how much zone a string has is part of the value.

mod date;
mod meaning;
mod no_date;
mod order;
mod parse;
mod timestamp;
mod utc_time;

pub use date::Date;
pub(crate) use meaning::TimeMeaning;
pub use parse::ParseDateError;
pub use timestamp::{
    CalendarDate, ClaimedUtcTime, ExactTime, LocalTime, TimeKind, Timestamp, UnparsedTime,
};
pub use utc_time::{ParseUtcTimeError, UtcTime, UtcTimeRangeError};
