//! What the framework of the API gives to every resource: lists with pages, addresses, types of records.

mod collection;
mod iri;
mod pages;
mod record_type;

pub(crate) use collection::{Collection, MEMBER_KEYS, holds_list, missing_list, read};
pub(crate) use pages::{MAX_PAGE_SIZE, Paging, page_at, pages};
pub(crate) use record_type::{Record, may_be_record};
