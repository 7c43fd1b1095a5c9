//! The command line: commands, options and the checks that need nothing but the text itself.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::common::CommonArguments;
use crate::config_command::ConfigArguments;
use crate::couriers_command::CouriersArguments;
use crate::follow::FollowArguments;
use crate::list_command::ListArguments;
use crate::register_command::RegisterArguments;
use crate::serve::ServeArguments;
use crate::statuses_command::StatusesArguments;
use crate::track::TrackArguments;
use crate::unregister_command::UnregisterArguments;
use crate::watch::WatchArguments;
use crate::webhook::WebhookArguments;

macro_rules! exit_codes {
    () => {
        "\
Exit codes:
  0  everything was found
  1  the command line, the environment or the configuration is wrong; nothing was sent
  2  a lookup failed, or only a part of the parcels was found
  3  every lookup succeeded, and no parcel was found
  130  interrupted; what was known by then is printed"
    };
}
pub(crate) use exit_codes;

const MAN_HELP: &str = "\
Examples:
  tracking man | man -l -
  tracking man --folder ~/.local/share/man/man1";

const DETECT_HELP: &str = concat!(
    "\
Asks the providers that detect couriers, which may charge for each question; with --offline it
compares the number with the public formats of couriers and asks nobody. Digits alone fit many
couriers, and a check digit may be right by chance: then none of the candidates is sure.

The code of a courier, of the first one unless you know better, is what `tracking track --courier`
takes, at the same provider.

Examples:
  tracking detect -p trackingmore RB473128508SG
  tracking detect --offline RB473128508SG 1Z12345E0291980793
  tracking detect --offline --json 123456789012 --destination-country CN

",
    exit_codes!()
);

/// Ask where a parcel is.
///
/// Keys come from environment variables or from the configuration file, never from the command
/// line; `tracking providers` shows which ones, whether they are set, and where the file is.
/// `TRACKING_CONFIG` names another file.
#[derive(Debug, Parser)]
#[command(name = "tracking", version, after_help = exit_codes!())]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) common: CommonArguments,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Track parcels and print where they are
    Track(Box<TrackArguments>),
    /// Look at parcels again and again, and print what changed
    Watch(Box<WatchArguments>),
    /// Keep many parcels up to date in a database, and print each change once
    Follow(FollowArguments),
    /// Show the parcels that are followed as a page and as JSON, and keep them up to date
    Serve(ServeArguments),
    /// Receive and explain webhooks, send test messages, send recorded ones again
    Webhook(WebhookArguments),
    /// List the couriers that a number may belong to, by providers or by its format alone
    Detect(DetectArguments),
    /// List the parcels that the accounts follow
    List(ListArguments),
    /// Make a provider follow numbers, which may use quota there
    Register(RegisterArguments),
    /// Make a provider stop following parcels
    Unregister(UnregisterArguments),
    /// List the couriers that a provider knows
    Couriers(CouriersArguments),
    /// Show what each provider's statuses mean here
    Statuses(StatusesArguments),
    /// Run every provider's API on this machine, with made-up parcels, until interrupted
    Sandbox(SandboxArguments),
    /// List the providers: what each can do, and whether it is configured
    Providers,
    /// Write the configuration file, and show the settings in effect
    Config(ConfigArguments),
    /// Print a completion script for a shell
    Completions {
        /// The shell to complete for
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write those of all commands into a folder
    Man(ManArguments),
}

/// Options of `tracking man`.
#[derive(Debug, Args)]
#[command(after_help = MAN_HELP)]
pub(crate) struct ManArguments {
    /// Write `tracking.1` and a page for each command, such as `tracking-track.1`, into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
}

/// Options of `tracking detect`.
#[derive(Debug, Args)]
#[command(after_help = DETECT_HELP)]
pub(crate) struct DetectArguments {
    /// Tracking numbers
    #[arg(value_name = "NUMBER", required = true)]
    pub(crate) numbers: Vec<String>,

    /// Ask this provider or account only; repeatable [default: every account that is configured and can]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,

    /// Use a sandbox inside this program instead of the providers
    #[arg(long)]
    pub(crate) sandbox: bool,

    /// Ask nobody: compare the number with the public formats of couriers
    #[arg(long, conflicts_with_all = ["providers", "sandbox"])]
    pub(crate) offline: bool,

    /// Country of origin, two letters: its couriers come first among equals
    #[arg(long, value_name = "COUNTRY", value_parser = two_letters, requires = "offline")]
    pub(crate) origin_country: Option<String>,

    /// Country of destination, two letters: its couriers come first among equals
    #[arg(long, value_name = "COUNTRY", value_parser = two_letters, requires = "offline")]
    pub(crate) destination_country: Option<String>,

    /// Print JSON instead of text: one document, or with --offline one line for each number
    #[arg(long)]
    pub(crate) json: bool,
}

/// Options of `tracking sandbox`.
#[derive(Debug, Args)]
pub(crate) struct SandboxArguments {
    /// The port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 0, value_name = "PORT")]
    pub(crate) port: u16,

    /// Seed of everything random: the same seed gives the same responses
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,

    /// Stop the clock at 2026-03-02T09:00:00Z: nothing moves by itself
    #[arg(long)]
    pub(crate) still: bool,
}

/// The key of the document of `track`.
pub(crate) const SHIPMENTS: &str = "shipments";

/// The key of a line of `follow`, `watch` and `webhook` that says why nothing was sent.
pub(crate) const LINES: &str = "error";

/// Returns the key of the document or of the lines that the caller asked for, judged without a valid command line; `None`
/// if it asked for none.
///
/// A program that reads the output expects a document even when the arguments are refused.
pub(crate) fn json_key(
    arguments: impl IntoIterator<Item = std::ffi::OsString>,
) -> Option<&'static str> {
    let mut rest = arguments
        .into_iter()
        .skip(1)
        .take_while(|argument| argument != "--")
        .peekable();
    let key = match rest.next()?.to_str()? {
        "track" | "list" => SHIPMENTS,
        "detect" | "couriers" => "couriers",
        "register" => "registered",
        "unregister" => "unregistered",
        "statuses" => "statuses",
        "config" => "settings",
        "follow" | "watch" | "webhook" => LINES,
        _ => return None,
    };
    while let Some(argument) = rest.next() {
        let is_option = argument == "--output" && rest.peek().is_some_and(|it| it == "json");
        if is_option || argument == "--json" || argument == "--output=json" {
            return Some(key);
        }
    }
    None
}

/// A country code in capitals, ISO 3166-1 alpha-2 or alpha-3.
pub(crate) fn country(text: &str) -> Result<String, String> {
    let code = text.trim();

    if matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(code.to_ascii_uppercase())
    } else {
        Err("give the ISO 3166-1 code: two or three letters, such as DE or DEU".to_owned())
    }
}

/// A country code in capitals, ISO 3166-1 alpha-2.
fn two_letters(text: &str) -> Result<String, String> {
    country(text)
        .ok()
        .filter(|code| code.len() == 2)
        .ok_or_else(|| "give the ISO 3166-1 code of two letters, such as DE".to_owned())
}

/// A string that is more than white space.
pub(crate) fn non_blank(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty; give a value or leave the option out".to_owned()),
        text => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn countries_are_two_or_three_letters_in_capitals() {
        assert_eq!(country("de").as_deref(), Ok("DE"));
        assert_eq!(country("DEU").as_deref(), Ok("DEU"));

        for text in ["", "D", "DEUT", "D3", "ÄÖ", "Germany"] {
            assert!(country(text).is_err(), "{text:?}");
        }
        assert_eq!(two_letters("de").as_deref(), Ok("DE"));
        assert!(two_letters("DEU").is_err());
    }

    #[test]
    fn json_is_found_in_invalid_arguments() {
        let cases: &[(&[&str], Option<&str>)] = &[
            (&["track", "--provider", "x", "--json"], Some("shipments")),
            (&["list", "--output=json"], Some("shipments")),
            (&["detect", "--json"], Some("couriers")),
            (&["register", "--output", "json"], Some("registered")),
            (&["register", "--output", "csv"], None),
            (&["watch", "--json"], Some("error")),
            (&["webhook", "listen", "--json"], Some("error")),
            (&["track", "X"], None),
            (&["track", "--", "--json"], None),
            (&["sandbox", "--json"], None),
            (&[], None),
        ];

        for (arguments, expected) in cases {
            let line = [&["tracking"][..], arguments].concat();

            let key = json_key(line.iter().map(std::ffi::OsString::from));

            assert_eq!(key, *expected, "{arguments:?}");
        }
    }
}
