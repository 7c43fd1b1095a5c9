//! Changes for people.

use std::borrow::Cow;

use tracking_core::{Shipment, UtcTime};

use super::item::Item;
use crate::render::labels::shipment_label;
use crate::render::style::{self, paint};
use crate::render::time;
use crate::render::wrap::wrapped_hanging;
use crate::terminal::clean;

/// The changes of all looks, in the order of their numbers, with a line for each shipment in front.
pub(crate) fn render(
    items: &[&Item],
    title: &dyn Fn(&str) -> String,
    width: Option<usize>,
) -> String {
    items
        .chunk_by(|one, other| one.look == other.look)
        .map(|look| of_look(look, title, width))
        .collect()
}

fn of_look(items: &[&Item], title: &dyn Fn(&str) -> String, width: Option<usize>) -> String {
    let Some(first) = items.first() else {
        return String::new();
    };
    let number = clean(&first.number);
    let mut text = format!(
        "{}{}\n",
        paint(
            style::STRONG,
            &format!("{number} at {}", title(&first.account))
        ),
        paint(style::FAINT, &format!(" · {}", minute(first.time)))
    );
    let headline = first.headline.as_deref().map(clean);
    if let Some(headline) = &headline {
        line(&mut text, "● ", headline, width);
    }
    for item in items {
        let change = item.text();
        let change = clean(&change);
        // The headline says it already.
        let is_headline = headline
            .as_deref()
            .is_some_and(|headline| change.strip_prefix("new: ") == Some(headline));
        if !is_headline {
            line(&mut text, "  ", &change, width);
        }
    }
    text
}

fn line(text: &mut String, mark: &str, content: &str, width: Option<usize>) {
    let line = format!("  {mark}{content}");
    for part in wrapped_hanging(&line, width, "      ") {
        text.push_str(&part);
        text.push('\n');
    }
}

/// `2026-03-02 09:00Z`.
fn minute(time: UtcTime) -> String {
    let text = time.to_string();
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute}Z"),
        _ => text,
    }
}

/// What was found at the first look.
pub(crate) fn first(shipment: &Shipment, title: &str) -> String {
    let mut text = format!(
        "watching: {} at {title}: {}",
        shipment_label(shipment),
        shipment.status.status.label()
    );
    if let Some(event) = shipment.last_event() {
        let time = event.time.as_ref().map(time::even);
        let place = event.location.as_deref().map(clean);
        for part in [time, place.map(Cow::into_owned)].into_iter().flatten() {
            text.push_str(" · ");
            text.push_str(&part);
        }
    }
    text.push('\n');
    text
}
