//! `POST /label`: a carrier's label as base64 PDF. Each call makes another one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use serde::Serialize;

use super::input::{self, Object, may_be_text, text};
use super::label_methods::{self, LabelMethod};
use super::module::ExportoModule;
use super::refusal::Refusal;
use crate::countries::alpha_2;
use crate::module::Call;
use crate::reply::Reply;

/// Where MIME breaks the lines of base64.
const LINE: usize = 76;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LabelBody {
    label: String,
    tracking_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    carrier_name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tracking_url: Option<String>,
}

pub(super) fn create(module: &ExportoModule, call: &Call<'_>) -> Reply {
    if let Err(refusal) = input::is_json(call) {
        return module.refuse(refusal);
    }
    let mut state = module.state();
    let has_methods = state.settings.label_methods;
    let method = input::object(call).and_then(|body| method(&body, has_methods));
    let Some(method) = method else {
        return module.refuse(Refusal::label(StatusCode::BAD_REQUEST));
    };
    if state.settings.label_outage {
        return module.refuse(Refusal::label(StatusCode::SERVICE_UNAVAILABLE));
    }
    let tracking_code = tracking_code(&module.core.identities.hex("exporto-label", state.labels));
    state.labels = state.labels.saturating_add(1);
    let body = LabelBody {
        label: encoded(&tracking_code, state.settings.assumptions.wrapped_labels),
        carrier_name: method.is_talkative.then_some(method.carrier_name),
        tracking_url: method
            .is_talkative
            .then(|| format!("https://follow.example/{tracking_code}")),
        tracking_code,
    };
    Reply::json(StatusCode::CREATED, &body)
}

/// The method that a complete body asks for.
fn method(body: &Object, has_methods: bool) -> Option<LabelMethod> {
    let part = |key: &str| body.get(key)?.as_object();
    let (order, product, package) = (part("order")?, part("product")?, part("package")?);
    let address = part("address")?;

    text(order, "customerFacingId")?;
    text(package, "reference")?;
    for key in ["name", "line1", "city", "postCode"] {
        text(address, key)?;
    }
    let optional = ["line2", "email", "phone"];
    let country = text(address, "countryCode")?;
    let is_complete = optional.iter().all(|key| may_be_text(address, key))
        && alpha_2(country) == Some(country)
        && text(product, "format")? == "PDF"
        && package.get("weight")?.as_u64()? > 0;
    let method = label_methods::find(has_methods, product.get("methodId")?.as_u64()?);
    method.filter(|_| is_complete)
}

fn tracking_code(digits: &str) -> String {
    let digits: String = digits.chars().take(10).collect();
    format!("EX{}", digits.to_uppercase())
}

/// A page with nothing on it but its number.
fn encoded(tracking_code: &str, wrapped: bool) -> String {
    let pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]>>endobj\n\
         trailer<</Root 1 0 R/Info<</Title({tracking_code})>>>>\n%%EOF\n"
    );
    let text = STANDARD.encode(pdf);
    if !wrapped {
        return text;
    }
    let mut lines = String::with_capacity(text.len() + text.len() / LINE * 2);
    for (position, letter) in text.chars().enumerate() {
        if position > 0 && position % LINE == 0 {
            lines.push_str("\r\n");
        }
        lines.push(letter);
    }
    lines
}
