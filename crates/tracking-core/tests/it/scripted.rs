//! A provider without a network: it responses as it is reported.

use std::sync::atomic::{AtomicUsize, Ordering};

use tracking_core::kit::BoxFuture;
use tracking_core::merge::Update;
use tracking_core::webhook::{
    WebhookDelivery, WebhookProof, WebhookReply, WebhookRequest, WebhookUpdate,
};
use tracking_core::{
    Capabilities, Courier, CourierCandidate, Cursor, Error, ErrorKind, Evidence, ListRequest,
    Outcome, Provider, ProviderId, Registered, Registration, Shipment, ShipmentPage, Target,
    TrackRequest,
};

/// What may be wrong with a scripted provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// An unknown number is an error.
    UnknownIsError,
    /// A bad number is sent to the provider.
    SendsBadNumbers,
    /// A bad number makes it panic.
    PanicsOnBadNumbers,
    /// Its errors show the key.
    LeaksKeyInErrors,
    /// Every response has other event keys.
    NewKeys,
    /// It announces what it cannot do.
    AnnouncesTooMuch,
    /// It does what it does not announce.
    AnnouncesTooLittle,
    /// Lists a courier without a code.
    NamelessCouriers,
    /// It does not look at the proof of a webhook.
    TrustsWebhooks,
    /// A wrong proof of a webhook is the wrong kind of error.
    MistakesWebhooks,
    /// The proof of a webhook does not cover spaces around the body.
    TrimsWebhooks,
    /// It cannot read a webhook without its proof.
    ForgetsWebhooks,
    /// It reads another shipment in a webhook without its proof.
    MisreadsWebhooks,
    /// It replies to a webhook with a failure.
    RefusesWebhooks,
    /// The list never ends.
    EndlessList,
    /// The results of a batch are in another order.
    SwapsBatches,
    /// A batch has no results for unknown numbers.
    ShortensBatches,
    /// A batch of registrations has the results in another order.
    SwapsRegistrations,
    /// A batch of registrations leaves out what is refused.
    ShortensRegistrations,
    /// A batch registers again what is registered.
    RegistersAgain,
    /// A request by id is not sent.
    IgnoresIds,
}

/// A provider that knows some shipments.
pub(crate) struct Scripted {
    pub(crate) id: ProviderId,
    pub(crate) shipments: Vec<Shipment>,
    pub(crate) flaw: Option<Flaw>,
    pub(crate) shows_key: bool,
    pub(crate) proof: WebhookProof,
    pub(crate) calls: AtomicUsize,
}

/// The secret of every scripted provider.
pub(crate) const KEY: &str = "key-that-nobody-sees";

impl Scripted {
    /// Reads a webhook whose proof was looked at.
    fn read(&self, body: &[u8], proof: WebhookProof) -> Result<WebhookDelivery, Error> {
        if body != b"{}" {
            let message = "the body is not readable";
            return Err(Error::new(ErrorKind::Decode, self.id.clone(), message));
        }
        let mut delivery = WebhookDelivery::new(proof);
        let updates = self.shipments.iter().cloned().map(Update::Snapshot);
        let items =
            updates.map(|update| WebhookUpdate::new(update).with_message_id("m1".to_owned()));
        delivery.items = items.collect();
        Ok(delivery)
    }

    pub(crate) fn new(id: ProviderId, shipments: Vec<Shipment>) -> Self {
        Self {
            id,
            shipments,
            flaw: None,
            shows_key: false,
            proof: WebhookProof::SharedSecret,
            calls: AtomicUsize::new(0),
        }
    }

    pub(crate) fn with_flaw(mut self, flaw: Flaw) -> Self {
        self.flaw = Some(flaw);
        self
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    fn check_number(&self, number: &str) -> Result<(), Error> {
        let is_bad = number.trim().is_empty()
            || number.trim() == "."
            || number.contains("..")
            || number.chars().any(char::is_control);
        if !is_bad {
            return Ok(());
        }
        if self.has(Flaw::SendsBadNumbers) {
            self.calls.fetch_add(1, Ordering::Relaxed);
        }
        assert!(!self.has(Flaw::PanicsOnBadNumbers), "a bad number");
        let message = if self.has(Flaw::LeaksKeyInErrors) {
            format!("the number is bad (key {KEY})")
        } else {
            "the number is bad; check it".to_owned()
        };
        Err(Error::new(
            ErrorKind::InvalidRequest,
            self.id.clone(),
            message,
        ))
    }

    fn find(&self, request: &TrackRequest) -> Result<Outcome, Error> {
        if self.has(Flaw::IgnoresIds) && matches!(request.target, Target::Id(_)) {
            return Ok(Outcome::Found(self.shipments.clone()));
        }
        let Target::Number(number) = &request.target else {
            return Err(Error::unsupported(self.id.clone(), "tracking by this"));
        };
        self.check_number(number)?;
        let serial = self.calls.fetch_add(1, Ordering::Relaxed);
        let mut found: Vec<Shipment> = self
            .shipments
            .iter()
            .filter(|shipment| shipment.number.eq_ignore_ascii_case(number))
            .cloned()
            .collect();
        if found.is_empty() && self.has(Flaw::UnknownIsError) {
            return Err(Error::new(
                ErrorKind::NotFound,
                self.id.clone(),
                "no such number",
            ));
        }
        if self.has(Flaw::NewKeys) {
            let events = found.iter_mut().flat_map(|shipment| &mut shipment.legs);
            for event in events.flat_map(|leg| &mut leg.events) {
                let key = format!("{}-{serial}", event.key);
                event.key = tracking_core::EventKey::from_provider_id(key);
            }
        }
        Ok(Outcome::from_shipments(found))
    }
}

impl std::fmt::Debug for Scripted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = if self.shows_key { KEY } else { "hidden" };
        f.debug_struct("Scripted")
            .field("id", &self.id)
            .field("key", &key)
            .finish()
    }
}

impl Provider for Scripted {
    fn id(&self) -> ProviderId {
        self.id.clone()
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.track_by_number = true;
        capabilities.track_by_id = self.has(Flaw::AnnouncesTooMuch);
        capabilities.register = true;
        capabilities.register_batch_size = 10;
        capabilities.list = true;
        capabilities.detect_couriers = !self.has(Flaw::AnnouncesTooLittle);
        capabilities.list_couriers = true;
        capabilities.webhook = Some(self.proof);
        capabilities.events = true;
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move { self.find(&request) })
    }

    fn track_batch(
        &self,
        requests: Vec<TrackRequest>,
    ) -> BoxFuture<'_, Vec<Result<Outcome, Error>>> {
        let mut results: Vec<_> = requests.iter().map(|request| self.find(request)).collect();
        if self.has(Flaw::SwapsBatches) {
            results.reverse();
        }
        if self.has(Flaw::ShortensBatches) {
            results.retain(|result| !matches!(result, Ok(Outcome::NotFound)));
        }
        Box::pin(async move { results })
    }

    fn register(&self, registration: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        Box::pin(async move {
            self.check_number(&registration.number)?;
            Ok(Registered::new(self.id.clone(), registration.number))
        })
    }

    fn register_batch(
        &self,
        registrations: Vec<Registration>,
    ) -> BoxFuture<'_, Vec<Result<Registered, Error>>> {
        Box::pin(async move {
            let mut results = Vec::new();
            for registration in registrations {
                results.push(self.register(registration).await);
            }
            if self.has(Flaw::SwapsRegistrations) {
                results.reverse();
            }
            if self.has(Flaw::ShortensRegistrations) {
                results.retain(Result::is_ok);
            }
            if self.has(Flaw::RegistersAgain) {
                let registered = results.iter_mut().flatten();
                registered.for_each(|it| it.created = Some(true));
            }
            results
        })
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        let is_first = request.cursor.is_none();
        let next = (is_first || self.has(Flaw::EndlessList)).then(|| Cursor::new("2"));
        Box::pin(async move { Ok(ShipmentPage::new(self.shipments.clone(), next)) })
    }

    fn detect_couriers<'a>(
        &'a self,
        number: &'a str,
    ) -> BoxFuture<'a, Result<Vec<CourierCandidate>, Error>> {
        Box::pin(async move {
            self.check_number(number)?;
            let courier = Courier::new("testpost");
            Ok(vec![CourierCandidate::new(courier, Evidence::Provider)])
        })
    }

    fn list_couriers(&self) -> BoxFuture<'_, Result<Vec<Courier>, Error>> {
        let code = if self.has(Flaw::NamelessCouriers) {
            ""
        } else {
            "testpost"
        };
        Box::pin(async move { Ok(vec![Courier::new(code)]) })
    }

    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        let refused = |kind, message| Err(Error::new(kind, self.id.clone(), message));
        let body = if self.has(Flaw::TrimsWebhooks) {
            request.body().trim_ascii()
        } else {
            request.body()
        };
        let right = proof_of(self.proof, body);
        let proof = request.header("authorization");
        if proof != Some(right.as_bytes()) && !self.has(Flaw::TrustsWebhooks) {
            let is_mistaken = self.has(Flaw::MistakesWebhooks);
            let kind = [ErrorKind::Webhook, ErrorKind::Authentication][usize::from(is_mistaken)];
            return refused(kind, "the proof is wrong");
        }
        self.read(body, self.proof)
    }

    fn read_webhook(&self, body: &[u8], proof: WebhookProof) -> Result<WebhookDelivery, Error> {
        if self.has(Flaw::ForgetsWebhooks) {
            return Err(Error::unsupported(self.id.clone(), "reading it again"));
        }
        let mut delivery = self.read(body, proof)?;
        if self.has(Flaw::MisreadsWebhooks) {
            for item in &mut delivery.items {
                let mut shipment = item.update.shipment().clone();
                shipment.number.push('X');
                item.update = Update::Snapshot(shipment);
            }
        }
        Ok(delivery)
    }

    fn webhook_reply(&self) -> WebhookReply {
        WebhookReply::new(if self.has(Flaw::RefusesWebhooks) {
            302
        } else {
            204
        })
    }
}

/// What proves a webhook: the key, for a proof of the body together with its length.
pub(crate) fn proof_of(proof: WebhookProof, body: &[u8]) -> String {
    match proof {
        WebhookProof::BodyMac => format!("{KEY}:{}", body.len()),
        _ => KEY.to_owned(),
    }
}
