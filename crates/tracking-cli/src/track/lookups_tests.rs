//! Lookups at a provider with every kind of outcome.

use std::sync::Arc;

use tracking_core::kit::BoxFuture;
use tracking_core::{Capabilities, ProviderId, ProviderSet, Status, TrackRequest};

use super::*;
use crate::providers;
use crate::render::samples;
use crate::select::{Account, Connected};
use crate::track::targets::Requested;

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
                "couriers" => Ok(Outcome::unknown_to_couriers(
                    vec!["a-post".to_owned()],
                    vec!["b-post".to_owned()],
                )),
                "deleted" => Ok(Outcome::Gone),
                "error_404" => {
                    Err(tracking_http::Error::new(ErrorKind::NotFound, "it went wrong").into())
                }
                "refused_key" => error(ErrorKind::Authentication),
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

/// A plan for numbers at a provider that is called Ship24.
fn plan(provider: Arc<dyn Provider>, numbers: &[&str]) -> Plan {
    let account = Account::of(&providers::ALL[0]);
    let connected = Connected::of([(account, provider)]).unwrap();
    let requested = numbers.iter().copied().map(Requested::number).collect();
    Plan::new(requested, connected, vec![TrackRequest::number("")])
}

async fn reports_of(plan: &Plan, order: Order) -> (Vec<Report>, Finish) {
    let mut reports = Vec::new();
    let mut each = |report| {
        reports.push(report);
        Ok(())
    };
    let finish = run(plan, order, std::future::pending(), &mut each)
        .await
        .unwrap();
    (reports, finish)
}

async fn reports_for(numbers: &[&str]) -> Vec<Report> {
    reports_of(&plan(Arc::new(Fake), numbers), Order::Lines)
        .await
        .0
}

#[tokio::test]
async fn reports_keep_the_order_of_lookups() {
    let numbers: Vec<String> = (0..40).map(|number| "N".repeat(50 - number)).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();

    let reports = reports_for(&numbers).await;

    let found: Vec<&str> = reports
        .iter()
        .map(|report| report.shipments[0].number.as_str())
        .collect();
    assert_eq!(found, numbers);
}

#[tokio::test]
async fn reports_come_as_they_arrive_if_wanted() {
    let numbers = ["NUMBER-THAT-TAKES-LONG", "NUMBER", "number-that-takes-long"];

    let (reports, finish) = reports_of(&plan(Arc::new(Fake), &numbers), Order::Arrival).await;

    let places: Vec<usize> = reports.iter().map(|report| report.place).collect();
    assert_eq!(places, [1, 0, 2]);
    assert_eq!((finish.asked, finish.open), (2, 0));
}

#[tokio::test]
async fn failed_output_ends_the_lookups() {
    let mut count = 0;
    let mut each = |_| {
        count += 1;
        Err(io::Error::other("the disk is full"))
    };

    let plan = plan(Arc::new(Fake), &["NUMBER1", "NUMBER2"]);
    let result = run(&plan, Order::Lines, std::future::pending(), &mut each).await;

    assert!(result.is_err());
    assert_eq!(count, 1);
}

#[tokio::test]
async fn interruption_leaves_what_is_there() {
    let provider = Arc::new(Stuck);
    let numbers = ["STUCK1", "NUMBER1", "STUCK2"];
    let plan = plan(provider, &numbers);
    let mut found = Vec::new();
    let mut each = |report: Report| {
        found.push(report.target.as_str().to_owned());
        Ok(())
    };
    // The number that is not stuck is there after a few turns.
    let interrupted = async {
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
    };

    let finish = run(&plan, Order::Lines, interrupted, &mut each)
        .await
        .unwrap();

    assert!(finish.is_interrupted);
    assert_eq!((finish.open, finish.asked), (2, 3));
    assert_eq!(found, ["NUMBER1"]);
}

#[tokio::test]
async fn lines_in_order_are_not_looked_up_far_ahead() {
    let numbers: Vec<String> = (0..3 * LINES_AHEAD)
        .map(|it| format!("NUMBER{it:04}"))
        .collect();
    let mut numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    numbers[5] = "STUCK";
    for (order, expected) in [
        (Order::Lines, LINES_AHEAD + 6),
        (Order::Arrival, numbers.len()),
    ] {
        let counted = Arc::new(Counted::default());
        let plan = plan(Arc::clone(&counted) as _, &numbers);
        let interrupted = async {
            // Many more turns than it takes.
            for _ in 0..50_000 {
                tokio::task::yield_now().await;
            }
        };

        let finish = run(&plan, order, interrupted, &mut |_| Ok(())).await;

        assert_eq!(counted.asked.lock().unwrap().len(), expected);
        assert_eq!(finish.unwrap().open, numbers.len() - expected + 1);
    }
}

/// Some of its lookups never end.
#[derive(Debug)]
struct Stuck;

impl Provider for Stuck {
    fn id(&self) -> ProviderId {
        Fake.id()
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        if request.target.as_str().starts_with("STUCK") {
            return Box::pin(std::future::pending());
        }
        Fake.track(request)
    }
}

#[tokio::test]
async fn number_is_registered_only_where_planned() {
    for (registers, expected) in [(false, 0), (true, 1)] {
        let plan = Plan {
            registers,
            ..plan(
                Arc::new(Registering::default()),
                &["new-number", "old-number"],
            )
        };

        let (reports, finish) = reports_of(&plan, Order::Lines).await;

        assert_eq!(finish.registered, [expected]);
        assert_eq!(reports[0].registered, registers);
        let problem = reports[0].problem.as_ref();
        assert_eq!(problem.is_none(), registers, "{problem:?}");
        if let Some(problem) = problem {
            assert_eq!(problem.kind, "not_registered");
            assert!(problem.hint.as_ref().unwrap().contains("--register"));
        }
        assert!(reports[1].problem.is_none() && !reports[1].registered);
    }
}

#[tokio::test]
async fn number_is_registered_while_others_are_looked_up() {
    let plan = Plan {
        registers: true,
        ..plan(Arc::new(Registering::default()), &["STUCK", "new-number"])
    };
    let interrupted = async {
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
    };
    let mut found = Vec::new();
    let mut each = |report: Report| {
        found.push((report.target.as_str().to_owned(), report.registered));
        Ok(())
    };

    let finish = run(&plan, Order::Lines, interrupted, &mut each).await;

    let finish = finish.unwrap();
    assert_eq!((finish.open, finish.registered), (1, vec![1]));
    assert_eq!(found, [("new-number".to_owned(), true)]);
}

#[tokio::test]
async fn interruption_counts_what_is_being_registered() {
    let numbers: Vec<String> = (0..50).map(|it| format!("new-stuck-{it}")).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let plan = Plan {
        registers: true,
        ..plan(Arc::new(Registering::default()), &numbers)
    };
    let interrupted = async {
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
    };

    let finish = run(&plan, Order::Lines, interrupted, &mut |_| Ok(())).await;

    let finish = finish.unwrap();
    // Those whose call has not returned; the next one waits and is not counted.
    let under_way = ProviderSet::DEFAULT_CONCURRENCY;
    assert_eq!((finish.open, finish.uncertain), (50, under_way));
}

#[tokio::test]
async fn numbers_to_register_fill_the_calls() {
    let numbers: Vec<String> = (0..2 * LINES_AHEAD)
        .map(|it| format!("{}-{it}", if it % 3 == 0 { "old" } else { "new" }))
        .collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let new = numbers.iter().filter(|it| it.starts_with("new")).count();
    for order in [Order::Lines, Order::Arrival] {
        let provider = Arc::new(Registering {
            batch_size: 40,
            ..Registering::default()
        });
        let plan = Plan {
            registers: true,
            ..plan(Arc::clone(&provider) as _, &numbers)
        };

        let (reports, finish) = reports_of(&plan, order).await;

        assert_eq!((reports.len(), finish.open), (numbers.len(), 0));
        assert_eq!(finish.registered, [new]);
        let calls = provider.calls.lock().unwrap();
        let registering = calls.iter().filter(|it| it.contains(&true)).count();
        let least = new.div_ceil(40);
        assert!(
            (least..=2 * least).contains(&registering),
            "{order:?}: {registering} calls registered {new} numbers"
        );
    }
}

/// Follows old numbers, and new ones once they are registered.
#[derive(Debug, Default)]
struct Registering {
    batch_size: usize,
    /// For each call and lookup, whether it registers.
    calls: std::sync::Mutex<Vec<Vec<bool>>>,
}

impl Provider for Registering {
    fn id(&self) -> ProviderId {
        Fake.id()
    }

    fn capabilities(&self) -> Capabilities {
        let mut capabilities = Capabilities::none();
        capabilities.batch_size = self.batch_size.max(1);
        capabilities
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            if request.target.as_str().starts_with("new-") && !request.register {
                return Ok(Outcome::NotRegistered);
            }
            if request.target.as_str().starts_with("new-stuck") {
                return std::future::pending().await;
            }
            Stuck.track(request).await
        })
    }

    fn track_batch(
        &self,
        requests: Vec<TrackRequest>,
    ) -> BoxFuture<'_, Vec<Result<Outcome, Error>>> {
        let registers = requests.iter().map(|it| it.register).collect();
        self.calls.lock().unwrap().push(registers);
        Box::pin(async move {
            let mut results = Vec::new();
            for request in requests {
                results.push(self.track(request).await);
            }
            results
        })
    }
}

#[tokio::test]
async fn outcome_without_parcel_says_what_to_do() {
    let cases = [
        ("empty", "not_found", true, "check the number"),
        ("not_found", "not_found", true, "check the number"),
        ("not_registered", "not_registered", true, "--register"),
        ("not_yet", "not_yet", true, "later"),
        ("post_code", "needs_field", true, "--destination-post-code"),
        ("account", "needs_field", true, ""),
        ("no_courier", "no_courier", true, "--courier ship24:CODE"),
        ("couriers", "not_found", true, "--courier ship24:CODE"),
        ("deleted", "gone", true, ""),
        ("error_404", "configuration", false, "SHIP24_BASE_URL"),
        ("refused_key", "authentication", false, "SHIP24_API_KEY"),
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
        assert_eq!(problem.provider.as_deref(), Some("ship24"));
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
    assert_eq!(problem.kind, "no_news");
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
    let numbers = [
        "AB-123",
        "other",
        "ab123",
        "no_courier",
        "AB123",
        "NO_COURIER",
    ];

    let plan = plan(Arc::clone(&fake) as _, &numbers);
    let (reports, finish) = reports_of(&plan, Order::Lines).await;

    assert_eq!(
        *fake.asked.lock().unwrap(),
        ["AB-123", "other", "no_courier"]
    );
    assert_eq!(finish.asked, 3);
    let targets: Vec<&str> = reports.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(targets, numbers);
    for place in [0, 2, 4] {
        assert_eq!(reports[place].shipments[0].number, "AB-123");
    }
    for place in [3, 5] {
        let problem = reports[place].problem.as_ref().unwrap();
        assert_eq!(problem.kind, "no_courier");
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
        Stuck.track(request)
    }
}
