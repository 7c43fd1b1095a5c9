//! Bodies that a request type or a webhook cannot express.

use super::Findings;
use crate::spec::{RawOperation, Spec};
use crate::yaml::{Value, entries_of, flag};

/// The body of an operation: one media type, always sent.
pub(super) fn request(spec: &Spec, operation: &RawOperation<'_>, findings: &mut Findings) {
    let Some(body) = operation.value.get("requestBody") else {
        return;
    };
    let at = format!("{}.requestBody", operation.at);
    let body = spec.follow(body);
    if body.get("$ref").is_some() {
        // It leads nowhere, which the rule about references says.
        return;
    }
    let media: Vec<&str> = entries_of(body, "content")
        .map(|(media, _)| media)
        .collect();
    if media.is_empty() {
        findings.add(
            &at,
            "a body without `content` has no type",
            "Add its media type and schema.",
        );
    }
    if media.len() > 1 {
        findings.add(
            &at,
            format!(
                "the body has {} media types ({}), and a request type is sent in one",
                media.len(),
                media.join(", ")
            ),
            "Describe the form that is sent; name the others in the description.",
        );
    }
    if media.iter().any(|media| media.starts_with("multipart/")) {
        findings.add(
            &at,
            "multipart bodies are not generated",
            "Write this call by hand and leave `requestBody` out, or use another media type of the provider.",
        );
    }
    if flag(body, "required") == Some(false) {
        findings.add(
            &at,
            "an optional body: operations always send the one they have",
            "Write `required: true`, and make the properties of the body optional.",
        );
    }
}

/// A message that carries nothing gives nothing to read.
pub(super) fn webhook(spec: &Spec, webhook: &Value, at: &str, findings: &mut Findings) {
    let typed = webhook
        .get("requestBody")
        .map(|body| spec.follow(body))
        .is_some_and(|body| {
            entries_of(body, "content")
                .any(|(media, content)| media.contains("json") && content.get("schema").is_some())
        });
    if !typed {
        findings.add(
            at,
            "the webhook has no JSON body: there would be no type to read it with",
            "Add `requestBody` with the schema of the message.",
        );
    }
}
