//! `tracking sandbox`: the providers' APIs on this machine, until interrupted.

use std::fmt::Write;

use tracking_sandbox::Sandbox;

use crate::args::SandboxArguments;
use crate::config::Settings;
use crate::exit::Exit;
use crate::interruption::Interruption;
use crate::problem::{self, Problem};
use crate::providers::{self, Entry};
use crate::terminal;

/// The header that proves the notifications of GCL: there is none until an account sets one.
const GCL_HEADER: (&str, &str) = ("x-sandbox-secret", "sandbox-gcl-notifications");

/// Starts the sandbox, says where it is, and waits for the end.
pub(crate) async fn run(arguments: &SandboxArguments) -> Exit {
    let mut builder = Sandbox::builder().port(arguments.port);
    if !arguments.still {
        builder = builder.running_clock();
    }
    if let Some(seed) = arguments.seed {
        builder = builder.seed(seed);
    }
    let sandbox = match builder.start().await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            let problem = Problem::new("configuration", error.to_string());
            problem::report([&problem]);
            return Exit::Usage;
        }
    };

    set_gcl_header(&sandbox);

    // Listening starts before the address is known, so that whoever waits for the address can
    // end the program properly at once.
    let interruption = Interruption::listen();
    if let Err(error) = terminal::print(&addresses(&sandbox)) {
        problem::report([&problem::of_output(&error)]);
        return Exit::Usage;
    }
    terminal::warn(&advice(&sandbox));
    interruption.wait().await;
    Exit::Success
}

/// Lets GCL prove its notifications.
pub(crate) fn set_gcl_header(sandbox: &Sandbox) {
    let (name, value) = GCL_HEADER;
    // The name and the value are those of a header.
    let _ = sandbox
        .gcl()
        .configure(|settings| settings.webhooks.headers.insert(name, value));
}

/// One line per provider, for people and for programs: the name and the base URL.
fn addresses(sandbox: &Sandbox) -> String {
    sandbox
        .providers()
        .iter()
        .map(|provider| format!("{} {}\n", provider.name, provider.base_url))
        .collect()
}

/// How to use it, as lines that a shell understands.
fn advice(sandbox: &Sandbox) -> String {
    let mut text = String::from("# The sandbox runs until Ctrl-C. To use it from another shell:\n");

    for entry in providers::ALL {
        text.push_str(&exports(entry, &(entry.sandbox)(sandbox)));
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "tracking track {}", Sandbox::DEMO_NUMBER);
    text
}

fn exports(entry: &Entry, settings: &Settings) -> String {
    entry
        .settings
        .iter()
        .filter_map(|setting| Some((setting.variable, settings.get(setting.name)?)))
        .map(|(variable, value)| format!("export {variable}={value}\n"))
        .collect()
}
