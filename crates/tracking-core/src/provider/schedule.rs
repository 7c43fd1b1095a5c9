//! Which questions are under way for which account, which wait, and which are not asked any more.

use std::collections::VecDeque;
use std::iter::{Enumerate, Fuse};

use futures_util::stream::{FuturesUnordered, StreamExt};

use super::refusals::Refusals;
use crate::{BoxFuture, Error, ProviderSet};

/// What is asked with one account.
pub(super) trait Question: Sized {
    /// What came of it.
    type Report: Send + 'static;

    /// The name of the account.
    fn account(&self) -> &str;

    /// Asks the account's provider. `index` is the position of the question.
    fn ask(self, set: &ProviderSet, index: usize) -> BoxFuture<'_, Self::Report>;

    /// What comes of it without asking.
    fn refuse(self, set: &ProviderSet, index: usize, error: Error) -> Self::Report;

    /// The error, if the question failed.
    fn error(report: &Self::Report) -> Option<&Error>;
}

/// Questions under way, and those that wait because their account has enough to do.
pub(super) struct Schedule<'a, I>
where
    I: Iterator<Item: Question>,
{
    set: &'a ProviderSet,
    concurrency: usize,
    questions: Enumerate<Fuse<I>>,
    /// One lane per account, and one for unknown names.
    lanes: Vec<Lane<I::Item>>,
    waiting: usize,
    running: FuturesUnordered<BoxFuture<'a, (usize, <I::Item as Question>::Report)>>,
}

struct Lane<Q> {
    waiting: VecDeque<(usize, Q)>,
    running: usize,
    refusals: Refusals,
}

impl<Q> Lane<Q> {
    fn new() -> Self {
        Self {
            waiting: VecDeque::new(),
            running: 0,
            refusals: Refusals::default(),
        }
    }
}

impl<'a, I> Schedule<'a, I>
where
    I: Iterator<Item: Question>,
{
    /// How many questions may wait.
    const READ_AHEAD: usize = 1000;

    pub(super) fn new(set: &'a ProviderSet, questions: I, concurrency: usize) -> Self {
        Self {
            set,
            concurrency,
            questions: questions.fuse().enumerate(),
            lanes: (0..=set.len()).map(|_| Lane::new()).collect(),
            waiting: 0,
            running: FuturesUnordered::new(),
        }
    }

    pub(super) async fn next(&mut self) -> Option<<I::Item as Question>::Report> {
        self.fill();
        let (lane, report) = self.running.next().await?;
        if let Some(free) = self.lanes.get_mut(lane) {
            free.running -= 1;
            free.refusals.learn(I::Item::error(&report));
        }
        self.start_waiting(lane);
        Some(report)
    }

    /// Starts questions until every account has enough to do, or enough of them wait.
    fn fill(&mut self) {
        let enough = self.concurrency.saturating_mul(self.lanes.len());
        while self.waiting < Self::READ_AHEAD && self.running.len() < enough {
            let Some((index, question)) = self.questions.next() else {
                return;
            };
            let lane = self.set.position(question.account());
            let lane = lane.unwrap_or(self.set.len());
            if let Some(own) = self.lanes.get_mut(lane) {
                own.waiting.push_back((index, question));
                self.waiting += 1;
                self.start_waiting(lane);
            }
        }
    }

    fn start_waiting(&mut self, lane: usize) {
        let set = self.set;
        let Some(own) = self.lanes.get_mut(lane) else {
            return;
        };
        while own.running < self.concurrency
            && let Some((index, question)) = own.waiting.pop_front()
        {
            own.running += 1;
            self.waiting -= 1;
            let report: BoxFuture<'a, (usize, _)> = match own.refusals.next() {
                Some(refusal) => {
                    let report = question.refuse(set, index, refusal);
                    Box::pin(async move { (lane, report) })
                }
                None => {
                    let report = question.ask(set, index);
                    Box::pin(async move { (lane, report.await) })
                }
            };
            self.running.push(report);
        }
    }
}
