//! `tracking follow inbox`: webhook messages of providers.

use tracking_follow::{MessageId, MessageState, Store};

use super::args::InboxTask;
use super::{Failure, PAGE, text};
use crate::exit::Exit;
use crate::terminal;

pub(super) async fn run(task: &InboxTask, store: &Store, json: bool) -> Result<Exit, Failure> {
    match task {
        InboxTask::List { waiting } => {
            let state = if *waiting {
                MessageState::Waiting
            } else {
                MessageState::Aside
            };
            list(store, state, json).await
        }
        InboxTask::Retry { ids } => {
            let mut retried = 0;
            for id in ids {
                retried += u64::from(store.retry_message(MessageId::new(*id)).await?);
            }
            if ids.is_empty() {
                retried = store.retry_messages().await?;
            }
            terminal::write(&text::counted("retried", "message", retried, json))?;
            Ok(if retried == 0 {
                Exit::NothingFound
            } else {
                Exit::Success
            })
        }
    }
}

async fn list(store: &Store, state: MessageState, json: bool) -> Result<Exit, Failure> {
    let mut last = None;
    loop {
        let page = store.messages(state, last, PAGE).await?;
        let Some(end) = page.last() else {
            return Ok(Exit::Success);
        };
        last = Some(end.id);
        let lines = page.iter().map(|message| text::message(message, json));
        terminal::write(&lines.collect::<String>())?;
    }
}
