//! The account decides: keys, plans, quota, and what the documentation leaves open.

use http::StatusCode;
use ship24_sdk::tracking_core::{Outcome, Provider as _, TrackRequest};
use ship24_sdk::{
    BulkItemStatus, Client, ClientBuilder, ConfigureClient as _, CreateTracker, Error, ErrorKind,
    ListTrackersQuery, SearchTracking, Setting,
};
use tracking_sandbox::Sandbox;

use super::sandboxed::{builder, client, sandbox, swift_retries, track};

#[tokio::test]
async fn wrong_key_is_authentication_error_under_each_status() {
    let sandbox = sandbox().await;
    let client = Client::builder("apik_of_somebody_else")
        .with_base_url(sandbox.base_url("ship24"))
        .with_retry(swift_retries())
        .build()
        .unwrap();

    for status in [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN] {
        let account = sandbox.ship24();
        account.configure(|settings| settings.assumptions.wrong_key_status = status);

        let error = client
            .list_trackers(&ListTrackersQuery::new())
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Authentication, "{status}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.attempts(), 1);
        assert!(!format!("{error} {error:?}").contains("apik_"), "{error:?}");
    }
}

#[tokio::test]
async fn used_up_quota_leaves_known_parcels_readable() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let known = CreateTracker::new("QUOTA-0001");
    client.create_tracker(&known).await.unwrap();
    sandbox
        .ship24()
        .configure(|settings| settings.quota = Some(0));

    for status in [StatusCode::FORBIDDEN, StatusCode::METHOD_NOT_ALLOWED] {
        let account = sandbox.ship24();
        account.configure(|settings| settings.assumptions.quota_status = status);

        let error = client
            .create_tracker(&CreateTracker::new("QUOTA-0002"))
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::QuotaExhausted, "{status}");
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(
            (error.attempts(), error.is_retryable()),
            (1, false),
            "{status}"
        );
    }
    // The same request finds the tracker that was paid for.
    assert!(client.create_tracker(&known).await.is_ok());
}

#[tokio::test]
async fn quota_ending_in_bulk_request_loses_no_item() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    sandbox
        .ship24()
        .configure(|settings| settings.quota = Some(1));
    let requests = ["QUOTA-0003", "QUOTA-0004"].map(CreateTracker::new);

    let response = client.bulk_create_trackers(&requests).await.unwrap();

    let statuses: Vec<_> = response
        .data
        .iter()
        .map(|item| item.item_status.clone())
        .collect();
    assert_eq!(
        statuses,
        [Some(BulkItemStatus::Created), Some(BulkItemStatus::Error)]
    );
    assert_eq!(response.failed().count(), 1);
}

#[tokio::test]
async fn missing_plan_is_lack_of_permission() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);

    sandbox.ship24().configure(|settings| {
        settings.per_shipment = false;
        settings.per_call = true;
    });
    let per_shipment = client
        .list_trackers(&ListTrackersQuery::new())
        .await
        .unwrap_err();
    sandbox.ship24().configure(|settings| {
        settings.per_shipment = true;
        settings.per_call = false;
    });
    let search = SearchTracking::new(Sandbox::DEMO_NUMBER);
    let per_call = client.get_tracking(&search).await.unwrap_err();

    for error in [per_shipment, per_call] {
        assert_eq!(error.kind(), ErrorKind::Permission);
        assert_eq!(error.provider_code(), Some("no_active_subscription"));
    }
}

#[tokio::test]
async fn success_is_success_under_each_status() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let request = CreateTracker::new(Sandbox::DEMO_NUMBER);
    let first = client.create_tracker(&request).await.unwrap();

    for status in [StatusCode::OK, StatusCode::CREATED] {
        sandbox.ship24().configure(|settings| {
            settings.assumptions.repeat_status = status;
            settings.assumptions.track_status = status;
        });

        let again = client.create_tracker(&request).await.unwrap();
        let found = client
            .create_tracker_and_get_tracking_results(&request)
            .await
            .unwrap();

        assert_eq!(again.tracker_id, first.tracker_id);
        assert_eq!(again.http_status(), status);
        assert_eq!(found.http_status(), status);
        assert_eq!(found.len(), 1);
    }
}

#[tokio::test]
async fn courier_that_is_unknown_is_refused_by_name_or_kept() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let request = CreateTracker::new("COURIER-01").courier_code(["no-such-courier"]);

    let kept = client.create_tracker(&request).await;
    sandbox
        .ship24()
        .configure(|settings| settings.assumptions.refuse_unknown_courier = true);
    let request = CreateTracker::new("COURIER-02").courier_code(["no-such-courier"]);
    let refused = client.create_tracker(&request).await.unwrap_err();

    assert!(kept.is_ok());
    assert_eq!(refused.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn number_may_have_several_parcels() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    for courier in ["dhl-germany", "us-post"] {
        let request = CreateTracker::new("SHARED-0001").courier_code([courier]);
        client.create_tracker(&request).await.unwrap();
    }

    let request = TrackRequest::number("SHARED-0001").with_register(false);
    let outcome = client.track(request).await.unwrap();

    let Outcome::Found(shipments) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(shipments.len(), 2);
    assert_ne!(shipments[0].id, shipments[1].id);
}

#[tokio::test]
async fn number_is_found_in_either_case() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);

    let upper = track(
        &client,
        TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true),
    )
    .await;
    let lower = Sandbox::DEMO_NUMBER.to_lowercase();
    let lower = track(&client, TrackRequest::number(lower).with_register(true)).await;

    assert!(upper.is_same_shipment(&lower));
    assert_eq!(upper.status, lower.status);
}

#[tokio::test]
async fn parcel_that_needs_post_code_is_found_with_it() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let number = TrackRequest::number("GR7724810935GB").with_register(true);

    let without = track(&client, number.clone()).await;
    let with = track(&client, number.with_destination_post_code("T12 X8K0")).await;

    assert!(without.events().is_empty());
    assert!(!with.events().is_empty());
    assert_ne!(without.id, with.id);
}

#[tokio::test]
async fn client_from_environment_reaches_same_account() {
    let sandbox = sandbox().await;
    let account = sandbox.ship24();
    let base_url = sandbox.base_url("ship24");
    let lookup = |setting: &Setting| match setting.variable {
        "SHIP24_API_KEY" => Some(account.api_key().into()),
        "SHIP24_BASE_URL" => Some(format!("{base_url}/").into()),
        _ => None,
    };

    let client = ClientBuilder::from_settings(lookup)
        .unwrap()
        .build()
        .unwrap();

    assert!(
        client
            .list_trackers(&ListTrackersQuery::new())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn invalid_base_url_is_refused_before_any_request() {
    let sandbox = sandbox().await;
    let bare = sandbox.address().to_string();

    for url in [bare.as_str(), "", "ftp://127.0.0.1/ship24"] {
        let built: Result<Client, Error> = builder(&sandbox).with_base_url(url).build();

        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        assert!(error.to_string().contains("base URL"), "{url}: {error}");
    }
    assert!(sandbox.requests().is_empty());
}
