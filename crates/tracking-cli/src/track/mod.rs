//! `tracking track`: plans the lookups, carries them out, prints what they report.

mod args;
pub(crate) mod courier;
mod lookups;
pub(crate) mod output;
pub(crate) mod plan;
mod queue;
pub(crate) mod report;
mod spellings;
pub(crate) mod targets;

use std::io;

pub(crate) use self::args::{Form, TrackArguments};
pub(crate) use self::courier::CourierCode;
use self::output::Output;
pub(crate) use self::report::Report;
use crate::config::Environment;
use crate::exit::{self, Exit};
use crate::interruption::Interruption;
use crate::{problem, unmapped};

/// Runs the command.
pub(crate) async fn run(arguments: &TrackArguments, environment: Environment<'_>) -> Exit {
    let form = arguments.form();
    let plan = match plan::make(arguments, environment).await {
        Ok(plan) => plan,
        Err(problems) => {
            output::refuse(form, &problems);
            return Exit::Usage;
        }
    };

    let mut output = Output::new(form);
    let interruption = Interruption::listen();
    let result = match output.begin() {
        Ok(()) => {
            let order = output.order();
            let mut each = |report| output.add(report);
            lookups::run(&plan, order, interruption.wait(), &mut each).await
        }
        Err(error) => Err(error),
    };
    let finish = match result {
        Ok(finish) => finish,
        Err(error) => return of_output(&error),
    };
    let printed = output.finish(finish.total_registered());
    output.explain(output::notes(&plan, &finish));
    unmapped::report(&plan.connected);
    match printed {
        Err(error) => of_output(&error),
        Ok(()) if finish.is_interrupted => Exit::Interrupted,
        // No line holds anything that can be looked up.
        Ok(()) if finish.asked == 0 => Exit::Usage,
        Ok(()) => exit::of_lookups(output.tallies()),
    }
}

/// A reader that has seen enough is no failure.
pub(crate) fn of_output(error: &io::Error) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Success;
    }
    problem::report([&problem::of_output(error)]);
    Exit::SomeFailed
}
