//! The options of `tracking track`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::args::exit_codes;
use crate::hint_options::LookupOptions;
use crate::input::Column;

const HELP: &str = concat!(
    "\
Examples:
  tracking track --sandbox                    a demo parcel, without an account or a key
  tracking track 1Z12345E0291980793           ask every account that is configured
  tracking track -p ship24 RA123456789DE --register --courier ship24:deutsche-post
  tracking track --file numbers.txt --brief
  tracking track --file orders.csv --column 'Tracking number' --output csv > parcels.csv
  grep -v '^#' numbers.txt | tracking track --output ndjson | jq -r '[.line, .outcome] | @tsv'

",
    exit_codes!(),
    "\nA reader that closes the pipe early, such as `head`, ends the program with 0."
);

/// Options of `tracking track`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct TrackArguments {
    /// Tracking numbers; `-` reads more from standard input, as does none at all beside a pipe
    ///
    /// With --sandbox and none, the demo parcel.
    #[arg(value_name = "NUMBER")]
    pub(crate) numbers: Vec<String>,

    /// Read more tracking numbers from a file: one per line, or a column of a table
    ///
    /// Empty lines and lines that start with `#` are skipped, and so is a header. Each other line has an
    /// outcome with its place; repeated numbers are asked once, also in another spelling. CSV is read with
    /// commas, semicolons or tabs.
    #[arg(short, long, visible_alias = "from-file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,

    /// The column with the tracking numbers: its name in the header, or its place from 1 [default: the only column, or
    /// the one with a title such as `Tracking number`]
    #[arg(long, value_name = "NAME|N")]
    pub(crate) column: Option<Column>,

    /// The column with the user's own references, of `follow import`.
    #[arg(skip)]
    pub(crate) reference_column: Option<Column>,

    /// Ask nothing if a line cannot be looked up; without it, such lines are reported and the rest goes on
    #[arg(long)]
    pub(crate) strict: bool,

    /// Look up by the provider's own id of a tracker; repeatable
    #[arg(long = "id", value_name = "ID")]
    pub(crate) ids: Vec<String>,

    /// Look up by your own reference, as given at registration; repeatable
    #[arg(long = "reference", value_name = "REFERENCE")]
    pub(crate) references: Vec<String>,

    /// Ask this provider or account only; repeatable [default: every account that is configured]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    pub(crate) providers: Vec<String>,

    #[command(flatten)]
    pub(crate) lookup: LookupOptions,

    /// Use a sandbox inside this program instead of the providers: made-up parcels, real HTTP
    ///
    /// Numbers are registered there, as with --register.
    #[arg(long)]
    pub(crate) sandbox: bool,

    /// Whether the command has that option, and shows a demo with it alone.
    #[arg(skip = true)]
    pub(crate) has_demo: bool,

    /// What the result looks like
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Text)]
    pub(crate) output: Form,

    /// Short for --output json
    #[arg(long, conflicts_with = "output")]
    pub(crate) json: bool,

    /// Short for --output brief
    #[arg(long, conflicts_with_all = ["output", "json"])]
    pub(crate) brief: bool,
}

impl TrackArguments {
    /// What the result looks like.
    pub(crate) const fn form(&self) -> Form {
        match (self.json, self.brief) {
            (true, _) => Form::Json,
            (false, true) => Form::Brief,
            (false, false) => self.output,
        }
    }
}

/// What the result looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// The history of each parcel, in the order of the numbers
    Text,
    /// One line per parcel
    Brief,
    /// One document at the end
    Json,
    /// A JSON object per line, for each number and account as soon as it is known
    Ndjson,
    /// The same as a table
    Csv,
}
