//! `tracking webhook replay`: sends a recorded message again.

use serde_json::Value;
use tracking_core::UtcTime;
use trackingmore_sdk::webhook::DEFAULT_MAX_AGE;

use super::args::ReplayArguments;
use super::message::Message;
use super::outgoing::Receiver;
use super::send::report;
use crate::exit::Exit;
use crate::input::read_text;
use crate::problem::{self, Problem};
use crate::render::time;

pub(crate) async fn run(arguments: &ReplayArguments) -> Result<Exit, Vec<Problem>> {
    let input = |reason: String| {
        let message = format!("{}: {reason}", arguments.file.display());
        vec![Problem::new("input", message)]
    };
    let receiver = Receiver::new(&arguments.url).map_err(|problem| vec![problem])?;
    let text = read_text(&arguments.file).map_err(|error| input(error.to_string()))?;
    let message: Message = serde_json::from_str(&text).map_err(|error| {
        // Its own message may quote what is in the file.
        let (line, column) = (error.line(), error.column());
        input(format!(
            "this is no recorded message (line {line}, column {column})"
        ))
    })?;
    if let Some(signed_at) = signed_at(&message.body) {
        let age = UtcTime::now().since(signed_at).unwrap_or_default();
        if age > DEFAULT_MAX_AGE {
            problem::report_warning(&format!(
                "the message was signed at {}, and TrackingMore's signatures count for {} minutes: \
                 a receiver that checks them refuses it",
                time::second(signed_at),
                DEFAULT_MAX_AGE.as_secs() / 60
            ));
        }
    }
    let what = format!(
        "{} {} of {}, {} bytes",
        message.method,
        message.path_alone(),
        time::second(message.received_at),
        message.body.len()
    );
    report(&what, receiver.send(&message).await)
}

/// When a message of TrackingMore was signed: the only provider whose signatures have a time.
fn signed_at(body: &[u8]) -> Option<UtcTime> {
    let start = body.iter().position(|byte| *byte == b'{')?;
    let end = body.iter().rposition(|byte| *byte == b'}')?;
    let body: Value = serde_json::from_slice(body.get(start..=end)?).ok()?;
    let proof = body
        .get("verifyInfo")
        .or_else(|| body.pointer("/data/verifyInfo"));
    let seconds = match proof?.get("timeStr")? {
        Value::String(digits) => digits.trim().parse().ok()?,
        number => number.as_i64()?,
    };
    UtcTime::from_unix_seconds(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_of_a_signature_is_found_where_receivers_look() {
        let time = UtcTime::from_unix_seconds(1_500_000_000);
        for body in [
            r#"{"data":{},"verifyInfo":{"timeStr":1500000000}}"#,
            r#"x{"verifyInfo":{"timeStr":"1500000000"}}x"#,
            r#"{"data":{"verifyInfo":{"timeStr":"1500000000"}}}"#,
        ] {
            assert_eq!(signed_at(body.as_bytes()), time, "{body}");
        }
        for body in [
            "",
            "}{",
            "{}",
            r#"{"trackings":[]}"#,
            r#"{"verifyInfo":{"timeStr":"x"}}"#,
        ] {
            assert_eq!(signed_at(body.as_bytes()), None, "{body}");
        }
    }
}
