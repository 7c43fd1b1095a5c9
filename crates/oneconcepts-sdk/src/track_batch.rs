//! Several lookups: one list finds the orders, and each tracking that they link to is read.

use std::collections::BTreeMap;

use tracking_core::kit::{Batch, read_parts};
use tracking_core::{Error, Outcome, Target, TrackRequest};
use tracking_http::json::partial::{Partial, PartialList};

use crate::hydra::MAX_PAGE_SIZE;
use crate::number::check_external_order_number;
use crate::partial::{PartialPage, read_page};
use crate::{Client, ListOrdersQuery, Order};

/// The most order numbers in one list. Assumed: 1concepts names no limit, and servers take addresses of some
/// thousand characters.
pub(crate) const MAX_BATCH: usize = 50;

/// The longest number that is sent beside others, so that the address of a list stays that short.
const MAX_BATCHED_LENGTH: usize = 60;

/// How many orders are read side by side.
const CONCURRENCY: usize = 8;

/// Orders by the number that they were found by.
type Orders = Vec<(String, Vec<Partial<Order>>)>;

impl Client {
    /// Looks up several requests, at most [`MAX_BATCH`].
    pub(crate) async fn track_several(
        &self,
        requests: Vec<TrackRequest>,
    ) -> Vec<Result<Outcome, Error>> {
        let mut batch = Batch::new(requests);
        let places = numbers(&batch);
        // One alone is no list: its own lookup is as cheap.
        if places.len() > 1 {
            let results = self.outcomes_of(places.keys().cloned().collect()).await;
            for (number, result) in results {
                for place in places.get(&number).into_iter().flatten() {
                    batch.settle(*place, result.clone());
                }
            }
        }
        batch.finish(self).await
    }

    /// What one list says about these numbers. A number about which it says nothing for certain is not among them.
    async fn outcomes_of(&self, numbers: Vec<String>) -> Vec<(String, Result<Outcome, Error>)> {
        let query = ListOrdersQuery::new().items_per_page(MAX_PAGE_SIZE);
        let page = match read_page(self.unchecked_orders(&query, &numbers).await) {
            Ok(page) => page,
            Err(error) => {
                let error = Error::from(error);
                let failed = numbers.into_iter();
                return failed.map(|number| (number, Err(error.clone()))).collect();
            }
        };
        let is_whole = page.next.is_none() && page.unfit.is_none();
        let has_unread = !page.list.problems.is_empty();
        let (orders, others) = by_number(numbers, page.list.elements);
        let (unknown, known): (Orders, Orders) = orders
            .into_iter()
            .partition(|(_, orders)| orders.is_empty());
        // What cannot be read may be another order of any of them.
        if has_unread && unknown.is_empty() {
            return Vec::new();
        }
        let mut results = Vec::new();
        if is_whole && !has_unread && others == 0 {
            let unknown = unknown.into_iter();
            results.extend(unknown.map(|(number, _)| (number, Ok(Outcome::NotFound))));
        }
        let mut names = Vec::new();
        let mut reads = Vec::new();
        for (number, orders) in known {
            names.push(number.clone());
            reads.push(async move { self.outcome_of_orders(&number, page_of(orders)).await });
        }
        results.extend(names.into_iter().zip(read_parts(reads, CONCURRENCY).await));
        results
    }
}

/// The order numbers of a batch that can be sent beside others, with the places that have each. What cannot be
/// sent is left out: its own lookup says what is wrong.
fn numbers(batch: &Batch) -> BTreeMap<String, Vec<usize>> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, request) in batch.open() {
        let Target::Reference(number) = &request.target else {
            continue;
        };
        if number.len() <= MAX_BATCHED_LENGTH && check_external_order_number(number).is_ok() {
            places.entry(number.clone()).or_default().push(place);
        }
    }
    places
}

/// The orders of each number, and how many there are of none.
fn by_number(numbers: Vec<String>, orders: Vec<Partial<Order>>) -> (Orders, usize) {
    let mut found: Orders = numbers
        .into_iter()
        .map(|number| (number, Vec::new()))
        .collect();
    let mut others = 0;
    for order in orders {
        let known = order.value.external_order_number.as_deref().map(str::trim);
        let own = found
            .iter_mut()
            .find(|(number, _)| known == Some(number.trim()));
        match own {
            Some((_, orders)) => orders.push(order),
            None => others += 1,
        }
    }
    (found, others)
}

/// The page that a list of one number would be.
fn page_of(orders: Vec<Partial<Order>>) -> PartialPage<Order> {
    let mut list = PartialList::default();
    list.elements = orders;
    PartialPage {
        list,
        next: None,
        unfit: None,
    }
}
