//! Where a part is in a response.

use std::fmt;
use std::sync::{Arc, OnceLock};

use tracking_core::RawJson;
use tracking_core::kit::first_elements;

use super::recovery::join;
use super::shared::Shared;

/// Where a value is in the response.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Path(String),
    /// An element, by its position among those that were kept.
    Element(Arc<List>, usize),
}

impl Place {
    /// The position of an element among those that were kept.
    pub(super) fn position(&self) -> usize {
        match self {
            Self::Path(_) => 0,
            Self::Element(_, position) => *position,
        }
    }
}

/// A list in a response.
#[derive(Debug)]
pub(super) struct List {
    parent: Place,
    keys: &'static [&'static str],
    /// The JSON of the value that the list is in.
    raw: RawJson,
    response: Arc<Shared>,
    /// How many elements the decoded list has.
    length: usize,
    /// The elements that the decoded list has, with their positions in the response. Cut out when
    /// somebody asks for them.
    kept: OnceLock<Vec<(usize, RawJson)>>,
}

impl List {
    pub(super) fn new(
        parent: Place,
        keys: &'static [&'static str],
        raw: RawJson,
        response: Arc<Shared>,
        length: usize,
    ) -> Arc<Self> {
        Arc::new(Self {
            parent,
            keys,
            raw,
            response,
            length,
            kept: OnceLock::new(),
        })
    }

    /// The JSON path of the list.
    pub(super) fn path(&self) -> String {
        join(&self.parent.to_string(), &self.keys.join("."))
    }

    pub(super) fn kept(&self) -> &[(usize, RawJson)] {
        self.kept.get_or_init(|| {
            let list = self.path();
            let left_out = &self.response.left_out;
            let is_kept = |index: usize| {
                left_out.is_empty() || !left_out.contains(&format!("{list}[{index}]"))
            };
            let elements = first_elements(self.raw.get(), self.keys, self.length, is_kept);
            let elements = elements.unwrap_or_default().into_iter();
            elements
                .map(|(index, element)| (index, self.raw.part(element)))
                .collect()
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => formatter.write_str(path),
            Self::Element(list, position) => {
                let index = list
                    .kept()
                    .get(*position)
                    .map_or(*position, |(index, _)| *index);
                write!(formatter, "{}[{index}]", list.path())
            }
        }
    }
}
