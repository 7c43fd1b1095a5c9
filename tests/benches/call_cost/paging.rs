//! Memory while a stream of pages runs over a million trackers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use bytes::Bytes;
use http::{Request, Response};
use ship24_sdk::tracking_core::kit::BoxFuture;
use ship24_sdk::tracking_http::{SendLimits, Transport, TransportError};
use ship24_sdk::{Client, ConfigureClient as _, ListTrackersQuery};
use tokio::runtime;

use crate::table::Table;
use crate::{memory, response};

const PAGE: u64 = 500;
const FEW: u64 = 10_000;
const MANY: u64 = 1_000_000;

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    // The first run pays for what is set up once in a process.
    peak_of(FEW)?;
    let few = peak_of(FEW)?;
    let many = peak_of(MANY)?;
    table.peaks("paging, peak kB at 10,000 and 1,000,000 items", few, many);
    Ok(())
}

/// Reads this many trackers and returns the most bytes that were in use beyond those before.
fn peak_of(items: u64) -> Result<f64> {
    let before = memory::live_bytes();
    let pages = Arc::new(Pages {
        items,
        peak: AtomicUsize::new(0),
    });
    let client = Client::builder("apik_not_a_key")
        .without_rate_limits()
        .with_transport(Arc::clone(&pages) as Arc<dyn Transport>)
        .build()?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let count = runtime.block_on(async {
        let query = ListTrackersQuery::new().limit(PAGE as i64);
        let mut trackers = client.list_trackers_pages(&query).items();
        let mut count = 0;
        while let Some(tracker) = trackers.next().await {
            tracker?;
            count += 1;
            // The first item of a page is handed out while the whole page is in memory.
            if count % PAGE == 1 {
                pages.note_memory();
            }
        }
        anyhow::Ok(count)
    })?;
    ensure!(count == items, "{count} of {items} trackers were listed");
    Ok(pages.peak.load(Ordering::Relaxed).saturating_sub(before) as f64)
}

/// Makes up the page that a request asks for.
#[derive(Debug)]
struct Pages {
    items: u64,
    peak: AtomicUsize,
}

impl Pages {
    fn note_memory(&self) {
        self.peak.fetch_max(memory::live_bytes(), Ordering::Relaxed);
    }
}

impl Transport for Pages {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let page = page_of(request.uri().query().unwrap_or_default());
            let first = (page - 1).saturating_mul(PAGE).min(self.items);
            let body = response::trackers(first..(first + PAGE).min(self.items));
            self.note_memory();
            Ok(Response::new(Bytes::from(body)))
        })
    }
}

fn page_of(query: &str) -> u64 {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("page="))
        .and_then(|number| number.parse().ok())
        .unwrap_or(1)
}
