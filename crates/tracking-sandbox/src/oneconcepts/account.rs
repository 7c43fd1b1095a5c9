//! The account at 1concepts, as a test sees it.

use std::sync::Arc;

use crate::control::account_methods;
use crate::error::ParcelError;
use crate::oneconcepts::berlin;
use crate::oneconcepts::demo;
use crate::oneconcepts::endpoints::ENDPOINTS;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::settings::{PARTNER, Settings};
use crate::sandbox::Sandbox;

impl Sandbox {
    /// The account at 1concepts. [`OneConcepts::operations`] lists how operations are named.
    #[must_use]
    pub fn oneconcepts(&self) -> OneConcepts {
        OneConcepts {
            provider: Arc::clone(&self.modules().oneconcepts),
        }
    }
}

/// The account at 1concepts, as a test sees it. Clones are the same account.
///
/// Every parcel of the sandbox belongs to an order. The demo parcels belong to `SHOP::1001` to
/// `SHOP::1007`; any other parcel belongs to an order whose external number is the parcel's first
/// number, until [`OneConcepts::pack`] puts it into another one.
#[derive(Debug, Clone)]
pub struct OneConcepts {
    provider: Arc<OneConceptsProvider>,
}

account_methods!(OneConcepts, "oneconcepts", ENDPOINTS, Settings);

impl OneConcepts {
    /// The external number of the order with the parcel of [`Sandbox::DEMO_NUMBER`].
    pub const DEMO_ORDER_NUMBER: &'static str = demo::ORDER_NUMBER;

    /// The e-mail address that tokens are requested with.
    #[must_use]
    pub fn email(&self) -> String {
        self.provider.state().settings.email.clone()
    }

    /// The password that belongs to the address.
    #[must_use]
    pub fn password(&self) -> String {
        self.provider.state().settings.password.clone()
    }

    /// The number of the account, as in the address of its partner.
    #[must_use]
    pub fn partner_id(&self) -> u64 {
        PARTNER
    }

    /// Lets all tokens expire that were made so far, whatever their `exp`.
    pub fn expire_tokens(&self) {
        self.provider.state().tokens.expire_all();
    }

    /// Puts parcels into an order, each by one of its numbers. A missing order is made.
    ///
    /// # Errors
    ///
    /// No parcel has one of the numbers; then nothing has changed.
    pub fn pack(&self, external_order_number: &str, parcels: &[&str]) -> Result<(), ParcelError> {
        self.provider.pack(external_order_number, parcels)
    }

    /// Adds this many shipped orders without a parcel, for tests with long lists. Their external
    /// numbers are `BULK::` and nine digits; each has one tracking with the number `BULK` and the
    /// same digits, of the last upload.
    pub fn add_orders(&self, count: u32) {
        let now = self.provider.snapshot().now;
        let uploaded_at = berlin::last_upload(now).unwrap_or(now);
        let mut state = self.provider.state();
        for _ in 0..count {
            let serial = state.orders.made();
            let external_number = format!("BULK::{serial:09}");
            state.add_shipped(external_number, &format!("BULK{serial:09}"), uploaded_at);
        }
    }

    /// Takes a product out of the portfolio, which holds the skus 2001 to 2005.
    pub fn remove_product(&self, sku: u64) {
        self.provider.state().catalogue.remove(sku);
    }
}

impl OneConceptsProvider {
    pub(crate) fn pack(
        &self,
        external_order_number: &str,
        parcels: &[&str],
    ) -> Result<(), ParcelError> {
        let mut first_numbers = Vec::with_capacity(parcels.len());
        for number in parcels {
            let journey = self.core.world.find(number);
            let first = journey.and_then(|it| Some(it.legs().first()?.number().to_owned()));
            first_numbers.push(first.ok_or_else(|| ParcelError::UnknownNumber {
                number: (*number).to_owned(),
            })?);
        }
        let mut state = self.state();
        state.orders.find_or_add(external_order_number, false);
        for first in first_numbers {
            state.pack(external_order_number, &first);
        }
        Ok(())
    }
}
