//! Lookups at a provider with every kind of outcome.

use std::sync::Arc;

use tracking_core::{BoxFuture, Capabilities, Provider, ProviderId, Status};

use super::*;
use crate::render::samples;

/// Its outcome depends on the number.
#[derive(Debug)]
struct Fake;

impl Provider for Fake {
    fn id(&self) -> ProviderId {
        ProviderId::new("ship24")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            // The first lookups end last.
            for _ in 0..request.target.as_str().len() {
                tokio::task::yield_now().await;
            }
            let error = |kind| Err(Error::new(kind, self.id(), "it went wrong"));
            match request.target.as_str() {
                "empty" => Ok(Outcome::Found(Vec::new())),
                "not_found" => Ok(Outcome::NotFound),
                "not_registered" => Ok(Outcome::NotRegistered),
                "not_yet" => Ok(Outcome::not_yet(None)),
                "post_code" => Ok(Outcome::needs_fields(["destinationPostCode"])),
                "account" => Ok(Outcome::needs_fields(["courierAccount"])),
                "no_courier" => Ok(Outcome::NoCourier),
                "gone" => Ok(Outcome::Gone),
                "error_404" => error(ErrorKind::NotFound),
                "key" => error(ErrorKind::Authentication),
                "network" => error(ErrorKind::Connect),
                "slow_down" => Err(Error::new(ErrorKind::RateLimited, self.id(), "slow down")
                    .with_retry_after(std::time::Duration::from_secs(7))),
                "very_long" => Err(Error::new(ErrorKind::RateLimited, self.id(), "slow down")
                    .with_retry_after(std::time::Duration::MAX)),
                "incomplete" => {
                    let mut shipment = samples::with_status(Status::InTransit);
                    let failed =
                        tracking_core::Problem::of_failed_request("details", &"status 500");
                    shipment.problems.push(failed);
                    Ok(Outcome::Found(vec![shipment]))
                }
                "pending" => Ok(Outcome::Found(vec![samples::with_status(Status::Pending)])),
                number => {
                    let mut shipment = samples::with_status(Status::InTransit);
                    shipment.number = number.to_owned();
                    Ok(Outcome::Found(vec![shipment]))
                }
            }
        })
    }
}

async fn reports_for(numbers: &[&str]) -> Vec<Report> {
    let connected = Connected::of([(&crate::providers::ALL[0], Arc::new(Fake) as _)]).unwrap();
    let lookups = numbers
        .iter()
        .map(|number| Lookup::new("ship24", TrackRequest::number(*number)))
        .collect();
    let mut reports = Vec::new();
    let result = track(&connected, lookups, |report| {
        reports.push(report);
        Ok(())
    });
    result.await.unwrap();
    reports
}

#[tokio::test]
async fn reports_keep_the_order_of_lookups() {
    let numbers: Vec<String> = (0..50).map(|number| "N".repeat(60 - number)).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();

    let reports = reports_for(&numbers).await;

    let found: Vec<&str> = reports
        .iter()
        .map(|report| report.shipments[0].number.as_str())
        .collect();
    assert_eq!(found, numbers);
}

#[tokio::test]
async fn failed_output_ends_the_lookups() {
    let connected = Connected::of([(&crate::providers::ALL[0], Arc::new(Fake) as _)]).unwrap();
    let lookups = ["A1", "B2"].map(|number| Lookup::new("ship24", TrackRequest::number(number)));
    let mut count = 0;

    let result = track(&connected, lookups.into(), |_| {
        count += 1;
        Err(io::Error::other("the disk is full"))
    });

    assert!(result.await.is_err());
    assert_eq!(count, 1);
}

#[tokio::test]
async fn outcome_without_parcel_says_what_to_do() {
    let cases = [
        ("empty", "not_found", true, "check the number"),
        ("not_found", "not_found", true, "check the number"),
        (
            "not_registered",
            "not_registered",
            true,
            "ask for the number",
        ),
        ("not_yet", "not_yet", true, "later"),
        ("post_code", "needs_field", true, "--destination-post-code"),
        ("account", "needs_field", true, ""),
        ("no_courier", "no_courier", true, "--courier"),
        ("gone", "gone", true, ""),
        ("error_404", "configuration", false, "SHIP24_BASE_URL"),
        ("key", "authentication", false, "SHIP24_API_KEY"),
        ("network", "connect", false, "SHIP24_BASE_URL"),
        ("slow_down", "rate_limited", false, "7 s"),
        ("very_long", "rate_limited", false, "very long"),
    ];

    for (number, kind, is_outcome, hint) in cases {
        // One by one, since a refused key ends the lookups.
        let report = reports_for(&[number]).await.remove(0);

        assert!(report.shipments.is_empty(), "{number}");
        let problem = report.problem.unwrap();
        assert_eq!(problem.kind, kind, "{number}");
        assert_eq!(problem.is_outcome, is_outcome, "{number}");
        assert_eq!(problem.number.as_deref(), Some(number));
        assert_eq!(problem.provider, Some("ship24"));
        assert!(problem.hint.unwrap_or_default().contains(hint), "{number}");
    }
}

#[tokio::test]
async fn record_without_news_is_shown_and_not_found() {
    let reports = reports_for(&["pending"]).await;

    let [report] = reports.as_slice() else {
        panic!("{reports:?}");
    };
    assert_eq!(report.shipments.len(), 1);
    let problem = report.problem.as_ref().unwrap();
    assert_eq!(problem.kind, "not_found");
    assert!(problem.is_outcome);
}

#[tokio::test]
async fn parcel_with_failed_request_is_shown_and_counts_as_failed() {
    let reports = reports_for(&["incomplete"]).await;

    assert_eq!(reports[0].shipments.len(), 1);
    let problem = reports[0].problem.as_ref().unwrap();
    assert_eq!(problem.kind, "incomplete");
    assert_eq!(
        problem.message,
        "Ship24: a part is missing, since a request failed: details: status 500"
    );
    assert!(!problem.is_outcome);
}

#[tokio::test]
async fn spellings_of_number_are_asked_once_and_each_is_reported() {
    let fake = Arc::new(Counted::default());
    let connected = Connected::of([(&crate::providers::ALL[0], Arc::clone(&fake) as _)]).unwrap();
    let numbers = ["AB-1", "other", "ab1", "key", "AB1", "KEY"];
    let lookups = numbers.map(|number| Lookup::new("ship24", TrackRequest::number(number)));
    let mut reports = Vec::new();

    let result = track(&connected, lookups.into(), |report| {
        reports.push(report);
        Ok(())
    });
    result.await.unwrap();

    assert_eq!(*fake.asked.lock().unwrap(), ["AB-1", "other", "key"]);
    let targets: Vec<&str> = reports.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(targets, numbers);
    for place in [0, 2, 4] {
        assert_eq!(reports[place].shipments[0].number, "AB-1");
    }
    for place in [3, 5] {
        let problem = reports[place].problem.as_ref().unwrap();
        assert_eq!(problem.kind, "authentication");
        assert_eq!(problem.number.as_deref(), Some(numbers[place]));
    }
}

/// Notes what it is asked for.
#[derive(Debug, Default)]
struct Counted {
    asked: std::sync::Mutex<Vec<String>>,
}

impl Provider for Counted {
    fn id(&self) -> ProviderId {
        Fake.id()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        let number = request.target.as_str().to_owned();
        self.asked.lock().unwrap().push(number);
        Fake.track(request)
    }
}

#[test]
fn option_is_hinted_until_given() {
    let hint = |field: &str, request: &TrackRequest| {
        let needs = Outcome::needs_fields([field]);
        without_parcel(&crate::providers::ALL[0], &needs, request).hint
    };
    let bare = TrackRequest::number("A1");
    let given = bare.clone().with_destination_country("NO");

    let country = hint("tracking_destination_country", &bare).unwrap();
    assert!(country.contains("--destination-country"), "{country}");
    assert_eq!(hint("tracking_destination_country", &given), None);
    let post_code = hint("tracking_postal_code", &given).unwrap();
    assert!(post_code.contains("--destination-post-code"), "{post_code}");
}
