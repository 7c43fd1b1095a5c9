//! Filters of orders: whether the response fits. The server ignores a filter that it cannot use and sends
//! everything, and the caller would take other orders for the requested ones.

use tracking_http::Error;

use crate::{ListOrdersQuery, Order, OrderStatus};

/// What was requested, for comparison with what came.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrderFilter {
    status: Option<OrderStatus>,
    /// In lower case; none for orders of every number.
    numbers: Vec<String>,
}

impl OrderFilter {
    /// Reads a query and the numbers that are sent beside it.
    pub(crate) fn of(query: &ListOrdersQuery, numbers: &[String]) -> Self {
        let numbers = numbers.iter().chain(&query.external_order_number);
        Self {
            status: query.status.clone(),
            numbers: numbers.map(|number| plain(number)).collect(),
        }
    }

    /// Finds out a filter that the server ignored.
    ///
    /// # Errors
    ///
    /// When an order clearly does not fit. One with neither number nor status may fit, and so may
    /// one of whose number only a part was requested.
    pub(crate) fn check(&self, orders: &[Order]) -> Result<(), Error> {
        if orders.iter().all(|order| self.may_fit(order)) {
            return Ok(());
        }
        Err(Error::decode(
            "hydra:member",
            "the list holds orders that the filter leaves out, so the server has ignored it",
        ))
    }

    fn may_fit(&self, order: &Order) -> bool {
        let fits_status = match (&self.status, &order.status) {
            (Some(requested), Some(status)) => {
                status.as_str().eq_ignore_ascii_case(requested.as_str())
            }
            _ => true,
        };
        let fits_number = match &order.external_order_number {
            Some(number) if !self.numbers.is_empty() => {
                let number = plain(number);
                self.numbers.iter().any(|part| number.contains(part))
            }
            _ => true,
        };
        fits_status && fits_number
    }
}

fn plain(number: &str) -> String {
    number.trim().to_lowercase()
}
