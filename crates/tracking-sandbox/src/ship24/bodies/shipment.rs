//! The `shipment` of a tracking.

use serde::Serialize;

use super::tracking::Shown;
use crate::ship24::statuses::{Milestone, category_and_code};
use crate::ship24::view::View;
use crate::world::{Journey, JourneyScan, JourneyWindow};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shipment<'a> {
    shipment_id: Option<String>,
    status_code: Option<&'static str>,
    status_category: Option<&'static str>,
    status_milestone: &'static str,
    origin_country_code: Option<&'a str>,
    destination_country_code: Option<&'a str>,
    delivery: Delivery<'a>,
    tracking_numbers: Vec<Number<'a>>,
    recipient: Option<RecipientBody<'a>>,
}

#[derive(Debug, Serialize)]
struct Number<'a> {
    tn: &'a str,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Delivery<'a> {
    estimated_delivery_date: Option<&'a str>,
    courier_estimated_delivery_date: Option<Range<'a>>,
    /// Absent, not null, without the add-on or without a prediction.
    #[serde(skip_serializing_if = "Option::is_none")]
    ai_predictive_delivery_date: Option<Range<'a>>,
    service: Option<&'a str>,
    signed_by: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Range<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
}

impl<'a> Range<'a> {
    fn new(window: &'a JourneyWindow) -> Self {
        Self {
            from: Some(&window.from),
            to: window.to.as_deref(),
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RecipientBody<'a> {
    name: Option<&'a str>,
    address: Option<&'a str>,
    post_code: Option<&'a str>,
    city: Option<&'a str>,
    subdivision: Option<&'a str>,
}

impl<'a> Shipment<'a> {
    /// A number that no courier has reported anything about.
    pub(crate) fn unknown(number: &'a str) -> Self {
        Self {
            shipment_id: None,
            status_code: None,
            status_category: None,
            status_milestone: Milestone::Pending.as_str(),
            origin_country_code: None,
            destination_country_code: None,
            delivery: Delivery::default(),
            tracking_numbers: vec![Number { tn: number }],
            recipient: None,
        }
    }

    pub(crate) fn new(view: &View<'a>, shown: &Shown) -> Self {
        let parcel = view.journey.parcel();
        let coded = |scan: &&JourneyScan| category_and_code(scan.step).1.is_some();
        let (category, code) = view
            .scans
            .iter()
            .copied()
            .rev()
            .find(coded)
            .map_or((None, None), |scan| category_and_code(scan.step));
        let milestone = view.milestone();
        let signed_by = parcel
            .signed_by
            .as_deref()
            .filter(|_| milestone == Milestone::Delivered);
        let first_number = view.journey.legs().first().map_or("", |leg| leg.number());
        Self {
            shipment_id: Some(shipment_id(view.journey, first_number, shown)),
            status_code: code,
            status_category: category,
            status_milestone: milestone.as_str(),
            origin_country_code: parcel.origin_country.as_deref(),
            destination_country_code: parcel.destination_country.as_deref(),
            delivery: Delivery {
                estimated_delivery_date: view.journey.eta.as_ref().map(|eta| eta.from.as_str()),
                courier_estimated_delivery_date: view.journey.courier_eta.as_ref().map(Range::new),
                ai_predictive_delivery_date: view
                    .journey
                    .predicted_eta
                    .as_ref()
                    .filter(|_| shown.predictions)
                    .map(Range::new),
                service: parcel.service.as_deref(),
                signed_by,
            },
            tracking_numbers: view
                .journey
                .legs()
                .iter()
                .map(|leg| Number { tn: leg.number() })
                .collect(),
            recipient: parcel.recipient.as_ref().map(|recipient| RecipientBody {
                name: recipient.name.as_deref(),
                address: recipient.address.as_deref(),
                post_code: recipient.post_code.as_deref(),
                city: recipient.city.as_deref(),
                subdivision: recipient.subdivision.as_deref(),
            }),
        }
    }
}
/// A parcel that takes over a number is another shipment.
fn shipment_id(journey: &Journey, first_number: &str, shown: &Shown) -> String {
    let generation = u64::from(journey.generation());
    shown
        .identities
        .uuid_like("shipment", first_number, generation)
}
