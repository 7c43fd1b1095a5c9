//! The tracking object, in the shapes that the operations give it.

use serde::Serialize;

use super::leg::{LegBody, date, last_event};
use super::loose_string::LooseString;
use crate::trackingmore::carriers;
use crate::trackingmore::country_names;
use crate::trackingmore::requests::order_time;
use crate::trackingmore::statuses::Status;
use crate::trackingmore::view::View;
use crate::wire_time::logistic;
use crate::world::{JourneyScan, TimeShape};

/// Which operation shows the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    List,
    Single,
    Realtime,
    Webhook,
}

#[derive(Debug, Serialize)]
pub(crate) struct TrackingBody<'a> {
    id: &'a str,
    tracking_number: &'a str,
    carrier_code: &'a str,
    status: &'static str,
    substatus: Option<&'static str>,
    track_update: bool,
    #[serde(skip_serializing_if = "LooseString::is_missing")]
    created_at: LooseString<'a>,
    #[serde(skip_serializing_if = "LooseString::is_missing")]
    updated_at: LooseString<'a>,
    order_create_time: LooseString<'a>,
    #[serde(flatten)]
    customer: Option<Customer<'a>>,
    #[serde(flatten)]
    realtime: Option<RealtimeOnly<'a>>,
    title: LooseString<'a>,
    original_country: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_country: Option<&'a str>,
    #[serde(rename = "itemTimeLength")]
    item_time_length: Option<i64>,
    #[serde(rename = "stayTimeLength")]
    stay_time_length: i64,
    service_code: LooseString<'a>,
    #[serde(skip_serializing_if = "LooseString::is_missing")]
    status_info: LooseString<'a>,
    /// The provider's spelling.
    #[serde(skip_serializing_if = "LooseString::is_missing")]
    singed_by: LooseString<'a>,
    #[serde(skip_serializing_if = "LooseString::is_missing")]
    destination_track_number: LooseString<'a>,
    origin_info: LegBody<'a>,
    /// Null or absent when one carrier does it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_info: Option<Option<LegBody<'a>>>,
    #[serde(rename = "lastEvent")]
    last_event: Option<String>,
    #[serde(rename = "lastUpdateTime")]
    last_update_time: Option<String>,
}

/// What a realtime response leaves out.
#[derive(Debug, Serialize)]
struct Customer<'a> {
    customer_email: LooseString<'a>,
    customer_name: LooseString<'a>,
    customer_phone: LooseString<'a>,
    order_id: LooseString<'a>,
    comment: LooseString<'a>,
    logistics_channel: LooseString<'a>,
    archived: bool,
}

/// What only a realtime response has.
#[derive(Debug, Serialize)]
struct RealtimeOnly<'a> {
    destination_code: LooseString<'a>,
    #[serde(rename = "packageStatus")]
    package_status: LooseString<'a>,
    last_mile_tracking_supported: LooseString<'a>,
}

impl<'a> TrackingBody<'a> {
    pub(crate) fn new(view: &View<'a>, form: Form, repeat_handover: bool) -> Self {
        let tracking = view.tracking;
        let parcel = view.journey.map(crate::world::Journey::parcel);
        let (status, substatus) = view.status();
        let is_realtime = form == Form::Realtime;
        let even = tracking.serial.is_multiple_of(2);
        let country = |code: Option<&'a String>| code.and_then(|code| country_names::name(code));
        let (origin_info, destination_info) = legs(view, form, repeat_handover);
        let last = view.scans.last();
        Self {
            id: &tracking.id,
            tracking_number: &tracking.number,
            carrier_code: &tracking.carrier,
            status: status.as_str(),
            substatus,
            track_update: view.is_updating(),
            created_at: machine_time(Some(tracking.created_at), form),
            updated_at: machine_time(view.updated_at(), form),
            order_create_time: order_create_time(view, form),
            customer: (!is_realtime).then(|| Customer::new(view, form)),
            realtime: is_realtime.then(|| RealtimeOnly {
                destination_code: tracking
                    .details
                    .destination_code
                    .as_ref()
                    .map_or(LooseString::String(""), |code| {
                        LooseString::Owned(code.to_ascii_lowercase())
                    }),
                package_status: LooseString::Null,
                last_mile_tracking_supported: LooseString::Null,
            }),
            title: LooseString::or(
                tracking.details.title.as_deref(),
                if even {
                    LooseString::Null
                } else {
                    LooseString::String("")
                },
            ),
            original_country: country(parcel.and_then(|parcel| parcel.origin_country.as_ref()))
                .unwrap_or_default(),
            destination_country: country(
                parcel.and_then(|parcel| parcel.destination_country.as_ref()),
            ),
            item_time_length: view.days_in_transit(),
            stay_time_length: view.days_without_news(),
            service_code: LooseString::or(
                parcel.and_then(|parcel| parcel.service.as_deref()),
                if even {
                    LooseString::Null
                } else {
                    LooseString::String("")
                },
            ),
            status_info: if form == Form::List {
                LooseString::Null
            } else {
                LooseString::Missing
            },
            singed_by: LooseString::or(
                parcel
                    .and_then(|parcel| parcel.signed_by.as_deref())
                    .filter(|_| status == Status::Delivered),
                LooseString::Missing,
            ),
            destination_track_number: LooseString::or(
                view.legs()
                    .get(1..)
                    .and_then(|legs| Some(legs.last()?.number())),
                LooseString::Missing,
            ),
            origin_info,
            destination_info,
            last_event: last.map(|scan| last_event(scan)),
            last_update_time: last.map(|scan| date(scan)),
        }
    }
}

impl<'a> Customer<'a> {
    fn new(view: &View<'a>, form: Form) -> Self {
        let tracking = view.tracking;
        let details = &tracking.details;
        let customer_email = match (&details.customer_email, form) {
            (Some(email), Form::Single) => LooseString::List(email),
            (Some(email), _) => LooseString::String(email),
            // Three forms of no value, the last one a string of four letters.
            (None, _) => match tracking.serial % 3 {
                0 => LooseString::Null,
                1 => LooseString::String(""),
                _ => LooseString::String("null"),
            },
        };
        Self {
            customer_email,
            customer_name: LooseString::or_null(details.customer_name.as_deref()),
            customer_phone: LooseString::or_null(details.customer_phone.as_deref()),
            order_id: LooseString::or_null(details.order_id.as_deref()),
            comment: LooseString::or_null(details.comment.as_deref()),
            logistics_channel: LooseString::or_null(details.logistics_channel.as_deref()),
            archived: tracking.archived,
        }
    }
}

/// Machine times carry an offset, and not everywhere the same one.
fn machine_time<'a>(millis: Option<i64>, form: Form) -> LooseString<'a> {
    let offset_minutes = match form {
        Form::Realtime => return LooseString::Missing,
        Form::Single => 0,
        Form::List | Form::Webhook => 480,
    };
    millis.map_or(LooseString::Null, |millis| {
        LooseString::Owned(logistic(millis, TimeShape::Offset, offset_minutes))
    })
}

fn order_create_time<'a>(view: &View<'a>, form: Form) -> LooseString<'a> {
    match &view.tracking.details.order_create_time {
        Some(time) if form == Form::List => LooseString::Owned(order_time::tidy(time)),
        Some(time) => LooseString::String(time),
        None if form == Form::Realtime || view.tracking.serial % 2 == 1 => LooseString::String(""),
        None => LooseString::Null,
    }
}

/// The first carrier of the tracking, and the last one with all that came between.
fn legs<'a>(
    view: &View<'a>,
    form: Form,
    repeat_handover: bool,
) -> (LegBody<'a>, Option<Option<LegBody<'a>>>) {
    let (first, later): (Vec<_>, Vec<_>) = view
        .scans
        .iter()
        .copied()
        .partition(|scan| scan.leg == view.first_leg);
    let asked = |scans| view.is_queried().then_some(scans);
    let mut origin = LegBody::new(&view.tracking.carrier, asked(first.as_slice()));
    if form == Form::List {
        origin.reference_number = LooseString::Null;
    }
    let is_last = view.legs().len() < 2;
    let Some(last) = view.legs().last().filter(|_| !is_last) else {
        let absent = view.tracking.serial % 2 == 1;
        return (origin, (!absent).then_some(None));
    };
    let repeated = first
        .last()
        .filter(|_| repeat_handover && !later.is_empty());
    let scans: Vec<&JourneyScan> = repeated.into_iter().copied().chain(later).collect();
    let destination = LegBody::new(carriers::code_of(&last.courier), asked(scans.as_slice()));
    (origin, Some(Some(destination)))
}
