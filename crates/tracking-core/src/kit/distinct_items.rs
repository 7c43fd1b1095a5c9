//! `DistinctItems`: what a call registers for several registrations.

use std::collections::HashSet;

use crate::{Error, Registered};

/// The items that a call for [several registrations](crate::Provider::register_batch) sends, each of them once, since a
/// registration may use quota, and which registration has which item.
#[derive(Debug)]
pub struct DistinctItems<T> {
    items: Vec<T>,
    /// Of each registration the place of its item, or why it has none.
    places: Vec<Result<usize, Error>>,
}

impl<T> DistinctItems<T> {
    /// Takes the item of each registration, or the error with which it is refused before the call.
    pub fn new(
        items: impl IntoIterator<Item = Result<T, Error>>,
        is_same: impl Fn(&T, &T) -> bool,
    ) -> Self {
        let mut distinct: Vec<T> = Vec::new();
        let place = |item: Result<T, Error>| {
            let item = item?;
            let known = distinct.iter().position(|it| is_same(it, &item));
            let place = known.unwrap_or(distinct.len());
            if known.is_none() {
                distinct.push(item);
            }
            Ok(place)
        };
        let places = items.into_iter().map(place).collect();
        Self {
            items: distinct,
            places,
        }
    }

    /// Returns what to send, in the order of the registrations; nothing where all were refused.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Returns one result per registration from those of the [items](Self::items), in their order; `missing` is the
    /// error of an item without one. A number that several registrations have was created by the first of them.
    pub fn results(
        self,
        of_items: &[Result<Registered, Error>],
        missing: impl Fn() -> Error,
    ) -> Vec<Result<Registered, Error>> {
        let mut seen = HashSet::new();
        let result = |place: Result<usize, Error>| {
            let place = place?;
            let mut registered = of_items
                .get(place)
                .cloned()
                .unwrap_or_else(|| Err(missing()))?;
            if !seen.insert(place) && registered.created == Some(true) {
                registered.created = Some(false);
            }
            Ok(registered)
        };
        self.places.into_iter().map(result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::DistinctItems;
    use crate::{Error, ErrorKind, ProviderId, Registered};

    const ACME: ProviderId = ProviderId::new("acme");

    fn error(kind: ErrorKind) -> Error {
        Error::new(kind, ACME, "refused")
    }

    #[test]
    fn equal_items_are_sent_once_and_created_once() {
        let items = [
            Ok("A1"),
            Err(error(ErrorKind::InvalidRequest)),
            Ok("B2"),
            Ok("A1"),
        ];
        let items = DistinctItems::new(items, |left, right| left == right);
        assert_eq!(items.items(), ["A1", "B2"]);

        let mut created = Registered::new(ACME, "A1");
        created.created = Some(true);
        // The response says nothing of the second item.
        let results = items.results(&[Ok(created)], || error(ErrorKind::Decode));

        let created: Vec<Result<Option<bool>, ErrorKind>> = results
            .into_iter()
            .map(|it| it.map(|it| it.created).map_err(|error| error.kind()))
            .collect();
        assert_eq!(
            created,
            [
                Ok(Some(true)),
                Err(ErrorKind::InvalidRequest),
                Err(ErrorKind::Decode),
                Ok(Some(false)),
            ]
        );
    }
}
