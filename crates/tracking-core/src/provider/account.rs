//! `Account`: a provider in a set, under a name that distinguishes it from others of its kind.

use std::sync::Arc;

use super::batch;
use crate::merge::Update;
use crate::provider::BoxFuture;
use crate::status::UnmappedCount;
use crate::webhook::{WebhookDelivery, WebhookProof, WebhookReply, WebhookRequest};
use crate::{
    Capabilities, Courier, CourierCandidate, Error, ErrorKind, ListRequest, Outcome, Provider,
    ProviderId, Registered, Registration, Shipment, ShipmentPage, Target, TrackRequest,
};

/// A provider in a [`ProviderSet`](crate::ProviderSet), with the name of the account that it uses.
///
/// It is used as the provider; every shipment that it returns names the account, see
/// [`Shipment::account`].
#[derive(Debug, Clone)]
pub struct Account {
    name: String,
    provider: Arc<dyn Provider>,
}

impl Account {
    /// Makes an account, if its name can be one.
    pub(super) fn new(name: String, provider: Arc<dyn Provider>) -> Result<Self, Error> {
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        if name.is_empty() || !name.chars().all(is_allowed) {
            let message = format!(
                "{name:?} cannot be the name of an account; use letters, digits, `-`, `_` and `.`"
            );
            return Err(Error::new(ErrorKind::Configuration, provider.id(), message));
        }
        Ok(Self { name, provider })
    }

    /// Returns an error if its name means another account too.
    pub(super) fn check_beside(&self, other: &Self) -> Result<(), Error> {
        let Self { name, provider } = self;
        let (id, other_id) = (provider.id(), other.id());
        let message = if other.has_name(name) {
            format!(
                "there is an account `{}` of `{other_id}`; give each account a name of its own",
                other.name
            )
        } else if other.is_of(name) && id != other_id {
            format!(
                "`{name}` is the name of another provider; give the account of `{id}` another name"
            )
        } else if self.is_of(&other.name) && id != other_id {
            format!(
                "an account of `{other_id}` has the name of the provider `{id}`; give it another name"
            )
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::Configuration, id, message))
    }

    /// Returns the name of the account.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the provider itself, whose shipments name no account.
    #[must_use]
    pub fn provider(&self) -> &Arc<dyn Provider> {
        &self.provider
    }

    /// Returns true if this is its name, whatever the case.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Returns true if this is the name of its provider, whatever the case.
    pub(super) fn is_of(&self, provider: &str) -> bool {
        self.id().as_str().eq_ignore_ascii_case(provider)
    }

    fn claim_found(&self, result: &mut Result<Outcome, Error>) {
        if let Ok(Outcome::Found(shipments)) = result {
            self.claim(shipments);
        }
    }

    fn claim<'a>(&self, shipments: impl IntoIterator<Item = &'a mut Shipment>) {
        for shipment in shipments {
            shipment.account = Some(self.name.clone());
        }
    }

    fn claim_updates(&self, delivery: &mut WebhookDelivery) {
        let updates = delivery.items.iter_mut().map(|item| &mut item.update);
        self.claim(updates.map(Update::shipment_mut));
    }
}

impl Provider for Account {
    fn id(&self) -> ProviderId {
        self.provider.id()
    }

    fn capabilities(&self) -> Capabilities {
        self.provider.capabilities()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            let mut result = self.provider.track(request).await;
            self.claim_found(&mut result);
            result
        })
    }

    /// Asks for several shipments in batches of [`Capabilities::batch_size`], one after the other,
    /// until the provider refuses the key or the quota is used up.
    ///
    /// An adapter that returns too few or too many results, or the shipment of another request of
    /// the batch, is an error of the kind [`ErrorKind::Internal`].
    fn track_batch(
        &self,
        requests: Vec<TrackRequest>,
    ) -> BoxFuture<'_, Vec<Result<Outcome, Error>>> {
        Box::pin(async move {
            let mut results = batch::track(&*self.provider, requests).await;
            for result in &mut results {
                self.claim_found(result);
            }
            results
        })
    }

    fn register(&self, registration: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        self.provider.register(registration)
    }

    /// Registers numbers in batches of [`Capabilities::register_batch_size`], one after the other, until the provider
    /// refuses the key or the quota is used up.
    ///
    /// An adapter that returns too few or too many results, or that of another number of the batch, is an error of the
    /// kind [`ErrorKind::Internal`].
    fn register_batch(
        &self,
        registrations: Vec<Registration>,
    ) -> BoxFuture<'_, Vec<Result<Registered, Error>>> {
        Box::pin(batch::register(&*self.provider, registrations))
    }

    fn unregister(&self, target: Target) -> BoxFuture<'_, Result<(), Error>> {
        self.provider.unregister(target)
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        Box::pin(async move {
            let mut page = self.provider.list(request).await?;
            self.claim(&mut page.shipments);
            Ok(page)
        })
    }

    fn detect_couriers<'a>(
        &'a self,
        number: &'a str,
    ) -> BoxFuture<'a, Result<Vec<CourierCandidate>, Error>> {
        self.provider.detect_couriers(number)
    }

    fn list_couriers(&self) -> BoxFuture<'_, Result<Vec<Courier>, Error>> {
        self.provider.list_couriers()
    }

    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        let mut delivery = self.provider.webhook(request)?;
        self.claim_updates(&mut delivery);
        Ok(delivery)
    }

    fn read_webhook(&self, body: &[u8], proof: WebhookProof) -> Result<WebhookDelivery, Error> {
        let mut delivery = self.provider.read_webhook(body, proof)?;
        self.claim_updates(&mut delivery);
        Ok(delivery)
    }

    fn webhook_reply(&self) -> WebhookReply {
        self.provider.webhook_reply()
    }

    fn unmapped(&self) -> Vec<UnmappedCount> {
        self.provider.unmapped()
    }
}
