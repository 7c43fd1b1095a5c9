//! The JSON API, health and metrics.

use fastrand::Rng;
use serde_json::{Value, json};
use tracking_core::{Error, Outcome, Status};

use super::parcels::{Parcels, refusal, shipment};
use super::server::{Response, Server};
use crate::program::run_with;

fn assert_problem(response: &Response, status: u16, detail: &str) {
    assert_eq!(response.status, status, "{response:?}");
    assert_eq!(response.header("content-type"), "application/problem+json");
    let problem = response.json();
    assert_eq!(
        (&problem["type"], &problem["status"]),
        (&json!("about:blank"), &json!(status))
    );
    assert!(
        problem["detail"].as_str().unwrap().contains(detail),
        "{problem}"
    );
}

#[test]
fn parcel_is_added_read_and_removed() {
    let parcels = Parcels::new();
    let server = Server::of_store(&parcels.store());
    let body = r#"{"account":"memory","target":"RA100","reference":"order 7","tags":["gift"]}"#;

    let added = server.post("/api/v1/parcels", body);
    let again = server.post("/api/v1/parcels", body);
    let unnamed = r#"{"account":"memory","target":"ra-100","tags":["gift"]}"#;
    let unnamed = server.post("/api/v1/parcels", unnamed);
    let place = added.header("location");
    let read = server.get(&place).json();
    let listed = server.get("/api/v1/parcels?search=order").json();
    let removed = server.send("DELETE", &place, &[], "");
    let gone = server.send("DELETE", &place, &[], "");

    assert_eq!((added.status, &added.json()["is_new"]), (201, &json!(true)));
    assert_eq!(
        (again.status, &again.json()["is_new"]),
        (200, &json!(false))
    );
    assert_eq!(
        (unnamed.status, unnamed.header("location")),
        (200, place.clone())
    );
    assert_eq!(place, format!("/api/v1/parcels/{}", added.json()["id"]));
    assert_eq!(
        (&read["target"], &read["status"]),
        (&json!("RA100"), &json!("pending"))
    );
    assert_eq!(
        (&read["tags"], &read["shipments"]),
        (&json!(["gift"]), &json!([]))
    );
    assert_eq!(listed["parcels"][0]["id"], read["id"]);
    assert_eq!(removed.status, 204);
    assert_problem(&gone, 404, "no parcel");
}

#[test]
fn lists_are_read_in_pages_to_their_end() {
    let parcels = Parcels::new();
    for place in 0..5 {
        parcels.add_number(&format!("N{place}"));
    }
    parcels.look(|number| {
        Ok(Outcome::Found(vec![shipment(
            number,
            &Status::InTransit,
            &["One"],
        )]))
    });
    parcels.look(|number| {
        Ok(Outcome::Found(vec![shipment(
            number,
            &Status::InTransit,
            &["One", "Two"],
        )]))
    });
    let server = Server::of_store(&parcels.store());

    let mut targets = Vec::new();
    let mut path = "/api/v1/parcels?limit=2".to_owned();
    loop {
        let page = server.get(&path).json();
        let found = page["parcels"].as_array().unwrap().iter();
        targets.extend(found.map(|it| it["target"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_i64() else {
            break;
        };
        path = format!("/api/v1/parcels?limit=2&before={next}");
    }
    assert_eq!(targets, ["N4", "N3", "N2", "N1", "N0"]);

    let first = server.get("/api/v1/changes?limit=3").json();
    let rest = server
        .get(&format!("/api/v1/changes?after={}", first["next"]))
        .json();
    let end = server
        .get(&format!("/api/v1/changes?after={}", rest["next"]))
        .json();
    let seqs = [&first, &rest]
        .map(|it| it["changes"].as_array().unwrap().clone())
        .concat();
    let seqs: Vec<u64> = seqs.iter().map(|it| it["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 5]);
    assert_eq!((&end["changes"], &end["next"]), (&json!([]), &rest["next"]));
    assert!(
        first["changes"][0]["text"]
            .as_str()
            .unwrap()
            .contains("Two"),
        "{first}"
    );
}

#[test]
fn unusable_requests_are_problems() {
    let parcels = Parcels::new();
    let server = Server::of_store(&parcels.store());
    for (path, status, detail) in [
        ("/api/v1/parcels?limit=0", 400, "1 to 200"),
        ("/api/v1/parcels?limit=201", 400, "1 to 200"),
        ("/api/v1/parcels?status=teleported", 400, "out_for_delivery"),
        ("/api/v1/parcels?limit=abc", 400, "limit must be 1 to 200"),
        ("/api/v1/parcels?limit=-1", 400, "limit must be 1 to 200"),
        ("/api/v1/changes?limit=abc", 400, "limit must be 1 to 200"),
        ("/api/v1/parcels?before=x", 400, "before must be the id"),
        (
            "/api/v1/parcels?attention=yes",
            400,
            "attention must be true or false",
        ),
        ("/api/v1/changes?after=x", 400, "after must be the number"),
        (
            "/api/v1/parcels?account=a&account=b",
            400,
            "the parameter account is there twice",
        ),
        (
            "/api/v1/parcels?nonsense=1",
            400,
            "there is no parameter nonsense; there are: status, attention",
        ),
        ("/api/v1/parcels?search=%00", 422, "NUL"),
        ("/api/v1/parcels/x", 404, "no parcel"),
        ("/api/v1/parcels/7", 404, "no parcel"),
        ("/api/v1/changes?after=-1", 400, "after"),
        ("/api/v1/nothing", 404, "openapi.json"),
    ] {
        assert_problem(&server.get(path), status, detail);
    }
    let long = format!(r#"{{"account":"memory","target":"{}"}}"#, "9".repeat(501));
    let huge = format!(
        r#"{{"account":"memory","target":"{}"}}"#,
        "9".repeat(70_000)
    );
    for (body, status, detail) in [
        (
            "{",
            400,
            "the body is not JSON: it ends too early (line 1, column 1)",
        ),
        (
            "{]",
            400,
            "the body is not JSON: it is broken (line 1, column 2)",
        ),
        (
            r#"{"account":"memory"}"#,
            422,
            "the field target is missing (line 1, column 20)",
        ),
        (
            r#"{"account":"memory","target":"RA1","register":"x"}"#,
            422,
            "register must be a boolean (line 1",
        ),
        (
            r#"{"account":"memory","target":"RA1","kind":"x"}"#,
            422,
            "kind must be one of number, id, reference (line 1",
        ),
        ("7", 422, "the body must be a JSON object"),
        (
            r#"{"account":"memory","target":"RA1","surprise":1}"#,
            422,
            "there is no field surprise; there are: account, kind, target",
        ),
        (r#"{"account":" ","target":"RA1"}"#, 422, "no account"),
        (r#"{"account":"memory","target":" "}"#, 422, "no number"),
        (&long, 422, "longer than 500"),
        (&huge, 413, ""),
    ] {
        assert_problem(&server.post("/api/v1/parcels", body), status, detail);
    }
    assert_problem(
        &server.send("PUT", "/api/v1/parcels", &[], ""),
        405,
        "method",
    );
    assert_eq!(server.get("/api/v1/parcels").json()["parcels"], json!([]));
}

#[test]
fn any_query_gets_a_page_or_a_problem() {
    let parcels = Parcels::new();
    parcels.add_number("RA100");
    let server = Server::of_store(&parcels.store());
    let mut random = Rng::with_seed(12);
    let mut pages = 0;
    for _ in 0..200 {
        let query = any_query(&mut random);
        for path in ["/api/v1/parcels", "/api/v1/changes"] {
            let response = server.get(&format!("{path}?{query}"));
            match response.status {
                200 => pages += 1,
                status @ (400 | 422) => {
                    assert_problem(&response, status, "");
                    let detail = response.json()["detail"].to_string();
                    assert!(
                        detail.len() < 1_000 && !detail.contains("\\n"),
                        "{query}: {detail}"
                    );
                }
                status => panic!("{status} for {query}: {response:?}"),
            }
        }
        // What a page cannot read in its address is as if it were not there.
        for path in ["/", "/changes"] {
            let page = server.page(&format!("{path}?{query}"));
            assert!(!page.contains("<script"), "{query}");
        }
    }
    assert!((20..380).contains(&pages), "{pages} of 400 are pages");
}

/// Up to three parameters, most of them known, with values that are right, wrong and strange.
fn any_query(random: &mut Rng) -> String {
    const NAMES: [&str; 11] = [
        "status",
        "attention",
        "account",
        "search",
        "before",
        "limit",
        "after",
        "q",
        "nonsense",
        "",
        "%00",
    ];
    const VALUES: [&str; 17] = [
        "",
        "true",
        "in_transit",
        "memory",
        "RA1",
        "0",
        "1",
        "-1",
        "200",
        "9223372036854775808",
        "%00",
        "%ff%fe",
        "%",
        "a=b",
        "+%20%0A",
        "%3Cscript%3E",
        "%F0%9F%93%A6",
    ];
    let mut parameters = Vec::new();
    for _ in 0..random.usize(..4) {
        let name = random.choice(NAMES).unwrap();
        let value = random.choice(VALUES).unwrap();
        let value = value.repeat(if random.u8(..8) == 0 { 300 } else { 1 });
        parameters.push(match random.u8(..8) {
            0 => name.to_owned(),
            _ => format!("{name}={value}"),
        });
    }
    parameters.join("&")
}

#[test]
fn account_that_is_not_served_is_refused() {
    let parcels = Parcels::new();
    let store = parcels.store();
    let variables = [
        ("TRACKING_FOLLOW_STORE", store.as_str()),
        ("SHIP24_API_KEY", "apik_test"),
        ("SHIP24_BASE_URL", "http://127.0.0.1:1"),
    ];
    let server = Server::start(&variables, &[]);

    let other = server.post("/api/v1/parcels", r#"{"account":"gcl","target":"RA100"}"#);
    let wrong = server.post("/api/v1/parcels", r#"{"account":"ship24","target":"!"}"#);

    assert_problem(&other, 422, "ship24");
    assert_problem(&wrong, 422, "number");
}

/// Workers know an account by its name only.
#[test]
fn parcel_is_stored_under_the_name_of_its_account() {
    let parcels = Parcels::new();
    let store = parcels.store();
    let variables = [
        ("TRACKING_FOLLOW_STORE", store.as_str()),
        ("ONECONCEPTS_EMAIL", "shop@example.com"),
        ("ONECONCEPTS_PASSWORD", "secret"),
        ("ONECONCEPTS_BASE_URL", "http://127.0.0.1:1"),
    ];
    for server in [
        Server::start(&variables, &["--no-workers"]),
        Server::of_store(&store),
    ] {
        let ids = ["oneconcepts", "1concepts", "OneConcepts"].map(|account| {
            let body =
                format!(r#"{{"account":"{account}","kind":"reference","target":"order 7"}}"#);
            server.post("/api/v1/parcels", &body).json()["id"].as_i64()
        });
        let id = ids[0].unwrap();
        assert_eq!(ids, [Some(id); 3]);
        assert_eq!(parcels.request(id).0, "oneconcepts");
    }
}

#[test]
fn options_of_a_parcel_are_checked_and_stored() {
    let parcels = Parcels::new();
    let server = Server::of_store(&parcels.store());
    let post = |options: &str| {
        let body = format!(r#"{{"account":"memory","target":"RA100",{options}}}"#);
        server.post("/api/v1/parcels", &body)
    };

    let added = post(r#""origin_country":"sg","destination_country":" DEU ","language":"de""#);
    let wrong = post(r#""origin_country":"Germany""#);

    let (_, request) = parcels.request(added.json()["id"].as_i64().unwrap());
    assert_eq!(request.hints.origin_country.as_deref(), Some("SG"));
    assert_eq!(request.hints.destination_country.as_deref(), Some("DEU"));
    assert_eq!(request.language.as_deref(), Some("de"));
    assert_problem(&wrong, 422, "origin_country: give the ISO 3166-1 code");
}

/// A reader of the API is no consumer: nothing is kept for it.
#[test]
fn deleted_changes_are_an_error_for_their_reader() {
    let parcels = Parcels::new();
    for place in 0..4 {
        parcels.add_number(&format!("N{place}"));
    }
    parcels.look(in_transit);
    parcels.look(delivered);
    let server = Server::of_store(&parcels.store());
    let changes = |after: u64| server.get(&format!("/api/v1/changes?after={after}"));
    let first = |after: u64| changes(after).json()["changes"][0]["seq"].as_u64();
    assert_eq!((first(0), first(1)), (Some(1), Some(2)));

    parcels.execute("DELETE FROM follow_change WHERE seq <= 2");
    assert_eq!((first(0), first(2), first(3)), (Some(3), Some(3), Some(4)));
    assert_problem(&changes(1), 410, "after=2");

    parcels.execute("DELETE FROM follow_change");
    assert_problem(&changes(3), 410, "after=4");
    for after in [0, 4] {
        let page = changes(after).json();
        assert_eq!(
            (&page["changes"], &page["next"]),
            (&json!([]), &json!(after))
        );
    }
    let metrics = server.get("/metrics").body;
    assert!(
        metrics.contains("\ntracking_changes_total 4\n"),
        "{metrics}"
    );
}

fn in_transit(number: &str) -> Result<Outcome, Error> {
    Ok(Outcome::Found(vec![shipment(
        number,
        &Status::InTransit,
        &[],
    )]))
}

fn delivered(number: &str) -> Result<Outcome, Error> {
    Ok(Outcome::Found(vec![shipment(
        number,
        &Status::Delivered,
        &[],
    )]))
}

#[test]
fn health_and_metrics_say_what_there_is() {
    let parcels = Parcels::new();
    for number in ["RA100", "fails", "RB200"] {
        parcels.add_number(number);
    }
    parcels.look(|number| match number {
        "fails" => Err(refusal()),
        "RA100" => Ok(Outcome::Found(vec![shipment(
            number,
            &Status::Exception,
            &[],
        )])),
        _ => Ok(Outcome::Found(vec![shipment(
            number,
            &Status::Delivered,
            &[],
        )])),
    });
    parcels.acknowledge("mail", 0);
    let server = Server::of_store(&parcels.store());

    assert_eq!(server.get("/health/live").json(), json!({"status": "live"}));
    assert_eq!(
        server.get("/health/ready").json(),
        json!({"status": "ready"})
    );
    let metrics = server.get("/metrics");
    assert!(
        metrics
            .header("content-type")
            .starts_with("application/openmetrics-text")
    );
    for line in [
        "tracking_parcels{status=\"exception\"} 1",
        "tracking_parcels_needing_attention{status=\"exception\"} 1",
        "tracking_parcels{status=\"delivered\"} 1",
        "tracking_parcels_failing{account=\"memory\"} 1",
        "tracking_oldest_due_seconds{account=\"memory\"} 0",
        "tracking_changes_total 0",
        "tracking_consumer_behind{consumer=\"mail\"} 0",
        "tracking_messages{state=\"aside\"} 0",
        "# EOF",
    ] {
        assert!(
            metrics.body.lines().any(|it| it == line),
            "{line}: {}",
            metrics.body
        );
    }
}

#[test]
fn store_of_a_newer_version_is_not_ready() {
    let parcels = Parcels::new();
    let server = Server::of_store(&parcels.store());
    parcels.execute(
        "UPDATE follow_migration SET version = 1000 WHERE version = 2; ALTER TABLE follow_summary RENAME TO other",
    );

    let ready = server.get("/health/ready");
    let page = server.get("/");
    let list = server.get("/api/v1/parcels");

    assert_eq!((ready.status, page.status), (503, 500));
    assert!(ready.body.contains("newer version"), "{}", ready.body);
    assert!(
        page.body.contains("The store cannot be read"),
        "{}",
        page.body
    );
    assert_problem(&list, 500, "");
    assert_eq!(server.get("/health/live").status, 200);
}

/// The description is true: what the API sends is what it says.
#[test]
fn responses_are_as_described() {
    let parcels = Parcels::new();
    parcels.add_number("RA100");
    parcels.look(|number| {
        Ok(Outcome::Found(vec![shipment(
            number,
            &Status::InTransit,
            &["One"],
        )]))
    });
    parcels.look(|number| {
        Ok(Outcome::Found(vec![shipment(
            number,
            &Status::Delivered,
            &["One", "Two"],
        )]))
    });
    let server = Server::of_store(&parcels.store());
    let document = server.get("/api/v1/openapi.json").json();

    assert_eq!(document["openapi"], "3.1.0");
    let printed = run_with(&[], &["serve", "--openapi"]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert_eq!(
        serde_json::from_str::<Value>(&printed.stdout).unwrap(),
        document
    );
    for (method, path, request, status) in [
        ("get", "/parcels", "/parcels?limit=1", "200"),
        ("post", "/parcels", "/parcels", "201"),
        ("get", "/parcels/{id}", "/parcels/1", "200"),
        ("get", "/changes", "/changes", "200"),
        ("get", "/accounts", "/accounts", "200"),
        ("get", "/parcels/{id}", "/parcels/99", "404"),
        ("get", "/parcels", "/parcels?limit=0", "400"),
        ("get", "/parcels", "/parcels?account=%20", "422"),
    ] {
        let request = format!("/api/v1{request}");
        let response = match method {
            "post" => server.post(&request, r#"{"account":"memory","target":"RB200"}"#),
            _ => server.get(&request),
        };
        assert_eq!(response.status.to_string(), status, "{response:?}");
        let described = &document["paths"][path][method]["responses"][status];
        let (media_type, content) = described["content"]
            .as_object()
            .unwrap()
            .iter()
            .next()
            .unwrap();
        assert_eq!(response.header("content-type"), *media_type, "{path}");
        let mut schema = content["schema"].clone();
        schema["components"] = document["components"].clone();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let body: Value = response.json();
        let errors: Vec<String> = validator
            .iter_errors(&body)
            .map(|it| it.to_string())
            .collect();
        assert_eq!(errors, [] as [&str; 0], "{method} {path}: {body}");
    }
}
