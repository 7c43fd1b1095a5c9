//! Logs in with a user name and a password, and lets the client keep the token.
//!
//! The responses come from a transport in this process, so the example needs no network.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Method, Request, Response, StatusCode};
use serde::Deserialize;
use tracking_core::kit::BoxFuture;
use tracking_http::{
    BaseUrl, Client, ConfigureClient as _, Credentials, Dialect, Error, Operation, Secret,
    SendLimits, Token, TokenSource, Transport, TransportError, basic_authorization,
};

#[derive(Debug)]
struct Example;

impl Dialect for Example {
    fn provider(&self) -> &'static str {
        "example"
    }
}

const CREATE_TOKEN: Operation = Operation::new("create_token", Method::POST, "/token")
    .success(&[200])
    // Asking for a token twice does no harm.
    .idempotent();

/// The account, and how to get a token for it.
#[derive(Debug)]
struct Login {
    user: String,
    password: Secret,
}

#[derive(Debug, Deserialize)]
struct Issued {
    access_token: String,
    /// In seconds.
    expires_in: u64,
}

impl TokenSource for Login {
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, Error>> {
        Box::pin(async move {
            let proof = basic_authorization(&self.user, &self.password)?;
            let call = client
                .call(&CREATE_TOKEN)
                .header_value(AUTHORIZATION, proof);
            let issued = call.send::<Issued>().await?.into_inner();
            let lifetime = Duration::from_secs(issued.expires_in);
            Ok(Token::new(issued.access_token).with_lifetime(lifetime))
        })
    }

    fn account(&self) -> &str {
        &self.user
    }

    fn secrets(&self) -> Vec<Secret> {
        vec![self.password.clone()]
    }
}

/// Issues a token to anybody, and refuses every request without it.
#[derive(Debug)]
struct InProcess;

impl Transport for InProcess {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        println!("{} {}", request.method(), request.uri().path());
        let proof = request
            .headers()
            .get(AUTHORIZATION)
            .map(http::HeaderValue::as_bytes);
        let (status, body) = match (request.uri().path(), proof) {
            ("/token", Some(_)) => (
                StatusCode::OK,
                r#"{"access_token": "t-1", "expires_in": 1800}"#,
            ),
            (_, Some(b"Bearer t-1")) => (StatusCode::OK, r#"["p-1", "p-2"]"#),
            _ => (StatusCode::UNAUTHORIZED, ""),
        };
        let mut response = Response::new(Bytes::from_static(body.as_bytes()));
        *response.status_mut() = status;
        Box::pin(async { Ok(response) })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let login = Login {
        user: "user".to_owned(),
        password: Secret::from("not-a-real-password"),
    };
    let base_url = BaseUrl::parse("http://localhost")?;
    let client = Client::builder(Example, base_url, Credentials::renewable(Arc::new(login)))
        .with_transport(InProcess)
        .build()?;

    // One token serves both calls.
    for _ in 0..2 {
        let parcels = client
            .request(Method::GET, "/parcels")
            .send::<Vec<String>>()
            .await?;
        println!("{parcels:?}", parcels = *parcels);
    }
    Ok(())
}
