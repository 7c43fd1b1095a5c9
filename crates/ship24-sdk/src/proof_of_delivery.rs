//! From a proof of delivery to the unified model.

use tracking_core::kit::non_blank;
use tracking_core::model::DeliveryDocument;
use tracking_core::{Completeness, Problem, Shipment, Status, StatusReport, UtcTime};
use tracking_http::json::partial::Partial;

use crate::ProofOfDeliveryItem;
use crate::status_table::PROVIDER;

/// Maps a message about a proof; nothing when the courier returned none. Such a message has no status and
/// no events (documented).
///
/// # Errors
///
/// The problem, when the proof belongs to no parcel.
pub(crate) fn shipment_with_proof(
    item: Partial<ProofOfDeliveryItem>,
    fetched_at: UtcTime,
) -> Result<Option<Shipment>, Problem> {
    let path = item.path();
    let ProofOfDeliveryItem { tracker, data, .. } = item.value;
    let content = data.and_then(|data| data.content).unwrap_or_default();
    let mut document = DeliveryDocument::default();
    document.url = non_blank(content.download_url);
    document.text = non_blank(content.text);
    if document == DeliveryDocument::default() {
        return Ok(None);
    }
    document.media_type = content.type_.map(|kind| kind.as_str().to_owned());
    let tracker = tracker.unwrap_or_default();
    let number = tracker.tracking_number.unwrap_or_default();
    if number.is_empty() && tracker.tracker_id.is_none() {
        let problem = Problem::new(path, "the proof of delivery names no parcel");
        return Err(problem.with_raw(item.raw));
    }
    let status = StatusReport::new(Status::Unknown).derived_from("data");
    let mut shipment = Shipment::new(PROVIDER, number, status, fetched_at);
    shipment.id = tracker.tracker_id.map(Into::into);
    shipment.reference = tracker.client_tracker_id;
    shipment.delivery_document = Some(document);
    shipment.completeness = Completeness::Partial;
    shipment.problems = item.problems;
    shipment.raw = item.raw;
    Ok(Some(shipment))
}
