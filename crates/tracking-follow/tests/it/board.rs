//! Listing, searching and counting parcels, and what there is to know of accounts.

use std::time::Duration;

use tracking_core::{Error, ErrorKind, Outcome, Status, TrackRequest};
use tracking_follow::{NewParcel, ParcelId, ParcelQuery, Store, StoreErrorKind, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{MEMORY, Memory, found, in_status};

on_both_engines!(
    parcels_are_listed_newest_first_in_pages,
    search_finds_number_reference_and_tag,
    search_that_finds_many_lists_the_newest,
    status_and_attention_follow_the_looks,
    account_report_says_what_is_due_and_what_failed,
    history_reads_changes_backwards,
    older_store_is_brought_up_to_date,
    counts_follow_every_write,
    check_finds_tables_of_another_version,
);

fn named(number: &str) -> NewParcel {
    NewParcel::new("memory", TrackRequest::number(number))
}

/// Looks at what is due: the number begins with the status, or with what becomes of the lookup.
async fn look(store: &Store) {
    let provider = Memory::new(|number| match number.split('-').next() {
        Some("exception") => in_status(number, Status::Exception),
        Some("delivered") => in_status(number, Status::Delivered),
        Some("none") => Ok(Outcome::NotFound),
        Some("fails") => Err(Error::new(ErrorKind::Timeout, MEMORY, "it took too long")),
        _ => in_status(number, Status::InTransit),
    });
    let worker = Worker::new(store.clone(), provider.set());
    worker.once().await.unwrap();
}

/// One after the other, so that the last one is the newest.
async fn add(store: &Store, parcels: &[NewParcel]) -> Vec<ParcelId> {
    let mut ids = Vec::new();
    for parcel in parcels {
        ids.push(store.add(parcel.clone()).await.unwrap().id);
    }
    ids
}

async fn listed(store: &Store, query: &ParcelQuery) -> Vec<ParcelId> {
    let found = store.list(query, None, 100).await.unwrap();
    found.iter().map(|it| it.id).collect()
}

async fn searched(store: &Store, search: &str) -> Vec<ParcelId> {
    let mut query = ParcelQuery::default();
    query.search = Some(search.to_owned());
    listed(store, &query).await
}

async fn parcels_are_listed_newest_first_in_pages(database: &Database) {
    let store = database.open().await;
    let parcels: Vec<NewParcel> = (0..5).map(|it| named(&format!("N{it}"))).collect();
    let ids = add(&store, &parcels).await;
    let all = ParcelQuery::default();

    let first = store.list(&all, None, 3).await.unwrap();
    let next = store.list(&all, Some(first[2].id), 3).await.unwrap();
    let end = store.list(&all, Some(next[1].id), 3).await.unwrap();

    let read: Vec<ParcelId> = first.iter().chain(&next).map(|it| it.id).collect();
    assert_eq!((first.len(), next.len(), end.len()), (3, 2, 0));
    assert_eq!(read, [ids[4], ids[3], ids[2], ids[1], ids[0]]);
    let parcel = store.parcel(ids[4]).await.unwrap();
    assert_eq!(parcel.as_ref(), Some(&first[0]));
}

async fn search_finds_number_reference_and_tag(database: &Database) {
    let store = database.open().await;
    let parcels = [
        named("RA 123-456")
            .with_reference("order 7")
            .with_tag("gift"),
        named("RA999").with_tag("gift").with_tag("50%_off"),
        NewParcel::new("other", TrackRequest::id("a-b")).with_reference("Bestellung Ä"),
        named("ZZ1"),
    ];
    let ids = add(&store, &parcels).await;

    for (search, expected) in [
        ("ra123", vec![0]),
        (" RA-1234 ", vec![0]),
        ("RA", vec![1, 0]),
        ("gift", vec![1, 0]),
        ("gif", vec![]),
        ("50%_off", vec![1]),
        ("%", vec![]),
        ("order", vec![0]),
        ("a-", vec![2]),
        ("Bestellung Ä", vec![2]),
        ("' OR 1=1 --", vec![]),
        ("-", vec![]),
        ("  ", vec![3, 2, 1, 0]),
    ] {
        let expected: Vec<ParcelId> = expected.into_iter().map(|it: usize| ids[it]).collect();
        assert_eq!(searched(&store, search).await, expected, "{search:?}");
    }
    let mut query = ParcelQuery::default();
    query.account = Some(" Other".to_owned());
    assert_eq!(listed(&store, &query).await, [ids[2]]);
    query.search = Some("RA".to_owned());
    assert_eq!(listed(&store, &query).await, []);
    query.search = Some("a\0".to_owned());
    let error = store.list(&query, None, 1).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Invalid);

    // New tags replace the old ones; a removed parcel is found by nothing.
    store.add(named("RA999").with_tag("new")).await.unwrap();
    store.remove(ids[0]).await.unwrap();
    assert_eq!(searched(&store, "gift").await, []);
    assert_eq!(searched(&store, "new").await, [ids[1]]);
}

/// A search that finds thousands is read in another way, and finds the same.
async fn search_that_finds_many_lists_the_newest(database: &Database) {
    let store = database.open().await;
    let parcels = (0..4_100).map(|it| {
        let mut parcel = named(&format!("RA{it:05}"));
        match it % 3 {
            0 => parcel = parcel.with_tag("many"),
            1 => parcel.reference = Some(format!("many {it}")),
            _ => parcel.account = "other".to_owned(),
        }
        parcel
    });
    let added = store.add_all(parcels.collect()).await.unwrap();
    let newest = |is_found: fn(usize) -> bool| -> Vec<ParcelId> {
        let found = added.iter().enumerate().filter(|(it, _)| is_found(*it));
        let mut ids: Vec<ParcelId> = found.map(|(_, it)| it.id).collect();
        ids.sort_unstable_by(|left, right| right.cmp(left));
        ids
    };
    let all = newest(|_| true);
    let mut query = ParcelQuery::default();
    query.search = Some("ra".to_owned());

    assert_eq!(listed(&store, &query).await, all[..100]);
    let page = store.list(&query, Some(all[4_049]), 100).await.unwrap();
    let page: Vec<ParcelId> = page.iter().map(|it| it.id).collect();
    assert_eq!(page, all[4_050..]);
    query.account = Some("other".to_owned());
    assert_eq!(
        listed(&store, &query).await,
        newest(|it| it % 3 == 2)[..100]
    );
    query.account = None;
    query.search = Some("many".to_owned());
    assert_eq!(
        listed(&store, &query).await,
        newest(|it| it % 3 != 2)[..100]
    );
    // As many as are found through their indexes.
    query.search = Some("RA000".to_owned());
    assert_eq!(listed(&store, &query).await, newest(|it| it < 100));
}

async fn counts(store: &Store) -> Vec<(Status, u64, u64)> {
    let counts = store.status_counts(None).await.unwrap();
    let count =
        |it: &tracking_follow::StatusCount| (it.status.clone(), it.parcels, it.need_attention);
    counts.iter().map(count).collect()
}

async fn status_and_attention_follow_the_looks(database: &Database) {
    let store = database.open().await;
    let numbers = ["exception-1", "delivered-1", "none-1", "moves-1", "moves-2"];
    let ids = add(&store, &numbers.map(named)).await;
    assert_eq!(counts(&store).await, [(Status::Pending, 5, 0)]);

    look(&store).await;

    assert_eq!(
        counts(&store).await,
        [
            (Status::NotFound, 1, 0),
            (Status::InTransit, 2, 0),
            (Status::Delivered, 1, 0),
            (Status::Exception, 1, 1),
        ]
    );
    let mut query = ParcelQuery::default();
    query.status = Some(Status::InTransit);
    assert_eq!(listed(&store, &query).await, [ids[4], ids[3]]);
    query.needs_attention = true;
    assert_eq!(listed(&store, &query).await, []);
    query.status = None;
    let urgent = store.list(&query, None, 10).await.unwrap();
    assert_eq!((urgent.len(), urgent[0].id), (1, ids[0]));
    assert_eq!(
        (&urgent[0].status, urgent[0].needs_attention),
        (&Status::Exception, true)
    );
    store.remove(ids[0]).await.unwrap();
    assert_eq!(listed(&store, &query).await, []);
}

async fn account_report_says_what_is_due_and_what_failed(database: &Database) {
    let store = database.open().await;
    assert_eq!(store.accounts().await.unwrap(), []);
    let parcels = [
        named("fails-1"),
        named("moves-1"),
        NewParcel::new("zoo", TrackRequest::number("A1")),
    ];
    add(&store, &parcels).await;
    look(&store).await;

    let accounts = store.accounts().await.unwrap();

    let names: Vec<&str> = accounts.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["memory", "zoo"]);
    let (memory, zoo) = (&accounts[0], &accounts[1]);
    assert_eq!((memory.parcels, memory.due, memory.failing), (2, 0, 1));
    assert_eq!((memory.due_since, memory.paused_until), (None, None));
    assert!(memory.looked_at.is_some());
    let problem = memory.problem.as_deref().unwrap();
    assert!(problem.contains("it took too long"), "{problem}");
    assert_eq!((zoo.parcels, zoo.due, zoo.failing), (1, 1, 0));
    assert!(zoo.due_since.unwrap() <= store.time().await.unwrap());
    assert_eq!((zoo.looked_at, zoo.problem.as_deref()), (None, None));

    let refuses = Memory::new(|_| {
        Err(Error::new(
            ErrorKind::QuotaExhausted,
            MEMORY,
            "no calls left",
        ))
    });
    add(&store, &[named("moves-2")]).await;
    Worker::new(store.clone(), refuses.set())
        .once()
        .await
        .unwrap();
    let accounts = store.accounts().await.unwrap();
    let until = accounts[0].paused_until.unwrap();
    let wait = until.since(store.time().await.unwrap()).unwrap();
    assert!(wait > Duration::from_secs(60), "{wait:?}");
    assert!(
        accounts[0]
            .pause
            .as_deref()
            .unwrap()
            .contains("no calls left")
    );
}

async fn history_reads_changes_backwards(database: &Database) {
    let store = database.open().await;
    let ids = add(&store, &["A1", "B1"].map(named)).await;
    for events in 1..=3 {
        for id in &ids {
            store.look_now(*id).await.unwrap();
        }
        let provider = Memory::new(move |number| found(number, events));
        Worker::new(store.clone(), provider.set())
            .once()
            .await
            .unwrap();
    }

    let all = store.history(None, None, 3).await.unwrap();
    let seqs: Vec<u64> = all.iter().map(|it| it.as_ref().unwrap().seq).collect();
    assert_eq!(seqs, [4, 3, 2]);
    let rest = store.history(None, Some(2), 3).await.unwrap();
    assert_eq!((rest.len(), rest[0].as_ref().unwrap().seq), (1, 1));
    let of_one = store.history(Some(ids[1]), None, 9).await.unwrap();
    assert_eq!(of_one.len(), 2);
    for record in &of_one {
        assert_eq!(record.as_ref().unwrap().parcel, ids[1]);
    }

    let bytes = blob(database);
    let damage = format!("UPDATE follow_change SET body = CAST('{{' AS {bytes}) WHERE seq = 3");
    database.execute(&damage).await;
    let damaged = store.history(None, None, 4).await.unwrap();
    let readable: Vec<bool> = damaged.iter().map(Result::is_ok).collect();
    assert_eq!(readable, [true, false, true, true]);
}

/// The type of bytes.
fn blob(database: &Database) -> &'static str {
    if database.is_sqlite() {
        "BLOB"
    } else {
        "BYTEA"
    }
}

/// Puts the tables back to what they were before there was anything to list by.
async fn undo(database: &Database) {
    database
        .execute(if database.is_sqlite() {
            "DROP TRIGGER follow_look_rests; DROP TRIGGER follow_look_removed"
        } else {
            "DROP FUNCTION follow_tally_summaries CASCADE; DROP FUNCTION follow_tally_resting CASCADE"
        })
        .await;
    database
        .execute(
            "DROP TABLE follow_tally; DROP TABLE follow_summary; DROP TABLE follow_tag; \
             DROP INDEX follow_parcel_target; DROP INDEX follow_parcel_reference; DROP INDEX follow_look_failing; \
             DELETE FROM follow_migration WHERE version IN (5, 7)",
        )
        .await;
}

async fn older_store_is_brought_up_to_date(database: &Database) {
    let store = database.open().await;
    let ids = add(
        &store,
        &[
            named("exception-ä").with_tag("gift").with_tag("gift"),
            named("none-1"),
            named("moves-1"),
            named("delivered-damaged"),
        ],
    )
    .await;
    look(&store).await;
    add(&store, &[named("new-1")]).await;
    store.close().await;
    undo(database).await;
    let damage = format!(
        "UPDATE follow_snapshot SET body = CAST('{{' AS {}) WHERE parcel_id = {}",
        blob(database),
        ids[3]
    );
    database.execute(&damage).await;

    let store = database.open().await;

    assert_eq!(
        counts(&store).await,
        [
            (Status::Pending, 1, 0),
            (Status::NotFound, 1, 0),
            (Status::InTransit, 1, 0),
            (Status::Exception, 1, 1),
            (Status::Unknown, 1, 0),
        ]
    );
    assert_eq!(searched(&store, "gift").await, [ids[0]]);
    let report = &store.accounts().await.unwrap()[0];
    let resting = "SELECT count(*) FROM follow_look WHERE due_at IS NULL";
    let resting = u64::try_from(database.number(resting).await).unwrap();
    assert_eq!((report.parcels, report.resting), (5, resting));
    assert!(report.looked_at.is_some());
    let mut query = ParcelQuery::default();
    query.account = Some("memory".to_owned());
    query.status = Some(Status::Exception);
    assert_eq!(listed(&store, &query).await, [ids[0]]);
}

/// Nobody counts: whatever is written adds to the counts.
async fn counts_follow_every_write(database: &Database) {
    let store = database.open().await;
    let mut other = named("RA9");
    other.account = "other".to_owned();
    let mut parcels: Vec<NewParcel> = (0..20).map(|it| named(&format!("none-{it}"))).collect();
    parcels.extend([named("exception-1"), named("delivered-1"), other]);
    let ids = store.add_all(parcels.clone()).await.unwrap();
    store.add_all(parcels[..5].to_vec()).await.unwrap();
    look(&store).await;
    database
        .execute("UPDATE follow_look SET due_at = NULL; UPDATE follow_look SET due_at = 1 WHERE parcel_id % 2 = 0")
        .await;
    look(&store).await;
    for removed in [ids[0].id, ids[1].id, ids[20].id] {
        store.remove(removed).await.unwrap();
    }
    database
        .execute("UPDATE follow_look SET due_at = NULL")
        .await;
    store.look_now(ids[2].id).await.unwrap();

    let expected = [
        (Status::Pending, 1, 0),
        (Status::NotFound, 18, 0),
        (Status::Delivered, 1, 0),
    ];
    assert_eq!(counts(&store).await, expected);
    let figures = async || -> Vec<(String, u64, u64, u64)> {
        let reports = store.accounts().await.unwrap().into_iter();
        let figures = reports.map(|it| (it.name, it.parcels, it.resting, it.due));
        figures.collect()
    };
    let of_other = store.status_counts(Some("OTHER")).await.unwrap();
    assert_eq!((of_other.len(), of_other[0].parcels), (1, 1));
    assert_eq!(store.status_counts(Some("nobody")).await.unwrap(), []);
    let of_accounts = [
        ("memory".to_owned(), 19, 18, 1),
        ("other".to_owned(), 1, 1, 0),
    ];
    assert_eq!(figures().await, of_accounts);

    // As many rows as writes add in a while, which a worker merges.
    database
        .execute(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 600) \
             INSERT INTO follow_tally (account_id, status, parcels) \
             SELECT 0, 'row-' || n, CASE WHEN n % 2 = 0 THEN 1 ELSE -1 END FROM n \
             UNION ALL SELECT 0, 'row-' || n, CASE WHEN n % 2 = 0 THEN -1 ELSE 1 END FROM n",
        )
        .await;
    let provider = Memory::new(|number| in_status(number, Status::Delivered));
    let worker = Worker::new(store.clone(), provider.set());
    let is_merged = async || database.number("SELECT count(*) FROM follow_tally").await < 50;
    worker
        .run(async { while !is_merged().await {} })
        .await
        .unwrap();

    let looked = [
        (Status::Pending, 1, 0),
        (Status::NotFound, 17, 0),
        (Status::Delivered, 2, 0),
    ];
    assert_eq!(counts(&store).await, looked);
    assert_eq!(figures().await[0].1, 19);
}

async fn check_finds_tables_of_another_version(database: &Database) {
    let store = database.open().await;
    store.check().await.unwrap();

    database
        .execute("UPDATE follow_migration SET version = 1000 WHERE version = 2")
        .await;
    let newer = store.check().await.unwrap_err();
    assert_eq!(newer.kind(), StoreErrorKind::NewerSchema);

    database
        .execute("DELETE FROM follow_migration WHERE version > 2")
        .await;
    let older = store.check().await.unwrap_err();
    assert_eq!(older.kind(), StoreErrorKind::Damaged);
}
