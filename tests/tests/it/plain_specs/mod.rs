//! The specs without their extensions, as every other OpenAPI 3.0 tool reads them, accept what is sent: every response of
//! the sandbox to a good or bad call of every operation, and every fixture that claims the documented shape.

mod document;
mod fixtures;
mod traffic;
mod variants;

use self::traffic::assert_traffic_fits;

#[tokio::test]
async fn ship24_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::ship24::operations::Account::open().await, 400).await;
}

#[tokio::test]
async fn trackingmore_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::trackingmore::operations::Account::open().await, 850).await;
}

#[tokio::test]
async fn exporto_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::exporto::operations::Account::open().await, 400).await;
}

#[tokio::test]
async fn gcl_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::gcl::operations::Account::open().await, 300).await;
}

#[tokio::test]
async fn oneconcepts_spec_accepts_sandbox_responses() {
    assert_traffic_fits(&crate::oneconcepts::operations::Account::open().await, 450).await;
}
