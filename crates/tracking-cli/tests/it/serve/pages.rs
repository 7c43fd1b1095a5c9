//! The page.

use tracking_core::{Outcome, Status, TrackRequest};
use tracking_follow::NewParcel;

use super::parcels::{HOSTILE, Parcels, hostile, refusal, shipment};
use super::server::Server;

#[test]
fn board_counts_filters_and_finds() {
    let parcels = Parcels::new();
    let request = TrackRequest::number("RA100");
    let named = NewParcel::new("memory", request).with_reference("order 7");
    parcels.add(named.with_tag("gift"));
    parcels.add_number("RB200");
    parcels.look(|number| {
        let status = match number {
            "RA100" => Status::Exception,
            _ => Status::InTransit,
        };
        Ok(Outcome::Found(vec![shipment(
            number,
            &status,
            &["Sorted in Leipzig"],
        )]))
    });
    parcels.add_number("RC300");
    let server = Server::of_store(&parcels.store());

    for (path, shown, hidden) in [
        (
            "/",
            vec!["RA100", "RB200", "RC300", "order 7", "Sorted in Leipzig"],
            vec![],
        ),
        ("/?status=in_transit", vec!["RB200"], vec!["RA100", "RC300"]),
        ("/?status=pending", vec!["RC300"], vec!["RA100", "RB200"]),
        ("/?attention=1", vec!["RA100"], vec!["RB200", "RC300"]),
        ("/?q=ra-1", vec!["RA100"], vec!["RB200", "RC300"]),
        ("/?q=order", vec!["RA100"], vec!["RB200"]),
        ("/?q=gift", vec!["RA100"], vec!["RB200"]),
        ("/?q=gift&status=in_transit", vec![], vec!["RA100", "RB200"]),
        ("/?q=%00", vec![], vec!["RA100"]),
        ("/?account=other", vec![], vec!["RA100"]),
        ("/?account=%00", vec![], vec!["RA100"]),
        (
            "/?status=nonsense&before=x",
            vec!["RA100", "RB200", "RC300"],
            vec![],
        ),
    ] {
        let page = server.page(path);
        let table = page.split("<tbody>").nth(1).unwrap_or_default();
        for text in shown {
            assert!(table.contains(text), "{path} has no {text}");
        }
        for text in hidden {
            assert!(!table.contains(text), "{path} has {text}");
        }
    }
    let board = server.page("/");
    for count in [
        "All <span class=\"count\">3<",
        "Exception <span class=\"count\">1<",
        "attention <span class=\"count\">1<",
    ] {
        assert!(board.contains(count), "{count}: {board}");
    }
    let of_account = server.page("/?account=memory");
    assert!(of_account.contains("All <span class=\"count\">3<"));
    let of_other = server.page("/?account=other");
    assert!(of_other.contains("All <span class=\"count\">0<"));
    assert!(of_other.contains("No parcel is here."), "{of_other}");
    let found = server.page("/?q=gift");
    assert!(!found.contains("class=\"count\""), "{found}");
}

#[test]
fn board_has_pages() {
    let parcels = Parcels::new();
    for place in 0..51 {
        parcels.add_number(&format!("N{place:03}"));
    }
    let server = Server::of_store(&parcels.store());

    let first = server.page("/");
    let (_, link) = first
        .split_once("class=\"button\" href=\"/?before=")
        .unwrap();
    let second = server.page(&format!("/?before={}", link.split('"').next().unwrap()));

    assert_eq!(first.matches("<tr").count(), 51, "with the head");
    assert!(first.contains("N050") && first.contains("N001") && !first.contains("N000"));
    assert_eq!(second.matches("<tr").count(), 2);
    assert!(second.contains("N000") && second.contains(">Newest<") && !second.contains(">Older<"));
}

#[test]
fn parcel_shows_history_and_what_changed() {
    let parcels = Parcels::new();
    let id = parcels.add_number("RA100");
    parcels.look(|number| {
        Ok(Outcome::Found(vec![shipment(
            number,
            &Status::InTransit,
            &["Accepted"],
        )]))
    });
    parcels.look(|number| {
        let events = ["Accepted", "On the vehicle"];
        Ok(Outcome::Found(vec![shipment(
            number,
            &Status::OutForDelivery,
            &events,
        )]))
    });
    parcels.acknowledge("mail", 1);
    let server = Server::of_store(&parcels.store());

    let page = server.page(&format!("/parcels/{id}"));
    let changes = server.page("/changes");
    let accounts = server.page("/accounts");

    let (history, changed) = page.split_once("What changed when").unwrap();
    let newest = history.find("On the vehicle").unwrap();
    assert!(newest < history.find("Accepted").unwrap());
    assert!(
        history.contains("<time datetime=\"2026-03-01T09:00:00Z\">2026-03-01 10:00 +01:00</time>")
    );
    assert!(history.contains("aria-current=\"step\">Near the recipient"));
    assert!(
        changed.contains("On the vehicle") && changed.contains("#1"),
        "{changed}"
    );
    assert!(
        changes.contains("On the vehicle") && changes.contains(&format!("href=\"/parcels/{id}\""))
    );
    assert!(
        changes.contains(">mail</th>") && changes.contains("Has more to read"),
        "{changes}"
    );
    assert!(accounts.contains("memory") && accounts.contains("looks at no parcels"));
    for path in ["/parcels/999", "/parcels/x", "/nothing"] {
        let missing = server.get(path);
        assert_eq!(
            (missing.status, missing.header("content-type").as_str()),
            (404, "text/html; charset=utf-8")
        );
        assert!(
            missing.body.contains("<h1>Not found</h1>"),
            "{}",
            missing.body
        );
    }
}

#[test]
fn accounts_show_limits_rules_and_waits() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let rules = "[trackingmore]\napi_key = \"any\"\nlooks_per_day = 20000\nquiet_hours = \"22:00-06:00\"\n\
                 time_zone = \"Europe/Berlin\"\n";
    std::fs::write(&file, rules).unwrap();
    let store = format!("sqlite:{}", folder.path().join("follow.db").display());
    let variables = [
        ("TRACKING_FOLLOW_STORE", store.as_str()),
        ("TRACKING_CONFIG", file.to_str().unwrap()),
    ];
    let server = Server::start(&variables, &[]);
    let without_workers = Server::start(&variables, &["--no-workers"]);

    let page = server.page("/accounts");
    for expected in [
        "1 request in 1 s",
        "<dt>Waiting for the limit</dt><dd>no call</dd>",
        "<dt>Looks, at most</dt><dd>20000 a day</dd>",
        "22:00-06:00 Europe/Berlin",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    let metrics = server.get("/metrics").body;
    let waiting = "tracking_calls_waiting{account=\"trackingmore\"} 0";
    assert!(metrics.contains(waiting), "{metrics}");

    // Another process makes its calls.
    let page = without_workers.page("/accounts");
    assert!(page.contains("1 request in 1 s"), "{page}");
    assert!(!page.contains("Waiting for the limit"), "{page}");
    let metrics = without_workers.get("/metrics").body;
    assert!(!metrics.contains("calls_waiting{"), "{metrics}");
}

/// Text of another direction does not turn around what is beside it.
#[test]
fn text_of_each_direction_is_isolated() {
    const ARRIVED: &str = "وصلت الشحنة";
    let parcels = Parcels::new();
    let request = TrackRequest::number("RA100");
    let parcel = NewParcel::new("memory", request).with_tag("هدية");
    let id = parcels.add(parcel.with_reference("طلب 7"));
    parcels.look(|number| {
        let mut found = shipment(number, &Status::InTransit, &[ARRIVED]);
        found.legs[0].events[0].location = Some("دبي".to_owned());
        Ok(Outcome::Found(vec![found]))
    });
    let server = Server::of_store(&parcels.store());

    let board = server.page("/");
    let page = server.page(&format!("/parcels/{id}"));

    assert!(board.contains(&format!("<bdi>{ARRIVED}</bdi>")), "{board}");
    assert!(
        page.contains(&format!("<bdi class=\"text\">{ARRIVED}</bdi>")),
        "{page}"
    );
    for text in ["دبي", "هدية", "طلب 7"] {
        let isolated = format!("<bdi>{text}</bdi>");
        assert!(
            board.contains(&isolated) && page.contains(&isolated),
            "{text}"
        );
    }
}

/// What comes from outside is text, and never a tag or an attribute.
#[test]
fn markup_of_others_is_shown_as_text() {
    let parcels = Parcels::new();
    let request = || TrackRequest::number(HOSTILE).with_courier(HOSTILE);
    let found = parcels.add(
        NewParcel::new("memory", request())
            .with_reference(HOSTILE)
            .with_tag(HOSTILE),
    );
    parcels.acknowledge(HOSTILE, 0);
    let failing = parcels.add(NewParcel::new(
        "memory",
        TrackRequest::number(format!("fails{HOSTILE}")),
    ));
    parcels.add(NewParcel::new(HOSTILE, request()));
    for status in [Status::InTransit, Status::Exception] {
        let respond: fn(&str) -> _ = match status {
            Status::InTransit => |number| respond(number, &Status::InTransit),
            _ => |number| respond(number, &Status::Exception),
        };
        parcels.look(respond);
    }
    let server = Server::of_store(&parcels.store());

    let search =
        "/?q=%22%27%3E%3Cscript%3Ealert(1)&account=%3Cscript%3E&status=%22%3E&attention=%3Cimg%3E";
    let paths = [
        "/".to_owned(),
        search.to_owned(),
        format!("/parcels/{found}"),
        format!("/parcels/{failing}"),
        "/accounts".to_owned(),
        "/changes".to_owned(),
    ];
    for path in paths {
        let page = server.page(&path);
        assert!(
            page.contains("&lt;script&gt;"),
            "{path} shows nothing of it: {page}"
        );
        assert_harmless(&path, &page);
    }
    let unknown = server.get("/<script>alert(1)</script>");
    assert_harmless("an unknown path", &unknown.body);
}

fn respond(number: &str, status: &Status) -> Result<Outcome, tracking_core::Error> {
    if number.starts_with("fails") {
        return Err(refusal());
    }
    Ok(Outcome::Found(vec![hostile(number, status)]))
}

/// Each tag is one of the page's own, with attributes of its own.
fn assert_harmless(path: &str, page: &str) {
    let tags = page
        .split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap());
    for tag in tags {
        let name = tag.split([' ', '/']).find(|it| !it.is_empty()).unwrap();
        assert!(
            !["script", "iframe", "object", "style"].contains(&name),
            "{path}: <{tag}>"
        );
        assert!(
            name != "img" || tag.contains("src=\"/icon.svg\""),
            "{path}: <{tag}>"
        );
        assert_eq!(tag.matches('"').count() % 2, 0, "{path}: <{tag}>");
        // Outside of the values, there is no attribute for an event.
        let outside: String = tag.split('"').step_by(2).collect();
        assert!(!outside.contains(" on"), "{path}: <{tag}>");
        let link = tag
            .split("href=\"")
            .nth(1)
            .or_else(|| tag.split("src=\"").nth(1));
        if let Some(link) = link {
            assert!(
                link.starts_with('/') || link.starts_with('#'),
                "{path}: <{tag}>"
            );
        }
    }
}
