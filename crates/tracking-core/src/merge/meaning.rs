//! What an event says, however it is spelled.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::model::Revision;
use crate::time::TimeMeaning;
use crate::{Event, Timestamp};

/// What an event says, in a form in which spelling does not count: upper and lower case, white
/// space, the Unicode form of a letter, and the spelling of a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) time: Option<TimeMeaning<'a>>,
    pub(super) code: Option<Cow<'a, str>>,
    pub(super) text: Option<Cow<'a, str>>,
    pub(super) place: Option<Cow<'a, str>>,
    stated_time: Option<&'a Timestamp>,
}

impl<'a> Meaning<'a> {
    pub(super) fn of(event: &'a Event) -> Self {
        Self {
            id: event.key.provider_id(),
            time: event.time.as_ref().map(Timestamp::meaning),
            code: plain_or_none(event.code()),
            text: plain_or_none(event.description.as_deref()),
            place: plain_or_none(event.location.as_deref()),
            stated_time: event.time.as_ref(),
        }
    }

    pub(super) fn of_revision(revision: &'a Revision) -> Self {
        Self {
            id: revision.id.as_deref(),
            time: revision.time.as_ref().map(Timestamp::meaning),
            code: plain_or_none(revision.code.as_deref()),
            text: plain_or_none(revision.description.as_deref()),
            place: plain_or_none(revision.location.as_deref()),
            stated_time: revision.time.as_ref(),
        }
    }

    /// Returns true if there is a time, and not a string that is none: many events may have that one.
    pub(super) const fn has_time(&self) -> bool {
        !matches!(self.time, None | Some(TimeMeaning::Unparsed(_)))
    }

    /// Returns true if the time is more than a day.
    pub(super) const fn is_clock(&self) -> bool {
        matches!(
            self.time,
            Some(TimeMeaning::Instant(_) | TimeMeaning::Clock { .. })
        )
    }

    /// Returns true if the time is known in any zone.
    pub(super) const fn is_instant(&self) -> bool {
        matches!(self.time, Some(TimeMeaning::Instant(_)))
    }

    /// The reading of the clock, whatever its zone, and the rest of what it says.
    pub(super) fn by_clock(&self) -> Option<Content<'a>> {
        let time = self.stated_time.filter(|_| self.is_clock())?;
        self.at(time.without_zone())
    }

    /// The day, whatever the clock, and the rest of what it says.
    pub(super) fn by_day(&self) -> Option<Content<'a>> {
        self.at(TimeMeaning::Day(self.stated_time?.date()?))
    }

    /// What it says, with that time; `None` if it has neither a code nor a description.
    fn at(&self, time: TimeMeaning<'a>) -> Option<Content<'a>> {
        let (_, code, text, place) = self.only(u8::MAX);
        (code.is_some() || text.is_some()).then_some((Some(time), code, text, place))
    }

    /// Which of time, code, text and place it has, one bit each.
    pub(super) fn parts(&self) -> u8 {
        u8::from(self.has_time())
            | u8::from(self.code.is_some()) << 1
            | u8::from(self.text.is_some()) << 2
            | u8::from(self.place.is_some()) << 3
    }

    /// Only the given ones of time, code, text and place.
    pub(super) fn only(&self, parts: u8) -> Content<'a> {
        (
            self.time.filter(|_| parts & 1 != 0),
            self.code.clone().filter(|_| parts & 2 != 0),
            self.text.clone().filter(|_| parts & 4 != 0),
            self.place.clone().filter(|_| parts & 8 != 0),
        )
    }

    pub(super) fn says_the_same_as(&self, other: &Self) -> bool {
        self.time == other.time
            && self.code == other.code
            && self.text == other.text
            && self.place == other.place
    }
}

/// Time, code, text and place.
pub(super) type Content<'a> = (
    Option<TimeMeaning<'a>>,
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
);

pub(super) fn plain_or_none(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.map(plain).filter(|text| !text.is_empty())
}

/// The string without what does not count; most strings of couriers are changed and short.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    if plain.is_ascii() {
        plain.make_ascii_lowercase();
        return Cow::Owned(plain);
    }
    Cow::Owned(nfc_lower_case(&plain))
}

/// Lower case in Unicode's composed form: `e` with a combining accent is `é`.
pub(crate) fn nfc_lower_case(text: &str) -> String {
    let lower = text.to_lowercase();
    match ComposingNormalizerBorrowed::new_nfc().normalize(&lower) {
        Cow::Owned(normal) => normal,
        Cow::Borrowed(_) => lower,
    }
}
