//! Tours: their paths, which are assumed and can be replaced, and the shapes that their responses may have.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Map;
use tracking_http::json::{lenient, without_bom};
use tracking_http::{Error, PathTemplate, Response, decode};

use crate::{Shipment, Tour};

/// The paths that the caller has set, unread.
#[derive(Clone, Debug, Default)]
pub(crate) struct TourPathOptions {
    pub(crate) list_tours: Option<String>,
    pub(crate) list_tour_shipments: Option<String>,
    pub(crate) create_tour: Option<String>,
}

/// Where the three operations on tours are.
///
/// That they exist is documented; their paths have not been published.
#[derive(Clone, Debug)]
pub(crate) struct TourPaths {
    pub(crate) list_tours: PathTemplate,
    pub(crate) list_tour_shipments: PathTemplate,
    pub(crate) create_tour: PathTemplate,
}

impl TourPaths {
    /// Assumed in the style of the rest of the API, where resources are named in the singular.
    pub(crate) fn new(options: &TourPathOptions) -> Result<Self, Error> {
        let read = |option: &Option<String>, assumed, parameters: &[&str]| {
            PathTemplate::parse(option.as_deref().unwrap_or(assumed), parameters)
        };
        Ok(Self {
            list_tours: read(&options.list_tours, "tour", &[])?,
            list_tour_shipments: read(
                &options.list_tour_shipments,
                "tour/{tourId}/shipment",
                &["tourId"],
            )?,
            create_tour: read(&options.create_tour, "tour", &[])?,
        })
    }
}

/// What a list names by its object or only by its id; the shape of such lists is assumed.
pub(crate) trait NamedById: Sized {
    /// What the object is, in an error.
    const KIND: &'static str;
    /// The object and its id, in an error.
    const EXPECTED: &'static str;

    fn from_id(id: String) -> Self;

    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Self, A::Error>;
}

impl NamedById for Tour {
    const KIND: &'static str = "a tour";
    const EXPECTED: &'static str = "a tour or its id";

    fn from_id(id: String) -> Self {
        Self {
            tour_id: Some(id.into()),
            ..Self::default()
        }
    }

    /// Where the key of the id holds something else, nothing is lost, and the other tours are read.
    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        let keys = Map::deserialize(MapAccessDeserializer::new(object))?;
        Ok(Self::deserialize(&keys).unwrap_or_else(|_| Self {
            tour_id: None,
            extra: keys.clone(),
        }))
    }
}

impl NamedById for Shipment {
    const KIND: &'static str = "a shipment";
    const EXPECTED: &'static str = "a shipment or its id";

    fn from_id(id: String) -> Self {
        Self {
            shipment_id: Some(id.into()),
            ..Self::default()
        }
    }

    fn from_object<'de, A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        Self::deserialize(MapAccessDeserializer::new(object))
    }
}

/// An element of such a list.
#[derive(Default, PartialEq)]
pub(crate) struct Element<T>(pub(crate) T);

impl<'de, T: NamedById> Deserialize<'de> for Element<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ElementVisitor<T>(PhantomData<T>);

        impl<'de, T: NamedById> Visitor<'de> for ElementVisitor<T> {
            type Value = T;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(T::EXPECTED)
            }

            fn visit_str<E>(self, id: &str) -> Result<T, E> {
                Ok(T::from_id(id.to_owned()))
            }

            fn visit_u64<E>(self, id: u64) -> Result<T, E> {
                Ok(T::from_id(id.to_string()))
            }

            fn visit_i64<E>(self, id: i64) -> Result<T, E> {
                Ok(T::from_id(id.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
                T::from_object(object)
            }
        }

        let visitor = ElementVisitor(PhantomData);
        deserializer.deserialize_any(visitor).map(Element)
    }
}

/// Reads a list of tours: objects, or their ids as strings or integers.
pub(crate) fn read_tours(response: Response<Bytes>) -> Result<Response<Vec<Tour>>, Error> {
    read_elements(response)
}

/// Returns true if a page has the tours of the page before: there are no pages then, and the whole list came at
/// once. What else is known of a tour may change between two responses.
pub(crate) fn is_same_page(previous: &[Tour], page: &[Tour]) -> bool {
    let is_same = |(one, other): (&Tour, &Tour)| {
        one.tour_id == other.tour_id && (one.tour_id.is_some() || one == other)
    };
    previous.len() == page.len() && previous.iter().zip(page).all(is_same)
}

/// Without the key the response is none of the known shapes, and must not pass for an empty tour.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TourShipments {
    #[serde(deserialize_with = "lenient::list")]
    pub(crate) shipment_ids: Vec<Element<Shipment>>,
}

/// Reads the shipments of a tour: objects or ids, in a bare array or under `shipmentIds`.
pub(crate) fn read_tour_shipments(
    response: Response<Bytes>,
) -> Result<Response<Vec<Shipment>>, Error> {
    if !is_object(response.body()) {
        return read_elements(response);
    }
    let response = response.decode_partial(|tour: &TourShipments| !tour.shipment_ids.is_empty())?;
    Ok(response.map(|tour| unwrapped(tour.shipment_ids)))
}

/// Returns true if a body is an object rather than a bare array.
pub(crate) fn is_object(body: &[u8]) -> bool {
    without_bom(body).trim_ascii_start().starts_with(b"{")
}

/// Reads a bare array as far as its elements fit. Null is an empty one, and null elements are dropped; any
/// other thing that is no list is an error.
pub(crate) fn read_list<T: DeserializeOwned>(
    response: Response<Bytes>,
) -> Result<Response<Vec<T>>, Error> {
    type List<T> = Option<Vec<Option<T>>>;
    let response =
        response.decode_partial(|list: &List<T>| list.iter().flatten().any(Option::is_some))?;
    Ok(response.map(|list| list.into_iter().flatten().flatten().collect()))
}

fn read_elements<T: NamedById>(response: Response<Bytes>) -> Result<Response<Vec<T>>, Error> {
    Ok(read_list(response)?.map(unwrapped))
}

fn unwrapped<T>(elements: Vec<Element<T>>) -> Vec<T> {
    elements.into_iter().map(|Element(it)| it).collect()
}

/// Refuses a page of something in front of the API, such as a login of a network; everything else confirms.
pub(crate) fn refuse_page(response: Response<Bytes>) -> Result<Response<Bytes>, Error> {
    if !without_bom(response.body())
        .trim_ascii_start()
        .starts_with(b"<")
    {
        return Ok(response);
    }
    // The reader of JSON says what a page is.
    response.try_map(|body| decode::<IgnoredAny>(&body).map(|_| body))
}

/// Reads what comes back when a tour was created: perhaps the tour, perhaps nothing.
///
/// The tour exists whatever the response holds, so nothing in it may turn the success into an error, but a
/// [page](refuse_page). What of a tour does not fit is one of the problems of the response.
pub(crate) fn read_created_tour(response: Response<Bytes>) -> Response<Option<Tour>> {
    match response.clone().decode_partial(|_: &Element<Tour>| true) {
        Ok(read) => read.map(|Element(tour)| Some(tour)),
        Err(_) => response.map(|_| None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_assumed_ones_unless_set() {
        let options = TourPathOptions {
            list_tours: Some("/tours".to_owned()),
            ..TourPathOptions::default()
        };

        let paths = TourPaths::new(&options).unwrap();

        assert_eq!(paths.list_tours.as_str(), "/tours");
        assert_eq!(
            paths.list_tour_shipments.as_str(),
            "/tour/{tourId}/shipment"
        );
        assert_eq!(paths.create_tour.as_str(), "/tour");
    }
}
