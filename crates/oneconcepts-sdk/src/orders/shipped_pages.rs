//! Pages of shipped orders.

use tracking_http::json::partial::Partial;
use tracking_http::{Error, Page, Pages, paginate};

use crate::hydra::{MAX_PAGE_SIZE, page_at};
use crate::partial::{PartialPage, read_page};
use crate::{Client, Iri, ListOrdersQuery, Order, OrderCollection, OrderStatus};

/// Reads the shipped orders from a page on; `None` is the first one.
pub(crate) fn shipped_pages(
    client: &Client,
    page: Option<Iri>,
) -> Pages<'static, Partial<Order>, Option<Iri>> {
    let client = client.clone();
    paginate(page, move |cursor| {
        let client = client.clone();
        async move {
            let PartialPage { list, next, .. } = shipped_page(&client, cursor.as_ref()).await?;
            let mut records = list.elements;
            // What is no order is handed out with its problem all the same: it may have been one.
            records.extend(list.problems.into_iter().map(|problem| {
                let raw = problem.raw.clone().unwrap_or_default();
                let mut order = Partial::whole(Order::default(), raw, problem.path.clone());
                order.problems.push(problem);
                order
            }));
            let page = Page::new(records, cursor, next.map(Some));
            // An order that cannot be read has no address, and is still one of its page.
            Ok(page.identified_by(|read| {
                let iri = read.value.iri.as_ref().map(Iri::as_str);
                iri.or(Some(read.raw.get()))
            }))
        }
    })
}

async fn shipped_page(client: &Client, page: Option<&Iri>) -> Result<PartialPage<Order>, Error> {
    let query = ListOrdersQuery::new()
        .status(OrderStatus::Shipped)
        .items_per_page(MAX_PAGE_SIZE);
    read_page(match page {
        Some(address) => page_at::<OrderCollection>(client, address).await,
        // Orders of another status are left out later, so it does no harm when the filter is ignored.
        None => client.unchecked_orders(&query, &[]).await,
    })
}
