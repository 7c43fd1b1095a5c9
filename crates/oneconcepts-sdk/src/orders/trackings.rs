//! The trackings that an order links to, read side by side; one that cannot be read loses no other.

use std::fmt::Display;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use serde_json::Value;
use tracking_core::kit::{read_parts, wrong_shipment};
use tracking_core::{Problem, RawJson};
use tracking_http::json::partial::Partial;
use tracking_http::{Error, ErrorKind};

use super::links::{links_of, read_link, says_something};
use crate::error::{is_of_login, is_unknown_shipment, read_unfit};
use crate::mapping::id_of;
use crate::partial::read_tracking;
use crate::status_table::PROVIDER;
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
    let (links, left_out) = bounded_links(order);
    let mut reads = Vec::with_capacity(links.len());
    for (index, link) in links {
        reads.push(async move {
            match link_at(index, link) {
                Ok(address) => read_at(client, index, address).await,
                Err(linked) => Ok(linked),
            }
        });
    }
    let linked = stream::iter(reads).buffered(CONCURRENCY).try_collect();
    let mut linked: Vec<LinkedTracking> = linked.await?;
    linked.extend(left_out);
    Ok(linked)
}

/// The trackings of an order as far as they could be read.
#[derive(Debug, Default)]
pub(crate) struct LinkedTrackings {
    /// In the order of the links.
    pub(crate) linked: Vec<LinkedTracking>,
    /// The first error that says nothing about one tracking: it would hit every other request too.
    pub(crate) error: Option<tracking_core::Error>,
}

/// Reads the trackings of an order as far as possible: whatever a request fails with is a problem.
pub(crate) async fn read_all_linked(client: &Client, order: &Order) -> LinkedTrackings {
    let (links, left_out) = bounded_links(order);
    let mut addresses = Vec::with_capacity(links.len());
    let mut reads = Vec::with_capacity(links.len());
    for (index, link) in links {
        let link = link_at(index, link);
        addresses.push((index, link.as_ref().ok().cloned()));
        reads.push(async move {
            match link {
                Ok(address) => Ok(read_at(client, index, address).await?),
                Err(linked) => Ok(linked),
            }
        });
    }
    let read = read_parts(reads, CONCURRENCY).await;
    let mut all = LinkedTrackings::default();
    for ((index, address), read) in addresses.into_iter().zip(read) {
        all.linked.push(match read {
            Ok(linked) => linked,
            Err(error) => {
                let problem = Problem::of_failed_request(place(index), &error);
                all.error.get_or_insert(error);
                LinkedTracking::Unread { address, problem }
            }
        });
    }
    all.linked.extend(left_out);
    all
}

/// The links that are followed, and what says how many others there are.
fn bounded_links(order: &Order) -> (Vec<(usize, &Value)>, Option<LinkedTracking>) {
    let mut links = links_of(order);
    let left_out = links.len().saturating_sub(MAX_LINKS);
    links.truncate(MAX_LINKS);
    let left_out = (left_out > 0).then(|| {
        let message = format!("{left_out} of the trackings were left out, more than an order has");
        LinkedTracking::Unread {
            address: None,
            problem: Problem::new("trackings", message),
        }
    });
    (links, left_out)
}

fn place(index: usize) -> String {
    format!("trackings[{index}]")
}

/// The address to read a tracking at, or what there is without one.
fn link_at(index: usize, link: &Value) -> Result<Iri, LinkedTracking> {
    if link.is_object() {
        let raw = RawJson::from_string(link.to_string());
        let tracking = Partial::<Tracking>::from_raw(raw, place(index));
        if says_something(&tracking.value) {
            return Err(LinkedTracking::Read(Box::new(tracking)));
        }
    }
    match read_link(index, link) {
        Ok(TrackingLink::Iri(address)) => Ok(address),
        Ok(TrackingLink::Embedded(tracking)) => {
            let tracking = Partial::whole(*tracking, RawJson::null(), place(index));
            Err(LinkedTracking::Read(Box::new(tracking)))
        }
        Err(error) => Err(LinkedTracking::Unread {
            address: None,
            problem: Problem::new(place(index), error.message().unwrap_or_default()),
        }),
    }
}

async fn read_at(client: &Client, index: usize, address: Iri) -> Result<LinkedTracking, Error> {
    let response = client.follow_tracking(&address).await;
    let read = match response {
        Ok(response) => read_tracking(response.body()),
        // Of a response that came, what fits is kept.
        Err(error) => read_unfit(error, read_tracking),
    };
    match read {
        Ok(read) if is_record_at(&address, &read.value) => Ok(LinkedTracking::Read(Box::new(read))),
        Ok(_) => {
            let error = wrong_shipment(PROVIDER, 1);
            Ok(unread(index, address, &error))
        }
        Err(error) if is_about_one(&error) => Ok(unread(index, address, &error)),
        Err(error) => Err(error),
    }
}

fn unread(index: usize, address: Iri, error: &impl Display) -> LinkedTracking {
    LinkedTracking::Unread {
        problem: Problem::of_failed_request(place(index), error),
        address: Some(address),
    }
}

/// Returns true if a tracking may be the one at the address: it names no other id.
fn is_record_at(address: &Iri, tracking: &Tracking) -> bool {
    let ids = address.id().zip(id_of(tracking));
    ids.is_none_or(|(asked, own)| asked.eq_ignore_ascii_case(&own))
}

/// Returns true if an error says something about this tracking and nothing about the next.
fn is_about_one(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::NotFound => is_unknown_shipment(error),
        ErrorKind::Decode | ErrorKind::InvalidRequest | ErrorKind::BodyTooLarge => {
            !is_of_login(error)
        }
        _ => false,
    }
}
