//! What each operation does, one file per operation or pair.

pub(crate) mod bulk;
pub(crate) mod couriers;
pub(crate) mod create;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod resend;
pub(crate) mod results;
pub(crate) mod search;
pub(crate) mod track;
pub(crate) mod update;
