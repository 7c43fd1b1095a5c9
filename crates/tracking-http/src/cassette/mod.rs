//! Records what a client and a provider send each other, and replays it in tests without a network.
//!
//! A [`Recorder`] is a [`Transport`](crate::Transport) around another one. It writes a [`Cassette`]: one JSON file that
//! people can read, edit and commit. [`Replay`] is a transport that returns what is in it.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # mod example {
//! use std::sync::Arc;
//! use std::time::Duration;
//!
//! use tracking_http::cassette::{Recorder, Replay};
//! use tracking_http::{ClientOptions, ConfigureClient as _, Error, ReqwestTransport};
//!
//! /// Once, with a real key.
//! fn record() -> Result<(), Error> {
//!     let transport = ReqwestTransport::new(Duration::from_secs(10))?;
//!     let recorder = Arc::new(Recorder::new(transport).with_personal_fields(["giftNote"]));
//!     let options = ClientOptions::new().with_transport(Arc::clone(&recorder));
//!     // … build a client with these options, and use it …
//!     # let _ = options;
//!     recorder.save("tests/parcel.json")
//! }
//!
//! /// In each run of the tests, with any key.
//! fn replay() -> Result<(), Error> {
//!     let replay = Arc::new(Replay::open("tests/parcel.json")?);
//!     let options = ClientOptions::new().with_transport(Arc::clone(&replay));
//!     // … build a client with these options, and make the same calls …
//!     # let _ = options;
//!     replay.finish()
//! }
//! # }
//! ```
//!
//! # What is removed
//!
//! - Headers of requests are not kept. What they prove the client with (the key, a token, user name and password) is
//!   removed wherever it comes back, in each spelling: percent-encoded, escaped as in JSON, in base64.
//! - Of the headers of responses those are kept that say something about the body, the place of a result, waits,
//!   limits and request ids. [`Recorder::with_header`] adds others.
//! - What is in a field whose name ends in `password`, `secret`, `token`, `apiKey`, `accessKey` or `authorization` is
//!   removed there and everywhere else.
//! - What is in a field for names, addresses, mail, phone, signatures, labels and comments, or below `recipient`,
//!   `sender`, `customer` and the like, becomes a placeholder of the same type: `[removed 1]`, an address of
//!   `example.invalid`, the number 0. Equal values get the same placeholder. A name of five
//!   letters or more that such a field holds is removed from sentences too; any other name in a sentence stays. `true`, `false`, null and empty strings stay.
//! - E-mail addresses are removed from any string, and parameters with such names from links.
//! - JSON inside of a string is searched as well. JSON that breaks off and bodies that are no text are not kept; text that is no
//!   JSON has no fields, so that a name in it stays unless it is in a field elsewhere.
//!
//! Tracking numbers, ids and references stay, since requests are recognised by them; replace those of real persons with
//! [`Recorder::with_replacement`]. A program cannot know each field of each provider: **read a cassette before you commit
//! it**, and name what is left with [`Recorder::with_personal_fields`] or [`Recorder::with_secret`].
//!
//! # What a replay does
//!
//! Retries, limits and tokens work as they did, since they are above the transport. The time that a response took is not
//! recorded. The client still waits between attempts and for its limits: `#[tokio::test(start_paused = true)]` makes these
//! waits instant.

mod body;
mod comparison;
mod exchange;
mod names;
mod node;
mod recorder;
mod removal;
mod replay;

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use self::exchange::Exchange;
pub use self::recorder::Recorder;
pub use self::replay::Replay;
use crate::error::Error;

/// The version of the files.
const VERSION: u32 = 1;

/// What was recorded: exchanges in the order in which they were sent, without keys, tokens and fields of persons.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cassette {
    version: u32,
    /// Fields that hold personal data besides those that are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    personal_fields: Vec<String>,
    exchanges: Vec<Exchange>,
}

impl Cassette {
    fn new(personal_fields: Vec<String>, exchanges: Vec<Exchange>) -> Self {
        Self {
            version: VERSION,
            personal_fields,
            exchanges,
        }
    }

    /// Returns the number of exchanges.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Returns true if nothing was sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    /// Reads a cassette from JSON.
    ///
    /// # Errors
    ///
    /// Kind `Configuration` when it is no cassette, or one of a newer version.
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        let invalid =
            |error| Error::configuration("the cassette cannot be read").with_source(error);
        let header: Header = serde_json::from_slice(json).map_err(invalid)?;
        if header.version != VERSION {
            return Err(Error::configuration(format!(
                "the cassette has version {}, and this release reads version {VERSION}: record it again",
                header.version
            )));
        }
        serde_json::from_slice(json).map_err(invalid)
    }

    /// Returns the cassette as JSON with line breaks.
    #[must_use]
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self);
        json.unwrap_or_default() + "\n"
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Kind `Configuration` when the file cannot be read, is no cassette, or is one of a newer version.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let json = fs::read(path).map_err(|error| {
            let path = path.display();
            Error::configuration(format!("the cassette `{path}` cannot be read")).with_source(error)
        })?;
        Self::from_json(&json)
    }

    /// Writes a file, and replaces one that is there.
    ///
    /// # Errors
    ///
    /// Kind `Configuration` when the file cannot be written.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        fs::write(path, self.to_json()).map_err(|error| {
            let path = path.display();
            Error::configuration(format!("the cassette `{path}` cannot be written"))
                .with_source(error)
        })
    }
}

/// What all versions have in common.
#[derive(Deserialize)]
struct Header {
    version: u32,
}
