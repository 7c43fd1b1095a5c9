//! The page in a real browser.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Barrier};
use std::thread;

use tracking_core::{Courier, Leg, LegRole, Outcome, Status, Timestamp};
use tracking_core::{TrackRequest, UtcTime};
use tracking_follow::NewParcel;

use super::parcels::{HOSTILE, Parcels, hostile, refusal, shipment};
use super::server::Server;

/// The variable with the program of a browser; `.ci/browser` sets it.
const BROWSER: &str = "TRACKING_BROWSER";

/// Widths of a phone, of a tablet, and of a desktop.
const WIDTHS: [u32; 4] = [320, 390, 768, 1280];

/// A browser without a window.
struct Browser(PathBuf);

impl Browser {
    /// `None` where there is none, which is an error in continuous integration on Linux.
    fn find() -> Option<Self> {
        if let Some(program) = std::env::var_os(BROWSER) {
            return Some(Self(program.into()));
        }
        let is_required = cfg!(target_os = "linux") && std::env::var_os("CI").is_some();
        assert!(!is_required, "{BROWSER} is not set; run `bash .ci/run`");
        // Not captured by the test harness.
        let mut stderr = std::io::stderr().lock();
        let _ = writeln!(
            stderr,
            "SKIPPED in a browser: run `bash .ci/browser cargo test -p tracking-cli browser`"
        );
        None
    }

    fn command(&self, profile: &Path, is_dark: bool, size: (u32, u32)) -> Command {
        let mut command = Command::new(&self.0);
        command
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
            ])
            .args([
                "--no-first-run",
                "--disable-extensions",
                "--disable-background-networking",
            ])
            .arg("--enable-logging=stderr")
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(format!("--window-size={},{}", size.0, size.1))
            // 0 is dark, 1 is light.
            .arg(format!(
                "--blink-settings=preferredColorScheme={}",
                u8::from(!is_dark)
            ))
            .stdin(Stdio::null());
        command
    }

    /// The document as the browser has it, and what it says on its console.
    fn dump(&self, url: &str, is_dark: bool) -> (String, Vec<String>) {
        let profile = tempfile::tempdir().unwrap();
        let mut command = self.command(profile.path(), is_dark, (1300, 1200));
        let output = command.args(["--dump-dom", url]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().filter(|line| line.contains(":CONSOLE"));
        let said = said.map(str::to_owned).collect();
        (String::from_utf8(output.stdout).unwrap(), said)
    }

    fn screenshot(&self, name: &str, url: &str, is_dark: bool, size: (u32, u32)) -> Vec<u8> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{name}.png"));
        let profile = tempfile::tempdir().unwrap();
        let mut command = self.command(profile.path(), is_dark, size);
        command
            .arg(format!("--screenshot={}", file.display()))
            .arg(url);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        fs::read(&file).unwrap()
    }
}

/// The server behind a door that lets a page be framed, so that a script outside of it can measure it at any width.
fn framed(server: &Server, paths: &[String]) -> String {
    let measuring = include_str!("browser.html")
        .replace("PATHS", &serde_json::to_string(paths).unwrap())
        .replace("WIDTHS", &serde_json::to_string(&WIDTHS).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let inner = server.address.clone();
    // The browser waits for a picture that comes when everything is measured.
    let measured = Arc::new(Barrier::new(2));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (inner, measuring) = (inner.clone(), measuring.clone());
            let measured = Arc::clone(&measured);
            thread::spawn(move || respond(stream.unwrap(), &inner, &measuring, &measured));
        }
    });
    address
}

fn respond(mut stream: TcpStream, inner: &str, measuring: &str, measured: &Barrier) {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    reader.read_line(&mut line).unwrap();
    let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
    while reader.read_line(&mut line).is_ok_and(|length| length > 2) {}
    let html = "content-type: text/html; charset=utf-8\r\n";
    let (status, headers, body) = match path.strip_prefix("/frame/") {
        _ if path == "/measure" => (200, html.to_owned(), measuring.to_owned()),
        _ if path.starts_with("/measured") => {
            measured.wait();
            (204, String::new(), String::new())
        }
        Some(rest) => {
            let (width, page) = rest.split_once('/').unwrap();
            let body = format!(
                "<!DOCTYPE html><body style='margin:0'><iframe src='/{page}' \
                 style='border:0;width:{width}px;height:100vh'></iframe>"
            );
            (200, html.to_owned(), body)
        }
        None => {
            let response = super::server::request(inner, "GET", &path, &[], "");
            let policy = response.header("content-security-policy");
            let policy = policy.replace("frame-ancestors 'none'", "");
            let headers = format!(
                "content-type: {}\r\ncontent-security-policy: {policy}\r\n",
                response.header("content-type")
            );
            (response.status, headers, response.body)
        }
    };
    let head = format!(
        "HTTP/1.1 {status} Status\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // A browser may have enough.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body.as_bytes());
}

/// Parcels that are hard to lay out: long, many, several legs, hostile, failing.
fn difficult() -> (Parcels, Vec<String>) {
    let parcels = Parcels::new();
    let long = "N".repeat(300);
    let request = TrackRequest::number(HOSTILE);
    let mut ids = vec![
        parcels.add(
            NewParcel::new("memory", request)
                .with_reference(HOSTILE)
                .with_tag(HOSTILE),
        ),
        parcels.add(NewParcel::new("memory", TrackRequest::number(&long)).with_tag(&long)),
        parcels.add_number("legs"),
        parcels.add_number("fails"),
        parcels.add_number("unknown"),
        parcels.add_number("from right to left"),
    ];
    parcels.look(|number| look(number, &Status::InTransit));
    parcels.look(|number| look(number, &Status::AttemptFailed));
    ids.push(parcels.add_number("new"));
    let mut paths: Vec<String> = [
        "/",
        "/?q=nothing%20is%20here",
        "/?attention=1",
        "/accounts",
        "/changes",
        "/webhooks",
        "/nothing",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend(ids.iter().map(|id| format!("/parcels/{id}")));
    (parcels, paths)
}

fn look(number: &str, status: &Status) -> Result<Outcome, tracking_core::Error> {
    let text = match status {
        Status::InTransit => "Sorted",
        _ => {
            "Nobody was at home, and the parcel is in Donaudampfschifffahrtsgesellschaftskapitänsmützenlager"
        }
    };
    let found = match number {
        "fails" => return Err(refusal()),
        "unknown" => return Ok(Outcome::NotFound),
        "legs" => {
            let mut shipment = shipment(number, status, &["Accepted", text]);
            let mut first = Leg::new(LegRole::Origin);
            first.courier = Some(Courier::new("sg-post").with_name("Singapore Post"));
            first.number = Some("RB473128508SG".to_owned());
            let mut event = shipment.legs[0].events[0].clone();
            event.time = Some(Timestamp::parse("2026-02-24T10:00:00"));
            first.events.push(event);
            shipment.legs[0].role = LegRole::Destination;
            shipment.legs.insert(0, first);
            shipment.registered_at = Some(UtcTime::now());
            shipment
        }
        "from right to left" => shipment(
            number,
            status,
            &["وصلت الشحنة إلى مركز الفرز", "החבילה נמסרה"],
        ),
        long if long.len() > 200 => shipment(number, status, &[text, long]),
        _ => hostile(number, status),
    };
    Ok(Outcome::Found(vec![found]))
}

#[test]
fn browser_finds_no_fault_in_any_page() {
    let Some(browser) = Browser::find() else {
        return;
    };
    let (parcels, paths) = difficult();
    let server = Server::of_store(&parcels.store());
    let door = framed(&server, &paths);
    for is_dark in [false, true] {
        let (document, _) = browser.dump(&format!("http://{door}/measure"), is_dark);

        let (_, found) = document.split_once("<pre id=\"faults\">").unwrap();
        let (found, _) = found.split_once("</pre>").unwrap();
        assert_eq!(found, "[]", "dark: {is_dark}");
    }
}

#[test]
fn browser_says_nothing_on_its_console() {
    let Some(browser) = Browser::find() else {
        return;
    };
    let (parcels, paths) = difficult();
    let server = Server::of_store(&parcels.store());
    for path in paths.iter().filter(|it| *it != "/nothing") {
        let (document, said) = browser.dump(&format!("http://{}{path}", server.address), false);

        assert!(
            document.contains("<main id=\"content\">"),
            "{path}: {document}"
        );
        assert_eq!(said, [] as [&str; 0], "{path}");
    }
}

#[test]
fn browser_shows_the_demo() {
    let Some(browser) = Browser::find() else {
        return;
    };
    let server = Server::start(&[], &["--sandbox"]);
    let parcel = loop {
        let changes = server.get("/api/v1/changes?limit=200").json();
        let changes = changes["changes"].as_array().unwrap().clone();
        if let Some(last) = changes.iter().rfind(|it| it["account"] == "ship24") {
            break last["parcel"].as_i64().unwrap();
        }
    };
    let door = framed(&server, &[]);
    for (name, path) in [
        ("board", "/".to_owned()),
        ("parcel", format!("/parcels/{parcel}")),
        ("accounts", "/accounts".to_owned()),
        ("changes", "/changes".to_owned()),
    ] {
        for (kind, url, is_dark, size) in [
            (
                "desktop",
                format!("http://{}{path}", server.address),
                false,
                (1280, 1000),
            ),
            (
                "dark",
                format!("http://{}{path}", server.address),
                true,
                (1280, 1000),
            ),
            (
                "phone",
                format!("http://{door}/frame/390{path}"),
                false,
                (390, 1000),
            ),
        ] {
            let picture = browser.screenshot(&format!("{name}-{kind}"), &url, is_dark, size);

            assert!(picture.starts_with(b"\x89PNG"), "{name} {kind}");
            // One of a single colour is much smaller.
            assert!(
                picture.len() > 10_000,
                "{name} {kind}: {} bytes",
                picture.len()
            );
        }
    }
}
