//! The products of the account. All of them are made up.

/// A product of the portfolio.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Product {
    pub(crate) sku: u64,
    pub(crate) category: u64,
    pub(crate) countries: &'static [&'static str],
    pub(crate) stock: u32,
    pub(crate) net_cost: f64,
    pub(crate) retail_price: &'static str,
    pub(crate) is_bulk: bool,
}

const PRODUCT_LIST: [Product; 5] = [
    Product {
        sku: 2001,
        category: 1,
        countries: &["DE", "AT", "CH"],
        stock: 120,
        net_cost: 12.5,
        retail_price: "24.90",
        is_bulk: false,
    },
    Product {
        sku: 2002,
        category: 1,
        countries: &["DE"],
        stock: 0,
        net_cost: 7.0,
        retail_price: "15.00",
        is_bulk: false,
    },
    Product {
        sku: 2003,
        category: 2,
        countries: &["DE", "FR"],
        stock: 4,
        net_cost: 310.25,
        retail_price: "599.00",
        is_bulk: true,
    },
    Product {
        sku: 2004,
        category: 3,
        countries: &["DE", "AT", "FR"],
        stock: 31,
        net_cost: 3.99,
        retail_price: "9.95",
        is_bulk: false,
    },
    Product {
        sku: 2005,
        category: 4,
        countries: &[],
        stock: 8,
        net_cost: 45.0,
        retail_price: "79.00",
        is_bulk: false,
    },
];

/// The portfolio of the provider.
#[derive(Debug)]
pub(crate) struct Catalogue {
    products: Vec<Product>,
}

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            products: PRODUCT_LIST.to_vec(),
        }
    }
}

impl Catalogue {
    pub(crate) fn products(&self) -> &[Product] {
        &self.products
    }

    /// Removes a product from the portfolio.
    pub(crate) fn remove(&mut self, sku: u64) {
        self.products.retain(|product| product.sku != sku);
    }
}
