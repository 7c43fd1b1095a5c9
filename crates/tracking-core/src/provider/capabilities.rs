//! `Capabilities`: what a provider can do.

use crate::Target;
use crate::webhook::WebhookProof;

/// What a provider can do.
///
/// Built by starting at [`Capabilities::none`] and setting fields, which a constant can do too:
///
/// ```
/// use tracking_core::Capabilities;
///
/// pub const CAPABILITIES: Capabilities = {
///     let mut capabilities = Capabilities::none();
///     capabilities.track_by_number = true;
///     capabilities.events = true;
///     capabilities
/// };
///
/// assert!(CAPABILITIES.track_by_number && !CAPABILITIES.register);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// Finds shipments by tracking number.
    pub track_by_number: bool,
    /// Finds a shipment by the provider's own id.
    pub track_by_id: bool,
    /// Finds a shipment by the client's own reference.
    pub track_by_reference: bool,
    /// Registers numbers.
    pub register: bool,
    /// Stops following a shipment.
    pub unregister: bool,
    /// Lists the registered shipments.
    pub list: bool,
    /// Detects couriers.
    pub detect_couriers: bool,
    /// Lists the couriers that it knows.
    pub list_couriers: bool,
    /// Sends webhooks, with a proof of this strength at most.
    pub webhook: Option<WebhookProof>,
    /// Returns events, not only a status.
    pub events: bool,
    /// Returns estimates of the delivery.
    pub etas: bool,
    /// Takes a [language](crate::TrackRequest::language) for what events say. Without it the language of a request has no
    /// effect.
    pub language: bool,
    /// How many requests [`Provider::track_batch`](crate::Provider::track_batch) sends in one call at
    /// most. 1, the default, and 0 mean that there are no batches.
    pub batch_size: usize,
    /// How many numbers [`Provider::register_batch`](crate::Provider::register_batch) registers in one call at most.
    /// 1, the default, and 0 mean that it registers one by one.
    pub register_batch_size: usize,
}

impl Capabilities {
    /// Returns the capabilities of a provider that can do nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            track_by_number: false,
            track_by_id: false,
            track_by_reference: false,
            register: false,
            unregister: false,
            list: false,
            detect_couriers: false,
            list_couriers: false,
            webhook: None,
            events: false,
            etas: false,
            language: false,
            batch_size: 1,
            register_batch_size: 1,
        }
    }

    /// Returns true if lookups by this kind of target are supported at all.
    #[must_use]
    pub const fn can_look_up(&self, target: &Target) -> bool {
        match target {
            Target::Number(_) => self.track_by_number,
            Target::Id(_) => self.track_by_id,
            Target::Reference(_) => self.track_by_reference,
        }
    }
}

impl Default for Capabilities {
    fn default() -> Self {
        Self::none()
    }
}
