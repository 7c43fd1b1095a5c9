//! An empty database for a run, of either engine.

use std::io::Write as _;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;
use tracking_follow::Store;

/// The variable with the address of a PostgreSQL server; `.ci/postgres` sets it.
const POSTGRES: &str = "TRACKING_FOLLOW_POSTGRES";

/// An empty database.
pub(super) struct Database {
    pub(super) address: String,
    kind: Kind,
}

enum Kind {
    /// In a folder that is removed.
    Sqlite {
        _folder: TempDir,
    },
    Postgres {
        server: String,
        schema: String,
    },
}

impl Database {
    pub(super) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("follow.db");
        Self {
            address: format!("sqlite:{}", path.display()),
            kind: Kind::Sqlite { _folder: folder },
        }
    }

    /// `None` where there is no server, which is an error in continuous integration on Linux.
    pub(super) async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var(POSTGRES) else {
            let is_required = cfg!(target_os = "linux") && std::env::var_os("CI").is_some();
            assert!(!is_required, "{POSTGRES} is not set; run `bash .ci/run`");
            // Not captured by the test harness.
            let mut stderr = std::io::stderr().lock();
            let _ = writeln!(
                stderr,
                "SKIPPED on PostgreSQL: run `bash .ci/postgres cargo test -p tracking-tests scale`"
            );
            return None;
        };
        let schema = format!("scale_{:016x}", fastrand::u64(..));
        execute(&server, &format!("CREATE SCHEMA {schema}")).await;
        Some(Self {
            address: format!("{server}&options[search_path]={schema}&application_name={schema}"),
            kind: Kind::Postgres { server, schema },
        })
    }

    pub(super) async fn open(&self) -> Store {
        Store::open(&self.address).await.unwrap()
    }

    pub(super) async fn remove(self) {
        if let Kind::Postgres { server, schema } = self.kind {
            // The server may still be at a statement of a process that was killed, whose locks are taken in another order.
            let end = format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{schema}'"
            );
            execute(&server, &end).await;
            let drop = format!("SET client_min_messages = error; DROP SCHEMA {schema} CASCADE");
            execute(&server, &drop).await;
        }
    }
}

async fn execute(server: &str, statements: &str) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    let statements = AssertSqlSafe(statements.to_owned());
    connection.execute(statements).await.unwrap();
}
