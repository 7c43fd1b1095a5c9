//! `tracking webhook send`: sends a signed test message of a provider.

use tracking_core::Target;

use super::args::SendArguments;
use super::outgoing::{Receiver, Reply};
use super::sample;
use crate::config::Environment;
use crate::exit::Exit;
use crate::problem::{self, Problem};
use crate::select;
use crate::terminal::{self, clean};
use crate::track::plan;

pub(crate) async fn run(
    arguments: &SendArguments,
    environment: Environment<'_>,
) -> Result<Exit, Vec<Problem>> {
    let one = |problem| vec![problem];
    let receiver = Receiver::new(&arguments.url).map_err(one)?;
    let (account, settings) = select::find(&arguments.provider, environment)?;
    if account.entry.capabilities.webhook.is_none() {
        let message = format!("{} sends no webhooks", account.title());
        return Err(vec![
            Problem::new("unsupported", message).of_provider(account.name),
        ]);
    }
    let number = arguments.number.trim();
    let target = Target::Number(number.to_owned());
    if let Err(message) = plan::check(account.entry, &target) {
        return Err(vec![Problem::new("usage", message).of_number(number)]);
    }
    let message = sample::message(&account, &settings, number, arguments.event).await?;
    let what = format!(
        "{} of {} about {number}: {}",
        message.method,
        account.title(),
        arguments.event.name(),
    );
    report(&what, receiver.send(&message).await)
}

/// Prints what was sent and what came of it.
pub(super) fn report(what: &str, result: Result<Reply, String>) -> Result<Exit, Vec<Problem>> {
    let what = clean(what);
    let reply = match result {
        Ok(reply) => reply,
        Err(reason) => {
            let message = format!("{what}: not received: {reason}");
            problem::report([&Problem::new("webhook", message)]);
            return Ok(Exit::SomeFailed);
        }
    };
    let (verdict, exit) = if reply.status.is_success() {
        ("received", Exit::Success)
    } else {
        ("not received", Exit::SomeFailed)
    };
    terminal::print(&format!("{what}\n{verdict}: {}\n", reply.text))
        .map_err(|error| vec![problem::of_output(&error)])?;
    Ok(exit)
}
