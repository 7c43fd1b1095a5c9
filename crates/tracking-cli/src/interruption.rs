//! Ctrl-C, or the request to end that a service manager sends.

/// Listens from the time it is made, so that a request to end is not missed.
#[derive(Debug)]
pub(crate) struct Interruption {
    #[cfg(unix)]
    signals: std::io::Result<[tokio::signal::unix::Signal; 2]>,
}

impl Interruption {
    pub(crate) fn listen() -> Self {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};

            let signals = signal(SignalKind::interrupt())
                .and_then(|interrupt| Ok([interrupt, signal(SignalKind::terminate())?]));
            Self { signals }
        }
        #[cfg(not(unix))]
        Self {}
    }

    /// Waits until the program is to end.
    pub(crate) async fn wait(self) {
        #[cfg(unix)]
        if let Ok([mut interrupt, mut terminate]) = self.signals {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        // Without a handler the signal ends the program by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
