//! Where questions come from, and in which order their results are handed out.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::Stream;

/// What a panic carries.
pub(super) type Panic = Box<dyn Any + Send>;

/// One stream of questions.
pub(super) struct Input<S, R> {
    /// None when it has ended.
    stream: Option<Pin<Box<S>>>,
    /// How many questions were read.
    read: usize,
    /// The place of the only account, where all of them are for one.
    pub(super) lane: Option<usize>,
    /// The results that wait for earlier ones; none if the order does not matter.
    order: Option<Order<R>>,
}

/// What was read of an input.
pub(super) enum Read<Q> {
    /// A question and its index.
    Question(usize, Q),
    /// It has ended, or has nothing so far.
    Nothing,
    /// It has panicked.
    Panic(Panic),
}

struct Order<R> {
    early: BTreeMap<usize, R>,
    next: usize,
}

impl<S: Stream, R> Input<S, R> {
    pub(super) fn new(stream: S, lane: Option<usize>) -> Self {
        Self {
            stream: Some(Box::pin(stream)),
            read: 0,
            lane,
            order: None,
        }
    }

    /// Hands results out in the order of the questions.
    pub(super) fn keep_order(&mut self) {
        let early = BTreeMap::new();
        self.order.get_or_insert(Order { early, next: 0 });
    }

    pub(super) fn has_ended(&self) -> bool {
        self.stream.is_none()
    }

    /// How many results wait for earlier ones.
    pub(super) fn early(&self) -> usize {
        self.order.as_ref().map_or(0, |order| order.early.len())
    }

    /// The results that wait for earlier ones.
    pub(super) fn early_reports(&self) -> impl Iterator<Item = &R> {
        let order = self.order.iter();
        order.flat_map(|order| order.early.values())
    }

    /// Reads the next question. A stream that panics has ended.
    pub(super) fn read(&mut self, context: &mut Context<'_>) -> Read<S::Item> {
        let Some(stream) = &mut self.stream else {
            return Read::Nothing;
        };
        // It is not polled again after a panic, so that nobody sees a broken state.
        let polled = catch_unwind(AssertUnwindSafe(|| stream.as_mut().poll_next(context)));
        match polled {
            Ok(Poll::Pending) => Read::Nothing,
            Ok(Poll::Ready(Some(question))) => {
                let index = self.read;
                self.read += 1;
                Read::Question(index, question)
            }
            Ok(Poll::Ready(None)) => {
                self.stream = None;
                Read::Nothing
            }
            Err(panic) => {
                self.stream = None;
                Read::Panic(panic)
            }
        }
    }

    /// Passes on a result, and those that waited for it.
    pub(super) fn hand_out(&mut self, index: usize, report: R, mut out: impl FnMut(R)) {
        let Some(order) = &mut self.order else {
            return out(report);
        };
        order.early.insert(index, report);
        while let Some(report) = order.early.remove(&order.next) {
            order.next += 1;
            out(report);
        }
    }
}
