//! A tracking as the calls that write show it: what the account said, nothing from the carrier.

use serde::Serialize;

use super::loose_string::LooseString;
use crate::trackingmore::tracking::Tracking;
use crate::trackingmore::view::View;
use crate::wire_time::logistic;
use crate::world::TimeShape;

/// The response to a create call.
#[derive(Debug, Serialize)]
pub(crate) struct CreatedTracking<'a> {
    id: &'a str,
    tracking_number: &'a str,
    carrier_code: &'a str,
    order_create_time: LooseString<'a>,
    status: &'static str,
    created_at: String,
    customer_email: LooseString<'a>,
    customer_name: LooseString<'a>,
    customer_phone: LooseString<'a>,
    order_id: LooseString<'a>,
    comment: LooseString<'a>,
    title: LooseString<'a>,
    logistics_channel: LooseString<'a>,
    destination: LooseString<'a>,
}

impl<'a> CreatedTracking<'a> {
    pub(crate) fn new(tracking: &'a Tracking) -> Self {
        let details = &tracking.details;
        // Old responses have the string "null" for no value in some fields.
        let nothing = || {
            if tracking.serial % 3 == 2 {
                LooseString::String("null")
            } else {
                LooseString::Null
            }
        };
        Self {
            id: &tracking.id,
            tracking_number: &tracking.number,
            carrier_code: &tracking.carrier,
            order_create_time: LooseString::or(
                details.order_create_time.as_deref(),
                LooseString::Zero,
            ),
            status: "pending",
            created_at: beijing(tracking.created_at),
            customer_email: LooseString::or(details.customer_email.as_deref(), nothing()),
            customer_name: LooseString::or(details.customer_name.as_deref(), nothing()),
            customer_phone: LooseString::or_null(details.customer_phone.as_deref()),
            order_id: LooseString::or(details.order_id.as_deref(), nothing()),
            comment: LooseString::or_null(details.comment.as_deref()),
            title: LooseString::or_null(details.title.as_deref()),
            logistics_channel: LooseString::or_null(details.logistics_channel.as_deref()),
            destination: LooseString::or(
                details.destination_code.as_deref(),
                LooseString::String(""),
            ),
        }
    }
}

/// The response to an update.
#[derive(Debug, Serialize)]
pub(crate) struct UpdatedTracking<'a> {
    #[serde(flatten)]
    created: CreatedTracking<'a>,
    updated_at: Option<String>,
    destination_code: LooseString<'a>,
    archived: bool,
}

impl<'a> UpdatedTracking<'a> {
    pub(crate) fn new(view: &View<'a>) -> Self {
        let mut created = CreatedTracking::new(view.tracking);
        created.status = view.status().0.as_str();
        Self {
            created,
            updated_at: view.updated_at().map(beijing),
            destination_code: LooseString::or_null(
                view.tracking.details.destination_code.as_deref(),
            ),
            archived: view.tracking.archived,
        }
    }
}

fn beijing(millis: i64) -> String {
    logistic(millis, TimeShape::Offset, 480)
}
