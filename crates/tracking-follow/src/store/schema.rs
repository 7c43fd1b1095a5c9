//! The tables, and how they came to be what they are.
//!
//! Migrations are embedded, go forward only, and all run in one transaction under a lock of that transaction. The
//! lock of sqlx's own migrator belongs to the session, so that it strands behind PgBouncer, and SQLite has none.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Executor as _, SqlStr};

use super::{Engine, Store};
use crate::StoreError;

/// Number, name, and the statements for each engine. A released one is never edited.
const MIGRATIONS: &[(i64, &str, &str, &str)] = &[
    (
        1,
        "parcels",
        include_str!("../../migrations/sqlite/1_parcels.sql"),
        include_str!("../../migrations/postgres/1_parcels.sql"),
    ),
    (
        2,
        "buckets",
        include_str!("../../migrations/sqlite/2_buckets.sql"),
        include_str!("../../migrations/postgres/2_buckets.sql"),
    ),
    (
        3,
        "messages",
        include_str!("../../migrations/sqlite/3_messages.sql"),
        include_str!("../../migrations/postgres/3_messages.sql"),
    ),
    (
        4,
        "usage",
        include_str!("../../migrations/sqlite/4_usage.sql"),
        include_str!("../../migrations/postgres/4_usage.sql"),
    ),
    (
        5,
        "board",
        include_str!("../../migrations/sqlite/5_board.sql"),
        include_str!("../../migrations/postgres/5_board.sql"),
    ),
    (
        6,
        "deliveries",
        include_str!("../../migrations/sqlite/6_deliveries.sql"),
        include_str!("../../migrations/postgres/6_deliveries.sql"),
    ),
    (
        7,
        "tallies",
        include_str!("../../migrations/sqlite/7_tallies.sql"),
        include_str!("../../migrations/postgres/7_tallies.sql"),
    ),
];

/// The number of the last migration.
pub(super) fn newest() -> i64 {
    let numbers = MIGRATIONS.iter().map(|(number, ..)| *number);
    numbers.max().unwrap_or_default()
}

/// Distinguishes the lock from those of other programs in the same database.
const LOCK: &str = "SELECT pg_advisory_xact_lock(8245104187921510244)";

fn migrator(engine: Engine) -> Migrator {
    let migrations = MIGRATIONS.iter().map(|(version, name, sqlite, postgres)| {
        let statements = match engine {
            Engine::Sqlite => sqlite,
            Engine::Postgres => postgres,
        };
        Migration::new(
            *version,
            (*name).into(),
            MigrationType::Simple,
            SqlStr::from_static(statements),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.set_locking(false);
    migrator.dangerous_set_table_name("follow_migration");
    migrator
}

pub(super) async fn migrate(store: Store) -> Result<(), StoreError> {
    let work = |store: Store| async move {
        let mut transaction = store.begin().await?;
        if store.engine == Engine::Postgres {
            // Behind a transaction that somebody forgot, an error is better than waiting for ever.
            transaction
                .execute("SET LOCAL lock_timeout = '60s'")
                .await?;
            transaction.execute(LOCK).await?;
        }
        let migrator = migrator(store.engine);
        migrator.run_direct(None, &mut *transaction, false).await?;
        Ok(transaction.commit().await?)
    };
    store.detached(work).await
}
