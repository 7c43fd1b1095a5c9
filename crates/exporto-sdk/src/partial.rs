//! Shipments as a search or a tour lists them: an id, and perhaps more.

use std::mem;

use bytes::Bytes;
use serde::Deserialize;
use tracking_core::kit::numbered_elements;
use tracking_core::{Problem, RawJson};
use tracking_http::Error;
use tracking_http::json::lenient;
use tracking_http::json::partial::{MAX_PROBLEMS, Partial};

use crate::tours::read_tour_shipments;
use crate::{Client, Shipment, ShipmentId};

/// A list as far as it fits: one element that does not fit costs no other.
#[derive(Default)]
pub(crate) struct PartialList {
    pub(crate) shipments: Vec<Partial<Shipment>>,
    /// Elements that are no shipments: at most [`MAX_PROBLEMS`], and one that counts the others.
    pub(crate) problems: Vec<Problem>,
    /// How many more there are, until they are counted.
    more: usize,
}

/// The hits of a search, which are a bare array.
#[derive(Deserialize)]
#[serde(transparent)]
struct Hits(#[serde(deserialize_with = "lenient::list")] Vec<Shipment>);

impl PartialList {
    /// Pairs the hits of a search that were decoded as a whole with their JSON.
    pub(crate) fn whole_hits(hits: Vec<Shipment>, body: &Bytes) -> Self {
        Self::of_hits(Partial::whole(Hits(hits), RawJson::from_response(body), ""))
    }

    /// Reads the hits of a search as far as possible.
    ///
    /// # Errors
    ///
    /// Kind `Decode` when the body is no list.
    pub(crate) fn of_search(body: &Bytes) -> Result<Self, Error> {
        Partial::from_body(body).map(Self::of_hits)
    }

    fn of_hits(mut hits: Partial<Hits>) -> Self {
        let shipments = hits.take_list(&[], |hits| mem::take(&mut hits.0));
        let mut list = Self {
            problems: hits.problems,
            ..Self::default()
        };
        for shipment in shipments {
            list.push(shipment);
        }
        list.counted("")
    }

    /// Reads the shipments of a tour, in each of the shapes that [`read_tour_shipments`] reads.
    fn of_tour(body: &Bytes) -> Result<Self, Error> {
        const KEYS: [&str; 1] = ["shipmentIds"];
        let whole = RawJson::from_response(body);
        let is_object = whole.get().trim_ascii_start().starts_with('{');
        let (keys, path) = if is_object {
            (&KEYS[..], KEYS[0])
        } else {
            (&[][..], "")
        };
        let Some(elements) = numbered_elements(whole.get(), keys) else {
            // An empty list in another spelling, or no list.
            return read_tour_shipments(body).map(|_| Self::default());
        };
        let mut list = Self::default();
        for (index, element) in elements {
            let raw = whole.part(element);
            let path = format!("{path}[{index}]");
            // An element may be the id alone.
            list.push(match serde_json::from_str::<ShipmentId>(element) {
                Ok(id) => {
                    let shipment = Shipment {
                        shipment_id: Some(id),
                        ..Shipment::default()
                    };
                    Partial::whole(shipment, raw, path)
                }
                Err(_) => Partial::from_raw(raw, path),
            });
        }
        Ok(list.counted(path))
    }

    /// Returns the number of shipments and of listed problems: zero for an empty list only.
    pub(crate) fn len(&self) -> usize {
        self.shipments.len() + self.problems.len()
    }

    /// Adds an element: to the shipments when it has a value of one, or a key whose value does not fit.
    fn push(&mut self, shipment: Partial<Shipment>) {
        // An array is read as an object too, by position.
        let is_object = !shipment.raw.get().starts_with('[');
        let path = || shipment.path();
        let has_content = shipment.value != Shipment::default()
            || !shipment.problems.is_empty()
                && shipment
                    .problems
                    .iter()
                    .all(|problem| problem.path != path());
        if is_object && has_content {
            self.shipments.push(shipment);
        } else if self.problems.len() >= MAX_PROBLEMS {
            self.more += 1;
        } else if is_object && !shipment.problems.is_empty() {
            self.problems.extend(shipment.problems);
        } else {
            let message = if is_object {
                "the object has no value of a shipment"
            } else {
                "expected an object, found a list"
            };
            let problem = Problem::new(shipment.path(), message);
            self.problems.push(problem.with_raw(shipment.raw));
        }
    }

    /// Adds the problem that counts those which are not listed.
    fn counted(mut self, path: &str) -> Self {
        let more = mem::take(&mut self.more);
        if more > 0 {
            let message = format!("and {more} more");
            self.problems.push(Problem::new(path, message));
        }
        self
    }
}

impl Client {
    /// Lists the shipments of a tour as far as they fit.
    pub(crate) async fn partial_tour(&self, tour_id: &str) -> Result<PartialList, Error> {
        let response = self.tour_shipments_response(tour_id).await?;
        let list = response.try_map(|body| PartialList::of_tour(&body))?;
        Ok(list.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Summary = (Option<String>, String, usize);

    /// The shipments of a tour, and the paths of what is none.
    fn of_tour(body: &str) -> (Vec<Summary>, Vec<String>) {
        let list = PartialList::of_tour(&body.to_owned().into()).unwrap();
        let summary = |it: Partial<Shipment>| {
            let id = it.value.shipment_id.map(String::from);
            (id, it.raw.get().to_owned(), it.problems.len())
        };
        let paths = list.problems.into_iter().map(|problem| problem.path);
        (
            list.shipments.into_iter().map(summary).collect(),
            paths.collect(),
        )
    }

    #[test]
    fn elements_of_a_tour_are_read_one_by_one_and_keep_their_text() {
        let elements = r#""a", {"shipmentId": "b", "colour": 1}, null, {"shipmentId":"c","orderId":[]}, [], 4, {}"#;
        for (list, body) in [
            ("", format!("[{elements}]")),
            ("shipmentIds", format!(r#" {{"shipmentIds":[{elements}]}}"#)),
        ] {
            let (listed, problems) = of_tour(&body);

            let id = |id: &str| Some(id.to_owned());
            assert_eq!(
                listed,
                [
                    (id("a"), r#""a""#.to_owned(), 0),
                    (id("b"), r#"{"shipmentId": "b", "colour": 1}"#.to_owned(), 0),
                    (id("c"), r#"{"shipmentId":"c","orderId":[]}"#.to_owned(), 1),
                    (id("4"), "4".to_owned(), 0),
                ],
                "{body}"
            );
            // An array is no shipment, and an object without any key of one is none either.
            assert_eq!(problems, [format!("{list}[4]"), format!("{list}[6]")]);
        }
    }

    #[test]
    fn the_place_of_a_problem_counts_nulls() {
        let elements = r#"[null,{"shipmentId":"a"},null,{"shipmentId":"b","orderId":[]}]"#;
        let tour = format!(r#"{{"shipmentIds":{elements}}}"#);

        let search = PartialList::of_search(&elements.into()).unwrap();
        let tour = PartialList::of_tour(&tour.into()).unwrap();

        for (list, path) in [(search, "[3].orderId"), (tour, "shipmentIds[3].orderId")] {
            assert_eq!(list.shipments[1].problems[0].path, path);
        }
    }

    #[test]
    fn what_is_no_list_is_no_empty_tour() {
        for body in ["", "{}", "7", "<p>", r#"{"shipments":[]}"#, r#"["a""#] {
            assert!(PartialList::of_tour(&body.into()).is_err(), "{body}");
        }
        assert!(PartialList::of_tour(&Bytes::from_static(b"[\"\xff\"]")).is_err());
        for body in ["[]", "null", r#"{"shipmentIds":null}"#] {
            assert!(of_tour(body).0.is_empty(), "{body}");
        }
    }
}
