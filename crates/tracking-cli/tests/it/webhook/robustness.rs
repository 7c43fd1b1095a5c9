//! Senders that misbehave, and the end of a listener.

use std::io::Write;
use std::net::{Shutdown, TcpStream};

use super::listener::{Listener, read_response};

fn connect(listener: &Listener) -> TcpStream {
    TcpStream::connect(listener.url.strip_prefix("http://").unwrap()).unwrap()
}

#[test]
fn half_open_connections_keep_nobody_waiting() {
    let mut listener = Listener::start(&["--json"]);
    let starts = [
        "",
        "POST /webhooks/ship24 HTTP/1.1\r\nhost: a",
        "POST /webhooks/gcl HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{",
    ];
    let streams: Vec<TcpStream> = (0..60)
        .map(|index| {
            let mut stream = connect(&listener);
            stream.write_all(starts[index % 3].as_bytes()).unwrap();
            stream
        })
        .collect();

    let run = listener.send("ship24");

    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(listener.json()["outcome"], "accepted");
    drop(streams);
}

#[test]
fn request_that_breaks_off_is_reported() {
    let mut listener = Listener::start(&["--json"]);
    let mut stream = connect(&listener);
    let head = "POST /webhooks/gcl?key=hidden HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{";
    stream.write_all(head.as_bytes()).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();

    let line = listener.json();

    assert_eq!(line["outcome"], "incomplete");
    assert_eq!(line["reply"]["status"], 408);
    assert_eq!(
        (&line["path"], &line["bytes"]),
        (&"/webhooks/gcl".into(), &1.into())
    );
}

#[test]
fn what_is_not_http_is_refused_and_ends_nothing() {
    let mut listener = Listener::start(&["--json"]);
    let mut stream = connect(&listener);
    stream
        .write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n")
        .unwrap();
    let (status, _) = read_response(stream);
    assert_eq!(status, 400);

    assert_eq!(listener.send("gcl").code, Some(0));
    assert_eq!(listener.json()["outcome"], "accepted");
}

#[test]
fn closed_pipe_ends_the_listener_quietly() {
    let mut listener = Listener::start(&[]);
    listener.errors(3);
    listener.close_output();

    // The reply may be there before the end or not.
    listener.send("gcl");

    let (code, _, errors) = listener.end();
    assert_eq!((code, errors.as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn interrupted_listener_has_printed_what_was_received() {
    let mut listener = Listener::start(&["--json"]);
    listener.errors(3);
    let run = listener.send("ship24");
    assert_eq!(run.code, Some(0), "{run:?}");

    listener.interrupt();

    let (code, output, errors) = listener.end();
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert_eq!(output.lines().count(), 1, "{output}");
    assert!(output.contains("\"outcome\":\"accepted\""), "{output}");
}
