//! Orders: their lines, filters and updates, their trackings, and the procedure for shipped ones.

mod filter;
mod lines;
mod links;
mod shipped;
mod shipped_pages;
mod trackings;
mod update;

pub(crate) use filter::OrderFilter;
pub use lines::{NetCost, OrderLine};
pub use links::TrackingLink;
pub use shipped::{ShippedOrder, ShippedOrders};
pub(crate) use trackings::{LinkedTracking, LinkedTrackings, read_all_linked};
pub use update::{OrderRef, OrderUpdateForm};
pub(crate) use update::{OrderUpdates, check_status};
