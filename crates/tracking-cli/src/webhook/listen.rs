//! `tracking webhook listen`: receives webhooks, checks each, and explains it.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tracking_core::Provider as _;
use tracking_core::webhook::{
    Received, ReceivedUpdate, WebhookEndpoint, WebhookOutcome, WebhookReply, WebhookRequest,
};

use super::args::ListenArguments;
use super::message::Message;
use super::record::Recorder;
use super::report::{Content, Report};
use super::serve::{Arrival, serve};
use super::{explain, line};
use crate::config::Environment;
use crate::exit::Exit;
use crate::interruption::Interruption;
use crate::problem::{self, Problem};
use crate::select::{Connected, Criteria, Selection};
use crate::terminal;

/// How many explanations may wait to be printed; a request waits for more room before its reply is sent.
const WAITING: usize = 1000;

pub(crate) async fn run(
    arguments: &ListenArguments,
    environment: Environment<'_>,
) -> Result<Exit, Vec<Problem>> {
    let interruption = Interruption::listen();
    let connected = connect(arguments, environment).await?;
    let recorder = match &arguments.record {
        Some(folder) => Some(Recorder::open(folder).map_err(|error| {
            let message = format!("cannot use the folder {}: {error}", folder.display());
            vec![Problem::new("output", message)]
        })?),
        None => None,
    };
    let listener = TcpListener::bind((arguments.host, arguments.port)).await;
    let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = bound.map_err(|error| {
        let (host, port) = (arguments.host, arguments.port);
        let message = format!("cannot listen on port {port} of {host}: {error}");
        vec![Problem::new("configuration", message)]
    })?;

    let endpoint = WebhookEndpoint::new(connected.set().clone());
    let start = introduction(&connected, &endpoint, address);
    let max_body = endpoint.max_body();
    let (sender, reports) = mpsc::channel(WAITING);
    let desk = Arc::new(Desk {
        endpoint,
        recorder,
        reports: sender,
    });
    let server = tokio::spawn(serve(listener, max_body, move |arrival| {
        let desk = Arc::clone(&desk);
        async move { desk.handle(arrival).await }
    }));
    terminal::warn(&start);
    if let Some(warning) = exposure(address.ip()) {
        problem::report_warning(warning);
    }
    for account in without_secret(&connected) {
        problem::report_warning(&account);
    }
    let result = print_all(reports, arguments.json, &connected, interruption).await;
    server.abort();
    result.map_err(|error| vec![problem::of_output(&error)])
}

async fn connect(
    arguments: &ListenArguments,
    environment: Environment<'_>,
) -> Result<Connected, Vec<Problem>> {
    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &arguments.providers,
        sandbox: false,
        task: "send webhooks",
        able: |entry| entry.capabilities.webhook.is_some(),
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    if problems.is_empty() {
        selection.connect().await
    } else {
        Err(problems)
    }
}

/// The address of each account.
fn introduction(connected: &Connected, endpoint: &WebhookEndpoint, address: SocketAddr) -> String {
    let mut text = format!("listening on http://{address} until Ctrl-C\n");
    for account in connected.accounts() {
        let path = endpoint.path_of(&account.name);
        text.push_str(&format!("{} http://{address}{path}\n", account.name));
    }
    text
}

/// What to know of an address that is not of this machine alone.
fn exposure(address: IpAddr) -> Option<&'static str> {
    (!address.is_loopback()).then_some(
        "other machines can reach this address, and nothing is encrypted: put a server with https in \
         front of it",
    )
}

/// A line for each account whose messages cannot be checked.
fn without_secret(connected: &Connected) -> Vec<String> {
    let accounts = connected.accounts().iter();
    let has_none = accounts.filter(|account| {
        let provider = connected.set().get(&account.name);
        provider.is_ok_and(|provider| provider.capabilities().webhook.is_none())
    });
    has_none
        .map(|account| {
            format!(
                "{} has no webhook secret, so its messages cannot be checked and are not accepted: {}",
                account.title(),
                account.webhook_hint()
            )
        })
        .collect()
}

/// Prints what arrives until the end. A reader that has seen enough is no failure.
async fn print_all(
    mut reports: mpsc::Receiver<Report>,
    json: bool,
    connected: &Connected,
    interruption: Interruption,
) -> io::Result<Exit> {
    let print = |report: &Report| {
        terminal::write(&if json {
            line::render(report, connected)
        } else {
            explain::render(report, connected, terminal::width())
        })
    };
    let mut ended = std::pin::pin!(interruption.wait());
    let result = loop {
        tokio::select! {
            () = &mut ended => break Ok(()),
            report = reports.recv() => {
                let Some(report) = report else { break Ok(()) };
                if let Err(error) = print(&report) {
                    break Err(error);
                }
            }
        }
    };
    // What was received is printed, also when the end comes at the same time.
    let result = result.and_then(|()| {
        while let Ok(report) = reports.try_recv() {
            print(&report)?;
        }
        Ok(Exit::Success)
    });
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Success),
        result => result,
    }
}

/// Where requests are handled.
struct Desk {
    endpoint: WebhookEndpoint,
    recorder: Option<Recorder>,
    reports: mpsc::Sender<Report>,
}

impl Desk {
    async fn handle(&self, arrival: Arrival) -> WebhookReply {
        let report = match arrival {
            Arrival::Complete(message) => self.receive(&message).await,
            Arrival::Incomplete(message) => {
                let reply = WebhookReply::new(408).with_text("The request came in part only.");
                Report::of(&message, Content::Incomplete(reply))
            }
        };
        let reply = report.reply().clone();
        // At the end of the program nobody reads it any more.
        let _ = self.reports.send(report).await;
        reply
    }

    /// Checks a message and keeps it. One that cannot be kept is not accepted, so that it comes again.
    async fn receive(&self, message: &Message) -> Report {
        let updates: Mutex<Vec<ReceivedUpdate>> = Mutex::default();
        let kept: Mutex<Option<Result<PathBuf, String>>> = Mutex::default();
        let keep = |account: &str| -> Result<(), String> {
            let Some(recorder) = &self.recorder else {
                return Ok(());
            };
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let record = || {
                recorder
                    .record(account, message)
                    .map_err(|it| it.to_string())
            };
            kept.get_or_insert_with(record)
                .as_ref()
                .map(drop)
                .map_err(Clone::clone)
        };
        let request = WebhookRequest::new(&message.body, move |name: &str| message.header(name))
            .with_target(&message.method, &message.path);
        let received = self
            .endpoint
            .receive(request, |update| {
                let result = keep(&update.account);
                if result.is_ok() {
                    let mut updates = updates.lock().unwrap_or_else(PoisonError::into_inner);
                    updates.push(update);
                }
                std::future::ready(result)
            })
            .await;
        if let Some(account) = received
            .account
            .as_deref()
            .filter(|_| is_message(&received))
        {
            // That it failed is reported.
            let _ = keep(account);
        }
        let mut report = Report::of(
            message,
            Content::Received {
                received: Box::new(received),
                updates: updates.into_inner().unwrap_or_else(PoisonError::into_inner),
            },
        );
        report.kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        report
    }
}

/// Returns true if it is worth to be kept: also what was refused, for a look at the reason.
fn is_message(received: &Received) -> bool {
    use WebhookOutcome::{Accepted, Failed, Forged, NotConfigured, Unreadable};

    matches!(
        received.outcome,
        Accepted | Failed | Forged | NotConfigured | Unreadable
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_of_this_machine_alone_has_no_warning() {
        for address in ["127.0.0.1", "127.0.0.9", "::1"] {
            assert_eq!(exposure(address.parse().unwrap()), None, "{address}");
        }
        for address in ["0.0.0.0", "::", "192.168.0.7"] {
            assert!(exposure(address.parse().unwrap()).is_some(), "{address}");
        }
    }
}
