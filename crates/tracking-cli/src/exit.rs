//! What the exit code says, so that a script can act without reading the output.

use std::process::ExitCode;

/// How a run of the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything that was requested was found (or the command had nothing to look up): 0.
    Success,
    /// The command line, the environment or the configuration file is wrong; nothing was sent: 1.
    Usage,
    /// At least one lookup failed, or only a part of the parcels was found: 2.
    SomeFailed,
    /// Every lookup succeeded, and no parcel was found: 3.
    NothingFound,
    /// The user, or the system, ended the run before its end: 130, as shells report it. Not for what has no end of
    /// its own (`serve`, `follow run`): to stop it is how it ends, and supervisors such as systemd take anything but 0
    /// for a failure.
    Interrupted,
}

impl Exit {
    /// The number that the shell sees.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::Usage => 1,
            Self::SomeFailed => 2,
            Self::NothingFound => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// What became of one thing to look up, over all the providers that were asked.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// At least one provider knows it.
    pub(crate) found: bool,
    /// The lookup failed at one provider at least.
    pub(crate) failed: bool,
}

/// The exit code of a run of `track`.
///
/// A parcel counts as found when one provider knows it: asking five providers for a number that
/// one of them carries is a success. A failure is never hidden behind "nothing found", because a
/// script must not take an outage for a parcel that does not exist.
pub(crate) fn of_lookups(tallies: &[Tally]) -> Exit {
    let found = tallies.iter().filter(|tally| tally.found).count();

    if tallies.iter().any(|tally| tally.failed) {
        Exit::SomeFailed
    } else if found == tallies.len() {
        Exit::Success
    } else if found == 0 {
        Exit::NothingFound
    } else {
        Exit::SomeFailed
    }
}

/// The exit code of a list: an empty one is a success.
pub(crate) fn of_list(tallies: &[Tally]) -> Exit {
    if tallies.iter().any(|tally| tally.failed) {
        Exit::SomeFailed
    } else {
        Exit::Success
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUND: Tally = Tally {
        found: true,
        failed: false,
    };
    const MISSING: Tally = Tally {
        found: false,
        failed: false,
    };
    const FAILED: Tally = Tally {
        found: false,
        failed: true,
    };
    const FOUND_AND_FAILED: Tally = Tally {
        found: true,
        failed: true,
    };

    #[test]
    fn lookups_decide_the_exit_code() {
        let cases: &[(&[Tally], u8)] = &[
            (&[FOUND], 0),
            (&[FOUND, FOUND], 0),
            (&[FOUND, MISSING], 2),
            (&[FOUND, FAILED], 2),
            (&[FOUND_AND_FAILED], 2),
            (&[FAILED], 2),
            (&[MISSING, FAILED], 2),
            (&[MISSING], 3),
            (&[MISSING, MISSING], 3),
        ];

        for (tallies, code) in cases {
            assert_eq!(of_lookups(tallies).code(), *code, "{tallies:?}");
        }
    }
}
