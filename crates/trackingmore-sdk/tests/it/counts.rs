//! `GET /trackings/getuserinfo` and `GET /trackings/getstatusnumber`.

use tracking_core::UtcTime;
use trackingmore_sdk::{ErrorKind, GetStatusNumberQuery, Response, StatusNumber, UserInfo};

use crate::server::{Reply, Server, fixture};

async fn account(name: &str) -> Response<UserInfo> {
    let server = Server::replying(Reply::fixture(&format!("get-user-info/{name}"))).await;
    server.client().get_user_info().await.unwrap()
}

async fn numbers(name: &str) -> Response<StatusNumber> {
    let server = Server::replying(Reply::fixture(&format!("get-status-number/{name}"))).await;
    let query = GetStatusNumberQuery::new();
    server.client().get_status_number(&query).await.unwrap()
}

#[tokio::test]
async fn account_is_read_with_time_as_string() {
    let account = account("200_account.json").await;

    assert_eq!(account.email.as_deref(), Some("owner@shop.example"));
    assert_eq!(account.regtime, Some(1_789_000_000));
    assert_eq!(account.phone.as_deref(), Some("+000000000"));
    assert_eq!(account.money, Some(999.0));
    assert_eq!(account.track_number, Some(340));
}

#[tokio::test]
async fn phone_is_string_number_or_null() {
    let number = account("200_phone_number.json").await;
    let null = account("200_phone_null.json").await;

    assert_eq!(number.phone.as_deref(), Some("47000000"));
    assert_eq!(
        (number.regtime, number.money),
        (Some(1_789_000_000), Some(12.5))
    );
    assert_eq!((null.phone.as_deref(), null.money), (None, Some(12.5)));
}

#[tokio::test]
async fn unknown_keys_of_an_account_are_kept() {
    let account = account("200_plan_2025.json").await;

    assert_eq!(account.extra["plan"]["remaining_order"], 17);
}

#[tokio::test]
async fn documentations_own_example_is_no_json_and_says_so() {
    let path = "get-user-info/200_invalid_json.txt";
    let server = Server::replying(Reply::fixture(path)).await;

    let error = server.client().get_user_info().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body_text().unwrap(), fixture(path));
    assert!(!error.to_string().contains("owner@"), "{error}");
}

#[tokio::test]
async fn counters_are_numbers_or_digit_strings() {
    for name in ["200_numbers.json", "200_texts.json"] {
        let numbers = numbers(name).await;

        let all = [
            numbers.pending,
            numbers.notfound,
            numbers.transit,
            numbers.pickup,
            numbers.delivered,
            numbers.undelivered,
            numbers.exception,
            numbers.expired,
        ];
        assert_eq!(all, [1, 0, 4, 2, 30, 0, 1, 0].map(Some), "{name}");
    }
}

#[tokio::test]
async fn missing_counter_is_not_zero() {
    let some = numbers("200_some_missing.json").await;

    assert_eq!(
        (some.transit, some.pending, some.expired),
        (Some(4), None, None)
    );
}

#[tokio::test]
async fn further_counter_is_kept() {
    let further = numbers("200_further_status.json").await;

    assert_eq!(further.extra["inforeceived"], 3);
}

#[tokio::test]
async fn empty_list_in_place_of_counters_is_read() {
    // An account without trackings: PHP writes its empty map as `[]`.
    assert_eq!(
        *numbers("200_empty_list.json").await,
        StatusNumber::default()
    );
}

#[tokio::test]
async fn times_of_filter_are_unix_seconds() {
    let server = Server::replying(Reply::fixture("get-status-number/200_numbers.json")).await;
    let time = |seconds| UtcTime::from_unix_seconds(seconds).unwrap();
    let query = GetStatusNumberQuery::new()
        .created_since(time(1_789_000_000))
        .created_until(time(1_789_000_001))
        .ordered_since(time(1_789_000_002))
        .ordered_until(time(1_789_000_003));

    server.client().get_status_number(&query).await.unwrap();

    server.request().assert_without_body(
        "GET",
        "/v2/trackings/getstatusnumber?created_at_min=1789000000&created_at_max=1789000001\
         &order_created_time_min=1789000002&order_created_time_max=1789000003",
    );
}
