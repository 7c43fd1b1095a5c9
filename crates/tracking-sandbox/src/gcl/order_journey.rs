//! The way of a package that was ordered here. It unfolds as the clock of the sandbox moves on.

use std::time::Duration;

use crate::gcl::carriers::Method;
use crate::gcl::requests::order::{OrderRequest, Place};
use crate::world::{EtaWindow, Parcel, Recipient, Scan, ScanTime, Step, TimeShape};

const fn hours(count: u32) -> Duration {
    Duration::from_secs(count as u64 * 3600)
}

/// A new package: no scan yet, announced after ten minutes, delivered on the last day that the
/// method allows.
pub(crate) fn parcel(request: &OrderRequest<'_>, method: &Method, number: &str) -> Parcel {
    let (sender, receiver) = (&request.sender, &request.receiver);
    let scan = |after: Duration, step, place: &Place<'_>| {
        let place = format!("{}, {}", place.city.to_uppercase(), place.country);
        Scan::ahead(after, step).shape(TimeShape::Utc).place(place)
    };
    let delivered = hours(24 * method.days.1);
    let mut parcel = Parcel::new(method.courier(), number)
        .countries(sender.country, receiver.country)
        .service(method.name)
        .recipient(Recipient {
            post_code: Some(receiver.post_code.to_owned()).filter(|code| !code.is_empty()),
            city: Some(receiver.city.to_owned()),
            ..Recipient::default()
        })
        .eta(EtaWindow::at(ScanTime::Ahead(delivered)).shape(TimeShape::DateOnly))
        .scan(Scan::ahead(Duration::from_secs(600), Step::OrderCreated))
        .scan(scan(hours(6), Step::Accepted, sender))
        .scan(scan(hours(9), Step::HubScan, sender));
    if request.is_abroad() {
        parcel = parcel
            .scan(scan(hours(11), Step::DepartedOrigin, sender))
            .scan(scan(hours(14), Step::ArrivedInDestination, receiver));
    }
    parcel
        .scan(scan(delivered - hours(5), Step::OutForDelivery, receiver))
        .scan(scan(delivered, Step::Delivered, receiver))
}
