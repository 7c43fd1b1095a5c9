//! What Ship24's own codes repeat. The clock is paused.

use ship24_sdk::{ConfigureClient as _, ErrorKind, RetryPolicy};
use tracking_testkit::Sdk as _;
use tracking_testkit::spec::operations;

use crate::script::{Script, Step};
use crate::server::{Reply, Ship24};

#[tokio::test(start_paused = true)]
async fn parallel_request_repeats_idempotent_operations() {
    for operation in operations::<Ship24>() {
        let conflict = || Step::Reply(Reply::fixture("errors/409_request_conflict.json"));
        let script = Script::new([conflict(), conflict()]);
        let policy = RetryPolicy::default().with_max_attempts(2).without_jitter();
        let client = script.builder().with_retry(policy).build().unwrap();

        let error = Ship24::call(&client, &operation.id).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Conflict, "{operation:?}");
        let requests = if operation.idempotent { 2 } else { 1 };
        assert_eq!(script.requests(), requests, "{operation:?}");
    }
}
