//! `tracking follow consumers`: who is given the changes.

use tracking_follow::{Store, WebhookTarget};

use super::args::ConsumersTask;
use super::{Failure, PAGE, text};
use crate::config::Environment;
use crate::exit::Exit;
use crate::problem::Problem;
use crate::receiver;
use crate::terminal;

pub(super) async fn run(
    task: &ConsumersTask,
    address: &str,
    json: bool,
    environment: Environment<'_>,
) -> Result<Exit, Failure> {
    let (done, noun, count) = match task {
        ConsumersTask::Add { name, url } => {
            // Everything that can be wrong, before a store is made.
            let target = target(url, environment).map_err(|it| Failure::Problems(vec![it]))?;
            let store = Store::open(address).await?;
            store.add_webhook(name, &target).await?;
            ("added", "consumer", 1)
        }
        ConsumersTask::List => {
            let consumers = Store::open(address).await?.consumers().await?;
            let lines = consumers.iter().map(|it| text::consumer(it, json));
            terminal::write(&lines.collect::<String>())?;
            return Ok(Exit::Success);
        }
        ConsumersTask::Undelivered { name } => return undelivered(name, address, json).await,
        ConsumersTask::Retry { name, change } => {
            let store = Store::open(address).await?;
            let resent = store.resend(name, *change).await?;
            if change.is_some() {
                ("retried", "change", resent)
            } else {
                let enabled = store.enable_consumer(name).await?;
                ("retried", "consumer", u64::from(enabled))
            }
        }
        ConsumersTask::Remove { name } => {
            let removed = Store::open(address).await?.remove_consumer(name).await?;
            ("removed", "consumer", u64::from(removed))
        }
    };
    terminal::write(&text::counted(done, noun, count, json))?;
    Ok(if count == 0 {
        Exit::NothingFound
    } else {
        Exit::Success
    })
}

async fn undelivered(name: &str, address: &str, json: bool) -> Result<Exit, Failure> {
    let store = Store::open(address).await?;
    let mut after = 0;
    loop {
        let page = store.dead_letters(name, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(Exit::Success);
        };
        after = last.seq;
        let lines = page.iter().map(|letter| text::letter(letter, json));
        terminal::write(&lines.collect::<String>())?;
    }
}

fn target(url: &str, environment: Environment<'_>) -> Result<WebhookTarget, Problem> {
    let secret = receiver::secret(environment)?;
    WebhookTarget::new(url, secret).map_err(|error| {
        let reason = error.message().unwrap_or("it is not valid").to_owned();
        Problem::new("usage", format!("the URL cannot be used: {reason}"))
    })
}
