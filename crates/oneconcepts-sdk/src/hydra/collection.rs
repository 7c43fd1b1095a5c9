//! Hydra collections: the envelope that all lists share.

use serde::de::DeserializeOwned;
use tracking_core::kit::{has_path, non_blank};
use tracking_http::json::without_bom;
use tracking_http::{Call, Error, Operation, Response};

use crate::generated::operations;
use crate::{
    CategoryTreeCollection, HydraView, Iri, Order, OrderCollection, Product, ProductCollection,
    Tracking, TrackingCollection, TreeCategory,
};

/// The keys of the list itself; newer releases of the framework leave the prefix out.
pub(crate) const MEMBER_KEYS: [&[&str]; 2] = [&["hydra:member"], &["member"]];

/// A list in its envelope.
pub(crate) trait Collection: DeserializeOwned + Default + Send + 'static {
    type Item: Send + 'static;

    /// The operation that responds with such lists.
    const OPERATION: &'static Operation;

    fn into_members(self) -> Vec<Self::Item>;

    fn take_members(&mut self) -> Vec<Self::Item>;

    fn members(&self) -> &[Self::Item];

    fn view(&self) -> Option<&HydraView>;

    fn iri_of(item: &Self::Item) -> Option<&Iri>;

    /// The address of the next page.
    fn next(&self) -> Option<Iri> {
        non_blank(self.view()?.next.as_ref()).cloned()
    }
}

macro_rules! collections {
    ($($collection:ident of $item:ident from $operation:ident),+ $(,)?) => {$(
        impl Collection for $collection {
            type Item = $item;

            const OPERATION: &'static Operation = &operations::$operation;

            fn into_members(self) -> Vec<$item> {
                self.members
            }

            fn take_members(&mut self) -> Vec<$item> {
                std::mem::take(&mut self.members)
            }

            fn members(&self) -> &[$item] {
                &self.members
            }

            fn view(&self) -> Option<&HydraView> {
                self.view.as_ref()
            }

            fn iri_of(item: &$item) -> Option<&Iri> {
                item.iri.as_ref()
            }
        }
    )+};
}

collections!(
    TrackingCollection of Tracking from LIST_TRACKINGS,
    OrderCollection of Order from LIST_ORDERS,
    CategoryTreeCollection of TreeCategory from LIST_CATEGORY_TREE,
    ProductCollection of Product from LIST_PRODUCTS,
);

/// Sends a call whose response is a list, of which a member that does not fit costs no other.
///
/// A list that is missing is not an empty one: it would look as if there were no parcels.
pub(crate) async fn read<T: Collection>(call: Call<'_>) -> Result<Response<T>, Error> {
    let response = call
        .send_partial(|list: &T| !list.members().is_empty())
        .await?;
    let body = response.body().clone();
    response.try_map(|list| {
        if list.members().is_empty() && !holds_list(&body) {
            return Err(missing_list());
        }
        Ok(list)
    })
}

/// Returns true if the key of the list is there at all. Null is an empty list, as everywhere.
pub(crate) fn holds_list(body: &[u8]) -> bool {
    let body = without_bom(body);
    MEMBER_KEYS.iter().any(|keys| has_path(body, keys))
}

pub(crate) fn missing_list() -> Error {
    Error::decode(
        "hydra:member",
        "the response has a success status and no such list; was it asked for as `application/ld+json`?",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_is_there_when_its_key_is() {
        for (body, is_there) in [
            (r#"{"hydra:member":[]}"#, true),
            (r#"{"member":[]}"#, true),
            (r#"{"hydra:member":null}"#, true),
            (r#"{"hydra:totalItems":0}"#, false),
            ("[]", false),
            (r#"[{"@id":"/t/1"}]"#, false),
            ("null", false),
            ("<html>", false),
        ] {
            assert_eq!(holds_list(body.as_bytes()), is_there, "{body}");
        }
    }

    #[test]
    fn empty_link_leads_nowhere() {
        for (view, next) in [
            (r#"{}"#, None),
            (r#"{"hydra:view":null}"#, None),
            (r#"{"hydra:view":[]}"#, None),
            (r#"{"hydra:view":{"hydra:next":null}}"#, None),
            (r#"{"hydra:view":{"hydra:next":" "}}"#, None),
            (
                r#"{"hydra:view":{"hydra:next":"/x?page=2"}}"#,
                Some("/x?page=2"),
            ),
            (r#"{"view":{"next":"/x?page=2"}}"#, Some("/x?page=2")),
        ] {
            let list: TrackingCollection = serde_json::from_str(view).unwrap();

            assert_eq!(list.next().as_ref().map(Iri::as_str), next, "{view}");
        }
    }
}
