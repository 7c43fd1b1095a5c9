//! E-mail address and password, and the tokens that they are exchanged for.

mod jwt;
mod login;

pub(crate) use login::{Login, PASSWORD_KEY};
