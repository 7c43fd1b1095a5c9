//! TrackingMore as a provider of the unified model.

use tracking_core::kit::{BoxFuture, has_content, page_number};
use tracking_core::merge::Update;
use tracking_core::status::UnmappedCount;
use tracking_core::webhook::{
    WebhookDelivery, WebhookProof, WebhookReply, WebhookRequest, WebhookUpdate,
};
use tracking_core::{
    Capabilities, Courier, CourierCandidate, Cursor, Error, ErrorKind, ListRequest, Outcome,
    Problem, Provider, ProviderId, Registered, Registration, ShipmentPage, Status, Target,
    TrackRequest, UtcTime,
};

use crate::candidates::courier;
use crate::partial::read_created;
use crate::registration::{check_fields, created_now, to_create};
use crate::status_table::PROVIDER;
use crate::stored::{ambiguous, shipments};
use crate::track_batch::MAX_BATCH;
use crate::webhook::{self, json_in, read_tracking};
use crate::{Client, Code, ListTrackingsQuery, Response, TrackingStatus};

/// What TrackingMore can do; a client without the account's e-mail address receives no webhooks.
pub const CAPABILITIES: Capabilities = {
    let mut capabilities = Capabilities::none();
    capabilities.track_by_number = true;
    capabilities.track_by_reference = true;
    capabilities.register = true;
    capabilities.unregister = true;
    capabilities.list = true;
    capabilities.detect_couriers = true;
    capabilities.list_couriers = true;
    capabilities.events = true;
    capabilities.language = true;
    capabilities.batch_size = MAX_BATCH;
    capabilities.register_batch_size = MAX_BATCH;
    capabilities.webhook = Some(WebhookProof::TimestampMac);
    capabilities
};

/// What `track` costs depends on what is known:
///
/// | asked for | calls |
/// |---|---|
/// | number and courier | one, free, when it is registered; else, with `register`, it is registered (uses quota) and read once more |
/// | number alone | one list of the account by number, free, which finds it under any courier; if there is none, with `register`, a detection (0.2 of quota) names the couriers, and it is registered under the first (uses quota) |
/// | your reference (order number) | one list of the account by order number, free |
/// | any of these with `realtime` | the courier is asked now, which costs quota at each call; a number alone is first looked up as above |
///
/// - Assumed: a detection names the likeliest courier first. This is documented nowhere;
///   whoever knows better names the courier, or chooses from [`Client::detect_carrier`].
/// - If the first courier does not know the number (code 4017, 4031, 4032 or 4015, or the status `notfound`
///   without events), the next one is tried, up to three couriers. Each try registers the number there or
///   asks that courier, and costs quota again, except where TrackingMore refuses the courier. With `register`
///   off only the first is tried. A tracking that the account already has is returned whatever its status is:
///   no other courier is tried.
/// - Couriers that were detected and not tried are named in [`Shipment::problems`](tracking_core::Shipment::problems)
///   or in [`Outcome::UnknownToCouriers`].
/// - `track_batch` finds up to 40 numbers by one list of the account, free, and up to 40 references by another. With
///   `register`, those that are not registered and whose courier is known are registered by one call (each uses
///   quota), without a detection, and read by one more list: 40 new numbers are three calls. A new number without its
///   courier is detected and registered without another list. A lookup with `realtime`, and one about which the list
///   says nothing for certain, are made alone.
/// - `register_batch` registers up to 40 numbers by one call. A number without its courier is detected first, one call and
///   0.2 of quota each; those that were registered before are read by one list, free.
/// - With `register` off nothing is registered, and nothing detected unless for `realtime`: no quota
///   is used.
/// - A number that was just registered is `Pending` until TrackingMore has asked the courier.
/// - A lookup by number or reference returns up to 2000 trackings, and none of another number or
///   reference than was requested, whatever a gateway makes of the filter. A response that holds only
///   others is an error of the kind [`WrongShipment`](ErrorKind::WrongShipment), and nothing is registered.
/// - The language counts for what is stored and for `realtime`. Country and post code of the
///   destination and the date of shipping count for a registration and for `realtime` only, and a
///   courier not for a reference. The country of origin has no effect: TrackingMore takes none. What
///   else a courier may want (its account number) is sent through the client's own methods.
/// - Assumed: the two letters of the destination are also what a courier means that asks for
///   `tracking_destination_country` (registration) or `specialNumberDestination` (`realtime`).
/// - What is wrong in these is refused before the first call, so that it costs no detection.
/// - One number under two couriers is two trackings, and two shipments.
/// - `list` reads a page with all results in one call, and only what changed with `updated_since`. Statuses that one
///   value of TrackingMore covers are sent as its filter, which knows the status of a tracking and not its substatus; what
///   the filter cannot say, the adapter leaves out of each page.
/// - `list_couriers` reads all couriers in one call, without quota.
/// - `unregister` deletes the tracking with its results. To keep these, call
///   [`Client::stop_updating`]; where a number has several trackings, [`Client::delete_tracking`] with the courier.
/// - TrackingMore has ids, and no call that takes one, so there is no lookup by id.
/// - `webhook` needs the e-mail address of the account. The proof is weak: take it as a hint.
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

    fn track(&self, mut request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            // Observed: the official PHP SDK sends it in lower case.
            if let Some(language) = &mut request.language {
                language.make_ascii_lowercase();
            }
            let may_register = request.register && matches!(request.target, Target::Number(_));
            if may_register || request.realtime {
                let registration = Registration::of(&request);
                check_fields(&registration, request.language.clone())?;
            }
            match &request.target {
                Target::Number(number) if request.realtime => {
                    self.ask_courier(number, &request).await
                }
                Target::Number(number) => match &request.hints.courier {
                    Some(courier) => self.track_at(courier, number, &request).await,
                    None => self.track_anywhere(number, &request).await,
                },
                Target::Reference(reference) => {
                    let query = ListTrackingsQuery::new().order_numbers([reference])?;
                    let stored = self.stored(query, &request).await?;
                    match stored.as_slice() {
                        [] => Ok(Outcome::NotRegistered),
                        [only] if request.realtime => {
                            let request = request.clone().with_courier(only.key()?);
                            self.ask_courier(&only.shipment.number, &request).await
                        }
                        several if request.realtime => Err(ambiguous(several)),
                        _ => Ok(Outcome::Found(shipments(stored))),
                    }
                }
                _ => Err(Error::unsupported(PROVIDER, "looking up by id")),
            }
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
            check_fields(&registration, None)?;
            let number = registration.number.clone();
            let courier = match &registration.hints.courier {
                Some(courier) => courier.clone(),
                None => self.likeliest_courier(&number).await?,
            };
            let response = self
                .create_tracking(&to_create(&registration, &courier))
                .await;
            let response = match response {
                // It is registered, whatever of the response cannot be read.
                Err(error) if error.is_decode() => error.body().and_then(read_created).ok_or(error),
                response => response.map(Response::into_inner),
            };
            match response {
                Ok(created) => Ok(created_now(created, number)),
                Err(error) if Code::of(&error) == Some(Code::TRACKING_EXISTS) => {
                    let mut registered = self.registered(&courier, number).await;
                    // After a repeat it is unknown which attempt registered it.
                    registered.created = (error.attempts() == 1).then_some(false);
                    Ok(registered)
                }
                Err(error) => Err(error.into()),
            }
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
            let query = ListTrackingsQuery::new();
            let query = match &target {
                Target::Number(number) => query.tracking_numbers([number])?,
                Target::Reference(reference) => query.order_numbers([reference])?,
                _ => return Err(Error::unsupported(PROVIDER, "unregistering by id")),
            };
            let request = TrackRequest::new(target);
            let stored = self.stored(query, &request).await?;
            match stored.as_slice() {
                [] => {
                    let message = "there is no such tracking in the account";
                    Err(Error::new(ErrorKind::NotFound, PROVIDER, message))
                }
                [only] => {
                    let number = &only.shipment.number;
                    self.delete_tracking(only.key()?, number).await?;
                    Ok(())
                }
                several => Err(ambiguous(several)),
            }
        })
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        Box::pin(async move {
            let page = page_number(request.cursor.as_ref(), PROVIDER, "TrackingMore")?;
            let mut query = ListTrackingsQuery::new().page(page);
            query.limit = request.limit.map(i64::from);
            query.update_time_min = request.updated_since.map(UtcTime::as_unix_seconds);
            query.status = status_filter(&request.statuses);
            let limit = query.limit;
            let read = self.page(&query).await?;
            let next = read.end.next_page(page, limit);
            let next = next.map(|page| Cursor::new(page.to_string()));
            let trackings = read.list.elements.into_iter();
            let shipments = trackings.map(|tracking| self.map(tracking)).collect();
            let page = ShipmentPage::new(shipments, next).with_problems(read.list.problems);
            Ok(page.filtered(&request))
        })
    }

    fn detect_couriers<'a>(
        &'a self,
        number: &'a str,
    ) -> BoxFuture<'a, Result<Vec<CourierCandidate>, Error>> {
        Box::pin(self.candidates(number))
    }

    fn list_couriers(&self) -> BoxFuture<'_, Result<Vec<Courier>, Error>> {
        Box::pin(async move {
            let carriers = self.list_carriers().await?.into_inner();
            let couriers = carriers.into_iter();
            let couriers = couriers.filter_map(|it| courier(it.code, it.name));
            Ok(couriers.collect())
        })
    }

    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        let receiver = self.webhooks()?;
        // The proof is in the JSON, so that a body of something else proves nothing.
        let json = json_in(request.body()).map_err(|_| {
            let message = "the body is not a JSON object, so it holds no proof";
            Error::new(ErrorKind::Webhook, PROVIDER, message)
        })?;
        let proof = receiver.verify(json)?;
        self.read_webhook(json, proof)
    }

    fn read_webhook(&self, body: &[u8], proof: WebhookProof) -> Result<WebhookDelivery, Error> {
        let json = json_in(body).map_err(|_| {
            Error::new(ErrorKind::Decode, PROVIDER, "the body is not a JSON object")
        })?;
        let mut delivery = WebhookDelivery::new(proof);
        let mut shipment = self.map(read_tracking(json)?);
        if has_content(&shipment) {
            // A message repeats the whole tracking, as a response does (documented). Messages come late
            // and out of order, so without the provider's own time none is proof that something is gone.
            let update = match shipment.freshness.provider_updated_at {
                Some(_) => Update::Snapshot(shipment),
                None => Update::Partial(shipment),
            };
            delivery.items.push(WebhookUpdate::new(update));
        } else {
            delivery.problems.append(&mut shipment.problems);
            let problem = Problem::new(webhook::TRACKING, "nothing of a parcel is here");
            delivery.problems.push(problem.with_raw(shipment.raw));
        }
        Ok(delivery)
    }

    fn webhook_reply(&self) -> WebhookReply {
        WebhookReply::new(200).with_text(webhook::RESPONSE_BODY)
    }

    fn unmapped(&self) -> Vec<UnmappedCount> {
        self.unmapped.snapshot()
    }
}

/// The one value that covers these statuses, if there is one; what else has it is left out of the page.
fn status_filter(statuses: &[Status]) -> Option<TrackingStatus> {
    let value = |status: &Status| match status {
        Status::Pending => Some(TrackingStatus::Pending),
        Status::InTransit => Some(TrackingStatus::Transit),
        Status::OutForDelivery | Status::AvailableForPickup => Some(TrackingStatus::Pickup),
        Status::AttemptFailed => Some(TrackingStatus::Undelivered),
        Status::Delivered => Some(TrackingStatus::Delivered),
        Status::Exception | Status::Returning | Status::Returned | Status::Cancelled => {
            Some(TrackingStatus::Exception)
        }
        Status::Expired => Some(TrackingStatus::Expired),
        // Others come with several values, or with none.
        _ => None,
    };
    let (first, others) = statuses.split_first()?;
    let filter = value(first)?;
    let is_same = |other: &Status| value(other).as_ref() == Some(&filter);
    others.iter().all(is_same).then_some(filter)
}

#[cfg(test)]
mod tests;
