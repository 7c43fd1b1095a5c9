//! The calls of the SDKs, from their spans: a line for each with `--verbose`, and counts for the metrics of `serve`. The
//! spans hold no key and nothing of what is requested.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Debug};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::{progress, terminal};

static IS_PRINTED: AtomicBool = AtomicBool::new(false);
static IS_COUNTED: AtomicBool = AtomicBool::new(false);
static COUNTS: Mutex<Counts> = Mutex::new(Counts::new());

/// Provider and outcome of calls, and how many there were.
type Counts = BTreeMap<(String, String), u64>;

/// Prints a line for each call that ends from now on.
pub(crate) fn print() {
    IS_PRINTED.store(true, Ordering::Relaxed);
    listen();
}

/// Counts the calls that end from now on.
pub(crate) fn count() {
    IS_COUNTED.store(true, Ordering::Relaxed);
    listen();
}

/// Returns the counts, by provider and outcome: `ok`, the kind of the error, or `not_finished`.
pub(crate) fn counts() -> Counts {
    locked(&COUNTS).clone()
}

fn listen() {
    // If it listens already, that is enough.
    let _ = tracing::subscriber::set_global_default(Calls::default());
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a span says of a call.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Call {
    provider: String,
    method: String,
    path: String,
    operation: String,
    status: Option<u64>,
    outcome: Option<String>,
    attempts: u64,
    duration_ms: Option<u64>,
}

impl Call {
    /// Provider and outcome.
    fn kind(&self) -> (String, String) {
        let outcome = self.outcome.as_deref().unwrap_or(match self.status {
            Some(_) => "ok",
            None => "not_finished",
        });
        (self.provider.clone(), outcome.to_owned())
    }
}

impl Visit for Call {
    fn record_str(&mut self, field: &Field, value: &str) {
        let value = value.to_owned();
        match field.name() {
            "provider" => self.provider = value,
            "method" => self.method = value,
            "path" => self.path = value,
            "operation" => self.operation = value,
            "outcome" => self.outcome = Some(value),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "status" => self.status = Some(value),
            "attempts" => self.attempts = value,
            "duration_ms" => self.duration_ms = Some(value),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A link of a response has no path that could be shown without values.
        let path = if self.path.is_empty() {
            &self.operation
        } else {
            &self.path
        };
        write!(formatter, "{} {} {path}: ", self.provider, self.method)?;
        match (self.status, self.outcome.as_deref()) {
            (Some(status), Some("ok") | None) => write!(formatter, "{status}")?,
            (Some(status), Some(outcome)) => write!(formatter, "{status} {outcome}")?,
            (None, outcome) => write!(formatter, "{}", outcome.unwrap_or("not finished"))?,
        }
        if let Some(duration) = self.duration_ms {
            write!(formatter, ", {duration} ms")?;
        }
        match self.attempts {
            0 => write!(formatter, ", not sent"),
            1 => Ok(()),
            attempts => write!(formatter, ", {attempts} attempts"),
        }
    }
}

/// The calls that are under way.
#[derive(Default)]
struct Calls {
    last: AtomicU64,
    open: Mutex<HashMap<u64, (Call, usize)>>,
}

impl Calls {
    fn open(&self) -> MutexGuard<'_, HashMap<u64, (Call, usize)>> {
        locked(&self.open)
    }

    /// Gives a handle of a call back, and returns the call if it was the last one.
    fn close(&self, id: &Id) -> Option<Call> {
        let mut open = self.open();
        let (_, handles) = open.get_mut(&id.into_u64())?;
        *handles -= 1;
        if *handles > 0 {
            return None;
        }
        open.remove(&id.into_u64()).map(|(call, _)| call)
    }
}

impl Subscriber for Calls {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("tracking_http")
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::INFO)
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let mut call = Call::default();
        attributes.record(&mut call);
        self.open().insert(id, (call, 1));
        Id::from_u64(id)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        if let Some((call, _)) = self.open().get_mut(&id.into_u64()) {
            values.record(call);
        }
    }

    fn clone_span(&self, id: &Id) -> Id {
        if let Some((_, handles)) = self.open().get_mut(&id.into_u64()) {
            *handles += 1;
        }
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        let Some(call) = self.close(&id) else {
            return false;
        };
        if IS_PRINTED.load(Ordering::Relaxed) {
            progress::suspend(|| terminal::warn(&format!("{call}\n")));
        }
        if IS_COUNTED.load(Ordering::Relaxed) {
            *locked(&COUNTS).entry(call.kind()).or_default() += 1;
        }
        true
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call() -> Call {
        Call {
            provider: "acme".to_owned(),
            method: "GET".to_owned(),
            path: "/parcels/{number}".to_owned(),
            operation: "get-parcel".to_owned(),
            attempts: 1,
            ..Call::default()
        }
    }

    #[test]
    fn line_says_what_became_of_call() {
        let done = Call {
            status: Some(200),
            outcome: Some("ok".to_owned()),
            duration_ms: Some(12),
            ..call()
        };
        let failed = Call {
            path: String::new(),
            status: Some(503),
            outcome: Some("server".to_owned()),
            attempts: 3,
            ..done.clone()
        };
        let refused = Call {
            outcome: Some("connect".to_owned()),
            ..call()
        };
        let unsent = Call {
            attempts: 0,
            ..call()
        };

        let lines = [done, failed, refused, unsent].map(|call| call.to_string());

        assert_eq!(
            lines,
            [
                "acme GET /parcels/{number}: 200, 12 ms",
                "acme GET get-parcel: 503 server, 12 ms, 3 attempts",
                "acme GET /parcels/{number}: connect",
                "acme GET /parcels/{number}: not finished, not sent",
            ]
        );
    }

    #[test]
    fn calls_are_counted_by_their_outcome() {
        let kind = |status, outcome: Option<&str>| {
            let outcome = outcome.map(str::to_owned);
            let call = Call {
                status,
                outcome,
                ..call()
            };
            call.kind().1
        };

        assert_eq!(kind(Some(200), Some("ok")), "ok");
        assert_eq!(kind(Some(429), Some("rate_limited")), "rate_limited");
        assert_eq!(kind(Some(200), None), "ok");
        assert_eq!(kind(None, None), "not_finished");
    }

    #[test]
    fn call_ends_with_its_last_handle() {
        let calls = Calls::default();
        calls.open().insert(7, (call(), 1));
        let id = calls.clone_span(&Id::from_u64(7));

        assert_eq!(calls.close(&id), None);
        assert_eq!(calls.close(&id), Some(call()));
        assert_eq!(calls.close(&id), None);
    }
}
