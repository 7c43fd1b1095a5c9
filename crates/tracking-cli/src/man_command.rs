//! `tracking man`: manual pages, made from the same descriptions as the help.

use std::io;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::args::{Arguments, ManArguments};
use crate::exit::Exit;
use crate::problem::{self, Problem};
use crate::terminal;

pub(crate) fn run(arguments: &ManArguments) -> Exit {
    let written = match &arguments.folder {
        Some(folder) => write(folder).map_err(|error| {
            let shown = folder.display();
            Problem::new(
                "configuration",
                format!("cannot write manual pages into {shown}: {error}"),
            )
        }),
        None => page()
            .and_then(|page| terminal::print(&page))
            .map_err(|error| problem::of_output(&error)),
    };
    match written {
        Ok(()) => Exit::Success,
        Err(problem) => {
            problem::report([&problem]);
            Exit::Usage
        }
    }
}

/// The page of the program.
fn page() -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(Arguments::command()).render(&mut page)?;
    String::from_utf8(page).map_err(io::Error::other)
}

/// A page for the program and for each command.
fn write(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Arguments::command(), folder)
}
