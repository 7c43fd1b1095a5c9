//! Trackings and orders of a response as far as they fit; one that does not fit costs no other.

use bytes::Bytes;
use tracking_core::RawJson;
use tracking_core::kit::{first_key, has_path};
use tracking_http::json::partial::{Partial, PartialList};
use tracking_http::{Error, Response};

use crate::error::unfit_body;
use crate::hydra::{Collection, MEMBER_KEYS, Record, holds_list, missing_list};
use crate::{Iri, Tracking};

/// A page of a list as far as it fits.
#[derive(Debug)]
pub(crate) struct PartialPage<T> {
    pub(crate) list: PartialList<T>,
    /// The next page; none behind an empty one, since one release of the framework links to a next page even
    /// past the end.
    pub(crate) next: Option<Iri>,
    /// Why the page could not be decoded as a whole.
    pub(crate) unfit: Option<Error>,
}

/// Reads a page of a call as far as possible.
///
/// # Errors
///
/// That of the call, when there is no list in its response.
pub(crate) fn read_page<C>(
    response: Result<Response<C>, Error>,
) -> Result<PartialPage<C::Item>, Error>
where
    C: Collection,
    C::Item: Record,
{
    match response {
        Ok(response) => {
            let (list, rest) = response.into_parts();
            if let Some(problem) = rest.problems().first() {
                let unfit = Error::decode(&*problem.path, &*problem.message);
                let mut page = read_body::<C>(rest.body())?;
                page.unfit = rest.try_map::<()>(|()| Err(unfit)).err();
                return Ok(page);
            }
            let raw = RawJson::from_response(rest.body());
            Ok(page_of(Partial::whole(list, raw, "")))
        }
        Err(error) => {
            let read = unfit_body(&error).and_then(|body| read_body::<C>(body).ok());
            let Some(mut page) = read else {
                return Err(error);
            };
            page.unfit = Some(error);
            Ok(page)
        }
    }
}

/// Reads a body with a page as far as possible.
///
/// # Errors
///
/// Kind `Decode` when there is no list in the body.
pub(crate) fn read_body<C>(body: &Bytes) -> Result<PartialPage<C::Item>, Error>
where
    C: Collection,
    C::Item: Record,
{
    let list = Partial::<C>::from_body(body)?;
    if list.value.members().is_empty() && !holds_list(body) {
        return Err(missing_list());
    }
    Ok(page_of(list))
}

/// Reads a single tracking as far as possible.
///
/// # Errors
///
/// Kind `Decode` when the body is no tracking.
pub(crate) fn read_tracking(body: &Bytes) -> Result<Partial<Tracking>, Error> {
    let single = Partial::<Tracking>::from_body(body)?;
    if single.value.is_record() {
        return Ok(single);
    }
    Err(Error::decode("", "the response is no tracking"))
}

fn page_of<C>(list: Partial<C>) -> PartialPage<C::Item>
where
    C: Collection,
    C::Item: Record,
{
    let next = list.value.next();
    let mut keys = MEMBER_KEYS.into_iter();
    let keys = if list.problems.is_empty() {
        // A list that fits has one of the keys only.
        let first = first_key(list.raw.get(), &MEMBER_KEYS.concat());
        keys.find(|keys| keys.first() == first.as_ref())
    } else {
        keys.find(|keys| has_path(list.raw.as_bytes(), keys))
    };
    let keys = keys.unwrap_or_default();
    // A key whose value does not fit is one of the kind all the same.
    let list = list.into_list_except(keys, C::take_members, |member| {
        let is_record = member.value.has_content() || !member.problems.is_empty();
        (!is_record).then(|| format!("the object is no {}", C::Item::KIND))
    });
    PartialPage {
        next: next.filter(|_| !list.is_empty()),
        list,
        unfit: None,
    }
}
