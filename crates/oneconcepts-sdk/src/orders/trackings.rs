//! The trackings that an order links to, read side by side; one that cannot be read loses no other.

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use serde_json::Value;
use tracking_core::{Problem, RawJson};
use tracking_http::json::partial::Partial;
use tracking_http::{Error, ErrorKind};

use super::links::{links_of, read_link};
use crate::error::{is_missing_record, is_of_login, read_unfit};
use crate::partial::read_tracking;
use crate::{Client, Iri, Order, Tracking, TrackingLink};

/// How many are read at a time.
const CONCURRENCY: usize = 4;

/// More than any order has.
const MAX_LINKS: usize = 500;

/// A tracking that an order links to.
#[derive(Debug)]
pub(crate) enum LinkedTracking {
    Read(Box<Partial<Tracking>>),
    Unread {
        address: Option<Iri>,
        problem: Problem,
    },
}

/// Reads the trackings of an order, in the order of its links.
///
/// # Errors
///
/// What would hit every other request too. What is wrong with one tracking is a problem.
pub(crate) async fn read_linked(
    client: &Client,
    order: &Order,
) -> Result<Vec<LinkedTracking>, Error> {
    let mut links = links_of(order);
    let left_out = links.len().saturating_sub(MAX_LINKS);
    links.truncate(MAX_LINKS);
    let mut reads = Vec::with_capacity(links.len());
    for (index, link) in links {
        reads.push(read_linked_tracking(client, index, link));
    }
    let mut linked: Vec<LinkedTracking> = stream::iter(reads)
        .buffered(CONCURRENCY)
        .try_collect()
        .await?;
    if left_out > 0 {
        let message = format!("{left_out} of the trackings were left out, more than an order has");
        linked.push(LinkedTracking::Unread {
            address: None,
            problem: Problem::new("trackings", message),
        });
    }
    Ok(linked)
}

async fn read_linked_tracking(
    client: &Client,
    index: usize,
    link: &Value,
) -> Result<LinkedTracking, Error> {
    let place = format!("trackings[{index}]");
    let address = match read_link(index, link) {
        Ok(TrackingLink::Iri(address)) => address,
        Ok(TrackingLink::Embedded(tracking)) => {
            let raw = RawJson::from_string(link.to_string());
            let tracking = Partial::whole(*tracking, raw, place);
            return Ok(LinkedTracking::Read(Box::new(tracking)));
        }
        Err(error) => {
            let problem = Problem::new(place, error.message().unwrap_or_default());
            return Ok(LinkedTracking::Unread {
                address: None,
                problem,
            });
        }
    };
    let response = client.follow_tracking(&address).await;
    let read = match response {
        Ok(response) => read_tracking(response.body()),
        // Of a response that came, what fits is kept.
        Err(error) => read_unfit(error, read_tracking),
    };
    match read {
        Ok(read) => Ok(LinkedTracking::Read(Box::new(read))),
        Err(error) if is_about_one(&error) => Ok(LinkedTracking::Unread {
            address: Some(address),
            problem: Problem::new(place, error.to_string()),
        }),
        Err(error) => Err(error),
    }
}

/// Returns true if an error says something about this tracking and nothing about the next.
fn is_about_one(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::NotFound => is_missing_record(error),
        ErrorKind::Decode | ErrorKind::InvalidRequest | ErrorKind::BodyTooLarge => {
            !is_of_login(error)
        }
        _ => false,
    }
}
