//! The shipping orders of the account.

use std::collections::HashMap;

use crate::gcl::carriers::Method;

/// A shipping order that a caller created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Order {
    /// `orderId` of the response.
    pub order_id: String,
    /// The caller's own reference.
    pub order_reference_id: String,
    /// The carrier's number of each package, in the order of the request.
    pub tracking_numbers: Vec<String>,
}

/// What an order knows about a package, and a carrier does not.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) order_reference_id: String,
    pub(crate) grams: u64,
    pub(crate) method: &'static Method,
}

/// All orders, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    orders: Vec<Order>,
    packages: HashMap<String, Package>,
}

impl Orders {
    pub(crate) fn all(&self) -> &[Order] {
        &self.orders
    }

    /// How many packages there are.
    pub(crate) fn packages(&self) -> usize {
        self.packages.len()
    }

    pub(crate) fn has_reference(&self, reference: &str) -> bool {
        self.orders
            .iter()
            .any(|order| order.order_reference_id == reference)
    }

    /// The package with this number, in any letter case.
    pub(crate) fn package(&self, number: &str) -> Option<&Package> {
        self.packages.get(&number.to_uppercase())
    }

    pub(crate) fn add_package(&mut self, number: &str, package: Package) {
        self.packages.insert(number.to_uppercase(), package);
    }

    pub(crate) fn add(&mut self, order: Order) {
        self.orders.push(order);
    }
}
