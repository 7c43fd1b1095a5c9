//! One difference, and all of them as text and as JSON.

use std::fmt;

use serde_json::{Value, json};

/// What became of something since our description was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// Only the provider's description has it.
    Added,
    /// Only ours has it.
    Removed,
    /// Both have it, with another property.
    Changed,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// A server.
    Server,
    /// What the calls of most operations need to be let in.
    Security,
    /// A method of a path, or a webhook.
    Operation,
    /// A parameter of a path, a query, a header or a form.
    Parameter,
    /// The body of a request, or the response with one status.
    Body,
    /// A property of an object, or the elements of a list.
    Field,
    /// One value of an enum.
    Value,
}

/// One difference between two descriptions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Difference {
    /// What differs.
    pub what: What,
    /// Where: in a schema of ours, `Tracker.shipment`, or in an operation, `GET /trackers query page`; the address of a server.
    pub at: String,
    /// What happened to it.
    pub change: Change,
    /// The property that differs (`type`, `required`, `format`, `nullable`, `values`, `deprecated`, `security`) with ours and theirs; for something
    /// that is only on one side, what it is.
    pub detail: Detail,
    /// The first place where it was found, `response 200 of GET /trackers`; empty when `at` names the operation.
    pub used_in: String,
    /// Returns true if ours says so on purpose: it accepts more than the provider describes, or has what was observed.
    pub tolerated: bool,
}

/// What there is to say about a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Detail {
    /// Nothing besides the place.
    None,
    /// What was added or removed: a type, or a value of an enum.
    Is(String),
    /// A property, ours and theirs.
    Differs(&'static str, String, String),
}

/// All differences between two descriptions, sorted.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    differences: Vec<Difference>,
}

impl Drift {
    pub(super) fn new(mut differences: Vec<Difference>) -> Self {
        differences.sort();
        differences.dedup();
        Self { differences }
    }

    /// The differences; those that ours states on purpose only if `strict`.
    pub fn differences(&self, strict: bool) -> impl Iterator<Item = &Difference> {
        let all = self.differences.iter();
        all.filter(move |it| strict || !it.tolerated)
    }

    /// How many differences ours states on purpose.
    #[must_use]
    pub fn tolerated(&self) -> usize {
        self.differences.iter().filter(|it| it.tolerated).count()
    }

    /// The same as [`differences`](Self::differences), as a list of JSON objects.
    #[must_use]
    pub fn to_json(&self, strict: bool) -> Value {
        self.differences(strict).map(Difference::to_json).collect()
    }
}

impl Difference {
    fn to_json(&self) -> Value {
        let mut object = json!({
            "change": self.change.name(),
            "what": self.what.name(),
            "at": self.at,
            "tolerated": self.tolerated,
        });
        if !self.used_in.is_empty() {
            object["used_in"] = self.used_in.as_str().into();
        }
        match &self.detail {
            Detail::None => {}
            Detail::Is(is) => object["is"] = is.as_str().into(),
            Detail::Differs(property, ours, theirs) => {
                object["property"] = (*property).into();
                object["ours"] = ours.as_str().into();
                object["theirs"] = theirs.as_str().into();
            }
        }
        object
    }
}

impl Change {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }

    fn sign(self) -> char {
        match self {
            Self::Added => '+',
            Self::Removed => '-',
            Self::Changed => '~',
        }
    }
}

impl What {
    /// The word in JSON and in a line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Security => "security",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Field => "field",
            Self::Value => "value",
        }
    }
}

/// One line.
impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, what) = (self.change.sign(), self.what.name());
        write!(formatter, "{sign} {what:<10}{}", self.at)?;
        match &self.detail {
            Detail::None => {}
            Detail::Is(is) if self.what == What::Value => write!(formatter, " {is:?}")?,
            Detail::Is(is) => write!(formatter, " ({is})")?,
            Detail::Differs(property, ours, theirs) => {
                write!(formatter, " {property}: {ours} -> {theirs}")?;
            }
        }
        if !self.used_in.is_empty() {
            write!(formatter, "  [{}]", self.used_in)?;
        }
        Ok(())
    }
}
