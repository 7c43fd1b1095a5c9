//! Categories, products and their availability on the wire.

use oneconcepts_sdk::{
    CheckAvailability, CheckAvailabilityQuery, ListCategoryTreeQuery, ListProductsQuery,
    ProductSelection,
};

use crate::server::{Reply, Server, fixture_json};

#[tokio::test]
async fn sub_category_is_missing_in_four_ways() {
    let server = Server::replying(Reply::fixture("list-category-tree/200_page.json")).await;
    let query = ListCategoryTreeQuery::new().items_per_page(4).page(1);

    let list = server.client().list_category_tree(&query).await.unwrap();

    let names: Vec<Option<&str>> = list
        .members
        .iter()
        .map(|category| category.sub_category.as_ref()?.de.as_deref())
        .collect();
    assert_eq!(names, [None, None, None, Some("Pfannen")]);
    assert_eq!(
        list.members[0].group.as_ref().unwrap().en.as_deref(),
        Some("Household")
    );
    assert_eq!(list.total_items, Some(45));
    server
        .request()
        .assert_without_body("GET", "/v2/api/categorytree?itemsPerPage=4&page=1");
}

#[tokio::test]
async fn categories_and_products_come_page_by_page_too() {
    let mut last = fixture_json("list-category-tree/200_page.json");
    last["hydra:view"] = serde_json::json!(null);
    last["hydra:member"] = serde_json::json!([]);
    let server = Server::start([
        Reply::fixture("list-category-tree/200_page.json"),
        Reply::json(200, &last),
        Reply::fixture("list-products/200_loose.json"),
    ])
    .await;
    let client = server.client();

    let mut categories = client
        .list_category_tree_pages(&ListCategoryTreeQuery::new())
        .items();
    let mut count = 0;
    while let Some(category) = categories.next().await {
        category.unwrap();
        count += 1;
    }
    let all = ProductSelection::all();
    let mut products = client.list_products_pages(&all, &ListProductsQuery::new());
    let page = products.next().await.unwrap().unwrap();

    assert_eq!((count, page.items.len()), (4, 2));
    let requests = server.requests();
    requests[1].assert_without_body("GET", "/v2/api/categorytree?itemsPerPage=4&page=2");
    requests[2].assert_without_body("GET", "/v2/api/products");
}

#[tokio::test]
async fn single_article_is_sent_plain_and_several_in_brackets() {
    let response = || Reply::fixture("list-products/200_loose.json");
    let server = Server::start([response(), response(), response()]).await;
    let client = server.client();
    let query = ListProductsQuery::new().items_per_page(10);

    for selection in [
        ProductSelection::all().skus([40_017]),
        ProductSelection::all()
            .skus([40_017, 40_018])
            .country_codes(["DE", "AT"]),
    ] {
        client.list_products(&selection, &query).await.unwrap();
    }
    let query = ListProductsQuery::new().sku(40_017);
    client
        .list_products(&ProductSelection::all(), &query)
        .await
        .unwrap();

    let requests = server.requests();
    requests[0].assert_without_body("GET", "/v2/api/products?itemsPerPage=10&sku=40017");
    requests[1].assert_without_body(
        "GET",
        "/v2/api/products?itemsPerPage=10&sku%5B%5D=40017&sku%5B%5D=40018\
         &countryCodes%5B%5D=DE&countryCodes%5B%5D=AT",
    );
    requests[2].assert_without_body("GET", "/v2/api/products?sku=40017");
}

#[tokio::test]
async fn product_is_read_loosely() {
    let server = Server::replying(Reply::fixture("list-products/200_loose.json")).await;
    let all = ProductSelection::all();

    let list = server
        .client()
        .list_products(&all, &ListProductsQuery::new())
        .await
        .unwrap();

    let [first, second] = list.members.as_slice() else {
        panic!("{list:?}")
    };
    assert_eq!(
        (first.sku.as_deref(), second.sku.as_deref()),
        (Some("40017"), Some("40018"))
    );
    assert_eq!(first.allowed_country_codes, ["DE", "AT"]);
    assert_eq!(second.allowed_country_codes, ["DE"]);
    assert_eq!(first.stock.as_ref().unwrap(), "12");
    assert_eq!(first.net_cost.as_ref().unwrap(), 7.9);
    assert_eq!(first.extra["isBulkCarrier"], false);
}

#[tokio::test]
async fn availability_is_sent_in_body_and_all_lists_are_read() {
    let server = Server::start([
        Reply::fixture("check-availability/200_gone.json"),
        Reply::fixture("check-availability/200_all.json"),
    ])
    .await;
    let client = server.client();
    let articles = CheckAvailability::new([40_017, 40_018]);

    let gone = client
        .check_availability(&articles, &CheckAvailabilityQuery::new())
        .await
        .unwrap();
    let query = CheckAvailabilityQuery::new().check_all(true);
    let all = client.check_availability(&articles, &query).await.unwrap();

    assert_eq!(gone.unavailable_skus().unwrap(), ["40018"]);
    assert_eq!(all.unavailable_skus().unwrap(), ["40018"]);
    assert_eq!(
        (all.new.as_slice(), all.existing.as_slice()),
        (&["40020".to_owned()][..], &["40017".to_owned()][..])
    );
    let body = fixture_json("check-availability/request.json");
    let requests = server.requests();
    requests[0].assert_json("POST", "/v2/api/products/check-availability", &body);
    requests[1].assert_json(
        "POST",
        "/v2/api/products/check-availability?checkAll=true",
        &body,
    );
}
