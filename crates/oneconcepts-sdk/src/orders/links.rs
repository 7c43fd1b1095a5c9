//! What records say about each other: links are addresses, and sometimes whole records.

use serde_json::{Map, Value};
use tracking_http::Error;

use crate::trackings::is_number;
use crate::{Iri, Order, Tracking, tracking_url};

/// A tracking of an order, as the order links to it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TrackingLink {
    /// The address of the tracking; [`Client::follow_tracking`](crate::Client::follow_tracking)
    /// reads it. This is the documented form.
    Iri(Iri),
    /// The tracking itself. Assumed: the framework can be set up to embed records.
    Embedded(Box<Tracking>),
}

impl Order {
    /// Returns the trackings that the order links to, each read on its own.
    ///
    /// Empty when the list is absent, null or empty: an order without trackings is normal. A list
    /// whose keys are not consecutive arrives as an object, of which the values are taken.
    ///
    /// A link that is neither an address nor a record with one is an error of the kind
    /// [`Decode`](crate::ErrorKind::Decode): taken for "no tracking" it would be lost silently.
    #[must_use]
    pub fn tracking_links(&self) -> Vec<Result<TrackingLink, Error>> {
        let links = links_of(self).into_iter();
        links.map(|(index, link)| read_link(index, link)).collect()
    }
}

/// The links of an order as they are there, with their positions.
pub(crate) fn links_of(order: &Order) -> Vec<(usize, &Value)> {
    let links: Vec<&Value> = match &order.trackings {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(links)) => links.iter().collect(),
        Some(Value::Object(record)) if is_record(record) => order.trackings.iter().collect(),
        Some(Value::Object(links)) => links.values().collect(),
        Some(Value::String(link)) if link.trim().is_empty() => Vec::new(),
        Some(link) => vec![link],
    };
    let links = links.into_iter().enumerate();
    links.filter(|(_, link)| !link.is_null()).collect()
}

/// Reads the link at a position.
pub(crate) fn read_link(index: usize, link: &Value) -> Result<TrackingLink, Error> {
    let place = format!("trackings[{index}]");
    match link {
        Value::String(address) if !address.trim().is_empty() => {
            Ok(TrackingLink::Iri(Iri::from(address.as_str())))
        }
        Value::Object(record) if is_record(record) => {
            match serde_json::from_value::<Tracking>(link.clone()) {
                Ok(tracking) if says_something(&tracking) => {
                    Ok(TrackingLink::Embedded(Box::new(tracking)))
                }
                // Only the address is embedded, or the rest cannot be read: it can be fetched.
                _ => address_of(link)
                    .map(TrackingLink::Iri)
                    .ok_or_else(|| Error::decode(&place, "the record has no readable address")),
            }
        }
        _ => Err(Error::decode(
            &place,
            "the link is neither an address nor a record",
        )),
    }
}

/// Returns true if more than the address of a tracking is embedded.
pub(crate) fn says_something(tracking: &Tracking) -> bool {
    tracking.tracking_id.is_some() || tracking.courier.is_some()
}

fn is_record(object: &Map<String, Value>) -> bool {
    object.contains_key("@id") || object.contains_key("trackingId")
}

/// The address in a link, whether it is one or a record that has one.
fn address_of(link: &Value) -> Option<Iri> {
    let address = link.as_str().or_else(|| link.get("@id")?.as_str())?;
    (!address.trim().is_empty()).then(|| Iri::from(address))
}

impl Tracking {
    /// Returns the courier's number, or `None` where there is none: freight has a single underscore
    /// in its place.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        let number = self.tracking_id.as_deref()?.trim();
        is_number(number).then_some(number)
    }

    /// Returns the address of the courier's page for the parcel; see [`tracking_url`].
    #[must_use]
    pub fn tracking_url(&self) -> Option<String> {
        tracking_url(self.courier.as_ref()?.as_str(), self.number()?)
    }

    /// Returns the address of the order that the tracking belongs to.
    #[must_use]
    pub fn order_iri(&self) -> Option<Iri> {
        address_of(self.order.as_ref()?)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn order(trackings: &Value) -> Order {
        serde_json::from_value(json!({ "trackings": trackings })).unwrap()
    }

    fn addresses(trackings: &Value) -> Vec<String> {
        let links = order(trackings).tracking_links();
        let address = |link: Result<TrackingLink, Error>| match link.unwrap() {
            TrackingLink::Iri(iri) => iri.to_string(),
            TrackingLink::Embedded(tracking) => format!("embedded {}", tracking.iri.unwrap()),
        };
        links.into_iter().map(address).collect()
    }

    #[test]
    fn links_are_read_in_every_form_of_the_framework() {
        for (trackings, expected) in [
            (json!(["/t/1", "/t/2"]), vec!["/t/1", "/t/2"]),
            (json!([]), vec![]),
            (json!(null), vec![]),
            (json!(""), vec![]),
            (json!({}), vec![]),
            (json!("/t/1"), vec!["/t/1"]),
            (json!(["/t/1", null]), vec!["/t/1"]),
            (json!({"1": "/t/1", "3": "/t/3"}), vec!["/t/1", "/t/3"]),
            (json!([{"@id": "/t/1"}]), vec!["/t/1"]),
            (
                json!([{"@id": "/t/1", "trackingId": "A"}]),
                vec!["embedded /t/1"],
            ),
            (
                json!({"@id": "/t/1", "trackingId": "A"}),
                vec!["embedded /t/1"],
            ),
            (json!([{"@id": "/t/1", "trackingId": {}}]), vec!["/t/1"]),
        ] {
            assert_eq!(addresses(&trackings), expected, "{trackings}");
        }
        assert!(Order::default().tracking_links().is_empty());
    }

    #[test]
    fn unreadable_link_is_error_and_not_missing_tracking() {
        for trackings in [
            json!([7]),
            json!(["/t/1", ""]),
            json!([{}]),
            json!([["/t/1"]]),
            json!(7),
        ] {
            let links = order(&trackings).tracking_links();

            let error = links.last().unwrap().as_ref().unwrap_err();
            let place = format!("trackings[{}]", links.len() - 1);
            assert_eq!(error.path(), Some(place.as_str()), "{trackings}");
        }
    }

    #[test]
    fn underscore_is_not_number() {
        for (text, number) in [
            (json!("_"), None),
            (json!(" _ "), None),
            (json!(""), None),
            (json!(null), None),
            (json!(" A1 "), Some("A1")),
            (json!(297), Some("297")),
        ] {
            let tracking: Tracking = serde_json::from_value(json!({"trackingId": text})).unwrap();

            assert_eq!(tracking.number(), number, "{text}");
        }
    }

    #[test]
    fn order_is_link_or_embedded_record() {
        for (order, iri) in [
            (json!("/o/27"), Some("/o/27")),
            (json!({"@id": "/o/27", "status": "shipped"}), Some("/o/27")),
            (json!({}), None),
            (json!(null), None),
            (json!(7), None),
        ] {
            let tracking: Tracking = serde_json::from_value(json!({"order": order})).unwrap();

            assert_eq!(
                tracking.order_iri().as_ref().map(Iri::as_str),
                iri,
                "{order}"
            );
        }
    }
}
