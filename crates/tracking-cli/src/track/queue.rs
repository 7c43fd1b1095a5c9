//! What to ask an account: first whether it follows a number, and then to register those that it does not.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::task::Poll;

use futures_util::stream::{self, Stream};
use tracking_core::TrackRequest;

use super::plan::{Plan, Question};

/// The lookups of one account.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// How many numbers one call takes.
    batch: usize,
    /// Numbers that the account does not follow.
    unregistered: RefCell<VecDeque<Question>>,
    /// How many of them are still to be read into the call that is being filled.
    due: Cell<usize>,
    /// How many lookups without registration are under way.
    looking: Cell<usize>,
}

impl Queue {
    pub(super) fn new(batch: usize) -> Self {
        Self {
            batch: batch.max(1),
            ..Self::default()
        }
    }

    /// Notes that a lookup without registration has a result.
    pub(super) fn end_look(&self) {
        self.looking.set(self.looking.get().saturating_sub(1));
    }

    /// Lets a number be registered that was looked up.
    pub(super) fn register(&self, question: Question) {
        self.unregistered.borrow_mut().push_back(question);
    }

    /// The next number to register: as soon as there are enough for a call, or nothing else can be asked.
    fn next_unregistered(&self, is_idle: bool) -> Option<Question> {
        let mut unregistered = self.unregistered.borrow_mut();
        if self.due.get() == 0 && (is_idle || unregistered.len() >= self.batch) {
            self.due.set(unregistered.len().min(self.batch));
        }
        self.due.set(self.due.get().checked_sub(1)?);
        unregistered.pop_front()
    }

    /// What to send, as far as the furthest line that may be looked up now. Ends when nothing is left and no
    /// result can add to it.
    pub(super) fn requests<'a>(
        &'a self,
        plan: &'a Plan,
        questions: impl Iterator<Item = Question> + 'a,
        furthest: &'a Cell<usize>,
    ) -> impl Stream<Item = TrackRequest> + 'a {
        let mut questions = questions.peekable();
        stream::poll_fn(move |_| {
            loop {
                let next = questions
                    .peek()
                    .filter(|it| plan.line(**it) <= furthest.get());
                let has_next = next.is_some();
                let is_idle = !has_next && self.looking.get() == 0;
                let unregistered = self.next_unregistered(is_idle);
                let registers = unregistered.is_some();
                let question = unregistered.or_else(|| questions.next_if(|_| has_next));
                let Some(question) = question else {
                    // A result changes the line and adds numbers, and then the streams are read again.
                    let is_over = is_idle && questions.peek().is_none();
                    return if is_over {
                        Poll::Ready(None)
                    } else {
                        Poll::Pending
                    };
                };
                if let Some(request) = plan.request(question, registers) {
                    if !registers {
                        self.looking.set(self.looking.get() + 1);
                    }
                    return Poll::Ready(Some(request));
                }
            }
        })
    }
}
