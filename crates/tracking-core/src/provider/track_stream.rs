//! `TrackStream`: the results of many lookups, one by one.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::Stream;

use super::schedule::Schedule;
use crate::{Error, Lookup, LookupResult};

/// The results of lookups, each as soon as it is there: exactly one per lookup.
///
/// Made by [`ProviderSet::track_stream`](crate::ProviderSet::track_stream) and its relatives. Nothing
/// is sent before it is polled. Dropping it drops what is under way; a `next()` that is dropped
/// loses no result.
#[must_use = "nothing is looked up until the stream is polled"]
pub struct TrackStream<'a, S> {
    schedule: Schedule<'a, Lookup, S>,
}

impl<'a, S: Stream<Item = Lookup>> TrackStream<'a, S> {
    pub(super) const fn new(schedule: Schedule<'a, Lookup, S>) -> Self {
        Self { schedule }
    }

    /// Hands the results out in the order of the lookups; of several streams, each in its own order.
    ///
    /// Results that come early are kept until those before them are there. When
    /// [as many as are read ahead](crate::ProviderSet::with_read_ahead) wait like that, no further
    /// lookup is read, so that one slow lookup may then hold up the others.
    pub fn in_order(mut self) -> Self {
        self.schedule.keep_order();
        self
    }

    /// Returns the lookups that were sent and whose result was not handed out, those that share a call with an equal
    /// one left out.
    ///
    /// When the stream is dropped, these are the lookups that may have registered a number although
    /// nothing says so.
    pub fn under_way(&self) -> impl Iterator<Item = &Lookup> {
        let is_sent = |result: &&LookupResult| {
            let error = result.result.as_ref().err();
            !error.is_some_and(Error::is_not_asked)
        };
        let kept = self.schedule.kept().filter(is_sent);
        let kept = kept.map(|result| &result.lookup);
        self.schedule.under_way().chain(kept)
    }
}

impl<S: Stream<Item = Lookup>> Stream for TrackStream<'_, S> {
    type Item = LookupResult;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<LookupResult>> {
        self.get_mut().schedule.poll_next(context)
    }
}

impl<S> fmt::Debug for TrackStream<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrackStream").finish_non_exhaustive()
    }
}
