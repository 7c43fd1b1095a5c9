//! The account at 1concepts, as a test sees it.

use std::sync::Arc;
use std::time::Duration;

use crate::error::ParcelError;
use crate::fault::Faults;
use crate::oneconcepts::berlin;
use crate::oneconcepts::demo;
use crate::oneconcepts::endpoints;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::settings::{self, Assumptions, TokenForm};
use crate::sandbox::Sandbox;
use crate::server::Endpoint;

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

impl OneConcepts {
    /// The external number of the order with the parcel of [`Sandbox::DEMO_NUMBER`].
    pub const DEMO_ORDER_NUMBER: &'static str = demo::ORDER_NUMBER;

    /// The e-mail address that a token is asked for with.
    #[must_use]
    pub fn email(&self) -> String {
        self.provider.state().settings.email.clone()
    }

    /// The password that goes with the address.
    #[must_use]
    pub fn password(&self) -> String {
        self.provider.state().settings.password.clone()
    }

    /// Changes the credentials. Tokens that were made before stay good.
    pub fn set_credentials(&self, email: impl Into<String>, password: impl Into<String>) {
        let settings = &mut self.provider.state().settings;
        settings.email = email.into();
        settings.password = password.into();
    }

    /// The number of the account, as in the address of its partner.
    #[must_use]
    pub fn partner_id(&self) -> u64 {
        settings::PARTNER
    }

    /// Faults to come, for requests to this provider only.
    pub fn faults(&self) -> Faults<'_> {
        Faults::new(&self.provider.core.faults).of("oneconcepts")
    }

    /// The operations, as [`Faults::on`] and the recorded requests name them. The provider has no
    /// names for them; these are the sandbox's.
    #[must_use]
    pub fn operations(&self) -> Vec<&'static str> {
        Endpoint::operations(endpoints::ENDPOINTS)
    }

    /// How long a token opens the sandbox from the next one on; 45 minutes by default. Counted in
    /// real time plus what [`Clock::advance`](crate::Clock::advance) adds.
    pub fn set_token_life(&self, life: Duration) {
        self.provider.state().settings.token_life = life;
    }

    /// What tokens look like from the next one on; [`TokenForm::Jwt`] by default. An `exp` is real
    /// time, because that is what a client compares it with.
    pub fn set_token_form(&self, form: TokenForm) {
        self.provider.state().settings.token_form = form;
    }

    /// Lets every token expire that was made so far, whatever its `exp` says.
    pub fn expire_tokens(&self) {
        self.provider.state().tokens.expire();
    }

    /// Lets `hydra:next` begin with an origin such as `https://elsewhere.example`, so that it
    /// leads to another host. `None`, the default, leaves it relative.
    pub fn set_next_link_origin(&self, origin: Option<&str>) {
        self.provider.state().settings.next_link_origin = origin.map(str::to_owned);
    }

    /// Puts parcels into an order, each by one of its numbers. An order that is not there is made.
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

    /// Chooses answers to questions that the documentation leaves open.
    pub fn assume(&self, assumptions: Assumptions) {
        self.provider.state().settings.assumptions = assumptions;
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
