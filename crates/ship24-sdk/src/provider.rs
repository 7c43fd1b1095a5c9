//! Ship24 as a provider of the unified model.

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use http::header;
use tracking_core::kit::{
    BoxFuture, has_content, has_path, name_as_asked, non_blank, page_number, retain_asked_for,
};
use tracking_core::merge::Update;
use tracking_core::status::UnmappedCount;
use tracking_core::webhook::{WebhookDelivery, WebhookProof, WebhookRequest, WebhookUpdate};
use tracking_core::{
    Capabilities, Completeness, Courier, Cursor, Error, ErrorKind, ListRequest, Outcome, Problem,
    Provider, ProviderId, Registered, Registration, Shipment, ShipmentPage, Status, StatusReport,
    Target, TrackRequest, UtcTime,
};
use tracking_http::Response;
use tracking_http::json::partial::{Partial, PartialList};

use crate::mapping::{shipment, shipments_from_body};
use crate::partial::{
    read_created, read_trackers, read_trackings, whole_trackers, whole_trackings,
};
use crate::proof_of_delivery::shipment_with_proof;
use crate::status_table::PROVIDER;
use crate::track_batch::MAX_BATCH;
use crate::webhook::{ReadItem, ReadItems, read_items};
use crate::{
    Client, CreateTracker, ListTrackersQuery, Tracker, TrackerRef, Tracking, UpdateTracker,
    WebhookMetadata,
};

/// Results are read side by side while a page of trackers is being listed. The limiter spaces them
/// (10 a second); this bounds what waits for a response.
const LIST_CONCURRENCY: usize = 8;

/// Trackers per page of [`Provider::list`]; each of them costs a request.
const LIST_PAGE_SIZE: u32 = 50;

/// What Ship24 can do; a client without the webhook secret receives no webhooks.
pub const CAPABILITIES: Capabilities = {
    let mut capabilities = Capabilities::none();
    capabilities.track_by_number = true;
    capabilities.track_by_id = true;
    capabilities.track_by_reference = true;
    capabilities.register = true;
    capabilities.unregister = true;
    capabilities.list = true;
    capabilities.list_couriers = true;
    capabilities.events = true;
    capabilities.etas = true;
    capabilities.register_batch_size = MAX_BATCH;
    capabilities.webhook = Some(WebhookProof::SharedSecret);
    capabilities
};

/// - `track` by number reads what Ship24 has of the trackers with this number, and is
///   [`Outcome::NotRegistered`] if there is none. With `register` it creates the tracker if there is
///   none, which uses quota, and waits for the couriers. A tracker with other options (courier,
///   countries, post code) is another one (documented): who wants any that exists reads first. By id and by reference (your
///   `clientTrackerId`) it reads stored results: the way to poll.
/// - `track_batch` with `register` creates the trackers that do not exist by one call for 100 numbers, so that Ship24 asks
///   the couriers of all of them at once, and reads the results of each by one more: 101 calls for 100 numbers. Ship24
///   reads no two numbers in one call, so [`batch_size`](Capabilities::batch_size) is 1, and without `register` each
///   lookup is one call.
/// - `register_batch` creates the trackers of 100 numbers by one call, which says of each whether it is new.
/// - Ship24 finds the couriers of a number by itself and asks several, so there are none to try one after another.
/// - Ship24 takes no language and no wish for realtime, and reads by id take no courier, country,
///   post code or date either: these parts of a request have no effect there.
/// - `list` reads the results of each tracker, one request each, since Ship24's list holds none.
///   It has no filter by time, so `updated_since` is refused, and none by status, so the adapter leaves the
///   other shipments of each page out.
/// - `list_couriers` reads all couriers in one call, of which one per second is allowed.
/// - `unregister` by number reads its trackers first, and refuses to choose among several. It archives: stored results stay, updates stop.
/// - `webhook` needs the webhook secret. The proof is weak: take it as a hint. A proof of delivery is the
///   [`delivery_document`](Shipment::delivery_document) of an update without a status.
impl Provider for Client {
    fn id(&self) -> ProviderId {
        PROVIDER
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = CAPABILITIES;
        if self.webhooks.is_none() {
            capabilities.webhook = None;
        }
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            let response = match &request.target {
                Target::Number(_) if request.register => {
                    let tracker = tracker_to_register(&Registration::of(&request));
                    self.create_tracker_and_get_tracking_results(&tracker).await
                }
                Target::Number(number) => {
                    self.get_tracking_results_of_trackers_by_tracking_number(number)
                        .await
                }
                target => {
                    let tracker = tracker_ref(target)?;
                    self.get_tracking_results_of_tracker_by_tracker_id(tracker)
                        .await
                }
            };
            let outcome = match response {
                Ok(response) => Outcome::from_shipments(self.map(response)?),
                Err(error) => self.outcome_of(error)?,
            };
            let Outcome::Found(mut shipments) = outcome else {
                return Ok(outcome);
            };
            // Only the number of the tracker is the one that was asked for: without it there is that of
            // an event, which may be another carrier's.
            if shipments.iter().all(has_number_of_tracker) || is_not_number(&request.target) {
                retain_asked_for(PROVIDER, &request.target, &mut shipments)?;
            }
            for shipment in &mut shipments {
                name_as_asked(&request.target, shipment);
            }
            Ok(Outcome::Found(shipments))
        })
    }

    fn track_batch(
        &self,
        requests: Vec<TrackRequest>,
    ) -> BoxFuture<'_, Vec<Result<Outcome, Error>>> {
        Box::pin(self.track_several(requests))
    }

    fn register(&self, registration: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        Box::pin(async move {
            let tracker = tracker_to_register(&registration);
            let tracker = match self.create_tracker(&tracker).await {
                Ok(response) => response.into_inner(),
                // It is registered and paid for, whatever of the response cannot be read.
                Err(error) if error.is_decode() => {
                    error.body().and_then(read_created).ok_or(error)?
                }
                Err(error) => return Err(error.into()),
            };
            // Ship24 does not say whether the tracker existed already.
            Ok(registered(tracker, registration.number))
        })
    }

    fn register_batch(
        &self,
        registrations: Vec<Registration>,
    ) -> BoxFuture<'_, Vec<Result<Registered, Error>>> {
        Box::pin(self.register_several(registrations))
    }

    fn unregister(&self, target: Target) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            let target = match target {
                Target::Number(number) => self.only_tracker_of(number).await?,
                target => target,
            };
            let update = UpdateTracker::new().is_subscribed(false);
            self.update_tracker_by_tracker_id(tracker_ref(&target)?, &update)
                .await?;
            Ok(())
        })
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        Box::pin(async move {
            if request.updated_since.is_some() {
                let message = "Ship24 lists trackers by creation time and has no filter by update; \
                               list all, or use webhooks";
                return Err(Error::new(ErrorKind::Unsupported, PROVIDER, message));
            }
            let page = page_number(request.cursor.as_ref(), PROVIDER, "Ship24")?;
            let limit = request.limit.unwrap_or(LIST_PAGE_SIZE);
            let query = ListTrackersQuery::new().page(page).limit(i64::from(limit));
            let PartialList {
                elements: trackers,
                problems,
                ..
            } = self.page(&query).await?;
            let next = (trackers.len() + problems.len() >= limit as usize)
                .then(|| Cursor::new(page.saturating_add(1).to_string()));
            let shipments: Vec<Vec<Shipment>> = stream::iter(trackers)
                .map(|tracker| self.shipments_of(tracker))
                .buffered(LIST_CONCURRENCY)
                .try_collect()
                .await?;
            let shipments = shipments.into_iter().flatten().collect();
            let page = ShipmentPage::new(shipments, next).with_problems(problems);
            Ok(page.filtered(&request))
        })
    }

    fn list_couriers(&self) -> BoxFuture<'_, Result<Vec<Courier>, Error>> {
        Box::pin(async move {
            let couriers = self.get_couriers().await?.into_inner();
            // Documented: the code of a deprecated courier is ignored.
            let supported = couriers
                .into_iter()
                .filter(|it| it.is_deprecated != Some(true));
            let couriers = supported.filter_map(|it| {
                let mut courier = Courier::new(non_blank(it.courier_code)?);
                // A few names end with a space.
                let name = non_blank(it.courier_name);
                courier.name = name.map(|name| name.trim().to_owned());
                Some(courier)
            });
            Ok(couriers.collect())
        })
    }

    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        let proof = self
            .webhooks()?
            .verify_values(request.header(header::AUTHORIZATION.as_str()))?;
        self.read_webhook(request.body(), proof)
    }

    fn read_webhook(&self, body: &[u8], proof: WebhookProof) -> Result<WebhookDelivery, Error> {
        let body = Bytes::copy_from_slice(body);
        let mut delivery = WebhookDelivery::new(proof);
        let ReadItems { items, problems } = read_items(&body)?;
        delivery.problems = problems;
        for item in items {
            let mut tracking = match item {
                ReadItem::Events(tracking) => tracking,
                ReadItem::ProofOfDelivery(mut proof) => {
                    let message_id = message_id(proof.value.metadata.as_mut());
                    match shipment_with_proof(*proof, UtcTime::now()) {
                        Ok(Some(shipment)) => {
                            let item = WebhookUpdate::new(Update::Partial(shipment));
                            delivery.items.push(item.with_message_id(message_id));
                        }
                        Ok(None) => {}
                        Err(problem) => delivery.problems.push(problem),
                    }
                    continue;
                }
                // Other topics say nothing about where a parcel is.
                ReadItem::Other(_) => continue,
            };
            let message_id = message_id(tracking.value.metadata.as_mut());
            let path = tracking.path();
            let mut shipment = shipment(*tracking, UtcTime::now(), &self.unmapped);
            if shipment.id.is_some() || has_content(&shipment) {
                // Documented: a message holds the new events only.
                let item = WebhookUpdate::new(Update::Partial(shipment));
                let item = item.with_message_id(message_id);
                delivery.items.push(item);
            } else {
                if shipment.problems.is_empty() {
                    let problem = Problem::new(path, "nothing of a parcel is here");
                    shipment.problems.push(problem.with_raw(shipment.raw));
                }
                delivery.problems.append(&mut shipment.problems);
            }
        }
        Ok(delivery)
    }

    fn unmapped(&self) -> Vec<UnmappedCount> {
        self.unmapped.snapshot()
    }
}

impl Client {
    fn map(&self, response: Response<Vec<Tracking>>) -> Result<Vec<Shipment>, Error> {
        let (trackings, response) = response.into_parts();
        let read = if response.problems().is_empty() {
            whole_trackings(trackings, response.body())
        } else {
            read_trackings(response.body())?
        };
        let shipments = response.try_map(|()| {
            let trackings = read.into_elements()?;
            let map = |tracking| shipment(tracking, UtcTime::now(), &self.unmapped);
            Ok(trackings.into_iter().map(map).collect::<Vec<_>>())
        })?;
        Ok(shipments.into_inner())
    }

    /// The tracker of a number that has one, by its id.
    async fn only_tracker_of(&self, number: String) -> Result<Target, Error> {
        let found = match self.track(TrackRequest::number(number)).await? {
            Outcome::Found(shipments) => shipments,
            _ => Vec::new(),
        };
        let mut ids: Vec<String> = found.into_iter().filter_map(|it| it.id).collect();
        ids.dedup();
        match ids.as_slice() {
            [id] => Ok(Target::Id(id.clone())),
            [] => {
                let message = "there is no tracker of this number in the account";
                Err(Error::new(ErrorKind::NotFound, PROVIDER, message))
            }
            several => {
                let message = format!(
                    "this number has {} trackers; name one by its id: {}",
                    several.len(),
                    several.join(", ")
                );
                Err(Error::new(ErrorKind::InvalidRequest, PROVIDER, message))
            }
        }
    }

    /// What an error means for a lookup: an outcome, a partly readable response, or an error.
    fn outcome_of(&self, error: tracking_http::Error) -> Result<Outcome, Error> {
        match error.kind() {
            // Only Ship24's own report is an outcome: a 404 of a proxy, or of a wrong base URL, says
            // nothing about a parcel.
            ErrorKind::NotFound => match error.provider_code() {
                Some("parcel_not_found") => Ok(Outcome::NotFound),
                // Documented for ids, observed for numbers: a tracker must be created first.
                Some("tracker_not_found") => Ok(Outcome::NotRegistered),
                _ => Err(error.into()),
            },
            // The call succeeded and may have cost quota, so whatever can be read is kept.
            ErrorKind::Decode => {
                let read = error
                    .body()
                    .map(|body| shipments_from_body(body, UtcTime::now(), &self.unmapped));
                match read {
                    Some(Ok(shipments)) if shipments.iter().any(has_content) => {
                        Ok(Outcome::from_shipments(shipments))
                    }
                    _ => Err(error.into()),
                }
            }
            _ => Err(error.into()),
        }
    }

    /// A page of trackers, each as far as it can be read.
    async fn page(
        &self,
        query: &ListTrackersQuery,
    ) -> Result<PartialList<Tracker>, tracking_http::Error> {
        match self.list_trackers(query).await {
            Ok(response) if !response.problems().is_empty() => read_trackers(response.body()),
            Ok(response) => {
                let (trackers, rest) = response.into_parts();
                Ok(whole_trackers(trackers, rest.body()))
            }
            Err(error) if error.is_decode() => match error.body().map(read_trackers) {
                Some(Ok(trackers)) if !trackers.is_empty() => Ok(trackers),
                _ => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// The shipments of one tracker of a list. A tracker whose results cannot be read stays in the
    /// list, with the problem; an error that will hit all of them ends the list.
    async fn shipments_of(&self, tracker: Partial<Tracker>) -> Result<Vec<Shipment>, Error> {
        let Partial {
            value: tracker,
            problems,
            ..
        } = tracker;
        let id = tracker
            .tracker_id
            .as_ref()
            .map(|id| id.as_str().to_owned())
            .unwrap_or_default();
        let problem = match self.track(TrackRequest::id(id)).await {
            Ok(Outcome::Found(mut shipments)) => {
                if let Some(first) = shipments.first_mut() {
                    first.problems.extend(problems);
                }
                return Ok(shipments);
            }
            Ok(_) => Problem::new(
                "results",
                "Ship24 lists this tracker and has no results for it",
            ),
            Err(error) => match error.kind() {
                ErrorKind::Server
                | ErrorKind::Timeout
                | ErrorKind::Decode
                | ErrorKind::WrongShipment
                | ErrorKind::BodyTooLarge
                | ErrorKind::InvalidRequest => Problem::of_failed_request("results", &error),
                _ => return Err(error),
            },
        };
        let status = StatusReport::new(Status::Unknown).derived_from("trackers[]");
        let number = tracker.tracking_number.unwrap_or_default();
        let mut stub = Shipment::new(PROVIDER, number, status, UtcTime::now());
        stub.id = tracker.tracker_id.map(Into::into);
        stub.reference = tracker.client_tracker_id;
        stub.problems = problems;
        stub.problems.push(problem);
        stub.completeness = Completeness::Partial;
        Ok(vec![stub])
    }
}

fn message_id(metadata: Option<&mut WebhookMetadata>) -> Option<String> {
    let id = metadata.and_then(|metadata| metadata.message_id.take());
    id.map(String::from)
}

fn has_number_of_tracker(shipment: &Shipment) -> bool {
    has_path(
        shipment.raw.get().as_bytes(),
        &["tracker", "trackingNumber"],
    )
}

const fn is_not_number(target: &Target) -> bool {
    !matches!(target, Target::Number(_))
}

/// A tracker that is registered, under the number that was sent if the response names none.
pub(crate) fn registered(tracker: Tracker, number: String) -> Registered {
    let number = tracker.tracking_number.unwrap_or(number);
    let mut registered = Registered::new(PROVIDER, number);
    registered.id = tracker.tracker_id.map(Into::into);
    registered.reference = tracker.client_tracker_id;
    registered
}

pub(crate) fn tracker_to_register(registration: &Registration) -> CreateTracker {
    let mut tracker = CreateTracker::new(registration.number.as_str());
    tracker.courier_code = registration.hints.courier.clone().map(|code| vec![code]);
    tracker.origin_country_code = registration.hints.origin_country.clone();
    tracker.destination_country_code = registration.hints.destination_country.clone();
    tracker.destination_post_code = registration.hints.destination_post_code.clone();
    tracker.shipping_date = registration.hints.ship_date.map(|date| date.to_string());
    tracker.client_tracker_id = registration.reference.clone();
    tracker.title = registration.title.clone();
    tracker
}

fn tracker_ref(target: &Target) -> Result<TrackerRef<'_>, Error> {
    match target {
        Target::Id(id) => Ok(TrackerRef::tracker_id(id)),
        Target::Reference(reference) => Ok(TrackerRef::client_tracker_id(reference)),
        _ => {
            let message = "a number may have several trackers; name the tracker by its id or by \
                           your reference";
            Err(Error::new(ErrorKind::InvalidRequest, PROVIDER, message))
        }
    }
}
