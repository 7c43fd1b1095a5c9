//! Where things lie: the workspace root, the specs, and the crate that belongs to each spec.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::spec::Spec;

/// The repository on disk.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace that this task runner belongs to.
    #[must_use]
    pub fn current() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::at(manifest.parent().unwrap_or(manifest))
    }

    /// A workspace at another place; tests use a temporary folder.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder of the root manifest.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads every `specs/*.yaml`, sorted by name, or the one of `provider`.
    ///
    /// # Errors
    /// When no spec matches (the message lists those that exist), or one cannot be read as YAML.
    pub fn specs(&self, provider: Option<&str>) -> Result<Vec<Spec>> {
        let folder = self.root.join("specs");
        let mut names = Vec::new();
        let listing =
            fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in listing {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "yaml")
            {
                names.extend(
                    path.file_stem()
                        .map(|stem| stem.to_string_lossy().into_owned()),
                );
            }
        }
        names.sort();

        if let Some(provider) = provider {
            if !names.iter().any(|name| name == provider) {
                bail!(
                    "there is no specs/{provider}.yaml; known specs: {}",
                    names.join(", ")
                );
            }
            names.retain(|name| name == provider);
        }
        names.iter().map(|name| self.spec(name)).collect()
    }

    fn spec(&self, provider: &str) -> Result<Spec> {
        let file = format!("specs/{provider}.yaml");
        let text = fs::read_to_string(self.root.join(&file))
            .with_context(|| format!("cannot read {file}"))?;
        Spec::parse(provider, &file, &text)
    }

    /// The folder of generated code of a provider, relative to the root.
    ///
    /// # Errors
    /// When the crate does not exist: its manifest and `lib.rs` are written by hand.
    pub fn generated_folder(&self, provider: &str) -> Result<PathBuf> {
        let package = Path::new("crates").join(format!("{provider}-sdk"));
        if !self.root.join(&package).join("Cargo.toml").is_file() {
            bail!(
                "specs/{provider}.yaml belongs to {}, which has no Cargo.toml; create the crate, \
                 or name the spec after an existing one",
                package.display()
            );
        }
        Ok(package.join("src").join("generated"))
    }
}
