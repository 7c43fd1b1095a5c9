//! The five providers as a user follows a parcel at them: by a request, and by webhooks where there are some.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use tracking_core::merge::Update;
use tracking_core::webhook::WebhookRequest;
use tracking_core::{Outcome, Provider, Registration, Shipment, Target, TrackRequest, UtcTime};
use tracking_sandbox::{Fault, SampleJourney, Sandbox};

use crate::gcl::sandboxed::{WEBHOOK_HEADER, WEBHOOK_SECRET};
use crate::receiver::Receiver;
use crate::{exporto, gcl, oneconcepts, ship24, trackingmore};

/// The number of the parcel that is followed.
pub(crate) const NUMBER: &str = "JOURNEY-1";

const HOUR: Duration = Duration::from_secs(3600);

/// Longer than any journey: each step of the clock would end a token.
const FOR_EVER: u32 = 200 * 24 * 3600;

/// A provider of a sandbox of its own.
pub(crate) struct Source {
    pub(crate) name: &'static str,
    pub(crate) sandbox: Sandbox,
    provider: Box<dyn Provider>,
    /// The headers that prove a webhook.
    headers: HeaderMap,
}

impl Source {
    pub(crate) async fn open(name: &'static str) -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let mut headers = HeaderMap::new();
        let provider: Box<dyn Provider> = match name {
            "ship24" => {
                let account = sandbox.ship24();
                account.configure(|settings| settings.rate_limits = false);
                let receiver =
                    ship24_sdk::webhook::WebhookReceiver::new(account.webhook_secret()).unwrap();
                headers = receiver.sign();
                Box::new(ship24::sandboxed::client(&sandbox))
            }
            "trackingmore" => {
                let account = sandbox.trackingmore();
                account.configure(|settings| settings.rate_limits = false);
                Box::new(trackingmore::sandboxed::client(&sandbox))
            }
            "gcl" => {
                let account = sandbox.gcl();
                account.configure(|settings| settings.rate_limits = false);
                let value = HeaderValue::from_static(WEBHOOK_SECRET);
                headers.insert(http::HeaderName::from_static("x-shop-token"), value);
                assert_eq!(WEBHOOK_HEADER, "X-Shop-Token");
                Box::new(gcl::sandboxed::client(&sandbox))
            }
            "exporto" => {
                let account = sandbox.exporto();
                account.configure(|settings| settings.token_lifetime_seconds = FOR_EVER);
                Box::new(exporto::sandboxed::client(&sandbox))
            }
            "oneconcepts" => {
                let account = sandbox.oneconcepts();
                account.configure(|settings| settings.token_lifetime_seconds = FOR_EVER);
                Box::new(oneconcepts::sandboxed::client(&sandbox))
            }
            other => panic!("no provider {other}"),
        };
        Self {
            name,
            sandbox,
            provider,
            headers,
        }
    }

    /// Lets every third response of the provider be wrong in one of the ways that a client meets.
    pub(crate) fn break_every_third(&self) {
        let faults = [
            Fault::NoEvents,
            Fault::Stale(HOUR * 7),
            Fault::BrokenEvent,
            Fault::HtmlError(502),
            Fault::BrokenKey("status".to_owned()),
            Fault::Truncate,
            Fault::NullKey("status".to_owned()),
            Fault::EmptyBody,
            Fault::WithoutKey("location".to_owned()),
            Fault::MalformedJson,
            Fault::Nulls,
            Fault::UnknownEnum,
        ];
        let queue = self.sandbox.faults().of(self.name);
        for fault in faults.iter().cycle().take(400) {
            queue
                .times(2, Fault::Delay(Duration::ZERO))
                .next(fault.clone());
        }
    }

    /// What the user asks for, as long as the parcel has this courier.
    fn request(&self, journey: SampleJourney) -> TrackRequest {
        let request = match self.name {
            "trackingmore" => TrackRequest::number(NUMBER).with_courier(carrier(journey)),
            // Its search knows a shipment by the number of the last courier, which may be corrected.
            "exporto" => match self.sandbox.exporto().ids(NUMBER) {
                Some(ids) => TrackRequest::id(ids.shipment_id),
                None => TrackRequest::number(NUMBER),
            },
            "oneconcepts" => TrackRequest::reference(NUMBER),
            _ => TrackRequest::number(NUMBER),
        };
        request.with_register(true)
    }

    /// One poll: what came of it, with the time of the sandbox.
    pub(crate) async fn poll(&self, journey: SampleJourney) -> Vec<Shipment> {
        match self.provider.track(self.request(journey)).await {
            Ok(Outcome::Found(mut shipments)) => {
                for shipment in &mut shipments {
                    shipment.freshness.fetched_at = self.now();
                }
                shipments
            }
            _ => Vec::new(),
        }
    }

    /// Stops following the parcel and begins again, as a user does who knows that the number is another parcel's. Ship24
    /// and TrackingMore keep one record for both otherwise.
    pub(crate) async fn begin_again(&self, journey: SampleJourney, known: &Shipment) {
        if ["ship24", "trackingmore"].contains(&self.name) {
            let id = known.id.clone().map(Target::Id);
            let by_id = id.filter(|_| self.name == "ship24");
            let target = by_id.unwrap_or_else(|| Target::Number(NUMBER.to_owned()));
            self.provider.unregister(target).await.unwrap();
            self.register(journey).await;
        }
    }

    /// Registers the parcel where webhooks are sent about registered parcels only.
    pub(crate) async fn register(&self, journey: SampleJourney) {
        let registration = match self.name {
            "ship24" => Registration::new(NUMBER),
            "trackingmore" => Registration::new(NUMBER).with_courier(carrier(journey)),
            _ => return,
        };
        self.provider.register(registration).await.unwrap();
    }

    /// Makes the provider send its webhooks to a receiver.
    pub(crate) async fn subscribe(&self) -> Receiver {
        let receiver = Receiver::start().await;
        let url = Some(receiver.url().parse().unwrap());
        match self.name {
            "ship24" => self
                .sandbox
                .ship24()
                .configure(|settings| settings.webhooks.url = url),
            "trackingmore" => self
                .sandbox
                .trackingmore()
                .configure(|settings| settings.webhooks.url = url),
            "gcl" => self
                .sandbox
                .gcl()
                .configure(|settings| settings.webhooks.url = url),
            other => panic!("{other} sends no webhooks"),
        }
        receiver
    }

    pub(crate) async fn webhooks_settled(&self) {
        match self.name {
            "ship24" => self.sandbox.ship24().webhooks_settled().await,
            "trackingmore" => self.sandbox.trackingmore().webhooks_settled().await,
            _ => self.sandbox.gcl().webhooks_settled().await,
        }
    }

    /// What a webhook reports about the parcel, with the time of the sandbox; nothing where it cannot be read.
    pub(crate) fn read(&self, body: &Bytes) -> Vec<Update> {
        let header = |name: &str| self.headers.get(name).map(HeaderValue::as_bytes);
        let Ok(delivery) = self.provider.webhook(WebhookRequest::new(body, header)) else {
            return Vec::new();
        };
        let updates = delivery.items.into_iter().map(|item| item.update);
        updates
            .map(|update| match update {
                Update::Snapshot(shipment) => Update::Snapshot(self.dated(shipment)),
                Update::Partial(shipment) => Update::Partial(self.dated(shipment)),
                other => other,
            })
            .filter(|update| update.shipment().number.starts_with(NUMBER))
            .collect()
    }

    fn dated(&self, mut shipment: Shipment) -> Shipment {
        shipment.freshness.fetched_at = self.now();
        shipment
    }

    fn now(&self) -> UtcTime {
        let now = self.sandbox.clock().now();
        let since = now.duration_since(std::time::UNIX_EPOCH).unwrap();
        UtcTime::from_unix_seconds(since.as_secs().try_into().unwrap()).unwrap()
    }
}

/// What TrackingMore calls the first courier of a journey.
pub(crate) fn carrier(journey: SampleJourney) -> &'static str {
    match journey.courier() {
        "cn-post" => "china-post",
        "sg-post" => "singapore-post",
        "jp-post" => "japan-post",
        other => other,
    }
}
