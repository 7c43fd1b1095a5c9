//! `POST /orders`, as far as the published example is known.

use http::StatusCode;
use serde_json::{Map, Value};

use crate::oneconcepts::bodies::hydra;
use crate::oneconcepts::bodies::order::ORDERS;
use crate::oneconcepts::bodies::response;
use crate::oneconcepts::errors::{Refusal, Violation};
use crate::oneconcepts::media_type::LD_JSON;
use crate::oneconcepts::order::CALLER_STRINGS;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::requests::input;
use crate::oneconcepts::settings::PARTNER;
use crate::server::{Call, Reply};

/// The parts of an address that are mandatory and known.
const ADDRESS: [&str; 3] = ["recipientName", "recipientStreet", "recipientZip"];

/// Takes an order. It stays `new` until parcels are put into it.
pub(crate) fn create(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let fields = input::object(call, LD_JSON)?;
    check_partner(&fields)?;
    let strings = caller_strings(&fields)?;
    let number = match fields.get("externalOrderNumber") {
        None | Some(Value::Null) => "",
        Some(Value::String(number)) => number.trim(),
        Some(other) => return Err(input::wrong_type("externalOrderNumber", "string", other)),
    };
    let mut violations = Vec::new();
    let mut state = provider.state();
    if number.is_empty() {
        violations.push(Violation::empty("externalOrderNumber"));
    } else if state.orders.find(number).is_some() {
        let message = "This value is already used.";
        violations.push(Violation::new("externalOrderNumber", message));
    }
    for key in ADDRESS {
        let value = strings.get(key).and_then(Value::as_str).unwrap_or_default();
        if value.trim().is_empty() {
            violations.push(Violation::empty(key));
        }
    }
    violations.extend(wrong_items(&fields));
    if !violations.is_empty() {
        return Err(Refusal::invalid(violations, &state.settings.assumptions));
    }
    let order = state.orders.add(number);
    order.caller_strings = strings;
    let id = order.id;
    let assumptions = &state.settings.assumptions;
    let order = state.orders.get(id).ok_or_else(Refusal::not_found)?;
    let body = ORDERS.item(order.body(&[], assumptions), assumptions);
    response::write(call, StatusCode::CREATED, body, &state.settings)
}

/// The partner is the caller's own account, with or without a slash before its address, and by the
/// provider's own path or by the sandbox's.
fn check_partner(fields: &Map<String, Value>) -> Result<(), Refusal> {
    let partner = match fields.get("partner") {
        Some(Value::String(partner)) => partner.as_str(),
        other => {
            let given = other.cloned().unwrap_or_default();
            return Err(input::wrong_type("partner", "string", &given));
        }
    };
    let bare = partner.trim_start_matches('/');
    let own = hydra::partner_iri(PARTNER);
    if own.trim_start_matches('/') == bare || bare == format!("v2/api/partners/{PARTNER}") {
        return Ok(());
    }
    Err(Refusal::bad_request(format!(
        "Item not found for \"{partner}\"."
    )))
}

fn caller_strings(fields: &Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    let mut strings = Map::new();
    for key in CALLER_STRINGS {
        match fields.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::String(value)) => {
                strings.insert(key.to_owned(), Value::from(value.as_str()));
            }
            Some(other) => return Err(input::wrong_type(key, "string", other)),
        }
    }
    Ok(strings)
}

/// What is wrong with the line items. The key that holds them is not known: every list of objects
/// with a `sku` is one. A `netCost` of null asks the provider for its price, 0 must not be used.
fn wrong_items(fields: &Map<String, Value>) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut found = false;
    for (key, value) in fields {
        let items = value.as_array().into_iter().flatten().enumerate();
        for (position, item) in items.filter(|(_, item)| item.get("sku").is_some()) {
            found = true;
            let path = format!("{key}[{position}].netCost");
            match item.get("netCost") {
                None => violations.push(Violation::empty(path)),
                Some(Value::Null) => {}
                Some(cost) if cost.as_f64().is_some_and(|cost| cost > 0.0) => {}
                Some(_) => {
                    let message = "This value should be positive, or null for the own price.";
                    violations.push(Violation::new(path, message));
                }
            }
        }
    }
    if !found {
        violations.push(Violation::new("", "An order needs at least one product."));
    }
    violations
}
