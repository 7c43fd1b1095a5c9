//! A parcel with its checkpoints: the response to a tracking call, and the body of notifications.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use crate::gcl::carriers;
use crate::gcl::settings::{Assumptions, OptionalString};
use crate::gcl::state::State;
use crate::gcl::statuses;
use crate::identity::fingerprint;
use crate::snapshot::Snapshot;
use crate::wire_time::logistic;
use crate::world::{Journey, JourneyScan, Leg, TimeShape};

/// The response to a tracking call, and the body of notifications.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrackingBody<'a> {
    short_uid: String,
    tracking_number: &'a str,
    tracking_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipment_method_uid: OptionalString<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipment_method_name: OptionalString<'a>,
    carrier_uid: String,
    carrier_name: String,
    /// A string, unlike every other weight of the API.
    weight_in_grams: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    checkpoints: Option<Vec<Checkpoint<'a>>>,
}

/// The keys come in the order of the documented example, which begins with `status` and has
/// `statusUid` near the end.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Checkpoint<'a> {
    status: Value,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: OptionalString<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: OptionalString<'a>,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_delivery_date: OptionalString<'a>,
    status_uid: &'a str,
    /// Where the data comes from. Not a signature.
    signed_by: &'a str,
}

impl State {
    /// The parcel as it was at `snapshot.now`. A number of a later leg shows that leg and those
    /// after it, because its carrier knows nothing of what came before.
    pub(crate) fn tracking<'a>(
        &'a self,
        number: &'a str,
        journey: &'a Journey,
        snapshot: &Snapshot<'_>,
    ) -> Option<TrackingBody<'a>> {
        let (first_leg, leg) = leg_of(journey, number)?;
        let assumptions = &self.settings.assumptions;
        let package = self.orders.package(number);
        let short_uid = package.map_or_else(
            || made_up_short_uid(journey, snapshot),
            |package| package.order_reference_id.clone(),
        );
        let (method_uid, method_name) = match package {
            Some(package) => (
                Some(Cow::Borrowed(package.method.uid)),
                Some(Cow::Borrowed(package.method.name)),
            ),
            None => method_of(journey, leg),
        };
        let grams = package.map_or_else(
            || 150 + fingerprint(leg.number().as_bytes()) % 4_000,
            |package| package.grams,
        );
        // The provider knows the recipient of each order, so no carrier lacks the post code.
        let scans = journey.seen(snapshot.now, true).iter();
        let scans: Vec<_> = scans.filter(|scan| scan.leg >= first_leg).collect();
        let checkpoints = checkpoints(&scans, journey, assumptions);
        Some(TrackingBody {
            short_uid,
            tracking_number: number,
            tracking_url: carriers::tracking_url(&leg.courier, leg.number()),
            shipment_method_uid: assumptions.missing.write(method_uid),
            shipment_method_name: assumptions.missing.write(method_name),
            carrier_uid: carriers::uid(&leg.courier),
            carrier_name: carriers::name(&leg.courier),
            weight_in_grams: grams.to_string(),
            checkpoints: (!checkpoints.is_empty() || !assumptions.omit_empty_checkpoints)
                .then_some(checkpoints),
        })
    }
}

/// The leg with this number, in any letter case.
fn leg_of<'a>(journey: &'a Journey, number: &str) -> Option<(usize, &'a Leg)> {
    let number = number.to_uppercase();
    let mut legs = journey.legs().iter().enumerate();
    legs.find(|(_, leg)| leg.number().to_uppercase() == number)
}

/// The order reference of a parcel that no caller created here.
fn made_up_short_uid(journey: &Journey, snapshot: &Snapshot<'_>) -> String {
    let first = journey.legs().first().map_or("", Leg::number);
    let mut text = snapshot.core.identities.hex(
        "gcl-short",
        fingerprint(first.as_bytes()).wrapping_add(journey.generation().into()),
    );
    text.truncate(12);
    text.make_ascii_uppercase();
    text
}

/// Uid and name of the courier's product, where the parcel has one.
fn method_of<'a>(journey: &Journey, leg: &Leg) -> (Option<Cow<'a, str>>, Option<Cow<'a, str>>) {
    let Some(service) = &journey.parcel().service else {
        return (None, None);
    };
    let name = format!("{} {service}", carriers::name(&leg.courier));
    (Some(carriers::uid(&name).into()), Some(name.into()))
}

fn checkpoints<'a>(
    scans: &[&'a JourneyScan],
    journey: &Journey,
    assumptions: &'a Assumptions,
) -> Vec<Checkpoint<'a>> {
    let expected = expected_day(journey);
    let checkpoint = |(position, scan): (usize, &&'a JourneyScan)| {
        let earlier = scans.get(..position).unwrap_or_default();
        let (status, description) = statuses::of(scan, earlier, assumptions.accepted_is_shipped);
        let number = status.number();
        let day = logistic(scan.at, TimeShape::DateOnly, scan.offset_minutes);
        // As in the documented example, the expected day is empty once it has come.
        let expected = expected
            .as_ref()
            .filter(|expected| status.awaits_delivery() && day < **expected);
        let shape = if assumptions.offset_times {
            TimeShape::Offset
        } else {
            TimeShape::Utc
        };
        Checkpoint {
            status: if assumptions.fractional_status {
                Value::from(f64::from(number))
            } else {
                Value::from(number)
            },
            message: &scan.text,
            description: assumptions.missing.write(description),
            location: assumptions.missing.write(scan.place.as_deref()),
            created_at: logistic(scan.at, shape, scan.offset_minutes),
            expected_delivery_date: assumptions.missing.write(expected.cloned()),
            status_uid: assumptions.spell(status),
            signed_by: &assumptions.data_source,
        }
    };
    let mut checkpoints: Vec<_> = scans.iter().enumerate().map(checkpoint).collect();
    if !assumptions.oldest_first {
        checkpoints.reverse();
    }
    checkpoints
}

/// The day on which the carrier expects to deliver, `2026-03-02`.
fn expected_day(journey: &Journey) -> Option<String> {
    let window = journey.courier_eta.as_ref().or(journey.eta.as_ref())?;
    window.from.get(..10).map(str::to_owned)
}
