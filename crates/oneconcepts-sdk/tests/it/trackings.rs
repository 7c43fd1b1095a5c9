//! Lists of trackings and single ones on the wire.

use oneconcepts_sdk::{
    CourierName, Iri, ListTrackingsQuery, Tracking, TrackingCollection, TrackingStatus,
};
use serde_json::json;
use tracking_core::UtcTime;
use tracking_core::time::TimeKind;

use crate::server::{Reply, Server};

async fn list(fixture: &str) -> TrackingCollection {
    let response = Reply::fixture(&format!("list-trackings/{fixture}"));
    let server = Server::replying(response).await;
    let list = server
        .client()
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap();
    server
        .request()
        .assert_without_body("GET", "/v2/api/trackings");
    list.into_inner()
}

#[tokio::test]
async fn filters_keep_literal_names_and_plus_is_encoded() {
    let server = Server::replying(Reply::fixture("list-trackings/200_empty.json")).await;
    let instant: UtcTime = "2026-03-01T17:00:00Z".parse().unwrap();
    let query = ListTrackingsQuery::new()
        .created_at_before("2026-03-04T18:00:00+01:00")
        .created_at_strictly_before("2026-03-03T18:00:00-00:30")
        .created_at_after(instant)
        .created_at_strictly_after("2026-02-28T18:00:00+01:00")
        .order_external_order_number("ABC::1/2 ä&x=1")
        .items_per_page(200)
        .page(3);

    server.client().list_trackings(&query).await.unwrap();

    let target = "/v2/api/trackings\
        ?createdAt%5Bbefore%5D=2026-03-04T18%3A00%3A00%2B01%3A00\
        &createdAt%5Bstrictly_before%5D=2026-03-03T18%3A00%3A00-00%3A30\
        &createdAt%5Bafter%5D=2026-03-01T17%3A00%3A00Z\
        &createdAt%5Bstrictly_after%5D=2026-02-28T18%3A00%3A00%2B01%3A00\
        &order.externalOrderNumber=ABC%3A%3A1%2F2%20%C3%A4%26x%3D1\
        &itemsPerPage=200\
        &page=3";
    let request = server.request();
    request.assert_without_body("GET", target);
}

#[tokio::test]
async fn context_is_object_or_string() {
    let object = list("200_context_object.json").await;
    let text = list("200_context_text.json").await;

    assert_eq!(
        object.context.unwrap()["hydra"],
        "http://www.w3.org/ns/hydra/core#"
    );
    assert_eq!(text.context.unwrap(), "/v2/api/contexts/Tracking");
}

#[tokio::test]
async fn documented_response_is_read_in_full() {
    let list = list("200_context_object.json").await;

    let [tracking] = list.members.as_slice() else {
        panic!("{list:?}")
    };
    assert_eq!(tracking.iri, Some("/v2/api/trackings/31".into()));
    assert_eq!(tracking.id, Some("31".into()));
    assert_eq!(tracking.order_iri(), Some("/v2/api/orders/58".into()));
    assert_eq!(tracking.courier, Some(CourierName::Dhl));
    assert_eq!(tracking.status, Some(TrackingStatus::Shipped));
    assert_eq!(tracking.number(), Some("00340000000000000031"));
    let created = tracking.created_at.as_ref().unwrap().timestamp();
    assert_eq!(created.kind(), TimeKind::Exact);
    assert_eq!(created.text(), "2026-03-02T18:04:11+01:00");
    assert_eq!(list.total_items, Some(212));
    let view = list.view.unwrap();
    assert_eq!(
        view.next,
        Some("/v2/api/trackings?itemsPerPage=1&page=2".into())
    );
    assert_eq!(view.previous, None);
    let search = list.search.unwrap();
    assert_eq!(search.mapping[1].property, None);
    assert_eq!(search.mapping[0].required, Some(false));
}

#[tokio::test]
async fn view_and_search_are_optional() {
    let list = list("200_context_text.json").await;

    assert_eq!((list.view, list.search), (None, None));
    assert_eq!(list.members.len(), 2);
}

#[tokio::test]
async fn freight_has_no_number_and_no_page() {
    let list = list("200_context_text.json").await;

    let [parcel, freight] = list.members.as_slice() else {
        panic!("{list:?}")
    };
    assert!(
        parcel
            .tracking_url()
            .unwrap()
            .ends_with("=00340000000000000031")
    );
    assert_eq!(freight.courier, Some(CourierName::BulkCarrier));
    assert_eq!(freight.tracking_id.as_deref(), Some("_"));
    assert_eq!((freight.number(), freight.tracking_url()), (None, None));
    // Summer: two hours ahead of UTC.
    let created = freight.created_at.as_ref().unwrap().timestamp();
    assert_eq!(
        created.instant().unwrap().to_string(),
        "2026-07-02T16:03:40Z"
    );
}

#[tokio::test]
async fn keys_without_their_prefix_are_read_as_well() {
    let list = list("200_without_prefix.json").await;

    assert_eq!((list.members.len(), list.total_items), (1, Some(2)));
    assert_eq!(
        list.view.unwrap().next,
        Some("/v2/api/trackings?page=2".into())
    );
    assert_eq!(list.search.unwrap().mapping.len(), 1);
}

#[tokio::test]
async fn empty_list_and_null_one_are_no_trackings() {
    for fixture in ["200_empty.json", "200_null_list.json"] {
        assert!(list(fixture).await.members.is_empty(), "{fixture}");
    }
}

#[tokio::test]
async fn total_with_decimal_point_is_total() {
    assert_eq!(list("200_total_float.json").await.total_items, Some(9));
}

#[tokio::test]
async fn missing_list_is_error_and_not_empty_one() {
    let bodies = [
        json!({}),
        json!({ "hydra:totalItems": 0 }),
        json!([]),
        json!([{ "@id": "/v2/api/trackings/31", "trackingId": "A" }]),
        json!({ "code": 200, "message": "ok" }),
    ];
    for body in bodies {
        let server = Server::replying(Reply::json(200, &body)).await;

        let error = server
            .client()
            .list_trackings(&ListTrackingsQuery::new())
            .await
            .unwrap_err();

        assert!(error.is_decode(), "{body}");
        assert_eq!(error.operation(), Some("list-trackings"), "{body}");
        assert_eq!(error.body_text().unwrap(), body.to_string());
    }
}

#[tokio::test]
async fn response_other_than_tracking_is_error() {
    for body in [
        "{}",
        "[]",
        r#"{"code":200,"message":"ok"}"#,
        r#"{"courier":"DHL"}"#,
    ] {
        let response = || Reply::new(200, body);
        let server = Server::start([response(), response()]).await;
        let client = server.client();

        let by_id = client.get_tracking("1").await.unwrap_err();
        let by_address = client
            .follow_tracking(&"/v2/api/trackings/1".into())
            .await
            .unwrap_err();

        assert!(by_id.is_decode() && by_address.is_decode(), "{body}");
    }
}

#[tokio::test]
async fn filter_that_server_ignored_is_error() {
    let old =
        json!({ "hydra:member": [{ "@id": "/t/1", "createdAt": "2019-01-01T10:00:00+01:00" }] });
    let server = Server::replying(Reply::json(200, &old)).await;
    let query = ListTrackingsQuery::new().created_at_after("2026-03-01T18:00:00+01:00");

    let error = server.client().list_trackings(&query).await.unwrap_err();

    assert!(error.is_decode());
    assert!(error.to_string().contains("ignored"), "{error}");
}

#[tokio::test]
async fn tracking_is_read_by_id_and_by_address() {
    let response = || Reply::fixture("get-tracking/200_tracking.json");
    let server = Server::start([response(), response(), response()]).await;
    let client = server.client();
    let origin = server.base_url().replace("/v2", "");

    let by_id = client.get_tracking("31").await.unwrap();
    let by_address = client
        .follow_tracking(&"/v2/api/trackings/31".into())
        .await
        .unwrap();
    let absolute = Iri::from(format!("{origin}/v2/api/trackings/31"));
    client.follow_tracking(&absolute).await.unwrap();

    assert_eq!(*by_id, *by_address);
    assert!(by_id.context.as_ref().unwrap().is_object());
    for request in server.requests() {
        request.assert_without_body("GET", "/v2/api/trackings/31");
    }
}

#[tokio::test]
async fn address_is_joined_to_host_and_not_to_base_url() {
    let response = Reply::fixture("get-tracking/200_bulk_carrier.json");
    let server = Server::replying(response).await;

    let tracking: Tracking = server
        .client()
        .follow_tracking(&"/elsewhere/v2/api/trackings/32".into())
        .await
        .unwrap()
        .into_inner();

    assert_eq!(tracking.number(), None);
    server
        .request()
        .assert_without_body("GET", "/elsewhere/v2/api/trackings/32");
}

#[tokio::test]
async fn ids_are_one_segment_of_the_path() {
    let server = Server::replying(Reply::fixture("get-tracking/200_tracking.json")).await;

    server.client().get_tracking("3/1 ?#").await.unwrap();

    server
        .request()
        .assert_without_body("GET", "/v2/api/trackings/3%2F1%20%3F%23");
}
