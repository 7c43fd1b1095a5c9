//! `tracking follow changes`: prints what changed.

use std::time::Duration;

use tokio::time::sleep;
use tracking_follow::Store;

use super::args::ChangesArguments;
use super::{Failure, PAGE, text};
use crate::exit::Exit;
use crate::interruption::Interruption;
use crate::terminal;

/// How often `--follow` looks for new changes.
const POLL: Duration = Duration::from_secs(1);

pub(super) async fn run(
    options: &ChangesArguments,
    store: &Store,
    json: bool,
) -> Result<Exit, Failure> {
    if !options.follow {
        return print(options, store, json).await;
    }
    let interruption = Interruption::listen();
    tokio::select! {
        result = print(options, store, json) => result,
        () = interruption.wait() => Ok(Exit::Interrupted),
    }
}

async fn print(options: &ChangesArguments, store: &Store, json: bool) -> Result<Exit, Failure> {
    let consumer = match &options.consumer {
        Some(name) => Some(store.consumer(name).await?),
        None => None,
    };
    let mut after = match &consumer {
        Some(consumer) => consumer.position().await?,
        None => options.after,
    };
    loop {
        let page = match store.changes(after, PAGE).await {
            Err(error) if error.is_transient() && options.follow => Vec::new(),
            page => page?,
        };
        let Some(last) = page.last() else {
            if !options.follow {
                return Ok(Exit::Success);
            }
            sleep(POLL).await;
            continue;
        };
        after = last.seq;
        let lines = page.iter().map(|record| text::change(record, json));
        terminal::write(&lines.collect::<String>())?;
        // After it is printed: what is printed twice is better than what is never printed.
        if let Some(consumer) = &consumer {
            consumer.acknowledge(after).await?;
        }
    }
}
