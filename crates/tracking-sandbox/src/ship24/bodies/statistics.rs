//! The `statistics` of a tracking.

use serde::Serialize;

use crate::ship24::statuses::Milestone;
use crate::world::JourneyScan;

#[derive(Debug, Default, Serialize)]
pub(crate) struct Statistics {
    timestamps: Timestamps,
}

/// When each milestone was reached first.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Timestamps {
    info_received_datetime: Option<String>,
    in_transit_datetime: Option<String>,
    out_for_delivery_datetime: Option<String>,
    failed_attempt_datetime: Option<String>,
    available_for_pickup_datetime: Option<String>,
    exception_datetime: Option<String>,
    delivered_datetime: Option<String>,
}

impl Statistics {
    pub(crate) fn new(scans: &[&JourneyScan]) -> Self {
        let mut timestamps = Timestamps::default();
        let mut milestone = Milestone::Pending;
        for scan in scans {
            milestone = milestone.after(scan.step);
            let slot = match milestone {
                Milestone::Pending => continue,
                Milestone::InfoReceived => &mut timestamps.info_received_datetime,
                Milestone::InTransit => &mut timestamps.in_transit_datetime,
                Milestone::OutForDelivery => &mut timestamps.out_for_delivery_datetime,
                Milestone::FailedAttempt => &mut timestamps.failed_attempt_datetime,
                Milestone::AvailableForPickup => &mut timestamps.available_for_pickup_datetime,
                Milestone::Exception => &mut timestamps.exception_datetime,
                Milestone::Delivered => &mut timestamps.delivered_datetime,
            };
            if slot.is_none() {
                *slot = Some(scan.time_text());
            }
        }
        Self { timestamps }
    }
}
