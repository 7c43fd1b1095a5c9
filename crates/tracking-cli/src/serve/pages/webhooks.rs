//! The inbox: webhooks that wait, and those that cannot be processed.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use tracking_core::UtcTime;
use tracking_follow::{InboxMessage, MessageState};

use super::layout::{self, Place};
use super::{Failure, ROWS, shown, when};
use crate::serve::desk::Desk;
use crate::terminal::clean;

pub(super) async fn page(State(desk): State<Desk>) -> Result<Response, Failure> {
    let (counts, aside, waiting, now) = tokio::join!(
        desk.store.message_counts(),
        desk.store.messages(MessageState::Aside, None, ROWS),
        desk.store.messages(MessageState::Waiting, None, ROWS),
        desk.store.time(),
    );
    let (counts, aside, waiting, now) = (counts?, aside?, waiting?, now?);
    let addresses: Vec<_> = desk
        .accounts
        .iter()
        .filter(|it| it.entry.capabilities.webhook.is_some())
        .map(|it| (it.title(), desk.inbox.path_of(&it.name)))
        .collect();
    let content = html! {
        h1 { "Webhooks" }
        p.lead {
            "A message is checked and kept before it is replied to. Then a worker makes the parcels due that it names."
        }
        dl.figures.wide {
            div { dt { "Waiting" } dd { (counts.waiting) } }
            div { dt { "Set aside" } dd { (counts.aside) } }
        }
        @if !waiting.is_empty() {
            h2 { "Waiting" }
            (table(&desk, "Messages that wait, the oldest first", &waiting, now))
        }
        @if !aside.is_empty() {
            h2 { "Set aside" }
            p.lead { "They cannot be processed. " code { "tracking follow inbox retry" } " tries again." }
            (table(&desk, "Messages that are set aside, the oldest first", &aside, now))
        }
        section.card aria-labelledby="addresses" {
            h2 #addresses { "Addresses" }
            @if addresses.is_empty() {
                p.faint { "No account that can send webhooks is configured here." }
            } @else {
                dl.facts { @for (title, path) in &addresses { div { dt { (title) } dd { code { (path) } } } } }
            }
        }
    };
    Ok(shown(&layout::page(
        "Webhooks",
        Some(Place::Webhooks),
        &content,
    )))
}

fn table(desk: &Desk, caption: &str, messages: &[InboxMessage], now: UtcTime) -> Markup {
    html! {
        div.sheet {
            table.board.inbox {
                caption.hidden { (caption) }
                thead {
                    tr {
                        th scope="col" { "No." }
                        th scope="col" { "Account" }
                        th scope="col" { "Problem" }
                        th scope="col" { "Tried" }
                        th scope="col" { "Size" }
                        th scope="col" { "Received" }
                    }
                }
                tbody {
                    @for message in messages {
                        tr {
                            th scope="row" { span.faint { "#" (message.id) } }
                            td data-label="Account" { (clean(desk.title(&message.account))) }
                            td data-label="Problem" {
                                @if let Some(problem) = &message.problem { (clean(problem)) } @else { span.faint { "none" } }
                            }
                            td data-label="Tried" { (message.attempts) "×" }
                            td data-label="Size" { (message.bytes) " bytes" }
                            td data-label="Received" { (when::relative(message.received_at, now)) }
                        }
                    }
                }
            }
        }
    }
}
