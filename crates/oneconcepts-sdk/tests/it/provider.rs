//! What the unified interface offers of 1concepts, and what it never takes for a tracking.

use serde_json::json;
use tracking_core::{ErrorKind, ListRequest, Provider as _, Registration, Target, TrackRequest};

use crate::server::{Reply, Server};

#[test]
fn missing_features_are_announced_and_unsupported() {
    let capabilities = oneconcepts_sdk::Client::new("a", "b")
        .unwrap()
        .capabilities();

    assert!(capabilities.track_by_reference && capabilities.track_by_id && capabilities.list);
    assert!(!capabilities.track_by_number && !capabilities.events && !capabilities.etas);
    assert!(!capabilities.register && !capabilities.unregister && !capabilities.detect_couriers);
    assert_eq!(capabilities.webhook, None);
}

#[tokio::test]
async fn unsupported_operations_send_nothing() {
    let server = Server::silent().await;
    let client = server.client();

    let errors = [
        client
            .track(TrackRequest::number("00340000000000000031"))
            .await
            .unwrap_err(),
        client.register(Registration::new("A")).await.unwrap_err(),
        client
            .unregister(Target::Id("1".to_owned()))
            .await
            .unwrap_err(),
        client.detect_couriers("A").await.unwrap_err(),
    ];

    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn response_of_another_kind_is_neither_list_nor_tracking() {
    let account = json!({ "id": 17, "name": "SHP" });
    let failed = json!({ "@id": "/v2/api/errors/1", "@type": "hydra:Error", "hydra:title": "No." });
    for body in [&account, &failed] {
        let server = Server::replying(Reply::json(200, body)).await;

        let error = server.client().list(ListRequest::new()).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
    let list = json!({
        "@id": "/v2/api/trackings", "@type": "hydra:Collection",
        "hydra:member": [{ "@id": "/v2/api/trackings/1", "trackingId": "A" }],
    });
    for body in [&failed, &list] {
        let server = Server::replying(Reply::json(200, body)).await;

        let error = server
            .client()
            .track(TrackRequest::id("31"))
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}
