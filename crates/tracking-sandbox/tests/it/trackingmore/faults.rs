//! Faults on demand, in this provider's form.

use serde_json::json;
use tracking_sandbox::Fault;

use super::shop::{Shop, code, refused};

#[tokio::test]
async fn any_code_can_come_inside_http_200() {
    let shop = Shop::open().await;

    for expected in [202, 403, 500, 4019, 4999] {
        let fault = Fault::ErrorIn200(u16::try_from(expected).unwrap());
        shop.account().faults().on("list-carriers").next(fault);

        assert_eq!(refused(&shop.get("/carriers").await), expected);
    }
}

#[tokio::test]
async fn errors_of_the_server_have_the_envelope() {
    let shop = Shop::open().await;
    shop.account().faults().next(Fault::JsonError(503));

    let response = shop.get("/carriers").await;

    assert_eq!(code(&response), (503, 503));
    assert_eq!(response.at("/data"), json!([]));
}

#[tokio::test]
async fn slow_down_on_demand_can_say_how_long() {
    let shop = Shop::open().await;
    shop.account()
        .faults()
        .next(Fault::SlowDown("2".to_owned()));

    let response = shop.get("/carriers").await;

    assert_eq!(refused(&response), 429);
    assert_eq!(response.header("retry-after"), "2");
}

#[tokio::test]
async fn unknown_statuses_can_be_requested() {
    let shop = Shop::open().await;
    shop.follow_demo().await;
    shop.account().faults().next(Fault::UnknownEnum);

    let data = shop.demo().await.at("/data");

    let invented = "invented_by_the_sandbox";
    assert_eq!(data["status"], invented);
    assert_eq!(
        data["origin_info"]["trackinfo"][0]["checkpoint_status"],
        invented
    );
    assert_eq!(data["origin_info"]["trackinfo"][0]["substatus"], invented);
}

#[tokio::test]
async fn fault_for_another_provider_leaves_this_one_alone() {
    let shop = Shop::open().await;
    shop.sandbox.ship24().faults().next(Fault::Reset);

    assert_eq!(code(&shop.get("/carriers").await), (200, 200));
    assert_eq!(shop.sandbox.ship24().faults().waiting(), 1);
}
