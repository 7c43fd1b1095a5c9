//! From trackings of 1concepts to the unified model. Pure: no client, no clock, no network.

use std::mem;

use bytes::Bytes;
use tracking_core::kit::{EventOrder, UnmappedCounter, dated, non_blank};
use tracking_core::{Courier, Leg, LegRole, Shipment, UtcTime};
use tracking_http::Error;
use tracking_http::json::partial::Partial;

use crate::partial::{read_body, read_tracking};
use crate::status_table::{PROVIDER, map_status};
use crate::trackings::TrackingPages;
use crate::{Iri, Tracking, TrackingCollection};

/// Reads a body with trackings, or with a single one, and maps it: what the provider adapter does
/// with a response.
///
/// What cannot be read of a tracking is in its [`Shipment::problems`], and the rest is kept. What is no tracking is
/// in the problems of the first shipment. A status without
/// a row in [`STATUS_TABLE`](crate::STATUS_TABLE) is counted in `unmapped`.
///
/// ```
/// use oneconcepts_sdk::{shipments_from_body, tracking_core::{Status, UtcTime, kit::UnmappedCounter}};
///
/// # fn main() -> Result<(), oneconcepts_sdk::Error> {
/// let body = br#"{"hydra:member":[{"@id":"/v2/api/trackings/31","id":31,
///     "courier":"DHL","status":"shipped","trackingId":"00340000000000000017"}]}"#;
///
/// let shipments = shipments_from_body(&body.to_vec().into(), UtcTime::now(), &UnmappedCounter::new())?;
///
/// assert_eq!(shipments[0].status.status, Status::PickedUp);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Decode`](crate::ErrorKind::Decode) when the body is not JSON, or neither a list nor a tracking.
pub fn shipments_from_body(
    body: &Bytes,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Result<Vec<Shipment>, Error> {
    let pages = TrackingPages::default();
    let map = |read| shipment(read, &pages, fetched_at, unmapped);
    let page = match read_body::<TrackingCollection>(body) {
        Ok(page) => page,
        Err(error) => {
            let single = read_tracking(body).map_err(|_| error)?;
            return Ok(vec![map(single)]);
        }
    };
    let records = page.list.into_elements()?.into_iter();
    Ok(records.map(map).collect())
}

/// Maps one tracking: one parcel with one leg and no events. What its status says was concluded
/// from that of an order, which the report states.
pub(crate) fn shipment(
    mut read: Partial<Tracking>,
    pages: &TrackingPages,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Shipment {
    let tracking = mem::take(&mut read.value);
    let mapped = map_status(tracking.status.as_ref(), unmapped);
    let status = mapped.report.derived_from("tracking.status");
    let number = tracking.number().map(str::to_owned);

    let mut leg = Leg::new(LegRole::Only);
    let courier = tracking
        .courier
        .as_ref()
        .map(|courier| courier.as_str().to_owned());
    leg.tracking_url = courier
        .as_deref()
        .zip(number.as_deref())
        .and_then(|(courier, number)| pages.address(courier, number));
    leg.courier = courier.map(|name| Courier::new(name.as_str()).with_name(name));
    leg.number.clone_from(&number);

    let number = number.unwrap_or_default();
    let mut shipment = Shipment::new(PROVIDER, number, status, fetched_at);
    shipment.id = id_of(&tracking);
    shipment.tracking_url.clone_from(&leg.tracking_url);
    // The time of the record, not of a scan: so it is no milestone.
    shipment.registered_at = tracking
        .created_at
        .as_ref()
        .and_then(|time| dated(time.timestamp(), |it| read.report("createdAt", it))?.instant());
    shipment.problems = read.problems;
    shipment.raw = read.raw;
    shipment.legs = vec![leg];
    shipment.finish(EventOrder::OldestFirst);
    shipment
}

/// The id by which a tracking can be requested again.
pub(crate) fn id_of(tracking: &Tracking) -> Option<String> {
    let of_address = || tracking.iri.as_ref().and_then(Iri::id).map(str::to_owned);
    let own = tracking.id.as_ref().map(ToString::to_string);
    non_blank(own).or_else(of_address)
}
