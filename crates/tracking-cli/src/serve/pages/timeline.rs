//! One shipment: what is known of it, and its history by legs.

use maud::{Markup, html};
use tracking_core::{Event, Leg, LegRole, Origin, Shipment};

use super::links::safe;
use super::{status, when};
use crate::render::labels::{detail_label, shipment_label};
use crate::render::timeline::{facts, notes};
use crate::terminal::clean;

/// A shipment as a part of a page.
pub(super) fn shipment(shipment: &Shipment, provider: &str, is_one_of_several: bool) -> Markup {
    let facts = facts::of(shipment, provider);
    let notes = notes::of(shipment, provider);
    html! {
        section.card aria-label={ "Shipment " (shipment_label(shipment)) } {
            h2 { @if is_one_of_several { (shipment_label(shipment)) } @else { "Journey" } }
            p.state {
                (status::badge(&shipment.status.status))
                @if let Some(details) = status::details(&shipment.status) { " " span { (details) } }
            }
            (status::progress(&shipment.status.status))
            @if !facts.is_empty() { ul.facts { @for fact in &facts { li { (fact) } } } }
            @if let Some(link) = shipment.tracking_url.as_deref().and_then(safe) {
                p { a href=(link) rel="noopener noreferrer external" { "The courier's page" } }
            }
            @if !notes.is_empty() { ul.notes { @for note in &notes { li { (note) } } } }
            (legs(shipment))
        }
    }
}

/// The newest leg first, and of each leg the newest event.
fn legs(shipment: &Shipment) -> Markup {
    let mut legs: Vec<&Leg> = shipment.legs.iter().collect();
    legs.sort_by_key(|leg| match leg.role {
        LegRole::Origin => 2,
        LegRole::Destination => 0,
        _ => 1,
    });
    let newest = shipment.last_event();
    html! {
        @for leg in legs {
            section.leg {
                @if let Some(title) = leg_title(leg, shipment) { h3 { (title) } }
                @if leg.events.is_empty() {
                    p.faint { "No events so far." }
                } @else {
                    ol.events reversed {
                        @for event in leg.events.iter().rev() {
                            (self::event(event, newest.is_some_and(|it| std::ptr::eq(it, event))))
                        }
                    }
                }
            }
        }
        @if shipment.legs.is_empty() { p.faint { "No events so far." } }
    }
}

fn leg_title(leg: &Leg, shipment: &Shipment) -> Option<Markup> {
    let number = leg.number.as_ref().filter(|it| **it != shipment.number);
    if leg.courier.is_none() && number.is_none() && shipment.legs.len() < 2 {
        return None;
    }
    Some(html! {
        @match &leg.courier {
            Some(courier) => {
                (clean(courier.name.as_deref().unwrap_or(&courier.code)))
                @if courier.name.is_some() { " " small.faint { (clean(&courier.code)) } }
            }
            None => { "Unknown courier" }
        }
        @if let Some(number) = number { " " span.number { (clean(number)) } }
    })
}

fn event(event: &Event, is_newest: bool) -> Markup {
    let label = event.status.status.label();
    let text = match &event.description {
        Some(text) => Some(clean(text).into_owned()),
        None => event.status.detail.as_ref().map(detail_label),
    };
    let text = text.filter(|it| !it.eq_ignore_ascii_case(label));
    html! {
        li.newest[is_newest].withdrawn[event.retracted] {
            div.time { (when::given(event.time.as_ref())) }
            div {
                p {
                    (status::badge(&event.status.status))
                    @if let Some(text) = text { " " bdi.text { (text) } }
                }
                @if let Some(place) = &event.location { p.faint { bdi { (clean(place)) } } }
                @if let Some(name) = &event.signed_by { p.faint { "Signed by " bdi { (clean(name)) } } }
                @if let Origin::Derived(field) = &event.origin { p.faint { "Follows from " (clean(field)) } }
                @if event.retracted { p.flag { "Withdrawn by the courier" } }
                @for earlier in &event.revisions {
                    p.faint {
                        "Said before: "
                        @if let Some(text) = &earlier.description { del { bdi { (clean(text)) } } " " }
                        @if let Some(place) = &earlier.location { del { bdi { (clean(place)) } } " " }
                        @if let Some(time) = &earlier.time { del { (when::given(Some(time))) } }
                    }
                }
            }
        }
    }
}
