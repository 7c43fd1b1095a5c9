//! Addresses: base URLs, and the paths and queries below them.

pub(crate) mod base_url;
pub(crate) mod path;
pub(crate) mod query;
mod template;

pub use base_url::BaseUrl;
pub use template::PathTemplate;
