//! An empty database for a test, of either engine.

use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;
use tracking_follow::Store;

use crate::server;

/// An empty database.
pub(crate) struct Database {
    pub(crate) address: String,
    /// The server and the schema, for PostgreSQL.
    postgres: Option<(String, String)>,
    folder: TempDir,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a b?.db");
        Self {
            address: format!("sqlite:{}", path.display()),
            postgres: None,
            folder,
        }
    }

    /// `None` where there is [no server](server::of_tests).
    pub(crate) async fn postgres() -> Option<Self> {
        let server = server::of_tests()?;
        let schema = format!("follow_{:016x}", fastrand::u64(..));
        let database = Self {
            address: format!("{server}&options[search_path]={schema}&application_name={schema}"),
            postgres: Some((server, schema.clone())),
            folder: tempfile::tempdir().unwrap(),
        };
        database.execute(&format!("CREATE SCHEMA {schema}")).await;
        Some(database)
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.address).await.unwrap()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.postgres.is_none()
    }

    /// Executes statements beside the store.
    pub(crate) async fn execute(&self, statements: &str) {
        let statements = AssertSqlSafe(statements.to_owned());
        if let Some((_, schema)) = &self.postgres {
            let mut connection = PgConnection::connect(&self.address).await.unwrap();
            let path = format!("SET search_path TO {schema}");
            connection.execute(AssertSqlSafe(path)).await.unwrap();
            connection.execute(statements).await.unwrap();
        } else {
            let path = self.folder.path().join("a%20b%3F.db");
            let address = format!("sqlite:{}", path.display());
            let mut connection = SqliteConnection::connect(&address).await.unwrap();
            connection.execute(statements).await.unwrap();
        }
    }

    /// Reads a number beside the store.
    pub(crate) async fn number(&self, select: &str) -> i64 {
        let select = AssertSqlSafe(select.to_owned());
        if self.is_sqlite() {
            let path = self.folder.path().join("a%20b%3F.db");
            let address = format!("sqlite:{}", path.display());
            let mut connection = SqliteConnection::connect(&address).await.unwrap();
            sqlx::query_scalar(select)
                .fetch_one(&mut connection)
                .await
                .unwrap()
        } else {
            let mut connection = PgConnection::connect(&self.address).await.unwrap();
            sqlx::query_scalar(select)
                .fetch_one(&mut connection)
                .await
                .unwrap()
        }
    }

    /// Ends all connections of stores, as a server that is restarted does. Nothing on SQLite, which has no server.
    pub(crate) async fn disconnect(&self) {
        if let Some((server, schema)) = &self.postgres {
            let mut connection = PgConnection::connect(server).await.unwrap();
            let end = format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{schema}'"
            );
            connection.execute(AssertSqlSafe(end)).await.unwrap();
        }
    }

    pub(crate) async fn remove(self) {
        // The server may still be at a statement of a process that was killed, whose locks are taken in another order.
        self.disconnect().await;
        if let Some((server, schema)) = &self.postgres {
            let mut connection = PgConnection::connect(server).await.unwrap();
            let drop = format!("SET client_min_messages = error; DROP SCHEMA {schema} CASCADE");
            connection.execute(AssertSqlSafe(drop)).await.unwrap();
        }
    }
}

/// Runs functions as tests with an empty database of each engine.
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $name() {
                    let database = $crate::databases::Database::sqlite();
                    super::$name(&database).await;
                    database.remove().await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $name() {
                    if let Some(database) = $crate::databases::Database::postgres().await {
                        super::$name(&database).await;
                        database.remove().await;
                    }
                }
            )+
        }
    };
}

pub(crate) use on_both_engines;
