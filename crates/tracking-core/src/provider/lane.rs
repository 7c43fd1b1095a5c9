//! What waits and what is under way for one account.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::question::{Place, Question};
use super::refusals::Refusals;

/// The questions of one account.
pub(super) struct Lane<Q: Question> {
    /// What is not asked yet, oldest first.
    waiting: VecDeque<Arc<Q::Key>>,
    /// Whose questions they are: of those that wait, and of those under way.
    open: HashMap<Arc<Q::Key>, Vec<(Place, Q)>>,
    /// How many questions share the call of another one.
    joined: usize,
    /// How many questions fit into one call.
    pub(super) batch_size: usize,
    /// How many calls are under way.
    pub(super) running: usize,
    pub(super) refusals: Refusals,
}

impl<Q: Question> Lane<Q> {
    pub(super) fn new(batch_size: usize) -> Self {
        Self {
            batch_size,
            waiting: VecDeque::new(),
            open: HashMap::new(),
            joined: 0,
            running: 0,
            refusals: Refusals::default(),
        }
    }

    /// Adds a question; an equal one is asked once.
    pub(super) fn add(&mut self, place: Place, question: Q) {
        match self.open.entry(Arc::new(question.key())) {
            Entry::Occupied(mut equal) => {
                equal.get_mut().push((place, question));
                self.joined += 1;
            }
            Entry::Vacant(first) => {
                self.waiting.push_back(Arc::clone(first.key()));
                first.insert(vec![(place, question)]);
            }
        }
    }

    /// The questions that are being asked, equal ones once.
    pub(super) fn under_way(&self) -> impl Iterator<Item = &Q> {
        let waiting: HashSet<&Arc<Q::Key>> = self.waiting.iter().collect();
        let asked = self.open.iter();
        let asked = asked.filter(move |(key, _)| !waiting.contains(key));
        asked.filter_map(|(_, questions)| Some(&questions.first()?.1))
    }

    /// How many calls wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many questions are held beside those under way.
    pub(super) fn held(&self) -> usize {
        self.waiting.len() + self.joined
    }

    /// Takes everything that waits.
    pub(super) fn take_all(&mut self) -> VecDeque<Arc<Q::Key>> {
        std::mem::take(&mut self.waiting)
    }

    /// Takes what to ask in one call.
    pub(super) fn take_batch(&mut self) -> (Vec<Arc<Q::Key>>, Vec<Q::Request>) {
        let size = self.batch_size.min(self.waiting.len());
        let keys: Vec<Arc<Q::Key>> = self.waiting.drain(..size).collect();
        let first = |key| self.open.get(key)?.first();
        let requests = keys.iter().filter_map(first);
        let requests = requests.map(|(_, question)| question.request()).collect();
        (keys, requests)
    }

    /// Takes the questions that have a result now.
    pub(super) fn finish(&mut self, key: &Arc<Q::Key>) -> Vec<(Place, Q)> {
        let questions = self.open.remove(key).unwrap_or_default();
        self.joined -= questions.len().saturating_sub(1);
        questions
    }
}
