//! The exact set of headers that leaves.

use trackingmore_sdk::ConfigureClient as _;

use crate::server::{KEY, Reply, Server};

#[tokio::test]
async fn sister_host_gets_key_in_header_of_another_name() {
    for name in ["Tracking-Api-Key", "Tracktry-Api-Key", "Authorization"] {
        let server = Server::replying(Reply::fixture("list-carriers/200_code_only.json")).await;
        let client = server.builder().with_key_header(name).build().unwrap();

        client.list_carriers().await.unwrap();

        let request = server.request();
        let mut expected = ["accept", "host", &name.to_lowercase(), "user-agent"];
        expected.sort_unstable();
        assert_eq!(request.header_names(), expected);
        assert_eq!(request.header(name), Some(KEY));
    }
}

#[tokio::test]
async fn market_gateway_gets_prefix_before_key() {
    let server = Server::replying(Reply::fixture("list-carriers/200_code_only.json")).await;
    let client = trackingmore_sdk::Client::builder("APPCODE 0c9b")
        .with_base_url(server.base_url())
        .with_key_header("Authorization")
        .build()
        .unwrap();

    client.list_carriers().await.unwrap();

    assert_eq!(
        server.request().header("authorization"),
        Some("APPCODE 0c9b")
    );
}
