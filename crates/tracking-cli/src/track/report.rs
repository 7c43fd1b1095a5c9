//! What came of a lookup, in one shape.

use std::error::Error as _;
use std::time::Duration;

use gcl_sdk::Setting;
use tracking_core::{Error, ErrorKind, Outcome, Shipment, Target, TrackRequest};
use tracking_http::ConnectFailure;

use super::targets::Requested;
use crate::problem::Problem;
use crate::providers::Entry;
use crate::select::Account;

const CHECK_THE_NUMBER: &str = "check the number; a new label may take a day to appear";

/// What came of a lookup, or why a line was not looked up.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    /// The account that was asked; none for a line that no account accepts.
    pub(crate) account: Option<Account>,
    /// What was looked up.
    pub(crate) target: Target,
    /// The position of it in what was requested, from 0.
    pub(crate) place: usize,
    /// The line of the input, unless it was an argument.
    pub(crate) line: Option<u64>,
    /// Whether the lookup registered the number at the provider.
    pub(crate) registered: bool,
    /// Whether it was refused before anything was sent.
    pub(crate) is_refused: bool,
    /// The parcels that the provider knows; a number may be that of several.
    pub(crate) shipments: Vec<Shipment>,
    /// Why the parcel cannot count as found. A provider may have a record of a number and still
    /// know nothing about a parcel, so there may be shipments beside it.
    pub(crate) problem: Option<Problem>,
}

impl Report {
    /// What came of a request at an account.
    pub(crate) fn of(
        account: &Account,
        request: TrackRequest,
        result: Result<Outcome, Error>,
    ) -> Self {
        let entry = account.entry;
        let (shipments, problem) = match result {
            Ok(Outcome::Found(shipments)) if !shipments.is_empty() => {
                let is_unheard_of = || shipments.iter().all(Shipment::is_unheard_of);
                let problem = incomplete(entry, &shipments)
                    .or_else(|| is_unheard_of().then(|| unheard_of(entry)));
                (shipments, problem)
            }
            Ok(outcome) => {
                let problem = without_parcel(entry, &outcome, &request);
                (Vec::new(), Some(problem))
            }
            Err(error) => (Vec::new(), Some(failure(entry, &error))),
        };
        let problem = problem.map(|problem| {
            problem
                .of_provider(account.name.as_str())
                .of_number(request.target.as_str())
        });
        Self {
            account: Some(account.clone()),
            target: request.target,
            place: 0,
            line: None,
            registered: false,
            is_refused: false,
            shipments,
            problem,
        }
    }

    /// Something that could not be asked, about no single line.
    pub(crate) fn failed(account: &Account, target: Target, problem: Problem) -> Self {
        Self {
            account: Some(account.clone()),
            target,
            place: 0,
            line: None,
            registered: false,
            is_refused: false,
            shipments: Vec::new(),
            problem: Some(problem),
        }
    }

    /// A line that is not looked up.
    pub(crate) fn refused(
        place: usize,
        requested: &Requested,
        account: Option<&Account>,
        problem: Problem,
    ) -> Self {
        Self {
            account: account.cloned(),
            target: requested.target.clone(),
            place,
            line: requested.place.as_ref().map(|place| place.line),
            registered: false,
            is_refused: true,
            shipments: Vec::new(),
            problem: Some(match account {
                Some(account) => problem.of_provider(account.name.as_str()),
                None => problem,
            }),
        }
    }

    /// The same for another line, which may have another spelling of the number.
    pub(crate) fn for_requested(mut self, place: usize, requested: &Requested) -> Self {
        self.place = place;
        self.target.clone_from(&requested.target);
        self.line = requested.place.as_ref().map(|place| place.line);
        self.problem = self.problem.map(|mut problem| {
            problem.line = self.line;
            problem.of_number(self.target.as_str())
        });
        self
    }

    /// In one word, in snake case: `found`, the kind of an outcome without a parcel, `invalid` or
    /// `failed`.
    pub(crate) fn outcome(&self) -> &str {
        match &self.problem {
            None => "found",
            Some(problem) if problem.is_outcome => problem.kind,
            Some(_) if self.is_refused => "invalid",
            Some(_) => "failed",
        }
    }

    /// The name of the provider for people.
    pub(crate) fn title(&self) -> &str {
        self.account.as_ref().map_or("", |account| account.title())
    }
}

/// Which requests failed, if any of several did.
fn incomplete(entry: &Entry, shipments: &[Shipment]) -> Option<Problem> {
    let problems = shipments.iter().flat_map(|shipment| &shipment.problems);
    let mut failed = problems.filter(|problem| problem.request_failed);
    let first = failed.next()?;
    let mut message = format!(
        "{}: a part is missing, since a request failed: {}: {}",
        entry.title, first.path, first.message
    );
    let others = failed.count();
    if others > 0 {
        message.push_str(&format!(" (and {others} others)"));
    }
    Some(Problem::new("incomplete", message).with_hint("ask again later for what is missing"))
}

fn unheard_of(entry: &Entry) -> Problem {
    let message = format!("{} has heard nothing of this parcel so far", entry.title);

    Problem::outcome("no_news", message).with_hint(CHECK_THE_NUMBER)
}

/// What an outcome without a parcel means, and what to do.
fn without_parcel(entry: &Entry, outcome: &Outcome, request: &TrackRequest) -> Problem {
    let title = entry.title;

    match outcome {
        Outcome::NotRegistered => Problem::outcome(
            "not_registered",
            format!("{title} does not follow this yet"),
        )
        .with_hint(if request.register {
            "only a tracking number can be registered; ask for the number"
        } else {
            "add --register, which may use quota there"
        }),
        Outcome::NotYet { .. } => {
            Problem::outcome("not_yet", format!("{title} has nothing to show yet"))
                .with_hint("ask again later; the courier has not been reached so far")
        }
        Outcome::NeedsFields { names, .. } => {
            let fields: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("the courier needs {}", fields.join(", "));
            let problem = Problem::outcome("needs_field", message);
            let mut options: Vec<&str> = names
                .iter()
                .filter_map(|name| option_for(name, request))
                .collect();
            options.dedup();
            if options.is_empty() {
                return problem;
            }
            problem.with_hint(format!("add {}", options.join(" ")))
        }
        Outcome::NoCourier => {
            let message = format!("{title} finds no courier for this number");
            let hint = format!("name the courier with --courier {}:CODE", entry.name);
            Problem::outcome("no_courier", message).with_hint(hint)
        }
        Outcome::UnknownToCouriers { tried, untried, .. } => {
            let mut message = format!("{title} finds no such parcel at {}", tried.join(", "));
            if untried.is_empty() {
                return Problem::outcome("not_found", message).with_hint(CHECK_THE_NUMBER);
            }
            message.push_str(&format!("; not tried: {}", untried.join(", ")));
            let hint = format!("name one of these with --courier {}:CODE", entry.name);
            Problem::outcome("not_found", message).with_hint(hint)
        }
        Outcome::Gone => Problem::outcome("gone", format!("{title} no longer keeps this parcel")),
        _ => Problem::outcome("not_found", format!("{title} knows no such parcel"))
            .with_hint(CHECK_THE_NUMBER),
    }
}

/// The option that gives a courier what it asks for; none for what it was given already.
fn option_for(field: &str, request: &TrackRequest) -> Option<&'static str> {
    let plain = field.to_ascii_lowercase().replace(['_', '-', ' '], "");

    let (option, given) = if plain.contains("postcode") || plain.contains("postalcode") {
        let given = &request.hints.destination_post_code;
        ("--destination-post-code CODE", given)
    } else if plain.contains("origincountry") {
        ("--origin-country COUNTRY", &request.hints.origin_country)
    } else if plain.contains("country") {
        let given = &request.hints.destination_country;
        ("--destination-country COUNTRY", given)
    } else {
        return None;
    };
    given.is_none().then_some(option)
}

/// What an error means for a person, and what to do about it.
pub(crate) fn failure(entry: &Entry, error: &Error) -> Problem {
    let mut message = format!("{}: {}", entry.title, error.message());
    if let Some(cause) = error.root_cause().filter(|_| is_of_connection(error)) {
        message.push_str(&format!(": {cause}"));
    }
    let kind = if is_of_wrong_address(error) {
        ErrorKind::Configuration
    } else {
        error.kind()
    };
    let problem = Problem::new(kind.as_str(), message);

    match hint_for(entry, error) {
        Some(hint) => problem.with_hint(hint),
        None => problem,
    }
}

/// Returns true if it is a 404 of something else than the API: of another server, or of a path that does not
/// exist. A provider has a code of its own for a parcel that it does not have.
fn is_of_wrong_address(error: &Error) -> bool {
    let source = error.source();
    let response = source.and_then(|it| it.downcast_ref::<tracking_http::Error>());
    error.kind() == ErrorKind::NotFound && response.is_some_and(|it| it.provider_code().is_none())
}

fn is_of_connection(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Connect | ErrorKind::Transport)
}

/// What to do about a connection that could not be made or broke.
fn connection_hint(entry: &Entry, error: &Error) -> String {
    let base_url = variables(entry, |setting| setting.name == "base_url");
    let response = error.source().and_then(|it| it.downcast_ref());
    let failure = response.and_then(tracking_http::Error::connect_failure);
    match failure {
        Some(ConnectFailure::Proxy) => {
            "check the proxy that HTTPS_PROXY or ALL_PROXY names".to_owned()
        }
        Some(ConnectFailure::Certificate) => format!(
            "the certificate of the server is not trusted here: check {base_url} if it is set; a proxy that reads \
             connections needs its own certificate in the system's store"
        ),
        Some(ConnectFailure::Tls) => {
            format!("the server there does not speak TLS: check {base_url}")
        }
        Some(ConnectFailure::Name) => format!(
            "the name of the server is unknown here: check the network, and {base_url} if it is set"
        ),
        Some(ConnectFailure::Refused) => {
            format!("nothing listens at this address: check {base_url} if it is set")
        }
        _ => format!("check the network, and {base_url} if it is set"),
    }
}

fn hint_for(entry: &Entry, error: &Error) -> Option<String> {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
    let title = entry.title;
    let hint = match error.kind() {
        ErrorKind::Authentication => format!(
            "{title} refuses the credentials; check {}",
            variables(entry, |setting| setting.is_required)
        ),
        ErrorKind::NotFound if !is_of_wrong_address(error) => return None,
        ErrorKind::NotFound | ErrorKind::Configuration => format!(
            "this may not be the address of the API; check {} if it is set",
            variables(entry, |setting| setting.name == "base_url")
        ),
        ErrorKind::Permission => format!("the account at {title} does not include this"),
        ErrorKind::QuotaExhausted => format!("see the plan and its use at {title}"),
        ErrorKind::RateLimited => match error.retry_after() {
            Some(wait) if wait > YEAR => {
                format!("{title} asks to wait very long, more than a year: see your plan there")
            }
            Some(wait) => format!("ask again in {} s", wait.as_secs().max(1)),
            None => "ask again in a minute".to_owned(),
        },
        ErrorKind::Connect | ErrorKind::Transport => connection_hint(entry, error),
        ErrorKind::Timeout => {
            "ask again: the first lookup of a number may take the provider a minute".to_owned()
        }
        ErrorKind::Server => format!("{title} has a problem of its own; ask again later"),
        _ => return None,
    };
    Some(hint)
}

fn variables(entry: &Entry, which: fn(&Setting) -> bool) -> String {
    entry
        .settings
        .iter()
        .filter(|setting| which(setting))
        .map(|setting| setting.variable)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cause_of_connection_decides_hint() {
        let entry = &crate::providers::ALL[0];
        let cases = [
            ("invalid peer certificate: UnknownIssuer", "not trusted"),
            (
                "failed to lookup address information: Name or service not known",
                "unknown here",
            ),
            ("Connection refused (os error 111)", "nothing listens"),
            ("tunnel error: unsuccessful", "HTTPS_PROXY"),
            (
                "received corrupt message of type InvalidContentType",
                "does not speak TLS",
            ),
            ("network is unreachable", "check the network"),
        ];

        for (cause, hint) in cases {
            let error = tracking_http::Error::new(ErrorKind::Connect, "no connection")
                .with_provider("ship24")
                .with_source(std::io::Error::other(cause));
            let error = Error::from(error);

            let problem = failure(entry, &error);

            assert_eq!(problem.message, format!("Ship24: no connection: {cause}"));
            assert!(problem.hint.unwrap().contains(hint), "{cause}");
        }
        let other = Error::new(ErrorKind::Server, "ship24", "down")
            .with_source(std::io::Error::other("response"));
        assert_eq!(failure(entry, &other).message, "Ship24: down");
    }

    #[test]
    fn option_is_hinted_until_given() {
        let hint = |field: &str, request: &TrackRequest| {
            let needs = Outcome::needs_fields([field]);
            without_parcel(&crate::providers::ALL[0], &needs, request).hint
        };
        let bare = TrackRequest::number("A1");
        let given = bare.clone().with_destination_country("NO");

        let country = hint("tracking_destination_country", &bare).unwrap();
        assert!(country.contains("--destination-country"), "{country}");
        assert_eq!(hint("tracking_destination_country", &given), None);
        let post_code = hint("tracking_postal_code", &given).unwrap();
        assert!(post_code.contains("--destination-post-code"), "{post_code}");
    }
}
