//! The documented procedure: shipped orders, their trackings, and `complete` once you have them.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::stream::{self, Stream};
use tracking_core::Problem;
use tracking_http::json::partial::Partial;
use tracking_http::{Error, Pages, Response};

use super::shipped_pages::shipped_pages;
use super::trackings::{LinkedTracking, read_linked};
use crate::{Client, Iri, Order, OrderRef, OrderStatus, Tracking};

/// The orders whose status is `shipped`, each with its trackings.
///
/// Nothing is completed by reading, dropping or cancelling: only [`ShippedOrder::complete`] sets an
/// order to `complete`, after which 1concepts leaves it out of the list. So the provider itself
/// remembers what was accepted, and a run that broke off is resumed by starting a new one: orders
/// that were not accepted come again.
///
/// Orders that you complete leave the list while it is being read, so that the rest moves to earlier
/// pages. At its end the list is then read again from its start, until nothing was completed meanwhile;
/// each order is handed out once in a run, for which the addresses of the run's orders are kept in
/// memory.
///
/// After an error the stream ends. [`resume`](Self::resume) goes on at the order or page that failed,
/// [`skip_order`](Self::skip_order) behind it.
///
/// ```no_run
/// # async fn store(trackings: &[oneconcepts_sdk::Tracking]) {}
/// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
/// let mut orders = client.shipped_orders();
/// while let Some(order) = orders.next().await {
///     let order = order?;
///     store(&order.trackings).await;
///     if order.is_complete() {
///         order.complete().await?;
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "nothing is read until `next` is called"]
pub struct ShippedOrders {
    client: Client,
    pages: Pages<'static, Partial<Order>, Option<Iri>>,
    waiting: VecDeque<Partial<Order>>,
    handed_out: HashSet<String>,
    /// Counts the starts and ends of updates, also of those that are still on their way.
    updates: Arc<AtomicU64>,
    updates_before_pass: u64,
    is_first_pass: bool,
    state: State,
    has_failed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Reading,
    /// The last page of a pass was read.
    AtEnd,
    Ended,
}

impl ShippedOrders {
    pub(crate) fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
            pages: shipped_pages(client, None),
            waiting: VecDeque::new(),
            handed_out: HashSet::new(),
            updates: Arc::default(),
            updates_before_pass: 0,
            is_first_pass: true,
            state: State::Reading,
            has_failed: false,
        }
    }

    /// Returns the next order with its trackings; `None` at the end and after an error.
    ///
    /// An order of which a part or a tracking cannot be read is handed out with the
    /// [problem](ShippedOrder::problems); an error that would hit every order is returned.
    pub async fn next(&mut self) -> Option<Result<ShippedOrder, Error>> {
        if self.has_failed {
            return None;
        }
        loop {
            // The order stays in line until it is handed out, so that a cancelled call loses none.
            if let Some(read) = self.waiting.front() {
                if self.is_new(&read.value) {
                    let linked = match read_linked(&self.client, &read.value).await {
                        Ok(linked) => linked,
                        Err(error) => return Some(Err(self.fail(error))),
                    };
                    let read = self.take_next()?;
                    return Some(Ok(self.shipped(read, linked)));
                }
                self.waiting.pop_front();
                continue;
            }
            match self.state {
                State::Reading => {}
                State::AtEnd => self.read_again_or_end(),
                State::Ended => return None,
            }
            if self.state == State::Reading
                && let Err(error) = self.read_page().await
            {
                return Some(Err(self.fail(error)));
            }
        }
    }

    /// Goes on after an error, at the order or page that failed.
    pub const fn resume(&mut self) {
        self.has_failed = false;
    }

    /// Goes on after an error without the order that failed, which comes again with the next run. After
    /// a page that failed it is the same as [`resume`](Self::resume).
    pub fn skip_order(&mut self) {
        if self.has_failed {
            self.take_next();
        }
        self.resume();
    }

    /// Turns this into a [`Stream`], which ends with the first error.
    pub fn into_stream(self) -> impl Stream<Item = Result<ShippedOrder, Error>> + Send {
        stream::unfold(self, |mut orders| async move {
            let item = orders.next().await?;
            Some((item, orders))
        })
    }

    /// Takes the next order out of the line, so that it does not come again.
    fn take_next(&mut self) -> Option<Partial<Order>> {
        let read = self.waiting.pop_front()?;
        self.handed_out.extend(key(&read.value));
        Some(read)
    }

    /// Starts from the first page again when an update may have moved orders to pages that had been
    /// read before.
    fn read_again_or_end(&mut self) {
        let updates = self.updates.load(Ordering::SeqCst);
        if updates == self.updates_before_pass {
            self.state = State::Ended;
            return;
        }
        self.pages = shipped_pages(&self.client, None);
        self.updates_before_pass = updates;
        self.is_first_pass = false;
        self.state = State::Reading;
    }

    async fn read_page(&mut self) -> Result<(), Error> {
        match self.pages.next().await {
            Some(Ok(page)) => {
                if page.next.is_none() {
                    self.state = State::AtEnd;
                }
                self.waiting.extend(page.items);
                Ok(())
            }
            Some(Err(error)) => {
                // A stream of pages ends with its first error; the next one begins there.
                let page = self.pages.resume_at().clone();
                self.pages = shipped_pages(&self.client, page);
                Err(error)
            }
            None => {
                self.state = State::AtEnd;
                Ok(())
            }
        }
    }

    fn shipped(&self, read: Partial<Order>, linked: Vec<LinkedTracking>) -> ShippedOrder {
        let Partial {
            value: order,
            mut problems,
            ..
        } = read;
        let mut trackings = Vec::new();
        for linked in linked {
            match linked {
                LinkedTracking::Read(read) => {
                    trackings.push(read.value);
                    problems.extend(read.problems);
                }
                LinkedTracking::Unread { problem, .. } => problems.push(problem),
            }
        }
        ShippedOrder {
            order,
            trackings,
            problems,
            client: self.client.clone(),
            updates: Arc::clone(&self.updates),
        }
    }

    fn fail(&mut self, error: Error) -> Error {
        self.has_failed = true;
        error
    }

    /// Returns true if an order is to be handed out. A server that ignores the filter sends orders of every
    /// status; one without an identity could not be recognised when it comes again.
    fn is_new(&self, order: &Order) -> bool {
        let is_shipped = order
            .status
            .as_ref()
            .is_none_or(|status| *status == OrderStatus::Shipped);
        let is_new = match key(order) {
            Some(key) => !self.handed_out.contains(&key),
            None => self.is_first_pass,
        };
        is_shipped && is_new
    }
}

/// What distinguishes one order from another.
fn key(order: &Order) -> Option<String> {
    let iri = order.iri.as_ref().map(ToString::to_string);
    iri.or_else(|| order.id.as_ref().map(ToString::to_string))
        .or_else(|| order.external_order_number.clone())
}

/// A shipped order with its trackings.
///
/// Dropping it changes nothing at 1concepts: the order stays `shipped`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ShippedOrder {
    /// The order.
    pub order: Order,
    /// Its trackings, as far as they could be read. Empty when it links to none yet.
    pub trackings: Vec<Tracking>,
    /// Parts of the order, and trackings, that could not be read.
    pub problems: Vec<Problem>,
    client: Client,
    updates: Arc<AtomicU64>,
}

impl ShippedOrder {
    /// Returns true if the order has trackings and all of them were read, so that
    /// [`complete`](Self::complete) would be sent.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.trackings.is_empty() && self.problems.is_empty()
    }

    /// Accepts the trackings: sets the order to `complete`, so that it does not come again. Call it
    /// when they are stored.
    ///
    /// After an error the order may or may not be complete; calling it again does no harm as far as
    /// known. The form of the request is assumed: see [`Client::update_order_status`].
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an order without
    /// trackings or with problems: it would not come again, and what is missing would never be
    /// fetched. Else as [`Client::update_order_status`].
    pub async fn complete(&self) -> Result<Response<Option<Order>>, Error> {
        if !self.is_complete() {
            let reason = if self.trackings.is_empty() {
                "has no trackings yet; completed now, they would never come. \
                 `complete_anyway` does it nevertheless"
            } else {
                "has trackings that could not be read; see `problems`. \
                 `complete_anyway` does it nevertheless"
            };
            return Err(Error::invalid_request("order", reason).with_provider(crate::error::NAME));
        }
        self.complete_anyway().await
    }

    /// Sets the order to `complete` although trackings are missing or could not be read.
    ///
    /// # Errors
    ///
    /// As [`Client::update_order_status`].
    pub async fn complete_anyway(&self) -> Result<Response<Option<Order>>, Error> {
        // Counted before and after, because the list may be read while the update is on its way; also
        // when this call is cancelled.
        let _counted = Counted::start(&self.updates);
        let order = OrderRef::from(&self.order);
        self.client
            .update_order_status(order, OrderStatus::Complete)
            .await
    }
}

/// Counts the start of an update and, when dropped, its end.
struct Counted<'a>(&'a AtomicU64);

impl<'a> Counted<'a> {
    fn start(updates: &'a AtomicU64) -> Self {
        updates.fetch_add(1, Ordering::SeqCst);
        Self(updates)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}
