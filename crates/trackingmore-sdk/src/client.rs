//! The client: one method per operation, named after the provider's path.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::Value;
use tracking_core::kit::UnmappedCounter;
use tracking_http::{
    Call, Error, ErrorKind, Operation, Page, Pages, RateClass, Response, Secret, checks, paginate,
};

use crate::builder::ClientBuilder;
use crate::envelope::{
    confirmed, has_code, list_in, of_version_two, reports_code, required, send, send_partial,
};
use crate::error::NAME;
use crate::generated::operations;
use crate::number::{check, check_key};
use crate::page_end::PageEnd;
use crate::partial::{ITEMS, is_of_version_two};
use crate::registration::is_something;
use crate::version::explained;
use crate::webhook::WebhookReceiver;
use crate::{
    BATCH_CREATE_REQUEST_ITEMS, BatchCreateData, BatchCreateResponse, BatchCreateTracking, Code,
    CreateTracking, CreateTrackingResponse, CreatedTracking, DELETE_TRACKINGS_REQUEST_ITEMS,
    DeleteTrackingResponse, DeleteTrackingsData, DeleteTrackingsResponse, ListTrackingsQuery,
    NOT_UPDATE_REQUEST_ITEMS, NotUpdateData, NotUpdateResponse, RealtimeData, RealtimeResponse,
    RealtimeTracking, Tracking, TrackingId, TrackingKey, TrackingListData, TrackingListResponse,
    TrackingResponse, UPDATE_MORE_REQUEST_ITEMS, UpdateCarrier, UpdateCarrierData,
    UpdateCarrierResponse, UpdateMoreResponse, UpdateMoreTracking, UpdateTracking,
    UpdateTrackingResponse, UpdatedTracking, batch,
};

/// The documented limit: one over all requests of an account, and so over those of no operation too.
const ACCOUNT_RATE: RateClass = RateClass::new("account", 1, Duration::from_secs(1));

/// A client of version 2 of the TrackingMore API.
///
/// Cheap to clone: clones share connections, rate limits and counters. Every call keeps the
/// documented limits, repeats what is safe to repeat, and returns a [`Response`] that derefs to
/// what was under `data` and keeps status, headers and raw body beside it.
///
/// TrackingMore reports errors with HTTP 200 and says so in `meta.code`; here they are errors, with
/// the code in [`Error::provider_code`] and in [`Code::of`].
///
/// ```no_run
/// use trackingmore_sdk::{Client, Code, CreateTracking};
///
/// # async fn example() -> Result<(), trackingmore_sdk::Error> {
/// let client = Client::from_env()?;
///
/// match client.create_tracking(&CreateTracking::new("RR050349575PH", "phlpost")).await {
///     Err(error) if Code::of(&error) == Some(Code::TRACKING_EXISTS) => {}
///     created => drop(created?),
/// }
/// let tracking = client.get_tracking("phlpost", "RR050349575PH").await?;
///
/// for event in tracking.origin_info.iter().flat_map(|info| &info.trackinfo) {
///     println!("{:?} {:?}", event.date, event.status_description);
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
    /// Starts a client with an API key from the dashboard.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use trackingmore_sdk::{Client, ConfigureClient as _};
    ///
    /// # fn example() -> Result<(), trackingmore_sdk::Error> {
    /// // The limit of a plan that allows more than the documented request a second.
    /// let client = Client::builder("your key").with_rate_limit("account", 10, Duration::from_secs(1)).build()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(api_key: impl Into<Secret>) -> ClientBuilder {
        ClientBuilder::new(api_key.into())
    }

    /// Builds a client with the default settings.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), trackingmore_sdk::Error> {
    /// let client = trackingmore_sdk::Client::new("your key")?;
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
    /// | `TRACKINGMORE_API_KEY` | the API key, required |
    /// | `TRACKINGMORE_BASE_URL` | another address, such as `https://api.51tracking.com/v2`; one without a path gets `/v2` |
    /// | `TRACKINGMORE_ACCOUNT_EMAIL` | the e-mail address of the account, for [`Client::webhooks`] |
    ///
    /// ```no_run
    /// # fn example() -> Result<(), trackingmore_sdk::Error> {
    /// let client = trackingmore_sdk::Client::from_env()?;
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

    /// Registers a number, which TrackingMore follows from then on: `POST /trackings/post`
    /// (operation 1). Uses quota.
    ///
    /// The response has no results yet. Safe to repeat: what exists already is refused with
    /// [`Code::TRACKING_EXISTS`], which means "already there". A repeat of the client itself, after
    /// a broken response, may therefore end in that error although the first attempt succeeded.
    ///
    /// The request limit in which it counts: [`CREATE_TRACKING`](crate::operations::CREATE_TRACKING).
    ///
    /// ```no_run
    /// use trackingmore_sdk::CreateTracking;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let tracking = CreateTracking::new("RB473128508SG", "singapore-post").order_id("order-1001");
    /// let created = client.create_tracking(&tracking).await?;
    /// println!("{:?}", created.status);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a number or carrier that
    /// is empty or no name, and for fields outside of their limits, and from TrackingMore (4012 to
    /// 4015); [`Conflict`](crate::ErrorKind::Conflict) for 4016;
    /// [`QuotaExhausted`](crate::ErrorKind::QuotaExhausted) for 4019 and 4021.
    pub async fn create_tracking(
        &self,
        tracking: &CreateTracking,
    ) -> Result<Response<CreatedTracking>, Error> {
        let call = self
            .http
            .call(&operations::CREATE_TRACKING)
            .check(check_key(&tracking.carrier_code, &tracking.tracking_number))
            .check(tracking.validate())
            .json(tracking);
        let response: Response<CreateTrackingResponse> = send(call).await?;
        let response = response.try_map(|body| required(body.data))?;
        let response = of_version_two(response, is_created_by_version_two)?;
        response.try_map(|created| required(Some(created).filter(is_something)))
    }

    /// Reads the stored results of a registered number: `GET /trackings/{carrier_code}/{tracking_number}`
    /// (operation 2).
    ///
    /// The request limit in which it counts: [`GET_TRACKING`](crate::operations::GET_TRACKING).
    ///
    /// ```no_run
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let tracking = client.get_tracking("singapore-post", "RB473128508SG").await?;
    /// println!("{:?}: {:?}", tracking.status, tracking.last_event);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) for 4017 and 4031: register the number first.
    pub async fn get_tracking(
        &self,
        carrier_code: &str,
        tracking_number: &str,
    ) -> Result<Response<Tracking>, Error> {
        let operation = &operations::GET_TRACKING;
        single_tracking(self.call_of(operation, carrier_code, tracking_number)).await
    }

    /// Reads the same with descriptions in another language, where the carrier's site has it:
    /// `GET /trackings/{carrier_code}/{tracking_number}/{lang}` (operation 2).
    ///
    /// Two letters, sent in lower case; `en` and `cn` (not `zh`) are certain. The whole list is not
    /// known.
    ///
    /// The request limit in which it counts: [`GET_TRACKING_IN_LANGUAGE`](crate::operations::GET_TRACKING_IN_LANGUAGE).
    ///
    /// ```no_run
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let found = client.get_tracking_in_language("singapore-post", "RB473128508SG", "de").await?;
    /// println!("{:?}", found.last_event);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get_tracking`](Self::get_tracking).
    pub async fn get_tracking_in_language(
        &self,
        carrier_code: &str,
        tracking_number: &str,
        lang: &str,
    ) -> Result<Response<Tracking>, Error> {
        let operation = &operations::GET_TRACKING_IN_LANGUAGE;
        let call = self
            .call_of(operation, carrier_code, tracking_number)
            .check(check("lang", lang));
        single_tracking(call.path("lang", &lang.to_ascii_lowercase())).await
    }

    /// Changes what the account keeps about a tracking: `PUT` on the same path (operation 3).
    ///
    /// [`ManualStatus`](crate::ManualStatus) sets delivered (4) or exception (7) by hand, or goes
    /// back to the carrier's own status (8). No other value can be sent.
    ///
    /// The request limit in which it counts: [`UPDATE_TRACKING`](crate::operations::UPDATE_TRACKING).
    ///
    /// ```no_run
    /// use trackingmore_sdk::UpdateTracking;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let update = UpdateTracking::new().title("Two carriers");
    /// client.update_tracking("singapore-post", "RB473128508SG", &update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for fields outside of their
    /// limits; [`NotFound`](crate::ErrorKind::NotFound).
    pub async fn update_tracking(
        &self,
        carrier_code: &str,
        tracking_number: &str,
        update: &UpdateTracking,
    ) -> Result<Response<UpdatedTracking>, Error> {
        let operation = &operations::UPDATE_TRACKING;
        let call = self
            .call_of(operation, carrier_code, tracking_number)
            .check(update.validate())
            .json(update);
        let response: Response<UpdateTrackingResponse> = send(call).await?;
        let response = response.try_map(|body| required(body.data))?;
        of_version_two(response, |updated| {
            updated.carrier_code.is_some() || updated.status.is_some()
        })
    }

    /// Deletes a tracking: `DELETE` on the same path (operation 4).
    ///
    /// The request limit in which it counts: [`DELETE_TRACKING`](crate::operations::DELETE_TRACKING).
    ///
    /// ```no_run
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// client.delete_tracking("singapore-post", "RB473128508SG").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) when there is none, which is what a repeat finds.
    pub async fn delete_tracking(
        &self,
        carrier_code: &str,
        tracking_number: &str,
    ) -> Result<Response<()>, Error> {
        let operation = &operations::DELETE_TRACKING;
        let call = self.call_of(operation, carrier_code, tracking_number);
        let response: Response<DeleteTrackingResponse> = send(call).await?;
        // `data` is `[]`: it says nothing.
        Ok(response.map(|_| ()))
    }

    /// Registers 1 to 40 numbers in one request: `POST /trackings/batch` (operation 5).
    ///
    /// Item by item: one bad item does not lose the others, and the result is `Ok` then.
    /// [`BatchCreateData::items`] returns what became of each. A number that exists already is among
    /// the refused ones, with 4016; so a repeat is safe. An entry that does not fit costs no other, and is
    /// one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`BATCH_CREATE_TRACKINGS`](crate::operations::BATCH_CREATE_TRACKINGS).
    ///
    /// ```no_run
    /// use trackingmore_sdk::BatchCreateTracking;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let trackings = [
    ///     BatchCreateTracking::new("RB473128508SG", "singapore-post"),
    ///     BatchCreateTracking::new("1Z999AA10123456784", "ups"),
    /// ];
    /// let created = client.batch_create_trackings(&trackings).await?;
    /// println!("{:?} of {:?} created: {:?}", created.added, created.submitted, created.errors);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty list, more than
    /// 40 items, or an item that cannot be sent (its position is named);
    /// [`QuotaExhausted`](crate::ErrorKind::QuotaExhausted) for the request as a whole.
    pub async fn batch_create_trackings(
        &self,
        trackings: &[BatchCreateTracking],
    ) -> Result<Response<BatchCreateData>, Error> {
        let allowed = &BATCH_CREATE_REQUEST_ITEMS;
        let operation = &operations::BATCH_CREATE_TRACKINGS;
        let call = self
            .http
            .call(operation)
            .check(checks::each("trackings", trackings, allowed, batch::check))
            .json(trackings);
        // It succeeded and used quota, so one odd entry does not cost the others.
        let response: Response<BatchCreateResponse> =
            send_partial(call, batch::has_entries).await?;
        let response = response.try_map(|body| required(body.data))?;
        let response = of_version_two(response, batch::is_of_version_two)?;
        response.try_map(|created| required(Some(created).filter(batch::is_something)))
    }

    /// Lists the trackings of the account with their results, one page: `GET /trackings/get`
    /// (operation 6).
    ///
    /// An empty list is what TrackingMore calls 4031, and is no error here. A tracking that does not fit
    /// costs no other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`LIST_TRACKINGS`](crate::operations::LIST_TRACKINGS).
    ///
    /// ```no_run
    /// use trackingmore_sdk::ListTrackingsQuery;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let page = client.list_trackings(&ListTrackingsQuery::new()).await?;
    /// println!("{} of {:?}", page.items.len(), page.total);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a page below 1, a limit
    /// outside of 1 to 2000, more than 40 numbers or orders, or a negative time.
    pub async fn list_trackings(
        &self,
        query: &ListTrackingsQuery,
    ) -> Result<Response<TrackingListData>, Error> {
        let call = self
            .http
            .call(&operations::LIST_TRACKINGS)
            .check(query.check())
            .query(query);
        let call = call.accept_failure(|failure| has_code(failure, Code::NOTHING_FOUND));
        call.send_as(listed).await
    }

    /// Lists all trackings as a stream, from the query's page on (operation 6).
    ///
    /// The stream yields whole pages with their page number, from which a later run can resume;
    /// `items()` yields the trackings. Memory stays constant. The end is reached when the pages so
    /// far hold as many as the response's total (a string of digits), at an empty page, and, should
    /// the total be missing, at a page that is not full. A total that the pages contradict ends
    /// nothing: then the list is read up to its empty page. Trackings that change while the list is
    /// being read may move to another page: an update filter with an upper end keeps it still. The
    /// stream holds a clone of the client, so it can outlive it.
    ///
    /// ```no_run
    /// use trackingmore_sdk::ListTrackingsQuery;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let query = ListTrackingsQuery::new().limit(2000);
    /// let mut trackings = client.list_trackings_pages(&query).items();
    /// while let Some(tracking) = trackings.next().await {
    ///     println!("{:?}", tracking?.tracking_number);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_trackings_pages(
        &self,
        query: &ListTrackingsQuery,
    ) -> Pages<'static, Tracking, i64> {
        let client = self.clone();
        let query = query.clone();
        paginate(query.page.unwrap_or(1), move |page| {
            let client = client.clone();
            let query = query.clone().page(page);
            async move {
                let (data, response) = client.list_trackings(&query).await?.into_parts();
                let items = response.count_elements(ITEMS, data.items.len());
                let end = PageEnd::new(&data, items);
                let next = end.next_page(page, query.limit);
                let page = Page::new(data.items, page, next);
                Ok(page.with_response(&response, &[ITEMS], |tracking| {
                    tracking.id.as_ref().map(TrackingId::as_str)
                }))
            }
        })
    }

    /// Changes what the account keeps about 1 to 200 trackings: `POST /trackings/updatemore`
    /// (operation 7).
    ///
    /// No response is published, so what is under `data` is returned as it came; null
    /// when it is missing. It may hold personal data, which the `Debug` text of a [`Value`] shows.
    ///
    /// The request limit in which it counts: [`UPDATE_MORE_TRACKINGS`](crate::operations::UPDATE_MORE_TRACKINGS).
    ///
    /// ```no_run
    /// use trackingmore_sdk::UpdateMoreTracking;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let updates = [UpdateMoreTracking::new("RB473128508SG", "singapore-post").title("Two carriers")];
    /// let response = client.update_more_trackings(&updates).await?;
    /// println!("{}", *response);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty list, more than
    /// 200 items (4020), or an item that cannot be sent.
    pub async fn update_more_trackings(
        &self,
        updates: &[UpdateMoreTracking],
    ) -> Result<Response<Value>, Error> {
        let allowed = &UPDATE_MORE_REQUEST_ITEMS;
        let operation = &operations::UPDATE_MORE_TRACKINGS;
        let call = self
            .http
            .call(operation)
            .check(checks::each("trackings", updates, allowed, |update| {
                check_key(&update.carrier_code, &update.tracking_number)?;
                update.validate()
            }))
            .json(updates);
        let response: Response<UpdateMoreResponse> = send(call).await?;
        Ok(response.map(|body| body.data.unwrap_or_default()))
    }

    /// Deletes 1 to 200 trackings: `POST /trackings/delete` (operation 8).
    ///
    /// The response counts: `delete` of the `submitted` ones are gone. One that was refused, because it
    /// is not registered for example, is no error.
    ///
    /// The request limit in which it counts: [`DELETE_TRACKINGS`](crate::operations::DELETE_TRACKINGS).
    ///
    /// ```no_run
    /// use trackingmore_sdk::TrackingKey;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let trackings = [TrackingKey::new("RB473128508SG", "singapore-post")];
    /// let deleted = client.delete_trackings(&trackings).await?;
    /// println!("{:?} of {:?}", deleted.delete, deleted.submitted);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`update_more_trackings`](Self::update_more_trackings).
    pub async fn delete_trackings(
        &self,
        trackings: &[TrackingKey],
    ) -> Result<Response<DeleteTrackingsData>, Error> {
        let allowed = &DELETE_TRACKINGS_REQUEST_ITEMS;
        let operation = &operations::DELETE_TRACKINGS;
        let call = self
            .http
            .call(operation)
            .check(checks::each("trackings", trackings, allowed, check_one))
            .json(trackings);
        let response: Response<DeleteTrackingsResponse> =
            send_partial(call, |body: &DeleteTrackingsResponse| body.data.is_some()).await?;
        // The keys of this response are known in part, and it succeeded all the same.
        Ok(response.map(|body| body.data.unwrap_or_default()))
    }

    /// Asks the carrier now and waits for its response: `POST /trackings/realtime` (operation 9).
    ///
    /// Costs quota at each call, and the same shipment can be requested once in two hours; so it is
    /// never repeated by itself. At most 3 a second. Takes up to 60 seconds.
    ///
    /// The request limit in which it counts: [`REALTIME_TRACKING`](crate::operations::REALTIME_TRACKING).
    ///
    /// ```no_run
    /// use trackingmore_sdk::RealtimeTracking;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let tracking = RealtimeTracking::new("RB473128508SG", "singapore-post");
    /// let found = client.realtime_tracking(&tracking).await?;
    /// println!("{:?}", found.items.first().map(|tracking| &tracking.status));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), [`QuotaExhausted`](crate::ErrorKind::QuotaExhausted),
    /// [`NotFound`](crate::ErrorKind::NotFound) for 4031, [`Permission`](crate::ErrorKind::Permission)
    /// for 4018.
    pub async fn realtime_tracking(
        &self,
        tracking: &RealtimeTracking,
    ) -> Result<Response<RealtimeData>, Error> {
        let operation = &operations::REALTIME_TRACKING;
        let call = self
            .http
            .call(operation)
            .check(check_key(&tracking.carrier_code, &tracking.tracking_number))
            .check(tracking.validate())
            .json(tracking);
        let has_items = |body: &RealtimeResponse| {
            let data = body.data.as_ref();
            data.is_some_and(|data| !data.items.is_empty())
        };
        let response = send_partial(call, has_items).await?;
        let data = |body: RealtimeResponse| body.data.unwrap_or_default();
        let response = list_in(response, Some("items"), data, |data| data.items.is_empty())?;
        of_version_two(response, |data| data.items.iter().all(is_of_version_two))
    }

    /// Moves a tracking to another carrier: `POST /trackings/update` (operation 10).
    ///
    /// The request limit in which it counts: [`UPDATE_CARRIER`](crate::operations::UPDATE_CARRIER).
    ///
    /// ```no_run
    /// use trackingmore_sdk::UpdateCarrier;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let update = UpdateCarrier::new("1Z999AA10123456784", "usps", "ups");
    /// client.update_carrier(&update).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) for 4017; [`InvalidRequest`](crate::ErrorKind::InvalidRequest)
    /// for 4015, and before the call.
    pub async fn update_carrier(
        &self,
        update: &UpdateCarrier,
    ) -> Result<Response<UpdateCarrierData>, Error> {
        let operation = &operations::UPDATE_CARRIER;
        let call = self
            .http
            .call(operation)
            .check(check_key(&update.carrier_code, &update.tracking_number))
            .check(check("update_carrier_code", &update.update_carrier_code))
            .json(update);
        let response: Response<UpdateCarrierResponse> = send(call).await?;
        let response = response.map(|body| body.data.unwrap_or_default());
        // It says nothing but success, so nothing in it shows that it is of version 2.
        of_version_two(response, |_| false)
    }

    /// Stops updating 1 to 200 trackings, whose results stay: `POST /trackings/notupdate`
    /// (operation 13).
    ///
    /// The response counts: `change` of the `submitted` ones were stopped. One that was refused, because
    /// it is not registered for example, is no error.
    ///
    /// The request limit in which it counts: [`NOT_UPDATE_TRACKINGS`](crate::operations::NOT_UPDATE_TRACKINGS).
    ///
    /// ```no_run
    /// use trackingmore_sdk::TrackingKey;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let trackings = [TrackingKey::new("RB473128508SG", "singapore-post")];
    /// let stopped = client.not_update_trackings(&trackings).await?;
    /// println!("{:?} of {:?}", stopped.change, stopped.submitted);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`update_more_trackings`](Self::update_more_trackings).
    pub async fn not_update_trackings(
        &self,
        trackings: &[TrackingKey],
    ) -> Result<Response<NotUpdateData>, Error> {
        let allowed = &NOT_UPDATE_REQUEST_ITEMS;
        let operation = &operations::NOT_UPDATE_TRACKINGS;
        let call = self
            .http
            .call(operation)
            .check(checks::each("trackings", trackings, allowed, check_one))
            .json(trackings);
        let response: Response<NotUpdateResponse> =
            send_partial(call, |body: &NotUpdateResponse| body.data.is_some()).await?;
        // The keys of this response are known in part, and it succeeded all the same.
        Ok(response.map(|body| body.data.unwrap_or_default()))
    }

    /// Stops updating one tracking, whose results stay: operation 13 with a single item.
    ///
    /// ```no_run
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// client.stop_updating("singapore-post", "RB473128508SG").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`not_update_trackings`](Self::not_update_trackings), and
    /// [`NotFound`](crate::ErrorKind::NotFound) when the response counts no change: there is no such
    /// tracking, or it was stopped before. A response without the counter is no error.
    pub async fn stop_updating(
        &self,
        carrier_code: &str,
        tracking_number: &str,
    ) -> Result<Response<NotUpdateData>, Error> {
        let tracking = TrackingKey::new(tracking_number, carrier_code);
        let response = self.not_update_trackings(&[tracking]).await?;
        let is_repeat = response.attempts() > 1;
        response.try_map(|data| match data.change {
            // After a repeat it may be the first attempt that stopped it.
            Some(0) if !is_repeat => {
                let message = "nothing was stopped: no such tracking, or it was stopped before";
                Err(Error::new(ErrorKind::NotFound, message))
            }
            _ => Ok(data),
        })
    }

    /// Calls any path with this client's key, limits, retries and error mapping: the way out for an
    /// endpoint that this version does not know.
    ///
    /// The path starts after `/v2` and may have a query. `GET`, `HEAD`, `PUT` and `DELETE` count as
    /// safe to repeat. The response is the whole envelope. The documented limit is that of the account, so it
    /// holds for these calls too, unless [`Call::rate`] names another.
    ///
    /// ```no_run
    /// use trackingmore_sdk::tracking_http::http::Method;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Envelope {
    ///     data: Vec<Notice>,
    /// }
    ///
    /// #[derive(Debug, serde::Deserialize)]
    /// struct Notice {
    ///     carrier_code: String,
    /// }
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// // Suppose that TrackingMore has added an endpoint since this version.
    /// let notices = client.request(Method::GET, "/carriers/notices").send::<Envelope>().await?;
    /// println!("{:?}", notices.data);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        self.http.request(method, path).rate(ACCOUNT_RATE)
    }

    /// Receives webhooks with the account's e-mail address that the builder or the environment
    /// gave.
    ///
    /// ```no_run
    /// use trackingmore_sdk::Client;
    ///
    /// # fn example(body: &[u8]) -> Result<(), trackingmore_sdk::Error> {
    /// let client = Client::builder("your key").with_account_email("shop@example.com").build()?;
    /// let message = client.webhooks()?.receive(body)?;
    /// println!("{message:?}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when no address was given.
    pub fn webhooks(&self) -> Result<&WebhookReceiver, Error> {
        self.webhooks.as_ref().ok_or_else(|| {
            Error::configuration(
                "the account's e-mail address, which proves webhooks, was not given; set \
                 `TRACKINGMORE_ACCOUNT_EMAIL` or call `with_account_email`",
            )
            .with_provider(NAME)
        })
    }

    /// Puts the natural key of a tracking into the path of an operation.
    fn call_of(
        &self,
        operation: &Operation,
        carrier_code: &str,
        tracking_number: &str,
    ) -> Call<'_> {
        let call = self.http.call(operation);
        let call = call.check(check_key(carrier_code, tracking_number));
        call.path("carrier_code", carrier_code)
            .path("tracking_number", tracking_number)
    }
}

fn check_one(key: &TrackingKey) -> Result<(), Error> {
    check_key(&key.carrier_code, &key.tracking_number)
}

/// Returns true if a new tracking names its carrier or its status as version 2 does.
pub(crate) fn is_created_by_version_two(created: &CreatedTracking) -> bool {
    created.carrier_code.is_some() || created.status.is_some()
}

/// Reads a page of trackings; none where the response says that nothing was found.
fn listed(response: Response<Bytes>) -> Result<Response<TrackingListData>, Error> {
    if reports_code(response.body(), Code::NOTHING_FOUND) {
        return Ok(response.map(|_| TrackingListData::default()));
    }
    let has_items = |body: &TrackingListResponse| {
        let data = body.data.as_ref();
        data.is_some_and(|data| !data.items.is_empty())
    };
    let response = response.decode_partial(has_items).map_err(explained)?;
    let response = confirmed(response)?;
    let data = |body: TrackingListResponse| body.data.unwrap_or_default();
    let response = list_in(response, Some("items"), data, |data| data.items.is_empty())?;
    of_version_two(response, |data| data.items.iter().all(is_of_version_two))
}

async fn single_tracking(call: Call<'_>) -> Result<Response<Tracking>, Error> {
    let response: Response<TrackingResponse> = send(call).await?;
    of_version_two(
        response.try_map(|body| required(body.data))?,
        is_of_version_two,
    )
}

#[cfg(test)]
mod tests {
    use super::{ACCOUNT_RATE, operations};

    #[test]
    fn every_operation_but_realtime_counts_for_account_limit() {
        let others = operations::ALL.iter().filter(|it| it.rate != ACCOUNT_RATE);
        let others: Vec<&str> = others.map(|operation| operation.id).collect();

        assert_eq!(others, ["realtime-tracking"]);
    }
}
