//! Merging observations of one shipment.

mod changes;
mod edits;
mod facts;
mod histories;
mod identity;
mod laws;
mod legs;
mod order;
mod reopening;
mod retractions;
mod scenes;
mod status;
