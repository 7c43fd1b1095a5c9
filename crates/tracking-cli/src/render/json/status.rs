//! A status in the JSON document.

use serde::Serialize;
use tracking_core::{Detail, Origin, RawStatus, Reason, StatusReport};

/// The four axes of a status, spread into the object that has it.
#[derive(Serialize)]
pub(super) struct StatusView<'a> {
    status: &'static str,
    detail: Option<&'a str>,
    reason: Option<&'a str>,
    precision: &'static str,
    /// The field that the status was concluded from; null if the provider reported it.
    derived_from: Option<&'a str>,
    raw: RawView<'a>,
}

impl<'a> StatusView<'a> {
    /// The view of a report.
    pub(super) fn of(report: &'a StatusReport) -> Self {
        Self {
            status: report.status.as_str(),
            detail: report.detail.as_ref().map(Detail::as_str),
            reason: report.reason.as_ref().map(Reason::as_str),
            precision: report.precision.as_str(),
            derived_from: derived_from(&report.origin),
            raw: RawView::of(&report.raw),
        }
    }
}

/// The provider's own words.
#[derive(Serialize)]
struct RawView<'a> {
    main: Option<&'a str>,
    fine: Option<&'a str>,
    category: Option<&'a str>,
    text: Option<&'a str>,
}

impl<'a> RawView<'a> {
    fn of(raw: &'a RawStatus) -> Self {
        Self {
            main: raw.main.as_deref(),
            fine: raw.fine.as_deref(),
            category: raw.category.as_deref(),
            text: raw.text.as_deref(),
        }
    }
}

fn derived_from(origin: &Origin) -> Option<&str> {
    match origin {
        Origin::Derived(field) => Some(field),
        _ => None,
    }
}
