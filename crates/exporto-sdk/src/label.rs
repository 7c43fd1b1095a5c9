//! The document of a label.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use tracking_http::Error;

use crate::Label;
use crate::error::NAME;

/// Standard base64; some encoders leave the padding out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Refuses a response that holds nothing of a label, since it would look like one that was printed.
pub(crate) fn check_is_label(label: &Label) -> Result<(), Error> {
    if *label == Label::default() {
        let reason =
            "the response holds nothing of a label, which may exist at the carrier all the same";
        return Err(Error::decode("", reason));
    }
    Ok(())
}

impl Label {
    /// Decodes the document, which is typically a PDF. Line breaks and spaces in the base64 are skipped.
    ///
    /// The text as it came stays in [`label`](Self::label).
    ///
    /// # Errors
    ///
    /// [`Decode`](crate::ErrorKind::Decode) when there is no document, or its text is not base64. The
    /// label exists at the carrier all the same: do not create it again.
    pub fn pdf(&self) -> Result<Vec<u8>, Error> {
        let fault = |reason| Error::decode("label", reason).with_provider(NAME);
        let text: String = self
            .label
            .as_deref()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        if text.is_empty() {
            return Err(fault("the response holds no document"));
        }
        BASE64
            .decode(text)
            .map_err(|error| fault("the document is not base64").with_source(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Label {
        Label {
            label: Some(text.to_owned()),
            ..Label::default()
        }
    }

    #[test]
    fn line_breaks_spaces_and_missing_padding_are_accepted() {
        for text in [
            "JVBERi0xLjQ=",
            "JVBERi0xLjQ",
            "JVBE\r\nRi0x\nLjQ=\n",
            "  JVBE Ri0xLjQ=",
        ] {
            assert_eq!(label(text).pdf().unwrap(), b"%PDF-1.4", "{text:?}");
        }
    }

    #[test]
    fn bad_document_returns_error_without_its_content() {
        for text in ["", " \n", "not-a-document", "JVBE*"] {
            let error = label(text).pdf().unwrap_err();

            assert_eq!(error.path(), Some("label"), "{text:?}");
            assert!(!error.to_string().contains("not-a-document"), "{error}");
        }
        assert!(Label::default().pdf().is_err());
    }

    #[test]
    fn document_is_not_printed() {
        assert!(!format!("{:?}", label("JVBERi0xLjQ=")).contains("JVBE"));
    }
}
