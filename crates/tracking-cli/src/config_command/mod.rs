//! `tracking config`: writes the configuration file, and shows what is in effect.

mod effective;
mod template;

use std::path::Path;

use clap::{Args, Subcommand};

use crate::config::{self, Config, Environment};
use crate::exit::Exit;
use crate::problem::{self, Problem};
use crate::providers;
use crate::render::list::{self, ListForm, ListOutput};
use crate::select;
use crate::state::{Durability, make_folder, replace};
use crate::terminal;

const HELP: &str = "\
Examples:
  tracking config init                 write a file with a comment for each setting
  tracking config show                 each account's settings, and where they are set
  $EDITOR \"$(tracking config path)\"";

/// Options of `tracking config`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct ConfigArguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write a configuration file in which every setting is explained and none is set
    Init {
        /// Replace a file that is there, with the keys in it
        #[arg(long)]
        force: bool,
    },
    /// Print the settings in effect and where each is set; keys and other secrets are hidden
    Show(ListOutput),
    /// Print where the configuration file is, or would be
    Path,
}

/// Runs the command.
pub(crate) fn run(arguments: &ConfigArguments, environment: Environment<'_>) -> Exit {
    match &arguments.action {
        Action::Init { force } => init(environment, *force),
        Action::Show(output) => show(environment, output.form()),
        Action::Path => match path(environment) {
            Ok(path) => printed(terminal::print(&format!("{}\n", path.display()))),
            Err(problem) => refused(&problem),
        },
    }
}

fn init(environment: Environment<'_>, force: bool) -> Exit {
    let path = match path(environment) {
        Ok(path) => path,
        Err(problem) => return refused(&problem),
    };
    if !force && path.symlink_metadata().is_ok() {
        let message = format!("{} is there already", path.display());
        let hint = "edit it, or replace it and the keys in it with --force";
        return refused(&Problem::new("configuration", message).with_hint(hint));
    }
    if let Err(error) = write(&path) {
        let message = format!("cannot write {}: {error}", path.display());
        return refused(&Problem::new("configuration", message));
    }
    printed(terminal::print(&format!(
        "{}: remove the # in front of what you set\n",
        path.display()
    )))
}

fn write(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    replace(path, template::file().as_bytes(), Durability::Machine)
}

fn show(environment: Environment<'_>, form: ListForm) -> Exit {
    let config = match Config::load(environment, &providers::known_settings()) {
        Ok(config) => config,
        Err(error) => {
            let problem = Problem::new("configuration", error.to_string());
            list::refuse::<effective::Row>(form, &[problem]);
            return Exit::Usage;
        }
    };
    if let Some(warning) = &config.warning {
        problem::report_warning(warning);
    }
    let rows = effective::rows(&config, environment);
    if rows.is_empty() && form == ListForm::Text {
        let nothing = select::nothing_configured(&select::all_accounts(&config));
        return printed(terminal::print(&format!("{nothing}\n")));
    }
    printed(list::print(form, &rows, &[]))
}

fn path(environment: Environment<'_>) -> Result<std::path::PathBuf, Problem> {
    config::path(environment).ok_or_else(|| {
        let message = "this system has no folder for configuration files";
        let hint = format!("name a file with {}", config::PATH_VARIABLE);
        Problem::new("configuration", message).with_hint(hint)
    })
}

fn refused(problem: &Problem) -> Exit {
    problem::report([problem]);
    Exit::Usage
}

fn printed(result: std::io::Result<()>) -> Exit {
    match result {
        Ok(()) => Exit::Success,
        Err(error) => refused(&problem::of_output(&error)),
    }
}
