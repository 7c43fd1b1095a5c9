//! What is not repeated, whatever the status. The clock is paused.

use gcl_sdk::ErrorKind;

use crate::script::{Script, Step};
use crate::server::Reply;

#[tokio::test(start_paused = true)]
async fn unknown_number_with_503_is_not_retried() {
    let mut response = Reply::fixture("get-tracking/404_not_found.json");
    response.status = 503;
    let script = Script::new([Step::Reply(response)]);

    let error = script.client().get_tracking("QX1").await.unwrap_err();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::NotFound, 1));
}
