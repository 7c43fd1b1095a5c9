//! Names of the model as words for people.

use tracking_core::{Detail, Reason};

use crate::terminal::clean;

/// `at_delivery_depot` as `At delivery depot`.
pub(crate) fn detail_label(detail: &Detail) -> String {
    spoken(detail.as_str())
}

/// `recipient.not_home` as `recipient: not home`; nothing for reasons that say nothing.
pub(crate) fn reason_label(reason: &Reason) -> Option<String> {
    let text = clean(reason.as_str()).replace('_', " ");

    match text.split_once('.') {
        Some((_, "unspecified")) => None,
        Some((group, rest)) => Some(format!("{group}: {rest}")),
        None => Some(text),
    }
}

fn spoken(name: &str) -> String {
    let text = clean(name).replace('_', " ");
    let mut letters = text.chars();

    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_labels() {
        assert_eq!(detail_label(&Detail::AtDeliveryDepot), "At delivery depot");
        assert_eq!(
            reason_label(&Reason::RecipientNotHome).as_deref(),
            Some("recipient: not home")
        );
        assert_eq!(reason_label(&Reason::Weather).as_deref(), Some("weather"));
    }

    #[test]
    fn unspecified_reason_has_no_label() {
        assert_eq!(reason_label(&Reason::OtherUnspecified), None);
    }
}
