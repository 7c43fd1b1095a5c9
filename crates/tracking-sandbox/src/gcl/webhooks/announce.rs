//! What notifications are made about.

use std::collections::HashSet;

use serde_json::json;

use super::message::Webhook;

use crate::gcl::errors::Refusal;
use crate::gcl::settings::Trigger;
use crate::gcl::state::State;
use crate::snapshot::Snapshot;

/// The scans of a parcel that notifications were made about, or skipped.
#[derive(Debug, Default)]
pub(crate) struct Announced {
    /// Their serial numbers and revisions.
    scans: HashSet<(u32, u32)>,
    /// The latest of their times, in milliseconds since the Unix epoch.
    until: Option<i64>,
}

impl State {
    /// Queues one message for each scan that is new, edited or reported again; assumed of the latter two. Without an
    /// address, scans count as announced.
    pub(crate) fn announce_all(&mut self, snapshot: &Snapshot<'_>) {
        let is_sent = self.settings.webhooks.sends(Trigger::TrackingStatusUpdate);
        for journey in snapshot.parcels() {
            let Some(leg) = journey.legs().first() else {
                continue;
            };
            let announced = self
                .announced
                .entry(leg.number().to_uppercase())
                .or_default();
            for scan in journey.seen(snapshot.now, true) {
                if !announced.scans.insert((scan.serial, scan.revision)) {
                    continue;
                }
                // A scan that comes late does not take later ones back.
                let at = announced.until.map_or(scan.at, |until| until.max(scan.at));
                announced.until = Some(at);
                if is_sent {
                    let number = leg.number().to_owned();
                    let message = Webhook::Parcel { number, at };
                    self.queue.push(message, snapshot.now);
                }
            }
        }
    }

    /// Queues a message for each package of a new order.
    pub(crate) fn announce_order(&mut self, numbers: &[String], snapshot: &Snapshot<'_>) {
        if !self.settings.webhooks.sends(Trigger::ShippingOrderCreated) {
            return;
        }
        for number in numbers {
            let message = Webhook::Parcel {
                number: number.clone(),
                at: snapshot.now,
            };
            self.queue.push(message, snapshot.now);
        }
    }

    /// Queues a message about an order that failed.
    pub(crate) fn announce_failed_order(
        &mut self,
        reference: Option<&str>,
        refusal: &Refusal,
        snapshot: &Snapshot<'_>,
    ) {
        if !self.settings.webhooks.sends(Trigger::ShippingOrderFailed) {
            return;
        }
        let mut body = json!(refusal.body(self.settings.assumptions.error_details));
        if let Some(fields) = body.as_object_mut() {
            fields.insert("orderReferenceId".to_owned(), json!(reference));
        }
        self.queue.push(Webhook::Failed(body), snapshot.now);
    }
}
