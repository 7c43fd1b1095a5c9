//! Bodies that were published, kept outside of this repository.
//!
//! They belong to somebody else, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `trackingmore` holds files named by operation and year:
//! `create_request_sample.json`. Files ending in `.txt` are excerpts that break off or elide, and
//! are read as far as they are JSON. Without the variable the tests pass and say that they read
//! nothing.

use serde_json::{Value, json};
use tracking_testkit::corpus::{Corpus, Open};
use tracking_testkit::suites::corpus::{Findings, Published, every_body_is_modelled};
use trackingmore_sdk::webhook::WebhookReceiver;
use trackingmore_sdk::{
    AirCargoRequest, BatchCreateResponse, BatchCreateTracking, Carrier, CarrierListResponse,
    CarrierType, CostTimeRoute, CreateTracking, CreatedTracking, DeleteTrackingResponse,
    DeleteTrackingsResponse, DetectCarrier, DetectCarrierResponse, ErrorResponse,
    NotUpdateResponse, RealtimeTracking, RemotePlace, RemoteResponse, Tracking, TrackingKey,
    TrackingListResponse, TrackingResponse, TrackingStatus, TrackingSubstatus, TrackingWebhook,
    UpdateCarrier, UpdateCarrierResponse, UpdateMoreTracking, UpdateTracking,
    UpdateTrackingResponse, UserInfoResponse,
};

/// The open enums by the key of their values.
const OPEN: [Open; 4] = [
    ("status", |text| TrackingStatus::from(text).is_unknown()),
    ("checkpoint_status", |text| {
        TrackingStatus::from(text).is_unknown()
    }),
    ("substatus", |text| {
        TrackingSubstatus::from(text).is_unknown()
    }),
    ("type", |text| CarrierType::from(text).is_unknown()),
];

struct TrackingMore;

impl Published for TrackingMore {
    const PROVIDER: &'static str = "trackingmore";
    const ENDINGS: &'static [&'static str] = &[".json", ".txt"];
    const OPEN: &'static [Open] = &OPEN;
    // The type of `meta` is a string of its own.
    const RAW: &'static str = "meta";
    // Marks of elision inside of an object, and no fields.
    const EXPECTED: &'static [&'static str] = &[
        "webhook_v2_skeleton_thirdparty.json: data.destination_info....",
        "webhook_v2_skeleton_thirdparty.json: data.origin_info....",
    ];

    fn excerpt(text: &str) -> Value {
        completed(text).unwrap_or_default()
    }

    fn read(findings: &mut Findings<Self>, body: &Value) {
        let file = findings.file();
        let (name, _) = file.split_once('.').unwrap_or_default();
        match name {
            "aircargo_request_doc" => findings.read::<AirCargoRequest>(body),
            // The official SDK sends one plain string where the documentation has an array.
            "aircargo_request_sdk" => {
                let mut body = body.clone();
                body["track_number"] = json!([body["track_number"]]);
                findings.read::<AirCargoRequest>(&body);
            }
            "batch_create_request_sample" => findings.read::<Vec<BatchCreateTracking>>(body),
            "batch_create_response_2019" => findings.read::<BatchCreateResponse>(body),
            "carriers_detect_request_doc" => findings.read::<DetectCarrier>(body),
            "carriers_detect_response_doc" => findings.read::<DetectCarrierResponse>(body),
            "carriers_item_name_cn_2018" => findings.read::<Carrier>(body),
            "carriers_list_doc" | "carriers_sample_2020" => read_carriers(findings, body),
            "costtime_request_doc" | "costtime_request_sample" => {
                findings.read::<Vec<CostTimeRoute>>(body);
            }
            "create_request_sample" => findings.read::<CreateTracking>(body),
            "create_response_2017_readme" => findings.read::<CreatedTracking>(body),
            "delete_many_request_doc" | "notupdate_request_doc" => {
                findings.read::<Vec<TrackingKey>>(body);
            }
            "delete_many_response_doc" => findings.read::<DeleteTrackingsResponse>(body),
            "delete_single_response_doc" => findings.read::<DeleteTrackingResponse>(body),
            "error_4001_response_thirdparty" => findings.read::<ErrorResponse>(body),
            "getuserinfo_response_doc_repaired" | "getuserinfo_response_doc" => {
                findings.read::<UserInfoResponse>(body);
            }
            "list_get_response_doc_2015" => findings.read::<TrackingListResponse>(body),
            "notupdate_response_doc" => findings.read::<NotUpdateResponse>(body),
            "realtime_item_2019_yto" => findings.read::<Tracking>(body),
            "realtime_request_sample" => findings.read::<RealtimeTracking>(body),
            "remote_request_doc" | "remote_request_sample" => {
                findings.read::<Vec<RemotePlace>>(body);
            }
            "remote_response_doc" | "remote_response_doc_closed" => {
                findings.read::<RemoteResponse>(body);
            }
            "single_get_2015_ups_readme" | "single_get_item_2018_jnet" => {
                read_tracking(findings, body);
            }
            "single_get_response_doc_partial" => findings.read::<TrackingResponse>(body),
            "update_carrier_request_doc" => findings.read::<UpdateCarrier>(body),
            "update_carrier_response_doc" => findings.read::<UpdateCarrierResponse>(body),
            "update_put_request_doc" | "update_put_request_sample" => {
                findings.read::<UpdateTracking>(body);
            }
            "update_put_response_doc_partial" => findings.read::<UpdateTrackingResponse>(body),
            "updatemore_request_sample" => findings.read::<Vec<UpdateMoreTracking>>(body),
            "webhook_v2_skeleton_thirdparty" => findings.read::<TrackingWebhook>(body),
            // No body; the last test of this file computes it.
            "webhook_signature_vector" => findings.skip(),
            _ => findings.add_unknown_file(),
        }
    }
}

/// With or without the envelope.
fn read_carriers(findings: &mut Findings<TrackingMore>, body: &Value) {
    if body.is_array() {
        findings.read::<Vec<Carrier>>(body);
    } else {
        findings.read::<CarrierListResponse>(body);
    }
}

/// With or without the envelope.
fn read_tracking(findings: &mut Findings<TrackingMore>, body: &Value) {
    if body.get("meta").is_some() {
        findings.read::<TrackingResponse>(body);
    } else {
        findings.read::<Tracking>(body);
    }
}

/// Makes JSON of an excerpt: what was elided is taken out, a value that breaks off is dropped, and
/// what is open is closed.
fn completed(text: &str) -> Option<Value> {
    let text: String = text
        .lines()
        .filter(|line| line.trim() != "...")
        .collect::<Vec<_>>()
        .join("\n");
    // A signed telephone number, as the documentation prints it.
    let text = text.replace(": +", ": ");
    let text = match text.trim_start().starts_with('{') {
        true => text,
        false => format!("{{{text}"),
    };
    let mut end = text.len();
    loop {
        if let Ok(value) = serde_json::from_str(&closed(&text[..end])) {
            return Some(value);
        }
        end = text[..end].char_indices().next_back()?.0;
    }
}

/// The text with every open bracket closed, without commas and spaces before a closing one.
fn closed(text: &str) -> String {
    let mut result = String::new();
    let mut open = Vec::new();
    let mut is_text = false;
    let mut is_escaped = false;
    for letter in text.chars() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            '{' if !is_text => open.push('}'),
            '[' if !is_text => open.push(']'),
            '}' | ']' if !is_text => {
                without_comma(&mut result);
                // An elided list was never closed in the excerpt.
                while open.last().is_some_and(|wanted| *wanted != letter) {
                    result.extend(open.pop());
                }
                open.pop();
            }
            _ => {}
        }
        result.push(letter);
    }
    without_comma(&mut result);
    result.extend(open.into_iter().rev());
    result
}

fn without_comma(text: &mut String) {
    let kept = text.trim_end().trim_end_matches(',').len();
    text.truncate(kept);
}

#[test]
fn every_body_of_the_corpus_is_modelled() {
    every_body_is_modelled::<TrackingMore>();
}

#[test]
fn signature_vector_matches_and_printed_pair_does_not() {
    let Some(corpus) = Corpus::of("trackingmore") else {
        return;
    };

    let vector = corpus.json("webhook_signature_vector.json");
    let printed = corpus.json("webhook_v2_skeleton_thirdparty.json");

    // Whatever the keys of the vector are called, these three values are in it.
    let values: Vec<String> = vector
        .as_object()
        .unwrap()
        .values()
        .map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        })
        .collect();
    let email = values.iter().find(|value| is_address(value)).unwrap();
    let time = values.iter().find(|value| is_time(value)).unwrap();
    let signature = WebhookReceiver::new(email.as_str())
        .unwrap()
        .signature(time);
    assert!(values.contains(&signature), "{values:?}");
    let proof = &printed["verifyInfo"];
    let time = proof["timeStr"].to_string();
    let stranger = WebhookReceiver::new(email.as_str()).unwrap();
    assert_ne!(
        stranger.signature(time.trim_matches('"')),
        proof["signature"].as_str().unwrap()
    );
}

#[test]
fn excerpt_of_list_holds_what_its_repaired_form_holds() {
    let Some(corpus) = Corpus::of("trackingmore") else {
        return;
    };

    let excerpt = completed(&corpus.text("list_get_response_doc_2015.raw.txt")).unwrap();
    let repaired = corpus.json("list_get_response_doc_2015.json");

    assert_eq!(excerpt, repaired);
}

fn is_address(text: &str) -> bool {
    text.contains('@') && !text.contains(' ')
}

fn is_time(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn unknown_fields_and_values_would_be_found() {
    let tracking = json!({ "status": "teleported", "colour": "red" });
    let tracking = Findings::<TrackingMore>::of("single_get_item_2018_jnet.json", &tracking);
    let detection = json!({ "lang": "en" });
    let detection = Findings::<TrackingMore>::of("carriers_detect_request_doc.json", &detection);

    assert_eq!(
        tracking,
        [
            "single_get_item_2018_jnet.json: colour",
            "single_get_item_2018_jnet.json: status = teleported",
        ]
    );
    assert_eq!(detection.len(), 1, "{detection:?}");
}

#[test]
fn excerpts_are_read_as_far_as_they_are_json() {
    let cases = [
        (r#"{"a":1,"b":[{"c":"x"#, json!({ "a": 1, "b": [{}] })),
        (r#"{"a":[1,2,"#, json!({ "a": [1, 2] })),
        (
            "{\"o\":{\"a\":[1,\n...\n},\"b\":2}",
            json!({ "o": { "a": [1] }, "b": 2 }),
        ),
        (
            r#""a": {"p": +86, "q": 1}"#,
            json!({ "a": { "p": 86, "q": 1 } }),
        ),
    ];

    for (text, expected) in cases {
        assert_eq!(completed(text), Some(expected), "{text}");
    }
}
