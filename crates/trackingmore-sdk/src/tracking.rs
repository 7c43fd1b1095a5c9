//! TrackingMore as a provider of the unified model.

mod lookup;

use bytes::Bytes;
use tracking_core::{
    BoxFuture, Capabilities, Courier, CourierCandidate, Cursor, Error, ErrorKind, Evidence,
    ListRequest, Outcome, Provider, ProviderId, RawJson, Registered, Registration, Shipment,
    ShipmentPage, Target, TrackRequest, UnmappedCount, Update, UtcTime, WebhookDelivery,
    WebhookProof, WebhookRequest, WebhookUpdate,
};

use crate::envelope::confirm_empty;
use crate::error::code_in;
use crate::mapping::{filled, shipment, shipments_from_body};
use crate::page_end::PageEnd;
use crate::raw_parts::RawTracking;
use crate::recovery::{ReadTracking, read_tracking, with_raws};
use crate::status_table::PROVIDER;
use crate::webhook::{self, json_in, raw_tracking};
use crate::{Client, Code, CreateTracking, DetectCarrier, ListTrackingsQuery, Tracking};

/// What `track` costs depends on what is known:
///
/// | asked for | calls |
/// |---|---|
/// | number and courier | one, free, when it is registered; else it is registered (uses quota) and read once more |
/// | number alone | one list of the account by number, free, which finds it under any courier; if there is none, a detection (0.2 of quota) names the courier to register it under, the likeliest |
/// | your reference (order number) | one list of the account by order number, free |
/// | any of these with `realtime` | the courier is asked now, which costs quota at each call; a number alone is first looked up as above |
///
/// - With `register` off nothing is registered, and nothing detected unless for `realtime`: no quota
///   is used.
/// - A number that was just registered is `Pending` until TrackingMore has asked the courier.
/// - The language counts for what is stored and for `realtime`. Country and post code of the
///   destination and the date of shipping count for a registration and for `realtime` only, and a
///   courier not for a reference. The country of origin has no effect: TrackingMore takes none. What
///   else a courier may want (account number, `specialNumberDestination`) is told through the
///   client's own methods.
/// - One number under two couriers is two trackings, and two shipments.
/// - `list` reads a page with all results in one call, and only what changed with `updated_since`.
/// - `unregister` deletes the tracking with its results. To keep these, call
///   [`Client::stop_updating`].
/// - TrackingMore has ids, and no call that takes one, so there is no lookup by id.
/// - `webhook` needs the e-mail address of the account. The proof is weak: take it as a hint.
impl Provider for Client {
    fn id(&self) -> ProviderId {
        PROVIDER
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.track_by_number = true;
        capabilities.track_by_reference = true;
        capabilities.register = true;
        capabilities.unregister = true;
        capabilities.list = true;
        capabilities.detect_couriers = true;
        capabilities.webhook = self.webhooks().ok().map(|_| WebhookProof::TimestampMac);
        capabilities.events = true;
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            match &request.target {
                Target::Number(number) if request.realtime => {
                    self.ask_courier(number, &request).await
                }
                Target::Number(number) => match &request.courier {
                    Some(courier) => self.track_at(courier, number, &request).await,
                    None => self.track_anywhere(number, &request).await,
                },
                Target::Reference(reference) => {
                    let query = ListTrackingsQuery::new().order_numbers([reference])?;
                    let shipments = self.stored(query, &request).await?;
                    match shipments.as_slice() {
                        [] => Ok(Outcome::NotRegistered),
                        [only] if request.realtime => {
                            let number = only.number.clone();
                            let request = request.clone().with_courier(courier_of(only)?);
                            self.ask_courier(&number, &request).await
                        }
                        several if request.realtime => Err(ambiguous(several)),
                        _ => Ok(Outcome::Found(shipments)),
                    }
                }
                _ => Err(Error::unsupported(PROVIDER, "looking up by id")),
            }
        })
    }

    fn register(&self, registration: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        Box::pin(async move {
            let number = registration.number.clone();
            let courier = match &registration.courier {
                Some(courier) => courier.clone(),
                None => self.likeliest_courier(&number).await?.ok_or_else(|| {
                    let message = "no courier is known for this number; name one";
                    Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
                })?,
            };
            let answer = self
                .create_tracking(&to_create(&registration, &courier))
                .await;
            match answer {
                Ok(created) => {
                    let created = created.into_inner();
                    let number = filled(created.tracking_number).unwrap_or(number);
                    let mut registered = Registered::new(PROVIDER, number);
                    registered.id = filled(created.id.map(Into::into));
                    registered.reference = filled(created.order_id);
                    registered.created = Some(true);
                    Ok(registered)
                }
                Err(error) if Code::of(&error) == Some(Code::TRACKING_EXISTS) => {
                    let mut registered = self.registered(&courier, number).await;
                    // After a repeat nobody knows which attempt it was that registered it.
                    registered.created = (error.attempts() == 1).then_some(false);
                    Ok(registered)
                }
                Err(error) => Err(error.into()),
            }
        })
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
            let mut shipments = self.stored(query, &request).await?;
            // Nothing is deleted that was not asked for, should a gateway drop the filter.
            shipments.retain(|shipment| is_meant(shipment, &request.target));
            match shipments.as_slice() {
                [] => {
                    let message = "there is no such tracking in the account";
                    Err(Error::new(ErrorKind::NotFound, PROVIDER, message))
                }
                [only] => {
                    let courier = courier_of(only)?;
                    self.delete_tracking(&courier, &only.number).await?;
                    Ok(())
                }
                several => Err(ambiguous(several)),
            }
        })
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        Box::pin(async move {
            let page = page_number(request.cursor.as_ref())?;
            let mut query = ListTrackingsQuery::new().page(page);
            query.limit = request.limit.map(i64::from);
            query.update_time_min = request.updated_since.map(UtcTime::as_unix_seconds);
            let limit = query.limit;
            let (shipments, end) = self.page(&query).await?;
            let next = end.next_page(page, limit);
            let next = next.map(|page| Cursor::new(page.to_string()));
            Ok(ShipmentPage::new(shipments, next))
        })
    }

    fn detect_couriers<'a>(
        &'a self,
        number: &'a str,
    ) -> BoxFuture<'a, Result<Vec<CourierCandidate>, Error>> {
        Box::pin(async move {
            let found = self.detect_carrier(&DetectCarrier::new(number)).await?;
            let candidates = found.into_inner().into_iter().filter_map(|carrier| {
                let mut courier = Courier::new(filled(carrier.code)?);
                courier.name = filled(carrier.name);
                Some(CourierCandidate::new(courier, Evidence::Provider))
            });
            Ok(candidates.collect())
        })
    }

    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        let proof = self.webhooks()?.verify(request.body())?;
        let json = json_in(request.body())?;
        let raw = RawJson::from_text(raw_tracking(json)?);
        let mut delivery = WebhookDelivery::new(proof);
        let read = read_tracking(RawTracking::new(raw), webhook::TRACKING);
        // A message holds a tracking as an answer does, but messages come late and out of order:
        // what one lacks is no proof that it is gone.
        let update = Update::Partial(self.map_one(read));
        delivery.items.push(WebhookUpdate::new(update));
        Ok(delivery)
    }

    fn unmapped(&self) -> Vec<UnmappedCount> {
        self.unmapped_counter().snapshot()
    }
}

impl Client {
    /// Reads a page of the account's trackings; those that cannot be read as a whole are read piece
    /// by piece.
    async fn page(&self, query: &ListTrackingsQuery) -> Result<(Vec<Shipment>, PageEnd), Error> {
        match self.list_trackings(query).await {
            Ok(response) => {
                let (data, answer) = response.into_parts();
                let end = PageEnd::of(&data);
                Ok((self.map(data.items, answer.body()), end))
            }
            Err(error) => {
                let (shipments, body) = self.recovered(error)?;
                let end = PageEnd::of_body(&body, shipments.len());
                Ok((shipments, end))
            }
        }
    }

    /// Reads what the account has for a filter, in the language that is asked for.
    async fn stored(
        &self,
        mut query: ListTrackingsQuery,
        request: &TrackRequest,
    ) -> Result<Vec<Shipment>, Error> {
        query.lang.clone_from(&request.language);
        match self.list_trackings(&query).await {
            Ok(response) => {
                let (data, answer) = response.into_parts();
                Ok(self.map(data.items, answer.body()))
            }
            Err(error) => Ok(self.recovered_results(error)?),
        }
    }

    fn map(&self, trackings: Vec<Tracking>, body: &Bytes) -> Vec<Shipment> {
        let read = with_raws(trackings, body);
        read.into_iter().map(|read| self.map_one(read)).collect()
    }

    fn map_one(&self, read: ReadTracking) -> Shipment {
        let ReadTracking {
            tracking,
            raw,
            problems,
        } = read;
        let unmapped = self.unmapped_counter();
        shipment(tracking, &raw, problems, UtcTime::now(), unmapped)
    }

    /// What can be read of an answer that succeeded, and may have used quota; else the error.
    fn recovered(
        &self,
        error: tracking_http::Error,
    ) -> Result<(Vec<Shipment>, Bytes), tracking_http::Error> {
        if error.kind() == ErrorKind::Decode
            && let Some(body) = error.body().cloned()
            && code_in(&body).is_some()
            && let Ok(shipments) =
                shipments_from_body(&body, UtcTime::now(), self.unmapped_counter())
            && (!shipments.is_empty() || confirm_empty(&body, Some("items")).is_ok())
        {
            return Ok((shipments, body));
        }
        Err(error)
    }

    /// The same for the results of what was asked for; the error when nothing is told of it.
    fn recovered_results(
        &self,
        error: tracking_http::Error,
    ) -> Result<Vec<Shipment>, tracking_http::Error> {
        let (shipments, _) = self.recovered(error.clone())?;
        if shipments.iter().any(says_something) {
            return Ok(shipments);
        }
        Err(error)
    }

    /// What the account says about a number that is registered already.
    async fn registered(&self, courier: &str, number: String) -> Registered {
        let mut registered = Registered::new(PROVIDER, number);
        // It exists. That it has nothing to show, or cannot be read now, changes nothing about that.
        if let Ok(tracking) = self.get_tracking(courier, &registered.number).await {
            let tracking = tracking.into_inner();
            registered.id = filled(tracking.id.map(Into::into));
            registered.reference = filled(tracking.order_id);
        }
        registered
    }

    async fn likeliest_courier(&self, number: &str) -> Result<Option<String>, Error> {
        let candidates = self.detect_couriers(number).await?;
        let first = candidates.into_iter().next();
        Ok(first.map(|candidate| candidate.courier.code))
    }
}

fn to_create(registration: &Registration, courier: &str) -> CreateTracking {
    let mut tracking = CreateTracking::new(registration.number.as_str(), courier);
    tracking.destination_code = registration.destination_country.clone();
    tracking.tracking_postal_code = registration.destination_post_code.clone();
    tracking.tracking_ship_date = registration.ship_date.map(compact);
    tracking.order_id = registration.reference.clone();
    tracking.title = registration.title.clone();
    tracking
}

/// A day as TrackingMore writes it: `20260908`.
fn compact(date: tracking_core::Date) -> String {
    date.to_string().replace('-', "")
}

/// Whether anything of a tracking could be read: its number, a status of its own, or an event.
fn says_something(shipment: &Shipment) -> bool {
    !shipment.number.is_empty()
        || shipment.status.raw.main.is_some()
        || shipment.legs.iter().any(|leg| !leg.events.is_empty())
}

/// Whether a shipment is the one that was named. Blanks, hyphens and case of numbers do not count,
/// and a gateway may leave out the reference.
fn is_meant(shipment: &Shipment, target: &Target) -> bool {
    let bare = |number: &str| {
        let kept = number.chars().filter(|letter| letter.is_alphanumeric());
        kept.collect::<String>().to_ascii_uppercase()
    };
    match target {
        Target::Number(number) => bare(&shipment.number) == bare(number),
        Target::Reference(reference) => shipment
            .reference
            .as_ref()
            .is_none_or(|own| own.trim() == reference.trim()),
        _ => false,
    }
}

fn courier_of(shipment: &Shipment) -> Result<String, Error> {
    let origin = shipment.legs.first().and_then(|leg| leg.courier.as_ref());
    origin.map(|courier| courier.code.clone()).ok_or_else(|| {
        let message = "the account's tracking names no carrier";
        Error::new(ErrorKind::Decode, PROVIDER, message)
    })
}

fn ambiguous(shipments: &[Shipment]) -> Error {
    let couriers = shipments.iter().filter_map(|one| courier_of(one).ok());
    let couriers: Vec<String> = couriers.collect();
    let message = format!(
        "the account has {} trackings for this, under {}; name the courier, or call the client's own \
         method with it",
        shipments.len(),
        couriers.join(", ")
    );
    Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
}

fn page_number(cursor: Option<&Cursor>) -> Result<i64, Error> {
    let Some(cursor) = cursor else { return Ok(1) };
    cursor
        .as_str()
        .parse()
        .ok()
        .filter(|page| *page >= 1)
        .ok_or_else(|| {
            let message =
                "the cursor is not one of TrackingMore's list; pass back what `next` held";
            Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
        })
}

#[cfg(test)]
mod tests;
