//! `tracking list`: the parcels that the accounts follow.

use std::io;

use clap::{Args, builder::PossibleValuesParser};
use futures_util::StreamExt;
use tracking_core::{
    Error, ListRequest, Outcome, ProviderExt, Shipment, Status, Target, TrackRequest,
};

use crate::args::exit_codes;
use crate::config::Environment;
use crate::exit::{self, Exit};
use crate::interruption::Interruption;
use crate::select::{Account, Connected, Criteria, Selection};
use crate::track::output::{self, Output};
use crate::track::{self, Form, Report, report};
use crate::unmapped;

const HELP: &str = concat!(
    "\
A provider that has no such filter is asked for everything, and what was not asked for is left out here.
Ship24 needs a request for each parcel.

Examples:
  tracking list                                 what every account follows, one line per parcel
  tracking list -p trackingmore --open          journeys that are not over
  tracking list -p ship24 --status exception --status attempt_failed --output csv
  tracking list --open --output ndjson | jq -r .number | tracking track --file -

",
    exit_codes!()
);

/// Options of `tracking list`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct ListArguments {
    /// Ask this provider or account only; repeatable [default: every account that is configured]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    providers: Vec<String>,

    /// List parcels with this status; repeatable
    #[arg(
        long = "status",
        value_name = "STATUS",
        value_parser = PossibleValuesParser::new(Status::ALL.iter().map(Status::as_str)),
        ignore_case = true
    )]
    statuses: Vec<String>,

    /// List parcels whose journey is not over
    #[arg(long)]
    open: bool,

    /// List parcels whose journey is over
    #[arg(long, conflicts_with = "open")]
    closed: bool,

    /// List at most this many parcels of each account [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,

    /// Use a sandbox inside this program instead of the providers
    #[arg(long)]
    sandbox: bool,

    /// What the result looks like
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Brief)]
    output: Form,

    /// Short for --output json
    #[arg(long, conflicts_with = "output")]
    json: bool,
}

impl ListArguments {
    const fn form(&self) -> Form {
        if self.json { Form::Json } else { self.output }
    }

    fn request(&self) -> ListRequest {
        let is_requested = |status: &&Status| {
            let mut names = self.statuses.iter();
            names.any(|name| name.eq_ignore_ascii_case(status.as_str()))
        };
        let statuses = Status::ALL.iter().filter(is_requested).cloned();
        let mut request = statuses.fold(ListRequest::new(), ListRequest::with_status);
        if self.open || self.closed {
            request = request.with_open(self.open);
        }
        // With a filter, a small page may hold nothing of what is requested.
        match self.limit {
            Some(limit) if request.statuses.is_empty() && request.open.is_none() => {
                request.with_limit(limit.min(LARGEST_PAGE))
            }
            _ => request,
        }
    }
}

/// Not more than any provider allows.
const LARGEST_PAGE: u32 = 100;

/// Runs the command.
pub(crate) async fn run(arguments: &ListArguments, environment: Environment<'_>) -> Exit {
    let form = arguments.form();
    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &arguments.providers,
        sandbox: arguments.sandbox,
        task: "list parcels",
        able: |entry| entry.capabilities.list,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    let connected = match problems.is_empty() {
        true => selection.connect().await,
        false => Err(problems),
    };
    let connected = match connected {
        Ok(connected) => connected,
        Err(problems) => {
            output::refuse(form, &problems);
            return Exit::Usage;
        }
    };
    let mut output = Output::new(form);
    let interruption = Interruption::listen();
    let mut notes = Vec::new();
    let listed = tokio::select! {
        listed = list(&connected, arguments, &mut output, &mut notes) => Some(listed),
        () = interruption.wait() => None,
    };
    let printed = match listed {
        Some(Err(error)) => return track::of_output(&error),
        _ => output.finish(0),
    };
    output.explain(notes);
    unmapped::report(&connected);
    match printed {
        Err(error) => track::of_output(&error),
        Ok(()) if listed.is_none() => Exit::Interrupted,
        Ok(()) if output.tallies().is_empty() => Exit::Success,
        Ok(()) => exit::of_list(output.tallies()),
    }
}

/// One account after the other, so that those of one account are together.
async fn list(
    connected: &Connected,
    arguments: &ListArguments,
    output: &mut Output,
    notes: &mut Vec<String>,
) -> io::Result<()> {
    output.begin()?;
    let mut place = 0;
    for account in connected.accounts() {
        let Ok(provider) = connected.set().get(&account.name) else {
            continue;
        };
        let limit = arguments.limit.map_or(usize::MAX, |limit| limit as usize);
        let mut count = 0;
        let mut shipments = provider.list_all(arguments.request());
        while let Some(result) = shipments.next().await {
            let mut report = report_of(account, result);
            report.place = place;
            place += 1;
            count += 1;
            output.add(report)?;
            if count == limit {
                let title = account.title();
                notes.push(format!("{title}: {limit} parcels, which is the limit"));
                break;
            }
        }
    }
    Ok(())
}

fn report_of(account: &Account, result: Result<Shipment, Error>) -> Report {
    match result {
        Ok(shipment) => {
            let request = match &shipment.id {
                Some(id) if shipment.number.trim().is_empty() => TrackRequest::id(id),
                _ => TrackRequest::number(&shipment.number),
            };
            Report::of(account, request, Ok(Outcome::Found(vec![shipment])))
        }
        Err(error) => {
            let problem = report::failure(account.entry, &error);
            let target = Target::Number(String::new());
            Report::failed(account, target, problem.of_provider(account.name.as_str()))
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: ListArguments,
    }

    fn request(options: &[&str]) -> ListRequest {
        let line = [&["list"][..], options].concat();
        Line::try_parse_from(line).unwrap().arguments.request()
    }

    #[test]
    fn options_become_filters() {
        assert_eq!(request(&[]), ListRequest::new());
        assert_eq!(request(&["--limit", "3"]).limit, Some(3));
        assert_eq!(request(&["--limit", "5000"]).limit, Some(LARGEST_PAGE));

        let filtered = request(&[
            "--status",
            "Delivered",
            "--status",
            "expired",
            "--limit",
            "3",
        ]);
        assert_eq!(filtered.statuses, [Status::Delivered, Status::Expired]);
        assert_eq!((filtered.open, filtered.limit), (None, None));
        assert_eq!(request(&["--open"]).open, Some(true));
        assert_eq!(request(&["--closed"]).open, Some(false));
    }
}
