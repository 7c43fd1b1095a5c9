//! The entry point, the documentation and the contexts, as clients of the framework use them.

use reqwest::Method;
use serde_json::{Value, json};

use super::partner::{LD_JSON, Partner, send};
use crate::account::Reply;

const ROOT: &str = "/oneconcepts/v2/api";
const LD_JSON_UTF_8: &str = "application/ld+json; charset=utf-8";

/// A call without a token.
async fn fetch(partner: &Partner, path: &str) -> Reply {
    let request = partner.http().get(partner.url(path));
    send(request.header("accept", LD_JSON)).await
}

fn classes(documentation: &Reply) -> Vec<Value> {
    let classes = documentation.at("/hydra:supportedClass");
    classes.as_array().unwrap().clone()
}

#[tokio::test]
async fn entrypoint_lists_addresses_without_token() {
    let partner = Partner::open().await;

    let entrypoint = fetch(&partner, "").await;

    assert_eq!(entrypoint.header("content-type"), LD_JSON_UTF_8);
    assert_eq!(
        entrypoint.json(),
        json!({
            "@context": format!("{ROOT}/contexts/Entrypoint"),
            "@id": ROOT,
            "@type": "Entrypoint",
            "category": format!("{ROOT}/categories"),
            "order": format!("{ROOT}/orders"),
            "product": format!("{ROOT}/products"),
            "tracking": format!("{ROOT}/trackings"),
        })
    );
    for list in ["category", "order", "product", "tracking"] {
        let followed = partner.follow(&entrypoint.json()[list]).await;
        assert_eq!(followed.at("/@type"), "hydra:Collection", "{list}");
    }
}

#[tokio::test]
async fn responses_link_to_documentation() {
    let partner = Partner::open().await;
    let url = partner.url("/docs.jsonld");
    let expected = format!("<{url}>; rel=\"http://www.w3.org/ns/hydra/core#apiDocumentation\"");

    let list = partner.get("/trackings").await;
    let refused = partner.get("/trackings?page=0").await;
    let documentation = send(partner.http().get(&url)).await;

    assert_eq!(list.header("link"), expected);
    assert_eq!(refused.header("link"), expected);
    assert_eq!(documentation.header("content-type"), LD_JSON_UTF_8);
    assert_eq!(documentation.at("/@type"), "hydra:ApiDocumentation");
    assert_eq!(documentation.at("/hydra:entrypoint"), ROOT);
}

#[tokio::test]
async fn documentation_describes_each_class() {
    let partner = Partner::open().await;

    let documentation = fetch(&partner, "/docs.jsonld").await;

    let classes = classes(&documentation);
    let ids: Vec<_> = classes.iter().map(|class| class["@id"].clone()).collect();
    assert_eq!(
        json!(ids),
        json!([
            "#Category",
            "#Category",
            "#Order",
            "#Product",
            "#Tracking",
            "#Entrypoint",
            "#ConstraintViolation",
            "#ConstraintViolationList",
        ])
    );
    let tracking = &classes[4];
    let property = |name: &str| {
        let properties = tracking["hydra:supportedProperty"].as_array().unwrap();
        let found = properties.iter().find(|it| it["hydra:title"] == name);
        found.unwrap()["hydra:property"].clone()
    };
    assert_eq!(property("order")["@type"], "hydra:Link");
    assert_eq!(property("order")["range"], "#Order");
    assert_eq!(property("createdAt")["range"], "xmls:dateTime");
}

#[tokio::test]
async fn documentation_names_operations_with_their_methods() {
    let partner = Partner::open().await;

    let documentation = fetch(&partner, "/docs.jsonld").await;

    let classes = classes(&documentation);
    let methods = |operations: &Value| -> Vec<String> {
        let operations = operations.as_array().unwrap().iter();
        let method = |it: &Value| it["hydra:method"].as_str().unwrap().to_owned();
        operations.map(method).collect()
    };
    let links = classes[5]["hydra:supportedProperty"].as_array().unwrap();
    let orders = links
        .iter()
        .find(|link| link["hydra:property"]["@id"] == "#Entrypoint/order")
        .unwrap();
    assert_eq!(
        methods(&orders["hydra:property"]["hydra:supportedOperation"]),
        ["GET", "POST"]
    );
    assert_eq!(
        methods(&classes[2]["hydra:supportedOperation"]),
        ["GET", "PATCH"]
    );
}

#[tokio::test]
async fn every_context_address_leads_to_its_context() {
    let partner = Partner::open().await;
    let vocabulary = format!("{}#", partner.url("/docs.jsonld"));

    for path in ["/orders", "/products", "/categories", "/categorytree"] {
        let list = partner.get(path).await;
        let context = partner.follow(&list.at("/@context")).await;
        assert_eq!(context.header("content-type"), LD_JSON_UTF_8, "{path}");
        assert_eq!(context.at("/@context/@vocab"), vocabulary, "{path}");
    }
    let error = partner.get("/trackings?page=0").await;
    let context = partner.follow(&error.at("/@context")).await;
    let expected = json!({ "@vocab": vocabulary, "hydra": "http://www.w3.org/ns/hydra/core#" });
    assert_eq!(context.json(), json!({ "@context": expected }));
}

#[tokio::test]
async fn inline_context_is_published_one() {
    let partner = Partner::open().await;

    let list = partner.get("/trackings").await;
    let context = fetch(&partner, "/contexts/Tracking").await;
    let unknown = fetch(&partner, "/contexts/Nothing").await;

    assert_eq!(context.at("/@context"), list.at("/@context"));
    assert_eq!(
        context.at("/@context/order"),
        json!({ "@id": "Tracking/order", "@type": "@id" })
    );
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.at("/@type"), "hydra:Error");
}

#[tokio::test]
async fn browsers_get_page_at_entrypoint() {
    let partner = Partner::open().await;
    let request = partner.http().get(partner.url(""));

    let page = send(request.header("accept", "text/html")).await;
    let posted = send(partner.request(Method::POST, "")).await;

    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text.contains("swagger-ui"));
    assert_eq!(posted.status, 405);
}
