//! From page to page along `hydra:next`, and to no other host.

use futures_util::StreamExt as _;
use oneconcepts_sdk::{Iri, ListOrdersQuery, ListTrackingsQuery};
use serde_json::{Value, json};

use crate::server::{Reply, Server};

fn page(ids: &[u32], next: Option<&str>) -> Reply {
    let members: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "@id": format!("/v2/api/trackings/{id}"), "id": id }))
        .collect();
    let mut body = json!({ "hydra:member": members });
    if let Some(next) = next {
        body["hydra:view"] = json!({ "hydra:next": next });
    }
    Reply::json(200, &body)
}

async fn ids(server: &Server) -> Result<Vec<i64>, oneconcepts_sdk::Error> {
    let mut items = server
        .client()
        .list_trackings_pages(&ListTrackingsQuery::new())
        .items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item?.id.unwrap().as_str().parse().unwrap());
    }
    Ok(ids)
}

#[tokio::test]
async fn pages_follow_the_link_on_the_host_as_it_is() {
    let next =
        "/v2/api/trackings?createdAt[after]=2026-01-01T00:00:00%2B01:00&itemsPerPage=1&page=2";
    let server = Server::start([page(&[1, 2], Some(next)), page(&[3], None)]).await;

    assert_eq!(ids(&server).await.unwrap(), [1, 2, 3]);

    let requests = server.requests();
    requests[0].assert_without_body("GET", "/v2/api/trackings");
    requests[1].assert_without_body("GET", next);
}

#[tokio::test]
async fn pages_carry_address_and_resume_there() {
    let server = Server::start([
        Reply::fixture("list-trackings/200_page_1.json"),
        Reply::fixture("list-trackings/200_page_2.json"),
        Reply::fixture("list-trackings/200_page_2.json"),
    ])
    .await;
    let client = server.client();
    let query = ListTrackingsQuery::new().items_per_page(1);
    let mut pages = client.list_trackings_pages(&query);

    let first = pages.next().await.unwrap().unwrap();
    let resume_at = pages.resume_at().clone();
    let second = pages.next().await.unwrap().unwrap();

    assert_eq!(first.cursor, None);
    assert_eq!(
        resume_at,
        Some(Iri::from("/v2/api/trackings?itemsPerPage=1&page=2"))
    );
    assert_eq!(second.cursor, resume_at);
    assert!(pages.next().await.is_none());
    let mut again = client.list_trackings_pages_from(&query, resume_at);
    assert_eq!(again.next().await.unwrap().unwrap().items, second.items);
}

#[tokio::test]
async fn stream_outlives_client_and_is_stream() {
    let server = Server::start([
        page(&[1], Some("/v2/api/trackings?page=2")),
        page(&[2], None),
    ])
    .await;
    let pages = server
        .client()
        .list_trackings_pages(&ListTrackingsQuery::new());

    let counts: Vec<usize> = pages.map(|page| page.unwrap().items.len()).collect().await;

    assert_eq!(counts, [1, 1]);
}

#[tokio::test]
async fn empty_page_is_last_one_even_with_link() {
    let server = Server::start([
        page(&[1], Some("/v2/api/trackings?page=2")),
        page(&[], Some("/v2/api/trackings?page=3")),
    ])
    .await;

    assert_eq!(ids(&server).await.unwrap(), [1]);
}

#[tokio::test]
async fn link_to_another_host_scheme_or_port_is_not_followed() {
    let elsewhere = Server::silent().await;
    let elsewhere_url = elsewhere.base_url();
    let links = [
        format!("{elsewhere_url}/api/trackings?page=2"),
        format!("{}/api/trackings", elsewhere_url.replace("http:", "")),
        "https://evil.example/v2/api/trackings?page=2".to_owned(),
        "//evil.example/v2/api/trackings?page=2".to_owned(),
        "trackings?page=2".to_owned(),
        "/v2/../admin".to_owned(),
    ];
    for link in links {
        let server = Server::start([page(&[1], Some(&link))]).await;
        let mut items = server
            .client()
            .list_trackings_pages(&ListTrackingsQuery::new())
            .items();

        let first = items.next().await.unwrap();
        let error = items.next().await.unwrap().unwrap_err();

        assert_eq!(first.unwrap().id, Some("1".into()), "{link}");
        assert_eq!(error.attempts(), 0, "{link}");
        assert_eq!(error.provider(), Some("oneconcepts"), "{link}");
        assert!(!format!("{error} {error:?}").contains("evil"), "{error}");
        assert!(items.next().await.is_none(), "{link}");
        server
            .request()
            .assert_without_body("GET", "/v2/api/trackings");
    }
    assert!(elsewhere.requests().is_empty());
    assert!(elsewhere.logins().is_empty());
}

#[tokio::test]
async fn link_with_another_scheme_on_same_host_is_refused() {
    let server = Server::start([]).await;
    let https = server.base_url().replace("http:", "https:");
    let address = Iri::from(format!("{https}/api/trackings/1"));

    let error = server.client().follow_tracking(&address).await.unwrap_err();

    assert!(error.to_string().contains("another host"), "{error}");
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn circular_list_ends_with_error() {
    let back = "/v2/api/trackings?page=2";
    let server = Server::start([page(&[1], Some(back)), page(&[2], Some(back))]).await;

    let error = ids(&server).await.unwrap_err();

    assert!(error.is_decode());
}

#[tokio::test]
async fn server_that_ignores_page_is_detected() {
    let server = Server::start([
        page(&[1, 2], Some("/v2/api/trackings?page=2")),
        page(&[1, 2], Some("/v2/api/trackings?page=3")),
    ])
    .await;

    let error = ids(&server).await.unwrap_err();

    assert!(error.is_decode());
}

#[tokio::test]
async fn trackings_that_new_ones_push_to_the_next_page_come_once() {
    let server = Server::start([
        page(&[5, 4], Some("/v2/api/trackings?page=2")),
        page(&[4, 3], Some("/v2/api/trackings?page=3")),
        page(&[2], None),
    ])
    .await;

    assert_eq!(ids(&server).await.unwrap(), [5, 4, 3, 2]);
}

#[tokio::test]
async fn filter_that_is_ignored_on_later_page_is_detected() {
    let old =
        json!({ "hydra:member": [{ "@id": "/t/1", "createdAt": "2019-01-01T10:00:00+01:00" }] });
    let new = json!({
        "hydra:member": [{ "@id": "/t/2", "createdAt": "2026-03-02T10:00:00+01:00" }],
        "hydra:view": { "hydra:next": "/v2/api/trackings?page=2" },
    });
    let server = Server::start([Reply::json(200, &new), Reply::json(200, &old)]).await;
    let query = ListTrackingsQuery::new().created_at_after("2026-03-01T18:00:00+01:00");
    let mut pages = server.client().list_trackings_pages(&query);

    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().unwrap_err().is_decode());
}

#[tokio::test]
async fn unsendable_query_is_first_item() {
    let server = Server::silent().await;
    let client = server.client();
    let trackings = ListTrackingsQuery::new().created_at_after("2026-03-01");
    let orders = ListOrdersQuery::new().items_per_page(0);

    let first = client
        .list_trackings_pages(&trackings)
        .next()
        .await
        .unwrap();
    let second = client.list_orders_pages(&orders).next().await.unwrap();

    assert_eq!(first.unwrap_err().parameter(), Some("createdAt[after]"));
    assert_eq!(second.unwrap_err().parameter(), Some("itemsPerPage"));
}

#[tokio::test]
async fn errors_along_a_link_name_the_operation_that_it_belongs_to() {
    let broken = || Reply::fixture("errors/500_hydra.json");
    let server = Server::start([broken(), broken(), broken()]).await;
    let client = server.client();
    let page = |resource: &str| Some(Iri::from(format!("/v2/api/{resource}?page=2")));
    let (trackings, orders) = (ListTrackingsQuery::new(), ListOrdersQuery::new());
    let mut trackings = client.list_trackings_pages_from(&trackings, page("trackings"));
    let mut orders = client.list_orders_pages_from(&orders, page("orders"));

    let errors = [
        trackings.next().await.unwrap().unwrap_err(),
        orders.next().await.unwrap().unwrap_err(),
        client
            .follow_tracking(&"/v2/api/trackings/31".into())
            .await
            .unwrap_err(),
    ];

    let names = errors.each_ref().map(|error| error.operation().unwrap());
    assert_eq!(names, ["list-trackings", "list-orders", "get-tracking"]);
}
