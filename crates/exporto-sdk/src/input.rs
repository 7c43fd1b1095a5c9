//! What is refused before a call, beyond the limits that the generated types check.

use tracking_http::{Error, checks};

use crate::filter_time::check_filter_time;
use crate::{
    CreateLabel, CreateTour, ReturnShipment, SearchShipmentsQuery, ShipmentId, ShipmentType,
};

/// The id that is no id: its path is that of the search.
const SEARCH: &str = "search";

/// Refuses an id under which no shipment can be read.
///
/// Observed: the path of the search is `shipment/search`, and literal segments win over ids.
pub(crate) fn check_shipment_id(id: &str) -> Result<(), Error> {
    if id == SEARCH {
        let reason = "is `search`, which exporto takes for the search and not for an id";
        return Err(Error::invalid_request("shipmentId", reason));
    }
    checks::segment("shipmentId", id)
}

/// Refuses a search without a selector, and dates without an offset.
///
/// Observed: exporto responds with 400 without any parameter. Assumed: `type`, `page` and `pageSize` are no
/// selectors.
pub(crate) fn check_search(query: &SearchShipmentsQuery) -> Result<(), Error> {
    query.validate()?;
    let numbers = [
        (
            "foreignOutboundTrackingId",
            query.foreign_outbound_tracking_id.as_deref(),
        ),
        (
            "foreignInboundTrackingId",
            query.foreign_inbound_tracking_id.as_deref(),
        ),
    ];
    let times = [
        ("processedAt", query.processed_at.as_ref()),
        (
            "carrierReceivedAtUpdatedAt",
            query.carrier_received_at_updated_at.as_ref(),
        ),
        (
            "carrierDeliveredAtUpdatedAt",
            query.carrier_delivered_at_updated_at.as_ref(),
        ),
    ];
    let has_number = numbers.iter().any(|(_, number)| number.is_some());
    if !has_number && times.iter().all(|(_, time)| time.is_none()) {
        let names = numbers.map(|(name, _)| name).into_iter();
        let names: Vec<&str> = names.chain(times.map(|(name, _)| name)).collect();
        let reason = format!("has no selector: set one of `{}`", names.join("`, `"));
        return Err(Error::invalid_request("query", reason));
    }
    numbers
        .into_iter()
        .try_for_each(|(name, number)| checks::non_blank(name, number))?;
    checks::non_blank("type", query.type_.as_ref().map(ShipmentType::as_str))?;
    times
        .into_iter()
        .try_for_each(|(name, time)| check_filter_time(name, time))
}

/// Refuses a tour without exactly one list: it feeds a customs declaration.
pub(crate) fn check_tour(tour: &CreateTour) -> Result<(), Error> {
    tour.validate()?;
    let ids = tour.shipment_ids.as_deref();
    let numbers = tour.foreign_outbound_tracking_ids.as_deref();
    exactly_one(
        ("shipmentIds", ids.is_some()),
        ("foreignOutboundTrackingIds", numbers.is_some()),
    )?;
    let ids = ids.unwrap_or_default().iter().map(ShipmentId::as_str);
    check_all_non_blank("shipmentIds", ids)?;
    let numbers = numbers.unwrap_or_default().iter().map(String::as_str);
    check_all_non_blank("foreignOutboundTrackingIds", numbers)
}

/// Refuses a return shipment that names no order, or two, or that could not be read afterwards.
pub(crate) fn check_return_shipment(shipment: &ReturnShipment) -> Result<(), Error> {
    shipment.validate()?;
    check_shipment_id(shipment.shipment_id.as_str())?;
    let number = Some(shipment.foreign_inbound_tracking_id.as_str());
    checks::non_blank("foreignInboundTrackingId", number)?;
    let order = shipment.order_id.as_ref().map(AsRef::as_ref);
    let customer = shipment.customer_facing_id.as_deref();
    exactly_one(
        ("orderId", order.is_some()),
        ("customerFacingId", customer.is_some()),
    )?;
    checks::non_blank("orderId", order)?;
    checks::non_blank("customerFacingId", customer)
}

/// Refuses a label with an empty string that was never seen without content.
pub(crate) fn check_label(label: &CreateLabel) -> Result<(), Error> {
    label.validate()?;
    let address = &label.address;
    let strings = [
        (
            "order.customerFacingId",
            label.order.customer_facing_id.as_str(),
        ),
        ("product.format", label.product.format.as_str()),
        ("package.reference", &label.package.reference),
        ("address.name", &address.name),
        ("address.line1", &address.line1),
        ("address.city", &address.city),
        ("address.postCode", &address.post_code),
    ];
    strings
        .into_iter()
        .try_for_each(|(field, text)| checks::non_blank(field, Some(text)))
}

fn exactly_one(one: (&str, bool), other: (&str, bool)) -> Result<(), Error> {
    let ((one, has_one), (other, has_other)) = (one, other);
    match (has_one, has_other) {
        (true, false) | (false, true) => Ok(()),
        (false, false) => {
            let reason = format!("is missing: set either it or `{other}`");
            Err(Error::invalid_request(one, reason))
        }
        (true, true) => {
            let reason = format!("is set beside `{other}`: set only one of the two");
            Err(Error::invalid_request(one, reason))
        }
    }
}

fn check_all_non_blank<'a>(field: &str, texts: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    texts
        .enumerate()
        .try_for_each(|(index, text)| checks::non_blank(&format!("{field}[{index}]"), Some(text)))
}
