//! A status with its colour and its name.

use maud::{Markup, html};
use tracking_core::{Status, StatusReport};

use crate::render::labels::{detail_label, reason_label};

/// The name of the colour in the style sheet. A colour never says more than the word beside it.
fn tone(status: &Status) -> &'static str {
    match status {
        Status::Delivered => "good",
        Status::OutForDelivery => "near",
        Status::PickedUp | Status::InTransit => "moving",
        Status::AvailableForPickup | Status::AttemptFailed | Status::Expired => "waiting",
        Status::Exception | Status::Returning | Status::Returned | Status::Cancelled => "bad",
        _ => "calm",
    }
}

/// A status as a badge.
pub(super) fn badge(status: &Status) -> Markup {
    html! { span.badge.(tone(status)) { (status.label()) } }
}

/// The finer meaning and the reason, if there are any.
pub(super) fn details(report: &StatusReport) -> Option<String> {
    let detail = report.detail.as_ref().map(detail_label);
    let reason = report.reason.as_ref().and_then(reason_label);
    let parts: Vec<String> = detail.into_iter().chain(reason).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// How far the parcel is, where its status is a part of the usual way.
pub(super) fn progress(status: &Status) -> Markup {
    const STEPS: [&str; 5] = [
        "Announced",
        "Picked up",
        "In transit",
        "Near the recipient",
        "Delivered",
    ];
    let on_its_way = !matches!(status, Status::Returning | Status::Returned);
    let phase = status.phase().filter(|it| *it >= 1 && on_its_way);
    html! {
        @if let Some(phase) = phase.map(usize::from) {
            ol.progress aria-label="Progress" {
                @for (place, name) in STEPS.iter().enumerate() {
                    li.done[place < phase]
                        aria-current=[(place + 1 == phase).then_some("step")] { (name) }
                }
            }
        }
    }
}
