//! `tracking providers`: who can be asked, what they can do, and what is still missing.

use anstyle::Style;
use textwrap::core::display_width;
use tracking_core::Capabilities;

use crate::config::{Config, Environment, Settings};
use crate::exit::Exit;
use crate::problem::{self, Problem};
use crate::providers::{self, Entry};
use crate::render::style::{FAINT, GOOD, STRONG, WARNING, paint};
use crate::render::wrap::{padded, wrapped};
use crate::terminal;

/// Columns between two columns of text.
const GAP: usize = 2;
/// The last column is never narrower than this.
const NARROWEST: usize = 20;

/// Runs the command.
pub(crate) fn run(environment: Environment<'_>) -> Exit {
    let config = match Config::load(environment, &providers::known_settings()) {
        Ok(config) => config,
        Err(error) => {
            let problem = Problem::new("configuration", error.to_string());
            problem::report([&problem]);
            return Exit::Usage;
        }
    };
    if let Some(warning) = &config.warning {
        problem::report_warning(warning);
    }

    let listed: Vec<(&Entry, Settings)> = providers::ALL
        .iter()
        .map(|entry| (entry, entry.settings(&config, environment)))
        .collect();
    let width = terminal::width();
    let mut text = table(["provider", "ready", "can"], &abilities(&listed), width);
    text.push('\n');
    text.push_str(&table(
        ["setting", "state", "is"],
        &settings(&listed),
        width,
    ));
    if let Some(path) = &config.path {
        let state = if path.exists() { "" } else { " (not there)" };
        text.push_str(&paint(
            FAINT,
            &format!("\nConfiguration file: {}{state}\n", path.display()),
        ));
    }
    match terminal::print(&text) {
        Ok(()) => Exit::Success,
        Err(error) => {
            problem::report([&problem::of_output(&error)]);
            Exit::Usage
        }
    }
}

type Row = [(Style, String); 3];

fn abilities(listed: &[(&Entry, Settings)]) -> Vec<Row> {
    listed
        .iter()
        .map(|(entry, settings)| {
            let ready = if entry.missing(settings).is_empty() {
                (GOOD, "yes".to_owned())
            } else {
                (WARNING, "no".to_owned())
            };
            let can = spoken(&entry.capabilities);
            [(STRONG, entry.name.to_owned()), ready, (Style::new(), can)]
        })
        .collect()
}

fn settings(listed: &[(&Entry, Settings)]) -> Vec<Row> {
    listed
        .iter()
        .flat_map(|(entry, settings)| {
            entry.settings.iter().map(move |setting| {
                let state = match (settings.get(setting.name), setting.is_required) {
                    (Some(_), _) => (GOOD, "set"),
                    (None, true) => (WARNING, "missing"),
                    (None, false) => (FAINT, "not set"),
                };
                let kind = if setting.is_required {
                    ""
                } else {
                    " (optional)"
                };
                [
                    (STRONG, setting.variable.to_owned()),
                    (state.0, state.1.to_owned()),
                    (
                        Style::new(),
                        format!(
                            "{}{kind}; in the file: [{}] {}",
                            setting.purpose, entry.name, setting.name
                        ),
                    ),
                ]
            })
        })
        .collect()
}

/// What a provider can do, as a list for people.
fn spoken(can: &Capabilities) -> String {
    let by: Vec<&str> = [
        (can.track_by_number, "number"),
        (can.track_by_id, "id"),
        (can.track_by_reference, "reference"),
    ]
    .into_iter()
    .filter_map(|(able, what)| able.then_some(what))
    .collect();
    let rest = [
        (can.register, "register"),
        (can.unregister, "unregister"),
        (can.list, "list"),
        (can.detect_couriers, "detect couriers"),
        (can.webhook.is_some(), "webhooks"),
        (can.events, "events"),
        (can.etas, "delivery estimates"),
    ]
    .into_iter()
    .filter_map(|(able, what)| able.then_some(what));

    let track = (!by.is_empty()).then(|| format!("track by {}", by.join("/")));
    track
        .into_iter()
        .chain(rest.map(str::to_owned))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A table whose last column is broken into lines where the window is too narrow.
fn table(head: [&str; 3], rows: &[Row], width: Option<usize>) -> String {
    let column = |index: usize| {
        rows.iter()
            .filter_map(|row| row.get(index))
            .map(|(_, text)| display_width(text))
            .chain(head.get(index).map(|text| display_width(text)))
            .max()
            .unwrap_or(0)
            + GAP
    };
    let (first, second) = (column(0), column(1));
    let room = width.map(|width| width.saturating_sub(first + second).max(NARROWEST));

    let [one, two, three] = head;
    let head = format!("{}{}{three}", padded(one, first), padded(two, second)).to_uppercase();
    let mut text = format!("{}\n", paint(FAINT, &head));
    for [(style_one, one), (style_two, two), (style_three, three)] in rows {
        let mut lines = wrapped(three, room).into_iter();
        text.push_str(&format!(
            "{}{}{}\n",
            paint(*style_one, &padded(one, first)),
            paint(*style_two, &padded(two, second)),
            paint(*style_three, &lines.next().unwrap_or_default()),
        ));
        for line in lines {
            let margin = " ".repeat(first + second);
            text.push_str(&format!("{margin}{}\n", paint(*style_three, &line)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::plain;

    #[test]
    fn abilities_are_listed() {
        let mut can = Capabilities::none();
        can.track_by_number = true;
        can.track_by_id = true;
        can.list = true;

        assert_eq!(spoken(&can), "track by number/id, list");
        assert_eq!(spoken(&Capabilities::none()), "");
    }

    #[test]
    fn last_column_wraps() {
        let rows = [[
            (STRONG, "acme".to_owned()),
            (GOOD, "yes".to_owned()),
            (Style::new(), "track by number, list, webhooks".to_owned()),
        ]];

        let text = table(["provider", "ready", "can"], &rows, Some(40));

        assert_eq!(
            plain(&text),
            "PROVIDER  READY  CAN\n\
             acme      yes    track by number, list,\n\
             \x20                webhooks\n"
        );
    }
}
