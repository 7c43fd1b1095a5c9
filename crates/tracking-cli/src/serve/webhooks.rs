//! Webhooks in: each is checked, kept in the inbox of the store, and replied to.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use tracking_core::webhook::{WebhookReply, WebhookRequest};
use tracking_follow::Inbox;

use crate::webhook::message::Message;
use crate::webhook::serve::{Arrival, read, response};

/// Receives a message. Each proves where it is from by itself, so it needs no token of this server.
pub(super) async fn receive(State(inbox): State<Arc<Inbox>>, request: Request) -> Response {
    let arrival = read(request, inbox.max_body()).await;
    // It is kept although the sender hangs up.
    let handling = tokio::spawn(async move {
        match arrival {
            Arrival::Complete(message) => keep(&inbox, &message).await,
            Arrival::Incomplete(_) => {
                WebhookReply::new(408).with_text("The request came in part only.")
            }
        }
    });
    let reply = handling.await.unwrap_or(WebhookReply::new(503));
    response(&reply).map(Body::new).into_response()
}

async fn keep(inbox: &Inbox, message: &Message) -> WebhookReply {
    let request = WebhookRequest::new(&message.body, move |name: &str| message.header(name))
        .with_target(&message.method, &message.path);
    inbox.receive(request).await.reply
}
