//! The options of `tracking watch`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueHint};

use crate::duration::duration;
use crate::hint_options::LookupOptions;
use crate::track::{Form, TrackArguments};

const HELP: &str = "\
Examples:
  tracking watch -p ship24 RA123456789DE
  tracking watch --file numbers.txt --json >> changes.ndjson
  tracking watch --file numbers.txt --once              one round, for cron
  tracking watch RA123456789DE --exec 'notify-send \"$TRACKING_NUMBER\" \"$TRACKING_TEXT\"'
  TRACKING_WEBHOOK_SECRET=whsec_… tracking watch --webhook https://shop.example/parcels
  tracking watch                                        everything in the state file

A parcel is looked at more often the nearer its delivery is: every 3 hours on its way, every 30
minutes on the day of its delivery, twice more after the delivery, and then no more. Providers'
limits and pauses are kept.

The state file keeps what is known, so that a run that follows repeats nothing and misses nothing.
What was printed, run or sent just before the program was killed may come again: with the same
\"seq\", and the same webhook-id.

--exec has in its environment TRACKING_SEQ, TRACKING_NUMBER, TRACKING_PROVIDER, TRACKING_ACCOUNT,
TRACKING_STATUS, TRACKING_KIND, TRACKING_TEXT and TRACKING_HEADLINE, and the change as JSON on its
standard input; its standard output goes to standard error. It has 60 seconds. That it fails is
reported, and ends nothing.

--webhook sends each change as Standard Webhooks describes it (standardwebhooks.com), signed with
the secret in TRACKING_WEBHOOK_SECRET, or in the line watch_webhook_secret of the configuration
file, again after 5 seconds, 5 minutes, 30 minutes, 2, 5, 10 and 10 hours until a response says
2xx.

Exit codes:
  0  all parcels rest, or with --once: the round is over
  1  the command line, the environment, the configuration or the state file is wrong; nothing was
     sent
  2  a lookup, a command or a webhook of the last round failed
  130  interrupted; the state is kept";

/// Options of `tracking watch`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct WatchArguments {
    /// Tracking numbers; with none at all, everything in the state file
    #[arg(value_name = "NUMBER")]
    numbers: Vec<String>,

    /// Read more tracking numbers from a file, one per line; `-` reads standard input
    #[arg(short, long, visible_alias = "from-file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,

    /// Watch by the provider's own id of a tracker; repeatable
    #[arg(long = "id", value_name = "ID")]
    ids: Vec<String>,

    /// Watch by your own reference, as given at registration; repeatable
    #[arg(long = "reference", value_name = "REFERENCE")]
    references: Vec<String>,

    /// Ask this provider or account only; repeatable [default: every account that is configured]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,

    #[command(flatten)]
    lookup: LookupOptions,

    /// Print one JSON object per change and line
    #[arg(long)]
    pub(crate) json: bool,

    /// Look once at what is due, and end
    #[arg(long)]
    pub(crate) once: bool,

    /// Never look at a parcel more often than that, such as `90s`, `30m`, `2h` or `1d`
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) interval: Option<Duration>,

    /// Run this shell command for each change
    #[arg(long, value_name = "COMMAND", value_hint = ValueHint::CommandString)]
    pub(crate) exec: Option<String>,

    /// Send each change to this address, signed with a secret that --help explains
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) webhook: Option<String>,

    /// Keep the state in this file [default: tracking/watch.json in your state folder]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) state: Option<PathBuf>,
}

impl WatchArguments {
    /// Returns true if no parcel is named.
    pub(crate) fn names_nothing(&self) -> bool {
        self.numbers.is_empty()
            && self.file.is_none()
            && self.ids.is_empty()
            && self.references.is_empty()
    }

    /// The same parcels, providers and hints as options of `track`.
    pub(crate) fn as_track(&self) -> TrackArguments {
        TrackArguments {
            numbers: self.numbers.clone(),
            file: self.file.clone(),
            column: None,
            reference_column: None,
            strict: true,
            ids: self.ids.clone(),
            references: self.references.clone(),
            providers: self.providers.clone(),
            lookup: self.lookup.clone(),
            sandbox: false,
            has_demo: false,
            output: Form::Text,
            json: false,
            brief: false,
        }
    }
}
