//! The `tracking` command: ask where a parcel is, or run the providers' APIs on this machine.

mod args;
mod calls;
mod change;
mod common;
mod config;
mod config_command;
mod couriers_command;
mod detect;
mod duration;
mod exit;
mod follow;
mod hint_options;
mod http_server;
mod input;
mod input_rule;
mod interruption;
mod list_command;
mod man_command;
mod pauses;
mod problem;
mod progress;
mod providers;
mod providers_command;
mod receiver;
mod register_command;
mod render;
mod sandbox_command;
mod select;
mod serve;
mod state;
mod statuses_command;
mod terminal;
mod track;
mod unmapped;
mod unregister_command;
mod waits;
mod watch;
mod webhook;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::args::{Arguments, Command};
use crate::exit::Exit;
use crate::problem::Problem;
use crate::render::json;

fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => {
            arguments.common.apply();
            run(&arguments.command)
        }
        Err(error) => refuse(&error),
    }
    .into()
}

fn run(command: &Command) -> Exit {
    // A value that is not Unicode counts as not set: a key with replacement characters is no key.
    let environment = |name: &str| std::env::var(name).ok();

    match command {
        Command::Track(arguments) => in_runtime(track::run(arguments, &environment)),
        Command::Watch(arguments) => in_runtime(watch::run(arguments, &environment)),
        Command::Follow(arguments) => in_runtime(follow::run(arguments, &environment)),
        Command::Serve(arguments) => in_runtime(serve::run(arguments, &environment)),
        Command::Webhook(arguments) => in_runtime(webhook::run(arguments, &environment)),
        Command::Detect(arguments) => in_runtime(detect::run(arguments, &environment)),
        Command::List(arguments) => in_runtime(list_command::run(arguments, &environment)),
        Command::Register(arguments) => in_runtime(register_command::run(arguments, &environment)),
        Command::Unregister(arguments) => {
            in_runtime(unregister_command::run(arguments, &environment))
        }
        Command::Couriers(arguments) => in_runtime(couriers_command::run(arguments, &environment)),
        Command::Statuses(arguments) => statuses_command::run(arguments),
        Command::Sandbox(arguments) => in_runtime(sandbox_command::run(arguments)),
        Command::Providers => providers_command::run(&environment),
        Command::Config(arguments) => config_command::run(arguments, &environment),
        Command::Completions { shell } => {
            let mut command = Arguments::command();
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut command, "tracking", &mut script);
            match terminal::print(&String::from_utf8_lossy(&script)) {
                Ok(()) => Exit::Success,
                Err(error) => {
                    problem::report([&problem::of_output(&error)]);
                    Exit::Usage
                }
            }
        }
        Command::Man(arguments) => man_command::run(arguments),
    }
}

fn in_runtime(work: impl Future<Output = Exit>) -> Exit {
    match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => {
            let problem = Problem::new("system", format!("cannot start threads: {error}"));
            problem::report([&problem]);
            Exit::Usage
        }
    }
}

/// Handles a command line that asks for help, or that is wrong. The library's exit code for the
/// latter is 2, which here means something else.
fn refuse(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        // Nothing is left to do if the help cannot be written.
        let _ = error.print();
        return Exit::Success;
    }

    let _ = error.print();
    if let Some(key) = args::json_key(std::env::args_os()) {
        let text = error.render().to_string();
        let message = text
            .lines()
            .map(str::trim)
            .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let message = message.trim_start_matches("error: ");
        let problem = Problem::new("usage", message);
        let _ = terminal::print(&match key {
            args::LINES => json::error_lines([&problem]),
            args::SHIPMENTS => json::document(&[], [&problem], 0),
            key => json::list::<()>(key, &[], &[problem]),
        });
    }
    Exit::Usage
}
