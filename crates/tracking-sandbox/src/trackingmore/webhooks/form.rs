//! The forms in which a webhook body can arrive.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::signature::sign;
use crate::trackingmore::bodies::envelope::Meta;
use crate::trackingmore::bodies::php_json;
use crate::trackingmore::bodies::tracking::TrackingBody;

/// The secret that later versions sign with instead of the e-mail address.
pub(crate) const LATER_SECRET: &str = "whs-sandbox-0000-0000-000000000000";

/// What a webhook looks like. All but the first are what a receiver may get by mistake, from
/// third-party descriptions, or from a dashboard that is set to another version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookForm {
    /// Version 2 as documented.
    #[default]
    V2,
    /// Version 2 with characters before and after the JSON.
    V2WithJunk,
    /// Version 2 whose time of signing is a string.
    V2TextTime,
    /// Version 2 with `verifyInfo` inside `data`, as one third-party handler reads it.
    V2ProofInData,
    /// Version 2 without `verifyInfo`.
    V2Unsigned,
    /// Version 2 with a signature that another key made.
    V2WrongSignature,
    /// Version 3: other names, proof in `verify`.
    V3,
    /// Version 4: other names, proof in the headers `timestamp` and `signature`.
    V4,
}

/// Who signs, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signer<'a> {
    pub(crate) email: &'a str,
    /// Unix seconds.
    pub(crate) time: u64,
}

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
struct Version2<'a> {
    meta: Meta,
    data: Data<'a>,
    #[serde(rename = "verifyInfo")]
    proof: Option<Proof>,
}

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    tracking: &'a TrackingBody<'a>,
    #[serde(rename = "verifyInfo")]
    proof: Option<Proof>,
}

#[derive(Serialize)]
struct Proof {
    #[serde(rename = "timeStr")]
    time: Time,
    signature: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Time {
    Number(u64),
    String(String),
}

impl WebhookForm {
    /// The body, and headers that belong to the proof.
    pub(crate) fn write(
        self,
        tracking: &TrackingBody<'_>,
        signer: Signer<'_>,
    ) -> (HeaderMap, Bytes) {
        let mut headers = HeaderMap::new();
        let body = match self {
            Self::V3 => later(tracking, Version::Three, signer, &mut headers),
            Self::V4 => later(tracking, Version::Four, signer, &mut headers),
            _ => self.version_2(tracking, signer),
        };
        (headers, body.into())
    }

    fn version_2(self, tracking: &TrackingBody<'_>, signer: Signer<'_>) -> Vec<u8> {
        let time = signer.time.to_string();
        let key = if self == Self::V2WrongSignature {
            "somebody-else@sandbox.example"
        } else {
            signer.email
        };
        let signature = sign(key, &time);
        let time = if self == Self::V2TextTime {
            Time::String(time)
        } else {
            Time::Number(signer.time)
        };
        let proof = Proof { time, signature };
        let (inner, outer) = match self {
            Self::V2ProofInData => (Some(proof), None),
            Self::V2Unsigned => (None, None),
            _ => (None, Some(proof)),
        };
        let body = php_json::to_vec(&Version2 {
            meta: Meta::new(200),
            data: Data {
                tracking,
                proof: inner,
            },
            proof: outer,
        });
        if self == Self::V2WithJunk {
            return [b"\xef\xbb\xbf data=".as_slice(), &body, b";\r\n-- "].concat();
        }
        body
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    Three,
    Four,
}

/// The body of a later version. Only what differs from version 2 is played: the names of carrier,
/// status and dates, the envelope, and where the proof is.
fn later(
    tracking: &TrackingBody<'_>,
    version: Version,
    signer: Signer<'_>,
    headers: &mut HeaderMap,
) -> Vec<u8> {
    let mut data = serde_json::to_value(tracking).unwrap_or_default();
    rename(&mut data);
    let timestamp = signer.time.to_string();
    let signature = sign(LATER_SECRET, &timestamp);
    let body = match version {
        Version::Three => serde_json::json!({
            "code": 200,
            "message": "Success",
            "data": data,
            "verify": { "timestamp": signer.time, "signature": signature },
        }),
        Version::Four => {
            for (name, value) in [("timestamp", timestamp), ("signature", signature)] {
                if let Ok(value) = HeaderValue::from_str(&value) {
                    headers.insert(HeaderName::from_static(name), value);
                }
            }
            serde_json::json!({
                "meta": { "code": 200, "message": "Request response is successful" },
                "data": data,
            })
        }
    };
    php_json::to_vec(&body)
}

fn rename(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(rename),
        Value::Object(fields) => {
            let renamed: Map<String, Value> = std::mem::take(fields)
                .into_iter()
                .map(|(name, mut field)| {
                    rename(&mut field);
                    (later_name(name), field)
                })
                .collect();
            *fields = renamed;
        }
        _ => {}
    }
}

fn later_name(name: String) -> String {
    match name.as_str() {
        "carrier_code" => "courier_code".to_owned(),
        "status" => "delivery_status".to_owned(),
        "Date" => "checkpoint_date".to_owned(),
        _ => name,
    }
}
