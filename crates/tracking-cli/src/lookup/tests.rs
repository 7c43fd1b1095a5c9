//! Asking a provider that gives every kind of answer.

use std::sync::atomic::{AtomicUsize, Ordering};

use tracking_core::{BoxFuture, Capabilities, ProviderId, Status};

use super::*;
use crate::render::samples;

/// Answers by the number it is asked for.
#[derive(Debug, Default)]
struct Fake {
    running: AtomicUsize,
    most: AtomicUsize,
}

impl Provider for Fake {
    fn id(&self) -> ProviderId {
        ProviderId::new("fake")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(async move {
            let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(running, Ordering::SeqCst);
            tokio::task::yield_now().await;
            self.running.fetch_sub(1, Ordering::SeqCst);

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

async fn ask_for(numbers: &[&str]) -> (Vec<Answer>, Arc<Fake>) {
    let fake = Arc::new(Fake::default());
    let lookups: Vec<Lookup> = numbers
        .iter()
        .map(|number| Lookup {
            connected: Connected {
                entry: &crate::providers::ALL[0],
                provider: Arc::clone(&fake) as Arc<dyn Provider>,
            },
            request: TrackRequest::number(*number),
        })
        .collect();

    (ask_all(&lookups).await, fake)
}

#[tokio::test]
async fn answers_come_in_the_order_of_the_questions() {
    let numbers: Vec<String> = (0..50).map(|number| format!("N{number:05}")).collect();
    let texts: Vec<&str> = numbers.iter().map(String::as_str).collect();

    let (answers, fake) = ask_for(&texts).await;

    let found: Vec<&str> = answers
        .iter()
        .map(|answer| answer.shipments[0].number.as_str())
        .collect();
    assert_eq!(found, texts);
    assert_eq!(fake.most.load(Ordering::SeqCst), AT_ONCE);
}

#[tokio::test]
async fn an_answer_without_a_parcel_says_what_to_do() {
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
    ];
    let numbers = cases.map(|(number, ..)| number);

    let (answers, _) = ask_for(&numbers).await;

    for ((number, kind, answered, hint), answer) in cases.into_iter().zip(answers) {
        assert!(answer.shipments.is_empty(), "{number}");
        let problem = answer.problem.unwrap();
        assert_eq!(problem.kind, kind, "{number}");
        assert_eq!(problem.answered, answered, "{number}");
        assert_eq!(problem.number.as_deref(), Some(number));
        assert_eq!(problem.provider, Some("ship24"));
        assert!(problem.hint.unwrap_or_default().contains(hint), "{number}");
    }
}

#[tokio::test]
async fn a_record_without_any_news_is_shown_and_does_not_count_as_found() {
    let (answers, _) = ask_for(&["pending"]).await;

    let [answer] = answers.as_slice() else {
        panic!("{answers:?}");
    };
    assert_eq!(answer.shipments.len(), 1);
    let problem = answer.problem.as_ref().unwrap();
    assert_eq!(problem.kind, "not_found");
    assert!(problem.answered);
}

#[test]
fn an_option_is_a_hint_until_it_was_given() {
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
