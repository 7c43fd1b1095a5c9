//! Receives notifications: checks the custom header, then reads the tracking again.
//!
//! The messages come from a sandbox, so this needs neither a key nor a public address:
//! `cargo run -p gcl-sdk --example gcl_webhook_receiver`

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use gcl_sdk::webhook::WebhookReceiver;
use gcl_sdk::{Client, ConfigureClient as _};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tracking_sandbox::Sandbox;

/// The largest message that is read.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The custom header of the trigger; its value is a secret of your own.
const HEADER: &str = "X-Shop-Token";

/// What the receiver needs to know.
struct Inbox {
    receiver: WebhookReceiver,
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
        match message.tracking.and_then(|it| it.tracking_number) {
            // The proof is a static secret, so the message is a hint: ask for the tracking.
            Some(number) => {
                let _ = self.changed.send(number);
            }
            None => eprintln!("a message of {} bytes names no parcel", message.body.len()),
        }
        StatusCode::NO_CONTENT
    }

    async fn response(&self, request: Request<Incoming>) -> Response<Empty<Bytes>> {
        let (head, body) = request.into_parts();
        let status = match head.method {
            // The trigger lets the account choose between the two.
            Method::POST | Method::PUT => match Limited::new(body, MAX_BYTES).collect().await {
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
                async move { Ok::<_, Infallible>(inbox.response(request).await) }
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
    let secret = "a secret of your own";
    let sandbox = Sandbox::start().await?;
    let gcl = sandbox.gcl();
    let client = Client::builder(gcl.api_key())
        .with_webhook_header(HEADER, secret)
        .with_base_url(sandbox.base_url("gcl"))
        .build()?;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/hooks/gcl", listener.local_addr()?).parse()?;
    gcl.configure(|settings| settings.webhooks.url = Some(url));
    gcl.configure(|settings| settings.webhooks.headers.insert(HEADER, secret))?;
    let (changed, mut changes) = mpsc::unbounded_channel();
    let receiver = client.webhooks()?.clone();
    let inbox = Arc::new(Inbox { receiver, changed });
    tokio::spawn(serve(listener, inbox));

    // The demo parcel is delivered within these hours of the sandbox's clock.
    sandbox.clock().advance(Duration::from_secs(5 * 60 * 60));
    gcl.webhooks_settled().await;

    // Several messages about one parcel need one look.
    let mut numbers = BTreeSet::new();
    while let Ok(number) = changes.try_recv() {
        numbers.insert(number);
    }
    for number in &numbers {
        let tracking = client.get_tracking(number).await?;
        println!("{number}: {} checkpoints", tracking.checkpoints.len());
    }
    Ok(())
}
