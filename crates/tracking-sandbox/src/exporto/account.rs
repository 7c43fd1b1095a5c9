//! The account at exporto, as a test sees it.

use std::sync::Arc;

use crate::control::account_methods;
use crate::exporto::auth;
use crate::exporto::endpoints::ENDPOINTS;
use crate::exporto::ids::ShipmentIds;
use crate::exporto::provider::ExportoProvider;
use crate::exporto::settings::Settings;
use crate::sandbox::Sandbox;

impl Sandbox {
    /// The account at exporto. [`Exporto::operations`] lists how operations are named.
    #[must_use]
    pub fn exporto(&self) -> Exporto {
        Exporto {
            provider: Arc::clone(&self.modules().exporto),
        }
    }
}

/// The account at exporto, as a test sees it. Clones are the same account.
///
/// Each parcel of the world is an outbound shipment, except that of a registered return, which is
/// inbound. One demo parcel is a return from the start: `LX905174620NL`, shipment
/// `R-LX905174620NL`.
#[derive(Debug, Clone)]
pub struct Exporto {
    provider: Arc<ExportoProvider>,
}

account_methods!(Exporto, "exporto", ENDPOINTS, Settings);

impl Exporto {
    /// The last-mile number of [`Sandbox::DEMO_NUMBER`]'s parcel: its `foreignOutboundTrackingId`,
    /// by which search finds it.
    pub const DEMO_NUMBER: &'static str = "JJD014200007361948250";

    /// The user name that tokens are requested with.
    #[must_use]
    pub fn username(&self) -> &'static str {
        auth::USERNAME
    }

    /// The password that tokens are requested with. It has a colon, which is allowed.
    #[must_use]
    pub fn password(&self) -> &'static str {
        auth::PASSWORD
    }

    /// What the account calls the parcel with this number; `None` if no parcel has it.
    #[must_use]
    pub fn ids(&self, number: &str) -> Option<ShipmentIds> {
        let snapshot = self.provider.snapshot();
        self.provider.state().ids(number, &snapshot)
    }

    /// Lets all tokens expire that were made so far.
    pub fn expire_tokens(&self) {
        self.provider.state().tokens.expire_all();
    }

    /// How many tokens were made.
    #[must_use]
    pub fn tokens_issued(&self) -> u64 {
        self.provider.state().tokens.issued()
    }

    /// How many labels were made.
    #[must_use]
    pub fn labels_created(&self) -> u64 {
        self.provider.state().labels
    }
}
