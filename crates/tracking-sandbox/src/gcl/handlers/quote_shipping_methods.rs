//! `POST /v1/shipping-methods/quote`: the methods of the account with a price each.

use http::StatusCode;

use crate::gcl::bodies::quote::QuoteBody;
use crate::gcl::errors::Refusal;
use crate::gcl::provider::GclProvider;
use crate::gcl::requests::input::{self, Field};
use crate::gcl::requests::order::OrderRequest;
use crate::server::{Call, Reply};

pub(crate) fn quote(provider: &GclProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let every_key = provider.state().settings.assumptions.require_every_key;
    let body = input::body(call)?;
    let request = OrderRequest::parse(&Field::root(&body, every_key))?;
    Ok(Reply::json(StatusCode::OK, &QuoteBody::new(&request)))
}
