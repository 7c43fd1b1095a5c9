//! What happens to a connection, over a socket on loopback.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tracking_http::ErrorKind::{BodyTooLarge, Connect, Decode, Transport};
use tracking_http::{ConfigureClient as _, RetryPolicy};

use super::class::Class;
use super::play::{ATTEMPTS, Outcome, Played};
use super::rule::{Repeat, Rule};
use crate::spec::{Described, operations};
use crate::{Reply, Sdk, gzip_bomb};

/// The most bytes that a client reads here.
const MAX_BODY: usize = 64 * 1024;
/// What a server announces that sends too much.
const HUGE: usize = 100_000_000;
/// `{}`, compressed.
const GZIP: [u8; 22] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0,
];

/// What becomes of [`HUGE`] bytes.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| gzip_bomb(HUGE));

/// What happens to the connection of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wire {
    Refused,
    ResetBeforeRequest,
    ResetAfterRequest,
    ClosedAfterRequest,
    CutHead,
    NotHttp,
    CutBody,
    CutChunk,
    Huge,
    Gzip,
    GzipBomb,
}

pub(super) const UNREQUESTED_GZIP: &str = "gzip that was not requested";

/// Played by a client that reads compressed responses.
pub(super) const GZIP_BOMB: &str = "gzip bomb";

const FAULTS: [(&str, Wire); 11] = [
    ("connection refused", Wire::Refused),
    ("reset before the request", Wire::ResetBeforeRequest),
    ("reset after the request", Wire::ResetAfterRequest),
    ("closed after the request", Wire::ClosedAfterRequest),
    ("closed in the head", Wire::CutHead),
    ("no HTTP", Wire::NotHttp),
    ("closed in the body", Wire::CutBody),
    ("closed in a chunk", Wire::CutChunk),
    ("100 MB", Wire::Huge),
    (UNREQUESTED_GZIP, Wire::Gzip),
    (GZIP_BOMB, Wire::GzipBomb),
];

impl Wire {
    fn rule(self) -> Rule {
        match self {
            Self::Refused => Rule::fails(&[Connect], Repeat::All),
            Self::Huge | Self::GzipBomb => Rule::fails(&[BodyTooLarge], Repeat::Never),
            Self::Gzip => Rule::or_succeeds(Decode, Repeat::Never),
            _ => Rule::fails(&[Transport], Repeat::Harmless),
        }
    }
}

/// Plays every fault for every operation, and for the request for a token.
pub(super) async fn play_all<S: Sdk>() -> Vec<Played> {
    let operations = operations::<S>();
    let mut played = Vec::new();
    for (name, wire) in FAULTS {
        // A client that asks for compression reads it, and another one does not.
        let is_other = match wire {
            Wire::Gzip => S::COMPRESSED,
            Wire::GzipBomb => !S::COMPRESSED,
            _ => false,
        };
        if is_other {
            continue;
        }
        let calls = operations.iter().map(|it| play::<S>(name, wire, Some(it)));
        played.extend(join_all(calls).await);
        if S::login().is_some() {
            played.push(play::<S>(name, wire, None).await);
        }
    }
    played
}

/// Plays a fault for an operation; without one, for the request for a token.
async fn play<S: Sdk>(fault: &'static str, wire: Wire, operation: Option<&Described>) -> Played {
    let id = operation.map_or(S::LOOKUP, |operation| &operation.id);
    let good = match operation {
        Some(operation) => Some(S::success(&operation.id)),
        None => S::login().map(|login| login.reply),
    };
    let good = good.map_or_else(Vec::new, |reply| reply.body);
    let stage = Stage::<S>::open(wire, operation.is_none(), good.clone()).await;
    let retry = RetryPolicy::default()
        .with_max_attempts(ATTEMPTS)
        .with_min_delay(Duration::from_millis(1))
        .with_max_delay(Duration::from_millis(2));
    let builder = S::builder()
        .with_base_url(format!("http://{}{}", stage.address, S::BASE_PATH))
        .with_max_body_bytes(MAX_BODY)
        .with_retry(retry)
        .without_rate_limits();
    let called = S::call(&S::build(S::prepare(builder, id)), id).await;
    let part = match wire {
        Wire::CutBody | Wire::CutChunk => Some((200, half(&good).to_vec())),
        Wire::Gzip => Some((200, GZIP.to_vec())),
        Wire::GzipBomb => Some((200, vec![b' '; MAX_BODY])),
        _ => None,
    };
    Played {
        fault,
        operation: operation
            .map_or("token", |operation| &operation.id)
            .to_owned(),
        class: operation.map_or(Class::Token, Class::of),
        idempotent: operation.is_none_or(|operation| operation.idempotent),
        reads: operation.is_some_and(|operation| operation.reads),
        renews_token: false,
        rule: wire.rule(),
        response: part,
        sent: (wire != Wire::Refused).then(|| stage.played.load(Ordering::SeqCst)),
        outcome: Outcome::of(called),
    }
}

/// A server that plays one fault.
struct Stage<S> {
    address: std::net::SocketAddr,
    /// How many connections met the fault.
    played: Arc<AtomicU32>,
    sdk: std::marker::PhantomData<S>,
}

impl<S: Sdk> Stage<S> {
    /// Replies to requests for a token as usual, unless they are to meet the fault.
    async fn open(wire: Wire, meets_login: bool, good: Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let played = Arc::new(AtomicU32::new(0));
        let login = S::login().filter(|_| !meets_login);
        let count = Arc::clone(&played);
        tokio::spawn(async move {
            // The token comes first.
            if let Some(login) = login {
                let (connection, _) = listener.accept().await?;
                reply_with_token(connection, &login.reply).await?;
            }
            if wire == Wire::Refused {
                return Ok(());
            }
            loop {
                let (connection, _) = listener.accept().await?;
                count.fetch_add(1, Ordering::SeqCst);
                let good = good.clone();
                tokio::spawn(async move { play_on(connection, wire, &good).await });
            }
            #[allow(unreachable_code, reason = "gives the block its type")]
            io::Result::Ok(())
        });
        Self {
            address,
            played,
            sdk: std::marker::PhantomData,
        }
    }
}

async fn reply_with_token<S>(mut connection: TcpStream, reply: &Reply<S>) -> io::Result<()> {
    read_request(&mut connection).await?;
    let mut head = format!(
        "HTTP/1.1 {} OK\r\nconnection: close\r\ncontent-length: {}\r\n",
        reply.status,
        reply.body.len()
    );
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    connection.write_all(head.as_bytes()).await?;
    connection.write_all(&reply.body).await?;
    connection.shutdown().await
}

async fn play_on(mut connection: TcpStream, wire: Wire, good: &[u8]) -> io::Result<()> {
    if wire == Wire::ResetBeforeRequest {
        return connection.set_zero_linger();
    }
    read_request(&mut connection).await?;
    let part = half(good);
    match wire {
        Wire::Refused | Wire::ResetBeforeRequest | Wire::ClosedAfterRequest => {}
        Wire::ResetAfterRequest => connection.set_zero_linger()?,
        Wire::CutHead => connection.write_all(b"HTTP/1.1 200 O").await?,
        Wire::NotHttp => connection.write_all(b"220 mail.invalid ESMTP\r\n").await?,
        Wire::CutBody => {
            let length = good.len() + 1;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
            connection.write_all(head.as_bytes()).await?;
            connection.write_all(part).await?;
        }
        Wire::CutChunk => {
            let length = good.len() + 1;
            let head =
                format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{length:x}\r\n");
            connection.write_all(head.as_bytes()).await?;
            connection.write_all(part).await?;
        }
        Wire::Huge => {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {HUGE}\r\n\r\n");
            connection.write_all(head.as_bytes()).await?;
            let block = vec![b' '; MAX_BODY];
            for _ in 0..HUGE / MAX_BODY {
                // The client stops reading at its limit.
                connection.write_all(&block).await?;
            }
        }
        Wire::Gzip | Wire::GzipBomb => {
            let body = match wire {
                Wire::Gzip => GZIP.to_vec(),
                _ => BOMB.clone(),
            };
            let length = body.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"
            );
            connection.write_all(head.as_bytes()).await?;
            connection.write_all(&body).await?;
        }
    }
    Ok(())
}

fn half(body: &[u8]) -> &[u8] {
    body.get(..body.len() / 2).unwrap_or_default()
}

/// Reads a request to its end, so that closing the connection does not reset it.
async fn read_request(connection: &mut TcpStream) -> io::Result<()> {
    let mut request = Vec::new();
    loop {
        let head = request.windows(4).position(|it| it == b"\r\n\r\n");
        if let Some(head) = head {
            let text = String::from_utf8_lossy(&request[..head]).to_ascii_lowercase();
            let length = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.and_then(|it| it.trim().parse().ok()).unwrap_or(0);
            if request.len() >= head + 4 + length {
                return Ok(());
            }
        }
        if connection.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
}
