//! The documented procedure for many shipments: tours, their shipments, and the details of each, as one stream.

use std::collections::HashSet;
use std::error::Error as StdError;
use std::fmt;
use std::future;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::stream::{self, Stream, StreamExt};
use tracking_core::UtcTime;
use tracking_http::{Error, Response};

use crate::error::NAME;
use crate::{Client, ListToursQuery, Shipment, ShipmentId, Tour, TourId};

/// Details are read side by side. exporto documents no limit; this bounds how many wait for a response.
const DETAIL_CONCURRENCY: usize = 8;

/// A shipment of a tour, with its details; made by
/// [`processed_shipments`](Client::processed_shipments).
///
/// Derefs to the [`Shipment`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ProcessedShipment {
    /// The tour in which it was found first.
    pub tour_id: TourId,
    /// The shipment, as [`get_shipment`](Client::get_shipment) returns it.
    pub shipment: Response<Shipment>,
}

impl Deref for ProcessedShipment {
    type Target = Shipment;

    fn deref(&self) -> &Shipment {
        &self.shipment
    }
}

/// A part of the procedure that failed; everything else goes on, unless it was the login.
///
/// The message is that of the [`error`](Self::error), and names neither tour nor shipment.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ProcessedShipmentError {
    /// The tour; none when the list of tours could not be read, which ends the stream, or when an element of
    /// it is no tour or has no id.
    pub tour_id: Option<TourId>,
    /// The shipment; none when the shipments of the whole tour could not be listed.
    pub shipment_id: Option<ShipmentId>,
    /// What went wrong.
    pub error: Error,
}

impl fmt::Display for ProcessedShipmentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(formatter)
    }
}

impl StdError for ProcessedShipmentError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

/// A stream of the shipments of tours; made by
/// [`processed_shipments`](Client::processed_shipments).
#[must_use = "streams do nothing unless polled"]
pub struct ProcessedShipments {
    inner: Pin<Box<dyn Stream<Item = Outcome> + Send>>,
}

type Outcome = Result<ProcessedShipment, ProcessedShipmentError>;

/// A shipment that a tour lists, before its details are read.
type TourShipment = Result<(TourId, Shipment), ProcessedShipmentError>;

impl ProcessedShipments {
    /// All tours, page by page.
    pub(crate) fn of_all_tours(client: Client, since: Option<UtcTime>) -> Self {
        let tours = client.list_tours_pages(&ListToursQuery::new()).items();
        let tours = tours.map(|tour| tour.map_err(|error| failed(None, None, error)));
        let tours = tours.map(|tour| identified(tour?));
        Self::new(client, tours, since)
    }

    /// These tours.
    pub(crate) fn of_tours(client: Client, tours: Vec<TourId>, since: Option<UtcTime>) -> Self {
        Self::new(client, stream::iter(tours).map(Ok), since)
    }

    fn new(
        client: Client,
        tours: impl Stream<Item = Result<TourId, ProcessedShipmentError>> + Send + 'static,
        since: Option<UtcTime>,
    ) -> Self {
        let lister = client.clone();
        let mut seen_tours = HashSet::new();
        let mut seen_shipments = HashSet::new();
        let shipments = tours
            .filter(move |tour| future::ready(is_new(tour.as_ref().ok(), &mut seen_tours)))
            .then(move |tour| shipments_of(lister.clone(), tour))
            .flat_map(stream::iter)
            .filter(move |listed| {
                let shipment = listed.as_ref().ok().map(|(_, shipment)| shipment);
                let id = shipment.and_then(|shipment| shipment.shipment_id.as_ref());
                let is_old = shipment.is_some_and(|shipment| is_before(shipment, since));
                future::ready(!is_old && is_new(id, &mut seen_shipments))
            });
        let details = shipments
            .map(move |listed| details_of(client.clone(), listed))
            .buffered(DETAIL_CONCURRENCY)
            .filter(move |outcome| {
                let is_old = outcome.as_ref().is_ok_and(|it| is_before(it, since));
                future::ready(!is_old)
            });
        Self {
            inner: Box::pin(details),
        }
    }

    /// Returns the next shipment, or what kept it from being read; `None` after the last one.
    ///
    /// The same as the method of that name in `StreamExt`, for callers that do without it.
    pub async fn next(&mut self) -> Option<Result<ProcessedShipment, ProcessedShipmentError>> {
        StreamExt::next(self).await
    }
}

impl Stream for ProcessedShipments {
    type Item = Outcome;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Outcome>> {
        let this = self.get_mut();
        let outcome = ready!(this.inner.as_mut().poll_next(context));
        if let Some(Err(failed)) = &outcome
            && failed.error.is_authentication()
        {
            this.inner = Box::pin(stream::empty());
        }
        Poll::Ready(outcome)
    }
}

impl fmt::Debug for ProcessedShipments {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ProcessedShipments")
            .finish_non_exhaustive()
    }
}

/// The id of a listed tour. Its spelling is assumed, so a tour without one is an error rather than skipped.
fn identified(tour: Tour) -> Result<TourId, ProcessedShipmentError> {
    tour.tour_id.ok_or_else(|| {
        let reason = "a listed tour has no `tourId`, a key that is assumed: read the ids from the `extra` \
                      of the listed tours, and pass them to `processed_shipments_of_tours`";
        failed(None, None, Error::decode("tourId", reason).with_provider(NAME))
    })
}

/// Returns true if it was not there before. What has no id is an error already, and never a repeat.
fn is_new<T: Clone + Eq + std::hash::Hash>(id: Option<&T>, seen: &mut HashSet<T>) -> bool {
    id.is_none_or(|id| !seen.contains(id) && seen.insert(id.clone()))
}

/// Returns true if the shipment is known to have been processed before. Without a date it stays.
fn is_before(shipment: &Shipment, since: Option<UtcTime>) -> bool {
    let processed_at = || shipment.processed_at.as_ref()?.timestamp().instant();
    since.is_some_and(|since| processed_at().is_some_and(|time| time < since))
}

async fn shipments_of(
    client: Client,
    tour: Result<TourId, ProcessedShipmentError>,
) -> Vec<TourShipment> {
    let tour_id = match tour {
        Ok(tour_id) => tour_id,
        Err(error) => return vec![Err(error)],
    };
    match client.partial_tour(tour_id.as_str()).await {
        // What else could not be read of them is read again with the details.
        Ok(list) => {
            let shipments = list.elements.into_iter();
            let shipments = shipments.map(|read| Ok((tour_id.clone(), read.value)));
            let problems = list.problems.into_iter().map(|problem| {
                let error = Error::decode(problem.path, problem.message);
                Err(failed(
                    Some(tour_id.clone()),
                    None,
                    error.with_provider(NAME),
                ))
            });
            shipments.chain(problems).collect()
        }
        Err(error) => vec![Err(failed(Some(tour_id), None, error))],
    }
}

async fn details_of(client: Client, shipment: TourShipment) -> Outcome {
    let (tour_id, shipment) = shipment?;
    let Some(id) = shipment.shipment_id else {
        let error = Error::decode("shipmentId", "a shipment of the tour has no id");
        let error = error.with_provider(NAME);
        return Err(failed(Some(tour_id), None, error));
    };
    match client.get_shipment(id.as_str()).await {
        Ok(shipment) => Ok(ProcessedShipment { tour_id, shipment }),
        Err(error) => Err(failed(Some(tour_id), Some(id), error)),
    }
}

fn failed(
    tour_id: Option<TourId>,
    shipment_id: Option<ShipmentId>,
    error: Error,
) -> ProcessedShipmentError {
    ProcessedShipmentError {
        tour_id,
        shipment_id,
        error,
    }
}
