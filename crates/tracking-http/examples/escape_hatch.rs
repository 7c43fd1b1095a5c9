//! Calls an endpoint that an SDK does not model: credentials, limits, retries and error mapping apply
//! as to every other call.
//!
//! The responses come from a transport in this process, so the example needs no network.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde::Deserialize;
use tracking_core::kit::BoxFuture;
use tracking_http::{
    BaseUrl, Client, ConfigureClient as _, Credentials, Dialect, Error, RetryPolicy, Secret,
    SendLimits, Transport, TransportError,
};

#[derive(Debug)]
struct Example;

impl Dialect for Example {
    fn provider(&self) -> &'static str {
        "example"
    }
}

/// Is busy at first, and then knows one parcel.
#[derive(Debug, Default)]
struct InProcess {
    requests: AtomicU32,
}

impl Transport for InProcess {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        let is_first = self.requests.fetch_add(1, Ordering::Relaxed) == 0;
        let (status, body) = match request.uri().path() {
            _ if is_first => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            "/v1/parcels/p-1" => (StatusCode::OK, r#"{"weight": 1250}"#),
            _ => (StatusCode::NOT_FOUND, "no such parcel"),
        };
        let mut response = Response::new(Bytes::from_static(body.as_bytes()));
        *response.status_mut() = status;
        Box::pin(async { Ok(response) })
    }
}

#[derive(Debug, Deserialize)]
struct Parcel {
    /// In grams.
    weight: u32,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let base_url = BaseUrl::parse("http://localhost/v1")?;
    let credentials = Credentials::header("Api-Key", &Secret::from("not-a-real-key"))?;
    let client = Client::builder(Example, base_url, credentials)
        .with_transport(InProcess::default())
        .with_retry(RetryPolicy::default().with_min_delay(Duration::from_millis(10)))
        .build()?;

    let parcel = client
        .request(Method::GET, "/parcels/p-1")
        .send::<Parcel>()
        .await?;
    println!("{} g, after {} attempts", parcel.weight, parcel.attempts());

    match client
        .request(Method::GET, "/parcels/p-2")
        .send::<Parcel>()
        .await
    {
        Err(error) if error.is_not_found() => println!("{error}"),
        other => println!("unexpected: {other:?}"),
    }
    Ok(())
}
