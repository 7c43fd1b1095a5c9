//! What one SDK adds to a cold build, against the packages that calls written by hand would need.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::ci::cargo;
use crate::workspace::Workspace;

/// What both programs need besides: a runtime.
const TOKIO: &str = r#"tokio = { version = "1", features = ["macros", "rt"] }"#;

/// What calls written by hand need, with reqwest's usual features.
const BY_HAND: &str = r#"reqwest = { version = "0.13", features = ["json"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
"#;

const BY_HAND_MAIN: &str = r#"
#[derive(serde::Deserialize)]
struct Response {
    data: serde_json::Value,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), reqwest::Error> {
    let response: Response = reqwest::get("http://127.0.0.1:9").await?.json().await?;
    println!("{}", response.data);
    Ok(())
}
"#;

/// Each SDK with a call of one parcel and what is printed of its response.
const SDKS: [(&str, &str, &str); 5] = [
    ("exporto-sdk", r#"get_shipment("id")"#, "shipment_id"),
    ("gcl-sdk", r#"get_tracking("id")"#, "tracking_number"),
    (
        "ship24-sdk",
        r#"get_tracking_results_of_tracker_by_tracker_id("id")"#,
        "len()",
    ),
    (
        "trackingmore-sdk",
        r#"list_trackings(&trackingmore_sdk::ListTrackingsQuery::new())"#,
        "items",
    ),
    (
        "oneconcepts-sdk",
        r#"list_trackings(&oneconcepts_sdk::ListTrackingsQuery::new())"#,
        "members",
    ),
];

fn sdk_main(sdk: &str, call: &str, field: &str) -> String {
    let library = sdk.replace('-', "_");
    format!(
        r#"
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), {library}::Error> {{
    let client = {library}::Client::from_env()?;
    let response = client.{call}.await?;
    println!("{{:?}}", response.{field});
    Ok(())
}}
"#
    )
}

/// Builds a program with each SDK and the same program written by hand, each from nothing, and
/// prints seconds, packages and ratios.
///
/// Each has a target folder of its own in a temporary folder; downloads are not counted. What is written by hand is built
/// before and after each SDK, and both count, because a machine that others use changes its speed within minutes.
///
/// # Errors
/// When cargo cannot be run, or a build fails.
pub fn run(workspace: &Workspace, runs: u32) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut sdks = Vec::new();
    for (name, call, field) in SDKS {
        let path = workspace.root().join("crates").join(name);
        let dependency = format!("{name} = {{ path = {path:?} }}\n");
        let main = sdk_main(name, call, field);
        let program = format!("with-{name}");
        let project = Project::create(workspace, folder.path(), &program, &dependency, &main)?;
        sdks.push((name, project));
    }
    let mut by_hand = Project::create(workspace, folder.path(), "by-hand", BY_HAND, BY_HAND_MAIN)?;
    for run in 1..=runs {
        for (name, project) in &mut sdks {
            eprintln!("run {run} of {runs}: {name}");
            by_hand.build()?;
            project.build()?;
        }
    }
    by_hand.build()?;

    println!("| cold build, dev profile, medians | seconds | processor seconds | packages |");
    println!("|---|---:|---:|---:|");
    let sdks_of = sdks.iter().map(|(name, project)| (*name, project));
    for (title, project) in std::iter::once(("by hand", &by_hand)).chain(sdks_of) {
        let wall = median(project.took.iter().map(|took| took.wall));
        let processor = median(project.took.iter().filter_map(|took| took.processor));
        let packages = project.packages()?.len();
        println!("| {title} | {wall:.1} | {processor:.1} | {packages} |");
    }
    let own = by_hand.packages()?;
    for (place, (name, sdk)) in sdks.iter().enumerate() {
        let packages = sdk.packages()?;
        let places = (place..).step_by(SDKS.len());
        let beside: Vec<&[Took]> = places
            .map_while(|place| by_hand.took.get(place..place + 2))
            .collect();
        println!(
            "| {name} against by hand (budget 1.2, 1.2, +20) | {:.3} | {:.3} | {:+} |",
            sdk.ratio(&beside, |took| Some(took.wall)),
            sdk.ratio(&beside, |took| took.processor),
            packages.len() as i64 - own.len() as i64,
        );
        let more: Vec<&str> = packages.difference(&own).map(String::as_str).collect();
        eprintln!("{name} more than by hand: {}", more.join(", "));
    }
    Ok(())
}

/// How long a build took, in seconds.
struct Took {
    wall: f64,
    /// Of all threads and processes.
    processor: Option<f64>,
}

/// A throw-away program.
struct Project {
    folder: PathBuf,
    took: Vec<Took>,
}

impl Project {
    fn create(
        workspace: &Workspace,
        parent: &Path,
        name: &str,
        dependencies: &str,
        main: &str,
    ) -> Result<Self> {
        let folder = parent.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [workspace]\n\n[dependencies]\n{dependencies}{TOKIO}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src").join("main.rs"), main)?;
        // The same versions as in the workspace, and as in the other program.
        fs::copy(
            workspace.root().join("Cargo.lock"),
            folder.join("Cargo.lock"),
        )
        .context("the workspace has no Cargo.lock")?;
        let project = Self {
            folder,
            took: Vec::new(),
        };
        project.cargo(&["fetch"])?;
        Ok(project)
    }

    /// Builds from nothing.
    fn build(&mut self) -> Result<()> {
        let target = self.target();
        if target.exists() {
            fs::remove_dir_all(&target)?;
        }
        let before = processor_seconds();
        let start = Instant::now();
        self.cargo(&["build", "--offline", "--quiet"])?;
        self.took.push(Took {
            wall: start.elapsed().as_secs_f64(),
            processor: before
                .zip(processor_seconds())
                .map(|(before, after)| after - before),
        });
        Ok(())
    }

    /// The median of the ratios of this project's builds to the mean of those before and after each.
    fn ratio(&self, beside: &[&[Took]], figure: impl Fn(&Took) -> Option<f64>) -> f64 {
        let ratio = |(own, others): (&Took, &&[Took])| {
            let others: Option<Vec<f64>> = others.iter().map(&figure).collect();
            let others = others?;
            Some(figure(own)? * others.len() as f64 / others.iter().sum::<f64>())
        };
        median(self.took.iter().zip(beside).filter_map(ratio))
    }

    /// The packages that are built for this machine, without the program itself.
    fn packages(&self) -> Result<BTreeSet<String>> {
        let text = self.cargo(&[
            "tree",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])?;
        let packages: BTreeSet<String> = text
            .lines()
            .skip(1)
            // Where a package comes from, and whether it was printed before, does not matter.
            .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .filter(|package| !package.is_empty())
            .collect();
        ensure!(!packages.is_empty(), "cargo tree printed no packages");
        Ok(packages)
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn cargo(&self, arguments: &[&str]) -> Result<String> {
        let mut command = cargo::command(&self.folder, arguments);
        command
            .env("CARGO_TARGET_DIR", self.target())
            // A cache of compiled packages would hide what is measured.
            .env("RUSTC_WRAPPER", "")
            .stdin(Stdio::null());
        cargo::output_of(&mut command)
    }
}

/// The processor time of all commands that have ended, with those that they ran; Linux only.
fn processor_seconds() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field, the name of the program, may itself hold spaces.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = |index| fields.split(' ').nth(index)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / TICKS_PER_SECOND)
}

/// The value in the middle; of an even number, the mean of the two there.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
    let half = values.len() / 2;
    if values.len() % 2 == 1 {
        middle(half)
    } else {
        f64::midpoint(middle(half.wrapping_sub(1)), middle(half))
    }
}
