//! The options of `tracking follow`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueHint};

use crate::args::non_blank;
use crate::duration::duration;
use crate::hint_options::LookupOptions;
use crate::track::{Form, TrackArguments};

const HELP: &str = "\
Examples:
  tracking follow add -p ship24 RA123456789DE --tag gift
  tracking follow add -p ship24 --file numbers.txt      one number per line
  tracking follow run                                   until interrupted; start as many as you like
  tracking follow changes --consumer mail --json        what is new since the last time
  tracking follow status

Parcels, what is known of them, and the changes are in a store: a SQLite file of yours, or a PostgreSQL
database that several machines share. Name it with --store, or in TRACKING_FOLLOW_STORE; an address with
a password is taken from there only.

Exit codes:
  0  done
  1  the command line, the environment, the configuration or the store is wrong
  2  the store failed
  3  nothing of what was named is followed
  130  interrupted, after what was begun was written";

/// Options of `tracking follow`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct FollowArguments {
    /// The store: `sqlite:FILE` or `postgres://USER@HOST/DATABASE` [default: tracking/follow.db in your state folder]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub(crate) store: Option<String>,

    /// Print JSON, one object per line
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) task: Task,
}

/// What to do with the store.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Follow parcels from now on
    #[command(visible_alias = "import")]
    Add(Box<AddArguments>),
    /// List the parcels that are followed
    List,
    /// Count the parcels: due, being looked at, failing, resting
    Status,
    /// Look at parcels when they are due, until interrupted
    Run(RunArguments),
    /// Print what changed, oldest first
    Changes(ChangesArguments),
    /// Stop following parcels
    Remove(RemoveArguments),
}

/// Options of `tracking follow add`.
#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    /// Tracking numbers
    #[arg(value_name = "NUMBER")]
    numbers: Vec<String>,

    /// Read more tracking numbers from a file, one per line; `-` reads standard input
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,

    /// Follow by the provider's own id of a tracker; repeatable
    #[arg(long = "id", value_name = "ID")]
    ids: Vec<String>,

    /// With this provider or account only; repeatable [default: every account that is configured]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    providers: Vec<String>,

    #[command(flatten)]
    lookup: LookupOptions,

    /// Your own reference, such as the number of an order
    #[arg(long, value_name = "REFERENCE", value_parser = non_blank)]
    pub(crate) reference: Option<String>,

    /// A word of yours that is listed with the parcels; repeatable
    #[arg(long = "tag", value_name = "TAG", value_parser = non_blank)]
    pub(crate) tags: Vec<String>,
}

impl AddArguments {
    /// The same parcels, providers and hints as options of `track`.
    pub(crate) fn as_track(&self) -> TrackArguments {
        TrackArguments {
            numbers: self.numbers.clone(),
            file: self.file.clone(),
            column: None,
            strict: true,
            ids: self.ids.clone(),
            references: Vec::new(),
            providers: self.providers.clone(),
            lookup: self.lookup.clone(),
            sandbox: false,
            output: Form::Text,
            json: false,
            brief: false,
        }
    }
}

/// Options of `tracking follow run`.
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// Ask this provider or account only; repeatable [default: every account that is configured]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,

    /// Look once at what is due, and end
    #[arg(long)]
    pub(crate) once: bool,

    /// Never look at a parcel more often than that, such as `90s`, `30m`, `2h` or `1d`
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) interval: Option<Duration>,
}

/// Options of `tracking follow changes`.
#[derive(Debug, Args)]
pub(crate) struct ChangesArguments {
    /// Print what this reader has not been given, and remember that it was
    #[arg(long, value_name = "NAME", value_parser = non_blank, conflicts_with = "after")]
    pub(crate) consumer: Option<String>,

    /// Print the changes after this number
    #[arg(long, value_name = "SEQ", default_value_t = 0)]
    pub(crate) after: u64,
}

/// Options of `tracking follow remove`.
#[derive(Debug, Args)]
pub(crate) struct RemoveArguments {
    /// Tracking numbers, or the provider's own ids of trackers
    #[arg(value_name = "NUMBER", required = true)]
    pub(crate) names: Vec<String>,

    /// Of this account only [default: of all accounts]
    #[arg(short, long = "provider", value_name = "ACCOUNT")]
    pub(crate) provider: Option<String>,
}
