//! The server of all tests: who calls it, and what every call sends.

use std::time::Duration;

use exporto_sdk::{
    Client, ClientBuilder, CreateLabel, CreateTour, Error, LabelAddress, LabelFormat, LabelOrder,
    LabelPackage, LabelProduct, ListToursQuery, ReturnShipment, SearchShipmentsQuery,
    check_tracking_number,
};
use http::Method;
use serde_json::{Value, json};
use tracking_core::TrackRequest;
use tracking_http::Call;
use tracking_testkit::{Called, Enum, Fixtures, Login, Sdk, enums, variable};

pub(crate) const USERNAME: &str = "shop-7";

/// The password of all tests, which must be seen nowhere but in the request for a token.
pub(crate) const PASSWORD: &str = "hushHush:pass/word 1";

/// User name and password as HTTP Basic carries them.
pub(crate) const BASIC: &str = "Basic c2hvcC03Omh1c2hIdXNoOnBhc3Mvd29yZCAx";

/// The token that the server issues, which must be seen nowhere but in the requests.
pub(crate) const TOKEN: &str = "tok-hushHushHush-1";

/// The same as it is sent.
const BEARER: &str = "Bearer tok-hushHushHush-1";

pub(crate) const FIXTURES: Fixtures = Fixtures::of("exporto");

pub(crate) type Reply = tracking_testkit::Reply<Exporto>;
pub(crate) type Seen = tracking_testkit::Seen<Exporto>;
pub(crate) type Server = tracking_testkit::Server<Exporto>;

/// What the tests of this SDK have of their own.
#[derive(Clone, Debug)]
pub(crate) struct Exporto;

impl Sdk for Exporto {
    type Client = Client;
    type Builder = ClientBuilder;

    const PROVIDER: &str = "exporto";
    const FIXTURES: Fixtures = FIXTURES;
    const BASE_PATH: &str = "/v1";

    const PRODUCT: &str = concat!("exporto-sdk/", env!("CARGO_PKG_VERSION"));
    const COMPRESSED: bool = cfg!(feature = "gzip");
    const PRODUCTION: &str = exporto_sdk::PRODUCTION;
    const CREDENTIALS: &[(&str, &str)] = &[
        ("EXPORTO_USERNAME", USERNAME),
        ("EXPORTO_PASSWORD", PASSWORD),
    ];
    const CREDENTIAL_NAMES: &[&str] = &["user name", "password"];
    const PROOF: (&str, &str) = ("authorization", BEARER);
    const SECRETS: &[&str] = &[TOKEN, PASSWORD, "c2hvcC03Omh1c2hIdXNoOnBhc3Mvd29yZCAx"];
    const LOOKUP: &str = "get-shipment";
    const REFUSALS: &[&str] = &[
        "errors/400_request_id.json",
        "errors/403_forbidden.json",
        "errors/422_older_key.json",
        "get-shipment/404_not_found.json",
        "search-shipments/400_no_selector.json",
    ];

    const ONE_RECORD: &[&str] = &["get-shipment"];

    fn with_credentials(values: &[&str]) -> ClientBuilder {
        Client::builder(values[0], values[1])
    }

    fn try_build(builder: ClientBuilder) -> Result<Client, Error> {
        builder.build()
    }

    fn from_variables(variables: &[(&str, &str)]) -> Result<Client, Error> {
        ClientBuilder::from_settings(|it| variable(variables, it.variable))?.build()
    }

    fn request<'a>(client: &'a Client, method: Method, path: &str) -> Call<'a> {
        client.request(method, path)
    }

    async fn call(client: &Client, operation: &str) -> Result<Called, Error> {
        Ok(match operation {
            "get-shipment" => client.get_shipment("parcel-11").await?.into(),
            "search-shipments" => {
                let query = SearchShipmentsQuery::new().foreign_outbound_tracking_id("OUT-6611");
                client.search_shipments(&query).await?.into()
            }
            "list-tours" => client.list_tours(&ListToursQuery::new()).await?.into(),
            "create-tour" => {
                let tour = CreateTour::new().shipment_ids(["parcel-11"]);
                client.create_tour(&tour).await?.into()
            }
            "list-tour-shipments" => client.list_tour_shipments("tour-318").await?.into(),
            "list-label-methods" => client.list_label_methods().await?.into(),
            "create-label" => {
                let label = CreateLabel::new(
                    LabelOrder::new("SHOP-4471"),
                    LabelProduct::new(41, LabelFormat::Pdf),
                    LabelPackage::new(850, "R1"),
                    LabelAddress::new("Sample Person", "Street 5", "Sampletown", "0101", "NO"),
                );
                client.create_label(&label).await?.into()
            }
            "register-return-shipment" => {
                let shipment = ReturnShipment::new("return-7201", "INB-5531").order_id("o");
                client.register_return_shipment(&shipment).await?.into()
            }
            other => panic!("the operation {other} is new: write its call here"),
        })
    }

    fn success(operation: &str) -> Reply {
        Reply::fixture(match operation {
            "get-shipment" => "get-shipment/200_inbound.json",
            "search-shipments" => "search-shipments/200_inbound_hit.json",
            "list-tours" => "list-tours/200_texts.json",
            "create-tour" => "create-tour/201_tour.json",
            "list-tour-shipments" => "list-tour-shipments/200_texts.json",
            "list-label-methods" => "list-label-methods/200_methods.json",
            "create-label" => "create-label/201_label.json",
            "register-return-shipment" => return Reply::new(201, ""),
            other => panic!("the operation {other} is new: write its fixture here"),
        })
    }

    async fn look_up(client: &Client, number: &str) -> Result<Called, Error> {
        Ok(client.get_shipment(number).await?.into())
    }

    fn check_number(number: &str) -> Result<(), Error> {
        check_tracking_number(number)
    }

    fn refusal(status: u16, message: &str) -> Reply {
        Reply::json(
            status,
            &json!({ "message": message, "access_token": TOKEN }),
        )
    }

    fn misfits(secret: &str) -> Vec<String> {
        vec![json!({ "shipmentId": "p", "orderId": [secret] }).to_string()]
    }

    fn others() -> Vec<(TrackRequest, Vec<Reply>)> {
        let hit = |id: &str, number: &str| json!({ "shipmentId": id, "foreignOutboundTrackingId": number });
        let searches = |hits: &Value| {
            ["Outbound", "Inbound"]
                .map(|_| Reply::json(200, hits))
                .to_vec()
        };
        let many: Vec<Value> = (0..60)
            .map(|it| json!({ "shipmentId": format!("s-{it}") }))
            .collect();
        let mut details = searches(&json!([{ "shipmentId": "s-1" }]));
        details.push(Reply::json(200, &hit("s-1", "N-9")));
        vec![
            (
                TrackRequest::number("N-1"),
                searches(&json!([hit("s-9", "N-9")])),
            ),
            (TrackRequest::number("N-1"), searches(&Value::from(many))),
            (TrackRequest::number("N-1"), details),
            (
                TrackRequest::id("s-1"),
                vec![Reply::json(200, &hit("s-9", "N-9"))],
            ),
        ]
    }

    fn too_many_requests() -> (Reply, Duration) {
        let response = Reply::fixture("errors/429_too_many_requests.json");
        (response.header("retry-after", "3"), Duration::from_secs(3))
    }

    fn enums() -> Vec<Enum> {
        enums![exporto_sdk:
            ShipmentType,
            ShipmentStatus,
            CarrierState,
            LabelDirection,
            LabelFormat;
            closed: GrantType
        ]
    }

    #[track_caller]
    fn assert_headers(request: &Seen) {
        assert_eq!(request.header("authorization"), Some(BEARER));
        assert_eq!(request.header("api-version"), None);
    }

    fn login() -> Option<Login<Self>> {
        Some(Login {
            path: "/v1/auth/token",
            reply: Reply::fixture("create-token/200_token.json"),
        })
    }
}

/// The text of a file below `tests/fixtures`.
#[track_caller]
pub(crate) fn fixture(path: &str) -> String {
    FIXTURES.text(path)
}

#[track_caller]
pub(crate) fn fixture_json(path: &str) -> Value {
    FIXTURES.json(path)
}
