//! Calls of every operation, as they are and altered, and what the sandbox sends back.

use std::collections::BTreeMap;

use tracking_sandbox::RecordedRequest;

use super::document::Document;
use super::variants::variants;
use crate::caller::Caller;

/// Checks that the spec describes every response; `least` is the number of calls that there are at least.
pub(crate) async fn assert_traffic_fits<C: Caller>(caller: &C, least: usize) {
    let mut document = Document::of(C::PROVIDER);
    let mut echoes = 0;
    let client = reqwest::Client::new();
    let base = reqwest::Url::parse(&caller.sandbox().base_url(C::PROVIDER)).unwrap();
    let origin = base.origin().ascii_serialization();
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    let mut faults: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for operation in C::OPERATIONS {
        caller.prepare(operation.id).await;
        caller.sandbox().clear_requests();
        caller.call(operation.id).await.unwrap();
        let requests = caller.sandbox().requests();
        let request = requests.last().unwrap();
        caller.prepare(operation.id).await;
        let mut succeeded = false;
        for variant in variants(request, &document, operation.id) {
            let url = format!("{origin}{}?{}", variant.request.path, variant.request.query);
            let sent = variant.request.body.clone();
            let (status, media, body) = send(&client, &url, variant.request).await;
            succeeded |= operation.success.contains(&status);
            *statuses.entry(status).or_default() += 1;
            let Some(fault) = document.fault(operation.id, status, &media, &body) else {
                continue;
            };
            // Ship24 repeats each item of a bulk creation as it was sent, whatever its type.
            if fault.contains("/inputData: ") && !document.takes(operation.id, &sent) {
                echoes += 1;
            } else {
                faults.entry(fault).or_default().push(variant.name);
            }
        }
        assert!(succeeded, "{}: no call succeeded", operation.id);
    }

    let count: usize = statuses.values().sum();
    println!(
        "{}: {count} responses, by status {statuses:?}; {echoes} repeat what was wrong with a request",
        C::PROVIDER
    );
    let unfit: usize = faults.values().map(Vec::len).sum();
    faults.values_mut().for_each(|names| names.truncate(3));
    assert!(
        faults.is_empty(),
        "{unfit} of {count} do not fit: {faults:#?}"
    );
    assert!(count >= least, "only {count} calls");
}

/// Status, media type and body of the response to a call.
async fn send(
    client: &reqwest::Client,
    url: &str,
    call: RecordedRequest,
) -> (u16, String, Vec<u8>) {
    let response = client
        .request(call.method, url.trim_end_matches('?'))
        .headers(call.headers)
        .body(call.body)
        .send()
        .await
        .unwrap();
    let media = response.headers().get("content-type");
    let media = media.map(|media| media.to_str().unwrap().to_owned());
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, media.unwrap_or_default(), body.to_vec())
}
