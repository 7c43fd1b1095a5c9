//! What was already handled.

use tracking_core::EventKey;
use tracking_core::webhook::{DedupeKey, DedupeStore, MemoryDedupe, Seen};

const ACCOUNT: &str = "testpost";

fn message(id: &str) -> DedupeKey {
    DedupeKey::message(ACCOUNT, id)
}

#[tokio::test]
async fn repeat_is_recognised() {
    let store: Box<dyn DedupeStore> = Box::new(MemoryDedupe::new(10));

    assert_eq!(store.remember(&message("m1")).await.unwrap(), Seen::First);
    assert_eq!(store.remember(&message("m1")).await.unwrap(), Seen::Again);
    assert_eq!(store.remember(&message("m2")).await.unwrap(), Seen::First);
}

#[tokio::test]
async fn forgotten_message_counts_as_first_again() {
    let store = MemoryDedupe::new(10);
    store.remember(&message("m1")).await.unwrap();

    store.forget(&message("m1")).await.unwrap();

    assert!(store.is_empty());
    assert!(store.remember(&message("m1")).await.unwrap().is_first());
}

#[test]
fn oldest_key_goes_when_store_is_full() {
    let store = MemoryDedupe::new(2);

    for id in ["m1", "m2", "m1", "m3"] {
        let _ = store.remember_now(&message(id));
    }

    assert_eq!(store.len(), 2);
    assert_eq!(store.remember_now(&message("m2")), Seen::Again);
    assert_eq!(store.remember_now(&message("m1")), Seen::First);
}

#[test]
fn forgetting_leaves_room_and_never_more_than_the_capacity() {
    let store = MemoryDedupe::new(2);

    for round in 0..100 {
        let key = message(&round.to_string());
        let _ = store.remember_now(&key);
        if round % 3 == 0 {
            store.forget_now(&key);
        }
        assert!(store.len() <= 2);
    }
}

#[test]
fn clones_share_their_memory() {
    let store = MemoryDedupe::new(2);
    let _ = store.remember_now(&message("m1"));

    assert_eq!(store.clone().remember_now(&message("m1")), Seen::Again);
}

#[test]
fn keys_of_different_things_differ() {
    let event = |shipment: &str, id: &str| {
        DedupeKey::event(ACCOUNT, shipment, &EventKey::from_provider_id(id))
    };

    assert_ne!(event("a", "b:c"), event("a:b", "c"));
    assert_ne!(event("a", "e"), event("b", "e"));
    assert_ne!(message("m"), DedupeKey::message("other", "m"));
}

#[test]
fn debug_shows_the_size_only() {
    let store = MemoryDedupe::new(5);
    let _ = store.remember_now(&message("m1"));

    assert_eq!(format!("{store:?}"), "MemoryDedupe { len: 1, capacity: 5 }");
}

/// Handles a message as the README shows it, and fails as reported.
async fn handled(store: &MemoryDedupe, result: Result<(), ()>) -> Option<Result<(), ()>> {
    if !store.remember(&message("m1")).await.unwrap().is_first() {
        return None;
    }
    if result.is_err() {
        store.forget(&message("m1")).await.unwrap();
    }
    Some(result)
}

#[tokio::test]
async fn message_whose_handling_failed_is_handled_when_it_comes_again() {
    let store = MemoryDedupe::new(10);

    assert_eq!(handled(&store, Err(())).await, Some(Err(())));
    assert_eq!(handled(&store, Ok(())).await, Some(Ok(())));
    assert_eq!(handled(&store, Ok(())).await, None);
}
