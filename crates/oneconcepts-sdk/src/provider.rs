//! 1concepts as a provider of the unified model.

use tracking_core::kit::{BoxFuture, retain_asked_for, wrong_shipment};
use tracking_core::status::UnmappedCount;
use tracking_core::{
    Capabilities, Completeness, Cursor, Error, ErrorKind, ListRequest, Outcome, Problem, Provider,
    ProviderId, RawJson, Shipment, ShipmentPage, Status, StatusReport, Target, TrackRequest,
    UtcTime,
};
use tracking_http::json::partial::Partial;

use crate::error::{is_unknown_shipment, read_unfit};
use crate::hydra::{MAX_PAGE_SIZE, page_at};
use crate::mapping::shipment;
use crate::number::check_external_order_number;
use crate::orders::{LinkedTracking, LinkedTrackings, read_all_linked};
use crate::partial::{PartialPage, read_page, read_tracking};
use crate::status_table::PROVIDER;
use crate::track_batch::MAX_BATCH;
use crate::{
    Client, Iri, ListOrdersQuery, ListTrackingsQuery, Order, Tracking, TrackingCollection,
    next_upload_after,
};

/// Trackings per page of [`Provider::list`].
const LIST_PAGE_SIZE: u32 = 100;

/// What 1concepts can do in the unified model.
pub const CAPABILITIES: Capabilities = {
    let mut capabilities = Capabilities::none();
    capabilities.track_by_id = true;
    capabilities.track_by_reference = true;
    capabilities.list = true;
    capabilities.batch_size = MAX_BATCH;
    capabilities
};

/// 1concepts knows couriers and numbers, and nothing of what couriers scan.
///
/// - `track` by reference finds the trackings of an order by the order number of your own system. An
///   order without trackings is [`NotYet`](Outcome::NotYet), with the next upload at 18:00 German
///   time as the time to ask again. By id it reads one tracking. By number is
///   [`Unsupported`](ErrorKind::Unsupported): no filter finds a courier's number.
/// - `track_batch` finds the orders of up to 50 references by one list, and reads each of their trackings by a call of its
///   own. What the list says nothing for certain about is looked up alone. Assumed: the list takes that many numbers.
/// - A shipment has one leg with courier, number and the courier's page, and no events. Its status
///   was concluded from that of the order, and is never a delivery: follow the number at the
///   courier. Freight has no number.
/// - `list` goes through all trackings, oldest first; `updated_since` asks for those that were created
///   since then, the way to poll. There is no filter by status; the adapter leaves the other shipments of each page out.
/// - There is nothing to register, no detection of couriers, and there are no webhooks.
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
                Target::Id(id) => self.track_id(id).await,
                Target::Reference(number) => self.track_order(number).await,
                _ => {
                    let message = "1concepts has no filter for a courier's number; ask by reference, \
                                   which is the order number of your own system";
                    Err(Error::new(ErrorKind::Unsupported, PROVIDER, message))
                }
            }
        })
    }

    fn track_batch(
        &self,
        requests: Vec<TrackRequest>,
    ) -> BoxFuture<'_, Vec<Result<Outcome, Error>>> {
        Box::pin(self.track_several(requests))
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        Box::pin(async move {
            let limit = i64::from(request.limit.unwrap_or(LIST_PAGE_SIZE));
            let mut query = ListTrackingsQuery::new().items_per_page(limit);
            if let Some(time) = request.updated_since {
                query = query.created_at_after(time);
            }
            let cursor = request.cursor.as_ref();
            let cursor = cursor.map(|cursor| Iri::from(cursor.as_str()));
            let page = self.trackings_page(&query, cursor.as_ref()).await?;
            let next = page.next.map(|next| Cursor::new(next.as_str()));
            let read = page.list.elements.into_iter();
            let shipments = read.map(|read| self.map(read)).collect();
            let shipments = ShipmentPage::new(shipments, next);
            Ok(shipments
                .with_problems(page.list.problems)
                .filtered(&request))
        })
    }

    fn unmapped(&self) -> Vec<UnmappedCount> {
        self.unmapped.snapshot()
    }
}

impl Client {
    fn map(&self, read: Partial<Tracking>) -> Shipment {
        shipment(read, &self.tracking_pages, UtcTime::now(), &self.unmapped)
    }

    async fn track_id(&self, id: &str) -> Result<Outcome, Error> {
        let read = match self.get_tracking(id).await {
            Ok(response) => read_tracking(response.body()),
            Err(error) => read_unfit(error, read_tracking),
        };
        match read {
            Ok(read) => {
                let mut shipments = vec![self.map(read)];
                let target = Target::Id(id.to_owned());
                retain_asked_for(PROVIDER, &target, &mut shipments)?;
                Ok(Outcome::from_shipments(shipments))
            }
            Err(error) if is_unknown_shipment(&error) => Ok(Outcome::NotFound),
            Err(error) => Err(error.into()),
        }
    }

    /// The second of the documented procedures: the order links to its trackings.
    async fn track_order(&self, number: &str) -> Result<Outcome, Error> {
        check_external_order_number(number)?;
        let query = ListOrdersQuery::new()
            .external_order_number(number)
            .items_per_page(MAX_PAGE_SIZE);
        let page = read_page(self.unchecked_orders(&query, &[]).await)?;
        self.outcome_of_orders(number, page).await
    }

    /// What a page of orders says about a number.
    pub(crate) async fn outcome_of_orders(
        &self,
        number: &str,
        page: PartialPage<Order>,
    ) -> Result<Outcome, Error> {
        // Whether parts of a number match too is not documented.
        let is_asked_for = |read: &Partial<Order>| {
            let known = read.value.external_order_number.as_deref();
            known.is_some_and(|known| known.trim() == number.trim())
        };
        let is_found = page.list.elements.iter().any(is_asked_for);
        if page.next.is_some() && !is_found {
            let message = "more orders than one page holds and not this one among them: the server \
                           has ignored the filter, or many numbers hold this one";
            return Err(Error::new(ErrorKind::WrongShipment, PROVIDER, message));
        }
        // A filter that finds parts of numbers lists orders whose numbers hold this one.
        let strays = page.list.elements.iter().filter(|read| {
            let known = read.value.external_order_number.as_deref();
            known.is_some_and(|known| !holds(known, number))
        });
        let strays = strays.count();
        if strays > 0 && !is_found {
            return Err(wrong_shipment(PROVIDER, page.list.elements.len()));
        }
        // An order without a number counts as long as no other one has it.
        let is_nameless = |read: &Partial<Order>| {
            read.value.external_order_number.is_none() && read.problems.is_empty()
        };
        let counts = |read: &Partial<Order>| is_asked_for(read) || !is_found && is_nameless(read);
        let mut is_known = false;
        let mut any_read = false;
        let mut failure = None;
        let mut shipments = Vec::new();
        let mut problems = page.list.problems;
        for read in page.list.elements.into_iter().filter(counts) {
            is_known = true;
            let LinkedTrackings { linked, error } = read_all_linked(self, &read.value).await;
            any_read |= linked
                .iter()
                .any(|linked| matches!(linked, LinkedTracking::Read(_)));
            failure = failure.or(error);
            let (found, unread) = self.shipments_of(&read.problems, linked);
            shipments.extend(found);
            problems.extend(unread);
        }
        if let Some(error) = failure.filter(|_| !any_read) {
            return Err(error);
        }
        for shipment in &mut shipments {
            shipment.reference = Some(number.to_owned());
        }
        if let Some(first) = shipments.first_mut() {
            first.problems.extend(problems);
            return Ok(Outcome::from_shipments(shipments));
        }
        match (page.unfit, problems.first()) {
            _ if is_known && problems.is_empty() => {
                Ok(Outcome::not_yet(Some(next_upload_after(UtcTime::now()))))
            }
            // What cannot be read may be the order, or its tracking.
            (Some(error), _) => Err(error.into()),
            (None, Some(problem)) => {
                let message = format!("`{}` {}", problem.path, problem.message);
                Err(Error::new(ErrorKind::Decode, PROVIDER, message))
            }
            (None, None) => Ok(Outcome::NotFound),
        }
    }

    /// The shipments of an order, in the order of its links, and the links that lead to none. A tracking that
    /// cannot be read is a shipment with the problem, since its address names it; each shipment has the problems
    /// of the order.
    fn shipments_of(
        &self,
        of_order: &[Problem],
        linked: Vec<LinkedTracking>,
    ) -> (Vec<Shipment>, Vec<Problem>) {
        let mut shipments = Vec::new();
        let mut unread = Vec::new();
        for linked in linked {
            let mut shipment = match linked {
                LinkedTracking::Read(tracking) => self.map(*tracking),
                LinkedTracking::Unread {
                    address: Some(address),
                    problem,
                } => stub(&address, problem),
                LinkedTracking::Unread {
                    address: None,
                    problem,
                } => {
                    unread.push(problem);
                    continue;
                }
            };
            shipment.problems.extend(of_order.iter().cloned());
            shipments.push(shipment);
        }
        (shipments, unread)
    }

    /// Reads a page of trackings, also one of which a part does not fit.
    async fn trackings_page(
        &self,
        query: &ListTrackingsQuery,
        page: Option<&Iri>,
    ) -> Result<PartialPage<Tracking>, tracking_http::Error> {
        let bounds = self.checked_query(query)?;
        let response = match page {
            None => self.list_trackings(query).await,
            Some(address) => {
                let path = address.on_host_of(self.http.base_url());
                self.http.checked(path)?;
                page_at::<TrackingCollection>(self, address).await
            }
        };
        let page = read_page(response)?;
        bounds.check(page.list.elements.iter().map(|read| &read.value))?;
        Ok(page)
    }
}

/// Returns true if a number holds another one, which a filter for parts of numbers finds.
fn holds(number: &str, part: &str) -> bool {
    number.to_lowercase().contains(&part.trim().to_lowercase())
}

/// A tracking of which only the address is known.
fn stub(address: &Iri, problem: Problem) -> Shipment {
    let status = StatusReport::new(Status::Unknown).derived_from("order.trackings");
    let mut stub = Shipment::new(PROVIDER, "", status, UtcTime::now());
    stub.id = address.id().map(str::to_owned);
    stub.raw = RawJson::from_string(serde_json::json!(address).to_string());
    stub.problems.push(problem);
    stub.completeness = Completeness::Partial;
    stub
}
