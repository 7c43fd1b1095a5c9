//! `GET /label/methods`: which carrier products the account may use.

use http::StatusCode;

use crate::exporto::errors::Refusal;
use crate::exporto::label_methods::offered;
use crate::exporto::provider::ExportoProvider;
use crate::server::{Call, Reply};

pub(crate) fn list(provider: &ExportoProvider, _call: &Call<'_>) -> Result<Reply, Refusal> {
    let methods = offered(provider.state().settings.label_methods);
    Ok(Reply::json(StatusCode::OK, &methods))
}
