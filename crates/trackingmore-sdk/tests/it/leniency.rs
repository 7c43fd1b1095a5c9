//! Every known spelling of the same value, one after the other.

use serde_json::{Value, json};
use trackingmore_sdk::{
    CarrierInfo, OrderCreateTime, Response, Tracking, TrackingListData, TrackingStatus,
};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Enveloped as _, Reply, Server};

async fn tracking(data: &Value) -> Tracking {
    let server = Server::replying(Reply::data(data)).await;
    let tracking = server.client().get_tracking(CARRIER, NUMBER).await;
    tracking
        .unwrap_or_else(|error| panic!("{data}: {error}"))
        .into_inner()
}

async fn fixture(name: &str) -> Response<Tracking> {
    let server = Server::replying(Reply::fixture(&format!("get-tracking/{name}"))).await;
    server.client().get_tracking(CARRIER, NUMBER).await.unwrap()
}

async fn page(name: &str) -> TrackingListData {
    let server = Server::replying(Reply::fixture(&format!("list-trackings/{name}"))).await;
    let query = trackingmore_sdk::ListTrackingsQuery::new();
    let page = server.client().list_trackings(&query).await;
    page.unwrap().into_inner()
}

#[tokio::test]
async fn customer_email_is_null_empty_string_or_list() {
    let page = page("200_customer_emails.json").await;

    let emails: Vec<Vec<&str>> = page
        .items
        .iter()
        .map(|item| item.customer_email.iter().map(String::as_str).collect())
        .collect();
    let nobody: Vec<&str> = Vec::new();
    assert_eq!(
        emails,
        [
            nobody.clone(),
            nobody.clone(),
            vec!["recipient@shop.example"],
            vec!["recipient@shop.example", "second@shop.example"],
            nobody.clone(),
            vec!["null"],
            nobody,
        ]
    );
}

#[tokio::test]
async fn list_of_addresses_in_single_response_is_read() {
    assert!(
        !fixture("200_email_list.json")
            .await
            .customer_email
            .is_empty()
    );
}

#[tokio::test]
async fn order_create_time_is_read_in_all_its_forms() {
    let page = page("200_order_create_times.json").await;

    let times: Vec<Option<&str>> = page
        .items
        .iter()
        .map(|item| item.order_create_time.as_ref().map(OrderCreateTime::as_str))
        .collect();
    assert_eq!(
        times,
        [
            None,
            Some(""),
            Some("2026-09-10 16:48"),
            Some("2026/9/8 16:51"),
            Some("2026/09/08 16:51"),
            Some("0"),
            None,
            Some("2026-09-10 16:48:00"),
        ]
    );
    for time in page
        .items
        .iter()
        .filter_map(|it| it.order_create_time.as_ref())
    {
        assert_eq!(time.timestamp().instant(), None, "{time}");
    }
}

#[tokio::test]
async fn total_is_string_number_null_or_absent() {
    let totals = [
        (json!("56"), Some(56)),
        (json!(56), Some(56)),
        (json!(null), None),
        (json!(""), None),
    ];

    for (total, expected) in totals {
        let data = json!({ "page": 1, "limit": 25, "total": total, "items": [] });
        let server = Server::replying(Reply::data(&data)).await;
        let query = trackingmore_sdk::ListTrackingsQuery::new();

        let page = server.client().list_trackings(&query).await.unwrap();

        assert_eq!(page.total, expected, "{total}");
    }
}

#[tokio::test]
async fn null_absent_and_empty_string_are_all_read() {
    let strings = [
        "title",
        "order_id",
        "comment",
        "customer_name",
        "customer_phone",
        "original_country",
        "destination_country",
        "destination_code",
        "service_code",
        "status_info",
        "lastEvent",
        "weight",
        "singed_by",
        "destination_track_number",
        "substatus",
        "updated_at",
        "lastUpdateTime",
    ];
    for key in strings {
        let nulled = tracking(&json!({ "tracking_number": NUMBER, key: null })).await;
        let absent = tracking(&json!({ "tracking_number": NUMBER })).await;
        let empty = tracking(&json!({ "tracking_number": NUMBER, key: "" })).await;

        assert_eq!(nulled, absent, "{key}");
        let empty = serde_json::to_value(empty).unwrap();
        assert_eq!(empty[key], json!(""), "{key}");
    }
}

#[tokio::test]
async fn numbers_as_null_or_empty_string_are_none() {
    for nothing in [json!(null), json!(""), json!(" ")] {
        let tracking = tracking(&json!({
            "itemTimeLength": nothing, "stayTimeLength": nothing,
            "track_update": nothing, "archived": nothing,
        }))
        .await;

        assert_eq!(tracking, Tracking::default(), "{nothing}");
    }
}

#[tokio::test]
async fn odd_value_count_of_second_carrier_is_accepted() {
    for nothing in [json!(null), json!([]), json!("")] {
        let tracking = tracking(&json!({
            "origin_info": nothing, "destination_info": nothing,
        }))
        .await;

        assert_eq!(
            (tracking.origin_info, tracking.destination_info),
            (None, None),
            "{nothing}"
        );
    }
    let empty = tracking(&json!({ "destination_info": {} })).await;
    assert_eq!(empty.destination_info, Some(CarrierInfo::default()));
}

#[tokio::test]
async fn lists_of_events_may_be_null_empty_or_an_empty_object() {
    for nothing in [json!(null), json!([]), json!({}), json!("")] {
        let tracking = tracking(&json!({ "origin_info": { "trackinfo": nothing } })).await;

        assert!(
            tracking.origin_info.unwrap().trackinfo.is_empty(),
            "{nothing}"
        );
    }
    let both = fixture("200_no_events_null.json").await;
    assert_eq!((&both.destination_info, &both.updated_at), (&None, &None));
    assert!(both.origin_info.as_ref().unwrap().trackinfo.is_empty());
}

#[tokio::test]
async fn empty_maps_as_php_writes_them_are_read() {
    for name in ["200_empty_maps.json", "200_empty_text_maps.json"] {
        let tracking = fixture(name).await;

        assert_eq!(
            (&tracking.origin_info, &tracking.destination_info),
            (&None, &None),
            "{name}"
        );
    }
}

#[tokio::test]
async fn response_of_nulls_and_empty_one_are_same() {
    for name in ["200_all_null.json", "200_empty_object.json"] {
        let mut tracking = fixture(name).await.into_inner();
        // Of objects that are there and hold nothing.
        tracking.origin_info = tracking
            .origin_info
            .filter(|it| *it != CarrierInfo::default());

        assert_eq!(tracking, Tracking::default(), "{name}");
    }
}

#[tokio::test]
async fn wrong_scalars_are_read_as_what_they_mean() {
    let tracking = fixture("200_wrong_scalars.json").await;

    assert_eq!(tracking.tracking_number.as_deref(), Some("7700900123"));
    assert_eq!(tracking.order_id.as_deref(), Some("2210"));
    assert_eq!(tracking.archived, Some(false));
    assert_eq!(tracking.track_update, Some(true));
    assert_eq!(tracking.original_country.as_deref(), Some("false"));
    assert_eq!(
        (tracking.item_time_length, tracking.stay_time_length),
        (Some(2), None)
    );
    let origin = tracking.origin_info.as_ref().unwrap();
    assert_eq!(origin.item_received.as_ref().unwrap(), &"true");
    assert_eq!(origin.phone.as_deref(), Some("80010009"));
    let event = &origin.trackinfo[0];
    assert_eq!(event.status_description.as_deref(), Some("42"));
    assert_eq!(event.details.as_deref(), Some("true"));
    assert_eq!(event.substatus_num, Some(3));
}

#[tokio::test]
async fn mixed_case_and_misspelt_keys_are_read_as_spelt() {
    let tracking = tracking(&json!({
        "singed_by": "S. Recipient",
        "itemTimeLength": 3, "stayTimeLength": 1,
        "lastEvent": "Delivered", "lastUpdateTime": "2026-09-16 14:02",
        "packageStatus": null, "last_mile_tracking_supported": null,
        "origin_info": {
            "ReferenceNumber": "R1", "DepartfromAirport": "2026-09-13 07:05",
            "ArrivalfromAbroad": "2026-09-14 03:11", "weblink": "w", "phone": "p",
            "carrier_code": "c",
        },
        // Right spellings that TrackingMore does not use.
        "signed_by": "nobody", "item_time_length": 9, "last_event": "none",
    }))
    .await;

    assert_eq!(tracking.singed_by.as_deref(), Some("S. Recipient"));
    assert_eq!(
        (tracking.item_time_length, tracking.stay_time_length),
        (Some(3), Some(1))
    );
    assert_eq!(tracking.last_event.as_deref(), Some("Delivered"));
    let origin = tracking.origin_info.unwrap();
    assert_eq!(origin.reference_number.as_deref(), Some("R1"));
    assert_eq!(origin.departfrom_airport.unwrap(), "2026-09-13 07:05");
    assert_eq!(origin.arrivalfrom_abroad.unwrap(), "2026-09-14 03:11");
}

#[tokio::test]
async fn order_of_keys_does_not_matter() {
    let reversed = fixture("200_key_order.json").await;

    let text = serde_json::to_string(&*reversed).unwrap();
    let again: Tracking = serde_json::from_str(&text).unwrap();
    assert_eq!(*reversed, again);
    assert!(reversed.origin_info.is_some() && reversed.status.is_some());
}

#[tokio::test]
async fn response_of_gateway_and_one_of_2015_are_thinner() {
    let thin = fixture("200_thin_gateway.json").await;
    let old = fixture("200_older_2015.json").await;

    assert_eq!((&thin.created_at, &thin.last_event), (&None, &None));
    assert!(thin.status.is_some());
    let events = &old.origin_info.as_ref().unwrap().trackinfo;
    assert_eq!((old.last_event.as_deref(), events.len()), (None, 2));
    assert!(events.iter().all(|event| event.checkpoint_status.is_none()));
}

#[tokio::test]
async fn countries_are_names_with_commas_and_brackets() {
    let page = page("200_countries.json").await;

    let countries: Vec<_> = page
        .items
        .iter()
        .map(|item| {
            let origin = item.original_country.as_deref();
            (origin, item.destination_country.as_deref())
        })
        .collect();
    assert_eq!(
        countries,
        [(Some("Korea, South"), Some("Norway[NO]")), (Some(""), None)]
    );
}

#[tokio::test]
async fn escapes_of_php_are_read() {
    let tracking = fixture("200_escaped.json").await;

    let origin = tracking.origin_info.as_ref().unwrap();
    assert_eq!(
        origin.weblink.as_deref(),
        Some("https://sample-post.example/")
    );
    assert_eq!(
        origin.trackinfo[0].status_description.as_deref(),
        Some("已收件")
    );
}

#[tokio::test]
async fn keys_of_later_years_are_read() {
    let tracking = fixture("200_newest_2022.json").await;

    assert_eq!(tracking.weight.as_deref(), Some("1.2 kg"));
    assert_eq!(tracking.destination_track_number.as_deref(), Some("OSL-77"));
    let event = &tracking.origin_info.as_ref().unwrap().trackinfo[0];
    assert_eq!(event.substatus_num, Some(4));
    assert_eq!(event.act_type.as_deref(), Some("D"));
    assert_eq!(event.country_iso2.as_deref(), Some("NO"));
    assert_eq!(event.city.as_deref(), Some("Oslo"));
    assert_eq!(event.raw_status.as_deref(), Some("FS"));
    assert!(tracking.unmodelled().is_empty());
}

#[tokio::test]
async fn every_status_of_a_page_is_a_known_one() {
    let statuses = page("200_every_status.json").await;
    let codes = page("200_every_substatus.json").await;

    let reported: Vec<TrackingStatus> = statuses
        .items
        .into_iter()
        .map(|item| item.status.unwrap())
        .collect();
    assert_eq!(reported, TrackingStatus::KNOWN);
    let known = trackingmore_sdk::TrackingSubstatus::KNOWN;
    assert_eq!(codes.items.len(), known.len());
    for (item, known) in codes.items.iter().zip(known) {
        assert_eq!(item.substatus.as_ref(), Some(known));
    }
}
