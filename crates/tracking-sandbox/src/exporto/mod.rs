//! exporto: all nine operations of the tracking part and its neighbours.
//!
//! Everything a test may want to change about the account goes through [`Exporto`], which
//! [`Sandbox::exporto`](crate::Sandbox::exporto) hands out.

mod book;
mod control;
mod endpoints;
mod facts;
mod ids;
mod input;
mod label;
mod label_methods;
pub(crate) mod module;
mod page;
mod refusal;
mod returns;
mod search;
mod settings;
mod shipment;
mod state;
mod token;
mod tokens;
mod tour_paths;
mod tours;

use std::sync::Arc;
use std::time::Duration;

pub use self::ids::ShipmentIds;
use self::module::ExportoModule;
pub use self::settings::{
    Assumptions, ContentType, RequestIdHeader, TimeFilter, TourShape, TourShipmentsShape,
};
pub use self::tour_paths::TourPaths;
use crate::fault::Faults;
use crate::sandbox::Sandbox;

impl Sandbox {
    /// The account at exporto. [`Exporto::operations`] lists how operations are named.
    #[must_use]
    pub fn exporto(&self) -> Exporto {
        Exporto {
            module: Arc::clone(&self.modules().exporto),
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
    module: Arc<ExportoModule>,
}

impl Exporto {
    /// The last-mile number of [`Sandbox::DEMO_NUMBER`]'s parcel: its `foreignOutboundTrackingId`,
    /// by which search finds it.
    pub const DEMO_NUMBER: &'static str = "JJD014200007361948250";

    /// The user that gets tokens.
    #[must_use]
    pub fn username(&self) -> &'static str {
        token::USERNAME
    }

    /// The password that gets tokens. It holds a colon, which is allowed in one.
    #[must_use]
    pub fn password(&self) -> &'static str {
        token::PASSWORD
    }

    /// Faults to come, for requests to this provider only.
    pub fn faults(&self) -> Faults<'_> {
        Faults::new(&self.module.core.faults).of("exporto")
    }

    /// The operations, as [`Faults::on`] and the recorded requests name them. The provider has no
    /// names for them; these are the sandbox's.
    #[must_use]
    pub fn operations(&self) -> Vec<&'static str> {
        endpoints::operations()
    }

    /// What the account calls the parcel with this number; none when no parcel has it.
    #[must_use]
    pub fn ids(&self, number: &str) -> Option<ShipmentIds> {
        let state = self.module.state();
        self.module.book(&state).ids(number)
    }

    /// Ends all tokens that are out.
    pub fn expire_tokens(&self) {
        self.module.state().tokens.expire_all();
    }

    /// How long new tokens are good for, on the clock of the sandbox; 1800 seconds by default.
    pub fn set_token_lifetime(&self, lifetime: Duration) {
        self.module.state().settings.token_lifetime = lifetime;
    }

    /// How many tokens were handed out.
    #[must_use]
    pub fn tokens_issued(&self) -> u64 {
        self.module.state().tokens.issued()
    }

    /// How many labels were made.
    #[must_use]
    pub fn labels_created(&self) -> u64 {
        self.module.state().labels
    }

    /// Requests per second of the account; `None`, the default, for no limit. One too many gets
    /// 429 with whole seconds in `Retry-After`.
    pub fn set_rate_limit(&self, per_second: Option<u32>) {
        self.module.state().settings.per_second = per_second;
    }

    /// What answers say about their media type, whatever they hold.
    pub fn set_content_type(&self, content_type: ContentType) {
        self.module.state().settings.content_type = content_type;
    }

    /// Which answers carry `X-Request-ID`; every second one by default. Its value is another than
    /// that of `requestId` in an error.
    pub fn set_request_id_header(&self, header: RequestIdHeader) {
        self.module.state().settings.request_id_header = header;
    }

    /// Whether the account has label methods; it has by default.
    pub fn offer_label_methods(&self, offered: bool) {
        self.module.state().settings.label_methods = offered;
    }

    /// Lets labels fail with 503, in the words of a label that is wrong.
    pub fn set_label_outage(&self, outage: bool) {
        self.module.state().settings.label_outage = outage;
    }

    /// Lets registrations of returns fail with 502, in the words of one that is wrong.
    pub fn set_registration_outage(&self, outage: bool) {
        self.module.state().settings.registration_outage = outage;
    }

    /// Chooses answers to questions that the documentation leaves open.
    pub fn assume(&self, assumptions: Assumptions) {
        self.module.state().settings.assumptions = assumptions;
    }
}
