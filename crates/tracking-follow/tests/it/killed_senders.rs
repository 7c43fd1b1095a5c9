//! Sender processes that are killed at any point: each change is received, in order, and again with the same id.
//!
//! The test holds the receiver, a server on loopback. Senders are processes of this test binary. The receiver kills the one that
//! sends, at requests that are drawn by lot: before its response, or after it, so that it comes while a sender waits, acknowledges,
//! or takes the next change.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::sync::Mutex;
use tracking_follow::{Sender, Store, WebhookSecret, WebhookTarget};
use tracking_http::bytes::Bytes;
use tracking_http::http::{Request, Response};
use tracking_http::{BoxFuture, SendLimits, Transport, TransportError, TransportErrorKind};

use crate::consumers::write;
use crate::databases::{Database, on_both_engines};

on_both_engines!(killed_senders_send_each_change_in_order);

/// Variables for the process of a sender.
const STORE: &str = "TRACKING_FOLLOW_TEST_STORE";
const RECEIVER: &str = "TRACKING_FOLLOW_TEST_RECEIVER";

const CHANGES: usize = 40;
const SENDERS: usize = 2;
const KILLS: usize = 8;

struct Receiver {
    /// The ids and bodies, in the order of the requests.
    received: Vec<(String, String)>,
    /// The numbers of the requests at which a sender is killed, the first one last.
    times: Vec<usize>,
    store: Store,
    address: String,
    senders: Vec<Child>,
    url: String,
}

impl Receiver {
    fn start_sender(&self) -> Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args([
                "--exact",
                "killed_senders::process_of_a_sender",
                "--ignored",
            ])
            .env(STORE, &self.address)
            .env(RECEIVER, &self.url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap()
    }

    /// Kills the sender of a request, if it is time, and ends its lease, which would take a minute.
    async fn strike(&mut self, process: u32) {
        if self.times.last().is_none_or(|at| *at > self.received.len()) {
            return;
        }
        let is_it = |sender: &Child| sender.id() == Some(process);
        let Some(place) = self.senders.iter().position(is_it) else {
            return;
        };
        self.times.pop();
        self.senders[place].kill().await.unwrap();
        self.senders[place] = self.start_sender();
        self.store.enable_consumer("shop").await.unwrap();
    }
}

async fn receive(stream: TcpStream, receiver: Arc<Mutex<Receiver>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().unwrap().to_owned();
        let (process, id, body) = (part().parse().unwrap(), part(), part());
        let mut receiver = receiver.lock().await;
        receiver.received.push((id, body));
        let is_early = fastrand::bool();
        if is_early {
            receiver.strike(process).await;
        }
        // The sender may be dead.
        let _ = write.write_all(b"204\n").await;
        if !is_early {
            receiver.strike(process).await;
        }
    }
}

async fn killed_senders_send_each_change_in_order(database: &Database) {
    let store = database.open().await;
    write(&store, CHANGES).await;
    let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let target = WebhookTarget::new("https://shop.example/changes", secret).unwrap();
    store.add_webhook("shop", &target).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut times: Vec<usize> = (0..KILLS).map(|_| fastrand::usize(1..CHANGES)).collect();
    times.sort_unstable_by(|left, right| right.cmp(left));
    let mut receiver = Receiver {
        received: Vec::new(),
        times,
        store: store.clone(),
        address: database.address.clone(),
        senders: Vec::new(),
        url: listener.local_addr().unwrap().to_string(),
    };
    receiver.senders = (0..SENDERS).map(|_| receiver.start_sender()).collect();
    let receiver = Arc::new(Mutex::new(receiver));
    let server = tokio::spawn({
        let receiver = Arc::clone(&receiver);
        async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(receive(stream, Arc::clone(&receiver)));
            }
        }
    });

    let shop = store.consumer("shop").await.unwrap();
    while shop.position().await.unwrap() < CHANGES as u64 {
        tokio::task::yield_now().await;
    }

    server.abort();
    let mut receiver = receiver.lock().await;
    assert!(receiver.times.is_empty(), "all were killed");
    for sender in &mut receiver.senders {
        assert_eq!(sender.try_wait().unwrap(), None, "it goes on");
        sender.kill().await.unwrap();
    }
    let mut first: Vec<&(String, String)> = Vec::new();
    for request in &receiver.received {
        match first.iter().find(|(id, _)| *id == request.0) {
            Some((_, body)) => assert_eq!(*body, request.1, "a repeat is the same"),
            None => first.push(request),
        }
    }
    let ids: Vec<&str> = first.iter().map(|(id, _)| id.as_str()).collect();
    let expected: Vec<String> = (1..=CHANGES).map(|seq| format!("change-{seq}")).collect();
    assert_eq!(ids, expected);
    let report = store.consumers().await.unwrap();
    assert_eq!((report[0].dead_letters, report[0].disabled_at), (0, None));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the process that the other test kills"]
async fn process_of_a_sender() {
    let (Ok(store), Ok(receiver)) = (std::env::var(STORE), std::env::var(RECEIVER)) else {
        return;
    };
    let store = Store::open(&store).await.unwrap();
    let sender = Sender::new(store, Remote(receiver)).with_poll(Duration::from_millis(5));
    sender.run(std::future::pending()).await.unwrap();
}

/// Sends to the receiver of the test, whatever the address is.
#[derive(Debug)]
struct Remote(String);

impl Transport for Remote {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let exchange = async {
                let id = request.headers()["webhook-id"].to_str().unwrap();
                let body = String::from_utf8_lossy(request.body());
                let line = format!("{} {id} {body}\n", std::process::id());
                let mut stream = TcpStream::connect(&self.0).await?;
                stream.write_all(line.as_bytes()).await?;
                BufReader::new(stream).lines().next_line().await
            };
            let line: std::io::Result<Option<String>> = exchange.await;
            let status: Option<u16> = line.ok().flatten().and_then(|it| it.parse().ok());
            let status = status.ok_or_else(|| TransportError::new(TransportErrorKind::Connect))?;
            let response = Response::builder().status(status);
            Ok(response.body(Bytes::new()).unwrap())
        })
    }
}
