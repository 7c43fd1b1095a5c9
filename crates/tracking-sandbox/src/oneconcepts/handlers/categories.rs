//! `GET /categorytree` and the deprecated `GET /categories`.

use serde_json::Value;

use crate::oneconcepts::bodies::catalogue::{CATEGORIES, CATEGORY_TREE, categories, category_tree};
use crate::oneconcepts::bodies::hydra::Resource;
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::params::Params;
use crate::oneconcepts::provider::{Answer, OneConceptsProvider};
use crate::server::{Call, Reply};

pub(crate) fn tree(provider: &OneConceptsProvider, call: &Call<'_>) -> Reply {
    provider.reply(call, page(provider, call, &CATEGORY_TREE, &category_tree()))
}

pub(crate) fn list(provider: &OneConceptsProvider, call: &Call<'_>) -> Reply {
    provider.reply(call, page(provider, call, &CATEGORIES, &categories()))
}

fn page(
    provider: &OneConceptsProvider,
    call: &Call<'_>,
    resource: &Resource,
    all: &[Value],
) -> Result<Answer, Refusal> {
    let params = Params::read(call.query);
    let state = provider.state();
    let assumptions = &state.settings.assumptions;
    let body = resource.page(all, Value::clone, &params, assumptions)?;
    Ok(Answer::ok(body))
}
