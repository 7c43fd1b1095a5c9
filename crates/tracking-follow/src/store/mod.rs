//! `Store`: parcels, what is known of them, and the changes, in SQLite or PostgreSQL.

mod accounts;
mod address;
mod board;
mod buckets;
mod deliveries;
mod engine;
mod history;
mod inbox;
mod leases;
mod outbox;
mod parcels;
mod schema;
mod tallies;
mod times;
#[cfg(test)]
mod unwritable;
mod usage;
mod wakeups;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::any::{AnyArguments, AnyPoolOptions, AnyRow};
use sqlx::query::Query;
use sqlx::{
    Any, AnyConnection, AnyPool, AssertSqlSafe, Connection as _, Executor as _, Row as _,
    Transaction,
};

use self::address::Address;
use self::engine::Engine;
use self::wakeups::Wakeups;
use crate::StoreError;

pub use self::accounts::{AccountReport, Looks};
pub use self::board::{ParcelQuery, StatusCount};
pub use self::outbox::Consumer;

pub(crate) use self::deliveries::{Delivery, TakenConsumer};
pub(crate) use self::inbox::{SettledMessage, TakenMessage};
pub(crate) use self::leases::{Finished, FinishedLook, Holder, Lease, Leased, Snapshot};
pub(crate) use self::wakeups::{Topic, Waiting};

use self::times::Micros;

type Statement = Query<'static, Any, AnyArguments>;

/// How many connections read SQLite at once, besides the one that writes.
const READERS: u32 = 4;
/// How many connections are open to PostgreSQL at most.
const CONNECTIONS: u32 = 8;
/// How long to wait for a free connection, and for a database that starts.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How long to wait before a file is opened again that another process creates.
const BUSY: Duration = Duration::from_millis(20);

/// Parcels, what is known of them, and the changes, in SQLite or PostgreSQL.
///
/// Both engines do the same. SQLite is a file on one machine; PostgreSQL serves any number of processes on
/// any number of machines. Clones share their connections.
///
/// All times are the database's, so the clocks of the machines need not agree.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
    write: AnyPool,
    read: AnyPool,
    wakeups: Arc<Wakeups>,
}

impl Store {
    /// Opens a store, creates its tables in an empty database, and brings older tables up to date.
    ///
    /// The address is one of these:
    ///
    /// | address | store |
    /// |---|---|
    /// | `sqlite:PATH` | a file, which is created if it is not there, on Unix for its owner only; its folder has to be there |
    /// | `postgres://USER:PASSWORD@HOST/DATABASE` | a database; parameters as in libpq, such as `?sslmode=require` |
    ///
    /// All tables begin with `follow_`, so a database may have others. It uses
    /// [`sqlx::any`](https://docs.rs/sqlx/latest/sqlx/any/) with the default drivers.
    ///
    /// # Errors
    ///
    /// [`Address`](crate::StoreErrorKind::Address), [`Refused`](crate::StoreErrorKind::Refused) and
    /// [`Unavailable`](crate::StoreErrorKind::Unavailable) if there is no connection;
    /// [`NewerSchema`](crate::StoreErrorKind::NewerSchema) if a newer version of this crate was here;
    /// [`ReadOnly`](crate::StoreErrorKind::ReadOnly) and [`Full`](crate::StoreErrorKind::Full).
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let address = address::parse(address)?;
        address.create_file();
        let Address {
            engine,
            url: address,
            ..
        } = address;
        // A pool tries again after an error, and reports only that it took too long.
        let mut first = AnyConnection::connect(&address).await?;
        let end = Instant::now() + ACQUIRE;
        while let Err(error) = prepare(engine, &mut first).await.map_err(StoreError::from) {
            // SQLite does not wait for another process that creates the same file.
            if !error.is_transient() || Instant::now() > end {
                return Err(error);
            }
            tokio::time::sleep(BUSY).await;
        }
        first.close().await?;
        let store = match engine {
            Engine::Sqlite => Self {
                engine,
                write: pool(engine, 1).connect(&address).await?,
                read: pool(engine, READERS).connect(&address).await?,
                wakeups: Wakeups::new(None),
            },
            Engine::Postgres => {
                let pool = pool(engine, CONNECTIONS).connect(&address).await?;
                Self {
                    engine,
                    write: pool.clone(),
                    read: pool,
                    wakeups: Wakeups::new(Some(address)),
                }
            }
        };
        schema::migrate(store.clone()).await?;
        Ok(store)
    }

    /// Waits until nothing uses the connections, and closes them.
    pub async fn close(&self) {
        self.write.close().await;
        self.read.close().await;
    }

    /// Makes a statement; see [`Engine::render`].
    fn statement(&self, template: &str) -> Statement {
        sqlx::query(AssertSqlSafe(self.engine.render(template)))
    }

    async fn all(&self, statement: Statement) -> Result<Vec<AnyRow>, StoreError> {
        Ok(statement.fetch_all(&self.read).await?)
    }

    /// Does work that writes, in a task of its own: when a caller stops waiting, it is completed. A transaction
    /// that is dropped while it begins would stay open in its pool (launchbadge/sqlx#4393).
    async fn detached<T, W, F>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(Self) -> F,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let done = tokio::spawn(work(self.clone())).await;
        done.unwrap_or_else(|error| Err(StoreError::ended(error)))
    }

    /// Executes a statement in a transaction of its own, and returns how many rows it changed.
    async fn write_one(&self, statement: Statement) -> Result<u64, StoreError> {
        self.detached(|store| async move {
            let mut transaction = store.begin().await?;
            let done = statement.execute(&mut *transaction).await?;
            transaction.commit().await?;
            Ok(done.rows_affected())
        })
        .await
    }

    /// Begins a transaction that writes. SQLite locks at once: a lock that is taken after the first read fails
    /// instead of waiting when another process has written in between.
    async fn begin(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(match self.engine {
            Engine::Sqlite => self.write.begin_with("BEGIN IMMEDIATE").await?,
            Engine::Postgres => self.write.begin().await?,
        })
    }

    /// The database's time.
    async fn now(&self, transaction: &mut Transaction<'static, Any>) -> Result<Micros, StoreError> {
        let statement = self.statement("SELECT {now}");
        let row = statement.fetch_one(&mut **transaction).await?;
        Ok(Micros(row.try_get(0)?))
    }
}

fn pool(engine: Engine, connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .after_connect(move |connection, _| Box::pin(prepare(engine, connection)))
}

async fn prepare(engine: Engine, connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let statements: &[&'static str] = match engine {
        // Readers do not wait for the writer; what is committed outlasts a loss of power.
        Engine::Sqlite => &[
            "PRAGMA busy_timeout = 10000",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
        ],
        // A worker that hangs in a transaction would hold the counter of changes.
        Engine::Postgres => &["SET idle_in_transaction_session_timeout = '60s'"],
    };
    for statement in statements {
        connection.execute(*statement).await?;
    }
    Ok(())
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may hold a password.
        formatter
            .debug_struct("Store")
            .field("engine", &self.engine)
            .finish_non_exhaustive()
    }
}
