//! Keeps messages in files that only the user can read.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::message::Message;
use crate::state::make_folder;

/// A folder with a file for each message.
#[derive(Debug)]
pub(crate) struct Recorder {
    folder: PathBuf,
    /// The number of the next file, so that the search for a free name is short.
    next: AtomicU64,
}

impl Recorder {
    /// Makes the folder if it is not there.
    pub(crate) fn open(folder: &Path) -> io::Result<Self> {
        make_folder(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            next: AtomicU64::new(1),
        })
    }

    /// Keeps a message of an account, and returns its file. A file that is there is never replaced.
    pub(crate) fn record(&self, account: &str, message: &Message) -> io::Result<PathBuf> {
        let mut text = serde_json::to_string_pretty(message)?;
        text.push('\n');
        let time = message.received_at.to_string().replace([':', 'Z'], "");
        let second = time.split('.').next().unwrap_or_default();
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            // Accounts have letters, digits, '-', '_' and '.' in their names.
            let name = format!("{second}Z-{account}-{number:04}.json");
            let path = self.folder.join(name);
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            {
                use std::os::unix::fs::OpenOptionsExt;
                options.mode(0o600);
            }
            match options.open(&path) {
                Ok(mut file) => {
                    return match file.write_all(text.as_bytes()) {
                        Ok(()) => Ok(path),
                        Err(error) => {
                            // Half a message is none. The first error is the one that matters.
                            let _ = fs::remove_file(&path);
                            Err(error)
                        }
                    };
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_of_an_earlier_run_is_kept() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("messages");
        let first = Message::new("POST", "/", [], b"first".to_vec());
        let second = Message {
            body: b"second".to_vec(),
            ..first.clone()
        };

        let kept = Recorder::open(&folder)
            .unwrap()
            .record("gcl", &first)
            .unwrap();
        let other = Recorder::open(&folder)
            .unwrap()
            .record("gcl", &second)
            .unwrap();

        assert_ne!(kept, other);
        let read = |path| serde_json::from_str::<Message>(&fs::read_to_string(path).unwrap());
        assert_eq!(read(&kept).unwrap(), first);
        assert_eq!(read(&other).unwrap(), second);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&kept), 0o600);
            assert_eq!(mode(&folder), 0o700);
        }
    }
}
