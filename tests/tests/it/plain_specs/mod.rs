//! The specs without their extensions, as every other OpenAPI 3.0 tool reads them, accept what is sent: every response of
//! the sandbox to a good or bad call of every operation, and every fixture that claims the documented shape.

mod document;
mod fixtures;
mod traffic;
mod variants;

use serde_json::json;

use self::traffic::{assert_traffic_fits, assume};

#[tokio::test]
async fn ship24_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::ship24::operations::Account::open().await, 400).await;
    let account = crate::ship24::operations::Account::open().await;
    let others = json!({
        "repeat_status": 200, "track_status": 200, "quota_status": 405, "wrong_key_status": 403,
        "refuse_large_limit": false, "refuse_unknown_courier": true, "pending_search": true,
    });
    assume(&account, others).await;
    assert_traffic_fits(&account, 400).await;
}

#[tokio::test]
async fn trackingmore_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::trackingmore::operations::Account::open().await, 900).await;
    let account = crate::trackingmore::operations::Account::open().await;
    let others = json!({
        "wrong_key_status": 401, "rate_limit_status": 429, "create_code": 201, "unknown_number_code": 4017,
        "refuse_unknown_carrier": false, "realtime_stores": false, "empty_update_response": true,
        "wrap_transit_times": true, "phone_as_number": true,
    });
    assume(&account, others).await;
    assert_traffic_fits(&account, 900).await;
}

#[tokio::test]
async fn exporto_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::exporto::operations::Account::open().await, 400).await;
    let account = crate::exporto::operations::Account::open().await;
    // Not the other shapes of tours: nothing shows them, so only a reader takes them and the spec leaves them out.
    let others = json!({
        "processed_at": true, "timestamps": true, "times": "utc_millis", "full_search_results": true,
        "time_filter": "exactly", "type_is_selector": false, "ignore_page": true, "wrapped_labels": true,
    });
    assume(&account, others).await;
    assert_traffic_fits(&account, 400).await;
}

#[tokio::test]
async fn gcl_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::gcl::operations::Account::open().await, 300).await;
    let account = crate::gcl::operations::Account::open().await;
    let others = json!({
        "wrong_key_status": 403, "not_found_status": 200, "created_status": 201, "error_details": true,
        "missing": "null", "omit_empty_checkpoints": true, "oldest_first": true, "fractional_status": true,
        "offset_times": true, "accepted_is_shipped": true, "accept_bearer": false, "require_every_key": false,
        "refuse_repeated_order": true, "documented_order_keys_only": true,
    });
    assume(&account, others).await;
    assert_traffic_fits(&account, 300).await;
}

#[tokio::test]
async fn oneconcepts_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::oneconcepts::operations::Account::open().await, 450).await;
    let account = crate::oneconcepts::operations::Account::open().await;
    let others = json!({
        "wrong_token_status": 403, "empty_update_response": true, "partial_order_number": false,
        "embedded_trackings": true, "violation_status": 400, "context": "object", "hydra_prefix": false, "nulls": false,
        "total_as_float": true, "next_past_the_end": true,
    });
    assume(&account, others).await;
    assert_traffic_fits(&account, 450).await;
}
