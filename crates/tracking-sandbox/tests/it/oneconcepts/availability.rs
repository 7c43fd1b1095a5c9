//! `GET /products` and `POST /products/check-availability`.

use serde_json::{Value, json};

use super::partner::{Partner, members};

const CHECK: &str = "/products/check-availability";

#[tokio::test]
async fn removed_product_is_unavailable() {
    let partner = Partner::open().await;
    let body = json!({ "skus": [2001, 2002, 9999] });
    partner.account().remove_product(2002);

    let response = partner.post(CHECK, &body).await;

    assert_eq!(response.status, 200, "{}", response.text);
    assert_eq!(response.json(), json!({ "unavailable": [2002, 9999] }));
}

#[tokio::test]
async fn check_all_lists_new_and_existing() {
    let partner = Partner::open().await;
    partner.assume(|it| it.unavailable_key = "gone".to_owned());
    let body = json!({ "skus": [2001, 2003, 9999] });

    let all = partner.post(&format!("{CHECK}?checkAll=true"), &body).await;
    let not_all = partner
        .post(&format!("{CHECK}?checkAll=false"), &body)
        .await;

    assert_eq!(
        all.json(),
        json!({ "gone": [9999], "new": [2002, 2004, 2005], "existing": [2001, 2003] })
    );
    assert_eq!(not_all.json(), json!({ "gone": [9999] }));
}

#[tokio::test]
async fn skus_have_to_be_list() {
    let partner = Partner::open().await;

    for body in [json!({}), json!({ "skus": 2001 }), json!({ "skus": null })] {
        let response = partner.post(CHECK, &body).await;

        assert_eq!(response.status, 400, "{body}");
        let description = response.at("/hydra:description");
        assert!(description.as_str().unwrap().contains("\"skus\""));
    }
}

#[tokio::test]
async fn products_are_found_by_sku_and_by_countries() {
    let partner = Partner::open().await;
    let cases: [(&str, &[u64]); 6] = [
        ("", &[2001, 2002, 2003, 2004, 2005]),
        ("sku=2002", &[2002]),
        ("sku[]=2002&sku[]=2004&sku[]=9999", &[2002, 2004]),
        ("countryCodes[]=DE&countryCodes[]=AT", &[2001, 2004]),
        ("countryCodes[]=FR&sku[]=2003", &[2003]),
        ("countryCodes=CH", &[2001]),
    ];

    for (query, expected) in cases {
        let list = partner.get(&format!("/products?{query}")).await;

        let skus: Vec<_> = members(&list)
            .iter()
            .map(|product| product["sku"].as_u64().unwrap())
            .collect();
        assert_eq!(skus, expected, "{query}");
    }
}

#[tokio::test]
async fn prices_are_numbers_and_strings() {
    let partner = Partner::open().await;

    let list = partner.get("/products?sku=2001").await;

    let product = &members(&list)[0];
    assert_eq!(list.at("/@context"), "/oneconcepts/v2/api/contexts/Product");
    assert_eq!(product["netCost"], 12.5);
    assert_eq!(product["rrp"], "24.90");
    assert_eq!(product["category"], Value::Null);
    let link = product["categoryTree"].as_str().unwrap();
    assert!(link.starts_with("/oneconcepts/v2/api/categorytree/"));
}
