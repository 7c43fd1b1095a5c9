//! `POST /label`: a carrier's label as base64 PDF. Each call makes another one.

use http::StatusCode;

use crate::exporto::bodies::label::LabelBody;
use crate::exporto::errors::Refusal;
use crate::exporto::label_methods::{self, LabelMethod};
use crate::exporto::provider::ExportoProvider;
use crate::exporto::requests::input::{self, Object, is_optional_string, non_empty};
use crate::server::{Call, Reply};
use crate::world::countries::alpha_2;

pub(crate) fn create(provider: &ExportoProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    input::is_json(call)?;
    let mut state = provider.state();
    let has_methods = state.settings.label_methods;
    let method = input::object(call)
        .and_then(|body| method(&body, has_methods))
        .ok_or_else(|| Refusal::label(StatusCode::BAD_REQUEST))?;
    if state.settings.label_outage {
        return Err(Refusal::label(StatusCode::SERVICE_UNAVAILABLE));
    }
    let tracking_code = tracking_code(&provider.core.identities.hex("exporto-label", state.labels));
    state.labels = state.labels.saturating_add(1);
    let wrapped = state.settings.assumptions.wrapped_labels;
    let body = LabelBody::new(tracking_code, method, wrapped);
    Ok(Reply::json(StatusCode::CREATED, &body))
}

/// The method that a complete body asks for.
fn method(body: &Object, has_methods: bool) -> Option<LabelMethod> {
    let part = |key: &str| body.get(key)?.as_object();
    let (order, product, package) = (part("order")?, part("product")?, part("package")?);
    let address = part("address")?;

    non_empty(order, "customerFacingId")?;
    non_empty(package, "reference")?;
    for key in ["name", "line1", "city", "postCode"] {
        non_empty(address, key)?;
    }
    let optional = ["line2", "email", "phone"];
    let country = non_empty(address, "countryCode")?;
    let is_complete = optional.iter().all(|key| is_optional_string(address, key))
        && alpha_2(country) == Some(country)
        && non_empty(product, "format")? == "PDF"
        && package.get("weight")?.as_u64()? > 0;
    let method = label_methods::find(has_methods, product.get("methodId")?.as_u64()?);
    method.filter(|_| is_complete)
}

fn tracking_code(digits: &str) -> String {
    let digits: String = digits.chars().take(10).collect();
    format!("EX{}", digits.to_uppercase())
}
