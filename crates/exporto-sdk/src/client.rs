//! The client: one method per operation.
//!
//! exporto publishes no names of operations, so the methods are named after what their paths say.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Method;
use serde::de::DeserializeOwned;
use tracking_core::UtcTime;
use tracking_core::kit::UnmappedCounter;
use tracking_http::{Call, Error, Page, Pages, Response, Secret, paginate};

use crate::auth::Login;
use crate::builder::ClientBuilder;
use crate::error::with_path_advice;
use crate::generated::operations;
use crate::input::{
    check_label, check_return_shipment, check_search, check_shipment_id, check_tour,
};
use crate::label::check_is_label;
use crate::partial::check_is_shipment;
use crate::processed::ProcessedShipments;
use crate::tours::{
    TourPaths, is_same_page, read_created_tour, read_list, read_tour_shipments, read_tours,
    refuse_page,
};
use crate::{
    AccessToken, CreateLabel, CreateTour, Label, LabelMethod, ListToursQuery, ReturnShipment,
    SearchShipmentsQuery, Shipment, ShipmentId, Tour, TourId,
};

/// A client of the exporto API.
///
/// Cheap to clone: clones share connections, the token, rate limits and counters. The token is requested
/// with the first call, renewed before it ends, and goes to the host of the base URL only. Every call
/// retries what is safe to repeat, and returns a [`Response`] that derefs to the result and keeps status,
/// headers and raw body beside it.
///
/// ```no_run
/// use exporto_sdk::Client;
///
/// # async fn example() -> Result<(), exporto_sdk::Error> {
/// let client = Client::from_env()?;
///
/// let shipment = client.get_shipment("return-7201").await?;
///
/// println!("{:?} {:?}", shipment.carrier_state, shipment.carrier_delivered_at);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: tracking_http::Client,
    pub(crate) login: Arc<Login>,
    pub(crate) paths: Arc<TourPaths>,
    pub(crate) unmapped: Arc<UnmappedCounter>,
}

impl Client {
    /// Starts a client with the user name and the password of an account.
    ///
    /// An account belongs to one environment: use the credentials of staging with
    /// [`TEST`](crate::TEST) only. A wrong mix shows as a 401.
    ///
    /// ```no_run
    /// use exporto_sdk::{Client, ConfigureClient as _, TEST};
    ///
    /// # fn example() -> Result<(), exporto_sdk::Error> {
    /// let client = Client::builder("user", "password").with_base_url(TEST).build()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(username: impl Into<String>, password: impl Into<Secret>) -> ClientBuilder {
        let username: String = username.into();
        ClientBuilder::new(username.into(), password.into())
    }

    /// Builds a client for production with the default settings.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), exporto_sdk::Error> {
    /// let client = exporto_sdk::Client::new("user", "password")?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the user name or the password is empty.
    pub fn new(username: impl Into<String>, password: impl Into<Secret>) -> Result<Self, Error> {
        Self::builder(username, password).build()
    }

    /// Builds a client from the environment.
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `EXPORTO_USERNAME` | the user name, required |
    /// | `EXPORTO_PASSWORD` | the password, required |
    /// | `EXPORTO_BASE_URL` | another address than production: [`TEST`](crate::TEST) |
    ///
    /// ```no_run
    /// # fn example() -> Result<(), exporto_sdk::Error> {
    /// let client = exporto_sdk::Client::from_env()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when a required variable is missing or empty, or
    /// when the base URL is not usable.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Requests a token and returns it: to check credentials, or to see the scopes that were granted.
    ///
    /// Other methods request and renew their token by themselves, and do not use this one.
    ///
    /// The request limit in which it counts: [`CREATE_TOKEN`](crate::operations::CREATE_TOKEN).
    ///
    /// ```no_run
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let token = client.create_token().await?;
    /// println!("valid for {:?} s", token.expires_in);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Authentication`](crate::ErrorKind::Authentication) for a wrong user name or password, or those of
    /// the other environment; [`Decode`](crate::ErrorKind::Decode) when the response holds no token, or one
    /// that has expired.
    pub async fn create_token(&self) -> Result<Response<AccessToken>, Error> {
        self.login.create_token(&self.http).await
    }

    /// Reads a shipment by its id.
    ///
    /// The request limit in which it counts: [`GET_SHIPMENT`](crate::operations::GET_SHIPMENT).
    ///
    /// ```no_run
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let shipment = client.get_shipment("S-RB473128508SG").await?;
    /// println!("{:?}, with the carrier since {:?}", shipment.status, shipment.carrier_received_at);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty id, `.`, `..`,
    /// more than 1024 bytes, and for the id `search`, which exporto takes for the search;
    /// [`NotFound`](crate::ErrorKind::NotFound) for an unknown shipment.
    pub async fn get_shipment(&self, shipment_id: &str) -> Result<Response<Shipment>, Error> {
        let call = self.http.call(&operations::GET_SHIPMENT);
        let call = call.check(check_shipment_id(shipment_id));
        let response: Response<Shipment> = call.path("shipmentId", shipment_id).send().await?;
        let body = response.body().clone();
        response.try_map(|shipment| check_is_shipment(&shipment, &body).map(|()| shipment))
    }

    /// Finds shipments by a carrier's number or by a date, one page.
    ///
    /// The shipments are partial: only `shipmentId` can be relied on, so read each by its id. Nothing found
    /// is an empty list. Pages are counted from 0, and there is no total. A shipment that does not fit costs
    /// no other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`SEARCH_SHIPMENTS`](crate::operations::SEARCH_SHIPMENTS).
    ///
    /// ```no_run
    /// use exporto_sdk::SearchShipmentsQuery;
    ///
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let query = SearchShipmentsQuery::new().foreign_outbound_tracking_id("JJD014200007361948250");
    /// for shipment in client.search_shipments(&query).await?.iter() {
    ///     println!("{:?}", shipment.shipment_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call without a selector (one of the
    /// two numbers or of the three dates), for a date-time without an offset, a negative page, or a page
    /// size below 1.
    pub async fn search_shipments(
        &self,
        query: &SearchShipmentsQuery,
    ) -> Result<Response<Vec<Shipment>>, Error> {
        let call = self.http.call(&operations::SEARCH_SHIPMENTS);
        bare_list(call.check(check_search(query)).query(query)).await
    }

    /// Finds shipments as a stream, from the query's page on.
    ///
    /// The stream yields whole pages with their page number, from which a later run can resume; `items()`
    /// yields the shipments. Memory stays constant. The last page is an empty one or, when the query has a
    /// page size, a shorter one (assumed). Should exporto have a maximum below that size, which is not
    /// documented, the first page would pass for the last: leave the size out to be sure. A page that repeats the one before is an error: exporto would
    /// ignore the page number, and the rest could not be had.
    ///
    /// ```no_run
    /// use exporto_sdk::SearchShipmentsQuery;
    ///
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let query = SearchShipmentsQuery::new()
    ///     .processed_at("2026-10-05T00:00:00+02:00")
    ///     .page_size(50);
    /// let mut shipments = client.search_shipments_pages(&query).items();
    /// while let Some(shipment) = shipments.next().await {
    ///     println!("{:?}", shipment?.shipment_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn search_shipments_pages(
        &self,
        query: &SearchShipmentsQuery,
    ) -> Pages<'static, Shipment, i64> {
        let client = self.clone();
        let query = query.clone();
        paginate(query.page.unwrap_or(0), move |page| {
            let client = client.clone();
            let query = query.clone().page(page);
            async move {
                let (items, response) = client.search_shipments(&query).await?.into_parts();
                let next = next_page(page, items.len(), &response, query.page_size);
                Ok(Page::new(items, page, next).with_response(&response, BARE, identity))
            }
        })
    }

    /// Lists the available tours, one page.
    ///
    /// Assumed: path, paging and shape; see [`ClientBuilder`] for setting another path. What a tour has
    /// beside its id is in [`extra`](Tour::extra). An element that does not fit costs no other, and is one
    /// of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`LIST_TOURS`](crate::operations::LIST_TOURS).
    ///
    /// ```no_run
    /// use exporto_sdk::ListToursQuery;
    ///
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let tours = client.list_tours(&ListToursQuery::new()).await?;
    /// println!("{} tours on the first page", tours.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a negative page or a page
    /// size below 1. A 404, 405, 406 or 415 says that the path may be wrong.
    pub async fn list_tours(&self, query: &ListToursQuery) -> Result<Response<Vec<Tour>>, Error> {
        self.list_tours_as(query, read_tours).await
    }

    pub(crate) async fn list_tours_as<T>(
        &self,
        query: &ListToursQuery,
        read: impl Fn(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let path = &self.paths.list_tours;
        let call = self.http.call_at(&operations::LIST_TOURS, path);
        let response = call
            .check(query.validate())
            .query(query)
            .send_as(read)
            .await;
        response.map_err(|error| with_path_advice(error, path, "with_list_tours_path"))
    }

    /// Lists all available tours as a stream, from the query's page on.
    ///
    /// Ends as [`search_shipments_pages`](Self::search_shipments_pages) does, except that without a page
    /// size a page that repeats the one before ends the list: since pages of tours are only assumed, the
    /// whole list may come at once whatever page is requested.
    ///
    /// ```no_run
    /// use exporto_sdk::ListToursQuery;
    ///
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let mut tours = client.list_tours_pages(&ListToursQuery::new()).items();
    /// while let Some(tour) = tours.next().await {
    ///     println!("{:?}", tour?.tour_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_tours_pages(&self, query: &ListToursQuery) -> Pages<'static, Tour, i64> {
        let client = self.clone();
        let query = query.clone();
        let previous: Arc<Mutex<Vec<Tour>>> = Arc::default();
        paginate(query.page.unwrap_or(0), move |page| {
            let client = client.clone();
            let query = query.clone().page(page);
            let previous = Arc::clone(&previous);
            async move {
                let (items, response) = client.list_tours(&query).await?.into_parts();
                if query.page_size.is_none() {
                    let mut previous = previous.lock().unwrap_or_else(PoisonError::into_inner);
                    if is_same_page(&previous, &items) {
                        return Ok(Page::new(Vec::new(), page, None));
                    }
                    previous.clone_from(&items);
                }
                let next = next_page(page, items.len(), &response, query.page_size);
                let page = Page::new(items, page, next);
                Ok(page.with_response(&response, BARE, |tour| {
                    tour.tour_id.as_ref().map(TourId::as_str)
                }))
            }
        })
    }

    /// Lists all shipments of a tour, without pages.
    ///
    /// Only `shipmentId` can be relied on. Assumed: path and shape; ids alone, and an object with
    /// `shipmentIds`, are read as well. See [`ClientBuilder`] for setting another path. An element that does
    /// not fit costs no other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`LIST_TOUR_SHIPMENTS`](crate::operations::LIST_TOUR_SHIPMENTS).
    ///
    /// ```no_run
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let shipments = client.list_tour_shipments("T-2026-03-02").await?;
    /// println!("{} shipments", shipments.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty id, `.`, `..` or
    /// more than 1024 bytes; [`NotFound`](crate::ErrorKind::NotFound) for an unknown tour, or when the path
    /// is wrong, which the text says.
    pub async fn list_tour_shipments(
        &self,
        tour_id: &str,
    ) -> Result<Response<Vec<Shipment>>, Error> {
        self.list_tour_shipments_as(tour_id, read_tour_shipments)
            .await
    }

    pub(crate) async fn list_tour_shipments_as<T>(
        &self,
        tour_id: &str,
        read: impl Fn(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let path = &self.paths.list_tour_shipments;
        let call = self.http.call_at(&operations::LIST_TOUR_SHIPMENTS, path);
        let response = call.path("tourId", tour_id).send_as(read).await;
        response.map_err(|error| with_path_advice(error, path, "with_list_tour_shipments_path"))
    }

    /// Closes a tour with the **complete** list of its shipments.
    ///
    /// The list feeds the customs declaration, which is wrong when a shipment is missing. Never repeated by
    /// itself: after an unclear outcome, ask exporto. The response may hold the tour, or nothing. Assumed:
    /// path and response; see [`ClientBuilder`] for setting another path.
    ///
    /// The request limit in which it counts: [`CREATE_TOUR`](crate::operations::CREATE_TOUR).
    ///
    /// ```no_run
    /// use exporto_sdk::CreateTour;
    ///
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let tour = CreateTour::new().shipment_ids(["S-RB473128508SG"]);
    /// let created = client.create_tour(&tour).await?;
    /// println!("{:?}", created.as_ref().map(|tour| &tour.tour_id));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call unless exactly one of the two
    /// lists is given, with at least one entry and none empty. A response 404, 405, 406 or 415 says in its
    /// text that the path may be wrong; [`Decode`](crate::ErrorKind::Decode) for a page, which is not of exporto.
    pub async fn create_tour(&self, tour: &CreateTour) -> Result<Response<Option<Tour>>, Error> {
        let path = &self.paths.create_tour;
        let call = self.http.call_at(&operations::CREATE_TOUR, path);
        let call = call.check(check_tour(tour)).json(tour);
        let response = call.send_as(refuse_page).await;
        let response =
            response.map_err(|error| with_path_advice(error, path, "with_create_tour_path"))?;
        Ok(read_created_tour(response))
    }

    /// Reads all processed shipments as one stream: the documented way for large volumes.
    ///
    /// exporto recommends it because tours hold only shipments that have been processed, which saves
    /// requests for the others. The stream lists the tours, then the shipments of each, and reads the
    /// details of eight at a time, in the order of the tours. A shipment in several tours comes once. What
    /// fails is an item of its own, with the ids of tour and shipment, and costs no other shipment. Only two
    /// failures end the stream: that of the list of tours, and that of the login, since a refused password
    /// would be sent again for each shipment. It holds the ids seen and one tour's list; everything else is
    /// read when it is requested. Drop the stream to stop.
    ///
    /// `since` leaves out shipments whose `processedAt` is an instant before it. exporto has no such filter,
    /// so this happens here, after the details were read. `processedAt` is a field that was never observed in
    /// a response: **a shipment without it, or with one that is no instant, always comes**, since its
    /// age is unknown. Other dates play no part. Pass `None` for all.
    ///
    /// The two lists of tours are assumed; see [`ClientBuilder`] for setting other paths.
    ///
    /// ```no_run
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let mut shipments = client.processed_shipments(None);
    /// while let Some(outcome) = shipments.next().await {
    ///     match outcome {
    ///         Ok(shipment) => println!("{:?}", shipment.carrier_delivered_at),
    ///         Err(failed) => eprintln!("{:?}: {failed}", failed.shipment_id),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn processed_shipments(&self, since: impl Into<Option<UtcTime>>) -> ProcessedShipments {
        ProcessedShipments::of_all_tours(self.clone(), since.into())
    }

    /// The same for tours that are known: those of [`list_tours`](Self::list_tours) that an earlier run has
    /// not seen, for example.
    ///
    /// ```no_run
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let mut shipments = client.processed_shipments_of_tours(["T-2026-03-02"], None);
    /// while let Some(shipment) = shipments.next().await {
    ///     match shipment {
    ///         Ok(shipment) => println!("{:?}", shipment.shipment_id),
    ///         Err(failed) => eprintln!("{failed}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn processed_shipments_of_tours<T: Into<TourId>>(
        &self,
        tours: impl IntoIterator<Item = T>,
        since: impl Into<Option<UtcTime>>,
    ) -> ProcessedShipments {
        let tours = tours.into_iter().map(Into::into).collect();
        ProcessedShipments::of_tours(self.clone(), tours, since.into())
    }

    /// Lists the carrier products for which the account can create labels. One that does not fit costs no
    /// other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`LIST_LABEL_METHODS`](crate::operations::LIST_LABEL_METHODS).
    ///
    /// ```no_run
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// for method in client.list_label_methods().await?.iter() {
    ///     println!("{:?} {:?}", method.method_id, method.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Authentication errors only.
    pub async fn list_label_methods(&self) -> Result<Response<Vec<LabelMethod>>, Error> {
        bare_list(self.http.call(&operations::LIST_LABEL_METHODS)).await
    }

    /// Creates a label. [`Label::pdf`] decodes the document.
    ///
    /// Never repeated by itself once it may have arrived: the label may exist and cost money. For an
    /// inbound label the address is that of the customer who sends the return.
    ///
    /// The request limit in which it counts: [`CREATE_LABEL`](crate::operations::CREATE_LABEL).
    ///
    /// ```no_run
    /// use exporto_sdk::{CreateLabel, LabelAddress, LabelFormat, LabelOrder, LabelPackage, LabelProduct};
    ///
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let label = CreateLabel::new(
    ///     LabelOrder::new("order-1001"),
    ///     LabelProduct::new(17, LabelFormat::Pdf), // a `method_id` of `list_label_methods`
    ///     LabelPackage::new(850, "R-1"),
    ///     LabelAddress::new("Sample Person", "Sample Street 5", "Sampletown", "0101", "NO"),
    /// );
    /// let created = client.create_label(&label).await?;
    /// println!("{:?}", created.tracking_code);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty string, a weight
    /// below 1 or a country code that is not two capital letters, and from exporto;
    /// [`Server`](crate::ErrorKind::Server) with the same message when the carrier failed;
    /// [`Decode`](crate::ErrorKind::Decode) when the response holds nothing of a label, which may exist at
    /// the carrier all the same.
    pub async fn create_label(&self, label: &CreateLabel) -> Result<Response<Label>, Error> {
        let call = self.http.call(&operations::CREATE_LABEL);
        let call = call.check(check_label(label)).json(label);
        let response: Response<Label> = call.send().await?;
        response.try_map(|label| check_is_label(&label).map(|()| label))
    }

    /// Registers a return shipment of an existing order, under an id of your choice.
    ///
    /// Any 2xx is a success, and the body is ignored: exporto sends none. A page in HTML is no success, since it
    /// comes from something in front of the API. Never repeated by itself once it may have arrived;
    /// [`get_shipment`](Self::get_shipment) with the same id then shows whether it did.
    ///
    /// The request limit in which it counts: [`REGISTER_RETURN_SHIPMENT`](crate::operations::REGISTER_RETURN_SHIPMENT).
    ///
    /// ```no_run
    /// use exporto_sdk::ReturnShipment;
    ///
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// let shipment = ReturnShipment::new("return-1", "IN-1").order_id("order-1001");
    /// client.register_return_shipment(&shipment).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call unless exactly one of `orderId`
    /// and `customerFacingId` is given, for empty strings, and for the id `search`;
    /// [`NotFound`](crate::ErrorKind::NotFound), presumably for an unknown order;
    /// [`Decode`](crate::ErrorKind::Decode) when the response is a page in HTML.
    pub async fn register_return_shipment(
        &self,
        shipment: &ReturnShipment,
    ) -> Result<Response<()>, Error> {
        let call = self.http.call(&operations::REGISTER_RETURN_SHIPMENT);
        let call = call.check(check_return_shipment(shipment)).json(shipment);
        let response = call.send_as(refuse_page).await?;
        Ok(response.map(|_| ()))
    }

    /// Calls any path with this client's token, retries and error mapping: the way out for an endpoint that
    /// this version does not know.
    ///
    /// The path follows the base URL and may have a query. `GET`, `HEAD`, `PUT` and `DELETE` count as safe
    /// to repeat. No request limit is known, so such a call waits only after a 429 to one like it.
    ///
    /// ```no_run
    /// use exporto_sdk::tracking_http::http::Method;
    ///
    /// # async fn example(client: exporto_sdk::Client) -> Result<(), exporto_sdk::Error> {
    /// // Suppose that exporto has added an endpoint since this version, with a file for a response.
    /// let invoice = client.request(Method::GET, "/shipment/S-RB473128508SG/invoice").accept("application/pdf");
    /// let file = invoice.send_bytes().await?;
    /// println!("{} bytes", file.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        self.http.request(method, path)
    }
}

/// What distinguishes a shipment from those on another page. Partial as they are, one may come without its id.
fn identity(shipment: &Shipment) -> Option<&str> {
    let id = shipment.shipment_id.as_ref().map(ShipmentId::as_str);
    id.or(shipment.foreign_outbound_tracking_id.as_deref())
        .or(shipment.foreign_inbound_tracking_id.as_deref())
}

/// Where the list of a page is: its response is a bare array.
const BARE: &[&[&str]] = &[&[]];

/// Sends a call whose response is a bare array.
async fn bare_list<T: DeserializeOwned>(call: Call<'_>) -> Result<Response<Vec<T>>, Error> {
    call.send_as(read_list).await
}

/// The page after this one: none after an empty page, or after one shorter than what was requested.
fn next_page<R>(
    page: i64,
    items: usize,
    response: &Response<R>,
    page_size: Option<i64>,
) -> Option<i64> {
    let items = response.count_elements(&[], items);
    let is_full = i64::try_from(items).is_ok_and(|items| items >= page_size.unwrap_or(1).max(1));
    is_full.then(|| page.saturating_add(1))
}
