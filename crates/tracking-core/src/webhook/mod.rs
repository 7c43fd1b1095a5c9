//! Webhooks: one entry point for all providers, how far a message can be trusted, and how a repeat is
//! recognised.
//!
//! A [`WebhookEndpoint`] does everything between the HTTP server and your own code. Hand it each request
//! that arrives and send its [`reply`](Received::reply) back, with any web framework:
//!
//! ```
//! use tracking_core::webhook::{ReceivedUpdate, WebhookEndpoint, WebhookRequest};
//! use tracking_core::{Error, Shipment};
//!
//! /// Your database, in which a shipment has one row.
//! trait Shipments {
//!     fn load(&self, latest: &Shipment) -> Result<Option<Shipment>, Error>;
//!     fn save(&self, shipment: &Shipment) -> Result<(), Error>;
//! }
//!
//! async fn handle(update: ReceivedUpdate, shipments: &impl Shipments) -> Result<(), Error> {
//!     let known = shipments.load(update.shipment())?;
//!     // Asks the provider again where the message itself proves nothing.
//!     if let Some(merged) = update.merge_into(known).await? {
//!         shipments.save(&merged.shipment)?;
//!     }
//!     Ok(())
//! }
//!
//! async fn respond(
//!     endpoint: &WebhookEndpoint,
//!     request: WebhookRequest<'_>,
//!     shipments: &impl Shipments,
//! ) -> u16 {
//!     let received = endpoint.receive(request, |update| handle(update, shipments)).await;
//!     received.reply.status()
//! }
//! ```
//!
//! The front page of the repository has a complete server with `axum`.

mod dedupe;
mod delivery;
mod endpoint;
mod received;
mod reply;
mod request;

pub use dedupe::{DedupeKey, DedupeStore, MemoryDedupe, Seen};
pub use delivery::{WebhookDelivery, WebhookProof, WebhookUpdate};
pub use endpoint::WebhookEndpoint;
pub use received::{Received, ReceivedUpdate, WebhookOutcome};
pub use reply::WebhookReply;
pub use request::WebhookRequest;
