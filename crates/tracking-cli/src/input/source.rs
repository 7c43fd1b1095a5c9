//! Where lines come from: a file or standard input, read as a whole and within a bound.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::problem::Problem;

/// The largest input. A file that grows while it is read, or a device without an end, ends here.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What to do with an input beyond a bound.
pub(super) const SPLIT: &str = "split it, and look up each part";

/// How long a sandbox waits for the first byte on standard input before it shows its demo.
const PATIENCE: Duration = Duration::from_secs(1);

/// A file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A file with this path.
    File(PathBuf),
    /// What another program writes into this one.
    StandardInput,
}

impl Source {
    /// The source that an option names; `-` is standard input.
    pub(crate) fn named(path: &Path) -> Self {
        if path == Path::new("-") {
            Self::StandardInput
        } else {
            Self::File(path.to_owned())
        }
    }

    /// Standard input, if another program or a file is behind it.
    pub(crate) fn piped() -> Option<Self> {
        let is_piped = !io::stdin().is_terminal() && holds_data();
        is_piped.then_some(Self::StandardInput)
    }

    /// Its name for people.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::StandardInput => "standard input".to_owned(),
        }
    }

    /// Everything in it.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Problem> {
        let bytes = match self {
            Self::File(path) if path.is_dir() => {
                let message = format!("{} is a directory", path.display());
                return Err(Problem::new("usage", message).with_hint(
                    "give a text file with one tracking number per line, or a CSV file",
                ));
            }
            Self::File(path) => File::open(path).and_then(bounded),
            Self::StandardInput => bounded(io::stdin().lock()),
        };
        let bytes = bytes.map_err(|error| {
            Problem::new("usage", format!("cannot read {}: {error}", self.name()))
        })?;
        if bytes.len() as u64 > LARGEST {
            let message = format!("{} is larger than 64 MiB", self.name());
            return Err(Problem::new("usage", message).with_hint(SPLIT));
        }
        Ok(bytes)
    }

    /// The same, or nothing if nothing at all arrives for a while: a program that starts this one may
    /// leave its own standard input open.
    pub(crate) fn read_if_prompt(&self) -> Result<Vec<u8>, Problem> {
        let (sender, receiver) = mpsc::channel();
        let source = self.clone();
        thread::spawn(move || {
            let mut first = [0];
            let result = io::stdin().lock().read(&mut first);
            // Nobody waits any longer if this fails.
            let _ = sender.send(None);
            let bytes = match result {
                Ok(0) | Err(_) => Ok(Vec::new()),
                Ok(_) => source.read().map(|rest| [first.to_vec(), rest].concat()),
            };
            let _ = sender.send(Some(bytes));
        });
        if receiver.recv_timeout(PATIENCE).is_err() {
            return Ok(Vec::new());
        }
        receiver
            .recv()
            .ok()
            .flatten()
            .unwrap_or_else(|| Ok(Vec::new()))
    }
}

/// The text of a file that is no list, such as a configuration, with the same bound.
pub(crate) fn read_text(path: &Path) -> io::Result<String> {
    let bytes = File::open(path).and_then(bounded)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "it is larger than 64 MiB",
        ));
    }
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns true if standard input is a pipe, a socket or a file; `/dev/null` and other devices are not.
#[cfg(unix)]
fn holds_data() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;

    let Ok(descriptor) = io::stdin().as_fd().try_clone_to_owned() else {
        return false;
    };
    File::from(descriptor).metadata().is_ok_and(|metadata| {
        let kind = metadata.file_type();
        kind.is_fifo() || kind.is_file() || kind.is_socket()
    })
}

#[cfg(not(unix))]
fn holds_data() -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn endless_file_is_refused() {
        let error = read_text(Path::new("/dev/zero")).unwrap_err();

        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
