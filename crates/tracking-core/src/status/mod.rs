//! Statuses: one vocabulary for all providers, and how a status was found.

mod detail;
mod reason;
mod report;
#[expect(
    clippy::module_inception,
    reason = "the file is named like its type, as all files here"
)]
mod status;
mod unmapped_count;

pub use detail::Detail;
pub use reason::Reason;
pub(crate) use report::{EVENTS, is_terminal};
pub use report::{Origin, Precision, RawStatus, StatusReport};
pub use status::{ParseStatusError, Status, UnmappedValue};
pub use unmapped_count::UnmappedCount;
