//! `GET /carriers`.

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::carriers::CARRIERS;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;

/// `GET /carriers`. The `meta` of this response has a code and nothing else.
pub(crate) fn list(_provider: &TrackingMoreProvider, _call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(envelope::bare_success(&CARRIERS.as_slice()))
}
