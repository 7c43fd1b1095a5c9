//! A list of a response as far as it fits.

use serde::de::DeserializeOwned;
use tracking_core::Problem;

use super::value::Partial;
use crate::error::Error;
use crate::json::recovery::join;

/// The elements of a list as far as they fit, and what is in their place without being one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PartialList<E> {
    /// The elements, each with its own JSON and its own problems.
    pub elements: Vec<Partial<E>>,
    /// What could not be read beside them.
    pub problems: Vec<Problem>,
    /// The JSON path of the list.
    path: String,
}

impl<E> PartialList<E> {
    /// Returns true if the list is really empty: it has no elements, and nothing could not be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.problems.is_empty()
    }

    /// Replaces each element, for example by a part of it.
    #[must_use]
    pub fn map<U>(self, change: impl Fn(E) -> U) -> PartialList<U> {
        let elements = self.elements.into_iter();
        PartialList {
            elements: elements.map(|element| element.map(&change)).collect(),
            problems: self.problems,
            path: self.path,
        }
    }

    /// The elements, of which the first has the problems that belong to none of them.
    ///
    /// # Errors
    ///
    /// A decode error when there is no element because none could be read.
    pub fn into_elements(self) -> Result<Vec<Partial<E>>, Error> {
        let mut elements = self.elements;
        if let Some(first) = elements.first_mut() {
            first.problems.extend(self.problems);
            return Ok(elements);
        }
        // What is wrong beside the list leaves an empty list an empty one.
        let is_in_list = |problem: &Problem| {
            let inside = problem.path.strip_prefix(&*self.path);
            inside.is_some_and(|inside| inside.starts_with('['))
        };
        match self.problems.iter().find(|problem| is_in_list(problem)) {
            Some(problem) => Err(Error::decode(&*problem.path, &*problem.message)),
            None => Ok(elements),
        }
    }
}

impl<E> Default for PartialList<E> {
    fn default() -> Self {
        Self {
            elements: Vec::new(),
            problems: Vec::new(),
            path: String::new(),
        }
    }
}

/// A list of one element, which is no element of a list in the response.
impl<E> From<Partial<E>> for PartialList<E> {
    fn from(element: Partial<E>) -> Self {
        Self {
            path: element.path(),
            elements: vec![element],
            problems: Vec::new(),
        }
    }
}

impl<T> Partial<T> {
    /// Goes to the list of the value, and leaves the rest; see [`take_list`](Self::take_list).
    pub fn into_list<E>(
        self,
        keys: &'static [&'static str],
        take: impl FnOnce(&mut T) -> Vec<E>,
    ) -> PartialList<E>
    where
        E: DeserializeOwned + Default + PartialEq,
    {
        self.into_list_except(keys, take, |_| None)
    }

    /// Goes to the list of the value, and leaves the rest; see
    /// [`take_list_except`](Self::take_list_except).
    pub fn into_list_except<E>(
        mut self,
        keys: &'static [&'static str],
        take: impl FnOnce(&mut T) -> Vec<E>,
        refuse: impl Fn(&Partial<E>) -> Option<String>,
    ) -> PartialList<E>
    where
        E: DeserializeOwned + Default + PartialEq,
    {
        PartialList {
            elements: self.take_list_except(keys, take, refuse),
            path: join(&self.place.to_string(), &keys.join(".")),
            problems: self.problems,
        }
    }
}
