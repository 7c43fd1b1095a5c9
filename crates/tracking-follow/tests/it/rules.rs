//! Quotas and quiet hours of an account, and parcels that rest.

use std::time::Duration;

use tracking_core::{
    Error, ErrorKind, Outcome, Status, StatusReport, Timestamp, TrackRequest, UtcTime,
};
use tracking_follow::{AccountRules, NewParcel, Round, Store, Worker};

use crate::databases::{Database, on_both_engines};
use crate::provider::{MEMORY, Memory, found, shipment};

on_both_engines!(
    quota_holds_over_all_workers,
    used_up_quota_keeps_the_order,
    what_was_not_asked_is_not_counted,
    idle_worker_with_a_quota_writes_nothing,
    quiet_hour_asks_nothing,
    next_look_is_not_in_quiet_hours,
    delivered_parcel_has_late_looks_and_rests,
);

const HOUR: u64 = 3600;

async fn follow(store: &Store, parcels: usize) {
    let parcels = (0..parcels)
        .map(|place| NewParcel::new("memory", TrackRequest::number(format!("N{place:03}"))));
    store.add_all(parcels.collect()).await.unwrap();
}

/// What a quota of so many looks an hour allows up to now.
fn allowed(per_hour: u64) -> usize {
    let hour = UtcTime::now().as_unix_seconds() / 3600 % 24;
    usize::try_from(per_hour).unwrap() * usize::try_from(hour + 1).unwrap()
}

async fn quota_holds_over_all_workers(database: &Database) {
    let store = database.open().await;
    follow(&store, 200).await;
    let provider = Memory::new(|number| found(number, 1));
    let before = allowed(2);
    let workers = (0..3).map(|_| {
        let worker = Worker::new(store.clone(), provider.set())
            .with_batch(3)
            .with_rules(" Memory", AccountRules::default().with_looks_per_day(48));
        tokio::spawn(async move { worker.once().await.unwrap() })
    });
    let workers: Vec<_> = workers.collect();
    for worker in workers {
        worker.await.unwrap();
    }

    let asked = provider.asked().len();

    assert!([before, allowed(2)].contains(&asked), "{asked}");
    let account = &store.accounts().await.unwrap()[0];
    let day = account.day.unwrap();
    assert_eq!(usize::try_from(day.looks).unwrap(), asked);
    assert!(day.since <= UtcTime::now());
    let problem = account.pause.as_deref().unwrap();
    assert!(
        problem.starts_with("the quota of looks a day is used up until 20"),
        "{problem}"
    );
    let rest = account.paused_until.unwrap().since(UtcTime::now());
    assert!(rest.unwrap() <= Duration::from_secs(HOUR / 4));
}

async fn used_up_quota_keeps_the_order(database: &Database) {
    let store = database.open().await;
    follow(&store, 3).await;
    let late = "UPDATE follow_look SET due_at = due_at - parcel_id * 1000000";
    database.execute(late).await;
    let provider = Memory::new(|number| found(number, 1));
    let none = AccountRules::default().with_looks_per_month(0);
    let worker = Worker::new(store.clone(), provider.set());

    let used_up = worker.clone().with_rules("memory", none).once().await;

    assert_eq!(used_up.unwrap(), Round::default());
    assert_eq!(store.counts().await.unwrap().due, 3);
    assert_eq!(worker.once().await.unwrap(), Round::default(), "it rests");
    database
        .execute("UPDATE follow_account SET paused_until = 0")
        .await;
    let one = worker.clone().with_batch(1);
    let stop = std::future::ready(());
    one.run(stop).await.unwrap();
    let round = one.once().await.unwrap();
    assert_eq!(round.looked, 3);
    assert_eq!(provider.order(), ["N002", "N001", "N000"]);
    assert_eq!(store.accounts().await.unwrap()[0].paused_until, None);
}

async fn what_was_not_asked_is_not_counted(database: &Database) {
    let store = database.open().await;
    follow(&store, 40).await;
    let provider = Memory::new(|_| {
        let error = Error::new(ErrorKind::QuotaExhausted, MEMORY, "no credit");
        Err(error.with_retry_after(Duration::from_secs(HOUR)))
    });
    let rules = AccountRules::default().with_looks_per_day(1_000_000);
    let worker = Worker::new(store.clone(), provider.set()).with_rules("memory", rules);

    worker.once().await.unwrap();

    let asked = u64::try_from(provider.asked().len()).unwrap();
    assert!(asked < 40, "{asked}");
    let account = &store.accounts().await.unwrap()[0];
    assert_eq!(account.day.unwrap().looks, asked);
    assert_eq!(account.month.unwrap().looks, asked);
    assert!(account.pause.as_deref().unwrap().contains("no credit"));
}

async fn idle_worker_with_a_quota_writes_nothing(database: &Database) {
    let store = database.open().await;
    follow(&store, 1).await;
    let provider = Memory::new(|number| found(number, 1));
    let worker = Worker::new(store.clone(), provider.set());
    assert_eq!(worker.once().await.unwrap().looked, 1);
    let rules = AccountRules::default().with_looks_per_day(1_000_000);
    let worker = worker.with_rules("memory", rules);

    assert_eq!(worker.once().await.unwrap(), Round::default());

    let account = &store.accounts().await.unwrap()[0];
    assert_eq!((account.day, account.month), (None, None));
    let parcel = store.parcels(None, 1).await.unwrap()[0].id;
    assert!(store.look_now(parcel).await.unwrap());
    assert_eq!(worker.once().await.unwrap().looked, 1);
    assert_eq!(store.accounts().await.unwrap()[0].day.unwrap().looks, 1);
}

/// Quiet hours that begin and end so many hours from now.
fn quiet(begin: i64, end: i64) -> AccountRules {
    let now = UtcTime::now().as_unix_seconds();
    let time = |hours: i64| {
        let minute = (now / 60 + hours * 60).rem_euclid(24 * 60);
        format!("{:02}:{:02}", minute / 60, minute % 60)
    };
    let hours = format!("{}-{}", time(begin), time(end));
    AccountRules::default().with_quiet_hours(&hours).unwrap()
}

async fn quiet_hour_asks_nothing(database: &Database) {
    let store = database.open().await;
    follow(&store, 3).await;
    let provider = Memory::new(|number| found(number, 1));
    let worker = Worker::new(store.clone(), provider.set());

    let quiet = worker.with_rules("memory", quiet(-1, 2)).once().await;

    assert_eq!(quiet.unwrap(), Round::default());
    assert_eq!(provider.asked().len(), 0);
    let account = &store.accounts().await.unwrap()[0];
    let problem = account.pause.as_deref().unwrap();
    assert!(problem.starts_with("it is a quiet hour until"), "{problem}");
    assert_eq!((account.day, account.month), (None, None));
}

async fn next_look_is_not_in_quiet_hours(database: &Database) {
    let store = database.open().await;
    follow(&store, 20).await;
    // In transit with news of today: every 3 hours.
    let provider = Memory::new(|number| {
        let mut shipment = shipment(number, 1);
        let time = Timestamp::parse(UtcTime::now().to_string());
        shipment.legs[0].events[0].time = Some(time);
        Ok(Outcome::Found(vec![shipment]))
    });
    let worker = Worker::new(store.clone(), provider.set()).with_rules("memory", quiet(1, 23));
    let begin = UtcTime::now();

    assert_eq!(worker.once().await.unwrap().looked, 20);

    let parcels = store.parcels(None, 100).await.unwrap();
    let mut waits = Vec::new();
    for parcel in &parcels {
        waits.push(parcel.due_at.unwrap().since(begin).unwrap().as_secs());
    }
    waits.sort_unstable();
    // To the minute.
    assert!(waits[0] >= 23 * HOUR - 60, "{waits:?}");
    assert!(waits[19] <= 24 * HOUR + 60, "{waits:?}");
    waits.dedup();
    assert!(waits.len() > 10, "at different times: {waits:?}");
}

async fn delivered_parcel_has_late_looks_and_rests(database: &Database) {
    let store = database.open().await;
    follow(&store, 2).await;
    let today = UtcTime::now().to_string();
    let provider = Memory::new(move |number| {
        let mut shipment = shipment(number, 1);
        let delivered = || StatusReport::new(Status::Delivered);
        shipment.status = delivered();
        let event = &mut shipment.legs[0].events[0];
        event.status = delivered();
        let is_old = number == "N000";
        let time = if is_old {
            "2026-01-02T10:00:00Z"
        } else {
            &today
        };
        event.time = Some(Timestamp::parse(time));
        Ok(Outcome::Found(vec![shipment]))
    });
    let worker = Worker::new(store.clone(), provider.set());

    worker.once().await.unwrap();

    let parcels = store.parcels(None, 10).await.unwrap();
    assert_eq!(parcels[0].due_at, None, "delivered long ago");
    let wait = parcels[1].due_at.unwrap().since(UtcTime::now()).unwrap();
    assert!((21 * HOUR..27 * HOUR).contains(&wait.as_secs()), "{wait:?}");
    // A webhook makes one due that rests.
    assert!(store.look_now(parcels[0].id).await.unwrap());
    assert_eq!(worker.once().await.unwrap().looked, 1);
    assert_eq!(store.counts().await.unwrap().resting, 1);
}
