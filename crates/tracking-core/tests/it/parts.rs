//! Several requests for one lookup.

use std::sync::atomic::{AtomicUsize, Ordering};

use tracking_core::kit::read_parts;
use tracking_core::{Error, ErrorKind};

/// Sends ten requests, two at a time, of which the fourth fails, and returns how many were sent.
async fn sent(kind: ErrorKind) -> (usize, Vec<Result<usize, Error>>) {
    let sent = AtomicUsize::new(0);
    let request = |place: usize| {
        let sent = &sent;
        async move {
            sent.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            match place {
                3 => Err(Error::new(kind, "acme", "refused")),
                _ => Ok(place),
            }
        }
    };

    let results = read_parts((0..10).map(request).collect(), 2).await;

    (sent.load(Ordering::Relaxed), results)
}

#[tokio::test]
async fn failed_request_costs_its_own_part() {
    for kind in [
        ErrorKind::Server,
        ErrorKind::NotFound,
        ErrorKind::Permission,
        ErrorKind::WrongShipment,
    ] {
        let (sent, results) = sent(kind).await;

        assert_eq!(sent, 10, "{kind}");
        for (place, result) in results.iter().enumerate() {
            assert_eq!(result.as_ref().ok(), Some(&place).filter(|it| **it != 3));
        }
    }
}

#[tokio::test]
async fn error_that_hits_all_requests_ends_them() {
    for kind in [
        ErrorKind::Authentication,
        ErrorKind::QuotaExhausted,
        ErrorKind::RateLimited,
        ErrorKind::Connect,
    ] {
        let (sent, results) = sent(kind).await;

        assert!((4..=5).contains(&sent), "{kind}: {sent}");
        assert_eq!(results.len(), 10);
        let errors = results.iter().filter_map(|it| it.as_ref().err());
        let not_asked = errors.filter(|error| {
            assert_eq!(error.kind(), kind);
            error.is_not_asked()
        });
        assert_eq!(not_asked.count(), 10 - sent, "{kind}");
        assert!(results[..3].iter().all(Result::is_ok));
    }
}
