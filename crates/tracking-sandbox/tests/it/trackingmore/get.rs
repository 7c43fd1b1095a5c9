//! `GET /trackings/{carrier_code}/{tracking_number}`.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step, TimeShape};

use super::shop::{DEMO_CARRIER, Shop, code, refused};

const HOUR: Duration = Duration::from_secs(3600);

fn strings(list: &Value, key: &str) -> Vec<String> {
    let items = list.as_array().unwrap().iter();
    items
        .map(|item| item[key].as_str().unwrap_or("-").to_owned())
        .collect()
}

#[tokio::test]
async fn demo_parcel_has_two_carriers_with_events_of_their_own() {
    let shop = Shop::open().await;
    shop.follow_demo().await;

    let response = shop.demo().await;

    let data = response.at("/data");
    assert_eq!(data["status"], "pickup");
    assert_eq!(data["substatus"], "pickup001");
    assert_eq!(data["track_update"], true);
    assert_eq!(data["original_country"], "Singapore");
    assert_eq!(data["destination_country"], "Germany");
    assert_eq!(data["itemTimeLength"], 6);
    assert_eq!(data["stayTimeLength"], 0);
    assert_eq!(data["origin_info"]["carrier_code"], DEMO_CARRIER);
    assert_eq!(data["destination_info"]["carrier_code"], "dhl-germany");
    assert_eq!(data["destination_track_number"], "JJD014200007361948250");
    let origin = &data["origin_info"]["trackinfo"];
    assert_eq!(
        strings(origin, "substatus"),
        ["transit007", "-", "transit002", "transit001", "notfound001"],
        "newest first"
    );
    assert_eq!(strings(origin, "checkpoint_status"), ["transit"; 5]);
    let destination = &data["destination_info"]["trackinfo"];
    assert_eq!(
        strings(destination, "substatus"),
        [
            "pickup001",
            "transit002",
            "transit005",
            "transit001",
            "transit004"
        ]
    );
    assert_eq!(
        data["lastEvent"],
        "Die Sendung wurde in das Zustellfahrzeug geladen,Köln,2026-03-02 08:25:00"
    );
    assert_eq!(data["lastUpdateTime"], "2026-03-02 08:25:00");
}

#[tokio::test]
async fn dates_are_local_and_vary_in_seconds_and_time() {
    let shop = Shop::open().await;
    shop.follow_demo().await;

    let origin = shop.demo().await.at("/data/origin_info");

    assert_eq!(
        strings(&origin["trackinfo"], "Date"),
        [
            "2026-02-26 00:59",
            "2026-02-25 21:55:00",
            "2026-02-25 15:00",
            "2026-02-25 06:00:00",
            "2026-02-24 00:00",
        ]
    );
    assert_eq!(origin["ItemReceived"], "2026-02-25 06:00:00");
    assert_eq!(origin["ItemDispatched"], "2026-02-25 21:55:00");
    assert_eq!(origin["DepartfromAirport"], "2026-02-26 00:59");
    assert_eq!(origin["ArrivalfromAbroad"], Value::Null);
    assert_eq!(origin["CustomsClearance"], Value::Null);
    assert_eq!(origin["trackinfo"][3]["ItemNode"], "ItemReceived");
    assert!(origin["trackinfo"][0].get("ItemNode").is_none());
}

#[tokio::test]
async fn every_path_form_leads_to_the_same_tracking() {
    let shop = Shop::open().await;
    shop.follow_demo().await;
    let path = format!("/trackings/{DEMO_CARRIER}/{}", Sandbox::DEMO_NUMBER);

    let plain = shop.get(&path).await;

    for other in [
        format!("{path}/"),
        format!("{path}/en"),
        path.to_lowercase(),
    ] {
        let response = shop.get(&other).await;
        assert_eq!(response.text, plain.text, "{other}");
    }
}

#[tokio::test]
async fn json_is_written_as_php_writes_it() {
    let shop = Shop::open().await;
    shop.follow_demo().await;

    let text = shop.demo().await.text;

    assert!(text.contains(r"http:\/\/www.singpost.com\/"), "{text}");
    assert!(text.contains(r"K\u00f6ln"), "{text}");
    assert!(text.is_ascii());
}

#[tokio::test]
async fn clock_brings_delivery_and_the_signature() {
    let shop = Shop::open().await;
    shop.follow_demo().await;

    shop.sandbox.clock().advance(HOUR * 5);

    let data = shop.demo().await.at("/data");
    assert_eq!(data["status"], "delivered");
    assert_eq!(data["substatus"], "delivered001");
    assert_eq!(data["singed_by"], "P. Beispiel");
    assert_eq!(data["track_update"], false);
    assert_eq!(data["created_at"], "2026-03-02T09:00:00+00:00");
    assert_eq!(data["updated_at"], "2026-03-02T13:00:00+00:00");
}

#[tokio::test]
async fn second_number_shows_the_second_carrier_alone() {
    let shop = Shop::open().await;
    shop.follow("dhl-germany", "JJD014200007361948250").await;

    let data = shop
        .get("/trackings/dhl-germany/JJD014200007361948250")
        .await
        .at("/data");

    assert_eq!(data["status"], "pickup");
    assert_eq!(strings(&data["origin_info"]["trackinfo"], "Date").len(), 5);
    assert_eq!(data["destination_info"], Value::Null);
    assert!(data.get("destination_info").is_some());
    assert!(data.get("destination_track_number").is_none());
}

#[tokio::test]
async fn carrier_without_second_part_has_null_or_no_key() {
    let shop = Shop::open().await;
    shop.follow("ups", "1Z84W05R0371946052").await;
    shop.follow("netherlands-post", "LX905174620NL").await;

    let first = shop.get("/trackings/ups/1Z84W05R0371946052").await;
    let second = shop.get("/trackings/netherlands-post/LX905174620NL").await;

    assert_eq!(first.at("/data/status"), "undelivered");
    assert_eq!(
        first.json()["data"].get("destination_info"),
        Some(&Value::Null)
    );
    assert_eq!(second.at("/data/status"), "delivered");
    assert_eq!(second.json()["data"].get("destination_info"), None);
}

#[tokio::test]
async fn carrier_knows_only_its_own_parcels() {
    let shop = Shop::open().await;
    shop.follow("dhl", Sandbox::DEMO_NUMBER).await;

    let data = shop
        .get(&format!("/trackings/dhl/{}", Sandbox::DEMO_NUMBER))
        .await
        .at("/data");

    assert_eq!(data["status"], "notfound");
    assert_eq!(data["substatus"], "notfound002");
    assert_eq!(data["origin_info"]["trackinfo"], json!([]));
    assert_eq!(data["original_country"], "");
    assert!(data.get("destination_country").is_none());
    assert_eq!(data["updated_at"], Value::Null);
    assert_eq!(data["itemTimeLength"], Value::Null);
}

#[tokio::test]
async fn number_stays_pending_until_carrier_is_queried() {
    let shop = Shop::open().await;
    shop.account()
        .configure(|settings| settings.query_delay_seconds = 3600);
    shop.follow_demo().await;

    let before = shop.demo().await.at("/data");
    shop.sandbox.clock().advance(HOUR);
    let after = shop.demo().await.at("/data");

    assert_eq!(before["status"], "pending");
    assert_eq!(before["substatus"], Value::Null);
    assert_eq!(before["origin_info"]["trackinfo"], Value::Null);
    assert_eq!(before["lastEvent"], Value::Null);
    assert_eq!(after["status"], "pickup");
}

#[tokio::test]
async fn number_with_slashes_is_read_through_an_encoded_path() {
    let shop = Shop::open().await;
    shop.follow("swiss-post", "CH/2026/0417-83").await;

    let data = shop
        .get("/trackings/swiss-post/CH%2F2026%2F0417-83")
        .await
        .at("/data");

    assert_eq!(data["tracking_number"], "CH/2026/0417-83");
    assert_eq!(data["substatus"], "pickup002");
}

#[tokio::test]
async fn some_carriers_need_the_post_code() {
    let shop = Shop::open().await;
    let path = "/trackings/palletways/GR7724810935GB";
    shop.follow("palletways", "GR7724810935GB").await;

    let without = shop.get(path).await.at("/data/status");
    shop.delete(path).await;
    let body = json!({
        "tracking_number": "GR7724810935GB",
        "carrier_code": "palletways",
        "tracking_postal_code": "T12 X70A",
    });
    shop.post("/trackings/post", &body).await;
    let with = shop.get(path).await.at("/data/status");

    assert_eq!((without, with), (json!("notfound"), json!("pickup")));
}

#[tokio::test]
async fn parcels_expire_sooner_with_express_carriers() {
    let shop = Shop::open().await;
    for (courier, number) in [("ups", "OLD-0001"), ("us-post", "OLD-0002")] {
        let parcel = Parcel::new(courier, number).scan(Scan::ago(HOUR, Step::Moved));
        shop.sandbox.add_parcel(parcel).unwrap();
    }
    shop.follow("ups", "OLD-0001").await;
    shop.follow("usps", "OLD-0002").await;

    shop.sandbox.clock().advance(HOUR * 24 * 31);
    let express = shop.get("/trackings/ups/OLD-0001").await;
    let post = shop.get("/trackings/usps/OLD-0002").await;
    shop.sandbox.clock().advance(HOUR * 24 * 31);
    let later = shop.get("/trackings/usps/OLD-0002").await;

    assert_eq!(express.at("/data/status"), "expired");
    assert_eq!(express.at("/data/substatus"), "expired001");
    assert_eq!(post.at("/data/status"), "transit");
    assert_eq!(later.at("/data/status"), "expired");
}

#[tokio::test]
async fn steps_have_their_status_and_substatus() {
    let shop = Shop::open().await;
    let cases = [
        (Step::OrderCreated, "notfound", "notfound001"),
        (Step::OrderCancelled, "exception", "exception008"),
        (Step::DeliveryProposed, "pickup", "pickup003"),
        (Step::CustomsHeld, "exception", "exception006"),
        (Step::Refused, "exception", "exception009"),
        (Step::Returning, "exception", "exception011"),
        (Step::Lost, "exception", "exception007"),
        (Step::AttemptFailed, "undelivered", "undelivered002"),
        (Step::DeliveryProblem, "undelivered", "undelivered001"),
    ];

    for (index, (step, status, substatus)) in cases.into_iter().enumerate() {
        let number = format!("STEP-{index:04}");
        let parcel = Parcel::new("ups", number.as_str()).scan(Scan::ago(HOUR, step));
        shop.sandbox.add_parcel(parcel).unwrap();
        shop.follow("ups", &number).await;

        let data = shop
            .get(&format!("/trackings/ups/{number}"))
            .await
            .at("/data");

        assert_eq!(data["status"], status, "{step:?}");
        assert_eq!(data["substatus"], substatus, "{step:?}");
    }
}

#[tokio::test]
async fn last_event_joins_parts_with_commas_and_skips_empty_ones() {
    let shop = Shop::open().await;
    let scan = |step| Scan::ago(HOUR, step).shape(TimeShape::Utc);
    let with = Parcel::new("ups", "COMMA-1").scan(scan(Step::Moved).place("Austin, TX"));
    let without = Parcel::new("ups", "COMMA-2").scan(scan(Step::Moved));
    for (parcel, number) in [(with, "COMMA-1"), (without, "COMMA-2")] {
        shop.sandbox.add_parcel(parcel).unwrap();
        shop.follow("ups", number).await;
    }

    let with = shop.get("/trackings/ups/COMMA-1").await;
    let without = shop.get("/trackings/ups/COMMA-2").await;

    assert_eq!(
        with.at("/data/lastEvent"),
        "In transport,Austin, TX,2026-03-02 08:00:00"
    );
    assert_eq!(
        without.at("/data/lastEvent"),
        "In transport,2026-03-02 08:00:00"
    );
    assert_eq!(without.at("/data/origin_info/trackinfo/0/Details"), "");
}

#[tokio::test]
async fn email_of_a_customer_has_four_shapes() {
    let shop = Shop::open().await;
    for number in ["AB10001", "AB10002", "AB10003"] {
        shop.follow("ups", number).await;
    }
    let body = json!({
        "tracking_number": "AB10004", "carrier_code": "ups", "customer_email": "a@shop.example",
    });
    shop.post("/trackings/post", &body).await;
    let mut emails = Vec::new();

    for number in ["AB10001", "AB10002", "AB10003", "AB10004"] {
        let response = shop.get(&format!("/trackings/ups/{number}")).await;
        emails.push(response.at("/data/customer_email"));
    }

    assert_eq!(
        emails,
        [
            Value::Null,
            json!(""),
            json!("null"),
            json!(["a@shop.example"])
        ]
    );
}

#[tokio::test]
async fn handover_is_reported_by_both_carriers_on_demand() {
    let shop = Shop::open().await;
    shop.account()
        .configure(|settings| settings.repeat_handover = true);
    shop.follow_demo().await;

    let data = shop.demo().await.at("/data");

    let origin = &data["origin_info"]["trackinfo"][0];
    let destination = data["destination_info"]["trackinfo"].as_array().unwrap();
    assert_eq!(destination.len(), 6);
    assert_eq!(destination.last(), Some(origin));
}

#[tokio::test]
async fn number_that_was_never_created_is_not_found() {
    let shop = Shop::open().await;

    let unknown = shop.demo().await;
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.unknown_number_code = 4017;
    });
    let otherwise = shop.demo().await;

    assert_eq!(refused(&unknown), 4031);
    assert_eq!(refused(&otherwise), 4017);
    assert_eq!(code(&otherwise), (200, 4017));
}
