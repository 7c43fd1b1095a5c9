//! Whatever arrives, there is a reply and no panic.

use futures_util::FutureExt as _;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};

use super::sender::{Arriving, SENDERS, Senders};

/// A message of a sender with some bytes changed, or any bytes; to any path, by any method.
fn arriving(senders: &Senders) -> impl Strategy<Value = Arriving> {
    let genuine: Vec<Arriving> = SENDERS.map(|name| senders.genuine(name)).to_vec();
    let methods = ["POST", "PUT", "GET", "HEAD", "DELETE", ""].map(str::to_owned);
    let method = prop_oneof![8 => Just("POST".to_owned()), 2 => select(methods.to_vec()), 1 => any::<String>()];
    let path = prop_oneof![8 => Just(None), 1 => any::<String>().prop_map(Some), 1 => "/webhooks/.{0,12}".prop_map(Some)];
    let edits = vec((any::<Index>(), any::<u8>()), 0..6);
    let body = prop_oneof![3 => Just(None), 1 => vec(any::<u8>(), 0..80).prop_map(Some)];
    let headers = prop_oneof![
        3 => Just(None),
        1 => vec((any::<String>(), vec(any::<u8>(), 0..20)), 0..4).prop_map(Some)
    ];
    (select(genuine), method, path, edits, body, headers).prop_map(
        |(mut message, method, path, edits, body, headers)| {
            message.method = method;
            if let Some(path) = path {
                message.path = path;
            }
            for (index, byte) in edits {
                let position = index.index(message.body.len());
                message.body[position] = byte;
            }
            if let Some(body) = body {
                message.body = body;
            }
            if let Some(headers) = headers {
                message.headers = headers;
            }
            message
        },
    )
}

#[tokio::test]
async fn arbitrary_request_gets_reply() {
    let senders = Senders::prepare().await;
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(2000)
    });

    let result = runner.run(&arriving(&senders), |message| {
        // Nothing waits: the handler and the store of this process are ready at once.
        let received = message.arrive_at(&senders.endpoint).now_or_never().unwrap();

        let status = received.reply.status();
        prop_assert!([200, 401, 404, 405].contains(&status), "{status}");
        prop_assert!(message.method != "HEAD" || received.reply.body().is_empty());
        prop_assert_eq!(
            received.error.is_some(),
            [401].contains(&status) || received.outcome.as_str() == "unreadable"
        );
        if let Some(error) = &received.error {
            prop_assert_eq!(error.to_string().lines().count(), 1);
        }
        prop_assert!(received.failures.is_empty() && received.store_errors.is_empty());
        Ok(())
    });

    result.unwrap();
}
