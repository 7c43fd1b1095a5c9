//! exporto over real HTTP.

mod control;
mod edits;
mod errors;
mod faults;
mod labels;
mod limits;
pub(crate) mod merchant;
mod returns;
mod search;
mod shipment;
mod token;
mod tour_shapes;
mod tours;
