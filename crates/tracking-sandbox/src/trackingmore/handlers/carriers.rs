//! `GET /carriers`.

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::carriers::CARRIERS;
use crate::trackingmore::provider::TrackingMoreProvider;

/// `GET /carriers`. The `meta` of this answer has a code and nothing else.
pub(crate) fn list(_module: &TrackingMoreProvider, _call: &Call<'_>) -> Reply {
    envelope::bare_success(&CARRIERS.as_slice())
}
