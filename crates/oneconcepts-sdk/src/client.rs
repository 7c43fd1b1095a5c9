//! The client: one method per operation, named as 1concepts names it.

use std::sync::Arc;

use http::Method;
use tracking_core::kit::UnmappedCounter;
use tracking_http::{Call, Error, Pages, Response, Secret, checks};

use crate::auth::Login;
use crate::builder::ClientBuilder;
use crate::generated::operations;
use crate::hydra::{Paging, Record as _, pages, read};
use crate::number::check as check_number;
use crate::orders::{OrderFilter, OrderRef, OrderUpdates, ShippedOrders, check_status};
use crate::products::{MAX_VALUES, ProductSelection};
use crate::trackings::{CreatedAt, TrackingPages};
use crate::{
    AvailabilityResponse, CategoryTreeCollection, CheckAvailability, CheckAvailabilityQuery,
    CreateOrder, Iri, ListCategoryTreeQuery, ListOrdersQuery, ListProductsQuery,
    ListTrackingsQuery, Order, OrderCollection, OrderStatus, Product, ProductCollection,
    TokenResponse, Tracking, TrackingCollection, TreeCategory,
};

/// A client of the 1concepts API.
///
/// Cheap to clone: clones share connections, the token and counters. The token is requested with the
/// first call, renewed before it ends, and requested once more when it is refused. Every call returns
/// a [`Response`] that derefs to the result and keeps status, headers and raw body beside it.
///
/// ```no_run
/// use oneconcepts_sdk::{Client, ListTrackingsQuery};
///
/// # async fn example() -> Result<(), oneconcepts_sdk::Error> {
/// let client = Client::from_env()?;
///
/// let query = ListTrackingsQuery::new().created_at_after("2026-03-01T18:00:00+01:00");
/// let mut trackings = client.list_trackings_pages(&query).items();
/// while let Some(tracking) = trackings.next().await {
///     let tracking = tracking?;
///     println!("{:?} {:?}", tracking.number(), tracking.tracking_url());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: tracking_http::Client,
    pub(crate) login: Arc<Login>,
    pub(crate) updates: OrderUpdates,
    pub(crate) tracking_pages: Arc<TrackingPages>,
    pub(crate) unmapped: Arc<UnmappedCounter>,
}

impl Client {
    /// Starts a client with the credentials of an account.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use oneconcepts_sdk::{Client, ConfigureClient as _};
    ///
    /// # fn example() -> Result<(), oneconcepts_sdk::Error> {
    /// // 1concepts documents no limit; this shop keeps one of its own.
    /// let client = Client::builder("shop@example.com", "password")
    ///     .with_rate_limit("api", 5, Duration::from_secs(1))
    ///     .build()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(email: impl Into<Secret>, password: impl Into<Secret>) -> ClientBuilder {
        ClientBuilder::new(email.into(), password.into())
    }

    /// Builds a client with the default settings.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), oneconcepts_sdk::Error> {
    /// let client = oneconcepts_sdk::Client::new("shop@example.com", "password")?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when one of the two is empty.
    pub fn new(email: impl Into<Secret>, password: impl Into<Secret>) -> Result<Self, Error> {
        Self::builder(email, password).build()
    }

    /// Builds a client from the environment.
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `ONECONCEPTS_EMAIL` | the e-mail address of the account, required |
    /// | `ONECONCEPTS_PASSWORD` | the password, required |
    /// | `ONECONCEPTS_BASE_URL` | another root of the API, with its path: `https://…/v2` |
    ///
    /// ```no_run
    /// # fn example() -> Result<(), oneconcepts_sdk::Error> {
    /// let client = oneconcepts_sdk::Client::from_env()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when a required variable is missing or
    /// empty, or the base URL is not usable.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Requests a token and returns it with what is known of the account. The client's own token
    /// stays as it is: other calls care for theirs by themselves.
    ///
    /// The account's id builds the `partner` of an order.
    ///
    /// The request limit in which it counts: [`CREATE_TOKEN`](crate::operations::CREATE_TOKEN).
    ///
    /// ```no_run
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let token = client.create_token().await?;
    /// println!("the token of partner {:?}", token.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Authentication`](crate::ErrorKind::Authentication) for wrong credentials;
    /// [`Decode`](crate::ErrorKind::Decode) when there is no token in the response, or one that has
    /// expired already.
    pub async fn create_token(&self) -> Result<Response<TokenResponse>, Error> {
        self.login
            .create_token(&self.http.without_credentials())
            .await
    }

    /// Lists trackings, one page.
    ///
    /// Nothing found is an empty page. New trackings are uploaded once a day at 18:00 German time:
    /// [`next_upload_after`](crate::next_upload_after).
    ///
    /// The request limit in which it counts: [`LIST_TRACKINGS`](crate::operations::LIST_TRACKINGS).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListTrackingsQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let query = ListTrackingsQuery::new().created_at_after("2026-02-01T18:00:00+01:00");
    /// let page = client.list_trackings(&query).await?;
    /// println!("{} of {:?}", page.members.len(), page.total_items);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a time without an
    /// offset, an empty order number, a page below 1, and a page size outside of 1 to 200;
    /// [`Decode`](crate::ErrorKind::Decode) when the response shows that a filter was ignored.
    pub async fn list_trackings(
        &self,
        query: &ListTrackingsQuery,
    ) -> Result<Response<TrackingCollection>, Error> {
        let bounds = self.checked_query(query)?;
        let call = self.http.call(&operations::LIST_TRACKINGS).query(query);
        let response = read::<TrackingCollection>(call).await?;
        response.try_map(|list| bounds.check(&list.members).map(|()| list))
    }

    /// Lists trackings as a stream, following `hydra:next` from the query's page on.
    ///
    /// The stream yields whole pages with their addresses, from which a later run can
    /// [resume](Self::list_trackings_pages_from); `items()` yields the trackings. Trackings that are
    /// pushed from one page to the next by new ones are yielded once. It ends at a page without a
    /// link to a next one, and at an empty page. A link to another host ends it with an error, and
    /// nothing is sent there.
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListTrackingsQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let query = ListTrackingsQuery::new().order_external_order_number("SHOP::1004");
    /// let mut pages = client.list_trackings_pages(&query);
    /// while let Some(page) = pages.next().await {
    ///     println!("{} trackings", page?.items.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_trackings_pages(
        &self,
        query: &ListTrackingsQuery,
    ) -> Pages<'static, Tracking, Option<Iri>> {
        self.list_trackings_pages_from(query, None)
    }

    /// Goes on with a list of trackings at a page of an earlier run: at
    /// [`Pages::resume_at`] of its stream. `query` is that of the earlier run.
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListTrackingsQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let query = ListTrackingsQuery::new();
    /// let first = client.list_trackings_pages(&query).next().await.transpose()?;
    /// // Stored, and read again by a later run.
    /// if let Some(place) = first.and_then(|page| page.next) {
    ///     let mut trackings = client.list_trackings_pages_from(&query, place).items();
    ///     while let Some(tracking) = trackings.next().await {
    ///         println!("{:?}", tracking?.tracking_id);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_trackings_pages_from(
        &self,
        query: &ListTrackingsQuery,
        page: Option<Iri>,
    ) -> Pages<'static, Tracking, Option<Iri>> {
        let bounds = self.checked_query(query);
        let query = query.clone();
        let paging = Paging::new(move |client: Self| {
            let query = query.clone();
            Box::pin(async move { client.list_trackings(&query).await })
        });
        let paging = paging.refused_by(bounds.as_ref().err().cloned());
        let bounds = bounds.unwrap_or_default();
        let paging =
            paging.checked_by(move |list: &TrackingCollection| bounds.check(&list.members));
        pages(self, page, paging)
    }

    /// Reads one tracking by its id, the number at the end of its address.
    ///
    /// Assumed: the address of a tracking can be read, as the framework offers by default.
    ///
    /// The request limit in which it counts: [`GET_TRACKING`](crate::operations::GET_TRACKING).
    ///
    /// ```no_run
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let tracking = client.get_tracking("4711").await?;
    /// println!("{:?} {:?}", tracking.courier, tracking.tracking_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty id, `.` or
    /// `..`; [`NotFound`](crate::ErrorKind::NotFound).
    pub async fn get_tracking(&self, id: impl AsRef<str>) -> Result<Response<Tracking>, Error> {
        let id = id.as_ref();
        let (min, max) = operations::ID_LENGTH.into_inner();
        let call = self.http.call(&operations::GET_TRACKING);
        let call = call.check(checks::length("id", Some(id), min, max));
        read_tracking(call.path("id", id)).await
    }

    /// Reads one tracking at its address, as an order links to it.
    ///
    /// Addresses are paths from the root of the host, not of the base URL.
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListTrackingsQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let page = client.list_trackings(&ListTrackingsQuery::new()).await?;
    /// for address in page.members.iter().filter_map(|tracking| tracking.iri.as_ref()) {
    ///     let tracking = client.follow_tracking(address).await?;
    ///     println!("{:?}", tracking.tracking_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an address on another
    /// host, which would be sent the token; [`NotFound`](crate::ErrorKind::NotFound).
    pub async fn follow_tracking(&self, address: &Iri) -> Result<Response<Tracking>, Error> {
        let path = address.on_host_of(self.http.base_url());
        let call = self
            .http
            .follow(Method::GET, path.as_deref().unwrap_or("/"));
        let call = call.operation(&operations::GET_TRACKING);
        read_tracking(call.check(path.map(drop))).await
    }

    /// Lists orders by status or by one of your order numbers, one page.
    ///
    /// The request limit in which it counts: [`LIST_ORDERS`](crate::operations::LIST_ORDERS).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::{ListOrdersQuery, OrderStatus};
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let query = ListOrdersQuery::new().status(OrderStatus::Shipped);
    /// for order in &client.list_orders(&query).await?.members {
    ///     println!("{:?}", order.external_order_number);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty order number,
    /// a page below 1, and a page size outside of 1 to 200;
    /// [`Decode`](crate::ErrorKind::Decode) when the response shows that a filter was ignored.
    pub async fn list_orders(
        &self,
        query: &ListOrdersQuery,
    ) -> Result<Response<OrderCollection>, Error> {
        let filter = OrderFilter::of(query, &[]);
        let response = self.unchecked_orders(query, &[]).await?;
        response.try_map(|list| filter.check(&list.members).map(|()| list))
    }

    /// Lists orders as a stream; see [`list_trackings_pages`](Self::list_trackings_pages).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListOrdersQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let mut orders = client.list_orders_pages(&ListOrdersQuery::new()).items();
    /// while let Some(order) = orders.next().await {
    ///     println!("{:?}", order?.external_order_number);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_orders_pages(&self, query: &ListOrdersQuery) -> Pages<'static, Order, Option<Iri>> {
        self.list_orders_pages_from(query, None)
    }

    /// Goes on with a list of orders at a page of an earlier run.
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListOrdersQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let query = ListOrdersQuery::new();
    /// let first = client.list_orders_pages(&query).next().await.transpose()?;
    /// // Stored, and read again by a later run.
    /// if let Some(place) = first.and_then(|page| page.next) {
    ///     let mut orders = client.list_orders_pages_from(&query, place).items();
    ///     while let Some(order) = orders.next().await {
    ///         println!("{:?}", order?.external_order_number);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_orders_pages_from(
        &self,
        query: &ListOrdersQuery,
        page: Option<Iri>,
    ) -> Pages<'static, Order, Option<Iri>> {
        let refusal = self.http.checked(check_orders_query(query)).err();
        pages(
            self,
            page,
            orders_paging(query, Arc::default()).refused_by(refusal),
        )
    }

    /// Lists the orders with these order numbers of yours, as a stream: one number is sent as
    /// `externalOrderNumber`, several as `externalOrderNumber[]`. The query may add a status and a
    /// page size.
    ///
    /// The first item is an error of the kind
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), before any call, for no number at all,
    /// for more than 100, for an empty one, and when the query names a number too. Orders with other
    /// numbers show that the filter was ignored, which is an error of the kind
    /// [`Decode`](crate::ErrorKind::Decode).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListOrdersQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let numbers = ["SHOP::1001", "SHOP::1002"];
    /// let mut orders = client
    ///     .list_orders_by_external_order_numbers(numbers, &ListOrdersQuery::new())
    ///     .items();
    /// while let Some(order) = orders.next().await {
    ///     println!("{:?}", order?.status);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_orders_by_external_order_numbers<T: Into<String>>(
        &self,
        numbers: impl IntoIterator<Item = T>,
        query: &ListOrdersQuery,
    ) -> Pages<'static, Order, Option<Iri>> {
        let numbers: Arc<[String]> = numbers.into_iter().map(Into::into).collect();
        let refusal = self.http.checked(check_numbers(&numbers, query)).err();
        pages(
            self,
            None,
            orders_paging(query, numbers).refused_by(refusal),
        )
    }

    /// One page of orders, whether they fit the query or not.
    pub(crate) async fn unchecked_orders(
        &self,
        query: &ListOrdersQuery,
        numbers: &[String],
    ) -> Result<Response<OrderCollection>, Error> {
        let call = self.http.call(&operations::LIST_ORDERS);
        let mut call = call.check(check_orders_query(query)).query(query);
        let name = if numbers.len() == 1 {
            "externalOrderNumber"
        } else {
            "externalOrderNumber[]"
        };
        for number in numbers {
            call = call.query_pair(name, number);
        }
        read(call).await
    }

    /// Walks through the documented procedure: the orders whose status is `shipped`, each with its
    /// trackings, which you then [accept](crate::ShippedOrder::complete).
    ///
    /// An order is set to `complete` by nothing but that call; one that is not accepted comes again
    /// with the next run. See [`ShippedOrders`].
    ///
    /// ```no_run
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let mut orders = client.shipped_orders();
    /// while let Some(order) = orders.next().await {
    ///     let order = order?;
    ///     // Store the trackings first: only `complete` takes the order out of the list.
    ///     println!("{} trackings", order.trackings.len());
    ///     order.complete().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn shipped_orders(&self) -> ShippedOrders {
        ShippedOrders::new(self)
    }

    /// Sets the status of an order. The documented purpose is
    /// [`Complete`](OrderStatus::Complete) after the trackings were fetched.
    ///
    /// Assumed: the form of the request, which
    /// [`with_order_update_form`](ClientBuilder::with_order_update_form) changes. Not repeated after
    /// a failure; setting the same status again does no harm as far as known. Returns the order if
    /// the response holds it.
    ///
    /// The request limit in which it counts: [`UPDATE_ORDER_STATUS`](crate::operations::UPDATE_ORDER_STATUS).
    ///
    /// By the id, the request limit in which it counts: [`UPDATE_ORDER_STATUS_BY_ID`](crate::operations::UPDATE_ORDER_STATUS_BY_ID).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::OrderStatus;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// client.update_order_status("SHOP::1001", OrderStatus::Complete).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call when the order number (or
    /// the id, in the form that needs it) is missing; [`Conflict`](crate::ErrorKind::Conflict) when
    /// the order comes back with another status, or another order comes back;
    /// [`Decode`](crate::ErrorKind::Decode) for a success without an order in it; a 404, 405 or 415
    /// names the settings to try.
    pub async fn update_order_status(
        &self,
        order: impl Into<OrderRef<'_>>,
        status: OrderStatus,
    ) -> Result<Response<Option<Order>>, Error> {
        self.updates.send(&self.http, order.into(), &status).await
    }

    /// Creates an order, as far as its form is published: see [`CreateOrder`].
    ///
    /// Never repeated by itself: what a second order with the same number does is not published.
    ///
    /// The request limit in which it counts: [`CREATE_ORDER`](crate::operations::CREATE_ORDER).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::{CreateOrder, NetCost, OrderLine};
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let line = OrderLine::new(2001, NetCost::priced_by_provider());
    /// let order = CreateOrder::new("v2/api/partners/42", "SHOP::1003")
    ///     .recipient_name("Beispiel")
    ///     .recipient_street("Musterweg 3")
    ///     .recipient_zip("50667")
    ///     .with_lines("lines", [&line]);
    /// let created = client.create_order(&order).await?;
    /// println!("{:?}", created.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty number, a
    /// `partner` with a leading slash or a key that is in `extra` once more, and from 1concepts with
    /// [`violations`](crate::violations); [`Decode`](crate::ErrorKind::Decode) for a success without an
    /// order in it: the order may have been created, so look for its number before sending it again.
    pub async fn create_order(&self, order: &CreateOrder) -> Result<Response<Order>, Error> {
        let call = self.http.call(&operations::CREATE_ORDER);
        let response: Response<Order> = call.check(order.check()).json(order).send().await?;
        response.try_map(|created| {
            if created.is_record() {
                return Ok(created);
            }
            Err(Error::decode(
                "",
                "the response has a success status and is no order",
            ))
        })
    }

    /// Lists the categories of products, one page.
    ///
    /// The request limit in which it counts: [`LIST_CATEGORY_TREE`](crate::operations::LIST_CATEGORY_TREE).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListCategoryTreeQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let categories = client.list_category_tree(&ListCategoryTreeQuery::new()).await?;
    /// println!("{:?} categories", categories.total_items);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a page below 1, and a
    /// page size outside of 1 to 200.
    pub async fn list_category_tree(
        &self,
        query: &ListCategoryTreeQuery,
    ) -> Result<Response<CategoryTreeCollection>, Error> {
        let call = self.http.call(&operations::LIST_CATEGORY_TREE);
        read(call.check(query.validate()).query(query)).await
    }

    /// Lists categories as a stream; see [`list_trackings_pages`](Self::list_trackings_pages).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::ListCategoryTreeQuery;
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let mut categories = client.list_category_tree_pages(&ListCategoryTreeQuery::new()).items();
    /// while let Some(category) = categories.next().await {
    ///     println!("{:?}", category?.code);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_category_tree_pages(
        &self,
        query: &ListCategoryTreeQuery,
    ) -> Pages<'static, TreeCategory, Option<Iri>> {
        let query = query.clone();
        let paging = Paging::new(move |client: Self| {
            let query = query.clone();
            Box::pin(async move { client.list_category_tree(&query).await })
        });
        pages(self, None, paging)
    }

    /// Lists products, one page. Their shape is not published, so most of it is in
    /// [`Product::extra`].
    ///
    /// The request limit in which it counts: [`LIST_PRODUCTS`](crate::operations::LIST_PRODUCTS).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::{ListProductsQuery, ProductSelection};
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let all = ProductSelection::all();
    /// let products = client.list_products(&all, &ListProductsQuery::new()).await?;
    /// println!("{} on the first page", products.members.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty list, more
    /// than 100 values, an article number below 1, a country code that is not two capital letters, an
    /// article number in both selection and query, a page below 1, and a page size outside of 1 to 200.
    pub async fn list_products(
        &self,
        selection: &ProductSelection,
        query: &ListProductsQuery,
    ) -> Result<Response<ProductCollection>, Error> {
        let call = self.http.call(&operations::LIST_PRODUCTS);
        let call = call.check(query.validate());
        let call = call.check(selection.check(query.sku)).query(query);
        read(selection.apply(call)).await
    }

    /// Lists products as a stream; see [`list_trackings_pages`](Self::list_trackings_pages).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::{ListProductsQuery, ProductSelection};
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let all = ProductSelection::all();
    /// let mut products = client.list_products_pages(&all, &ListProductsQuery::new()).items();
    /// while let Some(product) = products.next().await {
    ///     println!("{:?}", product?.sku);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_products_pages(
        &self,
        selection: &ProductSelection,
        query: &ListProductsQuery,
    ) -> Pages<'static, Product, Option<Iri>> {
        let (selection, query) = (selection.clone(), query.clone());
        let paging = Paging::new(move |client: Self| {
            let (selection, query) = (selection.clone(), query.clone());
            Box::pin(async move { client.list_products(&selection, &query).await })
        });
        pages(self, None, paging)
    }

    /// Returns which of these articles are no longer available:
    /// [`unavailable_skus`](AvailabilityResponse::unavailable_skus). With `checkAll` also which are new
    /// and which are in both lists.
    ///
    /// The request limit in which it counts: [`CHECK_AVAILABILITY`](crate::operations::CHECK_AVAILABILITY).
    ///
    /// ```no_run
    /// use oneconcepts_sdk::{CheckAvailability, CheckAvailabilityQuery};
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// let articles = CheckAvailability::new([2001]);
    /// let availability = client.check_availability(&articles, &CheckAvailabilityQuery::new()).await?;
    /// println!("{:?}", availability.existing);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for more than 10,000
    /// articles, and for none unless `checkAll` asks for all.
    pub async fn check_availability(
        &self,
        articles: &CheckAvailability,
        query: &CheckAvailabilityQuery,
    ) -> Result<Response<AvailabilityResponse>, Error> {
        let count = Some(articles.skus.len()).filter(|_| query.check_all != Some(true));
        let call = self.http.call(&operations::CHECK_AVAILABILITY);
        let call = call.check(articles.validate());
        let call = call.check(checks::count("skus", count, 1, usize::MAX));
        call.query(query).json(articles).send().await
    }

    /// Calls any path with this client's token, retries and error mapping: the way out for an endpoint
    /// that this version does not know.
    ///
    /// The path starts after the `/v2` of the base URL and may have a query. `GET`, `HEAD`, `PUT` and
    /// `DELETE` count as safe to repeat. No request limit is known, so such a call waits only after a 429
    /// to one like it.
    ///
    /// ```no_run
    /// use oneconcepts_sdk::tracking_http::http::Method;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Returns {
    ///     #[serde(rename = "hydra:totalItems")]
    ///     total: u64,
    /// }
    ///
    /// # async fn example(client: oneconcepts_sdk::Client) -> Result<(), oneconcepts_sdk::Error> {
    /// // Suppose that 1concepts has added a list since this version.
    /// let returns = client.request(Method::GET, "/api/returns").query_pair("itemsPerPage", "100");
    /// println!("{} returns", returns.send::<Returns>().await?.total);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        self.http.request(method, path)
    }

    /// Checks a query of trackings and reads its bounds.
    pub(crate) fn checked_query(&self, query: &ListTrackingsQuery) -> Result<CreatedAt, Error> {
        self.http.checked(check_query(query))
    }
}

/// Sends a call whose response is a tracking. An object of another kind would look like a tracking
/// without anything in it.
async fn read_tracking(call: Call<'_>) -> Result<Response<Tracking>, Error> {
    let response: Response<Tracking> = call.send().await?;
    response.try_map(|tracking| {
        if tracking.is_record() {
            return Ok(tracking);
        }
        Err(Error::decode(
            "",
            "the response has a success status and is no tracking",
        ))
    })
}

fn check_query(query: &ListTrackingsQuery) -> Result<CreatedAt, Error> {
    query.validate()?;
    if let Some(number) = &query.order_external_order_number {
        check_number("order.externalOrderNumber", number)?;
    }
    CreatedAt::of(query)
}

/// Checks a query of orders. An empty status would be ignored, and all orders come.
fn check_orders_query(query: &ListOrdersQuery) -> Result<(), Error> {
    query.validate()?;
    if let Some(number) = &query.external_order_number {
        check_number("externalOrderNumber", number)?;
    }
    match &query.status {
        Some(status) => check_status(status),
        None => Ok(()),
    }
}

/// Asks for orders by a query and the numbers beside it.
fn orders_paging(query: &ListOrdersQuery, numbers: Arc<[String]>) -> Paging<OrderCollection> {
    let filter = OrderFilter::of(query, &numbers);
    let query = query.clone();
    let paging = Paging::new(move |client: Client| {
        let (numbers, query) = (Arc::clone(&numbers), query.clone());
        Box::pin(async move { client.unchecked_orders(&query, &numbers).await })
    });
    paging.checked_by(move |list: &OrderCollection| filter.check(&list.members))
}

/// No number at all would ask for all orders, and so would a filter that is ignored.
fn check_numbers(numbers: &[String], query: &ListOrdersQuery) -> Result<(), Error> {
    if query.external_order_number.is_some() {
        return Err(Error::invalid_request(
            "externalOrderNumber",
            "is given twice, in the query and in the list; name it once",
        ));
    }
    checks::each(
        "externalOrderNumber",
        numbers,
        &(1..=MAX_VALUES),
        |number| check_number("number", number),
    )
}
