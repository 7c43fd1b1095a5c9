//! One event of a history, as the strings that are shown of it.

use tracking_core::{Event, Origin};

use crate::render::labels::detail_label;
use crate::render::style::{self, paint};
use crate::render::time;
use crate::terminal::clean;

/// One event, ready to be laid out.
pub(super) struct Row {
    pub(super) time: String,
    pub(super) label: &'static str,
    pub(super) color: anstyle::Style,
    pub(super) newest: bool,
    pub(super) text: String,
    pub(super) place: String,
}

impl Row {
    /// The event; `newest` marks the event that says where the parcel is now.
    pub(super) fn of(event: &Event, newest: bool) -> Self {
        let label = event.status.status.label();
        let mut text = event
            .description
            .as_deref()
            .map(|text| clean(text).into_owned())
            .or_else(|| event.status.detail.as_ref().map(detail_label))
            .filter(|text| !text.eq_ignore_ascii_case(label))
            .unwrap_or_default();
        if let Origin::Derived(field) = &event.origin {
            push_word(&mut text, &format!("(from {})", clean(field)));
        }
        if let Some(name) = &event.signed_by {
            push_word(&mut text, &format!("(signed by {})", clean(name)));
        }
        if event.retracted {
            push_word(&mut text, "(withdrawn)");
        }

        Self {
            time: event
                .time
                .as_ref()
                .map_or_else(|| "no time".to_owned(), time::even),
            label,
            color: style::status(&event.status),
            newest,
            text,
            place: event
                .location
                .as_deref()
                .map(|place| clean(place).into_owned())
                .unwrap_or_default(),
        }
    }

    /// The dot in front of it.
    pub(super) fn mark(&self) -> String {
        let mark = if self.newest { "●" } else { "○" };
        paint(self.color, mark)
    }
}

fn push_word(text: &mut String, word: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}
