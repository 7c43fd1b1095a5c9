//! The server of all tests: who calls it, and what every call sends.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use ship24_sdk::webhook::WebhookReceiver;
use ship24_sdk::{
    Client, ClientBuilder, CreateTracker, Error, ListTrackersQuery, SearchTracking, UpdateTracker,
    check_tracking_number,
};
use tracking_core::TrackRequest;
use tracking_http::Call;
use tracking_testkit::printed::printed;
use tracking_testkit::{Called, Enum, Fixtures, Sdk, enums, variable};

/// The key of all tests, which must be seen nowhere but in the request.
pub(crate) const KEY: &str = "apik_hushHushHushHushHushHushHush00";

/// The same as it is sent.
const BEARER: &str = "Bearer apik_hushHushHushHushHushHushHush00";

const NUMBER: &str = "PTS-0009917";

pub(crate) const FIXTURES: Fixtures = Fixtures::of("ship24");

pub(crate) type Reply = tracking_testkit::Reply<Ship24>;
pub(crate) type Seen = tracking_testkit::Seen<Ship24>;
pub(crate) type Server = tracking_testkit::Server<Ship24>;

/// What the tests of this SDK have of their own.
#[derive(Clone, Debug)]
pub(crate) struct Ship24;

impl Sdk for Ship24 {
    type Client = Client;
    type Builder = ClientBuilder;

    const PROVIDER: &str = "ship24";
    const FIXTURES: Fixtures = FIXTURES;

    const PRODUCT: &str = concat!("ship24-sdk/", env!("CARGO_PKG_VERSION"));
    const COMPRESSED: bool = cfg!(feature = "gzip");
    const PRODUCTION: &str = ship24_sdk::PRODUCTION;
    const CREDENTIALS: &[(&str, &str)] = &[("SHIP24_API_KEY", KEY)];
    const CREDENTIAL_NAMES: &[&str] = &["SHIP24_API_KEY"];
    const PROOF: (&str, &str) = ("authorization", BEARER);
    const SECRETS: &[&str] = &[KEY];
    const LOOKUP: &str = "get-tracking-results-of-trackers-by-tracking-number";
    const REFUSALS: &[&str] = &[
        "errors/400_two_items.json",
        "errors/401_auth_invalid_api_key.json",
        "errors/402_payment_required.json",
        "errors/403_quota_limit_reached.json",
        "errors/403_unexplained.json",
        "errors/404_tracker_not_found.json",
        "errors/405_quota_limit_reached.json",
        "errors/422_no_active_subscription.json",
    ];

    /// Another request for the same tracker was on its way.
    const PASSING: &[u16] = &[409];

    /// A success without what was requested is an error.
    const REQUIRED: &[(&str, &str)] = &[
        ("create-tracker", "/data"),
        ("create-tracker", "/data/tracker"),
        ("bulk-create-trackers", "/data"),
        ("list-trackers", "/data"),
        ("list-trackers", "/data/trackers"),
        ("create-tracker-and-get-tracking-results", "/data"),
        ("create-tracker-and-get-tracking-results", "/data/trackings"),
        ("get-tracker-by-trackerId", "/data"),
        ("get-tracker-by-trackerId", "/data/tracker"),
        ("update-tracker-by-trackerId", "/data"),
        ("update-tracker-by-trackerId", "/data/tracker"),
        (
            "get-tracking-results-of-trackers-by-tracking-number",
            "/data",
        ),
        (
            "get-tracking-results-of-trackers-by-tracking-number",
            "/data/trackings",
        ),
        ("get-tracking-results-of-tracker-by-trackerId", "/data"),
        (
            "get-tracking-results-of-tracker-by-trackerId",
            "/data/trackings",
        ),
        ("resend-webhooks", "/data"),
        ("resend-webhooks", "/data/summary"),
        ("get-couriers", "/data"),
        ("get-couriers", "/data/couriers"),
        ("get-tracking", "/data"),
        ("get-tracking", "/data/trackings"),
    ];

    const ONE_RECORD: &[&str] = &[
        "create-tracker",
        "create-tracker-and-get-tracking-results",
        "get-tracker-by-trackerId",
        "update-tracker-by-trackerId",
        "get-tracking-results-of-trackers-by-tracking-number",
        "get-tracking-results-of-tracker-by-trackerId",
        "get-tracking",
    ];

    fn with_credentials(values: &[&str]) -> ClientBuilder {
        Client::builder(values[0])
    }

    fn try_build(builder: ClientBuilder) -> Result<Client, Error> {
        builder.build()
    }

    fn from_variables(variables: &[(&str, &str)]) -> Result<Client, Error> {
        ClientBuilder::from_settings(|it| variable(variables, it.variable))?.build()
    }

    fn with_webhook_secret(builder: ClientBuilder, secret: &str) -> ClientBuilder {
        builder.with_webhook_secret(secret)
    }

    fn printed_receivers(secret: &str) -> Vec<String> {
        let client = Self::with_webhook_secret(Self::builder(), secret)
            .build()
            .unwrap();
        let receiver = WebhookReceiver::new(secret).unwrap();
        vec![
            printed(client.webhooks().unwrap()),
            printed(&receiver),
            printed(&receiver.sign()),
        ]
    }

    fn request<'a>(client: &'a Client, method: Method, path: &str) -> Call<'a> {
        client.request(method, path)
    }

    async fn call(client: &Client, operation: &str) -> Result<Called, Error> {
        let create = CreateTracker::new(NUMBER);
        Ok(match operation {
            "create-tracker" => client.create_tracker(&create).await?.into(),
            "list-trackers" => {
                let query = ListTrackersQuery::new();
                client.list_trackers(&query).await?.into()
            }
            "bulk-create-trackers" => client.bulk_create_trackers(&[create]).await?.into(),
            "create-tracker-and-get-tracking-results" => {
                let created = client.create_tracker_and_get_tracking_results(&create);
                created.await?.into()
            }
            "get-tracker-by-trackerId" => client.get_tracker_by_tracker_id("t").await?.into(),
            "update-tracker-by-trackerId" => {
                let update = UpdateTracker::new().is_subscribed(false);
                let updated = client.update_tracker_by_tracker_id("t", &update);
                updated.await?.into()
            }
            "get-tracking-results-of-trackers-by-tracking-number" => {
                return Self::look_up(client, NUMBER).await;
            }
            "get-tracking-results-of-tracker-by-trackerId" => {
                let results = client.get_tracking_results_of_tracker_by_tracker_id("t");
                results.await?.into()
            }
            "get-couriers" => client.get_couriers().await?.into(),
            "get-tracking" => {
                let search = SearchTracking::new(NUMBER);
                client.get_tracking(&search).await?.into()
            }
            "resend-webhooks" => client.resend_webhooks("t").await?.into(),
            "download-webhook-history" => client.download_webhook_history("t").await?.into(),
            other => panic!("the operation {other} is new: write its call here"),
        })
    }

    fn success(operation: &str) -> Reply {
        let name = match operation {
            "create-tracker" => "201_created.json",
            "list-trackers" => "200_page.json",
            "bulk-create-trackers" => "201_created.json",
            "create-tracker-and-get-tracking-results" => "201_first_call.json",
            "get-tracker-by-trackerId" => "200_tracker.json",
            "update-tracker-by-trackerId" => "200_archived.json",
            "get-tracking-results-of-trackers-by-tracking-number" => "200_two_trackings.json",
            "get-tracking-results-of-tracker-by-trackerId" => "200_newest_2026.json",
            "get-couriers" => "200_newest_2026.json",
            "get-tracking" => "201_several.json",
            "resend-webhooks" => "201_integer.json",
            "download-webhook-history" => "200_history.json",
            other => panic!("the operation {other} is new: write its fixture here"),
        };
        Reply::fixture(&format!("{operation}/{name}"))
    }

    async fn look_up(client: &Client, number: &str) -> Result<Called, Error> {
        let results = client.get_tracking_results_of_trackers_by_tracking_number(number);
        Ok(results.await?.into())
    }

    fn check_number(number: &str) -> Result<(), Error> {
        check_tracking_number(number)
    }

    fn refusal(status: u16, message: &str) -> Reply {
        let errors = json!([{ "code": "sample_code", "message": message }]);
        Reply::json(status, &json!({ "errors": errors, "data": null }))
    }

    fn refused_registrations(number: &str, text: &str) -> Vec<Reply> {
        let errors = json!([{ "code": text, "message": text }]);
        let sent = json!({ "trackingNumber": number });
        let item = json!({ "itemStatus": "error", "inputData": sent, "errors": errors });
        let body = json!({ "status": "error", "data": [item] });
        vec![Reply::json(207, &body)]
    }

    fn misfits(secret: &str) -> Vec<String> {
        vec![
            json!({ "data": { "trackings": [{ "events": secret }] } }).to_string(),
            json!({ "data": { "trackings": secret } }).to_string(),
        ]
    }

    fn others() -> Vec<(TrackRequest, Vec<Reply>)> {
        let tracker = json!({ "trackerId": "t-9", "trackingNumber": "PTS0009", "clientTrackerId": "order-9" });
        // An event may have another carrier's number, so that of the tracker counts.
        let events = json!([{ "eventId": "e-1", "eventTrackingNumber": "PTS0001" }]);
        let tracking = json!({ "tracker": tracker, "shipment": {}, "events": events });
        let reply = |count: usize| {
            let trackings = vec![tracking.clone(); count];
            vec![Reply::json(
                200,
                &json!({ "data": { "trackings": trackings } }),
            )]
        };
        vec![
            (
                TrackRequest::number("PTS0001").with_register(true),
                reply(1),
            ),
            (TrackRequest::number("PTS0001"), reply(1)),
            (TrackRequest::number("PTS0001"), reply(7)),
            (TrackRequest::id("t-1"), reply(1)),
            (TrackRequest::reference("order-1"), reply(1)),
        ]
    }

    fn too_many_requests() -> (Reply, Duration) {
        let mut response = Reply::fixture("errors/429_too_many_requests.txt");
        for (name, value) in fixture_json("errors/429_headers.json").as_object().unwrap() {
            response = response.header(name, value.as_str().unwrap());
        }
        (response, Duration::from_secs(3))
    }

    fn enums() -> Vec<Enum> {
        enums![ship24_sdk:
            StatusMilestone,
            StatusCategory,
            StatusCode,
            WebhookTopic,
            BulkStatus,
            BulkItemStatus,
            CourierRequiredField,
            WebhookPushStatus,
            ProofOfDeliveryStatus,
            ProofOfDeliveryContentType,
            ErrorCode;
            closed: SearchBy, SortOrder
        ]
    }

    #[track_caller]
    fn assert_headers(request: &Seen) {
        assert_eq!(request.header("authorization"), Some(BEARER));
        assert_eq!(request.header("api-version"), None);
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
