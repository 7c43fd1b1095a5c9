//! Reads what callers send and lists every rule that it breaks.

use serde_json::{Map, Value};

use super::fields::Fields;
use super::payload::{Payload, Update};
use crate::ship24::errors::Refusal;
use crate::ship24::settings::Assumptions;

/// What the rules are checked against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules<'a> {
    pub(crate) now_millis: i64,
    pub(crate) assumptions: &'a Assumptions,
}

impl Rules<'_> {
    /// Reads a create object.
    pub(crate) fn payload(&self, body: &[u8]) -> Result<Payload, Refusal> {
        let object = object(body)?;
        let mut fields = Fields::new(&object, *self);
        let payload = Payload {
            tracking_number: fields.tracking_number(),
            client_tracker_id: fields.string("clientTrackerId", 100),
            shipment_reference: fields.string("shipmentReference", 100),
            origin_country: fields.country("originCountryCode"),
            destination_country: fields.country("destinationCountryCode"),
            post_code: fields.post_code(),
            shipping_day: fields.shipping_day(),
            courier_codes: fields.courier_codes().unwrap_or_default(),
            courier_name: fields.string("courierName", 200),
            tracking_url: fields.string("trackingUrl", 1000),
            restrict_to_couriers: fields.restrict_to_couriers(),
        };
        fields.string("orderNumber", 50);
        fields.string("title", 255);
        fields.recipient_name();
        fields.recipient_email();
        fields.finish(payload)
    }

    /// Reads a per-call search: fewer fields, the same rules.
    pub(crate) fn search(&self, body: &[u8]) -> Result<Payload, Refusal> {
        let object = object(body)?;
        let mut fields = Fields::new(&object, *self);
        let payload = Payload {
            tracking_number: fields.tracking_number(),
            origin_country: fields.country("originCountryCode"),
            destination_country: fields.country("destinationCountryCode"),
            post_code: fields.post_code(),
            shipping_day: fields.shipping_day(),
            courier_codes: fields.courier_codes().unwrap_or_default(),
            ..Payload::default()
        };
        fields.finish(payload)
    }

    /// Reads an update.
    pub(crate) fn update(&self, body: &[u8]) -> Result<Update, Refusal> {
        let object = object(body)?;
        let mut fields = Fields::new(&object, *self);
        let update = Update {
            is_subscribed: fields.boolean("isSubscribed"),
            courier_codes: fields.courier_codes(),
            origin_country: fields.country("originCountryCode"),
            destination_country: fields.country("destinationCountryCode"),
            post_code: fields.post_code(),
            shipping_day: fields.shipping_day(),
            courier_name: fields.string("courierName", 200),
            tracking_url: fields.string("trackingUrl", 1000),
            recipient_name: fields.recipient_name(),
        };
        fields.finish(update)
    }
}

fn object(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::invalid(
            "Please make sure that the body is an object.",
        )),
        Err(_) => Err(Refusal::unreadable()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// 2026-03-02T09:00:00Z
    const NOW: i64 = 1_772_442_000_000;

    fn read(body: &Value) -> Result<Payload, Vec<&'static str>> {
        let assumptions = Assumptions::default();
        let rules = Rules {
            now_millis: NOW,
            assumptions: &assumptions,
        };
        rules
            .payload(body.to_string().as_bytes())
            .map_err(|refusal| refusal.items.iter().map(|item| item.code).collect())
    }

    #[test]
    fn tracking_numbers_keep_the_documented_pattern() {
        let fifty = "A1".repeat(25);
        let too_long = format!("{fifty}B");
        for number in [
            "AB12C",
            "a/b.c_d-1",
            fifty.as_str(),
            "SHIP24_SAMPLE_DELIVERED_001",
        ] {
            let payload = read(&json!({ "trackingNumber": number })).unwrap();
            assert_eq!(payload.tracking_number, number.to_uppercase());
        }
        for number in [
            "",
            "TEST",
            &too_long,
            "AB 123",
            "ÄB1234",
            "a?b#c",
            "AAAAAA",
            "123456789",
            "987654321",
        ] {
            let codes = read(&json!({ "trackingNumber": number })).unwrap_err();
            assert_eq!(codes, ["validation_error"], "{number}");
        }
    }

    #[test]
    fn missing_number_has_its_own_code() {
        assert_eq!(read(&json!({})).unwrap_err(), ["missing_mandatory_field"]);
    }

    #[test]
    fn each_field_keeps_its_limit() {
        let cases = [
            json!({ "clientTrackerId": "x".repeat(101) }),
            json!({ "shipmentReference": null }),
            json!({ "originCountryCode": "de" }),
            json!({ "destinationPostCode": "" }),
            json!({ "destinationPostCode": "#1" }),
            json!({ "courierCode": ["a", "b", "c", "d"] }),
            json!({ "courierCode": 5 }),
            json!({ "trackingUrl": "u".repeat(1001) }),
            json!({ "recipient": { "email": "nobody" } }),
            json!({ "recipient": { "name": "n".repeat(101) } }),
            json!({ "settings": { "restrictTrackingToCourierCode": "yes" } }),
            json!({ "shippingDate": "yesterday" }),
        ];

        for mut body in cases {
            body["trackingNumber"] = json!("AB12345");
            assert_eq!(read(&body).unwrap_err(), ["validation_error"], "{body}");
        }
    }

    #[test]
    fn field_can_break_two_rules() {
        let body = json!({ "trackingNumber": "AB12345", "destinationCountryCode": "GERM" });

        assert_eq!(
            read(&body).unwrap_err(),
            ["validation_error", "validation_error"]
        );
    }

    #[test]
    fn shipping_date_forms_name_same_day() {
        for text in [
            "2026-02-20T11:09:00.000Z",
            "2026-02-20",
            "2026-02-20T11:09:00",
            "2026-02-20T11:09:00+02:00",
        ] {
            let body = json!({ "trackingNumber": "AB12345", "shippingDate": text });
            let day = read(&body).unwrap().shipping_day.unwrap();
            assert_eq!(day.to_string(), "2026-02-20", "{text}");
        }
    }

    #[test]
    fn shipping_date_ages_after_180_days() {
        let on = |text: &str| read(&json!({ "trackingNumber": "AB12345", "shippingDate": text }));

        assert!(on("2025-09-03").is_ok());
        assert_eq!(on("2025-09-02").unwrap_err(), ["shipping_date_outdated"]);
    }

    #[test]
    fn courier_codes_are_string_or_list_without_deprecated_ones() {
        let text = json!({ "trackingNumber": "AB12345", "courierCode": "us-post" });
        let list =
            json!({ "trackingNumber": "AB12345", "courierCode": ["us-post", "northwind-old"] });

        let text = read(&text).unwrap().courier_codes;
        let list = read(&list).unwrap().courier_codes;

        assert!(text.as_string && !list.as_string);
        assert!(text.equals(&list));
    }

    #[test]
    fn country_codes_of_two_and_three_letters_agree() {
        let short = json!({ "trackingNumber": "AB12345", "originCountryCode": "CN" });
        let long = json!({ "trackingNumber": "AB12345", "originCountryCode": "CHN" });

        assert!(read(&short).unwrap().matches(&read(&long).unwrap()));
    }
}
