//! Receives webhooks: checks the proof, drops repeats, reads the results again.
//!
//! The messages come from a sandbox, so this needs neither a key nor a public address:
//! `cargo run -p ship24-sdk --example ship24_webhook_receiver`

use std::collections::HashSet;
use std::convert::Infallible;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use ship24_sdk::webhook::{WebhookItem, WebhookReceiver};
use ship24_sdk::{Client, ConfigureClient as _, CreateTracker};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tracking_sandbox::Sandbox;

/// The largest message that is read.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What the receiver needs to know. A real one keeps the ids where a restart does not lose them.
struct Inbox {
    receiver: WebhookReceiver,
    seen: Mutex<HashSet<String>>,
    changed: mpsc::UnboundedSender<String>,
}

impl Inbox {
    /// Decides on one message: the part that does not depend on any web framework.
    fn accept(&self, headers: &HeaderMap, body: &[u8]) -> StatusCode {
        let message = match self.receiver.receive(headers, body) {
            Ok(message) => message,
            Err(error) => {
                eprintln!("refused: {error}");
                return StatusCode::UNAUTHORIZED;
            }
        };
        for problem in &message.problems {
            eprintln!("not understood: {}: {}", problem.path, problem.message);
        }
        for item in &message.items {
            if item.message_id().is_some_and(|id| !self.is_new(id)) {
                continue;
            }
            match item {
                WebhookItem::Events(tracking) => {
                    // The proof is a static secret, so the message is a hint: ask for the results.
                    let tracker = tracking.tracker.as_ref();
                    if let Some(id) = tracker.and_then(|tracker| tracker.tracker_id.as_ref()) {
                        let _ = self.changed.send(id.to_string());
                    }
                }
                WebhookItem::ProofOfDelivery(proof) => println!("proof of delivery: {proof:?}"),
                other => println!("not known yet: {:?}", other.topic()),
            }
        }
        // Any 2xx within 15 seconds; so the work is done elsewhere.
        StatusCode::NO_CONTENT
    }

    fn is_new(&self, id: &str) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(id.to_owned())
    }

    async fn respond(&self, request: Request<Incoming>) -> Response<Empty<Bytes>> {
        let (head, body) = request.into_parts();
        let status = match head.method {
            // Asked for before an address could be saved in the dashboard.
            Method::HEAD => StatusCode::OK,
            Method::POST => match Limited::new(body, MAX_BYTES).collect().await {
                Ok(body) => self.accept(&head.headers, &body.to_bytes()),
                Err(_) => StatusCode::PAYLOAD_TOO_LARGE,
            },
            _ => StatusCode::METHOD_NOT_ALLOWED,
        };
        let mut response = Response::new(Empty::new());
        *response.status_mut() = status;
        response
    }
}

async fn serve(listener: TcpListener, inbox: Arc<Inbox>) {
    while let Ok((stream, _)) = listener.accept().await {
        let inbox = Arc::clone(&inbox);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let inbox = Arc::clone(&inbox);
                async move { Ok::<_, Infallible>(inbox.respond(request).await) }
            });
            if let Err(error) = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await
            {
                eprintln!("connection: {error}");
            }
        });
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let ship24 = sandbox.ship24();
    let client = Client::builder(ship24.api_key())
        .with_webhook_secret(ship24.webhook_secret())
        .with_base_url(sandbox.base_url("ship24"))
        .build()?;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/hooks/ship24", listener.local_addr()?).parse()?;
    ship24.configure(|settings| {
        settings.webhooks.url = Some(url);
        settings.webhooks.duplicates = true;
    });
    let (changed, mut changes) = mpsc::unbounded_channel();
    let receiver = client.webhooks()?.clone();
    let inbox = Arc::new(Inbox {
        receiver,
        seen: Mutex::default(),
        changed,
    });
    tokio::spawn(serve(listener, Arc::clone(&inbox)));

    client
        .create_tracker(&CreateTracker::new(Sandbox::DEMO_NUMBER))
        .await?;
    ship24.webhooks_settled().await;

    // Several messages about one tracker need one look.
    let mut trackers = HashSet::new();
    while let Ok(id) = changes.try_recv() {
        trackers.insert(id);
    }
    for id in &trackers {
        let trackings = client
            .get_tracking_results_of_tracker_by_tracker_id(id)
            .await?;
        for tracking in trackings.iter() {
            println!("{id}: {} events", tracking.events.len());
        }
    }
    Ok(())
}
