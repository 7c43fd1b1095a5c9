//! A shipment as a search or a tour lists it: an id, and perhaps more.

use bytes::Bytes;
use tracking_core::kit::numbered_elements;
use tracking_core::{Problem, RawJson};
use tracking_http::{Error, recover};

use crate::tours::read_tour_shipments;
use crate::{Client, Shipment, ShipmentId};

/// An element of a list, read on its own, so that one which does not fit costs no other.
pub(crate) struct ListedShipment {
    pub(crate) shipment: Shipment,
    /// The element as it came.
    pub(crate) raw: RawJson,
    /// What in it could not be read.
    pub(crate) problems: Vec<Problem>,
}

impl ListedShipment {
    /// The hits of a search, which is a bare array. Nothing when it is none.
    pub(crate) fn of_search(body: &Bytes) -> Vec<Self> {
        let elements = numbered_elements(text(body), &[]).unwrap_or_default();
        let read = |(index, element)| Self::read(body, element, &format!("[{index}]"));
        elements.into_iter().map(read).collect()
    }

    /// The shipments of a tour, in each of the shapes that [`read_tour_shipments`] reads.
    fn of_tour(body: &Bytes) -> Result<Vec<Self>, Error> {
        const KEYS: [&str; 1] = ["shipmentIds"];
        let is_object = body.trim_ascii_start().starts_with(b"{");
        let (keys, place) = if is_object {
            (&KEYS[..], KEYS[0])
        } else {
            (&[][..], "")
        };
        let Some(elements) = numbered_elements(text(body), keys) else {
            // An empty list in another spelling, or no list.
            return read_tour_shipments(body).map(|_| Vec::new());
        };
        let read = |(index, element): (usize, &str)| {
            let Ok(id) = serde_json::from_str::<ShipmentId>(element) else {
                return Self::read(body, element, &format!("{place}[{index}]"));
            };
            Self {
                shipment: Shipment {
                    shipment_id: Some(id),
                    ..Shipment::default()
                },
                raw: RawJson::from_slice(body, element),
                problems: Vec::new(),
            }
        };
        Ok(elements.into_iter().map(read).collect())
    }

    /// Returns true if nothing at all could be read of it.
    pub(crate) fn says_nothing(&self) -> bool {
        self.shipment == Shipment::default()
    }

    fn read(body: &Bytes, element: &str, place: &str) -> Self {
        let read = recover::<Shipment>(element, place);
        Self {
            shipment: read.value,
            raw: RawJson::from_slice(body, element),
            problems: read.problems,
        }
    }
}

impl Client {
    /// Lists the shipments of a tour, each read on its own.
    pub(crate) async fn listed_in_tour(&self, tour_id: &str) -> Result<Vec<ListedShipment>, Error> {
        let response = self.tour_shipments_response(tour_id).await?;
        let listed = response.try_map(|body| ListedShipment::of_tour(&body))?;
        Ok(listed.into_inner())
    }
}

/// What is not UTF-8 is no JSON, and so is the empty string.
fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_tour(body: &str) -> Vec<(Option<String>, String, usize)> {
        let listed = ListedShipment::of_tour(&body.to_owned().into()).unwrap();
        let summary = |it: ListedShipment| {
            let id = it.shipment.shipment_id.map(String::from);
            (id, it.raw.get().to_owned(), it.problems.len())
        };
        listed.into_iter().map(summary).collect()
    }

    #[test]
    fn elements_of_a_tour_are_read_one_by_one_and_keep_their_text() {
        let elements = r#""a", {"shipmentId": "b", "colour": 1}, null, {"shipmentId":"c","orderId":[]}, [], 4"#;
        for body in [
            format!("[{elements}]"),
            format!(r#" {{"shipmentIds":[{elements}]}}"#),
        ] {
            let listed = of_tour(&body);

            let id = |id: &str| Some(id.to_owned());
            assert_eq!(
                listed,
                [
                    (id("a"), r#""a""#.to_owned(), 0),
                    (id("b"), r#"{"shipmentId": "b", "colour": 1}"#.to_owned(), 0),
                    (id("c"), r#"{"shipmentId":"c","orderId":[]}"#.to_owned(), 1),
                    (None, "[]".to_owned(), 1),
                    (id("4"), "4".to_owned(), 0),
                ],
                "{body}"
            );
        }
    }

    #[test]
    fn the_place_of_a_problem_counts_nulls() {
        let elements = r#"[null,{"shipmentId":"a"},null,{"shipmentId":"b","orderId":[]}]"#;
        let tour = format!(r#"{{"shipmentIds":{elements}}}"#);

        let search = ListedShipment::of_search(&elements.into());
        let tour = ListedShipment::of_tour(&tour.into()).unwrap();

        for (listed, path) in [(search, "[3].orderId"), (tour, "shipmentIds[3].orderId")] {
            assert_eq!(listed[1].problems[0].path, path);
        }
    }

    #[test]
    fn what_is_no_list_is_no_empty_tour() {
        for body in ["", "{}", "7", "<p>", r#"{"shipments":[]}"#, r#"["a""#] {
            assert!(ListedShipment::of_tour(&body.into()).is_err(), "{body}");
        }
        assert!(ListedShipment::of_tour(&Bytes::from_static(b"[\"\xff\"]")).is_err());
        for body in ["[]", "null", r#"{"shipmentIds":null}"#] {
            assert!(of_tour(body).is_empty(), "{body}");
        }
    }
}
