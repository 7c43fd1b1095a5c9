//! `POST /v1/shipping-methods/quote`: the methods of the account with a price each.

use http::StatusCode;

use crate::gcl::bodies::quote::QuoteBody;
use crate::gcl::input::{self, Field};
use crate::gcl::order_request::OrderRequest;
use crate::gcl::provider::GclProvider;
use crate::server::{Call, Reply};

pub(crate) fn quote(provider: &GclProvider, call: &Call<'_>) -> Reply {
    let (every_key, with_details) = {
        let assumptions = &provider.state().settings.assumptions;
        (assumptions.require_every_key, assumptions.error_details)
    };
    let quoted = input::body(call).and_then(|body| {
        let request = OrderRequest::parse(&Field::root(&body, every_key))?;
        Ok(Reply::json(StatusCode::OK, &QuoteBody::new(&request)))
    });
    quoted.unwrap_or_else(|refusal| refusal.reply(with_details))
}
