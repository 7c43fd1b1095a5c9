//! `GET /couriers`.

use crate::account::Account;

#[tokio::test]
async fn list_carries_each_oddity_of_the_real_one() {
    let account = Account::open().await;

    let response = account.get("/couriers").await;

    assert_eq!(response.status, 200);
    let couriers = response.at("/data/couriers");
    let couriers = couriers.as_array().unwrap();
    let has = |check: &dyn Fn(&serde_json::Value) -> bool| couriers.iter().any(check);
    assert!(couriers.len() >= 30);
    assert!(has(&|item| item["website"].is_null()), "no website");
    assert!(
        has(&|item| item["countryCode"] == "USA"),
        "three-letter country"
    );
    assert!(
        has(&|item| item["courierName"].as_str().unwrap().ends_with(' ')),
        "trailing space"
    );
    assert!(
        has(&|item| item["requiredFields"] == serde_json::json!([])),
        "empty list"
    );
    assert!(
        has(&|item| item["requiredFields"][0] == "destinationPostCode"),
        "post code"
    );
    assert!(
        has(&|item| item["requiredFields"][0] == "courierAccount"),
        "account"
    );
    assert!(has(&|item| item["isDeprecated"] == true), "deprecated");
    assert!(has(&|item| item["isPost"] == true), "post");
}
