//! A PostgreSQL server that a test can stop and start, apart from the one that the other tests share.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The variable with the address of a PostgreSQL server; `.ci/postgres` sets it.
pub(crate) const POSTGRES: &str = "TRACKING_FOLLOW_POSTGRES";

/// The server of the tests. `None` where there is none, which is an error in continuous integration on Linux.
pub(crate) fn of_tests() -> Option<String> {
    if let Ok(server) = std::env::var(POSTGRES) {
        return Some(server);
    }
    let is_required = cfg!(target_os = "linux") && std::env::var_os("CI").is_some();
    assert!(!is_required, "{POSTGRES} is not set; run `bash .ci/run`");
    // Not captured by the test harness.
    let mut stderr = std::io::stderr().lock();
    let name = env!("CARGO_PKG_NAME");
    let _ = writeln!(
        stderr,
        "SKIPPED on PostgreSQL: run `bash .ci/postgres cargo test -p {name}`"
    );
    None
}

/// A server in a temporary folder, reachable through a socket in it; it is stopped when this is dropped.
pub(crate) struct Server {
    folder: TempDir,
    programs: PathBuf,
    is_root: bool,
}

impl Server {
    /// Starts a server. `None` where the tests on PostgreSQL are skipped.
    pub(crate) fn start() -> Option<Self> {
        of_tests()?;
        let user = Command::new("id").arg("-u").output().unwrap();
        let server = Self {
            folder: tempfile::tempdir().unwrap(),
            programs: programs().unwrap_or_else(|| panic!(".ci/postgres found the programs")),
            is_root: user.stdout.starts_with(b"0\n"),
        };
        if server.is_root {
            // The server refuses to run as root.
            let path = server.path();
            run(Command::new("chown").args(["nobody:nogroup", path]));
            run(Command::new("chmod").args(["755", path]));
        }
        let data = server.data();
        run(server.command("initdb").args([
            "-D",
            &data,
            "-U",
            "follow",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]));
        server.go_on();
        Some(server)
    }

    pub(crate) fn address(&self) -> String {
        format!("postgres:///postgres?host={}&user=follow", self.path())
    }

    /// Ends it at once, as when its machine loses power.
    pub(crate) fn stop(&self) {
        let data = self.data();
        run(self
            .command("pg_ctl")
            .args(["-D", &data, "-m", "immediate", "-s", "stop"]));
    }

    /// Starts it again.
    pub(crate) fn go_on(&self) {
        let (data, log) = (self.data(), format!("{}/log", self.path()));
        // What is lost with the machine is only of this test.
        let options = format!("-c listen_addresses='' -k {} -c fsync=off", self.path());
        run(self
            .command("pg_ctl")
            .args(["-D", &data, "-l", &log, "-w", "-s", "-o", &options, "start"]));
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn data(&self) -> String {
        format!("{}/data", self.path())
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if self.is_root {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]);
            command.arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        let mut stop = self.command("pg_ctl");
        let stop = stop.args(["-D", &data, "-m", "immediate", "-s", "stop"]);
        // It may be stopped already.
        let _ = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}");
}

/// The folder of the newest server that is installed.
fn programs() -> Option<PathBuf> {
    let has_server = |folder: &Path| folder.join("initdb").is_file();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).find(|it| has_server(it));
    let versions = || std::fs::read_dir("/usr/lib/postgresql").ok();
    let installed = || {
        let folders = versions()?.filter_map(|it| Some(it.ok()?.path().join("bin")));
        folders.filter(|it| has_server(it)).max()
    };
    in_path.or_else(installed)
}
