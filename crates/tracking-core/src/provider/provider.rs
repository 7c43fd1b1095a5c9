//! `Provider`: what every tracking provider can do.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use futures_util::stream::{self, Stream, TryStreamExt};

use super::batch;
use super::request::content_of;
use crate::kit::{Repeat, RepeatGuard};
use crate::status::UnmappedCount;
use crate::webhook::{WebhookDelivery, WebhookProof, WebhookReply, WebhookRequest};
use crate::{
    Capabilities, Courier, CourierCandidate, Cursor, Error, ErrorKind, ListRequest, Outcome,
    ProviderId, Registered, Registration, Shipment, ShipmentPage, Target, TrackRequest,
};

/// A boxed future, so that [`Provider`] can be used as a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A tracking provider, reduced to what providers have in common.
///
/// Everything but [`track`](Self::track) may be missing: the default methods return
/// [`ErrorKind::Unsupported`], and [`capabilities`](Self::capabilities) announces it.
pub trait Provider: Debug + Send + Sync {
    /// Returns the provider's name.
    fn id(&self) -> ProviderId;

    /// Returns what the provider can do.
    fn capabilities(&self) -> Capabilities;

    /// Asks for the state of a shipment.
    ///
    /// Repeating it is harmless: it never creates a second tracker for the same request.
    ///
    /// # Errors
    ///
    /// When there is no response. That the provider does not know the shipment is an [`Outcome`].
    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>>;

    /// Asks for the state of several shipments: one result per request, in the order of the requests.
    ///
    /// Each result is what [`track`](Self::track) returns for the request, from fewer calls. A call
    /// that fails is the error of each request in it; a response that lacks one of the requested
    /// shipments, or holds another, says something about that request only.
    ///
    /// An adapter whose provider reads several shipments at once implements it and sets
    /// [`Capabilities::batch_size`]; it has to take no more requests than that. By default the
    /// requests are sent one by one, a few at once, until the provider refuses the key or the quota
    /// is used up.
    ///
    /// A [`ProviderSet`](crate::ProviderSet) makes batches by itself. An
    /// [`Account`](crate::Account) takes any number of requests, and returns as many results
    /// whatever its provider does.
    fn track_batch(
        &self,
        requests: Vec<TrackRequest>,
    ) -> BoxFuture<'_, Vec<Result<Outcome, Error>>> {
        Box::pin(batch::one_by_one(requests, |request| self.track(request)))
    }

    /// Registers a number, so that the provider follows it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`] where there is no registration; else when it failed.
    fn register(&self, registration: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        let _ = registration;
        unsupported(self.id(), "registering a number")
    }

    /// Registers several numbers: one result per number, in their order.
    ///
    /// Each result is what [`register`](Self::register) returns, from fewer calls; a provider may say more of a batch,
    /// such as [whether the number is new](Registered::created). A call that fails is the error of each number in it.
    ///
    /// An adapter whose provider registers several numbers at once implements it and sets
    /// [`Capabilities::register_batch_size`]; it has to take no more numbers than that. By default they
    /// are registered one by one, a few at once, until the provider refuses the key or the quota is used up.
    ///
    /// An [`Account`](crate::Account) takes any number of them, and returns as many results whatever its provider does.
    fn register_batch(
        &self,
        registrations: Vec<Registration>,
    ) -> BoxFuture<'_, Vec<Result<Registered, Error>>> {
        Box::pin(batch::one_by_one(registrations, |registration| {
            self.register(registration)
        }))
    }

    /// Makes the provider stop following a shipment.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`] where that is not possible; else when it failed.
    fn unregister(&self, target: Target) -> BoxFuture<'_, Result<(), Error>> {
        let _ = target;
        unsupported(self.id(), "unregistering a shipment")
    }

    /// Lists the registered shipments, page by page.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`] where there is no list; else when the page could not be had.
    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        let _ = request;
        unsupported(self.id(), "listing shipments")
    }

    /// Returns the couriers that a number may belong to, the likeliest first.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`] where the provider does not detect couriers; else when it
    /// failed.
    fn detect_couriers<'a>(
        &'a self,
        number: &'a str,
    ) -> BoxFuture<'a, Result<Vec<CourierCandidate>, Error>> {
        let _ = number;
        unsupported(self.id(), "detecting couriers")
    }

    /// Returns the couriers that the provider knows, in its order. Their codes are what
    /// [`ShipmentHints::courier`](crate::ShipmentHints::courier) takes at this provider.
    ///
    /// A courier without a code, or one that the provider no longer supports, is left out. The list is
    /// long and changes seldom: keep it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`] where the provider has no such list; else when it failed.
    fn list_couriers(&self) -> BoxFuture<'_, Result<Vec<Courier>, Error>> {
        unsupported(self.id(), "listing couriers")
    }

    /// Checks and reads a webhook message.
    ///
    /// A [`WebhookEndpoint`](crate::webhook::WebhookEndpoint) calls it and makes the HTTP response of
    /// the result, for all accounts of a [`ProviderSet`](crate::ProviderSet).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`] where there are no webhooks; [`ErrorKind::Configuration`] where the
    /// client has no secret to check messages with; [`ErrorKind::Webhook`] when the message is not genuine,
    /// or holds nothing that could be checked; [`ErrorKind::Decode`] when it is genuine and cannot be read.
    fn webhook(&self, request: WebhookRequest<'_>) -> Result<WebhookDelivery, Error> {
        let _ = request;
        Err(Error::unsupported(self.id(), "reading webhooks"))
    }

    /// Reads the body of a webhook message that was checked when it arrived, such as one from a queue. It checks nothing,
    /// so never hand it what comes from outside: [`webhook`](Self::webhook) is for that.
    ///
    /// `proof` is what the check proved, [`WebhookDelivery::proof`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`] where there are no webhooks; [`ErrorKind::Decode`] when it cannot be read.
    fn read_webhook(&self, body: &[u8], proof: WebhookProof) -> Result<WebhookDelivery, Error> {
        let _ = (body, proof);
        Err(Error::unsupported(self.id(), "reading webhooks"))
    }

    /// Returns the HTTP response with which the provider counts a webhook message as received: status
    /// 200 without a body, unless the provider expects more.
    fn webhook_reply(&self) -> WebhookReply {
        WebhookReply::new(200)
    }

    /// Returns the wire values that were seen and have no agreed meaning.
    fn unmapped(&self) -> Vec<UnmappedCount> {
        Vec::new()
    }
}

fn unsupported<'a, T: Send + 'a>(
    provider: ProviderId,
    what: &'static str,
) -> BoxFuture<'a, Result<T, Error>> {
    Box::pin(std::future::ready(Err(Error::unsupported(provider, what))))
}

/// Conveniences on top of [`Provider`], for every provider and for `dyn Provider`.
pub trait ProviderExt: Provider {
    /// Asks for the state of a tracking number, with the default options.
    ///
    /// # Errors
    ///
    /// As [`Provider::track`].
    fn track_number(&self, number: &str) -> BoxFuture<'_, Result<Outcome, Error>> {
        self.track(TrackRequest::number(number))
    }

    /// Lists all registered shipments, fetching pages as they are needed.
    ///
    /// The stream ends with the first error. A provider whose list goes round in circles is an error
    /// of the kind [`ErrorKind::Decode`], so that the stream always ends. To resume, use
    /// [`Provider::list`] and keep the cursor.
    ///
    /// [Problems of a page](ShipmentPage::problems) come with the next shipment, or as an error of
    /// the kind [`ErrorKind::Decode`] when none follows.
    fn list_all(
        &self,
        request: ListRequest,
    ) -> Pin<Box<dyn Stream<Item = Result<Shipment, Error>> + Send + '_>> {
        let guard = RepeatGuard::<Option<Cursor>>::default();
        let start = Some((request, guard, Vec::new()));
        let pages = stream::try_unfold(start, move |state| async move {
            let Some((mut request, mut guard, mut waiting)) = state else {
                return Ok(None);
            };
            let ShipmentPage {
                mut shipments,
                next,
                problems,
                content,
            } = self.list(request.clone()).await?;
            let content = content.or_else(|| content_of(&shipments, &problems));
            waiting.extend(problems);
            let checked = guard.check(&request.cursor, next.is_some().then_some(&next), content);
            if let Err(repeat @ Repeat::Content) = checked {
                return Err(Error::new(ErrorKind::Decode, self.id(), repeat.to_string()));
            }
            if let Some(first) = shipments.first_mut() {
                first.problems.append(&mut waiting);
            }
            let mut items: Vec<Result<Shipment, Error>> = shipments.into_iter().map(Ok).collect();
            if let (Some(problem), None) = (waiting.first(), &next) {
                let message = format!(
                    "{} elements of the list are no shipments, first `{}`: {}",
                    waiting.len(),
                    problem.path,
                    problem.message
                );
                items.push(Err(Error::new(ErrorKind::Decode, self.id(), message)));
            }
            // The shipments of this page are new, so they are handed out before the error.
            if let Err(repeat) = checked {
                let error = Error::new(ErrorKind::Decode, self.id(), repeat.to_string());
                items.push(Err(error));
                return Ok(Some((stream::iter(items), None)));
            }
            let following = next.is_some().then(|| {
                request.cursor = next;
                (request, guard, waiting)
            });
            Ok(Some((stream::iter(items), following)))
        });
        Box::pin(pages.try_flatten())
    }
}

impl<P: Provider + ?Sized> ProviderExt for P {}
