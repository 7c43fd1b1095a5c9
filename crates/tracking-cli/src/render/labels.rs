//! Names of the model as labels for people.

use std::fmt::Display;

use tracking_core::{Detail, Reason, Shipment, Target};

use crate::terminal::clean;

/// How many there are of something, such as `1 number` and `2 numbers`.
pub(crate) fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let plural = if count == N::from(1) { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The number of a shipment; the courier's name where it has none, as freight at 1concepts.
pub(crate) fn shipment_label(shipment: &Shipment) -> String {
    if !shipment.number.trim().is_empty() {
        return clean(&shipment.number).into_owned();
    }
    let courier = shipment.legs.iter().find_map(|leg| leg.courier.as_ref());
    match courier {
        Some(courier) => {
            let name = courier.name.as_ref().unwrap_or(&courier.code);
            format!("{} (no number)", clean(name))
        }
        None => "(no number)".to_owned(),
    }
}

/// The kind of a target, as the API, the page and `follow list` name it.
pub(crate) const fn target_kind(target: &Target) -> &'static str {
    match target {
        Target::Number(_) => "number",
        Target::Id(_) => "id",
        _ => "reference",
    }
}

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
