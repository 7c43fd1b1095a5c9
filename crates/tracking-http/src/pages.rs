//! Lists that come in pages, as streams of pages or of items.

use std::fmt;
use std::future::poll_fn;
use std::hash::Hash;
use std::mem;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use tracking_core::kit::{BoxFuture, Repeat, RepeatGuard, fingerprint};
use tracking_core::{ErrorKind, Problem};

use crate::error::Error;
use crate::response::Response;

/// One page of a list.
///
/// When to stop is the provider's rule, so it is decided where the page is made: a page without
/// [`next`](Self::next) is the last one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T, C> {
    /// The items, in the provider's order.
    pub items: Vec<T>,
    /// The cursor with which this page was fetched.
    pub cursor: C,
    /// The cursor of the next page, or `None` on the last one.
    pub next: Option<C>,
    /// What of the page did not fit and is in none of the items.
    pub problems: Vec<Problem>,
    /// The provider and the operation, for the errors that the problems become in a stream of items.
    source: (&'static str, &'static str),
    fingerprint: Option<u64>,
}

impl<T, C> Page<T, C> {
    /// Creates a page.
    #[must_use]
    pub fn new(items: Vec<T>, cursor: C, next: Option<C>) -> Self {
        Self {
            items,
            cursor,
            next,
            problems: Vec::new(),
            source: ("", ""),
            fingerprint: None,
        }
    }

    /// Takes over from the response what the loop over pages needs: what of it did not fit, and what
    /// distinguishes this page from the others.
    ///
    /// A stream of [items](Pages::items) returns each problem as a decode error behind the items of the page,
    /// and goes on. A page that was there before ends the stream with an error. Pages are compared by
    /// `identity` or, where an item has none or did not fit, by the JSON of the list's elements. `lists` are
    /// the paths of keys at which the response may have the list; the first with elements counts.
    #[must_use]
    pub fn with_response<R, K>(
        mut self,
        response: &Response<R>,
        lists: &[&[&str]],
        identity: impl Fn(&T) -> Option<&K>,
    ) -> Self
    where
        K: Hash + ?Sized,
    {
        self.problems = response.problems().to_vec();
        self.source = response.source();
        let page = self.identified_by(identity);
        if page.fingerprint.is_some() && page.problems.is_empty() {
            return page;
        }
        Self {
            fingerprint: response.fingerprint_of_elements(lists),
            ..page
        }
    }

    /// Names what identifies an item, so that a provider that ignores the cursor and sends the same
    /// page again is found out. A page with an item without identity is not compared; where there is a
    /// response, [`with_response`](Self::with_response) compares such a page too.
    ///
    /// ```
    /// use tracking_http::Page;
    ///
    /// struct Parcel {
    ///     id: Option<String>,
    /// }
    ///
    /// let parcels = vec![Parcel { id: Some("p-1".to_owned()) }];
    /// let page = Page::new(parcels, 1, None).identified_by(|parcel| parcel.id.as_ref());
    /// # let _ = page;
    /// ```
    #[must_use]
    pub fn identified_by<K>(mut self, identity: impl Fn(&T) -> Option<&K>) -> Self
    where
        K: Hash + ?Sized,
    {
        self.fingerprint = fingerprint(self.items.iter().map(identity));
        self
    }
}

type Fetch<'a, T, C> = dyn FnMut(C) -> BoxFuture<'a, Result<Page<T, C>, Error>> + Send + 'a;

/// Makes a stream of pages from a function that fetches the page at a cursor.
///
/// Pages are fetched one after the other, each when it is requested. To resume an earlier run, pass
/// the cursor that it ended at as `first`.
///
/// ```
/// use tracking_http::{Error, Page, paginate};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let mut items = paginate(1, |page| async move {
///     let (items, next) = if page < 3 { (vec![page, page], Some(page + 1)) } else { (vec![], None) };
///     Ok(Page::new(items, page, next))
/// })
/// .items();
///
/// let mut sum = 0;
/// while let Some(item) = items.next().await {
///     sum += item?;
/// }
/// assert_eq!(sum, 6);
/// # Ok(())
/// # }
/// ```
pub fn paginate<'a, T, C, F, Fut>(first: C, mut fetch: F) -> Pages<'a, T, C>
where
    F: FnMut(C) -> Fut + Send + 'a,
    Fut: Future<Output = Result<Page<T, C>, Error>> + Send + 'a,
{
    Pages {
        fetch: Box::new(move |cursor| Box::pin(fetch(cursor))),
        cursor: first,
        guard: RepeatGuard::default(),
        state: State::Ready,
    }
}

/// A stream of pages; made by [`paginate`].
///
/// It ends after the last page or after an error. An error with kind `Decode` names a provider that
/// goes round in circles: a next cursor that was there before, or a page with the same items as the
/// one before it.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<'a, T, C> {
    fetch: Box<Fetch<'a, T, C>>,
    cursor: C,
    guard: RepeatGuard<C>,
    state: State<'a, T, C>,
}

enum State<'a, T, C> {
    Ready,
    Fetching(BoxFuture<'a, Result<Page<T, C>, Error>>),
    /// The last page was good, but there is no way on from it.
    Stuck(Error),
    Ended,
}

impl<'a, T, C> Pages<'a, T, C> {
    /// Turns the stream into one of the items themselves.
    pub fn items(self) -> Items<'a, T, C> {
        Items {
            pages: self,
            current: Vec::new().into_iter(),
            problems: Vec::new().into_iter(),
            source: ("", ""),
            resume_at: None,
        }
    }

    /// Returns the cursor to resume with: that of the page that comes next or, when the stream has
    /// ended, of the last page or of the page that failed.
    pub fn resume_at(&self) -> &C {
        &self.cursor
    }
}

impl<T, C: Clone + PartialEq> Pages<'_, T, C> {
    /// Fetches the next page; `None` after the last one.
    ///
    /// The same as the method of that name in `StreamExt`, for callers that do without it.
    pub async fn next(&mut self) -> Option<Result<Page<T, C>, Error>> {
        poll_fn(|context| pin!(&mut *self).poll_next(context)).await
    }

    fn advance(&mut self, page: &Page<T, C>) -> Result<(), Error> {
        let next = page.next.as_ref();
        match self.guard.check(&self.cursor, next, page.fingerprint) {
            Err(repeat @ Repeat::Cursor) => {
                // The items of this page are new, so they are handed out before the error.
                self.state = State::Stuck(repeated(repeat));
            }
            Err(repeat) => return Err(repeated(repeat)),
            Ok(()) => {
                if let Some(next) = next {
                    self.cursor.clone_from(next);
                    self.state = State::Ready;
                }
            }
        }
        Ok(())
    }
}

fn repeated(repeat: Repeat) -> Error {
    Error::new(ErrorKind::Decode, repeat.to_string())
}

// Nothing in it is pinned in place: futures are boxed.
impl<T, C> Unpin for Pages<'_, T, C> {}

impl<T, C: Clone + PartialEq> Stream for Pages<'_, T, C> {
    type Item = Result<Page<T, C>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let mut future = match mem::replace(&mut this.state, State::Ended) {
            State::Ready => (this.fetch)(this.cursor.clone()),
            State::Fetching(future) => future,
            State::Stuck(error) => return Poll::Ready(Some(Err(error))),
            State::Ended => return Poll::Ready(None),
        };
        let Poll::Ready(outcome) = future.as_mut().poll(context) else {
            this.state = State::Fetching(future);
            return Poll::Pending;
        };
        Poll::Ready(Some(
            outcome.and_then(|page| this.advance(&page).map(|()| page)),
        ))
    }
}

impl<T, C: fmt::Debug> fmt::Debug for Pages<'_, T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("resume_at", &self.cursor)
            .finish_non_exhaustive()
    }
}

/// A stream of the items of all pages; made by [`Pages::items`].
///
/// One page is held at a time, so memory does not grow with the list. An element that could not be read is
/// a decode error with its JSON path, behind the items of its page; the stream goes on after it.
#[must_use = "streams do nothing unless polled"]
pub struct Items<'a, T, C> {
    pages: Pages<'a, T, C>,
    current: vec::IntoIter<T>,
    problems: vec::IntoIter<Problem>,
    source: (&'static str, &'static str),
    resume_at: Option<C>,
}

impl<T, C> Items<'_, T, C> {
    /// Returns the cursor to resume with: that of the page which the next item comes from. Items of
    /// that page which were already seen come again.
    pub fn resume_at(&self) -> &C {
        self.resume_at
            .as_ref()
            .filter(|_| !self.current.as_slice().is_empty() || !self.problems.as_slice().is_empty())
            .unwrap_or(self.pages.resume_at())
    }
}

impl<T, C: Clone + PartialEq> Items<'_, T, C> {
    /// Returns the next item, fetching a page when needed; `None` after the last one.
    ///
    /// The same as the method of that name in `StreamExt`, for callers that do without it.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| pin!(&mut *self).poll_next(context)).await
    }
}

impl<T, C> Unpin for Items<'_, T, C> {}

impl<T, C: Clone + PartialEq> Stream for Items<'_, T, C> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.current.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if let Some(problem) = this.problems.next() {
                let error = Error::decode(problem.path, problem.message);
                let (provider, operation) = this.source;
                return Poll::Ready(Some(Err(error.in_call(provider, operation))));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    this.current = page.items.into_iter();
                    this.problems = page.problems.into_iter();
                    this.source = page.source;
                    this.resume_at = Some(page.cursor);
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.current.len(), None)
    }
}

impl<T, C: fmt::Debug> fmt::Debug for Items<'_, T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("resume_at", self.resume_at())
            .finish_non_exhaustive()
    }
}
