//! Receives webhooks: checks the weak proof, responds as TrackingMore expects, reads the tracking
//! again.
//!
//! The messages come from a sandbox, so this needs neither a key nor a public address:
//! `cargo run -p trackingmore-sdk --example trackingmore_webhook`

use std::collections::HashSet;
use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tracking_sandbox::Sandbox;
use trackingmore_sdk::webhook::{RESPONSE_BODY, WebhookReceiver};
use trackingmore_sdk::{BatchCreateTracking, Client, ConfigureClient as _, ErrorKind};

/// The largest message that is read.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A tracking by its natural key: carrier and number.
type Key = (String, String);

struct Inbox {
    receiver: WebhookReceiver,
    changed: mpsc::UnboundedSender<Key>,
}

impl Inbox {
    /// Decides on one message: the part that does not depend on any web framework.
    fn accept(&self, body: &[u8]) -> StatusCode {
        let message = match self.receiver.receive(body) {
            Ok(message) => message,
            Err(error) if error.kind() == ErrorKind::Webhook => {
                eprintln!("refused: {error}");
                return StatusCode::UNAUTHORIZED;
            }
            Err(error) => {
                eprintln!("not understood: {error}");
                return StatusCode::BAD_REQUEST;
            }
        };
        for problem in &message.problems {
            eprintln!("not understood: {}: {}", problem.path, problem.message);
        }
        // Everybody who saw one message can send others like it, so it is a hint: only its key is
        // taken, and the work is done elsewhere.
        let tracking = message.tracking;
        if let (Some(carrier), Some(number)) = (tracking.carrier_code, tracking.tracking_number) {
            let _ = self.changed.send((carrier, number));
        }
        StatusCode::OK
    }

    async fn respond(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let status = match head.method {
            Method::POST => match Limited::new(body, MAX_BYTES).collect().await {
                Ok(body) => self.accept(&body.to_bytes()),
                Err(_) => StatusCode::PAYLOAD_TOO_LARGE,
            },
            _ => StatusCode::METHOD_NOT_ALLOWED,
        };
        let text = if status.is_success() {
            RESPONSE_BODY
        } else {
            ""
        };
        let mut response = Response::new(Full::from(text));
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
    let trackingmore = sandbox.trackingmore();
    let client = Client::builder(trackingmore.api_key())
        .with_account_email(trackingmore.settings().email)
        .with_base_url(sandbox.base_url("trackingmore"))
        .build()?;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let url = format!("http://{address}/hooks/trackingmore").parse()?;
    trackingmore.configure(|settings| {
        settings.webhooks.url = Some(url);
        settings.webhooks.duplicates = true;
    });
    let (changed, mut changes) = mpsc::unbounded_channel();
    let receiver = client.webhooks()?.clone();
    tokio::spawn(serve(listener, Arc::new(Inbox { receiver, changed })));

    let numbers = [BatchCreateTracking::new(
        Sandbox::DEMO_NUMBER,
        "singapore-post",
    )];
    client.batch_create_trackings(&numbers).await?;
    trackingmore.webhooks_settled().await;

    // Several messages about one tracking need one look.
    let mut trackings = HashSet::new();
    while let Ok(key) = changes.try_recv() {
        trackings.insert(key);
    }
    for (carrier, number) in &trackings {
        let tracking = client.get_tracking(carrier, number).await?;
        println!("{number}: {:?}", tracking.status);
    }
    Ok(())
}
