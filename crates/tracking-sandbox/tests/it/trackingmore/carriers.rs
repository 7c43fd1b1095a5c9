//! `GET /carriers` and `POST /carriers/detect`.

use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use super::shop::{Shop, refused};

#[tokio::test]
async fn list_carries_each_oddity_of_the_real_one() {
    let shop = Shop::open().await;

    let response = shop.get("/carriers").await;
    let slash = shop.get("/carriers/").await;

    assert_eq!(response.text, slash.text);
    assert_eq!(
        response.at("/meta"),
        json!({ "code": 200 }),
        "nothing but the code"
    );
    let carriers = response.at("/data");
    let carriers = carriers.as_array().unwrap();
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    let has = |check: &dyn Fn(&Value) -> bool| carriers.iter().any(check);
    assert!(carriers.len() >= 30);
    assert!(has(&|item| text(item, "phone").is_empty()));
    assert!(has(&|item| text(item, "homepage").is_empty()));
    assert!(has(&|item| text(item, "homepage").starts_with("//")));
    assert!(has(&|item| text(item, "homepage").starts_with("www.")));
    assert!(has(&|item| item.get("name_cn").is_none()));
    assert!(has(&|item| text(item, "type") == "express"));
    assert!(has(&|item| text(item, "type") == "globalpost"));
    assert!(
        carriers
            .iter()
            .all(|item| text(item, "picture").starts_with("//"))
    );
}

#[tokio::test]
async fn number_leads_to_its_carriers() {
    let shop = Shop::open().await;
    let detect = |number: &'static str| {
        let shop = &shop;
        async move {
            let body = json!({ "tracking_number": number, "lang": "en" });
            shop.post("/carriers/detect", &body).await
        }
    };

    let demo = detect(Sandbox::DEMO_NUMBER).await;
    let second = detect("JJD014200007361948250").await;
    let several = detect("RN123456785CN").await;

    assert_eq!(
        demo.at("/data"),
        json!([{ "name": "Singapore Post", "code": "singapore-post" }])
    );
    assert_eq!(second.at("/data/0/code"), "dhl-germany");
    assert_eq!(several.at("/data").as_array().unwrap().len(), 2);
    assert_eq!(refused(&detect("NOBODY-KNOWS").await), 4032);
    assert_eq!(refused(&detect("").await), 4013);
    assert_eq!(refused(&detect("A?").await), 4014);
}
