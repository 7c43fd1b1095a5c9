//! A server whose database is away for a while.

use std::thread;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use super::server::{Response, Server, request};
use super::storm;

#[path = "../../../../tracking-follow/tests/it/server.rs"]
mod postgres;

/// Makes the database read-only or not, as for a server that was replaced by its copy, for all connections.
fn set_read_only(database: &postgres::Server, value: &str) {
    let work = async {
        let address = database.address();
        let mut connection = PgConnection::connect(&address).await.unwrap();
        for statement in [
            "SET default_transaction_read_only = off".to_owned(),
            format!("ALTER DATABASE postgres SET default_transaction_read_only = {value}"),
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
                .to_owned(),
            // So that workers have something to write.
            "UPDATE follow_look SET due_at = 1".to_owned(),
        ] {
            let statement = AssertSqlSafe(statement);
            connection.execute(statement).await.unwrap();
        }
    };
    tokio::runtime::Runtime::new().unwrap().block_on(work);
}

#[test]
fn server_goes_on_when_its_database_can_be_written_again() {
    let Some(database) = postgres::Server::start() else {
        return;
    };
    let store = database.address();
    let server = storm::start(&store, &[]);
    let number = |it: usize| format!(r#"{{"account":"ship24","target":"RA00{it}"}}"#);
    let add = |it: usize| server.post("/api/v1/parcels", &number(it)).status;
    assert_eq!(add(0), 201);

    set_read_only(&database, "on");
    // A connection that was ended is found out when it is used.
    while add(1) != 503 {}
    let refused = server.post("/api/v1/parcels", &number(1));
    assert!(refused.body.contains("cannot be written"), "{refused:?}");
    assert_eq!(storm::send(&server.address, 1), Some(503));
    while !server.stderr().contains("cannot be written") {}
    assert_eq!(server.get("/").status, 200, "what is known is shown");

    set_read_only(&database, "off");
    while storm::send(&server.address, 1) != Some(200) {}
    let processed = "tracking_messages{state=\"waiting\"} 0\n";
    while !server.get("/metrics").body.contains(processed) {}
    assert_eq!(add(1), 201);
}

/// In every secret.
const MARKER: &str = "marker-0123456789";

fn get(address: &str, path: &str) -> Response {
    let token = format!("Bearer token-{MARKER}");
    request(address, "GET", path, &[("authorization", &token)], "")
}

#[test]
fn server_goes_on_when_its_database_is_back() {
    let Some(database) = postgres::Server::start() else {
        return;
    };
    // The server trusts everybody, so that any password will do.
    let store = format!("{}&password={MARKER}", database.address());
    let token = format!("token-{MARKER}");
    let key = format!("apik_{MARKER}");
    let variables = [
        ("SHIP24_API_KEY", key.as_str()),
        ("SHIP24_WEBHOOK_SECRET", "whs_test-secret"),
        ("SHIP24_BASE_URL", "http://127.0.0.1:1"),
        ("TRACKING_WEBHOOK_SECRET", MARKER),
        ("TRACKING_SERVE_TOKEN", token.as_str()),
        ("TRACKING_FOLLOW_STORE", store.as_str()),
    ];
    let server = Server::start(&variables, &["--verbose"]);
    let address = server.address.as_str();
    let paths = [
        "/",
        "/accounts",
        "/changes",
        "/webhooks",
        "/parcels/1",
        "/metrics",
        "/health/ready",
        "/api/v1/parcels",
        "/api/v1/accounts",
        "/api/v1/changes",
        "/api/v1/openapi.json",
    ];
    let added = server.send(
        "POST",
        "/api/v1/parcels",
        &[
            ("authorization", &format!("Bearer {token}")),
            ("content-type", "application/json"),
        ],
        r#"{"account":"ship24","target":"RA000"}"#,
    );
    assert_eq!(added.status, 201, "{added:?}");
    assert_eq!(storm::send(address, 0), Some(200));
    // Its look has failed, so that there is an error to show.
    while !get(address, "/parcels/1").body.contains("Last error") {}
    let mut shown: Vec<Response> = paths.map(|path| get(address, path)).into();
    for (path, response) in paths.iter().zip(&shown) {
        assert_eq!(response.status, 200, "{path}: {response:?}");
    }

    database.stop();
    let away = thread::scope(|scope| {
        let message = scope.spawn(|| storm::send(address, 1));
        let requests = paths.map(|path| scope.spawn(move || get(address, path)));
        assert_eq!(get(address, "/health/live").status, 200);
        assert_eq!(message.join().unwrap(), Some(503), "it comes again");
        requests.map(|it| it.join().unwrap())
    });
    for (path, response) in paths.iter().zip(&away) {
        let expected = if path.contains("openapi") { 200 } else { 503 };
        assert_eq!(response.status, expected, "{path}: {response:?}");
        if path.starts_with("/api") && expected == 503 {
            assert_eq!(response.header("retry-after"), "5", "{path}");
        }
    }

    database.go_on();
    while get(address, "/health/ready").status != 200 {}
    assert_eq!(storm::send(address, 1), Some(200));
    shown.extend(away);
    shown.extend(paths.map(|path| get(address, path)));
    assert_eq!(shown[shown.len() - paths.len()].status, 200);
    let done = "tracking_messages{state=\"waiting\"} 0\n";
    while !get(address, "/metrics").body.contains(done) {}

    let stderr = server.stderr();
    assert!(stderr.contains("ship24"), "calls are printed: {stderr}");
    assert!(!stderr.contains(MARKER), "{stderr}");
    for response in shown {
        assert!(!format!("{response:?}").contains(MARKER), "{response:?}");
    }
}
