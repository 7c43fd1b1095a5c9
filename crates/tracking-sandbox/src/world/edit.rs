//! What a courier changes about a scan that it has reported.

use serde::Deserialize;

use super::scan::{ScanTime, Step, TimeShape};

/// New values of a scan; what is not set stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[must_use = "an edit does nothing until it is given to a sandbox"]
pub struct ScanEdit {
    pub(crate) step: Option<Step>,
    pub(crate) time: Option<ScanTime>,
    pub(crate) shape: Option<TimeShape>,
    pub(crate) offset_minutes: Option<i32>,
    pub(crate) text: Option<String>,
    pub(crate) place: Option<String>,
}

impl ScanEdit {
    /// An edit that changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another meaning, and so another code. A description that the scan has from its step changes with it.
    pub fn step(mut self, step: Step) -> Self {
        self.step = Some(step);
        self
    }

    /// Another time, counted from the time of the edit where it is relative.
    pub fn time(mut self, time: ScanTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Another form of the time.
    pub fn shape(mut self, shape: TimeShape) -> Self {
        self.shape = Some(shape);
        self
    }

    /// Another offset of the place from UTC, in minutes.
    pub fn offset_minutes(mut self, minutes: i32) -> Self {
        self.offset_minutes = Some(minutes);
        self
    }

    /// Another text.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Another place.
    pub fn place(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}
