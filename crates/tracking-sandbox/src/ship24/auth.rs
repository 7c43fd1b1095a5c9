//! Who is calling, and what the account may do.

use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::errors::Refusal;
use super::settings::Settings;

/// The key of the sandbox. It opens nothing else.
pub(crate) const API_KEY: &str = "apik_sandbox00000000000000000000000";

/// The secret that the sandbox sends with its webhooks.
pub(crate) const WEBHOOK_SECRET: &str = "whs_sandbox0000000000000000000000000";

/// Which subscription an operation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    PerShipment,
    PerCall,
    Either,
}

impl Plan {
    pub(crate) fn of(operation: &str) -> Self {
        match operation {
            "get-couriers" => Self::Either,
            "get-tracking" => Self::PerCall,
            _ => Self::PerShipment,
        }
    }

    fn is_active(self, settings: &Settings) -> bool {
        match self {
            Self::PerShipment => settings.per_shipment,
            Self::PerCall => settings.per_call,
            Self::Either => settings.per_shipment || settings.per_call,
        }
    }
}

/// Checks the credentials first and the subscription after.
pub(crate) fn check(headers: &HeaderMap, plan: Plan, settings: &Settings) -> Result<(), Refusal> {
    let Some(header) = headers.get(AUTHORIZATION) else {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "auth_missing_header",
            "The Authorization header is missing.",
        ));
    };
    let Some(key) = header.to_str().ok().and_then(bearer) else {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "auth_invalid_header",
            "The Authorization header must read `Bearer` and the API key.",
        ));
    };
    if key != API_KEY {
        return Err(Refusal::new(
            settings.assumptions.wrong_key_status,
            "auth_invalid_api_key",
            "The API key is not valid.",
        ));
    }
    if !plan.is_active(settings) {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "no_active_subscription",
            "No active subscription covers this endpoint.",
        ));
    }
    Ok(())
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, key) = header.split_once(' ')?;
    let key = key.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty() && !key.contains(' ')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(header: Option<&str>, settings: &Settings) -> Option<(u16, &'static str)> {
        let mut headers = HeaderMap::new();
        if let Some(header) = header {
            headers.insert(AUTHORIZATION, header.parse().unwrap());
        }
        let refusal = check(&headers, Plan::PerShipment, settings).err()?;
        Some((refusal.status.as_u16(), refusal.items.first()?.code))
    }

    #[test]
    fn each_mistake_has_its_status_and_code() {
        let settings = Settings::default();
        let right = format!("Bearer {API_KEY}");
        let cases = [
            (None, Some((400, "auth_missing_header"))),
            (Some("Bearer"), Some((400, "auth_invalid_header"))),
            (Some("Basic abc"), Some((400, "auth_invalid_header"))),
            (Some(API_KEY), Some((400, "auth_invalid_header"))),
            (
                Some("Bearer apik_other"),
                Some((401, "auth_invalid_api_key")),
            ),
            (Some(right.as_str()), None),
        ];

        for (header, expected) in cases {
            assert_eq!(code(header, &settings), expected, "{header:?}");
        }
    }

    #[test]
    fn right_key_without_plan_is_refused() {
        let settings = Settings {
            per_shipment: false,
            ..Settings::default()
        };

        let refused = code(Some(&format!("bearer {API_KEY}")), &settings);

        assert_eq!(refused, Some((422, "no_active_subscription")));
    }
}
