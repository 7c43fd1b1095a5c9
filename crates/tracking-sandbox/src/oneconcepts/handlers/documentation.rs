//! `GET /api`, `GET /api/docs.jsonld` and `GET /api/contexts/{name}`: what the framework publishes
//! about the API. None of them needs a token (assumed: clients of JSON-LD fetch them without one).

use http::StatusCode;

use crate::oneconcepts::bodies::{documentation, response};
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::server::{Call, Reply};

pub(crate) fn entrypoint(
    provider: &OneConceptsProvider,
    call: &Call<'_>,
) -> Result<Reply, Refusal> {
    let settings = &provider.state().settings;
    response::write(call, StatusCode::OK, documentation::entrypoint(), settings)
}

pub(crate) fn documentation(
    provider: &OneConceptsProvider,
    call: &Call<'_>,
) -> Result<Reply, Refusal> {
    let settings = &provider.state().settings;
    let body = documentation::documentation();
    response::write(call, StatusCode::OK, body, settings)
}

pub(crate) fn context(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let settings = &provider.state().settings;
    let body = documentation::context(call.param("name")).ok_or_else(Refusal::not_found)?;
    response::write(call, StatusCode::OK, body, settings)
}
