//! Measures how many responses per second the sandbox sends.
//!
//! `cargo run --release -p tracking-sandbox --example throughput [SECONDS]`
//!
//! The client is a bare HTTP/1.1 loop that sends many requests before it reads the responses, so
//! that its own work stays small. The sandbox runs on one thread; the last column divides by the
//! processor time of that thread (Linux only), which is the number to compare between machines
//! that do other work at the same time.

use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tracking_sandbox::Sandbox;

/// Requests that are under way at the same time.
const PIPELINE: usize = 32;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let seconds = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(3);
    let sandbox = Sandbox::start().await?;
    sandbox
        .ship24()
        .configure(|settings| settings.rate_limits = false);
    sandbox
        .trackingmore()
        .configure(|settings| settings.rate_limits = false);

    let body = format!("{{\"trackingNumber\":\"{}\"}}", Sandbox::DEMO_NUMBER);
    let track = ship24(&sandbox, "POST", "/trackers/track", &body);
    let results = ship24(
        &sandbox,
        "GET",
        &format!("/trackers/search/{}/results", Sandbox::DEMO_NUMBER),
        "",
    );
    let couriers = ship24(&sandbox, "GET", "/couriers", "");
    let body = format!(
        "{{\"tracking_number\":\"{}\",\"carrier_code\":\"singapore-post\"}}",
        Sandbox::DEMO_NUMBER
    );
    let realtime = trackingmore(&sandbox, "POST", "/trackings/realtime", &body);
    let list = trackingmore(&sandbox, "GET", "/trackings/get", "");
    println!(
        "{:<30} {:>10} {:>12} {:>14}",
        "operation", "bytes", "responses/s", "per CPU second"
    );
    for (name, request) in [
        ("ship24 track", track),
        ("ship24 results", results),
        ("ship24 couriers", couriers),
        ("trackingmore realtime", realtime),
        ("trackingmore list", list),
    ] {
        let run = run(&sandbox, &request, Duration::from_secs(seconds))?;
        println!(
            "{name:<30} {:>10} {:>12.0} {:>14}",
            run.bytes, run.rate, run.per_cpu_second
        );
    }
    Ok(())
}

fn ship24(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> String {
    let key = format!("authorization: Bearer {}", sandbox.ship24().api_key());
    let path = format!("/ship24/public/v1{path}");
    request(sandbox, method, &path, &key, body)
}

fn trackingmore(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> String {
    let key = format!("trackingmore-api-key: {}", sandbox.trackingmore().api_key());
    request(
        sandbox,
        method,
        &format!("/trackingmore/v2{path}"),
        &key,
        body,
    )
}

fn request(sandbox: &Sandbox, method: &str, path: &str, key: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: {}\r\n{key}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        sandbox.address(),
        body.len(),
    )
}

struct Run {
    bytes: usize,
    rate: f64,
    per_cpu_second: String,
}

fn run(sandbox: &Sandbox, request: &str, length: Duration) -> Result<Run, Box<dyn Error>> {
    let mut stream = TcpStream::connect(sandbox.address())?;
    stream.set_nodelay(true)?;
    let batch = request.repeat(PIPELINE);
    let mut buffer = vec![0; 1024 * 1024];

    // All responses to one request have the same length, so one is enough to know it.
    stream.write_all(request.as_bytes())?;
    let bytes = response_length(&mut stream, &mut buffer)?;

    let cpu_before = sandbox_cpu_seconds();
    let started = Instant::now();
    let mut responses = 0_u32;
    while started.elapsed() < length {
        stream.write_all(batch.as_bytes())?;
        let mut left = bytes * PIPELINE;
        while left > 0 {
            let read = stream.read(&mut buffer)?;
            if read == 0 || read > left {
                return Err("the responses do not all have the same length".into());
            }
            left -= read;
        }
        responses += u32::try_from(PIPELINE)?;
    }
    let rate = f64::from(responses) / started.elapsed().as_secs_f64();
    let per_cpu_second = match (cpu_before, sandbox_cpu_seconds()) {
        (Some(before), Some(after)) if after > before => {
            format!("{:.0}", f64::from(responses) / (after - before))
        }
        _ => "unknown".to_owned(),
    };
    Ok(Run {
        bytes,
        rate,
        per_cpu_second,
    })
}

fn response_length(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<usize, Box<dyn Error>> {
    let mut filled = 0;
    loop {
        let free = buffer.get_mut(filled..).ok_or("the response is too long")?;
        filled += stream.read(free)?;
        let text = String::from_utf8_lossy(buffer.get(..filled).unwrap_or_default()).into_owned();
        let Some(head) = text.find("\r\n\r\n").map(|end| end + 4) else {
            continue;
        };
        if !text.starts_with("HTTP/1.1 2") {
            return Err(text.into());
        }
        let length: usize = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .ok_or("no content-length")?
            .parse()?;
        if filled >= head + length {
            return Ok(head + length);
        }
    }
}

/// Processor time of the sandbox's thread so far, from Linux's process file system.
fn sandbox_cpu_seconds() -> Option<f64> {
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let path = task.ok()?.path();
        let name = std::fs::read_to_string(path.join("comm")).ok()?;
        // The kernel keeps the first fifteen characters of the name.
        if name.trim() == "tracking-sandbo" {
            let schedule = std::fs::read_to_string(path.join("schedstat")).ok()?;
            let nanoseconds: f64 = schedule.split_whitespace().next()?.parse().ok()?;
            return Some(nanoseconds / 1e9);
        }
    }
    None
}
