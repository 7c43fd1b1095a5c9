//! A label on the wire: the base64 of a page that shows nothing but its number.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::exporto::label_methods::LabelMethod;

/// Where MIME breaks the lines of base64.
const LINE: usize = 76;

#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LabelBody {
    label: String,
    tracking_code: String,
    carrier_name: Option<&'static str>,
    tracking_url: Option<String>,
}

impl LabelBody {
    pub(crate) fn new(tracking_code: String, method: LabelMethod, wrapped: bool) -> Self {
        Self {
            label: encoded(&tracking_code, wrapped),
            carrier_name: method.names_carrier.then_some(method.carrier_name),
            tracking_url: method
                .names_carrier
                .then(|| format!("https://follow.example/{tracking_code}")),
            tracking_code,
        }
    }
}

/// A PDF page with nothing on it but its number.
fn encoded(tracking_code: &str, wrapped: bool) -> String {
    let pdf = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]>>endobj\n\
         trailer<</Root 1 0 R/Info<</Title({tracking_code})>>>>\n%%EOF\n"
    );
    let base64 = STANDARD.encode(pdf);
    if !wrapped {
        return base64;
    }
    let mut lines = String::with_capacity(base64.len() + base64.len() / LINE * 2);
    for (position, letter) in base64.chars().enumerate() {
        if position > 0 && position % LINE == 0 {
            lines.push_str("\r\n");
        }
        lines.push(letter);
    }
    lines
}
