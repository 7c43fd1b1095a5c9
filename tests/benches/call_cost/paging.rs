//! Memory while a stream of pages runs over a million items, at every provider with lists of parcels.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use bytes::Bytes;
use exporto_sdk::SearchShipmentsQuery;
use http::{Method, Request, Response};
use ship24_sdk::ListTrackersQuery;
use tokio::runtime;
use tracking_core::kit::BoxFuture;
use tracking_http::{ConfigureClient as _, Pages, SendLimits, Transport, TransportError};

use crate::table::Table;
use crate::{memory, response};

const FEW: u64 = 10_000;
const MANY: u64 = 1_000_000;

/// A list that has pages.
#[derive(Clone, Copy, Debug)]
struct List {
    provider: &'static str,
    page_size: u64,
    /// The number of the first page.
    first_page: u64,
    /// The page with these items, of so many in all; the last is the number of the next page.
    body: fn(Range<u64>, u64, u64) -> String,
    read: fn(Arc<Server>) -> BoxFuture<'static, Result<u64>>,
}

const LISTS: [List; 4] = [
    List {
        provider: "exporto",
        page_size: 500,
        first_page: 0,
        body: |items, _, _| response::exporto_shipments(items),
        read: |server| {
            Box::pin(async move {
                let client = exporto_sdk::Client::builder("shop", "not-a-password")
                    .without_rate_limits()
                    .with_transport(Arc::clone(&server) as Arc<dyn Transport>)
                    .build()?;
                let query = SearchShipmentsQuery::new().processed_at("2026-10-05T00:00:00Z");
                let pages = client.search_shipments_pages(&query.page_size(500));
                server.count(pages).await
            })
        },
    },
    List {
        provider: "ship24",
        page_size: 500,
        first_page: 1,
        body: |items, _, _| response::trackers(items),
        read: |server| {
            Box::pin(async move {
                let client = ship24_sdk::Client::builder("apik_not_a_key")
                    .without_rate_limits()
                    .with_transport(Arc::clone(&server) as Arc<dyn Transport>)
                    .build()?;
                let query = ListTrackersQuery::new().limit(500);
                server.count(client.list_trackers_pages(&query)).await
            })
        },
    },
    List {
        provider: "trackingmore",
        page_size: 500,
        first_page: 1,
        body: |items, all, _| response::trackingmore_trackings(items, all),
        read: |server| {
            Box::pin(async move {
                let client = trackingmore_sdk::Client::builder("not-a-key-0123456789")
                    .without_rate_limits()
                    .with_transport(Arc::clone(&server) as Arc<dyn Transport>)
                    .build()?;
                let query = trackingmore_sdk::ListTrackingsQuery::new().limit(500);
                server.count(client.list_trackings_pages(&query)).await
            })
        },
    },
    List {
        provider: "oneconcepts",
        page_size: 200,
        first_page: 1,
        body: response::oneconcepts_trackings,
        read: |server| {
            Box::pin(async move {
                let client = oneconcepts_sdk::Client::builder("shop@example.com", "not-a-password")
                    .without_rate_limits()
                    .with_transport(Arc::clone(&server) as Arc<dyn Transport>)
                    .build()?;
                let query = oneconcepts_sdk::ListTrackingsQuery::new().items_per_page(200);
                server.count(client.list_trackings_pages(&query)).await
            })
        },
    },
];

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    for list in LISTS {
        // The first run pays for what is set up once in a process.
        peak_of(list, FEW)?;
        let few = peak_of(list, FEW)?;
        let many = peak_of(list, MANY)?;
        let title = format!("paging, peak kB, 10^4 and 10^6 items, {}", list.provider);
        table.peaks(&title, few, many);
    }
    Ok(())
}

/// Reads this many items and returns the most bytes that were in use beyond those before.
fn peak_of(list: List, items: u64) -> Result<f64> {
    let before = memory::live_bytes();
    let server = Arc::new(Server {
        list,
        items,
        peak: AtomicUsize::new(0),
    });
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let count = runtime.block_on((list.read)(Arc::clone(&server)))?;
    ensure!(
        count == items,
        "{count} of {items} items were listed at {}",
        list.provider
    );
    Ok(server.peak.load(Ordering::Relaxed).saturating_sub(before) as f64)
}

/// Makes up the page that a request asks for.
#[derive(Debug)]
struct Server {
    list: List,
    items: u64,
    peak: AtomicUsize,
}

impl Server {
    async fn count<T, C>(&self, pages: Pages<'static, T, C>) -> Result<u64>
    where
        C: Clone + PartialEq,
    {
        let mut items = pages.items();
        let mut count = 0;
        while let Some(item) = items.next().await {
            item?;
            count += 1;
            // The first item of a page is handed out while the whole page is in memory.
            if count % self.list.page_size == 1 {
                self.note_memory();
            }
        }
        Ok(count)
    }

    fn note_memory(&self) {
        self.peak.fetch_max(memory::live_bytes(), Ordering::Relaxed);
    }

    fn body(&self, page: u64) -> String {
        let List {
            page_size,
            first_page,
            body,
            ..
        } = self.list;
        let first = page.saturating_sub(first_page) * page_size;
        let end = (first + page_size).min(self.items);
        body(first.min(end)..end, self.items, page + 1)
    }
}

impl Transport for Server {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let body = if request.method() == Method::POST {
                response::token()
            } else {
                let query = request.uri().query().unwrap_or_default();
                self.body(page_of(query).unwrap_or(self.list.first_page))
            };
            self.note_memory();
            Ok(Response::new(Bytes::from(body)))
        })
    }
}

fn page_of(query: &str) -> Option<u64> {
    let mut pairs = query.split('&');
    let number = pairs.find_map(|pair| pair.strip_prefix("page="))?;
    number.parse().ok()
}
