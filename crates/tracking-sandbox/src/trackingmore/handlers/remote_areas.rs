//! `POST /trackings/remote`: which express companies call a place remote.

use serde::Serialize;
use serde_json::Value;

use crate::server::{Call, Reply};
use crate::trackingmore::bodies::envelope;
use crate::trackingmore::country_names;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::quota::Quota;
use crate::trackingmore::requests::input::{self, Fields};

/// The companies that the sandbox asks when the caller names none.
const COMPANIES: [&str; 2] = ["ups", "tnt"];

#[derive(Serialize)]
struct Body {
    submitted: usize,
    /// What belongs here is not known.
    other: [(); 0],
    remote: Vec<Row>,
}

/// One company that treats one place as remote.
#[derive(Serialize)]
struct Row {
    far_express_company: String,
    two_code: &'static str,
    far_country: &'static str,
    far_city_postcode: String,
}

pub(crate) fn look_up(provider: &TrackingMoreProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let mut state = provider.state();
    if !state.settings.features {
        return Err(Refusal::NOT_ACTIVATED);
    }
    let items = input::list(call, None)?;
    let rows = items.iter().map(rows).collect::<Result<Vec<_>, _>>()?;
    state.settings.quota.pay(Quota::FIFTH)?;
    let body = Body {
        submitted: items.len(),
        other: [],
        remote: rows.into_iter().flatten().collect(),
    };
    let message = "The request was successful.";
    Ok(envelope::success_saying(message, &body))
}

/// In the sandbox every place is remote but those whose post code ends in 0.
fn rows(item: &Value) -> Result<Vec<Row>, Refusal> {
    let fields = Fields::of(item)?;
    let country = fields.string("country").ok_or(Refusal::UNREADABLE)?;
    let place = fields.string("postcode").ok_or(Refusal::UNREADABLE)?;
    let Some((code, name)) = country_names::find(&country).filter(|_| !place.ends_with('0')) else {
        return Ok(Vec::new());
    };
    let companies = match fields.string("company") {
        Some(company) => vec![company],
        None => COMPANIES.map(str::to_owned).to_vec(),
    };
    let row = |company| Row {
        far_express_company: company,
        two_code: code,
        far_country: name,
        far_city_postcode: place.clone(),
    };
    Ok(companies.into_iter().map(row).collect())
}
