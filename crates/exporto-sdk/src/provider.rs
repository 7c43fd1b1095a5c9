//! exporto as a provider of the unified model.

use futures_util::future::join;
use tracking_core::kit::{BoxFuture, is_asked_for, is_same_number, read_parts, wrong_shipment};
use tracking_core::status::UnmappedCount;
use tracking_core::{
    Capabilities, Completeness, Error, ErrorKind, ListRequest, Outcome, Problem, Provider,
    ProviderId, ShipmentPage, Target, TrackRequest, UtcTime,
};
use tracking_http::json::partial::{Partial, PartialList};

use crate::error::{is_of, is_unknown_shipment};
use crate::generated::operations;
use crate::mapping::{shipment, shipment_from_body};
use crate::number::check_tracking_number;
use crate::partial::{read_hits, whole_hits};
use crate::status_table::PROVIDER;
use crate::{Client, SearchShipmentsQuery, Shipment, ShipmentId};

/// Details are read side by side; this bounds how many wait for a response.
const CONCURRENCY: usize = 8;

/// A number belongs to one shipment, or to a few when carriers use it again. More than this means that the
/// search did not look at the number.
const MAX_HITS: usize = 50;

/// What exporto can do in the unified model.
pub const CAPABILITIES: Capabilities = {
    let mut capabilities = Capabilities::none();
    capabilities.track_by_number = true;
    capabilities.track_by_id = true;
    capabilities.list = true;
    capabilities.events = true;
    capabilities
};

/// - exporto reports four facts and no events. Each fact becomes an event that names the field which it is
///   derived from, with that field's time or none. A fact that two responses in a row no longer have is
///   retracted, except where a later fact shows that it is only left out.
/// - `track` by number searches the outbound and the inbound numbers, then reads each hit by its id, since
///   search results hold only a part; the home leg's number of a return cannot be searched for. A search
///   that lists shipments of which none has the number is an error, and no unknown number. By id it
///   reads the shipment; the id is the one under which you registered it. There is no search by order, so a
///   reference is refused.
/// - A search takes one number, so `track_batch` looks each up alone.
/// - Courier, countries, post code, date, language, `register` and `realtime` have no effect: exporto takes
///   none of them.
/// - `list` goes through the tours, which hold processed shipments only and whose paths are assumed. A
///   shipment in two tours comes twice. Tours have no filter by time, so `updated_since` is refused;
///   [`processed_shipments`](Client::processed_shipments) takes a time of processing. Nor have they one by status: the
///   adapter leaves the other shipments of each page out.
/// - There is nothing to register that would be followed, and there are no webhooks: poll.
impl Provider for Client {
    fn id(&self) -> ProviderId {
        PROVIDER
    }

    fn capabilities(&self) -> Capabilities {
        CAPABILITIES
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            match &request.target {
                Target::Id(id) => {
                    let found = self.read(id).await?;
                    Ok(Outcome::from_shipments(found.into_iter().collect()))
                }
                Target::Number(number) => {
                    let found = self.find(number).await?;
                    Ok(Outcome::from_shipments(found))
                }
                _ => Err(Error::unsupported(
                    PROVIDER,
                    "tracking by a reference: exporto finds shipments by their id and by carriers' numbers",
                )),
            }
        })
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        Box::pin(self.list_page(request))
    }

    fn unmapped(&self) -> Vec<UnmappedCount> {
        self.unmapped.snapshot()
    }
}

impl Client {
    /// Reads a shipment by its id; nothing when exporto knows none.
    async fn read(&self, id: &str) -> Result<Option<tracking_core::Shipment>, Error> {
        let read = |body| shipment_from_body(body, UtcTime::now(), &self.unmapped);
        let mut shipment = match self.get_shipment(id).await {
            Ok(response) => read(response.body())?,
            Err(error) if is_unknown_shipment(&error) => return Ok(None),
            // What can be read is kept; what cannot becomes a problem of the shipment.
            Err(error) if error.is_decode() && is_of(operations::GET_SHIPMENT.id, &error) => {
                let read = error.body().and_then(|body| read(body).ok());
                read.ok_or(error)?
            }
            Err(error) => return Err(error.into()),
        };
        if !is_asked_for(&Target::Id(id.to_owned()), &shipment) {
            return Err(wrong_shipment(PROVIDER, 1));
        }
        shipment.id.get_or_insert_with(|| id.to_owned());
        Ok(Some(shipment))
    }

    /// Finds the shipments with this number, whichever way they go.
    async fn find(&self, number: &str) -> Result<Vec<tracking_core::Shipment>, Error> {
        check_tracking_number(number)?;
        let outbound = SearchShipmentsQuery::new().foreign_outbound_tracking_id(number);
        let inbound = SearchShipmentsQuery::new().foreign_inbound_tracking_id(number);
        let (outbound, inbound) = join(self.search(&outbound), self.search(&inbound)).await;
        let mut problems = Vec::new();
        let (outbound, inbound) = match (outbound, inbound) {
            (Ok(outbound), Ok(inbound)) => (outbound, inbound),
            // What one search found is shown, whatever became of the other.
            (Ok(found), Err(error)) | (Err(error), Ok(found)) if !found.is_empty() => {
                problems.push(Problem::of_failed_request("search", &error));
                (found, PartialList::default())
            }
            (Err(error), _) | (_, Err(error)) => return Err(error.into()),
        };
        let count = outbound.elements.len() + inbound.elements.len();
        problems.extend(outbound.problems);
        problems.extend(inbound.problems);
        let mut hits = plausible(outbound.elements, number)?;
        for other in plausible(inbound.elements, number)? {
            let id = &other.value.shipment_id;
            let is_known = id.is_some() && hits.iter().any(|hit| hit.value.shipment_id == *id);
            if !is_known {
                hits.push(other);
            }
        }
        let details = self.details(hits).await;
        let mut found = details.shipments;
        if let Some(error) = details.error.filter(|_| !details.any_read) {
            return Err(error);
        }
        for shipment in &mut found {
            // The search says that the shipment has the number, even where nothing else does.
            if shipment.number.is_empty() {
                number.clone_into(&mut shipment.number);
            }
        }
        found.retain(|shipment| {
            let mut known = shipment.linked_numbers.iter().chain([&shipment.number]);
            known.any(|known| is_same_number(known, number))
        });
        match found.first_mut() {
            Some(first) => first.problems.extend(problems),
            // Not an unknown number: the search did not look for it.
            None if count > 0 => return Err(ignored(count)),
            None => {
                if let Some(problem) = problems.first() {
                    let message = format!("`{}` {}", problem.path, problem.message);
                    return Err(Error::new(ErrorKind::Decode, PROVIDER, message));
                }
            }
        }
        Ok(found)
    }

    async fn search(
        &self,
        query: &SearchShipmentsQuery,
    ) -> Result<PartialList<Shipment>, tracking_http::Error> {
        match self.search_shipments(query).await {
            // One hit that cannot be read does not lose the others.
            Ok(response) if !response.problems().is_empty() => read_hits(response.body()),
            Ok(response) => {
                let (hits, rest) = response.into_parts();
                Ok(whole_hits(hits, rest.body()))
            }
            Err(error) if error.is_decode() && is_of(operations::SEARCH_SHIPMENTS.id, &error) => {
                match error.body().map(read_hits) {
                    Some(Ok(hits)) if !hits.is_empty() => Ok(hits),
                    _ => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// Reads the details of each. Where there are none, what the list has is kept, with the problem.
    pub(crate) async fn details(&self, elements: Vec<Partial<Shipment>>) -> Details {
        let requests = elements
            .iter()
            .map(|element| self.detail(element.value.shipment_id.as_ref()));
        let read = read_parts(requests.collect(), CONCURRENCY).await;
        let mut details = Details::default();
        for (element, read) in elements.into_iter().zip(read) {
            let problem = match read {
                Ok(Ok(shipment)) => {
                    details.any_read = true;
                    details.shipments.push(shipment);
                    continue;
                }
                Ok(Err(problem)) => problem,
                Err(error) => {
                    let problem = Problem::of_failed_request(DETAILS, &error);
                    if !is_about_one(&error) {
                        details.error.get_or_insert(error);
                    }
                    problem
                }
            };
            details
                .shipments
                .push(self.without_details(element, problem));
        }
        details
    }

    /// Reads the details of one, or says why there are none.
    async fn detail(
        &self,
        id: Option<&ShipmentId>,
    ) -> Result<Result<tracking_core::Shipment, Problem>, Error> {
        let Some(id) = id else {
            let message =
                "exporto lists this shipment without an id, so its details cannot be read";
            return Ok(Err(Problem::new(DETAILS, message)));
        };
        let message = "exporto lists this shipment and does not find it by its id";
        let missing = || Problem::of_failed_request(DETAILS, &message);
        Ok(self.read(id.as_str()).await?.ok_or_else(missing))
    }

    fn without_details(
        &self,
        element: Partial<Shipment>,
        problem: Problem,
    ) -> tracking_core::Shipment {
        let Partial {
            value,
            raw,
            mut problems,
            ..
        } = element;
        let mut stub = shipment(value, raw, UtcTime::now(), &self.unmapped);
        problems.push(problem);
        stub.problems.splice(0..0, problems);
        // A list shows less than the details.
        stub.completeness = Completeness::Partial;
        for leg in &mut stub.legs {
            leg.completeness = Completeness::Partial;
        }
        stub
    }
}

/// Where a problem with the details of a listed shipment is.
const DETAILS: &str = "details";

/// Shipments of a list, with their details as far as they could be read.
#[derive(Debug, Default)]
pub(crate) struct Details {
    pub(crate) shipments: Vec<tracking_core::Shipment>,
    /// Whether those of any could be read.
    pub(crate) any_read: bool,
    /// The first error that says nothing about one shipment: it would hit all of them.
    pub(crate) error: Option<Error>,
}

/// Returns true if an error says something about this shipment and nothing about the next.
fn is_about_one(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Server
            | ErrorKind::Timeout
            | ErrorKind::Transport
            | ErrorKind::Decode
            | ErrorKind::WrongShipment
            | ErrorKind::BodyTooLarge
            | ErrorKind::NotFound
            | ErrorKind::InvalidRequest
    )
}

/// The hits that may have the number, unless there are too many of them.
fn plausible(
    mut hits: Vec<Partial<Shipment>>,
    number: &str,
) -> Result<Vec<Partial<Shipment>>, Error> {
    hits.retain(|hit| may_have(&hit.value, number));
    if hits.len() > MAX_HITS {
        return Err(ignored(hits.len()));
    }
    Ok(hits)
}

/// A search whose hits are not those of the number.
fn ignored(hits: usize) -> Error {
    let message = format!(
        "exporto lists {hits} shipments for a number, and not those that have it: the search seems to ignore it"
    );
    Error::new(ErrorKind::WrongShipment, PROVIDER, message)
}

/// Returns true if a shipment that a search found may have the number: it has the number, or none at all.
/// One with other numbers alone comes from a server that ignores the filter.
fn may_have(shipment: &Shipment, number: &str) -> bool {
    let numbers = [
        &shipment.foreign_outbound_tracking_id,
        &shipment.foreign_inbound_tracking_id,
    ];
    let mut numbers = numbers.into_iter().flatten().peekable();
    numbers.peek().is_none() || numbers.any(|known| is_same_number(known, number))
}
