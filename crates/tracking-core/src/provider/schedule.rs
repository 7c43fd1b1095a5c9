//! Which questions are read, which are under way for which account, and what is handed out next.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::future::FutureExt;
use futures_util::stream::{FuturesUnordered, Stream, StreamExt};

use super::input::{Input, Panic, Read};
use super::lane::Lane;
use super::question::{Place, Question};
use crate::provider::BoxFuture;
use crate::{Error, ErrorKind, Provider, ProviderSet};

/// Questions under way, and those that wait because their account has enough to do.
pub(super) struct Schedule<'a, Q, S>
where
    Q: Question,
{
    set: &'a ProviderSet,
    inputs: Vec<Input<S, Q::Report>>,
    /// One per account.
    lanes: Vec<Lane<Q>>,
    running: FuturesUnordered<BoxFuture<'a, Call<Q>>>,
    ready: VecDeque<Q::Report>,
    /// How many reports were handed out without a pause.
    in_a_row: usize,
    /// The panic of an input, which goes on when everything else has its report.
    panic: Option<Panic>,
}

/// A call that is over.
struct Call<Q: Question> {
    lane: usize,
    keys: Vec<Arc<Q::Key>>,
    results: Vec<Result<Q::Response, Error>>,
}

impl<'a, Q, S> Schedule<'a, Q, S>
where
    Q: Question + 'a,
    S: Stream<Item = Q>,
{
    /// How many reports are handed out before other tasks have their turn.
    const IN_A_ROW: usize = 256;

    /// Makes a schedule of several streams, each with the place of its only account if it has one.
    pub(super) fn new(
        set: &'a ProviderSet,
        streams: impl IntoIterator<Item = (Option<usize>, S)>,
    ) -> Self {
        let inputs = streams.into_iter();
        Self {
            set,
            inputs: inputs.map(|(lane, it)| Input::new(it, lane)).collect(),
            lanes: set.iter().map(|it| Lane::new(Q::batch_size(it))).collect(),
            running: FuturesUnordered::new(),
            ready: VecDeque::new(),
            in_a_row: 0,
            panic: None,
        }
    }

    /// Hands the reports of each stream out in the order of its questions.
    pub(super) fn keep_order(&mut self) {
        self.inputs.iter_mut().for_each(Input::keep_order);
    }

    /// The questions that are being asked, equal ones once.
    pub(super) fn under_way(&self) -> impl Iterator<Item = &Q> {
        self.lanes.iter().flat_map(Lane::under_way)
    }

    /// The reports that are there and not handed out.
    pub(super) fn kept(&self) -> impl Iterator<Item = &Q::Report> {
        let early = self.inputs.iter().flat_map(Input::early_reports);
        self.ready.iter().chain(early)
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Q::Report>> {
        if self.in_a_row >= Self::IN_A_ROW {
            self.in_a_row = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            if let Some(report) = self.ready.pop_front() {
                self.in_a_row += 1;
                return Poll::Ready(Some(report));
            }
            self.finish(context);
            self.read(context);
            let has_started = self.start();
            if !self.ready.is_empty() || has_started {
                continue;
            }
            self.in_a_row = 0;
            if !self.running.is_empty() || !self.inputs.iter().all(Input::has_ended) {
                return Poll::Pending;
            }
            if let Some(panic) = self.panic.take() {
                resume_unwind(panic);
            }
            return Poll::Ready(None);
        }
    }

    /// Takes the results of the calls that are over.
    fn finish(&mut self, context: &mut Context<'_>) {
        while let Poll::Ready(Some(call)) = self.running.poll_next_unpin(context) {
            let Some(lane) = self.lanes.get_mut(call.lane) else {
                continue;
            };
            lane.running -= 1;
            lane.refusals.learn_all(&call.results);
            for (key, result) in call.keys.iter().zip(call.results) {
                self.report(call.lane, key, result);
            }
        }
    }

    /// Reads what the accounts have room for.
    fn read(&mut self, context: &mut Context<'_>) {
        for place in 0..self.inputs.len() {
            while self.can_read(place)
                && let Some(input) = self.inputs.get_mut(place)
            {
                match input.read(context) {
                    Read::Question(index, question) => {
                        let lane = input.lane;
                        let input = place;
                        self.add(Place { input, index }, lane, question);
                    }
                    Read::Nothing => break,
                    Read::Panic(panic) => {
                        self.panic.get_or_insert(panic);
                        break;
                    }
                }
            }
        }
    }

    /// Returns true if an account of this input has room, and not too much waits elsewhere.
    fn can_read(&self, place: usize) -> bool {
        let Some(input) = self.inputs.get(place) else {
            return false;
        };
        let most = self.set.read_ahead();
        if input.has_ended() || !self.ready.is_empty() || input.early() >= most {
            return false;
        }
        match input.lane {
            Some(lane) => self.lacks_questions(lane) && self.held(lane) < most,
            None => {
                let mut places = 0..self.lanes.len();
                let held: usize = places.clone().map(|lane| self.held(lane)).sum();
                held < most
                    && (self.lanes.is_empty() || places.any(|lane| self.lacks_questions(lane)))
            }
        }
    }

    fn held(&self, lane: usize) -> usize {
        self.lanes.get(lane).map_or(0, Lane::held)
    }

    /// Returns true if less waits for an account than fits into its next call.
    fn lacks_questions(&self, place: usize) -> bool {
        let lane = self.lanes.get(place);
        lane.is_none_or(|lane| lane.waiting() < lane.batch_size)
    }

    fn add(&mut self, place: Place, lane: Option<usize>, question: Q) {
        let lane = lane.map_or_else(|| self.set.position(question.account()), Ok);
        match lane {
            Ok(lane) => {
                if let Some(lane) = self.lanes.get_mut(lane) {
                    lane.add(place, question);
                }
            }
            Err(error) => {
                let report = question.report(place, None, Err(error));
                self.hand_out(place, report);
            }
        }
    }

    /// Starts calls until every account has enough to do; returns true if there are some.
    fn start(&mut self) -> bool {
        let running = self.running.len();
        for place in 0..self.lanes.len() {
            self.start_lane(place);
        }
        self.running.len() > running
    }

    fn start_lane(&mut self, place: usize) {
        let set = self.set;
        while let (Some(account), Some(lane)) = (set.account(place), self.lanes.get_mut(place)) {
            if lane.waiting() == 0 {
                return;
            }
            if let Some(refusal) = lane.refusals.next() {
                for key in &lane.take_all() {
                    self.report(place, key, Err(refusal.clone()));
                }
                return;
            }
            if lane.running >= set.concurrency() {
                return;
            }
            lane.running += 1;
            let (keys, requests) = lane.take_batch();
            self.running.push(Box::pin(async move {
                let count = keys.len();
                // After a panic nothing of the call is used again.
                let call = AssertUnwindSafe(async move { Q::ask(account, requests).await });
                let results = call.catch_unwind().await.unwrap_or_else(|_| {
                    let message = "the adapter panicked; report this bug to its authors";
                    vec![Err(Error::new(ErrorKind::Internal, account.id(), message)); count]
                });
                Call {
                    lane: place,
                    keys,
                    results,
                }
            }));
        }
    }

    /// Reports one result to everyone who asked for it.
    fn report(&mut self, lane: usize, key: &Arc<Q::Key>, result: Result<Q::Response, Error>) {
        let set = self.set;
        let Some(own) = self.lanes.get_mut(lane) else {
            return;
        };
        let mut questions = own.finish(key);
        let last = questions.pop();
        for (place, question) in questions {
            let report = question.report(place, set.account(lane), result.clone());
            self.hand_out(place, report);
        }
        if let Some((place, question)) = last {
            let report = question.report(place, set.account(lane), result);
            self.hand_out(place, report);
        }
    }

    fn hand_out(&mut self, place: Place, report: Q::Report) {
        if let Some(input) = self.inputs.get_mut(place.input) {
            let ready = &mut self.ready;
            input.hand_out(place.index, report, |report| ready.push_back(report));
        }
    }
}
