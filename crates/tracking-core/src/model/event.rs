//! `Event`: one thing that happened, and the key that identifies it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::{list, null_as_default, optional};
use crate::merge::{ReportTime, nfc_lower_case, plain};
use crate::time::TimeMeaning;
use crate::{Courier, Origin, RawJson, StatusReport, Timestamp, UtcTime};

/// One thing that happened to a parcel, as one courier reports it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Event {
    /// What identifies the event inside its shipment.
    pub key: EventKey,
    /// When it happened, where it is known.
    #[serde(default, deserialize_with = "optional")]
    pub time: Option<Timestamp>,
    /// What was true at this event.
    #[serde(default, deserialize_with = "null_as_default")]
    pub status: StatusReport,
    /// The courier's text, in any language.
    pub description: Option<String>,
    /// The place as the courier writes it.
    pub location: Option<String>,
    /// The courier that reports the event.
    #[serde(default, deserialize_with = "optional")]
    pub courier: Option<Courier>,
    /// Where the provider has the event from, such as `usps-tracking`; not a person.
    pub source: Option<String>,
    /// The person who signed.
    pub signed_by: Option<String>,
    /// The provider's own order number; a lower one is older.
    pub order: Option<i64>,
    /// How often the event was in one response; 1 is the normal case.
    #[serde(default = "once", deserialize_with = "null_as_once")]
    pub copies: u32,
    /// What the event said earlier, oldest first.
    #[serde(default, deserialize_with = "list")]
    pub revisions: Vec<Revision>,
    /// The event was reported once, and is missing from newer complete responses.
    #[serde(default, deserialize_with = "null_as_default")]
    pub retracted: bool,
    /// Since which complete response the event is missing, while one such response is no proof.
    #[serde(default, deserialize_with = "optional")]
    pub(crate) missing_since: Option<UtcTime>,
    /// When a message last reported it; none for an event of its leg's last complete list.
    #[serde(default, deserialize_with = "optional")]
    pub(crate) seen: Option<ReportTime>,
    /// Whether the event was reported or derived from a field.
    #[serde(default, deserialize_with = "null_as_default")]
    pub origin: Origin,
    /// The provider's own JSON.
    #[serde(default)]
    pub raw: RawJson,
}

impl Event {
    /// How many revisions are kept; the first ones stay.
    pub const MAX_REVISIONS: usize = 20;

    /// Creates a reported event without an id of the provider.
    ///
    /// [`Shipment::finish`](crate::Shipment::finish) gives it a key, made of what it says.
    #[must_use]
    pub const fn without_id(status: StatusReport) -> Self {
        Self::new(EventKey::unset(), status)
    }

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
            missing_since: None,
            seen: None,
            origin: Origin::Reported,
            raw: RawJson::null(),
        }
    }

    /// Adds what the event said earlier unless it is known, up to [`Event::MAX_REVISIONS`].
    pub(crate) fn add_revision(&mut self, revision: Revision) {
        let has_room = self.revisions.len() < Self::MAX_REVISIONS;
        if has_room && !self.revisions.contains(&revision) {
            self.revisions.push(revision);
        }
    }

    /// Returns true if it says nothing: no time, code, text or place, and no id.
    pub(crate) fn is_empty(&self) -> bool {
        let raw = &self.status.raw;
        let texts = [
            raw.main.as_deref(),
            raw.fine.as_deref(),
            raw.category.as_deref(),
            raw.text.as_deref(),
            self.description.as_deref(),
            self.location.as_deref(),
            self.key.provider_id(),
        ];
        let mut texts = texts.into_iter().flatten();
        let is_reported = self.time.is_none() && self.origin == Origin::Reported;
        is_reported && texts.all(|text| text.trim().is_empty())
    }

    /// The provider's code of what happened: the fine value, else the main one.
    pub(crate) fn code(&self) -> Option<&str> {
        let raw = &self.status.raw;
        let given = |value: &&str| !value.trim().is_empty();
        let fine = raw.fine.as_deref().filter(given);
        fine.or(raw.main.as_deref().filter(given))
    }

    /// Returns true if two reports of one response, with one id, differ in the text only.
    pub(crate) fn is_edit_of(&self, other: &Self) -> bool {
        self.time == other.time
            && self.time.is_some()
            && self.key.provider_id().is_some()
            && self.location == other.location
            && self.code() == other.code()
            && self.order == other.order
    }

    /// Returns true if two reports of one response say the same in every field, however spelled.
    pub(crate) fn is_copy_of(&self, other: &Self) -> bool {
        let same_text = |left: &Option<String>, right: &Option<String>| {
            left == right || left.as_deref().map(plain) == right.as_deref().map(plain)
        };
        self.status.status == other.status.status
            && self.code() == other.code()
            && self.time.as_ref().map(Timestamp::meaning)
                == other.time.as_ref().map(Timestamp::meaning)
            && same_text(&self.description, &other.description)
            && same_text(&self.location, &other.location)
            && self.courier == other.courier
            && self.source == other.source
            && self.signed_by == other.signed_by
            && self.order == other.order
            && self.origin == other.origin
    }
}

/// How often a stored event was reported that lacks the count.
const fn once() -> u32 {
    1
}

fn null_as_once<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_else(once))
}

/// What an event said before the provider edited it.
///
/// Each field is absent where the event said nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Revision {
    /// The provider's id, where the event came back under another one.
    pub id: Option<String>,
    /// The time.
    #[serde(default, deserialize_with = "optional")]
    pub time: Option<Timestamp>,
    /// The provider's code: the fine value, else the main one.
    pub code: Option<String>,
    /// The text.
    pub description: Option<String>,
    /// The place.
    pub location: Option<String>,
}

impl Revision {
    /// What an event says now.
    pub(crate) fn of(event: &Event) -> Self {
        Self {
            id: None,
            time: event.time.clone(),
            code: event.code().map(str::to_owned),
            description: event.description.clone(),
            location: event.location.clone(),
        }
    }
}

/// What identifies an event inside its shipment.
///
/// It is given when the event is first seen, and never changes afterwards: not when the provider
/// edits the event, and not when a later version of this crate maps it in another way. Whether two
/// reports are of one event is not decided by keys; see [`merge`](crate::merge).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventKey(String);

/// How the key of an event without an id of the provider begins.
const CONTENT: &str = "content:";

impl EventKey {
    /// Uses the provider's id. It is a plain string; it need not be a UUID.
    #[must_use]
    pub fn from_provider_id(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The key of an event that has none yet.
    pub(crate) const fn unset() -> Self {
        Self(String::new())
    }

    /// Returns true if the event has no key yet.
    pub(crate) const fn is_unset(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes a key of what an event says: `content:` and 32 hexadecimal digits.
    ///
    /// The leg, the meaning of the time, the code, the text and the place count; case and white
    /// space do not. The same values give the same key in later versions of this crate.
    pub(crate) fn of_content(leg: LegDigest, event: &Event) -> Self {
        let LegDigest(mut digest) = leg;
        let time = event.time.as_ref();
        match time.map(Timestamp::meaning) {
            None => {}
            Some(TimeMeaning::Instant(instant)) => match time.and_then(Timestamp::canonical) {
                Some(text) => digest.write(text),
                None => digest.write(&instant.to_string()),
            },
            Some(TimeMeaning::Unparsed(text)) => digest.write(text),
            Some(TimeMeaning::Day(date)) => {
                digest.write_number(i64::from(date.year));
                digest.write_number(i64::from(date.month));
                digest.write_number(i64::from(date.day));
            }
            Some(TimeMeaning::Clock {
                date,
                hour,
                minute,
                second,
                nanosecond,
            }) => {
                digest.write_number(i64::from(date.year));
                let rest = [date.month, date.day, hour, minute, second];
                rest.into_iter()
                    .for_each(|part| digest.write_number(i64::from(part)));
                digest.write_number(i64::from(nanosecond));
            }
        }
        digest.end_part();
        for part in [
            event.code(),
            event.description.as_deref(),
            event.location.as_deref(),
        ] {
            digest.write_plain(part.unwrap_or_default());
        }
        let mut key = String::with_capacity(CONTENT.len() + 32);
        key.push_str(CONTENT);
        key.push_str(str::from_utf8(&digest.digits()).unwrap_or_default());
        Self(key)
    }

    /// The key of the n-th event of its kind, from 2 on.
    pub(crate) fn numbered(&self, count: usize) -> Self {
        Self(format!("{}#{count}", self.0))
    }

    /// The provider's id, where the key is one.
    pub(crate) fn provider_id(&self) -> Option<&str> {
        let is_id = !self.is_unset() && !self.0.starts_with(CONTENT);
        is_id.then_some(self.0.as_str())
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

/// What the content keys of all events of a leg begin with: its number or courier.
#[derive(Clone, Copy)]
pub(crate) struct LegDigest(Digest);

impl LegDigest {
    pub(crate) fn new(leg: &str) -> Self {
        let mut digest = Digest::new();
        digest.write_plain(leg);
        Self(digest)
    }
}

/// FNV-1a with 128 bits: short, fixed for ever, and wide enough for keys inside one shipment.
#[derive(Clone, Copy)]
struct Digest(u128);

impl Digest {
    const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;

    const fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn write(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.write_byte(byte));
    }

    const fn write_byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u128).wrapping_mul(Self::PRIME);
    }

    fn write_number(&mut self, number: i64) {
        /// What eight bytes multiply by.
        const OF_NUMBER: u128 = Digest::PRIME.wrapping_pow(8);
        if let Ok(byte) = u8::try_from(number) {
            // The zeros behind it change nothing before they multiply.
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(OF_NUMBER);
            return;
        }
        number
            .to_le_bytes()
            .into_iter()
            .for_each(|byte| self.write_byte(byte));
    }

    /// Writes a string without case and white space, and ends it.
    fn write_plain(&mut self, text: &str) {
        if text.is_ascii() {
            self.write_plain_ascii(text);
        } else {
            for word in text.split_whitespace() {
                // Lower-casing word by word allocates only for the rare word outside ASCII.
                if word.is_ascii() {
                    self.write_plain_ascii(word);
                } else {
                    self.write(&nfc_lower_case(word));
                    self.write_byte(b' ');
                }
            }
        }
        self.end_part();
    }

    /// Writes the words of a string, each with a space behind it.
    fn write_plain_ascii(&mut self, text: &str) {
        let mut is_in_word = false;
        for byte in text.bytes() {
            // As `char::is_whitespace` has it, with one look at most bytes.
            let is_space = byte <= b' ' && matches!(byte, b'\t'..=b'\r' | b' ');
            if !is_space {
                self.write_byte(byte.to_ascii_lowercase());
            } else if is_in_word {
                self.write_byte(b' ');
            }
            is_in_word = !is_space;
        }
        if is_in_word {
            self.write_byte(b' ');
        }
    }

    /// Returns 32 hexadecimal digits.
    fn digits(self) -> [u8; 32] {
        let mut rest = self.0;
        let mut digits = [b'0'; 32];
        for place in digits.iter_mut().rev() {
            let digit = (rest & 15) as u8;
            *place = digit + if digit < 10 { b'0' } else { b'a' - 10 };
            rest >>= 4;
        }
        digits
    }

    /// Separates parts by a byte that no UTF-8 string contains.
    const fn end_part(&mut self) {
        self.write_byte(0xff);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Digest, EventKey, LegDigest};
    use crate::merge::nfc_lower_case;
    use crate::{Event, RawStatus, Status, StatusReport, Timestamp};

    fn event(time: &str, code: &str, text: &str, place: &str) -> Event {
        let mut status = StatusReport::new(Status::InTransit);
        status.raw = RawStatus::new(None).with_fine(code.to_owned());
        let mut event = Event::without_id(status);
        event.time = Some(Timestamp::parse(time));
        event.description = Some(text.to_owned());
        event.location = Some(place.to_owned());
        event
    }

    fn key(time: &str, code: &str, text: &str, place: &str) -> EventKey {
        EventKey::of_content(LegDigest::new("leg"), &event(time, code, text, place))
    }

    const TIME: &str = "2019-06-01 11:34";

    #[test]
    fn provider_id_is_the_key() {
        let key = EventKey::from_provider_id("EVENT/1");

        assert_eq!(key.as_str(), "EVENT/1");
        assert_eq!(key.provider_id(), Some("EVENT/1"));
    }

    #[test]
    fn content_key_never_changes() {
        let key = key(TIME, "transit001", "Arrived at hub", "Köln");

        assert_eq!(key.as_str(), "content:be1184ce3cb06bd88c65239c5cfcb63f");
        assert_eq!(key.provider_id(), None);
    }

    #[test]
    fn spelling_does_not_change_a_content_key() {
        let known = key(TIME, "transit001", "Arrivé at hub", "Köln");

        for same in [
            key(
                "2019-06-01T11:34:00",
                "transit001",
                " ARRIVÉ  at\thub ",
                "KÖLN",
            ),
            key(TIME, "transit001", "Arrive\u{301} at hub", "Ko\u{308}ln"),
        ] {
            assert_eq!(known, same);
        }
    }

    #[test]
    fn instants_of_any_spelling_give_one_key() {
        let keys = [
            "2026-03-02T09:00:00Z",
            "2026-03-02T09:00:00.000Z",
            "2026-03-02T10:00:00+01:00",
        ]
        .map(|time| key(time, "", "", ""));

        assert_eq!(keys[0], keys[1]);
        assert_eq!(keys[0], keys[2]);
    }

    #[test]
    fn other_values_give_another_key() {
        let known = key(TIME, "transit001", "Arrived", "Köln");

        for other in [
            EventKey::of_content(
                LegDigest::new("leg2"),
                &event(TIME, "transit001", "Arrived", "Köln"),
            ),
            key("2019-06-01 11:35", "transit001", "Arrived", "Köln"),
            key("2019-06-01T11:34:00Z", "transit001", "Arrived", "Köln"),
            key(TIME, "transit002", "Arrived", "Köln"),
            key(TIME, "transit001", "Left", "Köln"),
            key(TIME, "transit001", "Arrived", "Bonn"),
            key(TIME, "transit001Arrived", "", "Köln"),
        ] {
            assert_ne!(known, other);
        }
    }

    fn digest(write: impl FnOnce(&mut Digest)) -> String {
        let mut digest = Digest::new();
        write(&mut digest);
        let digits = String::from_utf8(digest.digits().to_vec()).unwrap();
        assert_eq!(digits, format!("{:032x}", digest.0));
        digits
    }

    proptest! {
        #[test]
        fn string_is_written_word_by_word(text in "[a-cA-C \t\u{b}\u{1f}éÉ]{0,12}") {
            let by_word = digest(|digest| {
                for word in text.split_whitespace() {
                    digest.write(&nfc_lower_case(word));
                    digest.write_byte(b' ');
                }
                digest.end_part();
            });

            prop_assert_eq!(digest(|digest| digest.write_plain(&text)), by_word);
        }

        #[test]
        fn number_is_written_as_eight_bytes(number in prop_oneof![-300..300_i64, any::<i64>()]) {
            let by_byte = digest(|digest| {
                number.to_le_bytes().into_iter().for_each(|byte| digest.write_byte(byte));
            });

            prop_assert_eq!(digest(|digest| digest.write_number(number)), by_byte);
        }
    }

    #[test]
    fn canonical_instant_has_the_key_of_every_other_spelling() {
        for time in [
            "2026-03-02T09:00:59Z",
            "2026-03-02T09:00:00Z",
            "0987-12-31T23:59:59Z",
        ] {
            let instant = Timestamp::parse(time).instant().unwrap();
            let canonical = Timestamp::parse(time);

            assert_eq!(canonical.canonical(), Some(&*instant.to_string()));
            assert_eq!(key(time, "", "", ""), key(&format!("{time} "), "", "", ""));
        }
        for time in [
            "2026-03-02T09:00:60Z",
            "2026-03-02T24:00:00Z",
            "2026/03/02T09:00:00Z",
            "2026-03-02t09:00:00Z",
            "2026-03-02T09:00:00z",
            "2026-03-02T9:00:0.5Z",
            "2026-03-02T09:00:00.0Z",
            "2026-03-02T09:00+01:0",
            "2026-03-02T09:00:00",
        ] {
            assert_eq!(Timestamp::parse(time).canonical(), None, "{time}");
        }
    }
}
