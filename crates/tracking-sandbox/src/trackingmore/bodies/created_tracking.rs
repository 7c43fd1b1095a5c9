//! A tracking as the calls that write show it: what the account said, nothing from the carrier.

use serde::Serialize;

use super::loose_string::Word;
use crate::trackingmore::tracking::Tracking;
use crate::trackingmore::view::View;
use crate::wire_time::logistic;
use crate::world::TimeShape;

/// The answer to a create call.
#[derive(Debug, Serialize)]
pub(crate) struct CreatedTracking<'a> {
    id: &'a str,
    tracking_number: &'a str,
    carrier_code: &'a str,
    order_create_time: Word<'a>,
    status: &'static str,
    created_at: String,
    customer_email: Word<'a>,
    customer_name: Word<'a>,
    customer_phone: Word<'a>,
    order_id: Word<'a>,
    comment: Word<'a>,
    title: Word<'a>,
    logistics_channel: Word<'a>,
    destination: Word<'a>,
}

impl<'a> CreatedTracking<'a> {
    pub(crate) fn new(tracking: &'a Tracking) -> Self {
        let details = &tracking.details;
        // Old answers say nothing with the text "null" in some fields.
        let nothing = || {
            if tracking.serial % 3 == 2 {
                Word::Text("null")
            } else {
                Word::Null
            }
        };
        Self {
            id: &tracking.id,
            tracking_number: &tracking.number,
            carrier_code: &tracking.carrier,
            order_create_time: Word::or(details.order_create_time.as_deref(), Word::Zero),
            status: "pending",
            created_at: beijing(tracking.created_at),
            customer_email: Word::or(details.customer_email.as_deref(), nothing()),
            customer_name: Word::or(details.customer_name.as_deref(), nothing()),
            customer_phone: Word::or_null(details.customer_phone.as_deref()),
            order_id: Word::or(details.order_id.as_deref(), nothing()),
            comment: Word::or_null(details.comment.as_deref()),
            title: Word::or_null(details.title.as_deref()),
            logistics_channel: Word::or_null(details.logistics_channel.as_deref()),
            destination: Word::or(details.destination_code.as_deref(), Word::Text("")),
        }
    }
}

/// The answer to an update.
#[derive(Debug, Serialize)]
pub(crate) struct UpdatedTracking<'a> {
    #[serde(flatten)]
    created: CreatedTracking<'a>,
    updated_at: Option<String>,
    destination_code: Word<'a>,
    archived: bool,
}

impl<'a> UpdatedTracking<'a> {
    pub(crate) fn new(view: &View<'a>) -> Self {
        let mut created = CreatedTracking::new(view.tracking);
        created.status = view.status().0.as_str();
        Self {
            created,
            updated_at: view.updated_at().map(beijing),
            destination_code: Word::or_null(view.tracking.details.destination_code.as_deref()),
            archived: view.tracking.archived,
        }
    }
}

fn beijing(millis: i64) -> String {
    logistic(millis, TimeShape::Offset, 480)
}
