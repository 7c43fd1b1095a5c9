//! `tracking webhook`: receive and explain webhooks, send test messages, send recorded ones again.

mod args;
mod explain;
mod line;
mod listen;
pub(crate) mod message;
mod outgoing;
mod record;
mod replay;
mod report;
mod sample;
mod send;
pub(crate) mod serve;

pub(crate) use args::WebhookArguments;
use args::WebhookCommand;

use crate::config::Environment;
use crate::exit::Exit;
use crate::problem;
use crate::render::json;
use crate::terminal;

/// Runs the command.
pub(crate) async fn run(arguments: &WebhookArguments, environment: Environment<'_>) -> Exit {
    let result = match &arguments.command {
        WebhookCommand::Listen(arguments) => listen::run(arguments, environment).await,
        WebhookCommand::Send(arguments) => send::run(arguments, environment).await,
        WebhookCommand::Replay(arguments) => replay::run(arguments).await,
    };
    let is_json = matches!(&arguments.command, WebhookCommand::Listen(it) if it.json);
    result.unwrap_or_else(|problems| {
        if is_json {
            // What is refused is on standard error too.
            let _ = terminal::print(&json::error_lines(&problems));
        }
        problem::report(&problems);
        Exit::Usage
    })
}
