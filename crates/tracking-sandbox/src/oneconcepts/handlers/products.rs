//! `GET /products` and `POST /products/check-availability`.

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::oneconcepts::bodies::catalogue::PRODUCTS;
use crate::oneconcepts::bodies::response;
use crate::oneconcepts::catalogue::Product;
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::media_type::LD_JSON;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::requests::input;
use crate::oneconcepts::requests::parameters::Parameters;
use crate::server::{Call, Reply};

/// A page of the portfolio. What has left it is missing.
pub(crate) fn list(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let params = Parameters::read(call.query);
    let state = provider.state();
    let assumptions = &state.settings.assumptions;
    let skus = params.many("sku");
    let countries = params.many("countryCodes");
    let matches = |product: &&Product| {
        let sku = product.sku.to_string();
        (skus.is_empty() || skus.contains(&sku.as_str()))
            && countries
                .iter()
                .all(|country| product.countries.contains(country))
    };
    let matching: Vec<_> = state.catalogue.products().iter().filter(matches).collect();
    let body = PRODUCTS.page(&matching, |it| it.body(), &params, assumptions)?;
    response::write(call, StatusCode::OK, body, &state.settings)
}

/// Which of the caller's products have left the portfolio, and with `checkAll` which are new.
pub(crate) fn check_availability(
    provider: &OneConceptsProvider,
    call: &Call<'_>,
) -> Result<Reply, Refusal> {
    let fields = input::object(call, LD_JSON)?;
    let skus = match fields.get("skus") {
        Some(Value::Array(skus)) => skus,
        other => {
            let given = other.cloned().unwrap_or_default();
            return Err(input::wrong_type("skus", "array", &given));
        }
    };
    let state = provider.state();
    let portfolio: Vec<Value> = state
        .catalogue
        .products()
        .iter()
        .map(|product| json!(product.sku))
        .collect();
    let pick = |from: &[Value], of: &[Value], contained: bool| -> Value {
        from.iter()
            .filter(|sku| of.contains(sku) == contained)
            .cloned()
            .collect()
    };
    let mut body = Map::new();
    let unavailable = pick(skus, &portfolio, false);
    body.insert(
        state.settings.assumptions.unavailable_key.clone(),
        unavailable,
    );
    let check_all = Parameters::read(call.query);
    if matches!(check_all.one("checkAll"), Some("true" | "1")) {
        body.insert("new".to_owned(), pick(&portfolio, skus, false));
        body.insert("existing".to_owned(), pick(skus, &portfolio, true));
    }
    response::write(call, StatusCode::OK, Value::Object(body), &state.settings)
}
