//! Bulk creation: a response of its own, item by item.

use bytes::Bytes;
use http::StatusCode;
use tracking_core::Problem;
use tracking_http::json::partial::Partial;

use crate::{BulkCreateResponse, BulkItem, BulkItemStatus, BulkStatus};

/// Returns true if a response outside of 2xx reports on items, which makes it data.
///
/// Ship24 sends its bulk response with 400 when every item failed. A 400 without items (a missing
/// key) and the 403 of a used-up quota say nothing about items: they stay errors. The official SDK
/// decides by the presence of `status` with one of its three values; here the code counts too, so that an
/// error on the way to the API is never data.
pub(crate) fn is_bulk_response(status: StatusCode, body: &[u8]) -> bool {
    // The two of which it is known.
    matches!(status, StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN)
        && Partial::<BulkCreateResponse>::from_body(&Bytes::copy_from_slice(body))
            .is_ok_and(|response| has_known_status(&response.value) && has_items(&response.value))
}

fn has_known_status(response: &BulkCreateResponse) -> bool {
    let status = response.status.as_ref();
    status.is_some_and(|status| BulkStatus::KNOWN.contains(status))
}

pub(crate) fn has_items(response: &BulkCreateResponse) -> bool {
    !response.data.is_empty()
}

/// The places of the items that could not be read at all.
pub(crate) fn unread_items(problems: &[Problem]) -> Vec<usize> {
    let place = |problem: &Problem| {
        let place = problem.path.strip_prefix("data[")?.strip_suffix(']')?;
        place.parse().ok()
    };
    problems.iter().filter_map(place).collect()
}

/// Puts an item that says nothing in place of each that could not be read: left out, it would pass for one
/// that was created.
pub(crate) fn with_unread_items(
    mut response: BulkCreateResponse,
    unread: &[usize],
) -> BulkCreateResponse {
    for place in unread {
        let place = response.data.len().min(*place);
        response.data.insert(place, BulkItem::default());
    }
    response
}

impl BulkCreateResponse {
    /// The items that were created, in the order of the request.
    pub fn created(&self) -> impl Iterator<Item = &BulkItem> {
        self.with_status(BulkItemStatus::Created)
    }

    /// The items whose tracker existed already. They use no quota.
    pub fn existing(&self) -> impl Iterator<Item = &BulkItem> {
        self.with_status(BulkItemStatus::Existing)
    }

    /// The items that failed, with what was sent and why. Everything that is neither created nor
    /// existing counts, so that a status of tomorrow is not taken for a success.
    pub fn failed(&self) -> impl Iterator<Item = &BulkItem> {
        self.data.iter().filter(|item| {
            !matches!(
                item.item_status,
                Some(BulkItemStatus::Created | BulkItemStatus::Existing)
            )
        })
    }

    /// Returns true if every item was created or existed already.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.data.is_empty() && self.failed().next().is_none()
    }

    fn with_status(&self, status: BulkItemStatus) -> impl Iterator<Item = &BulkItem> {
        self.data
            .iter()
            .filter(move |item| item.item_status.as_ref() == Some(&status))
    }
}
