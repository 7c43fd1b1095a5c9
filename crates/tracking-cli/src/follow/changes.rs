//! `tracking follow changes`: prints what changed.

use std::time::Duration;

use tokio::time::sleep;
use tracking_follow::{Store, StoreError};

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
        () = interruption.wait() => Ok(Exit::Success),
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
    let mut acknowledged = after;
    loop {
        let page = store.changes(after, PAGE).await;
        let page = unless_passing(page, options.follow)?.unwrap_or_default();
        if let Some(last) = page.last() {
            after = last.seq;
            let lines = page.iter().map(|record| text::change(record, json));
            terminal::write(&lines.collect::<String>())?;
        }
        // After it is printed: what is printed twice is better than what is never printed.
        if let Some(consumer) = consumer.as_ref().filter(|_| acknowledged < after) {
            let result = consumer.acknowledge(after).await;
            if unless_passing(result, options.follow)?.is_some() {
                acknowledged = after;
            }
        }
        if page.is_empty() {
            if !options.follow {
                return Ok(Exit::Success);
            }
            sleep(POLL).await;
        }
    }
}

/// Returns `None` for an error that may be over soon, if the program goes on until it is interrupted.
fn unless_passing<T>(
    result: Result<T, StoreError>,
    follows: bool,
) -> Result<Option<T>, StoreError> {
    match result {
        Err(error) if follows && error.is_transient() => Ok(None),
        result => result.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_error_ends_only_what_does_not_follow() {
        let busy = || Err::<(), _>(StoreError::from(sqlx::Error::PoolTimedOut));
        let broken = || Err::<(), _>(StoreError::from(sqlx::Error::RowNotFound));

        assert!(matches!(unless_passing(busy(), true), Ok(None)));
        assert!(unless_passing(busy(), false).is_err());
        assert!(unless_passing(broken(), true).is_err());
        assert!(matches!(unless_passing(Ok(7), true), Ok(Some(7))));
    }
}
