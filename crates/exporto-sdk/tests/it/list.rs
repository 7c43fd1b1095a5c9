//! The unified list: the tours, one after the other. The clock is paused.

use serde_json::json;
use tracking_core::{
    Cursor, ErrorKind, ListRequest, Provider as _, ProviderExt as _, Status, UtcTime,
};

use crate::account::Account;
use crate::server::Server;

use futures_util::TryStreamExt as _;

fn account() -> Account {
    Account::default()
        .tours(&["t-1", "t-2"])
        .tour("t-1", &json!(["p-1", "p-2", "p-3"]))
        .tour("t-2", &json!(["p-4"]))
        .shipment("p-1")
        .shipment("p-2")
        .shipment("p-3")
        .shipment("p-4")
}

#[tokio::test(start_paused = true)]
async fn pages_go_through_the_tours() {
    let (client, _) = account().client();
    let mut request = ListRequest::new().with_limit(2);
    let mut pages = Vec::new();
    loop {
        let page = client.list(request.clone()).await.unwrap();
        let ids: Vec<String> = page.shipments.into_iter().filter_map(|it| it.id).collect();
        pages.push(ids);
        let Some(next) = page.next else { break };
        request.cursor = Some(next);
    }

    assert_eq!(pages, [vec!["p-1", "p-2"], vec!["p-3"], vec!["p-4"]]);
}

#[tokio::test(start_paused = true)]
async fn all_shipments_of_all_pages_of_tours_are_listed() {
    let (client, _) = Account::default()
        .with("/tour?page=0", 200, &json!(["t-1"]))
        .with("/tour?page=1", 200, &json!(["t-2", "t-empty"]))
        .with("/tour?page=2", 200, &json!([]))
        .tour("t-1", &json!(["p-1"]))
        .tour("t-2", &json!(["p-2"]))
        .tour("t-empty", &json!([]))
        .shipment("p-1")
        .shipment("p-2")
        .client();

    let shipments: Vec<_> = client
        .list_all(ListRequest::new())
        .try_collect()
        .await
        .unwrap();

    let ids: Vec<&str> = shipments.iter().filter_map(|it| it.id.as_deref()).collect();
    assert_eq!(ids, ["p-1", "p-2"]);
    assert_eq!(shipments[0].status.status, Status::PickedUp);
}

#[tokio::test(start_paused = true)]
async fn list_of_tours_that_ignores_pages_ends() {
    let (client, _) = Account::default()
        .with("/tour?page=0", 200, &json!(["t-1"]))
        .with("/tour?page=1", 200, &json!(["t-1"]))
        .tour("t-1", &json!(["p-1"]))
        .shipment("p-1")
        .client();

    let page = client.list(ListRequest::new()).await.unwrap();

    assert_eq!((page.shipments.len(), page.next), (1, None));
}

#[tokio::test(start_paused = true)]
async fn account_without_tours_has_empty_list() {
    let (client, _) = Account::default().tours(&[]).client();

    let page = client.list(ListRequest::new()).await.unwrap();

    assert!(page.shipments.is_empty() && page.next.is_none());
}

#[tokio::test(start_paused = true)]
async fn unreadable_shipment_stays_in_list() {
    let (client, _) = Account::default()
        .tours(&["t-1"])
        .tour("t-1", &json!(["p-1", "p-gone", { "lineItems": [] }]))
        .shipment("p-1")
        .client();

    let page = client.list(ListRequest::new()).await.unwrap();

    let problems: Vec<usize> = page.shipments.iter().map(|it| it.problems.len()).collect();
    assert_eq!(problems, [0, 1]);
    assert_eq!(page.shipments[1].id.as_deref(), Some("p-gone"));
    // An object without a value of a shipment is none.
    assert_eq!(page.problems[0].path, "[2]");
}

#[tokio::test(start_paused = true)]
async fn element_that_is_no_tour_costs_no_other() {
    let tours = json!([["?"], { "open": true }, "t-1", {}, { "tourId": "t-2", "open": 1 }, 7]);
    let (client, _) = Account::default()
        .with("/tour?page=0", 200, &tours)
        .with("/tour?page=1", 200, &json!([]))
        .tour("t-1", &json!(["p-1"]))
        .tour("t-2", &json!(["p-2"]))
        .tour("7", &json!([]))
        .shipment("p-1")
        .shipment("p-2")
        .client();

    let mut request = ListRequest::new();
    let mut ids = Vec::new();
    let mut problems = Vec::new();
    loop {
        let page = client.list(request.clone()).await.unwrap();
        ids.extend(page.shipments.into_iter().filter_map(|it| it.id));
        problems.extend(page.problems.into_iter().map(|problem| problem.path));
        let Some(next) = page.next else { break };
        request.cursor = Some(next);
    }

    assert_eq!(ids, ["p-1", "p-2"]);
    problems.sort_unstable();
    assert_eq!(problems, ["[0]", "[1]", "[3]"]);
}

#[tokio::test(start_paused = true)]
async fn tours_without_any_id_are_an_error() {
    let (client, _) = Account::default()
        .with("/tour?page=0", 200, &json!([{ "id": "t-1" }]))
        .client();

    let error = client.list(ListRequest::new()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("tourId"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn odd_tour_element_stays_in_list_unchanged() {
    let listed = json!(["p-1", { "shipmentId": ["?"], "colour": "red" }, { "shipmentId": "p-3" }]);
    let (client, _) = Account::default()
        .tours(&["t-1"])
        .tour("t-1", &listed)
        .shipment("p-1")
        .shipment("p-3")
        .client();

    let page = client.list(ListRequest::new()).await.unwrap();

    let ids: Vec<Option<&str>> = page.shipments.iter().map(|it| it.id.as_deref()).collect();
    assert_eq!(ids, [Some("p-1"), None, Some("p-3")]);
    assert_eq!(page.shipments[1].problems.len(), 2);
    assert_eq!(page.shipments[1].problems[0].path, "[1].shipmentId");
    assert!(page.shipments[1].raw.get().contains("colour"));
}

#[tokio::test(start_paused = true)]
async fn tour_list_that_ignores_pages_ends_despite_new_fields() {
    let list = |open: u32| json!([{ "tourId": "t-1", "shipments": open }]);
    let (client, _) = Account::default()
        .with("/tour?page=0", 200, &list(4))
        .with("/tour?page=1", 200, &list(5))
        .tour("t-1", &json!(["p-1"]))
        .shipment("p-1")
        .client();

    let page = client.list(ListRequest::new()).await.unwrap();

    assert_eq!(page.next, None);
}

#[tokio::test(start_paused = true)]
async fn missing_permission_ends_list() {
    let (client, _) = Account::default()
        .tours(&["t-1"])
        .tour("t-1", &json!(["p-1"]))
        .with("/shipment/p-1", 403, &json!({ "message": "No" }))
        .client();

    let error = client.list(ListRequest::new()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Permission);
}

#[tokio::test(start_paused = true)]
async fn tour_no_longer_listed_is_reported() {
    let (client, _) = account().client();
    let request = ListRequest::new().with_cursor(Cursor::new("0:0:t-gone"));

    let error = client.list(request).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("not listed any more"), "{error}");
}

#[tokio::test]
async fn list_that_exporto_cannot_give_is_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for (request, kind) in [
        (
            ListRequest::new().with_updated_since(UtcTime::now()),
            ErrorKind::Unsupported,
        ),
        (ListRequest::new().with_limit(0), ErrorKind::InvalidRequest),
        (
            ListRequest::new().with_cursor(Cursor::new("page 2")),
            ErrorKind::InvalidRequest,
        ),
    ] {
        assert_eq!(client.list(request).await.unwrap_err().kind(), kind);
    }
    assert!(server.logins().is_empty());
}
