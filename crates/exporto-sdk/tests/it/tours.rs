//! Tours: three operations whose paths and shapes are assumed.

use exporto_sdk::{ClientBuilder, CreateTour, ErrorKind, ListToursQuery, ReturnShipment, TourId};
use serde_json::json;

use crate::server::{Reply, Server, fixture_json};

fn response(path: &str) -> Reply {
    Reply::fixture(path)
}

#[tokio::test]
async fn tours_are_listed_at_the_assumed_path() {
    let server = Server::replying(response("list-tours/200_objects.json")).await;

    let tours = server
        .client()
        .list_tours(&ListToursQuery::new())
        .await
        .unwrap();

    assert_eq!(tours[0].tour_id, Some("tour-318".into()));
    assert_eq!(tours[1].extra["closedOn"], "2026-10-05");
    server.request().assert_without_body("GET", "/v1/tour");
}

#[tokio::test]
async fn pages_of_tours_are_counted_from_zero() {
    let server = Server::replying(response("list-tours/200_empty.json")).await;
    let query = ListToursQuery::new().page(0).page_size(20);

    let tours = server.client().list_tours(&query).await.unwrap();

    assert!(tours.is_empty());
    server
        .request()
        .assert_without_body("GET", "/v1/tour?page=0&pageSize=20");
}

#[tokio::test]
async fn tours_arrive_as_objects_strings_or_integers() {
    for (name, ids) in [
        ("200_objects.json", ["tour-318", "tour-319"]),
        ("200_texts.json", ["tour-318", "tour-319"]),
        ("200_integers.json", ["318", "319"]),
    ] {
        let server = Server::replying(response(&format!("list-tours/{name}"))).await;

        let tours = server
            .client()
            .list_tours(&ListToursQuery::new())
            .await
            .unwrap();

        let read: Vec<&str> = tours
            .iter()
            .filter_map(|tour| tour.tour_id.as_ref().map(TourId::as_str))
            .collect();
        assert_eq!(read, ids, "{name}");
    }
}

#[tokio::test]
async fn shipments_of_a_tour_come_in_each_assumed_shape() {
    for (name, first) in [
        ("200_objects.json", "parcel-11"),
        ("200_texts.json", "parcel-11"),
        ("200_integers.json", "11"),
        ("200_envelope.json", "parcel-11"),
    ] {
        let server = Server::replying(response(&format!("list-tour-shipments/{name}"))).await;

        let shipments = server
            .client()
            .list_tour_shipments("tour 3/18")
            .await
            .unwrap();

        assert_eq!(shipments.len(), 2, "{name}");
        assert_eq!(shipments[0].shipment_id, Some(first.into()), "{name}");
        server
            .request()
            .assert_without_body("GET", "/v1/tour/tour%203%2F18/shipment");
    }
}

#[tokio::test]
async fn response_of_another_shape_is_no_empty_tour() {
    for body in [
        "{}",
        "7",
        r#"{"shipments":["parcel-11"]}"#,
        r#"{"shipmentIds":7}"#,
        "\"parcel-11\"",
        "",
    ] {
        let server = Server::replying(Reply::new(200, body)).await;

        let error = server
            .client()
            .list_tour_shipments("tour-318")
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.operation(), Some("list-tour-shipments"));
        assert_eq!(error.body_text().unwrap(), body);
    }
}

#[tokio::test]
async fn tour_is_created_from_one_complete_list() {
    let cases = [
        (
            CreateTour::new().shipment_ids(["parcel-11", "parcel-12"]),
            "create-tour/request_ids.json",
        ),
        (
            CreateTour::new().foreign_outbound_tracking_ids(["OUT-6611", "OUT-6612"]),
            "create-tour/request_numbers.json",
        ),
    ];
    for (tour, body) in cases {
        let server = Server::replying(response("create-tour/201_tour.json")).await;

        let created = server.client().create_tour(&tour).await.unwrap();

        assert_eq!(created.as_ref().unwrap().tour_id, Some("tour-320".into()));
        server
            .request()
            .assert_json("POST", "/v1/tour", &fixture_json(body));
    }
}

#[tokio::test]
async fn created_tour_may_have_no_response() {
    for (status, body) in [
        (201, ""),
        (200, "created"),
        (204, ""),
        (202, "null"),
        (299, "{}"),
        (201, "[]"),
    ] {
        let server = Server::replying(Reply::new(status, body)).await;
        let tour = CreateTour::new().shipment_ids(["parcel-11"]);

        let created = server.client().create_tour(&tour).await.unwrap();

        let id = created.as_ref().and_then(|tour| tour.tour_id.as_ref());
        assert_eq!(id, None, "{status} {body}");
    }
}

#[tokio::test]
async fn created_tour_is_read_as_far_as_it_fits() {
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    for (body, problems) in [
        ("17".to_owned(), 0),
        (r#"{"tourId":17}"#.to_owned(), 0),
        (format!(r#"{{"tourId":17,"note":{deep}}}"#), 1),
        (r#"{"tourId":17,"note":1e999}"#.to_owned(), 1),
    ] {
        let server = Server::replying(Reply::new(201, body.as_str())).await;
        let tour = CreateTour::new().shipment_ids(["parcel-11"]);

        let created = server.client().create_tour(&tour).await.unwrap();

        assert_eq!(
            created.as_ref().unwrap().tour_id,
            Some("17".into()),
            "{body}"
        );
        assert_eq!(created.problems().len(), problems, "{body}");
    }
}

#[tokio::test]
async fn page_confirms_neither_tour_nor_registration() {
    for page in ["<html>Log in</html>", "\u{feff}\n<!DOCTYPE html>"] {
        let server = Server::start([Reply::new(200, page), Reply::new(200, page)]).await;
        let client = server.client();
        let shipment = ReturnShipment::new("return-7201", "INB-5531").order_id("o");

        let tour = client
            .create_tour(&CreateTour::new().shipment_ids(["parcel-11"]))
            .await;
        let registered = client.register_return_shipment(&shipment).await;

        for error in [tour.unwrap_err(), registered.unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
            assert!(error.to_string().contains("is HTML"), "{error}");
            assert_eq!(error.body_text().unwrap(), page);
        }
    }
}

/// A call of each operation on tours, and the option that sets its path.
async fn errors_of_each(
    builder: impl Fn(&Server) -> ClientBuilder,
    status: u16,
) -> Vec<(String, ErrorKind, &'static str)> {
    let body = json!({ "message": "No" });
    let responses = (0..3).map(|_| Reply::json(status, &body));
    let server = Server::start(responses).await;
    let client = builder(&server).build().unwrap();
    let tour = CreateTour::new().shipment_ids(["parcel-11"]);

    let errors = [
        client.list_tours(&ListToursQuery::new()).await.unwrap_err(),
        client.list_tour_shipments("tour-318").await.unwrap_err(),
        client.create_tour(&tour).await.unwrap_err(),
    ];
    let options = [
        "with_list_tours_path",
        "with_list_tour_shipments_path",
        "with_create_tour_path",
    ];
    errors
        .into_iter()
        .zip(options)
        .map(|(error, option)| (error.to_string(), error.kind(), option))
        .collect()
}

#[tokio::test]
async fn error_that_wrong_path_would_give_says_how_to_set_another() {
    for (status, kind) in [
        (404, ErrorKind::NotFound),
        (405, ErrorKind::InvalidRequest),
        (406, ErrorKind::InvalidRequest),
        (415, ErrorKind::InvalidRequest),
    ] {
        for (text, found, option) in errors_of_each(Server::builder, status).await {
            assert_eq!(found, kind, "{status}");
            assert!(text.contains(option) && text.contains("assumed"), "{text}");
            assert!(text.contains("`/tour") && text.ends_with(": No"), "{text}");
        }
    }
}

#[tokio::test]
async fn other_errors_say_nothing_about_the_path() {
    for status in [400, 403, 422, 500] {
        for (text, _, option) in errors_of_each(Server::builder, status).await {
            assert!(
                !text.contains(option) && !text.contains("assumed"),
                "{text}"
            );
        }
    }
}

#[tokio::test]
async fn each_path_can_be_replaced() {
    let server = Server::start([
        response("list-tours/200_texts.json"),
        response("list-tour-shipments/200_texts.json"),
        response("create-tour/201_tour.json"),
    ])
    .await;
    let client = server
        .builder()
        .with_list_tours_path("/tour/list?state=closed")
        .with_list_tour_shipments_path("shipment/search?tourId={tourId}")
        .with_create_tour_path("tour/create")
        .build()
        .unwrap();
    let tour = CreateTour::new().shipment_ids(["parcel-11", "parcel-12"]);

    client
        .list_tours(&ListToursQuery::new().page(0))
        .await
        .unwrap();
    client.list_tour_shipments("a&b=c").await.unwrap();
    client.create_tour(&tour).await.unwrap();

    let requests = server.requests();
    requests[0].assert_without_body("GET", "/v1/tour/list?state=closed&page=0");
    requests[1].assert_without_body("GET", "/v1/shipment/search?tourId=a%26b%3Dc");
    let body = fixture_json("create-tour/request_ids.json");
    requests[2].assert_json("POST", "/v1/tour/create", &body);
}

#[tokio::test]
async fn builder_refuses_unusable_path() {
    let builder = || exporto_sdk::Client::builder("user", "password");
    for (builder, part) in [
        (builder().with_list_tours_path(""), "is empty"),
        (
            builder().with_list_tours_path("tours/{tourId}"),
            "has no parameter",
        ),
        (
            builder().with_list_tours_path("https://evil.test/tour"),
            "whole URL",
        ),
        (builder().with_list_tours_path("../tour"), "segment"),
        (
            builder().with_list_tour_shipments_path("tour/shipments"),
            "`{tourId}`",
        ),
        (
            builder().with_list_tour_shipments_path("tour/{id}"),
            "`{tourId}`",
        ),
        (builder().with_create_tour_path("tour create"), "a space"),
    ] {
        let error = builder.build().unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.provider(), Some("exporto"));
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[tokio::test]
async fn list_of_tours_on_one_page_ends_quietly() {
    let whole = || response("list-tours/200_objects.json");
    let server = Server::start([whole(), whole()]).await;

    let mut tours = server
        .client()
        .list_tours_pages(&ListToursQuery::new())
        .items();
    let mut ids = Vec::new();
    while let Some(tour) = tours.next().await {
        ids.push(tour.unwrap().tour_id.unwrap().to_string());
    }

    assert_eq!(ids, ["tour-318", "tour-319"]);
    assert_eq!(server.requests()[1].target, "/v1/tour?page=1");
}

#[tokio::test]
async fn repeated_page_of_tours_with_page_size_is_error() {
    let page = || response("list-tours/200_objects.json");
    let server = Server::start([page(), page()]).await;
    let query = ListToursQuery::new().page_size(2);

    let mut pages = server.client().list_tours_pages(&query);
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn token_that_is_not_found_says_nothing_about_path() {
    let wrong_base_url = Reply::json(404, &json!({ "message": "Not Found" }));
    let logins = [
        wrong_base_url.clone(),
        wrong_base_url.clone(),
        wrong_base_url,
    ];
    let server = Server::with_logins(logins, []).await;
    let client = server.client();
    let tour = CreateTour::new().shipment_ids(["parcel-11"]);

    for error in [
        client.list_tours(&ListToursQuery::new()).await.unwrap_err(),
        client.list_tour_shipments("tour-318").await.unwrap_err(),
        client.create_tour(&tour).await.unwrap_err(),
    ] {
        assert_eq!(error.operation(), Some("create-token"));
        assert!(!error.to_string().contains("assumed"), "{error}");
    }
}

#[tokio::test]
async fn tour_with_something_else_for_id_is_kept_beside_others() {
    let body = json!([{ "tourId": "tour-318" }, { "tourId": { "day": 5 }, "open": true }, 319]);
    let server = Server::replying(Reply::json(200, &body)).await;

    let tours = server
        .client()
        .list_tours(&ListToursQuery::new())
        .await
        .unwrap();

    let ids: Vec<Option<&str>> = tours
        .iter()
        .map(|tour| tour.tour_id.as_ref().map(TourId::as_str))
        .collect();
    assert_eq!(ids, [Some("tour-318"), None, Some("319")]);
    assert_eq!(tours[1].extra["tourId"], json!({ "day": 5 }));
}

#[tokio::test]
async fn element_that_is_neither_tour_nor_its_id_is_named() {
    let body = json!(["tour-318", ["tour-319"], "tour-320"]);
    let server = Server::start([
        Reply::json(200, &body),
        Reply::json(200, &body),
        Reply::json(200, &json!([])),
    ])
    .await;
    let client = server.client();

    let tours = client.list_tours(&ListToursQuery::new()).await.unwrap();
    let mut pages = client.list_tours_pages(&ListToursQuery::new()).items();
    let mut streamed = Vec::new();
    while let Some(tour) = pages.next().await {
        streamed.push(tour.map_or_else(
            |error| error.path().map(str::to_owned),
            |it| it.tour_id.map(Into::into),
        ));
    }

    assert_eq!(tours.len(), 2);
    let [problem] = tours.problems() else {
        panic!("{:?}", tours.problems())
    };
    assert_eq!(problem.path, "[1]");
    assert_eq!(problem.message, "expected an object, found a list");
    let expected = ["tour-318", "tour-320", "[1]"];
    assert_eq!(streamed, expected.map(|it| Some(it.to_owned())));
}

#[tokio::test]
async fn list_without_any_tour_is_a_decode_error() {
    for body in [json!([["tour-319"]]), json!([[], [[]]])] {
        let server = Server::replying(Reply::json(200, &body)).await;

        let error = server.client().list_tours(&ListToursQuery::new()).await;

        let error = error.unwrap_err();
        assert_eq!(error.path(), Some("[0]"));
        let message = "expected a tour or its id, found a list";
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[tokio::test]
async fn empty_list_comes_in_each_spelling() {
    for body in ["[]", "null", "[null]"] {
        let server = Server::replying(Reply::new(200, body)).await;

        let tours = server.client().list_tours(&ListToursQuery::new()).await;

        assert!(tours.unwrap().is_empty(), "{body}");
    }
    for body in [
        "[]",
        "null",
        r#"{"shipmentIds":null}"#,
        r#"{"shipmentIds":[]}"#,
    ] {
        let server = Server::replying(Reply::new(200, body)).await;

        let shipments = server.client().list_tour_shipments("tour-318").await;

        assert!(shipments.unwrap().is_empty(), "{body}");
    }
    for body in ["{}", "7", r#""t""#, "<p>"] {
        let server = Server::replying(Reply::new(200, body)).await;

        let tours = server.client().list_tours(&ListToursQuery::new()).await;

        assert_eq!(tours.unwrap_err().kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn list_on_one_page_may_change_its_other_fields() {
    let list = |open: u32| Reply::json(200, &json!([{ "tourId": "t-1", "shipments": open }]));
    let server = Server::start([list(4), list(5)]).await;

    let mut pages = server.client().list_tours_pages(&ListToursQuery::new());
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().items.len());
    }

    assert_eq!(sizes, [1, 0]);
}
