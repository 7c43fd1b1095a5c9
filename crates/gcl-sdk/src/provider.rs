//! GCL as a provider of the unified model.

use bytes::Bytes;
use tracking_core::kit::{BoxFuture, non_blank, retain_asked_for};
use tracking_core::merge::Update;
use tracking_core::status::UnmappedCount;
use tracking_core::webhook::{WebhookDelivery, WebhookProof, WebhookRequest, WebhookUpdate};
use tracking_core::{
    Capabilities, Error, ErrorKind, Outcome, Precision, Provider, ProviderId, Shipment, Status,
    StatusReport, Target, TrackRequest, UtcTime,
};

use crate::Client;
use crate::error::is_unknown_shipment;
use crate::mapping::shipment;
use crate::partial::{PartialTracking, read_tracking, whole_tracking};
use crate::status_table::PROVIDER;
use crate::webhook::read_message;

/// What GCL can do in the unified model; webhooks only with the custom header of your notifications.
pub const CAPABILITIES: Capabilities = {
    let mut capabilities = Capabilities::none();
    capabilities.track_by_number = true;
    capabilities.webhook = Some(WebhookProof::SharedSecret);
    capabilities.events = true;
    capabilities.etas = true;
    capabilities
};

/// - `track` reads by tracking number. GCL publishes no way to read by id or reference, nor to
///   register, unregister or list; these are unsupported. A parcel becomes known by an order.
/// - GCL reads one number per call, so `track_batch` looks each up alone.
/// - Courier, countries, post code, date, language, `register` and `realtime` of a request have no
///   effect: GCL takes the number alone.
/// - The status is derived from the newest checkpoint, since GCL reports none of the whole.
/// - `webhook` needs the custom header of your notifications, and a template with the keys of the
///   tracking response. The proof is weak: take it as a hint.
impl Provider for Client {
    fn id(&self) -> ProviderId {
        PROVIDER
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = CAPABILITIES;
        capabilities.webhook = capabilities.webhook.filter(|_| self.webhooks.is_some());
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            let number = match &request.target {
                Target::Number(number) => number,
                Target::Id(_) => return Err(Error::unsupported(PROVIDER, "tracking by id")),
                _ => return Err(Error::unsupported(PROVIDER, "tracking by reference")),
            };
            let mut read = match self.get_tracking(number).await {
                Ok(response) => {
                    let (tracking, rest) = response.into_parts();
                    if rest.problems().is_empty() {
                        whole_tracking(tracking, rest.body())
                    } else {
                        read_tracking(rest.body())?
                    }
                }
                Err(error) if is_unknown_shipment(&error) => return Ok(Outcome::NotFound),
                // The call succeeded, so whatever can be read is kept.
                Err(error) if error.kind() == ErrorKind::Decode => {
                    match error.body().map(read_tracking) {
                        Some(Ok(read)) => read,
                        _ => return Err(error.into()),
                    }
                }
                Err(error) => return Err(error.into()),
            };
            // The keys of its events hold the number too, so a response without it gets it first.
            let reported = &mut read.tracking.value.tracking_number;
            if non_blank(reported.as_deref()).is_none() {
                *reported = Some(number.clone());
            }
            let mut shipments = vec![self.map(read)];
            retain_asked_for(PROVIDER, &request.target, &mut shipments)?;
            Ok(Outcome::from_shipments(shipments))
        })
    }

    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        let receiver = self.webhooks()?;
        let proof = receiver.verify_values(request.header(receiver.header_name()))?;
        self.read_webhook(request.body(), proof)
    }

    fn read_webhook(&self, body: &[u8], proof: WebhookProof) -> Result<WebhookDelivery, Error> {
        let read = read_message(&Bytes::copy_from_slice(body))?;
        let mut delivery = WebhookDelivery::new(proof);
        // Assumed: whether a template has all checkpoints or the new one is not known.
        let mut shipment = self.map(read);
        if shipment.last_event().is_none() {
            // A template without checkpoints says that something happened, not that nothing did.
            shipment.status = StatusReport::new(Status::Unknown).derived_from("checkpoints");
            shipment.status.precision = Precision::Ambiguous;
        }
        let update = Update::Partial(shipment);
        delivery.items.push(WebhookUpdate::new(update));
        Ok(delivery)
    }

    fn unmapped(&self) -> Vec<UnmappedCount> {
        self.unmapped.snapshot()
    }
}

impl Client {
    fn map(&self, read: PartialTracking) -> Shipment {
        shipment(read, self.descriptions, UtcTime::now(), &self.unmapped)
    }
}
