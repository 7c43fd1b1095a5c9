//! Tours, and shipments as a search or a tour lists them: an id, and perhaps more.

use std::mem;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::IgnoredAny;
use tracking_core::RawJson;
use tracking_core::kit::raw_at_path;
use tracking_http::json::partial::{Partial, PartialList};
use tracking_http::json::{lenient, without_bom};
use tracking_http::{Error, Response, decode};

use crate::tours::{Element, NamedById, TourShipments, is_object};
use crate::{Client, ListToursQuery, Shipment, Tour};

/// The hits of a search, which are a bare array.
#[derive(Deserialize)]
#[serde(transparent)]
struct Hits(#[serde(deserialize_with = "lenient::list")] Vec<Shipment>);

/// Tours, or the shipments of one, as a bare array.
#[derive(Deserialize)]
#[serde(transparent, bound = "T: NamedById")]
struct Elements<T>(#[serde(deserialize_with = "lenient::list")] Vec<Element<T>>);

/// Pairs the hits of a search that were decoded as a whole with their JSON.
pub(crate) fn whole_hits(hits: Vec<Shipment>, body: &Bytes) -> PartialList<Shipment> {
    list_of_hits(Partial::whole(Hits(hits), RawJson::from_response(body), ""))
}

/// Reads the hits of a search as far as possible.
///
/// # Errors
///
/// Kind `Decode` when the body is no list.
pub(crate) fn read_hits(body: &Bytes) -> Result<PartialList<Shipment>, Error> {
    Partial::from_body(body).map(list_of_hits)
}

fn list_of_hits(hits: Partial<Hits>) -> PartialList<Shipment> {
    hits.into_list_except(
        &[],
        |hits| mem::take(&mut hits.0),
        |hit| refusal(hit, &hit.value),
    )
}

/// Reads the shipments of a tour, in each of the shapes that
/// [`read_tour_shipments`](crate::tours::read_tour_shipments) reads.
fn read_tour(body: &Bytes) -> Result<PartialList<Shipment>, Error> {
    if !is_object(body) {
        return read_bare(body);
    }
    let json = String::from_utf8_lossy(without_bom(body));
    let list = raw_at_path(&json, &["shipmentIds"]).unwrap_or_default();
    if !list.trim_ascii_start().starts_with('[') {
        // An empty list in another spelling, or no list.
        return decode::<TourShipments>(body).map(|_| PartialList::default());
    }
    let tour = Partial::<TourShipments>::from_body(body)?;
    let elements = tour.map(|tour| Elements(tour.shipment_ids));
    Ok(list_of_elements(elements, &["shipmentIds"]))
}

fn read_bare<T>(body: &Bytes) -> Result<PartialList<T>, Error>
where
    T: NamedById + Default + PartialEq,
{
    if !without_bom(body).trim_ascii_start().starts_with(b"[") {
        // Null, or no list.
        return decode::<Option<Vec<IgnoredAny>>>(body).map(|_| PartialList::default());
    }
    Partial::from_body(body).map(|elements| list_of_elements(elements, &[]))
}

fn list_of_elements<T>(
    elements: Partial<Elements<T>>,
    keys: &'static [&'static str],
) -> PartialList<T>
where
    T: NamedById + Default + PartialEq,
{
    let list = elements.into_list_except(
        keys,
        |elements| mem::take(&mut elements.0),
        |element| refusal(element, &element.value.0),
    );
    list.map(|Element(element)| element)
}

/// Why an element is none of its kind: it has no value of one, and no key whose value does not fit.
fn refusal<P, T: NamedById + Default + PartialEq>(
    element: &Partial<P>,
    value: &T,
) -> Option<String> {
    let problems = &element.problems;
    let has_key = || !problems.is_empty() && problems.iter().all(|it| it.path != element.path());
    (*value == T::default() && !has_key())
        .then(|| format!("the object has no value of {}", T::KIND))
}

/// Refuses a response that holds nothing of a shipment, since it would look like one of which nothing
/// is known.
pub(crate) fn check_is_shipment(shipment: &Shipment, body: &[u8]) -> Result<(), Error> {
    if !is_object(body) || *shipment == Shipment::default() {
        return Err(Error::decode(
            "",
            "the response holds nothing of a shipment",
        ));
    }
    Ok(())
}

impl Client {
    /// Lists a page of tours as far as they fit.
    pub(crate) async fn partial_tours(
        &self,
        query: &ListToursQuery,
    ) -> Result<PartialList<Tour>, Error> {
        let read = |response: Response<Bytes>| response.try_map(|body| read_bare(&body));
        Ok(self.list_tours_as(query, read).await?.into_inner())
    }

    /// Lists the shipments of a tour as far as they fit.
    pub(crate) async fn partial_tour(&self, tour_id: &str) -> Result<PartialList<Shipment>, Error> {
        let read = |response: Response<Bytes>| response.try_map(|body| read_tour(&body));
        Ok(self
            .list_tour_shipments_as(tour_id, read)
            .await?
            .into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Summary = (Option<String>, String, usize);

    /// The shipments of a tour, and the paths of what is none.
    fn of_tour(body: &str) -> (Vec<Summary>, Vec<String>) {
        let list = read_tour(&body.to_owned().into()).unwrap();
        let summary = |it: Partial<Shipment>| {
            let id = it.value.shipment_id.map(String::from);
            (id, it.raw.get().to_owned(), it.problems.len())
        };
        let paths = list.problems.into_iter().map(|problem| problem.path);
        (
            list.elements.into_iter().map(summary).collect(),
            paths.collect(),
        )
    }

    #[test]
    fn tour_elements_are_read_one_by_one_and_keep_their_json() {
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
    fn place_of_problem_counts_nulls() {
        let elements = r#"[null,{"shipmentId":"a"},null,{"shipmentId":"b","orderId":[]}]"#;
        let tour = format!(r#"{{"shipmentIds":{elements}}}"#);

        let search = read_hits(&elements.into()).unwrap();
        let tour = read_tour(&tour.into()).unwrap();

        for (list, path) in [(search, "[3].orderId"), (tour, "shipmentIds[3].orderId")] {
            assert_eq!(list.elements[1].problems[0].path, path);
        }
    }

    #[test]
    fn long_tour_is_read_within_the_memory() {
        const COUNT: usize = 300_000;
        let ids = "\"a\",".repeat(COUNT);
        for (body, path) in [
            (format!("[{ids}4]"), ""),
            (format!(r#"{{"shipmentIds":[{ids}4]}}"#), "shipmentIds"),
        ] {
            let list = read_tour(&body.into()).unwrap();

            let more = COUNT + 1 - list.elements.len();
            assert!((1..COUNT).contains(&more), "{more}");
            // Some do not fit into what is decoded, and others not into the model.
            let mut named = 0;
            for problem in &list.problems {
                assert_eq!(problem.path, path);
                let mut words = problem.message.rsplit(' ');
                assert_eq!(words.next(), Some("more"), "{}", problem.message);
                named += words.next().unwrap().parse::<usize>().unwrap();
            }
            assert_eq!((named, list.problems.len()), (more, 2));
        }
    }

    #[test]
    fn value_other_than_list_is_not_read_as_empty_tour() {
        for body in ["", "{}", "7", "<p>", r#"{"shipments":[]}"#, r#"["a""#] {
            assert!(read_tour(&body.into()).is_err(), "{body}");
        }
        let latin = read_tour(&Bytes::from_static(b"[\"\xff\",\"a\"]")).unwrap();
        assert_eq!((latin.elements.len(), latin.problems.len()), (1, 1));
        for body in ["[]", "null", r#"{"shipmentIds":null}"#] {
            assert!(of_tour(body).0.is_empty(), "{body}");
        }
    }
}
