//! Webhooks in.

use std::path::Path;

use super::parcels::Parcels;
use super::server::Server;
use crate::program::run_with;

const SECRETS: [(&str, &str); 3] = [
    ("SHIP24_API_KEY", "apik_test"),
    ("SHIP24_WEBHOOK_SECRET", "whs_test-secret"),
    ("SHIP24_BASE_URL", "http://127.0.0.1:1"),
];

fn server(store: &str, token: Option<&str>) -> Server {
    let mut variables = SECRETS.to_vec();
    variables.push(("TRACKING_FOLLOW_STORE", store));
    variables.extend(token.map(|token| ("TRACKING_SERVE_TOKEN", token)));
    Server::start(&variables, &["--no-workers"])
}

#[test]
fn genuine_message_is_kept_without_the_token() {
    let parcels = Parcels::new();
    let server = server(&parcels.store(), Some("test-token-0123456789"));
    let url = format!("http://{}/webhooks/ship24", server.address);

    let sent = run_with(
        &SECRETS,
        &["webhook", "send", "ship24", &url, "--number", "RA100"],
    );
    let forged = server.send("POST", "/webhooks/ship24", &[], "{}");
    let unknown = server.send("POST", "/webhooks/other", &[], "{}");
    let probe = server.get("/webhooks/ship24");
    let hidden = server.get("/webhooks");

    assert_eq!(sent.code, Some(0), "{sent:?}");
    assert_eq!(
        (forged.status, unknown.status, probe.status),
        (401, 404, 200)
    );
    assert_eq!(forged.header("x-content-type-options"), "nosniff");
    assert_eq!(hidden.status, 401, "the page needs the token");
    let store = parcels.store();
    let open = self::server(&store, None).page("/webhooks");
    assert!(open.contains("<dt>Waiting</dt><dd>1</dd>"), "{open}");
    assert!(
        open.contains("/webhooks/ship24") && open.contains("#1"),
        "{open}"
    );
    assert!(
        !open.contains("RA100"),
        "what a message says is not shown: {open}"
    );
    assert!(Path::new(store.strip_prefix("sqlite:").unwrap()).is_file());
}

#[test]
fn message_that_is_too_large_is_refused() {
    let parcels = Parcels::new();
    let server = server(&parcels.store(), None);

    let body = " ".repeat(5 * 1024 * 1024);
    let large = server.send(
        "POST",
        "/webhooks/ship24",
        &[("authorization", "Bearer whs_test-secret")],
        &body,
    );

    assert_eq!(large.status, 413, "{large:?}");
    assert!(
        server
            .page("/webhooks")
            .contains("<dt>Waiting</dt><dd>0</dd>")
    );
}
