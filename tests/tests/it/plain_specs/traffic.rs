//! Calls of every operation, as they are and altered, and what the sandbox sends back.

use std::collections::BTreeMap;

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};
use tracking_sandbox::RecordedRequest;

use super::document::Document;
use super::variants::variants;
use crate::caller::Caller;

/// The field of a bulk creation in which Ship24 repeats each item as it was sent, whatever its type.
const ECHO: &str = "inputData";

/// What came back of all calls.
#[derive(Default)]
struct Seen {
    statuses: BTreeMap<u16, usize>,
    /// What does not fit, and after which changes to the calls.
    unfit: BTreeMap<String, Vec<String>>,
    /// Values that repeat what was wrong with a request.
    echoes: usize,
}

/// Checks that the spec describes every response; `least` is the number of calls that there are at least.
pub(crate) async fn assert_traffic_fits<C: Caller>(caller: &C, least: usize) {
    let mut document = Document::of(C::PROVIDER);
    let mut seen = Seen::default();
    let client = reqwest::Client::new();
    let base = reqwest::Url::parse(&caller.sandbox().base_url(C::PROVIDER)).unwrap();
    let origin = base.origin().ascii_serialization();
    for operation in C::OPERATIONS {
        caller.prepare(operation.id).await;
        caller.sandbox().clear_requests();
        caller.call(operation.id).await.unwrap();
        let requests = caller.sandbox().requests();
        let request = requests.last().unwrap();
        let mut calls = vec![(operation.id.to_owned(), request.clone())];
        if let Some((method, id)) = document.form_of(operation.id) {
            calls.push((id.to_owned(), with_body(request, method)));
        }
        for (id, request) in calls {
            caller.prepare(operation.id).await;
            let mut succeeded = false;
            for variant in variants(&request, &document, &id) {
                let url = format!("{origin}{}?{}", variant.request.path, variant.request.query);
                let sent = variant.request.body.clone();
                let (status, media, body) = send(&client, &url, variant.request).await;
                succeeded |= operation.success.contains(&status);
                *seen.statuses.entry(status).or_default() += 1;
                for unfit in document.unfit(&id, status, &media, &body) {
                    if unfit.is_inside_of(ECHO) && !document.takes(&id, &sent) {
                        seen.echoes += 1;
                        continue;
                    }
                    let names = seen.unfit.entry(format!("{id}: {status}{unfit}"));
                    names.or_default().push(variant.name.clone());
                }
            }
            assert!(succeeded, "{id}: no call succeeded");
        }
    }

    let count: usize = seen.statuses.values().sum();
    println!(
        "{}: {count} responses, by status {:?}; {} values repeat what was wrong with a request",
        C::PROVIDER,
        seen.statuses,
        seen.echoes
    );
    let unfit: usize = seen.unfit.values().map(Vec::len).sum();
    seen.unfit.values_mut().for_each(|names| names.truncate(3));
    assert!(
        seen.unfit.is_empty(),
        "{unfit} of {count} do not fit: {:#?}",
        seen.unfit
    );
    assert!(count >= least, "only {count} calls");
}

/// Lets the sandbox do otherwise where the provider's documentation is silent.
pub(crate) async fn assume<C: Caller>(caller: &C, assumptions: Value) {
    let address = caller.sandbox().address();
    let response = reqwest::Client::new()
        .patch(format!(
            "http://{address}/_sandbox/{}/settings",
            C::PROVIDER
        ))
        .json(&json!({ "assumptions": assumptions }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200, "{}", response.text().await.unwrap());
}

/// The call with its query as a JSON body.
fn with_body(request: &RecordedRequest, method: &str) -> RecordedRequest {
    let address = format!("http://localhost/?{}", request.query);
    let parameters: Map<String, Value> = reqwest::Url::parse(&address)
        .unwrap()
        .query_pairs()
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect();
    let mut form = request.clone();
    form.method = method.to_uppercase().parse().unwrap();
    form.query.clear();
    form.body = Value::Object(parameters).to_string().into();
    let json = HeaderValue::from_static("application/json");
    form.headers.insert(CONTENT_TYPE, json);
    form
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
