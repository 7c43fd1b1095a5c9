//! A test suite that every [`Provider`] must pass.
//!
//! It uses the provider as anybody else does and needs no test framework: call [`run`] with some
//! [`Cases`] in a test of the provider's crate, over a sandbox, a mock server or recorded
//! responses, and look at the [`Report`].
//!
//! A provider of one's own is an adapter and a few lines of a test. Here the adapter gets its
//! responses from a function, so that the test can put another one in its place; over HTTP that is a
//! mock server or a transport.
//!
//! ```
//! use std::sync::Arc;
//! use std::time::Duration;
//!
//! use tracking_core::conformance::{self, Cases, Trouble};
//! use tracking_core::kit::{
//!     EventOrder, Fields, Source, StatusRow, StatusTable, UnmappedCounter, retain_asked_for,
//! };
//! use tracking_core::kit::BoxFuture;
//! use tracking_core::status::UnmappedCount;
//! use tracking_core::{Capabilities, Completeness, Error, ErrorKind, Event, Leg, LegRole, Outcome, Problem, Provider, ProviderId, RawJson, RawStatus, Shipment, Status, StatusReport, Target, Timestamp, TrackRequest, UtcTime};
//!
//! const POSTAL: ProviderId = ProviderId::new("postal");
//! const FIELDS: Fields = Fields::new("state");
//! const ROWS: &[StatusRow] = &[
//!     StatusRow::new("state", "moving").status(Status::InTransit).exact().source(Source::Documented),
//!     StatusRow::new("state", "arrived").status(Status::Delivered).exact().source(Source::Documented),
//! ];
//! static STATES: StatusTable = StatusTable::new(POSTAL, 1, ROWS);
//!
//! /// The provider's API: a body for a number.
//! type Fetch = fn(&str) -> Result<String, Error>;
//!
//! #[derive(Debug)]
//! struct Postal {
//!     fetch: Fetch,
//!     unmapped: UnmappedCounter,
//! }
//!
//! impl Postal {
//!     fn new(fetch: Fetch) -> Self {
//!         Self { fetch, unmapped: UnmappedCounter::new() }
//!     }
//!
//!     fn status(&self, json: &serde_json::Value) -> StatusReport {
//!         let state = json["state"].as_str().map(str::to_owned);
//!         let mapped = STATES.report(RawStatus::new(state), &FIELDS);
//!         self.unmapped.record_all(&POSTAL, &mapped.unmapped);
//!         mapped.report
//!     }
//!
//!     fn read(&self, body: &str) -> Result<Shipment, Error> {
//!         let json: serde_json::Value = serde_json::from_str(body)
//!             .map_err(|_| Error::new(ErrorKind::Decode, POSTAL, "the body is no JSON"))?;
//!         let number = json["number"].as_str().unwrap_or_default();
//!         let mut shipment = Shipment::new(POSTAL, number, self.status(&json), UtcTime::now());
//!         let mut leg = Leg::new(LegRole::Only);
//!         for (index, scan) in json["scans"].as_array().into_iter().flatten().enumerate() {
//!             if !scan.is_object() {
//!                 // What could not be read is reported, and absent events are not gone.
//!                 shipment.problems.push(Problem::new(format!("scans[{index}]"), "is no scan"));
//!                 leg.completeness = Completeness::Partial;
//!                 continue;
//!             }
//!             let mut event = Event::without_id(self.status(scan));
//!             event.time = scan["at"].as_str().map(Timestamp::parse);
//!             event.raw = RawJson::from_string(scan.to_string());
//!             leg.events.push(event);
//!         }
//!         shipment.raw = RawJson::from_string(body);
//!         shipment.legs.push(leg);
//!         shipment.can_ask_by_id = false;
//!         shipment.finish(EventOrder::OldestFirst);
//!         Ok(shipment)
//!     }
//! }
//!
//! impl Provider for Postal {
//!     fn id(&self) -> ProviderId {
//!         POSTAL
//!     }
//!
//!     fn capabilities(&self) -> Capabilities {
//!         let mut capabilities = Capabilities::none();
//!         capabilities.track_by_number = true;
//!         capabilities.events = true;
//!         capabilities
//!     }
//!
//!     fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
//!         Box::pin(async move {
//!             let Target::Number(number) = &request.target else {
//!                 return Err(Error::unsupported(POSTAL, "tracking by id or reference"));
//!             };
//!             if !number.trim().chars().all(char::is_alphanumeric) || number.trim().is_empty() {
//!                 let message = "a number has letters and digits only";
//!                 return Err(Error::new(ErrorKind::InvalidRequest, POSTAL, message));
//!             }
//!             let body = (self.fetch)(number)?;
//!             if body.is_empty() {
//!                 return Ok(Outcome::NotFound);
//!             }
//!             let mut found = vec![self.read(&body)?];
//!             retain_asked_for(POSTAL, &request.target, &mut found)?;
//!             Ok(Outcome::from_shipments(found))
//!         })
//!     }
//!
//!     fn unmapped(&self) -> Vec<UnmappedCount> {
//!         self.unmapped.snapshot()
//!     }
//! }
//!
//! fn fetch(number: &str) -> Result<String, Error> {
//!     let scans = r#"{"at":"2026-03-01T08:00:00Z","state":"moving"},{"at":"2026-03-02T09:30:00Z","state":"arrived"}"#;
//!     let known = number == "PP1001" || number == "PP1002";
//!     let body = known.then(|| format!(r#"{{"number":"{number}","state":"arrived","scans":[{scans}]}}"#));
//!     Ok(body.unwrap_or_default())
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), conformance::Report> {
//! // Each trouble is the provider over a function that brings it about.
//! let troubles: [(Trouble, Fetch); 5] = [
//!     (Trouble::BadKey, |_| Err(Error::new(ErrorKind::Authentication, POSTAL, "check the key"))),
//!     (Trouble::RateLimited, |_| {
//!         let error = Error::new(ErrorKind::RateLimited, POSTAL, "too many requests");
//!         Err(error.with_retry_after(Duration::from_secs(60)))
//!     }),
//!     (Trouble::MalformedResponse, |number| Ok(fetch(number)?.split_off(1))),
//!     (Trouble::PartlyReadable, |number| Ok(fetch(number)?.replace("[{", "[7,{"))),
//!     (Trouble::OtherParcel, |_| fetch("PP1002")),
//! ];
//! let mut cases = Cases::new()
//!     .with_found(TrackRequest::number("PP1001"))
//!     .with_unknown(TrackRequest::number("PP9999"));
//! for (trouble, fetch) in troubles {
//!     cases = cases.with_trouble(trouble, Arc::new(Postal::new(fetch)));
//! }
//!
//! let report = conformance::run(&Postal::new(fetch), &cases).await.into_result()?;
//!
//! assert!(report.has_passed("partly_read_responses_report_nothing_twice"));
//! println!("{report}");
//! // What the cases leave out is skipped, and named.
//! assert!(report.skipped().any(|check| check.name == "timeouts_are_their_own_error"));
//! # Ok(())
//! # }
//! ```
//!
//! What is checked: the name is stable; announced operations work and others say that they are
//! unsupported; an unknown number is an outcome and a bad one is refused before any request; a batch
//! returns what single lookups do, and registers as single calls do; events are oldest first, with keys that are unique and the same in two
//! responses; every time string is in the raw JSON as it is; statuses carry their raw values; raw JSON is
//! kept; the same response twice changes nothing; a shipment can be asked for again; each
//! [trouble](Trouble) ends as it should; webhooks are verified; nothing panics; no secret shows.

mod batches;
mod cases;
mod identity;
mod numbers;
mod operations;
mod register_batch;
mod report;
mod shipments;
mod trouble;
mod troubles;
mod webhooks;

use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

pub use self::cases::{Cases, WebhookSample};
pub use self::report::{Check, Report, Verdict};
pub use self::trouble::Trouble;
use crate::{Error, Provider};

/// Runs every check that the cases allow and reports all of them; it never stops at a failure.
///
/// Unregistering comes last, because it takes away what the other checks need.
pub async fn run(provider: &dyn Provider, cases: &Cases) -> Report {
    let mut report = Report::new(provider.id().to_string());
    identity::check(&mut report, provider, cases);
    numbers::check_bad(&mut report, provider, cases).await;
    numbers::check_unknown(&mut report, provider, cases).await;
    operations::check_register(&mut report, provider, cases).await;
    numbers::check_found(&mut report, provider, cases).await;
    numbers::check_several(&mut report, provider, cases).await;
    batches::check(&mut report, provider, cases).await;
    troubles::check(&mut report, provider, cases).await;
    operations::check_targets(&mut report, provider, cases).await;
    operations::check_list(&mut report, provider, cases).await;
    operations::check_detection(&mut report, provider, cases).await;
    operations::check_couriers(&mut report, provider, cases).await;
    webhooks::check(&mut report, provider, cases);
    operations::check_unregister(&mut report, provider, cases).await;
    report
}

/// Awaits a call and turns a panic into a string.
async fn caught<T>(call: impl Future<Output = T>) -> Result<T, String> {
    AssertUnwindSafe(call)
        .catch_unwind()
        .await
        .map_err(|_| "it panicked".to_owned())
}

/// Demands that no text that is shown holds a secret, and that an error names its provider and
/// is one line.
fn check_error(report: &mut Report, subject: &str, error: &Error, cases: &Cases) {
    let shown = [error.to_string(), format!("{error:?}")];
    report.demand(
        "errors_show_no_secret",
        subject,
        shows_no_secret(&shown, cases),
    );
    let [line, _] = shown;
    let result = if line.lines().count() == 1 {
        Ok(())
    } else {
        Err(format!("{} lines", line.lines().count()))
    };
    report.demand("errors_are_one_line", subject, result);
    let result = if error.provider().as_str() == report.provider {
        Ok(())
    } else {
        Err(format!("the error says `{}`", error.provider()))
    };
    report.demand("errors_name_their_provider", subject, result);
}

/// The failure says that a secret shows, never which.
fn shows_no_secret(shown: &[String], cases: &Cases) -> Result<(), String> {
    let secrets = cases.secrets.iter().filter(|secret| !secret.is_empty());
    for (index, secret) in secrets.enumerate() {
        if shown.iter().any(|text| text.contains(secret.as_str())) {
            return Err(format!("secret {index} of the cases is shown"));
        }
    }
    Ok(())
}
