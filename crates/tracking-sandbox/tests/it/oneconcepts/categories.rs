//! `GET /categorytree` and `GET /categories`.

use serde_json::{Value, json};

use super::partner::{Partner, members};

#[tokio::test]
async fn category_of_tree_has_names_in_two_languages() {
    let partner = Partner::open().await;

    let list = partner.get("/categorytree").await;

    let found = members(&list);
    assert_eq!(
        list.at("/@context"),
        "/oneconcepts/v2/api/contexts/Category"
    );
    assert!(list.json().get("hydra:search").is_none());
    assert_eq!(found[1]["@type"], "Category");
    assert_eq!(
        found[1]["subCategory"],
        json!({ "de": "Sägen", "en": "Saws" })
    );
}

#[tokio::test]
async fn third_level_may_be_missing_in_three_ways() {
    let partner = Partner::open().await;

    let with_nulls = members(&partner.get("/categorytree").await);
    partner.assume(|it| it.nulls = false);
    let without = members(&partner.get("/categorytree").await);

    assert_eq!(
        with_nulls[0]["subCategory"],
        json!({ "de": null, "en": null })
    );
    assert_eq!(with_nulls[2].get("subCategory"), Some(&Value::Null));
    assert_eq!(without[2].get("subCategory"), None);
}

#[tokio::test]
async fn tree_comes_in_pages() {
    let partner = Partner::open().await;

    let second = partner.get("/categorytree?itemsPerPage=3&page=2").await;

    assert_eq!(members(&second).len(), 1);
    assert_eq!(second.at("/hydra:totalItems"), 4);
    assert_eq!(
        second.at("/hydra:view/hydra:previous"),
        "/oneconcepts/v2/api/categorytree?itemsPerPage=3&page=1"
    );
}

#[tokio::test]
async fn deprecated_categories_hold_their_children() {
    let partner = Partner::open().await;

    let found = members(&partner.get("/categories").await);

    assert_eq!(found[0].get("parent"), Some(&Value::Null));
    assert_eq!(found[1]["children"], json!([]));
    let children = &found[0]["children"];
    assert_eq!(children[0]["children"][0]["nameEN"], "Saws");
    assert_eq!(children[0]["parent"], found[0]["@id"]);
    assert_eq!(
        children[1]["parent"], found[1]["@id"],
        "this child names another parent"
    );
}
