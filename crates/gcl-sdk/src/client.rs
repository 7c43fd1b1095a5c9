//! The client: one method per operation, named after GCL's pages.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use tracking_core::kit::{UnmappedCounter, has_path};
use tracking_http::json::without_bom;
use tracking_http::{Call, Error, RateClass, Response, Secret};

use crate::builder::ClientBuilder;
use crate::created_order::created_order;
use crate::error::NAME;
use crate::full_body::{empty_order, empty_quote, with_full_body};
use crate::generated::operations;
use crate::number::check_tracking_number;
use crate::order::{check_order, check_quote};
use crate::partial::{check_is_shipment, missing};
use crate::status_table::Descriptions;
use crate::webhook::WebhookReceiver;
use crate::{
    CreateShippingOrder, QuoteShippingMethods, ShippingMethodsQuote, ShippingOrder,
    TrackingResponse,
};

/// The documented limit: one over all requests of an account, and so over those of no operation too.
const ACCOUNT_RATE: RateClass = RateClass::new("account", 100, Duration::from_secs(1));

/// A client of the GCL Logistics API.
///
/// Cheap to clone: clones share connections, rate limits and counters. Every call keeps GCL's
/// documented limit of 100 requests a second, retries what is safe to repeat, and returns a
/// [`Response`] that derefs to the result and keeps status, headers and raw body beside it.
///
/// ```no_run
/// use gcl_sdk::Client;
///
/// # async fn example() -> Result<(), gcl_sdk::Error> {
/// let client = Client::from_env()?;
///
/// let tracking = client.get_tracking("QX4471902385").await?;
///
/// for checkpoint in &tracking.checkpoints {
///     println!("{:?} {:?}", checkpoint.created_at, checkpoint.message);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: tracking_http::Client,
    pub(crate) webhooks: Option<WebhookReceiver>,
    pub(crate) descriptions: Descriptions,
    pub(crate) unmapped: Arc<UnmappedCounter>,
}

impl Client {
    /// Starts a client with an API key. Keys are opaque; they may hold a colon.
    ///
    /// ```no_run
    /// use gcl_sdk::{Client, ConfigureClient as _, TEST};
    ///
    /// # fn example() -> Result<(), gcl_sdk::Error> {
    /// let client = Client::builder("your key").with_base_url(TEST).build()?;
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
    /// # fn example() -> Result<(), gcl_sdk::Error> {
    /// let client = gcl_sdk::Client::new("your key")?;
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

    /// Builds a client from the environment.
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `GCL_API_KEY` | the API key, required |
    /// | `GCL_BASE_URL` | another address than production, such as [`TEST`](crate::TEST) |
    /// | `GCL_WEBHOOK_HEADER` | the name of the custom header of notifications, for [`Client::webhooks`] |
    /// | `GCL_WEBHOOK_SECRET` | the value of that header |
    ///
    /// ```no_run
    /// # fn example() -> Result<(), gcl_sdk::Error> {
    /// let client = gcl_sdk::Client::from_env()?;
    /// # let _ = client;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is missing or empty, when only one
    /// of the two variables for notifications is set, or when the base URL is not usable.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Reads the checkpoints of one parcel.
    ///
    /// The checkpoints may be empty: then the parcel is known and was not scanned yet. No order is
    /// promised; [`tracking_core::Provider::track`] sorts them.
    ///
    /// The request limit in which it counts: [`GET_TRACKING`](crate::operations::GET_TRACKING).
    ///
    /// ```no_run
    /// # async fn example(client: gcl_sdk::Client) -> Result<(), gcl_sdk::Error> {
    /// let tracking = client.get_tracking("RB473128508SG").await?;
    /// for checkpoint in &tracking.checkpoints {
    ///     println!("{:?}  {:?}", checkpoint.created_at, checkpoint.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a number that
    /// [`check_tracking_number`] refuses; [`NotFound`](crate::ErrorKind::NotFound) for
    /// `TRACKING_DETAILS_NOT_FOUND`, whatever status it comes with;
    /// [`Decode`](crate::ErrorKind::Decode) for a response that says nothing of a parcel, and for one in
    /// which a field does not fit: [`shipment_from_body`](crate::shipment_from_body) reads the rest of
    /// [`Error::body`].
    pub async fn get_tracking(
        &self,
        tracking_number: &str,
    ) -> Result<Response<TrackingResponse>, Error> {
        let call = self.http.call(&operations::GET_TRACKING);
        let call = call.check(check_tracking_number(tracking_number));
        let call = call.path("trackingNumber", tracking_number);
        let response: Response<TrackingResponse> = call.send().await?;
        let body = response.body().clone();
        response.try_map(|tracking| {
            check_is_shipment(&tracking, &body)?;
            Ok(tracking)
        })
    }

    /// Quotes the shipping methods for an address and packages.
    ///
    /// Prices are in the currency of the request (assumed). A quote creates nothing (assumed), so
    /// it is repeated like a read. A method that does not fit costs no other, and is one of
    /// [`Response::problems`].
    ///
    /// The request limit in which it counts: [`QUOTE_SHIPPING_METHODS`](crate::operations::QUOTE_SHIPPING_METHODS).
    ///
    /// ```no_run
    /// use gcl_sdk::QuoteShippingMethods;
    ///
    /// # async fn example(client: gcl_sdk::Client, quote: QuoteShippingMethods) -> Result<(), gcl_sdk::Error> {
    /// let methods = client.quote_shipping_methods(&quote).await?;
    /// for method in &methods.items {
    ///     println!("{method:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for an empty reference, a
    /// currency or country that is no code, no package, or an amount below zero;
    /// [`Permission`](crate::ErrorKind::Permission) when the account may not ship (assumed).
    pub async fn quote_shipping_methods(
        &self,
        quote: &QuoteShippingMethods,
    ) -> Result<Response<ShippingMethodsQuote>, Error> {
        let call = self.http.call(&operations::QUOTE_SHIPPING_METHODS);
        let call = call.check(check_quote(quote));
        let call = with_full_body(call, quote, &empty_quote());
        let response = call
            .send_partial(|quote: &ShippingMethodsQuote| !quote.items.is_empty())
            .await?;
        let body = response.body().clone();
        response.try_map(|quote| {
            if quote.items.is_empty() && !has_path(without_bom(&body), &["items"]) {
                return Err(missing("items", "this key is missing"));
            }
            Ok(quote)
        })
    }

    /// Creates an order for shipping, with its label and tracking code.
    ///
    /// Where label and tracking code are in the response is not published: look into
    /// [`ShippingOrder::extra`] and [`Response::body`]. A key of another shape than the published
    /// one is left out and is in the body only: it must not hide an order that exists.
    ///
    /// The response comes within seconds; the call has 60. It is never repeated by itself once it may
    /// have arrived, because it is not known what a second order with the same reference does: only a
    /// refused connection and 429 are followed by another attempt.
    ///
    /// The request limit in which it counts: [`CREATE_SHIPPING_ORDER`](crate::operations::CREATE_SHIPPING_ORDER).
    ///
    /// ```no_run
    /// use gcl_sdk::{QuoteShippingMethods, ShippingMethodSelection, Tier};
    ///
    /// # async fn example(client: gcl_sdk::Client, quote: QuoteShippingMethods) -> Result<(), gcl_sdk::Error> {
    /// let order = quote.into_order(ShippingMethodSelection::of_tier(Tier::Standard));
    /// let created = client.create_shipping_order(&order).await?;
    /// println!("{:?}", created.order_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call as for
    /// [`quote_shipping_methods`](Self::quote_shipping_methods), and when the shipping method names
    /// neither a tier nor a carrier with its method, or both;
    /// [`Conflict`](crate::ErrorKind::Conflict) (assumed for a repeated reference);
    /// [`Timeout`](crate::ErrorKind::Timeout) after 60 s, [`Transport`](crate::ErrorKind::Transport),
    /// [`Server`](crate::ErrorKind::Server) and [`Decode`](crate::ErrorKind::Decode), with the order
    /// possibly created.
    pub async fn create_shipping_order(
        &self,
        order: &CreateShippingOrder,
    ) -> Result<Response<ShippingOrder>, Error> {
        let call = self.http.call(&operations::CREATE_SHIPPING_ORDER);
        let call = call.check(check_order(order));
        let call = with_full_body(call, order, &empty_order());
        created_order(call.send_bytes().await?)
    }

    /// Calls any path with this client's key, limits, retries and error mapping: the way out for
    /// an endpoint that this version does not know, and for a request body with other keys than
    /// those of the published example.
    ///
    /// The path follows the `/v1` of the base URL and may have a query. `GET`, `HEAD`, `PUT` and `DELETE` count as
    /// safe to repeat. The documented limit is one over all requests, so it holds for these too.
    /// Here too an object with a string `code` or `error` is an error, whatever its
    /// status, unless it has a key of one of the known responses.
    ///
    /// ```no_run
    /// use gcl_sdk::tracking_http::http::Method;
    ///
    /// #[derive(serde::Serialize)]
    /// struct Cancellation<'a> {
    ///     reason: &'a str,
    /// }
    ///
    /// # async fn example(client: gcl_sdk::Client) -> Result<(), gcl_sdk::Error> {
    /// // Suppose that GCL has added an endpoint since this version. What is posted is not repeated after a failure.
    /// let cancel = client.request(Method::POST, "/shipping-orders/1001/cancel");
    /// let response = cancel.json(&Cancellation { reason: "out of stock" }).send_bytes().await?;
    /// println!("{} {}", response.http_status(), String::from_utf8_lossy(&response));
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        self.http.request(method, path).rate(ACCOUNT_RATE)
    }

    /// Receives notifications with the custom header that the builder or the environment gave.
    ///
    /// ```no_run
    /// use gcl_sdk::Client;
    ///
    /// # fn example(headers: gcl_sdk::tracking_http::http::HeaderMap, body: &[u8]) -> Result<(), gcl_sdk::Error> {
    /// let client = Client::builder("your key").with_webhook_header("X-Shop-Token", "a secret of yours").build()?;
    /// let notification = client.webhooks()?.receive(&headers, body)?;
    /// println!("{notification:?}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when no header was given.
    pub fn webhooks(&self) -> Result<&WebhookReceiver, Error> {
        self.webhooks.as_ref().ok_or_else(|| {
            Error::configuration(
                "no header for notifications was given; set `GCL_WEBHOOK_HEADER` and \
                 `GCL_WEBHOOK_SECRET` or call `with_webhook_header`",
            )
            .with_provider(NAME)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ACCOUNT_RATE, operations};

    #[test]
    fn every_operation_counts_towards_the_limit_of_the_account() {
        for operation in operations::ALL {
            assert_eq!(operation.rate, ACCOUNT_RATE, "{}", operation.id);
        }
    }
}
