//! Pages of shipped orders.

use tracking_http::{Error, Page, Pages, paginate};

use crate::hydra::page_at;
use crate::partial::{ReadOrder, ReadOrders, read_orders};
use crate::{Client, Iri, ListOrdersQuery, OrderCollection, OrderStatus};

/// The most that the provider asks a page to hold.
const PAGE_SIZE: i64 = 200;

/// Reads the shipped orders from a page on; `None` is the first one.
pub(crate) fn shipped_pages(
    client: &Client,
    page: Option<Iri>,
) -> Pages<'static, ReadOrder, Option<Iri>> {
    let client = client.clone();
    paginate(page, move |cursor| {
        let client = client.clone();
        async move {
            let ReadOrders { orders, next, .. } = read_page(&client, cursor.as_ref()).await?;
            let page = Page::new(orders, cursor, next.map(Some));
            Ok(page.identified_by(|read| read.order.iri.as_ref()))
        }
    })
}

async fn read_page(client: &Client, page: Option<&Iri>) -> Result<ReadOrders, Error> {
    let query = ListOrdersQuery::new()
        .status(OrderStatus::Shipped)
        .items_per_page(PAGE_SIZE);
    read_orders(match page {
        Some(address) => page_at::<OrderCollection>(client, address).await,
        // Orders of another status are left out later, so it does no harm when the filter is ignored.
        None => client.unchecked_orders(&query, &[]).await,
    })
}
