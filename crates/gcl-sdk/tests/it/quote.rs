//! `POST /v1/shipping-methods/quote`.

use gcl_sdk::{
    Address, ErrorKind, Options, Package, PackageItem, Person, QuoteShippingMethods, Receiver,
    Response, Sender, ShippingMethodsQuote,
};
use serde_json::json;

use crate::requests::quote;
use crate::server::{Reply, Server, fixture_json};

async fn quoted(name: &str) -> Response<ShippingMethodsQuote> {
    let path = format!("quote-shipping-methods/{name}");
    let server = Server::replying(Reply::fixture(&path)).await;
    let client = server.client();
    client.quote_shipping_methods(&quote()).await.unwrap()
}

async fn sent(request: &QuoteShippingMethods) -> crate::server::Seen {
    let fixture = "quote-shipping-methods/200_methods.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    server
        .client()
        .quote_shipping_methods(request)
        .await
        .unwrap();
    server.request()
}

#[tokio::test]
async fn body_has_exactly_keys_of_example() {
    let request = sent(&quote()).await;

    let body = fixture_json("quote-shipping-methods/request.json");
    request.assert_json("POST", "/v1/shipping-methods/quote", &body);
}

#[tokio::test]
async fn unset_fields_are_sent_empty_or_null() {
    let address = |country, city, code, line| Address::new(country, city, code, line);
    let request = QuoteShippingMethods::new(
        "PTS-0009917",
        "EUR",
        Options::grams_millimetres_pdf(),
        Receiver::new(Person::new(), address("AT", "Wien", "1010", "Musterring 7")),
        Sender::new(
            Person::new(),
            address("NL", "Utrecht", "0000 AA", "Voorbeeldkade 12a"),
        ),
        [Package::new(
            "PTS-0009917-1",
            [PackageItem::new("PTS-0009917-1-A", "Poster", 12.0, 1)],
        )],
    );

    let request = sent(&request).await;

    let body = fixture_json("quote-shipping-methods/request_least.json");
    request.assert_json("POST", "/v1/shipping-methods/quote", &body);
}

#[tokio::test]
async fn every_package_and_item_gets_all_keys() {
    let mut request = quote();
    let item = || PackageItem::new("I", "Poster", 1.0, 1);
    request.packages = vec![Package::new("P1", [item(), item()]), Package::new("P2", [])];

    let body = sent(&request).await.json();

    let packages = body["packages"].as_array().unwrap();
    assert_eq!(packages.len(), 2);
    for package in packages {
        assert_eq!(package.as_object().unwrap().len(), 9, "{package}");
    }
    for item in packages[0]["items"].as_array().unwrap() {
        assert_eq!(item.as_object().unwrap().len(), 7, "{item}");
    }
    assert_eq!(packages[1]["items"], json!([]));
}

#[tokio::test]
async fn strings_with_leading_zeros_and_spaces_stay_strings() {
    let body = sent(&quote()).await.json();

    assert_eq!(body["packages"][0]["items"][0]["hsCode"], "04911100");
    assert_eq!(body["sender"]["address"]["houseNumber"], "12a");
    assert_eq!(body["receiver"]["person"]["phone"], "0043 1 000000");
    assert_eq!(body["receiver"]["address"]["postcode"], "1010");
    assert!(body["receiver"]["address"].get("postCode").is_none());
}

#[tokio::test]
async fn whole_numbers_have_no_fraction_and_others_keep_theirs() {
    let request = sent(&quote()).await;

    let text = String::from_utf8(request.body).unwrap();
    for part in [
        r#""grossWeight":420,"#,
        r#""netWeight":395.5,"#,
        r#""value":24.9,"#,
        r#""quantity":2,"#,
    ] {
        assert!(
            text.contains(part) || text.contains(&part.replace(',', "}")),
            "{part} {text}"
        );
    }
}

#[tokio::test]
async fn methods_come_with_price_and_days() {
    let quote = quoted("200_methods.json").await;

    assert_eq!(quote.items.len(), 2);
    let carrier = quote.items[1].carrier.as_ref().unwrap();
    let method = quote.items[1].method.as_ref().unwrap();
    assert_eq!(carrier.uid.as_deref(), Some("ups"));
    assert_eq!(carrier.name.as_deref(), Some("UPS"));
    assert_eq!(method.uid.as_deref(), Some("ups_sample"));
    // Money is a decimal string.
    assert_eq!(method.price.as_deref(), Some("11.2"));
    assert_eq!(
        (
            method.min_shipment_days,
            method.max_shipment_days,
            method.delivery_padding_days
        ),
        (Some(1), Some(2), Some(0))
    );
    assert!(quote.unmodelled().is_empty());
}

#[tokio::test]
async fn missing_methods_are_empty_list() {
    for name in ["200_no_method.json", "200_null_list.json"] {
        assert!(quoted(name).await.items.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn response_without_list_is_decode_error() {
    for body in ["{}", r#"{"methods":[]}"#] {
        let server = Server::replying(Reply::new(200, body)).await;

        let error = server
            .client()
            .quote_shipping_methods(&quote())
            .await
            .unwrap_err();

        assert_eq!(
            (error.kind(), error.path()),
            (ErrorKind::Decode, Some("items"))
        );
        assert_eq!(error.body_text().unwrap(), body);
    }
}

#[tokio::test]
async fn keys_that_the_published_part_does_not_show_are_kept() {
    let quote = quoted("200_more_keys.json").await;

    assert_eq!(quote.extra["quoteId"], "q-1");
    assert_eq!(quote.items[0].extra["availability"], "limited");
    let method = quote.items[0].method.as_ref().unwrap();
    assert_eq!(method.extra["currency"], "EUR");
}

#[tokio::test]
async fn wrong_scalars_and_nulls_lose_nothing() {
    let wrong = quoted("200_wrong_scalars.json").await;
    let nulls = quoted("200_all_null.json").await;

    let method = wrong.items[0].method.as_ref().unwrap();
    assert_eq!(method.price.as_deref(), Some("4.750"));
    assert_eq!(
        (method.max_shipment_days, method.min_shipment_days),
        (Some(4), Some(2))
    );
    assert_eq!(nulls.items.len(), 2);
    assert_eq!(nulls.items[0].method, None);
}
