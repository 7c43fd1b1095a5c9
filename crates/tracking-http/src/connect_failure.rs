//! Which part of making a connection failed.

use std::error::Error as StdError;
use std::fmt;

/// Which part of making a connection failed; see [`Error::connect_failure`](crate::Error::connect_failure).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectFailure {
    /// The proxy did not open a tunnel to the server.
    Proxy,
    /// The name of the server has no address here.
    Name,
    /// The certificate of the server was refused.
    Certificate,
    /// The server does not speak TLS as this client does, or not at all.
    Tls,
    /// Nothing listens at the address.
    Refused,
    /// Anything else.
    Other,
}

/// What the causes of each failure say. Neither reqwest 0.13 nor hyper-util has public types for them, so
/// these are their strings, those of rustls, of OpenSSL, and of Linux, macOS and Windows. An earlier row
/// wins: an alert of the server may be about a certificate that it wants of this client, why a certificate was refused
/// may name any host, a certificate is refused as a part of TLS, and a proxy may respond with anything.
const CAUSES: [(ConnectFailure, &[&str]); 6] = [
    (
        ConnectFailure::Tls,
        &[
            "received fatal alert",
            "tlsv1 alert",
            "sslv3 alert",
            "ssl alert",
        ],
    ),
    (ConnectFailure::Certificate, &["certificate"]),
    (ConnectFailure::Proxy, &["tunnel", "proxy", "socks"]),
    (
        ConnectFailure::Tls,
        &[
            "corrupt message",
            "wrong version",
            "packet length",
            "handshake",
            "alert",
            // Of rustls: an old version, or nothing that both know.
            "peer is incompatible",
            "peer misbehaved",
        ],
    ),
    (ConnectFailure::Name, &["dns", "lookup address", "resolve"]),
    (ConnectFailure::Refused, &["refused"]),
];

impl ConnectFailure {
    /// Finds the failure by the causes of an error.
    pub(crate) fn by_causes(first: Option<&(dyn StdError + 'static)>) -> Self {
        let mut causes = String::new();
        let mut next = first;
        while let Some(cause) = next {
            causes.push_str(&cause.to_string().to_lowercase());
            causes.push('\n');
            next = cause.source();
        }
        let found = CAUSES
            .iter()
            .find(|(_, strings)| strings.iter().any(|it| causes.contains(it)));
        found.map_or(Self::Other, |(failure, _)| *failure)
    }
}

impl fmt::Display for ConnectFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Proxy => "the proxy did not open a tunnel to the server",
            Self::Name => "the name of the server has no address",
            Self::Certificate => "the certificate of the server was refused",
            Self::Tls => "the server does not speak TLS as this client does",
            Self::Refused => "nothing listens at the address of the server",
            Self::Other => "no connection could be made",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::ConnectFailure;

    #[test]
    fn causes_name_the_failure() {
        for (cause, failure) in [
            (
                "invalid peer certificate: UnknownIssuer",
                ConnectFailure::Certificate,
            ),
            (
                "invalid peer certificate: certificate not valid for name \"dns-proxy.example\"",
                ConnectFailure::Certificate,
            ),
            (
                "error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed",
                ConnectFailure::Certificate,
            ),
            (
                "received corrupt message of type InvalidContentType",
                ConnectFailure::Tls,
            ),
            (
                "error:0A00010B:SSL routines:ssl3_get_record:wrong version number",
                ConnectFailure::Tls,
            ),
            (
                "received fatal alert: HandshakeFailure",
                ConnectFailure::Tls,
            ),
            (
                "received fatal alert: CertificateRequired",
                ConnectFailure::Tls,
            ),
            (
                "error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate",
                ConnectFailure::Tls,
            ),
            (
                "peer is incompatible: ServerDoesNotSupportTls12Or13",
                ConnectFailure::Tls,
            ),
            (
                "failed to lookup address information: Name or service not known",
                ConnectFailure::Name,
            ),
            ("tunnel error: unsuccessful", ConnectFailure::Proxy),
            ("Connection refused (os error 111)", ConnectFailure::Refused),
            (
                "Network is unreachable (os error 101)",
                ConnectFailure::Other,
            ),
        ] {
            let error = io::Error::other(io::Error::other(cause));

            assert_eq!(ConnectFailure::by_causes(Some(&error)), failure, "{cause}");
        }
        assert_eq!(ConnectFailure::by_causes(None), ConnectFailure::Other);
    }
}
