//! The client: one method per operation, named as Ship24 names it.

use std::sync::Arc;

use http::Method;
use tracking_core::kit::UnmappedCounter;
use tracking_http::{Call, Error, Page, Pages, Response, Secret, checks, paginate};

use crate::builder::ClientBuilder;
use crate::bulk::{has_items, is_bulk_response, unread_items, with_unread_items};
use crate::envelope::{created_tracker, list_in, missing, single_tracker, trackings};
use crate::error::NAME;
use crate::generated::operations;
use crate::history::WebhookHistoryFile;
use crate::number::check_tracking_number;
use crate::partial::TRACKERS;
use crate::shipping_date::check_shipping_date;
use crate::tracker_ref::TrackerRef;
use crate::webhook::WebhookReceiver;
use crate::{
    BULK_CREATE_REQUEST_ITEMS, BulkCreateResponse, Courier, CourierListResponse, CreateTracker,
    ListTrackersQuery, ResendWebhooksResponse, ResendWebhooksSummary, SearchTracking, Tracker,
    TrackerId, TrackerListResponse, Tracking, UpdateTracker, WebhookHistory,
};

/// Trackers per page when the query names no limit (documented).
const DEFAULT_PAGE_SIZE: i64 = 100;

/// A client of the Ship24 tracking API.
///
/// Cheap to clone: clones share connections, rate limits and counters. Every call keeps Ship24's
/// documented limits, retries what is safe to repeat, and returns a [`Response`] that derefs to
/// the result and keeps status, headers, raw body and rate-limit state beside it.
///
/// ```no_run
/// use ship24_sdk::{Client, CreateTracker};
///
/// # async fn example() -> Result<(), ship24_sdk::Error> {
/// let client = Client::from_env()?;
///
/// let request = CreateTracker::new("9400111202555842332669").courier_code(["us-post"]);
/// let trackings = client.create_tracker_and_get_tracking_results(&request).await?;
///
/// for event in trackings.iter().flat_map(|tracking| &tracking.events) {
///     println!("{:?} {:?}", event.occurrence_datetime, event.status);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: tracking_http::Client,
    pub(crate) webhooks: Option<WebhookReceiver>,
    pub(crate) unmapped: Arc<UnmappedCounter>,
}

impl Client {
    /// Starts a client with an API key from the dashboard (`apik_…`, treated as opaque).
    ///
    /// ```no_run
    /// use ship24_sdk::Client;
    ///
    /// # fn example() -> Result<(), ship24_sdk::Error> {
    /// let client = Client::builder("your key").with_webhook_secret("your webhook secret").build()?;
    /// println!("{:?}", client.webhooks()?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(api_key: impl Into<Secret>) -> ClientBuilder {
        ClientBuilder::new(api_key.into())
    }

    /// Builds a client with the default settings.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), ship24_sdk::Error> {
    /// let client = ship24_sdk::Client::new("your key")?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is empty.
    pub fn new(api_key: impl Into<Secret>) -> Result<Self, Error> {
        Self::builder(api_key).build()
    }

    /// Builds a client from the environment, see [`SETTINGS`](crate::SETTINGS).
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `SHIP24_API_KEY` | the API key, required |
    /// | `SHIP24_BASE_URL` | another address; one without a path gets `/public/v1` |
    /// | `SHIP24_WEBHOOK_SECRET` | the webhook secret, for [`Client::webhooks`] |
    ///
    /// ```no_run
    /// # fn example() -> Result<(), ship24_sdk::Error> {
    /// let client = ship24_sdk::Client::from_env()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is missing or empty, or when the
    /// base URL is not usable.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Creates a tracker, which Ship24 follows and reports through webhooks (operation 1).
    ///
    /// Idempotent by payload: an equal request returns the existing tracker and uses no quota.
    ///
    /// The request limit in which it counts: [`CREATE_TRACKER`](crate::operations::CREATE_TRACKER).
    ///
    /// ```no_run
    /// use ship24_sdk::CreateTracker;
    ///
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let tracker = CreateTracker::new("9400111202555842332669").client_tracker_id("order-1001");
    /// let created = client.create_tracker(&tracker).await?;
    /// println!("{:?}", created.tracker_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a number or field outside
    /// of its documented limits, and from Ship24 (`validation_error`, `shipping_date_outdated`);
    /// [`Conflict`](crate::ErrorKind::Conflict) for `tracker_conflict` (the client tracker id belongs to
    /// an active tracker with another payload) and `request_conflict` (retried by itself);
    /// [`QuotaExhausted`](crate::ErrorKind::QuotaExhausted); [`Permission`](crate::ErrorKind::Permission)
    /// without a subscription to the per-shipment product.
    pub async fn create_tracker(
        &self,
        tracker: &CreateTracker,
    ) -> Result<Response<Tracker>, Error> {
        let call = self.http.call(&operations::CREATE_TRACKER);
        let call = call.check(check_create(tracker)).json(tracker);
        created_tracker(call.send().await?)
    }

    /// Lists the account's trackers, one page, oldest first by default (operation 2).
    ///
    /// The response has no total and no link to the next page: a page shorter than the limit is the
    /// last one. [`list_trackers_pages`](Self::list_trackers_pages) follows them. A tracker that does not fit
    /// costs no other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`LIST_TRACKERS`](crate::operations::LIST_TRACKERS).
    ///
    /// ```no_run
    /// use ship24_sdk::ListTrackersQuery;
    ///
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let trackers = client.list_trackers(&ListTrackersQuery::new().limit(50)).await?;
    /// println!("{} on the first page", trackers.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a page below 1 or a limit
    /// outside of 1 to 500.
    pub async fn list_trackers(
        &self,
        query: &ListTrackersQuery,
    ) -> Result<Response<Vec<Tracker>>, Error> {
        let call = self.http.call(&operations::LIST_TRACKERS);
        let call = call.check(query.validate()).query(query);
        let response = call.send_partial(has_trackers).await?;
        list_in(response, "trackers", |body| Some(body.data?.trackers))
    }

    /// Lists all trackers as a stream, from the query's page on (operation 2).
    ///
    /// The stream yields whole pages with their page number, from which a later run can resume;
    /// `items()` yields the trackers. Memory stays constant. Assumed: a page past the end is
    /// empty rather than an error. The stream holds a clone of the client, so it can outlive it.
    ///
    /// ```no_run
    /// use ship24_sdk::ListTrackersQuery;
    ///
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let mut trackers = client.list_trackers_pages(&ListTrackersQuery::new().limit(500)).items();
    /// while let Some(tracker) = trackers.next().await {
    ///     println!("{:?}", tracker?.tracking_number);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_trackers_pages(&self, query: &ListTrackersQuery) -> Pages<'static, Tracker, i64> {
        let client = self.clone();
        let query = query.clone();
        paginate(query.page.unwrap_or(1), move |page| {
            let client = client.clone();
            let query = query.clone().page(page);
            async move {
                let limit = query.limit.unwrap_or(DEFAULT_PAGE_SIZE);
                let (items, response) = client.list_trackers(&query).await?.into_parts();
                let count = response.count_elements(TRACKERS, items.len());
                let is_full = i64::try_from(count).is_ok_and(|count| count >= limit);
                let next = is_full.then(|| page.saturating_add(1));
                let page = Page::new(items, page, next);
                Ok(page.with_response(&response, &[TRACKERS], |tracker| {
                    tracker.tracker_id.as_ref().map(TrackerId::as_str)
                }))
            }
        })
    }

    /// Creates up to 100 trackers in one request (operation 3).
    ///
    /// Item by item: one bad item does not lose the others. 201, 207, and a 400 or 403 that
    /// reports on items, are all an `Ok` with [`BulkCreateResponse::status`]; look at
    /// [`failed`](BulkCreateResponse::failed). Each item is idempotent, the request is not, so a
    /// request that may have arrived is not repeated. An item that does not fit costs no other: it is one of
    /// [`Response::problems`], and counts as failed because nothing says that it was created.
    ///
    /// The request limit in which it counts: [`BULK_CREATE_TRACKERS`](crate::operations::BULK_CREATE_TRACKERS).
    ///
    /// ```no_run
    /// use ship24_sdk::CreateTracker;
    ///
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let numbers = ["9400111202555842332669", "RB473128508SG"].map(CreateTracker::new);
    /// let created = client.bulk_create_trackers(&numbers).await?;
    /// for item in created.failed() {
    ///     println!("{item:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty list, more than
    /// 100 items, or an item outside of its documented limits (the message names its position);
    /// [`QuotaExhausted`](crate::ErrorKind::QuotaExhausted) and other refusals of the whole request that
    /// say nothing about its items; [`Decode`](crate::ErrorKind::Decode) when a success says nothing about any
    /// of them, which may exist all the same.
    pub async fn bulk_create_trackers(
        &self,
        trackers: &[CreateTracker],
    ) -> Result<Response<BulkCreateResponse>, Error> {
        let allowed = &BULK_CREATE_REQUEST_ITEMS;
        let call = self.http.call(&operations::BULK_CREATE_TRACKERS);
        let call = call.check(checks::each("trackers", trackers, allowed, check_create));
        let call = call.json(trackers).accept_when(is_bulk_response);
        let response = call.send_partial(has_items).await?;
        let unread = unread_items(response.problems());
        response.try_map(|body| {
            if has_items(&body) {
                Ok(with_unread_items(body, &unread))
            } else {
                Err(missing("data"))
            }
        })
    }

    /// Creates the tracker if there is none and returns its results at once (operation 4).
    ///
    /// The first call for a number asks the couriers while you wait, up to about 60 seconds; later
    /// calls with the same request return stored results. Any change of the request creates
    /// another tracker, so poll with
    /// [`get_tracking_results_of_tracker_by_tracker_id`](Self::get_tracking_results_of_tracker_by_tracker_id).
    ///
    /// The request limit in which it counts: [`CREATE_TRACKER_AND_GET_TRACKING_RESULTS`](crate::operations::CREATE_TRACKER_AND_GET_TRACKING_RESULTS).
    ///
    /// ```no_run
    /// use ship24_sdk::CreateTracker;
    ///
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let request = CreateTracker::new("9400111202555842332669").courier_code(["us-post"]);
    /// let trackings = client.create_tracker_and_get_tracking_results(&request).await?;
    /// println!("{} events", trackings.iter().map(|tracking| tracking.events.len()).sum::<usize>());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create_tracker`](Self::create_tracker); [`Timeout`](crate::ErrorKind::Timeout) after 60 s.
    pub async fn create_tracker_and_get_tracking_results(
        &self,
        tracker: &CreateTracker,
    ) -> Result<Response<Vec<Tracking>>, Error> {
        let operation = &operations::CREATE_TRACKER_AND_GET_TRACKING_RESULTS;
        let call = self.http.call(operation).check(check_create(tracker));
        trackings(call.json(tracker)).await
    }

    /// Reads a tracker, without tracking results (operation 5).
    ///
    /// The request limit in which it counts: [`GET_TRACKER_BY_TRACKER_ID`](crate::operations::GET_TRACKER_BY_TRACKER_ID).
    ///
    /// ```no_run
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let tracker = client.get_tracker_by_tracker_id("26148317-7502-d3ac-44a9-546d240ac0dd").await?;
    /// println!("{:?}", tracker.is_subscribed);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) for `tracker_not_found`.
    pub async fn get_tracker_by_tracker_id(
        &self,
        tracker: impl Into<TrackerRef<'_>>,
    ) -> Result<Response<Tracker>, Error> {
        let call = tracker
            .into()
            .apply(self.http.call(&operations::GET_TRACKER_BY_TRACKER_ID));
        single_tracker(call.send().await?)
    }

    /// Changes a tracker (operation 6). There is no deletion: `is_subscribed(false)` archives.
    ///
    /// The request limit in which it counts: [`UPDATE_TRACKER_BY_TRACKER_ID`](crate::operations::UPDATE_TRACKER_BY_TRACKER_ID).
    ///
    /// ```no_run
    /// use ship24_sdk::UpdateTracker;
    ///
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let id = "26148317-7502-d3ac-44a9-546d240ac0dd";
    /// let archive = UpdateTracker::new().is_subscribed(false);
    /// client.update_tracker_by_tracker_id(id, &archive).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for `tracker_not_updatable`: once shipment
    /// data has been gathered, courier codes, countries and shipping date cannot change any more;
    /// [`NotFound`](crate::ErrorKind::NotFound).
    pub async fn update_tracker_by_tracker_id(
        &self,
        tracker: impl Into<TrackerRef<'_>>,
        update: &UpdateTracker,
    ) -> Result<Response<Tracker>, Error> {
        let call = self.http.call(&operations::UPDATE_TRACKER_BY_TRACKER_ID);
        let call = call.check(update.validate());
        let call = call.check(check_shipping_date(update.shipping_date.as_deref()));
        single_tracker(tracker.into().apply(call.json(update)).send().await?)
    }

    /// Reads the results of all trackers of a number (operation 7).
    ///
    /// A number is not unique, so several trackings may come back.
    ///
    /// The request limit in which it counts: [`GET_TRACKING_RESULTS_OF_TRACKERS_BY_TRACKING_NUMBER`](crate::operations::GET_TRACKING_RESULTS_OF_TRACKERS_BY_TRACKING_NUMBER).
    ///
    /// ```no_run
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let number = "9400111202555842332669";
    /// for tracking in client.get_tracking_results_of_trackers_by_tracking_number(number).await?.iter() {
    ///     println!("{:?}", tracking.events.first());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a number outside of its
    /// documented limits; [`NotFound`](crate::ErrorKind::NotFound) when the number has no tracker yet:
    /// create one first.
    pub async fn get_tracking_results_of_trackers_by_tracking_number(
        &self,
        tracking_number: &str,
    ) -> Result<Response<Vec<Tracking>>, Error> {
        let operation = &operations::GET_TRACKING_RESULTS_OF_TRACKERS_BY_TRACKING_NUMBER;
        let call = self.http.call(operation);
        let call = call.check(check_tracking_number(tracking_number));
        trackings(call.path("trackingNumber", tracking_number)).await
    }

    /// Reads the results of one tracker: the recommended way to poll (operation 8).
    ///
    /// The request limit in which it counts: [`GET_TRACKING_RESULTS_OF_TRACKER_BY_TRACKER_ID`](crate::operations::GET_TRACKING_RESULTS_OF_TRACKER_BY_TRACKER_ID).
    ///
    /// ```no_run
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let id = "26148317-7502-d3ac-44a9-546d240ac0dd";
    /// let trackings = client.get_tracking_results_of_tracker_by_tracker_id(id).await?;
    /// println!("{:?}", trackings.first().map(|tracking| &tracking.shipment));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) for `tracker_not_found`.
    pub async fn get_tracking_results_of_tracker_by_tracker_id(
        &self,
        tracker: impl Into<TrackerRef<'_>>,
    ) -> Result<Response<Vec<Tracking>>, Error> {
        let operation = &operations::GET_TRACKING_RESULTS_OF_TRACKER_BY_TRACKER_ID;
        trackings(tracker.into().apply(self.http.call(operation))).await
    }

    /// Lists the couriers that Ship24 knows (operation 9).
    ///
    /// One response holds more than 1,500 couriers in some 350 kB, and one call per second is
    /// allowed: keep the list. A courier that does not fit costs no other, and is one of
    /// [`Response::problems`].
    ///
    /// The request limit in which it counts: [`GET_COURIERS`](crate::operations::GET_COURIERS).
    ///
    /// ```no_run
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let couriers = client.get_couriers().await?;
    /// for courier in couriers.iter().filter(|it| !it.required_fields.is_empty()) {
    ///     println!("{:?} needs {:?}", courier.courier_code, courier.required_fields);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Authentication and subscription errors only.
    pub async fn get_couriers(&self) -> Result<Response<Vec<Courier>>, Error> {
        let call = self.http.call(&operations::GET_COURIERS);
        let response = call.send_partial(has_couriers).await?;
        list_in(response, "couriers", |body| Some(body.data?.couriers))
    }

    /// Searches a number without a tracker: the per-call product, billed per call (operation 10).
    ///
    /// Asks the couriers while you wait, up to about 60 seconds. The trackings have no `tracker`.
    /// Never repeated by itself once it may have arrived, since each call is billed.
    ///
    /// The request limit in which it counts: [`GET_TRACKING`](crate::operations::GET_TRACKING).
    ///
    /// ```no_run
    /// use ship24_sdk::SearchTracking;
    ///
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let search = SearchTracking::new("9400111202555842332669").courier_code(["us-post"]);
    /// let trackings = client.get_tracking(&search).await?;
    /// println!("{} trackings", trackings.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) for `parcel_not_found`;
    /// [`Permission`](crate::ErrorKind::Permission) without a subscription to the per-call product.
    pub async fn get_tracking(
        &self,
        search: &SearchTracking,
    ) -> Result<Response<Vec<Tracking>>, Error> {
        let call = self.http.call(&operations::GET_TRACKING);
        let call = call.check(search.validate());
        let call = call.check(checks::no_path("trackingNumber", &search.tracking_number));
        let call = call.check(check_shipping_date(search.shipping_date.as_deref()));
        trackings(call.json(search)).await
    }

    /// Sends **all** webhook messages of a tracker again (operation 11).
    ///
    /// The request limit in which it counts: [`RESEND_WEBHOOKS`](crate::operations::RESEND_WEBHOOKS).
    ///
    /// ```no_run
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let summary = client.resend_webhooks("26148317-7502-d3ac-44a9-546d240ac0dd").await?;
    /// println!("{:?} messages", summary.total_resent);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for `webhook_url_missing`;
    /// [`NotFound`](crate::ErrorKind::NotFound).
    pub async fn resend_webhooks(
        &self,
        tracker: impl Into<TrackerRef<'_>>,
    ) -> Result<Response<ResendWebhooksSummary>, Error> {
        let call = tracker
            .into()
            .apply(self.http.call(&operations::RESEND_WEBHOOKS));
        let response: Response<ResendWebhooksResponse> = call.send().await?;
        response.try_map(|body| {
            body.data
                .and_then(|data| data.summary)
                .ok_or_else(|| missing("data.summary"))
        })
    }

    /// Reads everything that was pushed for a tracker, newest first (operation 12).
    ///
    /// A push that does not fit costs no other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`DOWNLOAD_WEBHOOK_HISTORY`](crate::operations::DOWNLOAD_WEBHOOK_HISTORY).
    ///
    /// ```no_run
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// let file = client.download_webhook_history("26148317-7502-d3ac-44a9-546d240ac0dd").await?;
    /// println!("{:?}: {} messages", file.file_name, file.history.webhooks.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound).
    pub async fn download_webhook_history(
        &self,
        tracker: impl Into<TrackerRef<'_>>,
    ) -> Result<Response<WebhookHistoryFile>, Error> {
        let call = tracker
            .into()
            .apply(self.http.call(&operations::DOWNLOAD_WEBHOOK_HISTORY));
        let response = call
            .send_partial(|history: &WebhookHistory| !history.webhooks.is_empty())
            .await?;
        let file_name = WebhookHistoryFile::file_name_of(response.http_headers());
        Ok(response.map(|history| WebhookHistoryFile { file_name, history }))
    }

    /// Calls any path with this client's key, retries and error mapping: the way out for an endpoint
    /// that this version does not know.
    ///
    /// The path starts after `/public/v1` and may have a query. `GET`, `HEAD`, `PUT` and `DELETE`
    /// count as safe to repeat. Ship24's limits are those of single endpoints, so none of them counts
    /// such a call unless [`Call::rate`] names one; it waits only after a 429 to one like it.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use ship24_sdk::tracking_http::RateClass;
    /// use ship24_sdk::tracking_http::http::Method;
    ///
    /// #[derive(Debug, serde::Deserialize)]
    /// struct Plan {
    ///     remaining: Option<u64>,
    /// }
    ///
    /// # async fn example(client: ship24_sdk::Client) -> Result<(), ship24_sdk::Error> {
    /// // Suppose that Ship24 has added an endpoint since this version, and documents this limit.
    /// let limit = RateClass::new("plan", 1, Duration::from_secs(1));
    /// let plan = client.request(Method::GET, "/plan").rate(limit).send::<Plan>().await?;
    /// println!("{:?} left", plan.remaining);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        self.http.request(method, path)
    }

    /// Receives webhooks with the secret that the builder or the environment gave.
    ///
    /// ```no_run
    /// use ship24_sdk::Client;
    ///
    /// # fn example(headers: ship24_sdk::tracking_http::http::HeaderMap, body: &[u8]) -> Result<(), ship24_sdk::Error> {
    /// let client = Client::builder("your key").with_webhook_secret("whs_example").build()?;
    /// let message = client.webhooks()?.receive(&headers, body)?;
    /// println!("{} items", message.items.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when no webhook secret was given.
    pub fn webhooks(&self) -> Result<&WebhookReceiver, Error> {
        self.webhooks.as_ref().ok_or_else(|| {
            Error::configuration(
                "no webhook secret was given; set `SHIP24_WEBHOOK_SECRET` or call `with_webhook_secret`",
            )
            .with_provider(NAME)
        })
    }
}

fn has_trackers(body: &TrackerListResponse) -> bool {
    body.data
        .as_ref()
        .is_some_and(|data| !data.trackers.is_empty())
}

fn has_couriers(body: &CourierListResponse) -> bool {
    body.data
        .as_ref()
        .is_some_and(|data| !data.couriers.is_empty())
}

pub(crate) fn check_create(tracker: &CreateTracker) -> Result<(), Error> {
    tracker.validate()?;
    checks::as_written("trackingNumber", &tracker.tracking_number)?;
    checks::no_path("trackingNumber", &tracker.tracking_number)?;
    check_shipping_date(tracker.shipping_date.as_deref())
}
