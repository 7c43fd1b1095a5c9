//! `GET /label/methods`: which carrier products the account may use.

use http::StatusCode;

use crate::exporto::label_methods::offered;
use crate::exporto::provider::ExportoProvider;
use crate::server::{Call, Reply};

pub(crate) fn list(provider: &ExportoProvider, _call: &Call<'_>) -> Reply {
    Reply::json(
        StatusCode::OK,
        &offered(provider.state().settings.label_methods),
    )
}
