//! Setting the status of an order: the documented purpose, in an assumed form that can be changed.

use bytes::Bytes;
use http::StatusCode;
use tracking_http::{Call, Error, ErrorKind, Response};

use crate::error::LD_JSON;
use crate::generated::operations;
use crate::hydra::may_be_record;
use crate::number::check;
use crate::{Iri, Order, OrderStatus, RecordId, UpdateOrder, UpdateOrderStatusQuery};

/// How a `PATCH` names the order that it changes.
///
/// The documentation lists `PATCH api/orders`, the path of the collection, with the order number as
/// its parameter, and says neither where the number goes nor which media type it takes. If the
/// update fails with 404, 405 or 415, try another form, or another media type with
/// [`with_order_update_content_type`](crate::ClientBuilder::with_order_update_content_type).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OrderUpdateForm {
    /// `PATCH api/orders?externalOrderNumber=…` with the status in the body. Assumed, the default.
    #[default]
    NumberInQuery,
    /// `PATCH api/orders` with number and status in the body. Assumed.
    NumberInBody,
    /// `PATCH api/orders/{id}` with the status in the body: what the framework offers by default.
    /// Assumed. It needs the id of the order.
    ItemPath,
}

/// Which order is meant, by whatever is known of it.
///
/// A string is the order number of your own system; an [`Order`] gives its number and its id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderRef<'a> {
    number: Option<&'a str>,
    id: Option<&'a str>,
}

impl<'a> OrderRef<'a> {
    /// Names an order by the number of your own system.
    #[must_use]
    pub const fn external_order_number(number: &'a str) -> Self {
        Self {
            number: Some(number),
            id: None,
        }
    }

    /// Names an order by its id at 1concepts, the end of its address.
    #[must_use]
    pub const fn id(id: &'a str) -> Self {
        Self {
            number: None,
            id: Some(id),
        }
    }
}

impl<'a> From<&'a str> for OrderRef<'a> {
    fn from(number: &'a str) -> Self {
        Self::external_order_number(number)
    }
}

impl<'a> From<&'a String> for OrderRef<'a> {
    fn from(number: &'a String) -> Self {
        Self::external_order_number(number)
    }
}

impl<'a> From<&'a Order> for OrderRef<'a> {
    fn from(order: &'a Order) -> Self {
        let own_id = || order.id.as_ref().map(RecordId::as_str);
        Self {
            number: order.external_order_number.as_deref(),
            id: order.iri.as_ref().and_then(Iri::id).or_else(own_id),
        }
    }
}

/// The form of updates of one client.
#[derive(Clone, Debug)]
pub(crate) struct OrderUpdates {
    pub(crate) form: OrderUpdateForm,
    pub(crate) content_type: String,
}

impl Default for OrderUpdates {
    fn default() -> Self {
        Self {
            form: OrderUpdateForm::default(),
            content_type: LD_JSON.to_owned(),
        }
    }
}

impl OrderUpdates {
    /// Sends the update.
    pub(crate) async fn send(
        &self,
        http: &tracking_http::Client,
        order: OrderRef<'_>,
        status: &OrderStatus,
    ) -> Result<Response<Option<Order>>, Error> {
        let outcome = self.call(http, order, status)?.send_bytes().await;
        let response = outcome.map_err(with_hint)?;
        changed(response, order, status)
    }

    fn call<'a>(
        &self,
        http: &'a tracking_http::Client,
        order: OrderRef<'_>,
        status: &OrderStatus,
    ) -> Result<Call<'a>, Error> {
        check_status(status)?;
        let mut body = UpdateOrder::new(status.clone());
        let call = match self.form {
            OrderUpdateForm::ItemPath => {
                let id = order.id.ok_or_else(|| {
                    unnamed(
                        "id",
                        "is not known; the form `ItemPath` needs the `Order` or its id",
                    )
                })?;
                let operation = &operations::UPDATE_ORDER_STATUS_BY_ID;
                http.call(operation).path("id", id)
            }
            form => {
                let number = order.number.ok_or_else(|| {
                    unnamed(
                        "externalOrderNumber",
                        "is not known of this order; name it, or choose `OrderUpdateForm::ItemPath`",
                    )
                })?;
                check("externalOrderNumber", number)?;
                let call = http.call(&operations::UPDATE_ORDER_STATUS);
                if form == OrderUpdateForm::NumberInBody {
                    body = body.external_order_number(number);
                    call
                } else {
                    let query = UpdateOrderStatusQuery::new().external_order_number(number);
                    call.query(&query)
                }
            }
        };
        let body = serde_json::to_vec(&body)
            .map_err(|error| unnamed("status", "cannot be sent").with_source(error))?;
        Ok(call.body(body, &self.content_type))
    }
}

/// Refuses an empty status.
pub(crate) fn check_status(status: &OrderStatus) -> Result<(), Error> {
    check("status", status.as_str())
}

fn unnamed(parameter: &str, reason: &str) -> Error {
    Error::invalid_request(parameter, reason).with_provider(crate::error::NAME)
}

/// Says which setting to change where the form may be the wrong one.
fn with_hint(error: Error) -> Error {
    let is_form = matches!(
        error.status(),
        Some(
            StatusCode::NOT_FOUND
                | StatusCode::METHOD_NOT_ALLOWED
                | StatusCode::UNSUPPORTED_MEDIA_TYPE
        )
    );
    if !is_form {
        return error;
    }
    error.with_message(
        "the form of this request is assumed; if the order exists, try another one with \
         `with_order_update_form` or `with_order_update_content_type`",
    )
}

/// Reads the response, which may be empty. The server ignores keys that it does not know without an
/// error, so an order that comes back with another status was not changed, and another order that
/// comes back was changed instead.
fn changed(
    response: Response<Bytes>,
    named: OrderRef<'_>,
    status: &OrderStatus,
) -> Result<Response<Option<Order>>, Error> {
    if response.body().iter().all(u8::is_ascii_whitespace) {
        return Ok(response.map(|_| None));
    }
    response.decode::<Option<Order>>()?.try_map(|order| {
        let Some(returned) = &order else {
            return Ok(None);
        };
        if !may_be_record(returned.resource_type.as_ref()) {
            return Err(Error::decode(
                "",
                "the response has a success status and is no order",
            ));
        }
        let conflict = |message: &str| Err(Error::new(ErrorKind::Conflict, message));
        if is_other(named, OrderRef::from(returned)) {
            return conflict(
                "another order came back than the named one, so look at both; the form of \
                 the update is assumed, try another one with `with_order_update_form`",
            );
        }
        if returned
            .status
            .as_ref()
            .is_some_and(|other| other != status)
        {
            return conflict(
                "the order came back with another status, so the update had no effect; its form is \
                 assumed, try another one with `with_order_update_form`",
            );
        }
        Ok(order)
    })
}

/// Returns true if two names clearly mean two orders.
fn is_other(named: OrderRef<'_>, returned: OrderRef<'_>) -> bool {
    let differ = |one: Option<&str>, other: Option<&str>| {
        one.zip(other)
            .is_some_and(|(one, other)| !one.trim().eq_ignore_ascii_case(other.trim()))
    };
    differ(named.id, returned.id) || differ(named.number, returned.number)
}
