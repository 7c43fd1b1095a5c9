//! `cargo xtask codegen`: reads each spec, checks it, and writes `src/generated/` of its crate.
//!
//! All files of all specs are made before the first one is written, so an error leaves everything as it was.

mod docs;
mod emit;
mod formatter;
pub(crate) mod model;
pub(crate) mod names;
pub(crate) mod pattern;
mod rustfmt;
mod tokens;
mod type_space;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use similar::TextDiff;

use crate::lint::require_clean;
use crate::spec::Spec;
use crate::workspace::Workspace;
pub use formatter::Formatter;

/// The command that a failed check names.
const COMMAND: &str = "cargo xtask codegen";
/// Lines of a difference that a failed check shows for each file.
const SHOWN_LINES: usize = 20;

/// A generated file: its path relative to the workspace, and its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Path from the workspace root.
    pub path: PathBuf,
    /// Content as the formatter leaves it.
    pub text: String,
}

/// Generates the code of one spec: file names and contents, laid out by `formatter` with the settings in `settings`.
///
/// # Errors
/// When the spec has faults (all of them are listed), or a tool refuses it.
pub fn generate(
    settings: &Path,
    formatter: Formatter,
    spec: &Spec,
) -> Result<Vec<(String, String)>> {
    require_clean(std::slice::from_ref(spec))?;
    let model = model::Model::build(spec)?;
    emit::files(spec, &model)?
        .into_iter()
        .map(|(name, text)| Ok((name.to_owned(), formatter.format(settings, name, &text)?)))
        .collect()
}

/// Writes the generated code of every spec and returns the files that changed. Needs rustfmt.
///
/// # Errors
/// As [`generate`]; nothing is written then.
pub fn write(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    write_with(workspace, Formatter::Rustfmt)
}

/// Like [`write()`](write()), with another formatter.
///
/// # Errors
/// As [`generate`]; nothing is written then.
pub fn write_with(workspace: &Workspace, formatter: Formatter) -> Result<Vec<PathBuf>> {
    let files = all_files(workspace, formatter)?;
    let mut changed = Vec::new();
    for file in &files {
        let path = workspace.root().join(&file.path);
        if fs::read_to_string(&path).ok().as_deref() != Some(file.text.as_str()) {
            replace(&path, &file.text)?;
            changed.push(file.path.clone());
        }
    }
    for path in leftovers(workspace, &files)? {
        fs::remove_file(workspace.root().join(&path))
            .with_context(|| format!("cannot remove {}", path.display()))?;
        changed.push(path);
    }
    Ok(changed)
}

/// Compares the committed code with what the specs give; without rustfmt, all but its layout.
///
/// # Errors
/// When a file differs, is missing or is left over; the message shows where and names the command to run.
pub fn check(workspace: &Workspace) -> Result<()> {
    check_with(workspace, Formatter::installed())
}

/// Like [`check`], with a given formatter.
///
/// # Errors
/// As [`check`].
pub fn check_with(workspace: &Workspace, formatter: Formatter) -> Result<()> {
    let files = all_files(workspace, formatter)?;
    let mut report = String::new();
    for file in &files {
        let path = file.path.display();
        match fs::read_to_string(workspace.root().join(&file.path)) {
            Err(_) => writeln!(report, "  {path} is missing")?,
            Ok(found) => {
                let found = formatter.comparable(&found);
                let expected = formatter.comparable(&file.text);
                if found != expected {
                    writeln!(report, "  {path} differs from its spec:")?;
                    report.push_str(&difference(&found, &expected));
                }
            }
        }
    }
    for path in leftovers(workspace, &files)? {
        writeln!(report, "  {} comes from no spec", path.display())?;
    }
    if !report.is_empty() {
        bail!("generated code is not up to date; run `{COMMAND}` and commit the result\n{report}");
    }
    Ok(())
}

/// Every generated file of the workspace, complete before anything is written.
fn all_files(workspace: &Workspace, formatter: Formatter) -> Result<Vec<GeneratedFile>> {
    let specs = workspace.specs(None)?;
    require_clean(&specs)?;
    let mut files = Vec::new();
    for spec in &specs {
        let folder = workspace.generated_folder(spec.provider())?;
        for (name, text) in generate(workspace.root(), formatter, spec)? {
            files.push(GeneratedFile {
                path: folder.join(name),
                text,
            });
        }
    }
    Ok(files)
}

/// Files in the generated folders that no spec gives any more.
fn leftovers(workspace: &Workspace, files: &[GeneratedFile]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders: Vec<&Path> = files.iter().filter_map(|file| file.path.parent()).collect();
    folders.dedup();
    for folder in folders {
        let Ok(listing) = fs::read_dir(workspace.root().join(folder)) else {
            continue;
        };
        for entry in listing {
            let path = folder.join(entry?.file_name());
            if !files.iter().any(|file| file.path == path) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// Writes a file beside the target and renames it, so that no half file is ever seen.
fn replace(path: &Path, text: &str) -> Result<()> {
    let shown = path.display();
    let folder = path
        .parent()
        .with_context(|| format!("{shown} has no folder"))?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let beside = path.with_extension("rs.new");
    fs::write(&beside, text).with_context(|| format!("cannot write {}", beside.display()))?;
    fs::rename(&beside, path).with_context(|| format!("cannot replace {shown}"))
}

fn difference(old: &str, new: &str) -> String {
    let mut text = String::new();
    let diff = TextDiff::from_lines(old, new);
    let changed = diff
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal);
    for change in changed.take(SHOWN_LINES) {
        let _ = write!(text, "    {}{}", change.tag(), change.value());
    }
    text
}
