//! `tracking webhook` from the outside.

mod listener;
mod refusals;
mod replay;
mod replies;
mod robustness;
mod sandbox;
mod text;

/// The accounts of the listeners, and the secrets that messages are signed with.
pub(crate) const ACCOUNTS: [(&str, &str); 7] = [
    ("SHIP24_API_KEY", "apik_of_the_test"),
    ("SHIP24_WEBHOOK_SECRET", "whs_of_the_test"),
    ("TRACKINGMORE_API_KEY", "trackingmore-key-of-the-test"),
    ("TRACKINGMORE_ACCOUNT_EMAIL", "owner@shop.example"),
    ("GCL_API_KEY", "gcl-key-of-the-test"),
    ("GCL_WEBHOOK_HEADER", "x-shop-token"),
    ("GCL_WEBHOOK_SECRET", "token-of-the-test"),
];

/// The providers that send webhooks.
pub(crate) const SENDERS: [&str; 3] = ["ship24", "trackingmore", "gcl"];
