//! The exact set of headers that leaves.

use crate::server::{BASIC, Server};

const WITH_BODY: [&str; 6] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

#[tokio::test]
async fn request_for_token_has_same_headers_with_other_proof() {
    let server = Server::silent().await;

    server.client().create_token().await.unwrap();

    let login = server.logins().remove(0);
    assert_eq!(login.header_names(), WITH_BODY);
    assert_eq!(login.header("authorization"), Some(BASIC));
}
