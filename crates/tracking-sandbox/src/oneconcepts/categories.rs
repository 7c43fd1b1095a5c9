//! `GET /categorytree` and the deprecated `GET /categories`.

use serde_json::Value;

use super::catalogue::{CATEGORIES, CATEGORY_TREE, categories, category_tree};
use super::errors::Refusal;
use super::hydra::Resource;
use super::module::{Answer, OneConceptsModule};
use super::params::Params;
use crate::module::Call;
use crate::reply::Reply;

pub(super) fn tree(module: &OneConceptsModule, call: &Call<'_>) -> Reply {
    module.reply(call, page(module, call, &CATEGORY_TREE, &category_tree()))
}

pub(super) fn list(module: &OneConceptsModule, call: &Call<'_>) -> Reply {
    module.reply(call, page(module, call, &CATEGORIES, &categories()))
}

fn page(
    module: &OneConceptsModule,
    call: &Call<'_>,
    resource: &Resource,
    all: &[Value],
) -> Result<Answer, Refusal> {
    let params = Params::read(call.query);
    let state = module.state();
    let assumptions = &state.settings.assumptions;
    let body = resource.page(all, Value::clone, &params, assumptions)?;
    Ok(Answer::ok(body))
}
