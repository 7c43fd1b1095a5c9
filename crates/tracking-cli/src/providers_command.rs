//! `tracking providers`: who can be asked, what they can do, and what is still missing.

use anstyle::Style;
use tracking_core::Capabilities;

use crate::config::{Config, Environment, Settings};
use crate::exit::Exit;
use crate::problem::{self, Problem};
use crate::providers::{self, Entry};
use crate::render::grid::{Cell, grid};
use crate::render::style::{FAINT, GOOD, STRONG, WARNING, paint};
use crate::terminal;

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
    let mut text = grid(&["provider", "ready", "can"], &abilities(&listed), width);
    text.push('\n');
    text.push_str(&grid(
        &["setting", "state", "is"],
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

fn abilities(listed: &[(&Entry, Settings)]) -> Vec<Vec<Cell>> {
    listed
        .iter()
        .map(|(entry, settings)| {
            let ready = if entry.missing(settings).is_empty() {
                (GOOD, "yes".to_owned())
            } else {
                (WARNING, "no".to_owned())
            };
            let can = spoken(&entry.capabilities);
            vec![(STRONG, entry.name.to_owned()), ready, (Style::new(), can)]
        })
        .collect()
}

fn settings(listed: &[(&Entry, Settings)]) -> Vec<Vec<Cell>> {
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
                vec![
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
pub(crate) fn spoken(can: &Capabilities) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abilities_are_listed() {
        let mut can = Capabilities::none();
        can.track_by_number = true;
        can.track_by_id = true;
        can.list = true;

        assert_eq!(spoken(&can), "track by number/id, list");
        assert_eq!(spoken(&Capabilities::none()), "");
    }
}
