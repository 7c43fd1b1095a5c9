//! Many webhooks, and a server that is killed while they arrive.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tracking_core::TrackRequest;
use tracking_follow::{MessageState, NewParcel};

use super::parcels::Parcels;
use super::server::{Server, try_request};

/// The provider is away, so that nothing but messages changes the store.
const VARIABLES: [(&str, &str); 3] = [
    ("SHIP24_API_KEY", "apik_test"),
    ("SHIP24_WEBHOOK_SECRET", "whs_test-secret"),
    ("SHIP24_BASE_URL", "http://127.0.0.1:1"),
];

pub(super) fn start(store: &str, arguments: &[&str]) -> Server {
    let mut variables = VARIABLES.to_vec();
    variables.push(("TRACKING_FOLLOW_STORE", store));
    Server::start(&variables, arguments)
}

/// Sends a message of this id about one of ten parcels, and returns the status of the reply, if there is one.
pub(super) fn send(address: &str, id: usize) -> Option<u16> {
    let number = id % 10;
    let body = format!(
        r#"{{"trackings":[{{"metadata":{{"messageId":"message-{id}","topic":"tracking/events"}},
        "tracker":{{"trackerId":"tracker-{number}","trackingNumber":"RA00{number}"}},
        "shipment":{{"shipmentId":"shipment-{number}","statusMilestone":"in_transit"}},"events":[]}}]}}"#
    );
    let headers = [
        ("authorization", "Bearer whs_test-secret"),
        ("content-type", "application/json"),
    ];
    let reply = try_request(address, "POST", "/webhooks/ship24", &headers, &body);
    reply.ok().map(|it| it.status)
}

#[test]
fn storm_of_repeats_is_kept_once() {
    const MESSAGES: usize = 2_000;
    const DIFFERENT: usize = MESSAGES / 10;
    let parcels = Parcels::new();
    let server = start(&parcels.store(), &["--no-workers"]);

    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let place @ 0..MESSAGES = next.fetch_add(1, Ordering::Relaxed) {
                    assert_eq!(send(&server.address, place % DIFFERENT), Some(200));
                }
            });
        }
    });

    let metrics = server.get("/metrics").body;
    let waiting = format!("tracking_messages{{state=\"waiting\"}} {DIFFERENT}\n");
    assert!(metrics.contains(&waiting), "{metrics}");
}

#[test]
fn killed_server_loses_no_message() {
    const MESSAGES: usize = 160;
    const KILLS: usize = 6;
    let parcels = Parcels::new();
    for number in 0..10 {
        let request = TrackRequest::number(format!("RA00{number}"));
        parcels.add(NewParcel::new("ship24", request));
    }
    let store = parcels.store();
    let first = start(&store, &[]);
    let address = Mutex::new(first.address.clone());
    let (next, kept) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let last = thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                // As a provider does: a message without a reply of success comes again.
                while let id @ 0..MESSAGES = next.fetch_add(1, Ordering::Relaxed) {
                    loop {
                        let current = address.lock().unwrap().clone();
                        if send(&current, id) == Some(200) {
                            break;
                        }
                    }
                    kept.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let mut server = first;
        for kill in 1..=KILLS {
            while kept.load(Ordering::Relaxed) < kill * MESSAGES / (KILLS + 1) {
                thread::yield_now();
            }
            // With SIGKILL, while messages arrive and are processed.
            drop(server);
            server = start(&store, &[]);
            server.address.clone_into(&mut address.lock().unwrap());
        }
        server
    });

    let none_waits = "tracking_messages{state=\"waiting\"} 0\n";
    while !last.get("/metrics").body.contains(none_waits) {
        // What the last one but one was processing comes when its lease ends.
        parcels.execute("UPDATE follow_inbox SET due_at = 1 WHERE due_at IS NOT NULL");
    }
    assert_eq!(parcels.messages(MessageState::Done), MESSAGES);
    assert_eq!(parcels.messages(MessageState::Aside), 0);
}
