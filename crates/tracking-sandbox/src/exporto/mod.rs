//! exporto: all nine operations of the tracking part and its neighbours.
//!
//! [`Sandbox::exporto`](crate::Sandbox::exporto) returns the account, through which a test changes
//! everything that differs between accounts.

mod account;
mod auth;
mod bodies;
mod control;
mod endpoints;
mod errors;
mod handlers;
mod ids;
mod label_methods;
mod limits;
mod milestones;
mod paging;
pub(crate) mod provider;
mod requests;
mod returns;
mod settings;
mod shipment;
mod shipments;
mod state;
mod tour_paths;
mod tours;

pub use self::account::Exporto;
pub use self::ids::ShipmentIds;
pub use self::settings::{
    Assumptions, ContentType, RequestIdHeader, Settings, TimeFilter, TourShape, TourShipmentsShape,
};
pub use self::tour_paths::TourPaths;
