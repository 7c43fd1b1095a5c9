//! `GET /categorytree` and the deprecated `GET /categories`.

use http::StatusCode;
use serde_json::Value;

use crate::oneconcepts::bodies::catalogue::{CATEGORIES, CATEGORY_TREE, categories, category_tree};
use crate::oneconcepts::bodies::hydra::Resource;
use crate::oneconcepts::bodies::response;
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::requests::parameters::Parameters;
use crate::server::{Call, Reply};

pub(crate) fn tree(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    page(provider, call, &CATEGORY_TREE, &category_tree())
}

pub(crate) fn list(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    page(provider, call, &CATEGORIES, &categories())
}

fn page(
    provider: &OneConceptsProvider,
    call: &Call<'_>,
    resource: &Resource,
    all: &[Value],
) -> Result<Reply, Refusal> {
    let params = Parameters::read(call.query);
    let state = provider.state();
    let settings = &state.settings;
    let body = resource.page(all, Value::clone, &params, &settings.assumptions)?;
    response::write(call, StatusCode::OK, body, settings)
}
