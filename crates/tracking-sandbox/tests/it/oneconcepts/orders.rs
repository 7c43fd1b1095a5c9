//! `GET /orders` and `GET /orders/{id}`.

use serde_json::{Value, json};
use tracking_sandbox::ParcelError;

use super::partner::{Partner, each, members};

#[tokio::test]
async fn shipped_orders_link_to_their_trackings() {
    let partner = Partner::open().await;

    let list = partner.get("/orders?status=shipped").await;

    assert_eq!(
        each(&list, "externalOrderNumber"),
        [
            "SHOP::1001",
            "SHOP::1002",
            "SHOP::1003",
            "SHOP::1004",
            "SHOP::1005",
            "SHOP::1007"
        ]
    );
    assert_eq!(list.at("/@context"), "/oneconcepts/v2/api/contexts/Order");
    let order = &members(&list)[1];
    let links = order["trackings"].as_array().unwrap();
    assert_eq!(links.len(), 2);
    for link in links {
        let tracking = partner.follow(link).await;
        assert_eq!(tracking.at("/order"), order["@id"]);
    }
}

#[tokio::test]
async fn orders_are_found_by_one_number_or_by_several() {
    let partner = Partner::open().await;
    let cases: [(&str, &[&str]); 7] = [
        ("externalOrderNumber=SHOP%3A%3A1002", &["SHOP::1002"]),
        (
            "externalOrderNumber[]=SHOP::1002&externalOrderNumber%5B%5D=SHOP::1006",
            &["SHOP::1002", "SHOP::1006"],
        ),
        ("externalOrderNumber[]=SHOP::1007", &["SHOP::1007"]),
        (
            "externalOrderNumber=SHOP::1002&status=shipped",
            &["SHOP::1002"],
        ),
        ("externalOrderNumber=SHOP::1006&status=shipped", &[]),
        ("externalOrderNumber=SHOP::100", &[]),
        ("status=complete", &[]),
    ];

    for (query, expected) in cases {
        let list = partner.get(&format!("/orders?{query}")).await;

        assert_eq!(each(&list, "externalOrderNumber"), expected, "{query}");
    }
}

#[tokio::test]
async fn order_has_its_own_address() {
    let partner = Partner::open().await;
    let order = partner.order("SHOP::1001").await;

    let item = partner.follow(&order["@id"]).await;

    assert_eq!(item.at("/@context"), "/oneconcepts/v2/api/contexts/Order");
    assert_eq!(item.at("/externalOrderNumber"), "SHOP::1001");
    assert_eq!(item.at("/partner"), "/oneconcepts/v2/api/partners/42");
    assert_eq!(partner.get("/orders/999").await.status, 404);
}

#[tokio::test]
async fn trackings_may_be_embedded() {
    let partner = Partner::open().await;
    partner.assume(|it| it.embedded_trackings = true);

    let order = partner.order("SHOP::1001").await;

    let tracking = &order["trackings"][0];
    assert_eq!(tracking["@type"], "Tracking");
    let item = partner.follow(&tracking["@id"]).await;
    assert_eq!(item.at("/trackingId"), tracking["trackingId"]);
}

#[tokio::test]
async fn parcels_may_be_packed_into_another_order() {
    let partner = Partner::open().await;
    let demo = tracking_sandbox::Sandbox::DEMO_NUMBER;
    // One parcel by the number of its second leg, and one that is not shipped.
    let parcels = ["JJD014200007361948250", "SND-58201-FR"];
    partner.account().pack("SHOP::2000", &parcels).unwrap();

    let order = partner.order("SHOP::2000").await;
    let tracking = partner.follow(&order["trackings"][0]).await;
    let emptied = partner.get("/orders?externalOrderNumber=SHOP::1001").await;

    assert_eq!(order["status"], "new", "one parcel is still here");
    assert_eq!(tracking.at("/trackingId"), demo);
    assert_eq!(tracking.at("/order"), order["@id"]);
    assert!(members(&emptied).is_empty());
}

#[tokio::test]
async fn packing_unknown_parcel_changes_nothing() {
    let partner = Partner::open().await;

    let error = partner
        .account()
        .pack("SHOP::2000", &["RB473128508SG", "NOBODY1"]);

    let number = "NOBODY1".to_owned();
    assert_eq!(error, Err(ParcelError::UnknownNumber { number }));
    assert_eq!(partner.order("SHOP::1001").await["status"], "shipped");
    let none = partner.get("/orders?externalOrderNumber=SHOP::2000").await;
    assert!(members(&none).is_empty());
}

#[tokio::test]
async fn keys_without_value_are_null_or_left_out() {
    let partner = Partner::open().await;

    let with_nulls = partner.order("SHOP::1001").await;
    partner.assume(|it| it.nulls = false);
    let without = partner.order("SHOP::1001").await;

    assert_eq!(with_nulls.get("recipientAnnex"), Some(&Value::Null));
    assert_eq!(without.get("recipientAnnex"), None);
    assert_eq!(without["trackings"], with_nulls["trackings"]);
    assert_ne!(without["trackings"], json!([]));
}
