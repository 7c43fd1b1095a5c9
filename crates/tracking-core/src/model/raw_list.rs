//! `RawList`: the elements of an array in a response, cut out when one of them is asked for.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::RawJson;
use crate::kit::first_elements;

/// The elements of an array somewhere in a response.
///
/// Finding them takes a second reading of the text, and most callers never look at the provider's
/// own JSON. So they are cut out when one of them is first asked for, all at once.
///
/// ```
/// use tracking_core::RawJson;
/// use tracking_core::kit::RawList;
///
/// let list = RawList::new(RawJson::from_string("1,2"), |text| text.split(',').collect());
///
/// assert_eq!(list.element(1).get(), "2");
/// assert_eq!(list.element(2).get(), "null");
/// ```
#[derive(Clone)]
pub struct RawList(Arc<List>);

struct List {
    whole: RawJson,
    cut: Cut,
    elements: OnceLock<Vec<RawJson>>,
}

enum Cut {
    With(fn(&str) -> Vec<&str>),
    AtPath(&'static [&'static str], usize),
}

impl RawList {
    /// Prepares a list of the parts that `cut` returns for the text of `whole`.
    #[must_use]
    pub fn new(whole: RawJson, cut: fn(&str) -> Vec<&str>) -> Self {
        Self::cut(whole, Cut::With(cut))
    }

    /// Prepares a list of the elements under these keys of `whole`, as
    /// [`raw_elements`](crate::kit::raw_elements) returns them.
    ///
    /// ```
    /// use tracking_core::RawJson;
    /// use tracking_core::kit::RawList;
    ///
    /// let list = RawList::at_path(RawJson::from_string(r#"{"events": [1, null, 2]}"#), &["events"]);
    ///
    /// assert_eq!(list.element(1).get(), "2");
    /// ```
    #[must_use]
    pub fn at_path(whole: RawJson, keys: &'static [&'static str]) -> Self {
        Self::first_at_path(whole, keys, usize::MAX)
    }

    /// Prepares a list of the first of these elements, at most `max`; the others take no memory.
    #[must_use]
    pub fn first_at_path(whole: RawJson, keys: &'static [&'static str], max: usize) -> Self {
        Self::cut(whole, Cut::AtPath(keys, max))
    }

    fn cut(whole: RawJson, cut: Cut) -> Self {
        Self(Arc::new(List {
            whole,
            cut,
            elements: OnceLock::new(),
        }))
    }

    /// Returns an element; `null` if there are fewer.
    #[must_use]
    pub fn element(&self, index: usize) -> RawJson {
        RawJson::from_element(self.clone(), index)
    }

    /// Cuts all elements out and returns them.
    #[must_use]
    pub fn elements(&self) -> &[RawJson] {
        let List {
            whole,
            cut,
            elements,
        } = &*self.0;
        elements.get_or_init(|| {
            let part = |part| whole.part(part);
            match cut {
                Cut::With(cut) => cut(whole.get()).into_iter().map(part).collect(),
                Cut::AtPath(keys, max) => {
                    let elements = first_elements(whole.get(), keys, *max, |_| true);
                    let elements = elements.unwrap_or_default().into_iter();
                    elements.map(|(_, element)| part(element)).collect()
                }
            }
        })
    }
}

/// The list of these elements.
impl From<Vec<RawJson>> for RawList {
    fn from(elements: Vec<RawJson>) -> Self {
        Self(Arc::new(List {
            whole: RawJson::null(),
            cut: Cut::AtPath(&[], 0),
            elements: OnceLock::from(elements),
        }))
    }
}

/// Prints nothing of the response, which holds names and addresses.
impl fmt::Debug for RawList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawList").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::RawList;
    use crate::RawJson;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    fn letters(text: &str) -> Vec<&str> {
        text.split("").filter(|letter| !letter.is_empty()).collect()
    }

    #[test]
    fn elements_share_the_memory_of_the_response() {
        let response = Bytes::from_static(b"ab cd");
        let list = RawList::new(RawJson::from_response(&response), words);

        let element = list.element(1);

        assert_eq!(element.get(), "cd");
        assert_eq!(element.get().as_ptr(), response[3..].as_ptr());
    }

    #[test]
    fn elements_of_elements_are_found() {
        let response = Bytes::from_static(b"ab cd");
        let list = RawList::new(RawJson::from_response(&response), words);

        let inner = RawList::new(list.element(1), letters);

        assert_eq!(inner.element(0), RawJson::from_string("c"));
        assert_eq!(inner.element(0).get().as_ptr(), response[3..].as_ptr());
        assert_eq!(inner.elements().len(), 2);
    }

    #[test]
    fn element_that_is_not_there_is_null() {
        let list = RawList::from(vec![RawJson::from_string("1")]);

        assert_eq!(list.element(0).get(), "1");
        assert_eq!(list.element(1), RawJson::null());
        assert_eq!(
            RawList::new(list.element(7), words).element(0).get(),
            "null"
        );
    }

    #[test]
    fn response_that_is_not_utf_8_keeps_its_other_parts() {
        let raw = RawJson::from_response(&Bytes::from_static(b"\xef\xbb\xbfa\xff b"));

        assert_eq!(raw.get(), "a\u{fffd} b");
    }
}
