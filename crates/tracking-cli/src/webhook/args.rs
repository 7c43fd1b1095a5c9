//! The command line of `tracking webhook`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::sample::Event;

const HELP: &str = "\
Secrets come from the environment or the configuration file, as keys do; `tracking providers` lists them.

Examples:
  tracking webhook listen --port 8080 --record messages
  tracking webhook send ship24 http://127.0.0.1:8080/webhooks/ship24
  tracking webhook replay messages/2026-03-02T090000Z-ship24-0001.json http://127.0.0.1:8080

Exit codes:
  0  the message was received; listening was stopped, or the reader of its output has seen enough
  1  the command line, the environment or the configuration is wrong; nothing was sent
  2  the message was not received";

/// Options of `tracking webhook`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct WebhookArguments {
    #[command(subcommand)]
    pub(crate) command: WebhookCommand,
}

/// What to do with webhooks.
#[derive(Debug, Subcommand)]
pub(crate) enum WebhookCommand {
    /// Receive webhooks on a port, check each, and say what it is
    Listen(ListenArguments),
    /// Send a signed test message of a provider, and say what the receiver replied
    Send(SendArguments),
    /// Send a recorded message again, byte for byte, and say what the receiver replied
    Replay(ReplayArguments),
}

/// Options of `tracking webhook listen`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct ListenArguments {
    /// The port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 0, value_name = "PORT")]
    pub(crate) port: u16,

    /// The address to listen on; other machines reach any other than this default
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub(crate) host: IpAddr,

    /// Receive for this provider or account only; repeatable [default: every one that is configured]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,

    /// Print one JSON object per message and line
    #[arg(long)]
    pub(crate) json: bool,

    /// Keep each message as it came, in a file of its own in this folder, for `replay`
    ///
    /// Messages hold names, addresses and secrets, so only you can read the files.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) record: Option<PathBuf>,
}

/// Options of `tracking webhook send`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct SendArguments {
    /// The provider or the account whose message to send
    #[arg(value_name = "PROVIDER")]
    pub(crate) provider: String,

    /// Where to send it: https, or a port of this machine
    #[arg(value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) url: String,

    /// What happened to the parcel, such as `out_for_delivery`, `attempt_failed` or `customs_held`; Ship24
    /// sends messages of a `proof_of_delivery` too
    #[arg(long, value_name = "EVENT", default_value = "delivered", value_parser = Event::from_name)]
    pub(crate) event: Event,

    /// The tracking number that the message is about
    #[arg(long, value_name = "NUMBER", default_value = "TESTMESSAGE01")]
    pub(crate) number: String,
}

/// Options of `tracking webhook replay`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct ReplayArguments {
    /// A file of `listen --record`
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,

    /// Where to send it: https, or a port of this machine; without a path, to the path that it came to
    #[arg(value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) url: String,
}
