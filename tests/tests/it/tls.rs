//! A server whose certificate is refused: what a call of each SDK says, and that nothing is repeated.

use std::error::Error as StdError;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use reqwest::Certificate;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tracking_core::{ErrorKind, Provider, TrackRequest};
use tracking_http::{ConfigureClient, ConnectFailure, ReqwestTransport, RetryPolicy};

/// What is wrong with a certificate, and what the innermost cause says of it.
const FAULTS: [(Fault, &str); 3] = [
    (Fault::Untrusted, "UnknownIssuer"),
    (Fault::Expired, "expired"),
    (Fault::OtherName, "not valid for name"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Untrusted,
    Expired,
    OtherName,
    None,
}

/// A server with a certificate, and a client that trusts the issuer unless it is not to.
struct Server {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    trusted: Option<Certificate>,
}

impl Server {
    async fn start(fault: Fault) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let name = if fault == Fault::OtherName {
            "other.example"
        } else {
            "127.0.0.1"
        };
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        if fault == Fault::Expired {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let mut stream = acceptor.accept(connection).await?;
                    stream.read_buf(&mut Vec::with_capacity(4096)).await?;
                    let response = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
                    stream.write_all(response).await
                });
            }
        });
        let trusted = Certificate::from_der(issuer.der()).unwrap();
        Self {
            address,
            connections,
            trusted: (fault != Fault::Untrusted).then_some(trusted),
        }
    }

    fn transport(&self) -> ReqwestTransport {
        let client = reqwest::Client::builder().no_proxy();
        let client = match &self.trusted {
            Some(certificate) => client.tls_certs_only([certificate.clone()]),
            None => client,
        };
        ReqwestTransport::from_client(client.build().unwrap())
    }

    /// A builder whose client may send three times, and waits for nothing.
    fn ready<B: ConfigureClient>(&self, builder: B) -> B {
        builder
            .with_base_url(format!("https://{}", self.address))
            .with_transport(self.transport())
            .with_retry(
                RetryPolicy::default()
                    .with_max_attempts(3)
                    .with_min_delay(std::time::Duration::ZERO),
            )
            .without_rate_limits()
    }

    /// A client of each SDK, and what it is asked for.
    fn clients(&self) -> Vec<(Arc<dyn Provider>, TrackRequest)> {
        let clients: Vec<Arc<dyn Provider>> = vec![
            Arc::new(
                self.ready(exporto_sdk::Client::builder("shop-7", "hush-password"))
                    .build()
                    .unwrap(),
            ),
            Arc::new(
                self.ready(gcl_sdk::Client::builder("hush-key-1"))
                    .build()
                    .unwrap(),
            ),
            Arc::new(
                self.ready(oneconcepts_sdk::Client::builder(
                    "u@example.com",
                    "hush-password",
                ))
                .build()
                .unwrap(),
            ),
            Arc::new(
                self.ready(ship24_sdk::Client::builder("hush-key-1"))
                    .build()
                    .unwrap(),
            ),
            Arc::new(
                self.ready(trackingmore_sdk::Client::builder("hush-key-1"))
                    .build()
                    .unwrap(),
            ),
        ];
        let request = |client: &Arc<dyn Provider>| match client.id().as_str() {
            "gcl" | "trackingmore" => TrackRequest::number("TP0001"),
            _ => TrackRequest::id("1"),
        };
        let pairs = clients.into_iter();
        pairs
            .map(|client| (Arc::clone(&client), request(&client)))
            .collect()
    }
}

#[tokio::test]
async fn refused_certificate_is_named_and_not_repeated() {
    for (fault, cause) in FAULTS {
        let server = Server::start(fault).await;
        for (client, request) in server.clients() {
            server.connections.store(0, Ordering::SeqCst);

            let error = client.track(request).await.unwrap_err();

            let id = client.id();
            assert_eq!(error.kind(), ErrorKind::Connect, "{id} {fault:?}: {error}");
            let line = error.to_string();
            assert!(
                line.contains("the certificate of the server was refused"),
                "{line}"
            );
            let root = error.root_cause().unwrap().to_string();
            assert!(root.contains(cause), "{id} {fault:?}: {root}");
            assert_eq!(
                server.connections.load(Ordering::SeqCst),
                1,
                "{id} {fault:?}"
            );
            assert!(!error.is_retryable(), "{id} {fault:?}");
            let own: &tracking_http::Error = error.source().unwrap().downcast_ref().unwrap();
            assert_eq!(own.connect_failure(), Some(ConnectFailure::Certificate));
        }
    }
}

#[tokio::test]
async fn trusted_certificate_is_accepted() {
    let server = Server::start(Fault::None).await;
    for (client, request) in server.clients() {
        let error = client.track(request).await.map(drop).err();

        // The server knows no path.
        let kinds = [
            None,
            Some(ErrorKind::NotFound),
            Some(ErrorKind::Configuration),
        ];
        assert!(
            kinds.contains(&error.as_ref().map(tracking_core::Error::kind)),
            "{error:?}"
        );
    }
}
