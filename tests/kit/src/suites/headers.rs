//! The exact set of headers that leaves.

use http::Method;
use tracking_http::ConfigureClient as _;

use crate::spec::{Described, operations};
use crate::{Reply, Sdk, Seen, Server, Spec};

/// Calls an operation and returns its request.
async fn sent<S: Sdk>(it: &Described) -> Seen<S> {
    let server = Server::<S>::replying(S::success(&it.id)).await;
    let client = S::build(S::prepare(server.builder(), &it.id));
    let called = S::call(&client, &it.id).await;
    called.unwrap_or_else(|error| panic!("{} {it:?}: {error}", S::PROVIDER));
    server.request()
}

/// Every operation sends these headers and no other, with a body where the spec has one.
pub async fn every_operation_sends_exact_headers<S: Sdk>() {
    for it in operations::<S>() {
        let request = sent::<S>(&it).await;

        let mut expected = vec!["accept", "host", S::PROOF.0, "user-agent"];
        if it.media_type.is_some() {
            expected.extend(["content-length", "content-type"]);
        } else if it.method != "GET" && it.method != "DELETE" {
            expected.push("content-length");
            assert_eq!(request.header("content-length"), Some("0"), "{it:?}");
        }
        expected.sort_unstable();
        assert_eq!(request.header_names(), expected, "{it:?}");
        assert_eq!(request.body.is_empty(), it.media_type.is_none(), "{it:?}");
        assert_eq!(request.header("content-type"), it.media_type.as_deref());
        assert_eq!(request.header("accept"), Some(S::MEDIA_TYPE), "{it:?}");
        assert_eq!(request.header(S::PROOF.0), Some(S::PROOF.1), "{it:?}");
        assert_eq!(request.header("user-agent"), Some(S::PRODUCT), "{it:?}");
        S::assert_headers(&request);
    }
}

/// Every operation has the method and the path of the spec, below the base URL.
pub async fn every_operation_sends_its_request_line<S: Sdk>() {
    let spec = Spec::of(S::FIXTURES.package(), S::PROVIDER);
    for it in operations::<S>() {
        let request = sent::<S>(&it).await;

        assert_eq!(request.method, it.method, "{it:?}");
        let path = request.target.split('?').next().unwrap();
        let path = path.strip_prefix(spec.prefix()).unwrap();
        let (sent, described) = (path.split('/'), it.path.split('/'));
        assert_eq!(sent.clone().count(), described.clone().count(), "{path}");
        for (sent, described) in sent.zip(described) {
            let fits = described.starts_with('{') || sent == described;
            assert!(fits, "{it:?}: {path}");
        }
    }
}

/// An application adds its own name to that of the SDK, in requests for a token too.
pub async fn application_name_follows_the_sdk<S: Sdk>() {
    let server = Server::<S>::replying(S::success(S::LOOKUP)).await;
    let client = S::build(server.builder().with_user_agent("parcel-board/2.1"));

    S::call(&client, S::LOOKUP).await.unwrap();

    let product = format!("{} parcel-board/2.1", S::PRODUCT);
    for request in server.requests().iter().chain(&server.logins()) {
        assert_eq!(request.header("user-agent"), Some(product.as_str()));
    }
}

/// A header of the caller does not replace the proof of who calls.
pub async fn proof_wins_over_a_header_of_the_caller<S: Sdk>() {
    let server = Server::<S>::replying(Reply::new(200, "{}")).await;
    let client = server.client();

    S::request(&client, Method::GET, "/anything")
        .header(&S::PROOF.0.to_uppercase(), "mine")
        .send_bytes()
        .await
        .unwrap();

    assert_eq!(server.request().header(S::PROOF.0), Some(S::PROOF.1));
}

/// A redirect is an error, and carries the proof to no other host.
pub async fn redirects_are_not_followed<S: Sdk>() {
    let elsewhere = Server::<S>::silent().await;
    let target = format!("{}/elsewhere", elsewhere.base_url());
    for it in operations::<S>() {
        let redirect = Reply::<S>::new(307, "").header("location", &target);
        let server = Server::replying(redirect).await;
        let client = S::build(S::prepare(server.builder(), &it.id));

        let error = S::call(&client, &it.id).await.unwrap_err();

        assert_eq!(error.status().unwrap(), 307, "{it:?}");
        assert!(error.to_string().contains("base URL"), "{it:?}: {error}");
    }
    assert!(elsewhere.requests().is_empty() && elsewhere.logins().is_empty());
}
