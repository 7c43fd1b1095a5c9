//! What the suite needs to know about the provider's data.

use std::fmt;
use std::sync::Arc;

use super::trouble::Trouble;
use crate::{Provider, Registration, Target, TrackRequest};

/// Input for the suite: requests with known outcomes, and what must stay secret.
///
/// What is left out is skipped and named in the report. Use values of a sandbox or of recorded
/// responses, so that two fetches give the same.
#[derive(Clone)]
#[non_exhaustive]
pub struct Cases {
    /// Requests that must find at least one shipment, best with events of every kind.
    pub found: Vec<TrackRequest>,
    /// Requests that must find more than one shipment, such as a number that two couriers use.
    pub several: Vec<TrackRequest>,
    /// Well-formed requests for numbers that the provider does not know.
    pub unknown: Vec<TrackRequest>,
    /// Numbers that no request may be made with; by default [`Cases::BAD_NUMBERS`].
    pub bad_numbers: Vec<String>,
    /// A registration that succeeds. Without it registering is not tried.
    pub registration: Option<Registration>,
    /// What can be unregistered at the end. Without it unregistering is not tried.
    pub unregistration: Option<Target>,
    /// A number whose couriers can be detected. Without it detection is not tried.
    pub detectable: Option<String>,
    /// Webhooks as the provider sends them.
    pub webhooks: Vec<WebhookSample>,
    /// Webhooks whose proof is missing or wrong. Of proofs in a header the suite makes its own.
    pub forged_webhooks: Vec<WebhookSample>,
    /// Strings that no `Debug` and no error may show: keys, webhook secrets.
    pub secrets: Vec<String>,
    pub(super) troubled: Vec<(Trouble, Arc<dyn Provider>)>,
    calls: Option<Arc<dyn Fn() -> u64 + Send + Sync>>,
}

/// One webhook as it is received.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookSample {
    /// The raw body.
    pub body: Vec<u8>,
    /// The headers, by name.
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Cases {
    /// Input that is not a number to any provider, or that would change the path of a request.
    pub const BAD_NUMBERS: &'static [&'static str] = &[
        "",
        " ",
        "\t\r\n",
        "\u{a0}",
        ".",
        "..",
        "../x",
        "../../admin",
        "a\u{0}b",
        "ABC\r\nX-Injected: 1",
        "\u{7f}12345",
        "12345\u{1b}[2J",
    ];

    /// Makes cases with the bad numbers only.
    #[must_use]
    pub fn new() -> Self {
        Self {
            found: Vec::new(),
            several: Vec::new(),
            unknown: Vec::new(),
            bad_numbers: Self::BAD_NUMBERS
                .iter()
                .map(|&number| number.to_owned())
                .collect(),
            registration: None,
            unregistration: None,
            detectable: None,
            webhooks: Vec::new(),
            forged_webhooks: Vec::new(),
            secrets: Vec::new(),
            troubled: Vec::new(),
            calls: None,
        }
    }

    /// Adds a request that must find a shipment.
    #[must_use]
    pub fn with_found(mut self, request: TrackRequest) -> Self {
        self.found.push(request);
        self
    }

    /// Adds a request that must find more than one shipment.
    #[must_use]
    pub fn with_several(mut self, request: TrackRequest) -> Self {
        self.several.push(request);
        self
    }

    /// Adds a provider with the same data, whose requests meet this trouble.
    ///
    /// The first of the `found` requests must find a shipment with events. After a
    /// [lost response](Trouble::LostResponse) the suite registers the number of `registration` with `-2` at
    /// its end.
    #[must_use]
    pub fn with_trouble(mut self, trouble: Trouble, provider: Arc<dyn Provider>) -> Self {
        self.troubled.push((trouble, provider));
        self
    }

    /// Adds a request for something that the provider does not know.
    #[must_use]
    pub fn with_unknown(mut self, request: TrackRequest) -> Self {
        self.unknown.push(request);
        self
    }

    /// Adds a number that must be refused.
    #[must_use]
    pub fn with_bad_number(mut self, number: impl Into<String>) -> Self {
        self.bad_numbers.push(number.into());
        self
    }

    /// Sets a registration that succeeds.
    #[must_use]
    pub fn with_registration(mut self, registration: Registration) -> Self {
        self.registration = Some(registration);
        self
    }

    /// Sets what can be unregistered, after everything else.
    #[must_use]
    pub fn with_unregistration(mut self, target: Target) -> Self {
        self.unregistration = Some(target);
        self
    }

    /// Sets a number whose couriers can be detected.
    #[must_use]
    pub fn with_detectable(mut self, number: impl Into<String>) -> Self {
        self.detectable = Some(number.into());
        self
    }

    /// Adds a webhook as the provider sends it.
    #[must_use]
    pub fn with_webhook(mut self, sample: WebhookSample) -> Self {
        self.webhooks.push(sample);
        self
    }

    /// Adds a webhook that must be refused because of its proof: for providers that put it into
    /// the body, where only they know how to spoil it.
    #[must_use]
    pub fn with_forged_webhook(mut self, sample: WebhookSample) -> Self {
        self.forged_webhooks.push(sample);
        self
    }

    /// Adds a string that must not be shown.
    #[must_use]
    pub fn with_secret(mut self, secret: impl Into<String>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// Sets how to learn the number of requests made so far, from a mock server or a transport.
    /// With it the suite proves that a bad number is refused before any request.
    #[must_use]
    pub fn with_call_counter(mut self, calls: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.calls = Some(Arc::new(calls));
        self
    }

    pub(super) fn calls(&self) -> Option<u64> {
        self.calls.as_ref().map(|calls| calls())
    }
}

impl Default for Cases {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Cases {
    /// Prints counts only: the cases hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cases")
            .field("found", &self.found.len())
            .field("several", &self.several.len())
            .field("unknown", &self.unknown.len())
            .field("bad_numbers", &self.bad_numbers)
            .field("webhooks", &self.webhooks.len())
            .field("secrets", &self.secrets.len())
            .finish_non_exhaustive()
    }
}

impl WebhookSample {
    /// Makes a sample without headers.
    #[must_use]
    pub fn new(body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            headers: Vec::new(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(super) fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_slice())
    }
}

impl fmt::Debug for WebhookSample {
    /// Prints sizes only: headers hold secrets and bodies hold addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSample")
            .field("body", &self.body.len())
            .field("headers", &self.headers.len())
            .finish()
    }
}
