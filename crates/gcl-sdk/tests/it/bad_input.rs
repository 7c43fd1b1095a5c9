//! Input that cannot be right is refused before any request, with an error that names it.

use gcl_sdk::{
    Client, ConfigureClient as _, Error, ErrorKind, Package, QuoteShippingMethods,
    ShippingMethodSelection, check_tracking_number,
};
use tracking_core::{Provider as _, TrackRequest};

use crate::requests::{item, order, package, quote};
use crate::server::{KEY, Reply, Server};

#[track_caller]
fn assert_refused(result: Result<(), Error>, names: &[&str]) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert_eq!((error.attempts(), error.status()), (0, None), "{error}");
    assert_eq!(error.provider(), Some("gcl"), "{error}");
    assert!(!error.is_retryable());
    let text = error.to_string();
    for name in names {
        assert!(text.contains(name), "{text:?} does not name {name}");
    }
    assert_eq!(text.lines().count(), 1, "{text:?}");
}

#[tokio::test]
async fn bad_numbers_are_refused_before_any_request() {
    let server = Server::silent().await;
    let client = server.client();
    let long = "7".repeat(101);
    let cases = [
        ("", "0 characters"),
        (" \t", "is empty"),
        (".", "path"),
        ("..", "path"),
        ("../admin", "path"),
        ("QX1\r\nx-evil: 1", r"'\r'"),
        ("QX\u{0}1", r"'\0'"),
        (long.as_str(), "101 characters"),
    ];

    for (number, fault) in cases {
        let result = client.get_tracking(number).await.map(drop);
        assert_refused(result, &["trackingNumber", fault]);
        assert_refused(check_tracking_number(number), &["trackingNumber", fault]);
        let unified = client.track(TrackRequest::number(number)).await;
        assert_eq!(unified.unwrap_err().kind(), ErrorKind::InvalidRequest);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn longest_number_is_sent() {
    let number = "7".repeat(100);
    let server = Server::replying(Reply::fixture("get-tracking/200_delivered.json")).await;

    server.client().get_tracking(&number).await.unwrap();

    let target = format!("/v1/tracking/{number}");
    server.request().assert_without_body("GET", &target);
}

fn quotes() -> Vec<(QuoteShippingMethods, &'static str)> {
    let changed = |change: fn(&mut QuoteShippingMethods)| {
        let mut quote = quote();
        change(&mut quote);
        quote
    };
    let with_package = |change: fn(&mut Package)| {
        let mut quote = quote();
        let mut package = package();
        change(&mut package);
        quote.packages = vec![self::package(), package];
        quote
    };
    vec![
        (
            changed(|it| it.order_reference_id = " ".to_owned()),
            "orderReferenceId",
        ),
        (changed(|it| it.currency = "eur".to_owned()), "currency"),
        (changed(|it| it.currency = String::new()), "currency"),
        (changed(|it| it.packages = Vec::new()), "packages"),
        (
            changed(|it| it.receiver.address.country = "AUT".to_owned()),
            "receiver.address.country",
        ),
        (
            changed(|it| it.sender.address.country = "nl".to_owned()),
            "sender.address.country",
        ),
        (
            with_package(|it| it.package_reference_id = "\t".to_owned()),
            "packages[1].packageReferenceId",
        ),
        (
            with_package(|it| it.gross_weight = Some(-1.0)),
            "packages[1].grossWeight",
        ),
        (
            with_package(|it| it.net_weight = Some(f64::NAN)),
            "packages[1].netWeight",
        ),
        (
            with_package(|it| it.length = Some(f64::INFINITY)),
            "packages[1].length",
        ),
        (
            with_package(|it| it.width = Some(f64::NEG_INFINITY)),
            "packages[1].width",
        ),
        (
            with_package(|it| it.height = Some(-0.1)),
            "packages[1].height",
        ),
        (
            with_package(|it| it.volumetric_weight = Some(-0.1)),
            "packages[1].volumetricWeight",
        ),
        (
            with_package(|it| it.items[0].item_reference_id = String::new()),
            "packages[1].items[0].itemReferenceId",
        ),
        (
            with_package(|it| it.items[0].quantity = 0),
            "packages[1].items[0].quantity",
        ),
        (
            with_package(|it| it.items[0].value = f64::NAN),
            "packages[1].items[0].value",
        ),
        (
            with_package(|it| it.items = vec![item(), item().weight(-1.0)]),
            "packages[1].items[1].weight",
        ),
        (
            with_package(|it| it.items[0].country_of_origin = Some("Netherlands".to_owned())),
            "packages[1].items[0].countryOfOrigin",
        ),
    ]
}

#[tokio::test]
async fn quotes_and_orders_that_cannot_be_meant_are_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for (quote, field) in quotes() {
        let result = client.quote_shipping_methods(&quote).await.map(drop);
        assert_refused(result, &[field]);
        let order = quote.into_order(ShippingMethodSelection::of_tier("standard"));
        let result = client.create_shipping_order(&order).await.map(drop);
        assert_refused(result, &[field]);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn shipping_method_is_tier_or_carrier_with_its_method() {
    let server = Server::silent().await;
    let client = server.client();
    let empty = ShippingMethodSelection::new;
    let cases = [
        (empty(), "names nothing"),
        (empty().tier("").carrier(" ").uid(""), "names nothing"),
        (empty().carrier("ups"), "without a method"),
        (empty().uid("ups_standard"), "without its carrier"),
        (
            ShippingMethodSelection::of_method("ups", "ups_standard").tier("standard"),
            "name one of them",
        ),
        (
            empty().tier("standard").uid("ups_standard"),
            "name one of them",
        ),
    ];

    for (selection, fault) in cases {
        let mut order = order();
        order.shipping_method = selection;
        let result = client.create_shipping_order(&order).await.map(drop);
        assert_refused(result, &["shippingMethod", fault]);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn builder_refuses_headers_and_secrets_without_proof() {
    for (name, secret, fault) in [
        ("", "hush", "cannot be the name"),
        ("x token", "hush", "cannot be the name"),
        ("Content-Type", "hush", "every request has"),
        ("X-Token", "", "is empty"),
        ("X-Token", " ", "is empty"),
        ("X-Token", "hush\n", "white space"),
        ("X-Token", "hu\nsh", "no header can carry"),
        ("X-Token", "hüsh", "no header can carry"),
    ] {
        let builder = Client::builder(KEY).with_webhook_header(name, secret);
        let error = builder.build().unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration, "{name} {secret:?}");
        assert!(error.to_string().contains(fault), "{error}");
        assert!(!error.to_string().contains("hush"), "{error}");
    }
}

#[tokio::test]
async fn base_url_may_have_path_and_slash_at_its_end() {
    // Without a path it gets the documented one.
    for (end, prefix) in [
        ("", "/v1"),
        ("/", "/v1"),
        ("/v1", "/v1"),
        ("/gcl", "/gcl"),
        ("/gcl/", "/gcl"),
        ("/gcl//", "/gcl"),
    ] {
        let server = Server::replying(Reply::fixture("get-tracking/200_delivered.json")).await;
        let base_url = format!("{}{end}", server.base_url());
        let client = server.builder().with_base_url(base_url).build().unwrap();

        client.get_tracking("QX1").await.unwrap();

        let target = format!("{prefix}/tracking/QX1");
        assert_eq!(server.request().target, target, "{end}");
    }
}
