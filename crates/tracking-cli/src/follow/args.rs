//! The options of `tracking follow`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueHint};

use crate::args::non_blank;
use crate::duration::duration;
use crate::hint_options::LookupOptions;
use crate::input::Column;
use crate::track::{Form, TrackArguments};

const HELP: &str = "\
Examples:
  tracking follow add -p ship24 RA123456789DE --tag gift
  tracking follow import orders.csv --column Number     bad lines are reported, the rest is taken
  tracking follow import orders.csv --column Number --reference-column Order
  tracking follow run                                   until interrupted; start as many as you like
  tracking follow changes --consumer mail --json        what is new since the last time
  tracking follow changes --follow --json | ./notify    what is new, within a second
  TRACKING_WEBHOOK_SECRET=whsec_… tracking follow consumers add shop https://shop.example/parcels
  tracking follow status
  tracking follow plan -p ship24 --parcels 100000       how fresh they will be; sends nothing

A number with another --reference is another parcel, which is looked at apart; without a reference it is
the parcel that is followed already.

Parcels, what is known of them, and the changes are in a store: a SQLite file of yours, or a PostgreSQL
database that several machines share. Name it with --store, in TRACKING_FOLLOW_STORE, or in the line
follow_store of the configuration file; an address with a password is taken from the latter two only.

Exit codes:
  0  done, or stopped by Ctrl-C or SIGTERM after what was begun was written
  1  the command line, the environment, the configuration or the store is wrong
  2  the store failed, or lines were refused
  3  nothing of what was named is there";

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
    Add(Box<AddArguments>),
    /// Follow the parcels of a file from now on, except for lines that cannot be looked up
    Import(Box<ImportArguments>),
    /// List the parcels that are followed
    List,
    /// Count the parcels: due, being looked at, failing, resting
    Status,
    /// Look at parcels when they are due, and send what changed to consumers, until interrupted
    Run(RunArguments),
    /// Print what changed, oldest first
    Changes(ChangesArguments),
    /// Stop following parcels
    Remove(RemoveArguments),
    /// Those who are given the changes: list, add, remove, retry
    Consumers(ConsumersArguments),
    /// Webhook messages of providers: list, retry
    Inbox(InboxArguments),
    /// Simulate how fresh parcels will be at each account, and what that takes; sends nothing
    Plan(PlanArguments),
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
            reference_column: None,
            strict: true,
            ids: self.ids.clone(),
            references: Vec::new(),
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

/// Options of `tracking follow import`.
#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// One tracking number per line, or a table; `-` reads standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,

    /// The column with the tracking numbers: its name in the header, or its place from 1
    #[arg(long, value_name = "NAME|N")]
    column: Option<Column>,

    /// The column with your own references, such as numbers of orders, in the same way; an empty cell is none
    #[arg(long, value_name = "NAME|N")]
    reference_column: Option<Column>,

    /// With this provider or account only; repeatable [default: every account that is configured]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    providers: Vec<String>,

    #[command(flatten)]
    lookup: LookupOptions,

    /// A word of yours that is listed with the parcels; repeatable
    #[arg(long = "tag", value_name = "TAG", value_parser = non_blank)]
    pub(crate) tags: Vec<String>,
}

impl ImportArguments {
    /// The same lines, providers and hints as options of `track`.
    pub(crate) fn as_track(&self) -> TrackArguments {
        TrackArguments {
            numbers: Vec::new(),
            file: Some(self.file.clone()),
            column: self.column.clone(),
            reference_column: self.reference_column.clone(),
            strict: false,
            ids: Vec::new(),
            references: Vec::new(),
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

    /// Go on with what is new, until interrupted
    #[arg(short, long)]
    pub(crate) follow: bool,
}

/// Options of `tracking follow plan`.
#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    /// How many parcels are under way at a time, at each account; 100 million at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(crate) parcels: u64,

    /// How many days to simulate, after it has run in
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=366))]
    pub(crate) days: u32,

    /// Of 100 events, how many a webhook announces, where the provider sends webhooks
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=100))]
    pub(crate) webhooks: u8,

    /// Never look at a parcel more often than that, such as `90s`, `30m`, `2h` or `1d`
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) interval: Option<Duration>,

    /// At this provider or account only; repeatable [default: every provider and account]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,
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

const CONSUMERS_HELP: &str = "\
Examples:
  TRACKING_WEBHOOK_SECRET=whsec_… tracking follow consumers add shop https://shop.example/parcels
  tracking follow consumers list
  tracking follow consumers undelivered shop --json     changes that were never received
  tracking follow consumers retry shop                  at once, and those changes too

A consumer with an address is sent each change as Standard Webhooks describes it (standardwebhooks.com),
signed with the secret in TRACKING_WEBHOOK_SECRET or in the line watch_webhook_secret of the
configuration file, while `tracking follow run` or `tracking serve` runs; again after 5 seconds, 5 minutes,
30 minutes, 2, 5, 10 and 10 hours until a response says 2xx. After 5 days without one, nothing more is
sent to it.

A consumer without an address is a reader: changes --consumer NAME makes one. Changes are kept until all
consumers have them, and for 30 days.";

/// Options of `tracking follow consumers`.
#[derive(Debug, Args)]
#[command(after_help = CONSUMERS_HELP)]
pub(crate) struct ConsumersArguments {
    #[command(subcommand)]
    pub(crate) task: ConsumersTask,
}

/// What to do with consumers.
#[derive(Debug, Subcommand)]
pub(crate) enum ConsumersTask {
    /// Send to an address every change that is kept and all later ones, or go on at another address
    Add {
        /// A name of yours
        #[arg(value_parser = non_blank)]
        name: String,
        /// Where to send them: https, or this machine
        #[arg(value_hint = ValueHint::Url)]
        url: String,
    },
    /// List who is given the changes, how far they are, and what is wrong
    List,
    /// List the changes that a consumer has never received
    Undelivered {
        /// The consumer
        name: String,
    },
    /// Send to a consumer at once, also to one that was disabled, and what it has never received once more
    Retry {
        /// The consumer
        name: String,
        /// Only this change of those that it has never received
        #[arg(long, value_name = "SEQ")]
        change: Option<u64>,
    },
    /// Forget a consumer, and what it has not received
    Remove {
        /// The consumer
        name: String,
    },
}

/// Options of `tracking follow inbox`.
#[derive(Debug, Args)]
pub(crate) struct InboxArguments {
    #[command(subcommand)]
    pub(crate) task: InboxTask,
}

/// What to do with webhook messages of providers.
#[derive(Debug, Subcommand)]
pub(crate) enum InboxTask {
    /// List the messages that cannot be processed, and why
    List {
        /// Those that wait to be processed instead
        #[arg(long)]
        waiting: bool,
    },
    /// Have messages processed again that could not be
    Retry {
        /// Their ids [default: all of them]
        #[arg(value_name = "ID")]
        ids: Vec<i64>,
    },
}
