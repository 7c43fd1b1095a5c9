//! `Event`: one thing that happened, and the key that identifies it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Courier, Origin, RawJson, StatusReport, Timestamp};

/// One thing that happened to a parcel, as one courier reports it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Event {
    /// What identifies the event inside its shipment.
    pub key: EventKey,
    /// When it happened, where it is known.
    pub time: Option<Timestamp>,
    /// What was true at this event.
    #[serde(default = "StatusReport::not_reported")]
    pub status: StatusReport,
    /// The courier's text, in any language.
    pub description: Option<String>,
    /// The place as the courier writes it.
    pub location: Option<String>,
    /// The courier that reports the event.
    pub courier: Option<Courier>,
    /// Where the provider has the event from, such as `usps-tracking`; not a person.
    pub source: Option<String>,
    /// The person who signed.
    pub signed_by: Option<String>,
    /// The provider's own order number; a lower one is older.
    pub order: Option<i64>,
    /// How often the event was in one response; 1 is the normal case.
    #[serde(default = "once")]
    pub copies: u32,
    /// Earlier descriptions of the same event, oldest first.
    #[serde(default)]
    pub revisions: Vec<Revision>,
    /// The event was reported once, and is missing from a newer complete response.
    #[serde(default)]
    pub retracted: bool,
    /// Whether the event was reported or derived from a field.
    #[serde(default)]
    pub origin: Origin,
    /// The provider's own JSON.
    #[serde(default)]
    pub raw: RawJson,
}

impl Event {
    /// How many earlier descriptions are kept; the first ones stay.
    pub const MAX_REVISIONS: usize = 20;

    /// Creates a reported event with nothing but a key and a status.
    #[must_use]
    pub const fn new(key: EventKey, status: StatusReport) -> Self {
        Self {
            key,
            time: None,
            status,
            description: None,
            location: None,
            courier: None,
            source: None,
            signed_by: None,
            order: None,
            copies: 1,
            revisions: Vec::new(),
            retracted: false,
            origin: Origin::Reported,
            raw: RawJson::null(),
        }
    }

    /// Adds an earlier text unless it is known, up to [`Event::MAX_REVISIONS`].
    pub(crate) fn add_revision(&mut self, revision: Revision) {
        let has_room = self.revisions.len() < Self::MAX_REVISIONS;
        if has_room && !self.revisions.contains(&revision) {
            self.revisions.push(revision);
        }
    }
}

/// How often a stored event was reported that lacks the count.
const fn once() -> u32 {
    1
}

/// An earlier text of an event that a courier edited or translated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Revision {
    /// The text that the event had.
    pub description: String,
}

impl Revision {
    /// Creates a revision.
    #[must_use]
    pub fn new(description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
        }
    }
}

/// What identifies an event inside its shipment, from one response to the next.
///
/// The provider's id where there is one, else a digest of raw values. A new mapping never changes
/// a key, and neither does a place that is written differently.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventKey(String);

impl EventKey {
    /// Uses the provider's id. It is a plain string; it need not be a UUID.
    #[must_use]
    pub fn from_provider_id(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Makes a key of an event without an id, from raw values only.
    ///
    /// `leg` names the leg (its number or courier), `time_text` is the time as it arrived,
    /// `raw_code` the raw fine value, or the main value where there is none. Case and white space
    /// of `text` do not count. The key is `content:` and 32 hexadecimal digits, and stays the
    /// same in later versions of this crate.
    #[must_use]
    pub fn from_content(leg: &str, time_text: &str, raw_code: &str, text: &str) -> Self {
        let mut digest = Digest::new();
        for part in [leg, time_text, raw_code] {
            digest.write(part);
            digest.end_part();
        }
        for word in text.split_whitespace() {
            // Lower-casing word by word allocates only for the rare text outside ASCII.
            if word.is_ascii() {
                word.bytes()
                    .for_each(|byte| digest.write_byte(byte.to_ascii_lowercase()));
            } else {
                digest.write(&word.to_lowercase());
            }
            digest.write_byte(b' ');
        }
        Self(format!("content:{:032x}", digest.0))
    }

    /// Returns the key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for EventKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// FNV-1a with 128 bits: short, fixed for ever, and wide enough for keys inside one shipment.
struct Digest(u128);

impl Digest {
    const fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn write(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.write_byte(byte));
    }

    const fn write_byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u128).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
    }

    /// Separates parts by a byte that no UTF-8 text contains.
    const fn end_part(&mut self) {
        self.write_byte(0xff);
    }
}

#[cfg(test)]
mod tests {
    use super::EventKey;

    const TIME: &str = "2019-06-01 11:34";

    #[test]
    fn a_provider_id_is_used_as_it_is() {
        assert_eq!(EventKey::from_provider_id("EVENT/1").as_str(), "EVENT/1");
    }

    #[test]
    fn a_content_key_never_changes() {
        let key = EventKey::from_content("leg", TIME, "transit001", "Arrived at hub");

        assert_eq!(key.as_str(), "content:71f4156b4bff9d44164435200d8575ab");
    }

    #[test]
    fn case_and_white_space_of_the_text_do_not_count() {
        let key = EventKey::from_content("leg", TIME, "transit001", "Arrivé at hub");
        let same = EventKey::from_content("leg", TIME, "transit001", " ARRIVÉ  at\thub ");

        assert_eq!(key, same);
    }

    #[test]
    fn every_other_difference_counts() {
        let key = EventKey::from_content("leg", TIME, "transit001", "Arrived");

        for other in [
            EventKey::from_content("leg2", TIME, "transit001", "Arrived"),
            EventKey::from_content("leg", "2019-06-01 11:35", "transit001", "Arrived"),
            EventKey::from_content("leg", TIME, "transit002", "Arrived"),
            EventKey::from_content("leg", TIME, "transit001", "Left"),
        ] {
            assert_ne!(key, other);
        }
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let left = EventKey::from_content("ab", "c", "", "");
        let right = EventKey::from_content("a", "bc", "", "");

        assert_ne!(left, right);
    }
}
