//! Adding, reading and removing parcels.

use tracking_core::{Date, Target, TrackRequest};
use tracking_follow::{NewParcel, ParcelId, StoreErrorKind};

use crate::databases::{Database, on_both_engines};

on_both_engines!(
    added_parcel_is_read_with_all_that_was_said,
    spelling_and_repeats_add_no_second_parcel,
    parcel_without_reference_finds_one_that_has_one,
    parcels_of_one_batch_are_found_in_their_order,
    parcel_that_is_added_again_gets_new_options,
    parcels_are_found_by_any_spelling,
    parcels_are_read_in_pages,
    removed_parcel_is_gone,
    many_parcels_are_added_at_once_by_several,
    store_is_opened_by_several_at_once,
    unusable_parcel_adds_none_of_its_batch,
);

fn named(number: &str) -> NewParcel {
    NewParcel::new("memory", TrackRequest::number(number))
}

async fn added_parcel_is_read_with_all_that_was_said(database: &Database) {
    let store = database.open().await;
    let request = TrackRequest::number(" AB 12\u{301} ")
        .with_courier("acme")
        .with_origin_country("CN")
        .with_destination_country("DE")
        .with_destination_post_code("10115")
        .with_ship_date(Date::new(2026, 9, 8).unwrap())
        .with_language("de\0")
        .with_register(true)
        .with_realtime(true);
    let parcel = NewParcel::new("Memory-2", request.clone())
        .with_reference("order 7")
        .with_tag("gift")
        .with_tag("größe");

    let added = store.add(parcel).await.unwrap();

    assert!(added.is_new);
    let found = store.parcel(added.id).await.unwrap().unwrap();
    let mut expected = request;
    expected.target = Target::Number("AB 12\u{301}".to_owned());
    assert_eq!(found.request, expected);
    assert_eq!(found.account, "memory-2");
    assert_eq!(found.reference.as_deref(), Some("order 7"));
    assert_eq!(found.tags, ["gift", "größe"]);
    assert_eq!(found.due_at, Some(found.since));
    assert_eq!((found.attempts, found.failures), (0, 0));
    assert_eq!(
        (found.looked_at, found.worker, found.problem),
        (None, None, None)
    );
    assert!(found.shipments.is_empty());
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.parcels, counts.due, counts.changes), (1, 1, 0));
}

async fn spelling_and_repeats_add_no_second_parcel(database: &Database) {
    let store = database.open().await;
    let first = store.add(named("RA1")).await.unwrap();

    let others = [
        NewParcel::new("MEMORY ", TrackRequest::number(" ra-1")),
        named("RB2"),
        named("rb 2"),
        named("RA1").with_reference("order 7"),
        NewParcel::new("other", TrackRequest::number("RA1")),
        NewParcel::new("memory", TrackRequest::id("RA1")),
    ];
    let added = store.add_all(others.to_vec()).await.unwrap();

    let is_new: Vec<bool> = added.iter().map(|it| it.is_new).collect();
    assert_eq!(is_new, [false, true, false, true, true, true]);
    assert_eq!(added[0].id, first.id);
    assert_eq!(added[1].id, added[2].id);
    assert_eq!(store.counts().await.unwrap().parcels, 5);
}

async fn parcel_without_reference_finds_one_that_has_one(database: &Database) {
    let store = database.open().await;
    let seven = named("RA1").with_reference("order 7");
    let eight = named("RA1").with_reference("order 8");
    let first = store.add(seven).await.unwrap();
    let second = store.add(eight).await.unwrap();

    let others = [
        named("ra-1").with_tag("new"),
        NewParcel::new("other", TrackRequest::number("RA1")),
        NewParcel::new("memory", TrackRequest::id("RA1")),
    ];
    let added = store.add_all(others.to_vec()).await.unwrap();

    assert!(second.is_new, "another reference makes another parcel");
    let is_new: Vec<bool> = added.iter().map(|it| it.is_new).collect();
    assert_eq!(is_new, [false, true, true]);
    assert_eq!(added[0].id, first.id);
    let found = store.parcel(first.id).await.unwrap().unwrap();
    assert_eq!(found.reference.as_deref(), Some("order 7"));
    assert_eq!(found.tags, ["new"]);
    assert_eq!(store.counts().await.unwrap().parcels, 4);
}

async fn parcels_of_one_batch_are_found_in_their_order(database: &Database) {
    let store = database.open().await;
    let both = store.add_all(vec![
        named("RA1").with_reference("order 7"),
        named("RA1"),
        named("RB2"),
        named("RB2").with_reference("order 8"),
        named("RB2"),
    ]);
    let added = both.await.unwrap();

    let is_new: Vec<bool> = added.iter().map(|it| it.is_new).collect();
    assert_eq!(is_new, [true, false, true, true, false]);
    assert_eq!(added[1].id, added[0].id);
    assert_eq!(added[4].id, added[2].id);
    // The parcel without a reference comes before an older one that has one.
    let mixed = vec![named("RB2"), named("RB2").with_reference("order 8")];
    let again = store.add_all(mixed).await.unwrap();
    assert_eq!([again[0].id, again[1].id], [added[2].id, added[3].id]);
    assert_eq!(store.counts().await.unwrap().parcels, 3);
}

async fn parcel_that_is_added_again_gets_new_options(database: &Database) {
    let store = database.open().await;
    let first = store.add(named("RA1").with_tag("old")).await.unwrap();

    let again = NewParcel::new("memory", TrackRequest::number("RA1").with_courier("acme"));
    store.add(again.with_tag("new")).await.unwrap();

    let found = store.parcel(first.id).await.unwrap().unwrap();
    assert_eq!(found.tags, ["new"]);
    assert_eq!(found.request.hints.courier.as_deref(), Some("acme"));
}

async fn parcels_are_found_by_any_spelling(database: &Database) {
    let store = database.open().await;
    let named = [
        named("RA1"),
        named("RA1").with_reference("order 7"),
        named("RB2"),
    ];
    let added = store.add_all(named.to_vec()).await.unwrap();
    let number = |number: &str| Target::Number(number.to_owned());

    let found = store.find(Some(" Memory"), &number("ra-1")).await.unwrap();

    assert_eq!(found, [added[0].id, added[1].id]);
    assert_eq!(
        store.find(None, &number("RB-2")).await.unwrap(),
        [added[2].id]
    );
    assert_eq!(store.find(Some("other"), &number("RA1")).await.unwrap(), []);
    let id = Target::Id("RA1".to_owned());
    assert_eq!(store.find(Some("memory"), &id).await.unwrap(), []);
    for (account, target) in [("", number("RA1")), ("memory", number(" "))] {
        let error = store.find(Some(account), &target).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Invalid);
    }
}

async fn parcels_are_read_in_pages(database: &Database) {
    let store = database.open().await;
    let numbers = (0..5).map(|it| named(&format!("N{it}")));
    store.add_all(numbers.collect()).await.unwrap();

    let first = store.parcels(None, 3).await.unwrap();
    let next = store.parcels(Some(first[2].id), 3).await.unwrap();

    assert_eq!((first.len(), next.len()), (3, 2));
    assert!(next[0].id > first[2].id);
    assert_eq!(store.parcels(Some(next[1].id), 3).await.unwrap(), []);
}

async fn removed_parcel_is_gone(database: &Database) {
    let store = database.open().await;
    let first = store.add(named("RA1")).await.unwrap().id;

    assert!(store.remove(first).await.unwrap());

    assert_eq!(store.parcel(first).await.unwrap(), None);
    assert!(!store.remove(first).await.unwrap());
    assert!(!store.look_now(first).await.unwrap());
    let again = store.add(named("RA1")).await.unwrap();
    assert!(
        again.is_new && again.id > first,
        "an id is never used again"
    );
    assert!(!store.remove(ParcelId::new(i64::MAX)).await.unwrap());
}

async fn many_parcels_are_added_at_once_by_several(database: &Database) {
    let store = database.open().await;
    let importers = (0..4).map(|importer| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut parcels: Vec<NewParcel> =
                (0..1200).map(|it| named(&format!("N{it:05}"))).collect();
            if importer % 2 == 1 {
                parcels.reverse();
            }
            let added = store.add_all(parcels).await.unwrap();
            added.iter().filter(|it| it.is_new).count()
        })
    });
    let importers: Vec<_> = importers.collect();

    let mut new = 0;
    for importer in importers {
        new += importer.await.unwrap();
    }

    assert_eq!(new, 1200);
    assert_eq!(store.counts().await.unwrap().parcels, 1200);
}

async fn store_is_opened_by_several_at_once(database: &Database) {
    let openers = (0..6).map(|_| {
        let address = database.address.clone();
        tokio::spawn(async move { tracking_follow::Store::open(&address).await })
    });
    let openers: Vec<_> = openers.collect();

    for opener in openers {
        let store = opener.await.unwrap().unwrap();
        assert_eq!(store.counts().await.unwrap().parcels, 0);
        store.close().await;
    }
}

async fn unusable_parcel_adds_none_of_its_batch(database: &Database) {
    let store = database.open().await;
    let long = "9".repeat(501);
    for (parcel, expected) in [
        (named(" - "), "no number"),
        (named("RA\0B"), "NUL"),
        (named(&long), "longer than 500"),
        (
            NewParcel::new(" ", TrackRequest::number("RA1")),
            "no account",
        ),
        (named("RA1").with_reference("a\0"), "NUL"),
        (named("RA1").with_tag("a\0"), "NUL"),
    ] {
        let error = store
            .add_all(vec![named("GOOD1"), parcel])
            .await
            .unwrap_err();

        assert_eq!(error.kind(), StoreErrorKind::Invalid);
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(store.counts().await.unwrap().parcels, 0);
}
