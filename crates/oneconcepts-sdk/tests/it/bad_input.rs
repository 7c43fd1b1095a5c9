//! What cannot be sent is refused by name, before any request and before any login.

use oneconcepts_sdk::{
    CheckAvailability, CheckAvailabilityQuery, CreateOrder, Error, ErrorKind, Iri,
    ListCategoryTreeQuery, ListOrdersQuery, ListProductsQuery, ListTrackingsQuery,
    ProductSelection, check_external_order_number, check_tracking_number,
};

use crate::server::Server;

#[track_caller]
fn assert_refused(error: &Error, parameter: &str) {
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert_eq!(error.parameter(), Some(parameter), "{error}");
    assert_eq!(error.provider(), Some("oneconcepts"), "{error}");
    assert_eq!(error.attempts(), 0);
}

#[tokio::test]
async fn page_sizes_of_0_and_above_200_and_pages_below_1_are_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let all = ProductSelection::all();

    for size in [i64::MIN, -1, 0, 201, i64::MAX] {
        let trackings = ListTrackingsQuery::new().items_per_page(size);
        assert_refused(
            &client.list_trackings(&trackings).await.unwrap_err(),
            "itemsPerPage",
        );
        let orders = ListOrdersQuery::new().items_per_page(size);
        assert_refused(
            &client.list_orders(&orders).await.unwrap_err(),
            "itemsPerPage",
        );
        let tree = ListCategoryTreeQuery::new().items_per_page(size);
        assert_refused(
            &client.list_category_tree(&tree).await.unwrap_err(),
            "itemsPerPage",
        );
        let products = ListProductsQuery::new().items_per_page(size);
        assert_refused(
            &client.list_products(&all, &products).await.unwrap_err(),
            "itemsPerPage",
        );
    }
    for page in [i64::MIN, -1, 0] {
        let trackings = ListTrackingsQuery::new().page(page);
        assert_refused(
            &client.list_trackings(&trackings).await.unwrap_err(),
            "page",
        );
    }
    assert!(server.requests().is_empty() && server.logins().is_empty());
}

#[tokio::test]
async fn date_without_offset_is_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for text in [
        "2026-03-02",
        "2026-03-02T18:00:00",
        "2026-03-02 18:00",
        "soon",
        "",
    ] {
        let query = ListTrackingsQuery::new().created_at_strictly_before(text);

        let error = client.list_trackings(&query).await.unwrap_err();

        assert_refused(&error, "createdAt[strictly_before]");
        assert!(error.to_string().contains("offset"), "{error}");
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn order_numbers_that_cannot_be_one_are_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let long = "7".repeat(256);

    for number in ["", " ", "\t", ".", "..", "../x", "a\nb", &long] {
        let query = ListTrackingsQuery::new().order_external_order_number(number);
        assert_refused(
            &client.list_trackings(&query).await.unwrap_err(),
            "order.externalOrderNumber",
        );
        let query = ListOrdersQuery::new().external_order_number(number);
        assert_refused(
            &client.list_orders(&query).await.unwrap_err(),
            "externalOrderNumber",
        );
        let order = CreateOrder::new("v2/api/partners/4", number);
        assert_refused(
            &client.create_order(&order).await.unwrap_err(),
            "externalOrderNumber",
        );
        assert!(check_external_order_number(number).is_err());
        assert!(check_tracking_number(number).is_err());
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn empty_long_or_repeated_list_of_numbers_is_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let plain = ListOrdersQuery::new();
    let named = ListOrdersQuery::new().external_order_number("A");
    let none: [&str; 0] = [];
    let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();

    let first = |mut pages: oneconcepts_sdk::Pages<'static, _, Option<Iri>>| async move {
        let page: Option<Result<oneconcepts_sdk::Page<oneconcepts_sdk::Order, _>, _>> =
            pages.next().await;
        page.unwrap().unwrap_err()
    };
    let by_numbers = |numbers: Vec<String>, query: &ListOrdersQuery| {
        first(client.list_orders_by_external_order_numbers(numbers, query))
    };
    let strings = |numbers: &[&str]| {
        numbers
            .iter()
            .map(|it| (*it).to_owned())
            .collect::<Vec<_>>()
    };

    assert_refused(
        &by_numbers(strings(&none), &plain).await,
        "externalOrderNumber",
    );
    assert_refused(&by_numbers(many, &plain).await, "externalOrderNumber");
    assert_refused(
        &by_numbers(strings(&["A"]), &named).await,
        "externalOrderNumber",
    );
    let empty = by_numbers(strings(&["A", " "]), &plain).await;
    assert_refused(&empty, "externalOrderNumber[1].number");
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn empty_status_is_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for status in ["", " "] {
        let query = ListOrdersQuery::new().status(status);
        assert_refused(&client.list_orders(&query).await.unwrap_err(), "status");
        let outcome = client.update_order_status("A", status.into()).await;
        assert_refused(&outcome.unwrap_err(), "status");
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn resuming_with_a_query_that_cannot_be_sent_is_refused_too() {
    let server = Server::silent().await;
    let client = server.client();
    let page = || Some(Iri::from("/v2/api/trackings?page=2"));
    let trackings = ListTrackingsQuery::new().created_at_after("2026-03-01");
    let orders = ListOrdersQuery::new().items_per_page(0);

    let first = client
        .list_trackings_pages_from(&trackings, page())
        .next()
        .await
        .unwrap();
    let second = client
        .list_orders_pages_from(&orders, page())
        .next()
        .await
        .unwrap();

    assert_refused(&first.unwrap_err(), "createdAt[after]");
    assert_refused(&second.unwrap_err(), "itemsPerPage");
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn ids_that_would_change_the_path_are_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let long = "7".repeat(65);

    for id in ["", " ", ".", "..", "a\0b", &long] {
        assert_refused(&client.get_tracking(id).await.unwrap_err(), "id");
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn address_on_another_host_is_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for address in [
        "https://evil.example/v2/api/trackings/1",
        "//evil.example/x",
        "x",
        "",
    ] {
        let error = client.follow_tracking(&address.into()).await.unwrap_err();

        assert_refused(&error, "iri");
    }
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn selections_that_would_select_everything_are_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let all = ProductSelection::all;
    let query = ListProductsQuery::new();

    for (selection, parameter) in [
        (all().skus([]), "sku"),
        (all().skus(1..102), "sku"),
        (all().skus([0]), "sku"),
        (all().country_codes(Vec::<String>::new()), "countryCodes"),
        (all().country_codes(["de"]), "countryCodes"),
        (all().country_codes(["DEU"]), "countryCodes"),
    ] {
        assert_refused(
            &client.list_products(&selection, &query).await.unwrap_err(),
            parameter,
        );
    }
    let twice = ListProductsQuery::new().sku(1);
    let error = client
        .list_products(&all().skus([2]), &twice)
        .await
        .unwrap_err();
    assert_refused(&error, "sku");
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn availability_without_articles_is_refused_unless_all() {
    let server = Server::silent().await;
    let client = server.client();
    let none = CheckAvailability::new([]);
    let many = CheckAvailability::new(0..10_001);
    let all = CheckAvailabilityQuery::new().check_all(true);

    let plain = CheckAvailabilityQuery::new();
    assert_refused(
        &client.check_availability(&none, &plain).await.unwrap_err(),
        "skus",
    );
    let not_all = CheckAvailabilityQuery::new().check_all(false);
    assert_refused(
        &client
            .check_availability(&none, &not_all)
            .await
            .unwrap_err(),
        "skus",
    );
    assert_refused(
        &client.check_availability(&many, &all).await.unwrap_err(),
        "skus",
    );
    assert!(server.logins().is_empty());
}

#[tokio::test]
async fn partner_with_leading_slash_is_refused() {
    let server = Server::silent().await;
    let order = CreateOrder::new("/v2/api/partners/4", "A");

    let error = server.client().create_order(&order).await.unwrap_err();

    assert_refused(&error, "partner");
    assert!(server.logins().is_empty());
}
