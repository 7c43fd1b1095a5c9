//! A message as a provider sends it: by the sandbox, with the secret of the user.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::net::TcpListener;
use tracking_core::Registration;
use tracking_core::webhook::WebhookReply;
use tracking_http::http::HeaderMap;
use tracking_sandbox::{DeliveryProof, Parcel, Sandbox, Scan, Step};

use super::message::Message;
use super::serve::{Arrival, serve};
use crate::config::Settings;
use crate::problem::Problem;
use crate::providers::Entry;
use crate::select::Account;

/// The courier of the parcel, which all three senders know.
const COURIER: &str = "ups";

/// Where a proof of delivery is said to be.
const PROOF: &str = "https://files.example/proof-of-delivery.pdf";

/// Larger messages are not sent by the sandbox.
const MAX_BODY: usize = 1024 * 1024;

/// How long the parcel is there before it happens.
const AHEAD: Duration = Duration::from_secs(60);

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Something that happens to the parcel.
    Scan(Step),
    /// A document of the courier about the delivery. Ship24 sends these, and to an address of their own.
    ProofOfDelivery,
}

impl Event {
    fn all() -> impl Iterator<Item = Self> {
        let scans = Step::ALL.into_iter().map(Self::Scan);
        scans.chain([Self::ProofOfDelivery])
    }

    /// An event by its name, such as `delivered`.
    pub(crate) fn from_name(name: &str) -> Result<Self, String> {
        let found = Self::all().find(|event| event.name() == name.trim());
        found.ok_or_else(|| {
            let names: Vec<String> = Self::all().map(Self::name).collect();
            format!("the events are: {}", names.join(", "))
        })
    }

    /// Its name in snake case.
    pub(crate) fn name(self) -> String {
        let Self::Scan(step) = self else {
            return "proof_of_delivery".to_owned();
        };
        let name = serde_json::to_value(step).ok();
        name.as_ref()
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    const fn step(self) -> Step {
        match self {
            Self::Scan(step) => step,
            Self::ProofOfDelivery => Step::Delivered,
        }
    }
}

/// Makes a message about a parcel to which this has just happened.
///
/// # Errors
///
/// Secrets that are not set, or that no message can be signed with, and events that the provider sends no messages about.
pub(crate) async fn message(
    account: &Account,
    settings: &Settings,
    number: &str,
    event: Event,
) -> Result<Message, Vec<Problem>> {
    if event == Event::ProofOfDelivery && account.entry.name != "ship24" {
        let message = format!("{} sends no proofs of delivery", account.title());
        return Err(vec![
            Problem::new("unsupported", message)
                .of_provider(account.name.as_str())
                .with_hint("choose another --event"),
        ]);
    }
    let mut names = account.entry.webhook_settings.iter();
    if names.any(|name| settings.get(name).is_none()) {
        let message = format!("{} has no webhook secret to sign with", account.title());
        return Err(vec![
            Problem::new("configuration", message)
                .of_provider(account.name.as_str())
                .with_hint(account.webhook_hint()),
        ]);
    }
    let Signature { headers, email } = signature(account.entry, settings).map_err(|error| {
        let reason = error
            .message()
            .unwrap_or("the webhook secret cannot be used");
        vec![Problem::new("configuration", reason).of_provider(account.name.as_str())]
    })?;
    let mut message = sent_by_sandbox(account.entry, email, number, event)
        .await
        .map_err(|reason| {
            let reason = format!("the sandbox sends no such message: {reason}");
            vec![Problem::new("sandbox", reason).of_provider(account.name.as_str())]
        })?;
    message
        .headers
        .retain(|(name, _)| !headers.contains_key(name));
    let own = headers.iter();
    message
        .headers
        .extend(own.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())));
    message.path = format!("/webhooks/{}", account.name);
    Ok(message)
}

/// What proves a message: headers, or the address that its body is signed with.
#[derive(Default)]
struct Signature {
    headers: HeaderMap,
    email: Option<String>,
}

fn signature(entry: &Entry, settings: &Settings) -> Result<Signature, ship24_sdk::Error> {
    let value = |name: &str| settings.get(name).unwrap_or_default();
    let mut signature = Signature::default();
    match entry.name {
        "ship24" => {
            let receiver = ship24_sdk::webhook::WebhookReceiver::new(value("webhook_secret"))?;
            signature.headers = receiver.sign();
        }
        "trackingmore" => {
            let email = value("account_email");
            trackingmore_sdk::webhook::WebhookReceiver::new(email)?;
            signature.email = Some(email.to_owned());
        }
        "gcl" => {
            let (header, secret) = (value("webhook_header"), value("webhook_secret"));
            let receiver = gcl_sdk::webhook::WebhookReceiver::new(header, secret)?;
            signature.headers = receiver.sign();
        }
        _ => {}
    }
    Ok(signature)
}

/// Lets it happen to a parcel in a sandbox, and takes the last message about it.
async fn sent_by_sandbox(
    entry: &Entry,
    email: Option<String>,
    number: &str,
    event: Event,
) -> Result<Message, Box<dyn Error>> {
    // It happens now, and each message has an id of its own.
    let now = SystemTime::now();
    let sandbox = Sandbox::builder()
        .clock(now.checked_sub(AHEAD).unwrap_or(now))
        .seed(seed(now))
        .start()
        .await?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = Some(format!("http://{}/", listener.local_addr()?).parse()?);
    let messages: Arc<Mutex<Vec<Message>>> = Arc::default();
    let keep = Arc::clone(&messages);
    let server = tokio::spawn(serve(listener, MAX_BODY, move |arrival| {
        if let Arrival::Complete(message) = arrival {
            let mut messages = keep.lock().unwrap_or_else(PoisonError::into_inner);
            messages.push(message);
        }
        // What TrackingMore wants as the body.
        std::future::ready(WebhookReply::new(200).with_text("200"))
    }));

    match entry.name {
        "ship24" => sandbox.ship24().configure(|it| match event {
            Event::Scan(_) => it.webhooks.url = url,
            Event::ProofOfDelivery => it.webhooks.proof_url = url,
        }),
        "trackingmore" => sandbox.trackingmore().configure(|it| {
            it.webhooks.url = url;
            it.email = email.unwrap_or_default();
        }),
        _ => sandbox.gcl().configure(|it| it.webhooks.url = url),
    }
    let scan = Scan::ahead(AHEAD, event.step());
    let mut parcel = Parcel::new(COURIER, number).scan(scan);
    if event == Event::ProofOfDelivery {
        parcel = parcel.proof(DeliveryProof::document("application/pdf", PROOF));
    }
    sandbox.add_parcel(parcel)?;
    if entry.capabilities.register {
        let client = (entry.connect)(&(entry.sandbox)(&sandbox), None)?;
        let registration = Registration::new(number).with_courier(COURIER);
        client.register(registration).await?;
    }
    sandbox.clock().advance(AHEAD);
    match entry.name {
        "ship24" => sandbox.ship24().webhooks_settled().await,
        "trackingmore" => sandbox.trackingmore().webhooks_settled().await,
        _ => sandbox.gcl().webhooks_settled().await,
    }
    server.abort();
    let mut messages = messages.lock().unwrap_or_else(PoisonError::into_inner);
    // Other parcels of the sandbox move as well.
    let number = number.to_uppercase();
    messages.retain(|it| {
        String::from_utf8_lossy(&it.body)
            .to_uppercase()
            .contains(&number)
    });
    messages.pop().ok_or_else(|| "none was sent".into())
}

fn seed(now: SystemTime) -> u64 {
    let nanoseconds = now.duration_since(SystemTime::UNIX_EPOCH);
    // The part that changes is what matters.
    u64::try_from(nanoseconds.unwrap_or_default().as_nanos() % u128::from(u64::MAX)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_its_name() {
        for event in Event::all() {
            assert_eq!(Event::from_name(&event.name()), Ok(event));
        }
        let refusal = Event::from_name("lost in space").unwrap_err();
        assert!(refusal.contains("out_for_delivery"), "{refusal}");
        assert!(refusal.contains("proof_of_delivery"), "{refusal}");
    }
}
