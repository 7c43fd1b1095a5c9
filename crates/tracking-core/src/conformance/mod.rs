//! A test suite that every [`Provider`] must pass.
//!
//! It uses the provider as anybody else does and needs no test framework: call [`run`] with some
//! [`Cases`] in a test of the provider's crate, over a sandbox, a mock server or recorded
//! responses, and look at the [`Report`].
//!
//! ```no_run
//! # use tracking_core::conformance::{self, Cases};
//! # use tracking_core::{Provider, TrackRequest};
//! # async fn example(provider: &dyn Provider) -> Result<(), conformance::Report> {
//! let cases = Cases::new()
//!     .with_found(TrackRequest::number("S24DEMO456393"))
//!     .with_unknown(TrackRequest::number("UNKNOWN0001"))
//!     .with_secret("apik_0123456789");
//! let report = conformance::run(provider, &cases).await.into_result()?;
//! println!("{report}");
//! # Ok(())
//! # }
//! ```
//!
//! What is checked: the name is stable; announced operations work and others say that they are
//! unsupported; an unknown number is an outcome and a bad one is refused before any request;
//! events are oldest first, with keys that are unique and the same in two responses; every time
//! text is in the raw JSON as it is; statuses carry their raw values; raw JSON is kept; the
//! same response twice changes nothing; webhooks are verified; nothing panics; no secret shows.

mod cases;
mod identity;
mod numbers;
mod operations;
mod report;
mod shipments;
mod webhooks;

use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

pub use self::cases::{Cases, WebhookSample};
pub use self::report::{Check, Report, Verdict};
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
    operations::check_targets(&mut report, provider, cases).await;
    operations::check_list(&mut report, provider, cases).await;
    operations::check_detection(&mut report, provider, cases).await;
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
