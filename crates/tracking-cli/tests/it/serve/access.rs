//! Who may see the parcels, and what every response says to a browser.

use super::parcels::Parcels;
use super::server::Server;
use crate::program::run_with;

const TOKEN: &str = "test-token-0123456789";

#[test]
fn every_response_forbids_scripts_and_frames() {
    let parcels = Parcels::new();
    let server = Server::of_store(&parcels.store());
    for path in [
        "/",
        "/style.css",
        "/nothing",
        "/api/v1/parcels",
        "/api/v1/nothing",
        "/health/live",
        "/metrics",
    ] {
        let response = server.get(path);

        let policy = response.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(
            !policy.contains("script") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(
            response.header("x-content-type-options"),
            "nosniff",
            "{path}"
        );
        assert_eq!(response.header("referrer-policy"), "no-referrer", "{path}");
        let may_be_kept = path == "/style.css";
        assert_eq!(
            response.header("cache-control") == "no-store",
            !may_be_kept,
            "{path}"
        );
    }
}

#[test]
fn other_machines_need_the_token() {
    let parcels = Parcels::new();
    let store = parcels.store();
    let variables = [("TRACKING_FOLLOW_STORE", store.as_str())];
    let refused = run_with(
        &variables,
        &["serve", "--no-workers", "--port", "0", "--host", "0.0.0.0"],
    );
    assert_eq!(
        (refused.code, refused.stdout.as_str()),
        (Some(1), ""),
        "{refused:?}"
    );
    assert!(
        refused.stderr.contains("TRACKING_SERVE_TOKEN"),
        "{refused:?}"
    );

    let variables = [variables[0], ("TRACKING_SERVE_TOKEN", TOKEN)];
    let server = Server::start(&variables, &["--no-workers"]);
    let bearer = format!("Bearer {TOKEN}");
    for (path, open) in [
        ("/", false),
        ("/style.css", false),
        ("/api/v1/parcels", false),
        ("/api/v1/openapi.json", false),
        ("/metrics", false),
        ("/health/live", true),
        ("/health/ready", true),
    ] {
        let without = server.get(path);
        let wrong = server.send("GET", path, &[("authorization", "Bearer wrong")], "");
        let with = server.send("GET", path, &[("authorization", bearer.as_str())], "");

        let expected = if open { 200 } else { 401 };
        assert_eq!(
            (without.status, wrong.status, with.status),
            (expected, expected, 200),
            "{path}"
        );
        if !open {
            assert!(
                without.header("www-authenticate").contains("Basic"),
                "{path}"
            );
            assert!(
                !without.body.contains("parcels"),
                "{path}: {}",
                without.body
            );
        }
    }
}

#[test]
fn token_of_the_configuration_file_is_required() {
    let parcels = Parcels::new();
    let store = parcels.store();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let variables = [
        ("TRACKING_FOLLOW_STORE", store.as_str()),
        ("TRACKING_CONFIG", file.to_str().unwrap()),
    ];
    std::fs::write(&file, "serve_token = \"too short\"\n").unwrap();
    let refused = run_with(&variables, &["serve", "--no-workers", "--port", "0"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("serve_token is"), "{refused:?}");
    assert!(!refused.stderr.contains("too short\""), "{refused:?}");

    std::fs::write(&file, format!("serve_token = \"{TOKEN}\"\n")).unwrap();
    let server = Server::start(&variables, &["--no-workers"]);

    let bearer = format!("Bearer {TOKEN}");
    let with = server.send("GET", "/", &[("authorization", bearer.as_str())], "");
    assert_eq!((server.get("/").status, with.status), (401, 200));
}

#[test]
fn pages_of_other_sites_reach_nothing() {
    let parcels = Parcels::new();
    let id = parcels.add_number("RA100");
    let server = Server::of_store(&parcels.store());

    // A name that somebody made point to this machine.
    let rebound = server.send("GET", "/", &[("host", "evil.example")], "");
    let rebound_api = server.send("GET", "/api/v1/parcels", &[("host", "evil.example")], "");
    // A form of another site, which needs no permission.
    let look = format!("/api/v1/parcels/{id}/look");
    let form = server.send("POST", &look, &[("origin", "https://evil.example")], "");
    let form_of_text = server.send(
        "POST",
        "/api/v1/parcels",
        &[("content-type", "text/plain")],
        "{}",
    );
    let own = server.send(
        "POST",
        &look,
        &[("origin", &format!("http://{}", server.address))],
        "",
    );

    assert_eq!(rebound.status, 421);
    assert!(!rebound.body.contains("RA100"));
    assert_eq!(
        (form.status, form_of_text.status, own.status),
        (403, 415, 202)
    );
    assert_eq!(form.header("content-type"), "application/problem+json");
    for (refusal, detail) in [(form, "other sites"), (rebound_api, "localhost")] {
        assert!(refusal.body.contains(detail), "{refusal:?}");
    }
}

#[cfg(unix)]
#[test]
fn stopped_server_ends_in_order() {
    for signal in ["INT", "TERM"] {
        let parcels = Parcels::new();
        let server = Server::of_store(&parcels.store());
        assert_eq!(server.get("/health/live").status, 200);

        let (code, rest) = server.stop(signal);

        assert_eq!((code, rest), (Some(0), vec![]));
    }
}

#[test]
fn server_without_workers_needs_a_sound_configuration() {
    let parcels = Parcels::new();
    let store = parcels.store();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, "[ship24]\nnonsense = \"x\"\n").unwrap();
    let wrong = ("TRACKING_CONFIG", file.to_str().unwrap());
    let half = ("ONECONCEPTS_EMAIL", "shop@example.com");
    for (variable, reason) in [(wrong, "nonsense"), (half, "ONECONCEPTS_PASSWORD")] {
        // The port is taken, so that a server that starts all the same ends too.
        let server = Server::of_store(&store);
        let (_, port) = server.address.rsplit_once(':').unwrap();

        let run = run_with(
            &[variable],
            &["serve", "--no-workers", "--store", &store, "--port", port],
        );

        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
        assert!(run.stderr.contains(reason), "{run:?}");
    }
}

#[test]
fn port_in_use_says_what_to_do() {
    let parcels = Parcels::new();
    let server = Server::of_store(&parcels.store());
    let (_, port) = server.address.rsplit_once(':').unwrap();
    let store = parcels.store();

    let run = run_with(
        &[("TRACKING_FOLLOW_STORE", &store)],
        &["serve", "--no-workers", "--port", port],
    );

    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.contains("--port"), "{run:?}");
}
