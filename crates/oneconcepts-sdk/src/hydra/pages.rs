//! Lists from page to page, along `hydra:next`.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use http::Method;
use tracking_http::{BoxFuture, Error, Page, Pages, Response, paginate};

use super::collection::{Collection, MEMBER_KEYS, read};
use crate::{Client, Iri};

/// The most that the provider asks a page to hold.
pub(crate) const MAX_PAGE_SIZE: i64 = 200;

/// How the first page is requested, and which pages are believed.
pub(crate) struct Paging<T: Collection> {
    pub(crate) first: Box<First<T>>,
    pub(crate) check: Box<Check<T>>,
    /// Why nothing may be requested at all.
    pub(crate) refusal: Option<Error>,
}

type First<T> = dyn Fn(Client) -> BoxFuture<'static, Result<Response<T>, Error>> + Send + Sync;
type Check<T> = dyn Fn(&T) -> Result<(), Error> + Send + Sync;

impl<T: Collection> Paging<T> {
    pub(crate) fn new(
        first: impl Fn(Client) -> BoxFuture<'static, Result<Response<T>, Error>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            first: Box::new(first),
            check: Box::new(|_| Ok(())),
            refusal: None,
        }
    }

    pub(crate) fn refused_by(mut self, refusal: Option<Error>) -> Self {
        self.refusal = refusal;
        self
    }

    pub(crate) fn checked_by(
        mut self,
        check: impl Fn(&T) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Self {
        self.check = Box::new(check);
        self
    }
}

/// Makes a stream of pages. The cursor is the address of a page, or nothing for the first one.
pub(crate) fn pages<T: Collection>(
    client: &Client,
    start: Option<Iri>,
    paging: Paging<T>,
) -> Pages<'static, T::Item, Option<Iri>> {
    let client = client.clone();
    let paging = Arc::new(paging);
    let last_page: Arc<Mutex<HashSet<Iri>>> = Arc::default();
    paginate(start, move |cursor| {
        let client = client.clone();
        let paging = Arc::clone(&paging);
        let last_page = Arc::clone(&last_page);
        async move {
            if let Some(refusal) = &paging.refusal {
                return Err(refusal.clone());
            }
            let response = match &cursor {
                Some(address) => page_at::<T>(&client, address).await?,
                None => (paging.first)(client).await?,
            };
            let list = response.try_map(|list| (paging.check)(&list).map(|()| list))?;
            let (list, response) = list.into_parts();
            // One release of the framework links to a next page even past the end.
            let next = list.next().filter(|_| !list.members().is_empty());
            let page = Page::new(list.into_members(), cursor, next.map(Some));
            let mut page = page.with_response(&response, &MEMBER_KEYS, T::iri_of);
            let mut last_page = last_page.lock().unwrap_or_else(PoisonError::into_inner);
            drop_repeats::<T>(&mut page.items, &mut last_page);
            Ok(page)
        }
    })
}

/// Records that arrive while pages are read push others from the end of one page to the start of the
/// next, where they are dropped.
fn drop_repeats<T: Collection>(items: &mut Vec<T::Item>, last_page: &mut HashSet<Iri>) {
    let this_page = items
        .iter()
        .filter_map(|item| T::iri_of(item).cloned())
        .collect();
    items.retain(|item| T::iri_of(item).is_none_or(|iri| !last_page.contains(iri)));
    *last_page = this_page;
}

/// Reads the page at an address that the provider gave.
pub(crate) async fn page_at<T: Collection>(
    client: &Client,
    address: &Iri,
) -> Result<Response<T>, Error> {
    let http = &client.http;
    let path = address.on_host_of(http.base_url()).map_err(|error| {
        let fault = error.message().unwrap_or_default();
        Error::decode(
            "hydra:view.hydra:next",
            format!("the link to the next page {fault}"),
        )
    });
    let call = http.follow(Method::GET, path.as_deref().unwrap_or("/"));
    read(call.operation(T::OPERATION).check(path.map(drop))).await
}
