//! A response that is far too large.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// The size of the body that is offered: well above the 32 MiB that are read by default.
pub const HUGE: usize = 100 * 1024 * 1024;

/// Responds to one request with a head and then up to [`HUGE`] bytes, and returns how many were sent.
#[must_use]
pub fn huge_body(head: &'static str, chunked: bool) -> (SocketAddr, JoinHandle<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(head.as_bytes());
        pour(&mut stream, chunked)
    });
    (address, serving)
}

fn pour(stream: &mut TcpStream, chunked: bool) -> usize {
    let mut block = vec![b' '; 64 * 1024];
    if chunked {
        block = [b"10000\r\n", block.as_slice(), b"\r\n"].concat();
    }
    let mut sent = 0;
    while sent < HUGE && stream.write_all(&block).is_ok() {
        sent += 64 * 1024;
    }
    sent
}

/// Waits beside the runtime, which has to close the connection meanwhile.
pub async fn sent_by(serving: JoinHandle<usize>) -> usize {
    tokio::task::spawn_blocking(|| serving.join().unwrap())
        .await
        .unwrap()
}
