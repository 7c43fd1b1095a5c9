//! The troubles of the conformance suite: what is handled well passes, and each mistake is found.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tracking_core::conformance::{self, Cases, Report, Trouble};
use tracking_core::kit::BoxFuture;
use tracking_core::{
    Capabilities, Completeness, Error, ErrorKind, Outcome, Problem, Provider, ProviderId,
    Registered, Registration, Shipment, Status, TrackRequest,
};

use crate::parcels::{PROVIDER, event, parcel};
use crate::scripted::Scripted;

/// A provider whose requests meet a trouble, or one that makes a mistake when they do.
#[derive(Debug)]
struct Troubled {
    trouble: Trouble,
    is_mistaken: bool,
    registered: Arc<AtomicUsize>,
}

fn error(kind: ErrorKind) -> Error {
    Error::new(kind, PROVIDER, "it went wrong; see the kind")
}

fn whole() -> Shipment {
    let events = [
        ("e1", "2025-12-01T10:00:00Z"),
        ("e2", "2025-12-02T10:00:00Z"),
    ];
    let events = events.map(|(id, time)| event(id, time, Status::InTransit, "Sorted"));
    parcel(Status::InTransit, 0, events.to_vec())
}

/// The shipment without its first event; whether that is known is the question.
fn part(is_mistaken: bool) -> Shipment {
    let mut shipment = whole();
    shipment.legs[0].events.remove(0);
    shipment
        .problems
        .push(Problem::new("events[0]", "no event"));
    if !is_mistaken {
        shipment.legs[0].completeness = Completeness::Partial;
    }
    shipment
}

impl Provider for Troubled {
    fn id(&self) -> ProviderId {
        PROVIDER
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.track_by_number = true;
        capabilities.register = true;
        capabilities.events = true;
        capabilities
    }

    fn track(&self, _: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        let is_mistaken = self.is_mistaken;
        let result = match self.trouble {
            Trouble::BadKey if is_mistaken => Err(error(ErrorKind::Permission)),
            Trouble::BadKey => Err(error(ErrorKind::Authentication)),
            Trouble::RateLimited if is_mistaken => Err(error(ErrorKind::RateLimited)),
            Trouble::RateLimited => {
                Err(error(ErrorKind::RateLimited).with_retry_after(Duration::from_secs(60)))
            }
            Trouble::Timeout if is_mistaken => Err(error(ErrorKind::Transport)),
            Trouble::Timeout => Err(error(ErrorKind::Timeout)),
            Trouble::MalformedResponse if is_mistaken => Ok(Outcome::NotFound),
            Trouble::MalformedResponse => Err(error(ErrorKind::Decode)),
            Trouble::PartlyReadable => Ok(Outcome::Found(vec![part(is_mistaken)])),
            Trouble::OtherParcel if is_mistaken => Ok(Outcome::Found(vec![whole()])),
            Trouble::OtherParcel => Err(error(ErrorKind::WrongShipment)),
            Trouble::LostResponse => Err(error(ErrorKind::Transport).with_retryable(true)),
            trouble => panic!("a test for {trouble} is missing"),
        };
        Box::pin(async { result })
    }

    fn register(&self, _: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        let sent = if self.is_mistaken { 2 } else { 1 };
        self.registered.fetch_add(sent, Ordering::Relaxed);
        Box::pin(async { Err(error(ErrorKind::Transport).with_retryable(false)) })
    }
}

/// A provider that shows a shipment for each time that a number was registered.
#[derive(Debug)]
struct Registry {
    inner: Scripted,
    registered: Arc<AtomicUsize>,
}

impl Provider for Registry {
    fn id(&self) -> ProviderId {
        PROVIDER
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        if request == TrackRequest::number("TP0001-2").with_register(false) {
            let found = vec![whole(); self.registered.load(Ordering::Relaxed)];
            return Box::pin(async { Ok(Outcome::from_shipments(found)) });
        }
        self.inner.track(request)
    }

    fn register(&self, registration: Registration) -> BoxFuture<'_, Result<Registered, Error>> {
        self.inner.register(registration)
    }
}

async fn run(trouble: Trouble, is_mistaken: bool) -> Report {
    let registered = Arc::new(AtomicUsize::new(0));
    let troubled = Troubled {
        trouble,
        is_mistaken,
        registered: Arc::clone(&registered),
    };
    let provider = Registry {
        inner: Scripted::new(PROVIDER, vec![whole()]),
        registered,
    };
    let cases = Cases::new()
        .with_found(TrackRequest::number("TP0001"))
        .with_registration(Registration::new("TP0001"))
        .with_trouble(trouble, Arc::new(troubled));
    conformance::run(&provider, &cases).await
}

const CHECKS: [(Trouble, &str); 7] = [
    (Trouble::BadKey, "bad_keys_are_refused"),
    (Trouble::RateLimited, "rate_limits_say_how_long_to_wait"),
    (Trouble::Timeout, "timeouts_are_their_own_error"),
    (
        Trouble::MalformedResponse,
        "malformed_responses_are_no_outcome",
    ),
    (
        Trouble::PartlyReadable,
        "partly_read_responses_report_nothing_twice",
    ),
    (
        Trouble::OtherParcel,
        "responses_about_another_parcel_are_refused",
    ),
    (
        Trouble::LostResponse,
        "lost_responses_are_repeated_only_where_safe",
    ),
];

#[tokio::test]
async fn each_trouble_that_is_handled_passes() {
    for (trouble, check) in CHECKS {
        let report = run(trouble, false).await;

        assert!(report.has_passed(check), "{trouble}: {report}");
    }
}

#[tokio::test]
async fn each_mistake_beside_a_trouble_is_found() {
    for (trouble, check) in CHECKS {
        let report = run(trouble, true).await;

        let mut failures = report.failures().map(|failure| failure.name);
        assert!(failures.any(|name| name == check), "{trouble}: {report}");
    }
}

#[tokio::test]
async fn troubles_without_a_provider_are_skipped() {
    let report = run(Trouble::BadKey, false).await;

    for (trouble, check) in CHECKS {
        let is_skipped = report.skipped().any(|skipped| skipped.name == check);
        assert_eq!(is_skipped, trouble != Trouble::BadKey, "{trouble}");
    }
    assert_eq!(Trouble::ALL.len(), CHECKS.len());
}
