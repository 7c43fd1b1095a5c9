//! A sandbox with a small client.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tracking_sandbox::gcl::{Assumptions, Gcl};
use tracking_sandbox::{Parcel, Sandbox};

use crate::account::Reply;

/// A sandbox and a client that knows its address and key.
pub(crate) struct Desk {
    pub(crate) sandbox: Sandbox,
    http: reqwest::Client,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        Self {
            sandbox: Sandbox::start().await.unwrap(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
        }
    }

    pub(crate) fn account(&self) -> Gcl {
        self.sandbox.gcl()
    }

    /// Changes what the sandbox assumes.
    pub(crate) fn assume(&self, change: impl FnOnce(&mut Assumptions)) {
        self.account()
            .configure(|settings| change(&mut settings.assumptions));
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url("gcl"))
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.url(path))
            .header("X-API-KEY", self.account().api_key())
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        Reply::read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        let request = self.request(Method::POST, path).json(body);
        Reply::read(request.send().await.unwrap()).await
    }

    pub(crate) async fn track(&self, number: &str) -> Reply {
        self.get(&format!("/tracking/{number}")).await
    }

    /// Reads the demo parcel.
    pub(crate) async fn demo(&self) -> Reply {
        self.track(Sandbox::DEMO_NUMBER).await
    }

    /// Puts a parcel into the world and reads it.
    pub(crate) async fn show(&self, number: &str, parcel: Parcel) -> Value {
        self.sandbox.add_parcel(parcel).unwrap();
        self.track(number).await.json()
    }

    /// Creates an order and returns the number of its first package.
    pub(crate) async fn ship(&self, body: &Value) -> String {
        let response = self.post("/shipping-orders", body).await;
        assert_eq!(response.status, 200, "{}", response.text);
        let order = self.account().orders().pop().unwrap();
        order.tracking_numbers.into_iter().next().unwrap()
    }

    /// A control call.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Reply {
        let url = format!("http://{}/_sandbox{path}", self.sandbox.address());
        let request = self.http.request(method, url).json(body);
        Reply::read(request.send().await.unwrap()).await
    }
}

/// The body of a quote: all documented keys.
pub(crate) fn quote() -> Value {
    let person = |company: &str| {
        json!({
            "firstName": "Ada", "lastName": "Muster", "company": company,
            "email": "ada@shop.example", "phone": "0044 20 7946 0000",
        })
    };
    let address = |country: &str, city: &str, post_code: &str| {
        json!({
            "country": country, "state": "", "city": city, "postcode": post_code,
            "addressLine1": "Hauptweg 5", "addressLine2": null, "addressLine3": "",
            "street": "Hauptweg", "houseNumber": "5", "suburb": null,
        })
    };
    json!({
        "orderReferenceId": "SHOP-7001",
        "currency": "EUR",
        "options": { "weightUnit": "g", "dimensionUnit": "mm", "label": { "format": "pdf" } },
        "partner": { "clientName": "Muster Prints" },
        "receiver": {
            "person": person(""),
            "address": address("NL", "Utrecht", "3511 AB"),
            "customs": { "vatNumber": null },
        },
        "sender": {
            "person": person("Muster Prints"),
            "address": address("DE", "Köln", "50667"),
            "customs": {
                "vatNumber": "DE000000000", "iossNumber": null, "eoriNumber": "",
                "pcccNumber": null, "australianBusinessNumber": null,
            },
        },
        "packages": [{
            "packageReferenceId": "SHOP-7001-A",
            "grossWeight": 1200, "netWeight": 1100, "volumetricWeight": 2000,
            "length": 300, "width": 200, "height": 80.5,
            "boxType": "rectangle",
            "items": [{
                "itemReferenceId": "SHOP-7001-A-1", "description": "Poster", "value": 12.5,
                "quantity": 2, "weight": 1100, "hsCode": "0491110", "countryOfOrigin": "DE",
            }],
        }],
    })
}

/// The body of an order, by tier.
pub(crate) fn order(tier: &str) -> Value {
    let mut body = quote();
    body["shippingMethod"] = json!({ "uid": "", "carrier": "", "tier": tier });
    body
}

/// Status and `code` of an error.
pub(crate) fn code(response: &Reply) -> (u16, String) {
    let code = response.at("/code");
    (
        response.status,
        code.as_str().unwrap_or_default().to_owned(),
    )
}
