//! The account at exporto, as a test sees it.

use std::sync::Arc;
use std::time::Duration;

use crate::exporto::auth;
use crate::exporto::endpoints;
use crate::exporto::ids::ShipmentIds;
use crate::exporto::provider::ExportoProvider;
use crate::exporto::settings::{Assumptions, ContentType, RequestIdHeader};
use crate::fault::Faults;
use crate::sandbox::Sandbox;
use crate::server::Endpoint;

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

impl Exporto {
    /// The last-mile number of [`Sandbox::DEMO_NUMBER`]'s parcel: its `foreignOutboundTrackingId`,
    /// by which search finds it.
    pub const DEMO_NUMBER: &'static str = "JJD014200007361948250";

    /// The user that gets tokens.
    #[must_use]
    pub fn username(&self) -> &'static str {
        auth::USERNAME
    }

    /// The password that gets tokens. It holds a colon, which is allowed in one.
    #[must_use]
    pub fn password(&self) -> &'static str {
        auth::PASSWORD
    }

    /// Faults to come, for requests to this provider only.
    pub fn faults(&self) -> Faults<'_> {
        Faults::new(&self.provider.core.faults).of("exporto")
    }

    /// The operations, as [`Faults::on`] and the recorded requests name them. The provider has no
    /// names for them; these are the sandbox's.
    #[must_use]
    pub fn operations(&self) -> Vec<&'static str> {
        Endpoint::operations(endpoints::ENDPOINTS)
    }

    /// What the account calls the parcel with this number; none when no parcel has it.
    #[must_use]
    pub fn ids(&self, number: &str) -> Option<ShipmentIds> {
        let snapshot = self.provider.snapshot();
        self.provider.state().ids(number, &snapshot)
    }

    /// Ends all tokens that are out.
    pub fn expire_tokens(&self) {
        self.provider.state().tokens.expire_all();
    }

    /// How long new tokens are good for, on the clock of the sandbox; 1800 seconds by default.
    pub fn set_token_lifetime(&self, lifetime: Duration) {
        self.provider.state().settings.token_lifetime = lifetime;
    }

    /// How many tokens were handed out.
    #[must_use]
    pub fn tokens_issued(&self) -> u64 {
        self.provider.state().tokens.issued()
    }

    /// How many labels were made.
    #[must_use]
    pub fn labels_created(&self) -> u64 {
        self.provider.state().labels
    }

    /// Requests per second of the account; `None`, the default, for no limit. One too many gets
    /// 429 with whole seconds in `Retry-After`.
    pub fn set_rate_limit(&self, per_second: Option<u32>) {
        self.provider.state().settings.per_second = per_second;
    }

    /// What answers say about their media type, whatever they hold.
    pub fn set_content_type(&self, content_type: ContentType) {
        self.provider.state().settings.content_type = content_type;
    }

    /// Which answers carry `X-Request-ID`; every second one by default. Its value is another than
    /// that of `requestId` in an error.
    pub fn set_request_id_header(&self, header: RequestIdHeader) {
        self.provider.state().settings.request_id_header = header;
    }

    /// Whether the account has label methods; it has by default.
    pub fn offer_label_methods(&self, offered: bool) {
        self.provider.state().settings.label_methods = offered;
    }

    /// Lets labels fail with 503, in the words of a label that is wrong.
    pub fn set_label_outage(&self, outage: bool) {
        self.provider.state().settings.label_outage = outage;
    }

    /// Lets registrations of returns fail with 502, in the words of one that is wrong.
    pub fn set_registration_outage(&self, outage: bool) {
        self.provider.state().settings.registration_outage = outage;
    }

    /// Chooses answers to questions that the documentation leaves open.
    pub fn assume(&self, assumptions: Assumptions) {
        self.provider.state().settings.assumptions = assumptions;
    }
}
