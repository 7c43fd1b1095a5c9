//! The `tracking-sandbox` program: tracking APIs on loopback until it is interrupted.

use std::process::ExitCode;

use clap::Parser;
use tracking_sandbox::Sandbox;

/// Tracking APIs on 127.0.0.1, for programs in any language.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// Seed of all generated identifiers.
    #[arg(long)]
    seed: Option<u64>,

    /// Stop the clock of the sandbox until it is moved by `PUT /_sandbox/clock`.
    #[arg(long)]
    still: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut builder = Sandbox::builder().port(arguments.port);
    if let Some(seed) = arguments.seed {
        builder = builder.seed(seed);
    }
    if !arguments.still {
        builder = builder.running_clock();
    }
    let sandbox = match builder.start().await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("tracking-sandbox: {error}");
            return ExitCode::FAILURE;
        }
    };
    for provider in sandbox.providers() {
        println!("{} {}", provider.name, provider.base_url);
    }
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tracking-sandbox: cannot wait for an interrupt: {error}");
            ExitCode::FAILURE
        }
    }
}
