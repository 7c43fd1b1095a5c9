//! The loopback server, in a process of its own so that its work is never counted.

use std::env;
use std::io::{self, BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;

use crate::response;

/// A running server; ends with the value.
pub(crate) struct Server {
    process: Child,
    first_line: String,
}

impl Server {
    /// Starts this program again as a server and waits until it prints where it is.
    pub(crate) fn start(server: &str) -> Result<Self> {
        let mut process = Command::new(env::current_exe()?)
            .arg(server)
            .stdout(Stdio::piped())
            .spawn()
            .context("the server cannot be started")?;
        let output = process.stdout.take().context("the server has no output")?;
        let mut first_line = String::new();
        let read = BufReader::new(output).read_line(&mut first_line);
        let server = Self {
            process,
            first_line: first_line.trim_end().to_owned(),
        };
        read.context("the server printed no address")?;
        Ok(server)
    }

    /// The line that it printed: its address, or its accounts.
    pub(crate) fn first_line(&self) -> &str {
        &self.first_line
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let ended = self.process.kill().and_then(|()| self.process.wait());
        if let Err(error) = ended {
            eprintln!("the server did not end: {error}");
        }
    }
}

/// Sends the response of a provider for every request, until it is killed.
pub(crate) fn serve() -> Result<()> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(async move {
                // A client that goes away ends its own connection only.
                let _ = converse(stream).await;
            });
        }
    })
}

/// Responds to each request with one write.
async fn converse(mut stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::with_capacity(4096);
    loop {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
        if let Some(response) = response_to(&request) {
            request.clear();
            stream.write_all(&response).await?;
        }
    }
}

/// The response to a request; `None` until all of it has arrived.
fn response_to(request: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(request);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let (method, rest) = lines.next()?.split_once(' ')?;
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse().ok())?
    });
    (body.len() >= length.unwrap_or(0)).then(|| response(&response::body_for(method, rest)))
}

/// The response with the headers that such a server usually sends.
fn response(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\n\
         Content-Type: application/json; charset=utf-8\r\n\
         Content-Length: {}\r\n\
         Date: Thu, 12 Mar 2026 12:00:00 GMT\r\n\
         Connection: keep-alive\r\n\
         RateLimit-Limit: 10\r\n\
         RateLimit-Remaining: 9\r\n\
         RateLimit-Reset: 1\r\n\
         X-Request-Id: req-000418\r\n\
         \r\n\
         {body}",
        body.len()
    )
    .into_bytes()
}
