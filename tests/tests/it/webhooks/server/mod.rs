//! The server of the front page, run against the senders of the sandbox.
#![expect(
    dead_code,
    reason = "the program and its accounts from the environment are replaced by a test"
)]

use tracking_core::webhook::MemoryDedupe;
use tracking_core::{Provider, Status};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use crate::gcl::sandboxed::{WEBHOOK_HEADER, WEBHOOK_SECRET};
use crate::ship24::sandboxed::minutes;
use crate::{gcl, ship24, trackingmore};

include!("readme.rs");

const README: &str = include_str!("../../../../../README.md");

const NUMBER: &str = "WEBHOOK-1";

#[test]
fn example_is_that_of_the_readme() {
    let example = include_str!("readme.rs");

    assert!(README.contains(&format!("\n```rust,no_run\n{example}```\n")));
}

/// The server of the front page with the three accounts of a sandbox, and its address.
async fn started(sandbox: &Sandbox) -> (Arc<Server>, String) {
    let mut accounts = ProviderSet::new();
    let clients: [Arc<dyn Provider>; 3] = [
        Arc::new(ship24::sandboxed::client(sandbox)),
        Arc::new(trackingmore::sandboxed::client(sandbox)),
        Arc::new(gcl::sandboxed::client(sandbox)),
    ];
    for client in clients {
        accounts.add(client).unwrap();
    }
    let server = Arc::new(Server {
        endpoint: WebhookEndpoint::new(accounts).with_store(Arc::new(MemoryDedupe::new(1000))),
        shipments: Mutex::default(),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = router(Arc::clone(&server));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (server, address)
}

/// A sandbox that sends its webhooks to an address, each of them twice where it can.
async fn subscribed(address: &str, sandbox: &Sandbox) {
    let url = |name: &str| Some(format!("{address}/webhooks/{name}").parse().unwrap());
    sandbox.ship24().configure(|settings| {
        settings.rate_limits = false;
        settings.webhooks.url = url("ship24");
        settings.webhooks.duplicates = true;
    });
    sandbox.trackingmore().configure(|settings| {
        settings.rate_limits = false;
        settings.webhooks.url = url("trackingmore");
        settings.webhooks.duplicates = true;
        settings.assumptions.webhook_receipt = true;
    });
    sandbox.gcl().configure(|settings| {
        settings.rate_limits = false;
        settings.webhooks.url = url("gcl");
        let headers = &mut settings.webhooks.headers;
        headers.insert(WEBHOOK_HEADER, WEBHOOK_SECRET).unwrap();
    });
}

async fn settled(sandbox: &Sandbox) {
    sandbox.ship24().webhooks_settled().await;
    sandbox.trackingmore().webhooks_settled().await;
    sandbox.gcl().webhooks_settled().await;
}

#[tokio::test]
async fn server_follows_parcel_at_all_three_senders() {
    let sandbox = Sandbox::start().await.unwrap();
    let (server, address) = started(&sandbox).await;
    subscribed(&address, &sandbox).await;
    let scan = Scan::ago(minutes(60), Step::Accepted);
    sandbox
        .add_parcel(Parcel::new("ups", NUMBER).scan(scan))
        .unwrap();
    for (name, courier) in [("ship24", None), ("trackingmore", Some("ups"))] {
        let mut registration = tracking_core::Registration::new(NUMBER);
        if let Some(courier) = courier {
            registration = registration.with_courier(courier);
        }
        let account = server.endpoint.providers().get(name).unwrap();
        account.register(registration).await.unwrap();
    }
    settled(&sandbox).await;
    let delivered = Scan::ahead(minutes(5), Step::Delivered);
    sandbox.add_scan(NUMBER, delivered).unwrap();
    sandbox.clock().advance(minutes(10));
    settled(&sandbox).await;

    let shipments = server.shipments.lock().await;
    let mut statuses: Vec<(&str, &Status, usize)> = shipments
        .iter()
        .filter(|shipment| shipment.number == NUMBER)
        .map(|shipment| {
            (
                shipment.provider.as_str(),
                &shipment.status.status,
                shipment.events().len(),
            )
        })
        .collect();
    statuses.sort_unstable_by_key(|(name, ..)| *name);
    let delivered = |name| (name, &Status::Delivered, 2);
    assert_eq!(statuses, ["gcl", "ship24", "trackingmore"].map(delivered));
    // Every message was received at the first attempt, and no repeat was asked about again.
    let asked = sandbox.requests();
    let of_ship24 = asked
        .iter()
        .filter(|it| it.provider == "ship24" && it.path.ends_with("/results"));
    assert_eq!(of_ship24.count(), 2);
}

#[tokio::test]
async fn server_replies_to_probes_and_refuses_strangers() {
    let sandbox = Sandbox::start().await.unwrap();
    let (server, address) = started(&sandbox).await;
    let client = reqwest::Client::new();
    let huge = vec![b' '; server.endpoint.max_body() + 1];
    for (method, path, body, status) in [
        (Method::HEAD, "/webhooks/ship24", Vec::new(), 200),
        (Method::GET, "/webhooks/gcl", Vec::new(), 200),
        (Method::DELETE, "/webhooks/gcl", Vec::new(), 405),
        (Method::POST, "/webhooks/nobody", Vec::new(), 404),
        (Method::POST, "/webhooks/ship24", b"{}".to_vec(), 401),
        (Method::POST, "/webhooks/trackingmore", b"{}".to_vec(), 401),
        (Method::POST, "/webhooks/gcl", huge, 413),
    ] {
        let url = format!("{address}{path}");
        let response = client
            .request(method.clone(), url)
            .body(body)
            .send()
            .await
            .unwrap();

        assert_eq!(response.status().as_u16(), status, "{method} {path}");
        let kinds = response.headers().get_all("content-type").iter().count();
        assert!(kinds <= 1, "{method} {path}");
    }
    assert!(server.shipments.lock().await.is_empty());
}
