//! Everything that is traced, to look for secrets in.

use std::fmt::{self, Debug, Write as _};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// Every field of every span and event, of all levels and all crates; nothing is kept by the one of other threads.
#[derive(Clone, Default)]
pub struct Trace(Option<Arc<Mutex<String>>>);

impl Trace {
    /// Keeps what this thread traces, until the guard is dropped.
    ///
    /// # Panics
    ///
    /// Panics if the process has another global subscriber.
    pub fn start() -> (Self, DefaultGuard) {
        // While there is one subscriber only, the thread that comes to a place first decides for all threads
        // whether it is traced; a test beside this one has no subscriber, so give it one.
        static EVERY_THREAD: Once = Once::new();
        EVERY_THREAD.call_once(|| {
            tracing::subscriber::set_global_default(Self::default()).unwrap();
        });
        let trace = Self(Some(Arc::default()));
        let guard = tracing::subscriber::set_default(trace.clone());
        (trace, guard)
    }

    /// Returns what was traced so far, one `name=value` per line.
    ///
    /// # Panics
    ///
    /// Panics if a thread panicked while it traced.
    #[must_use]
    pub fn text(&self) -> String {
        let kept = self.0.as_ref().map(|kept| kept.lock().unwrap().clone());
        kept.unwrap_or_default()
    }
}

impl Debug for Trace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Trace")
    }
}

impl Visit for &Trace {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if let Some(kept) = &self.0 {
            writeln!(kept.lock().unwrap(), "{}={value:?}", field.name()).unwrap();
        }
    }
}

impl Subscriber for Trace {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut &*self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut &*self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
