//! The front page of a library, its README, links the public types that it names.
//!
//! The links have definitions of their own, because only rustdoc finds an item by its name: on the web a link without
//! a definition is a word in brackets.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use syn::{Item, UseTree, Visibility};

use super::cargo::packages;
use crate::workspace::Workspace;

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let mut faults = String::new();
    for package in packages(workspace)?.iter().filter(|found| found.published) {
        let root = package.folder.join("src").join("lib.rs");
        let Ok(root) = fs::read_to_string(root) else {
            continue;
        };
        let mut names = public_types(&root).with_context(|| package.name.clone())?;
        let generated = package.folder.join("src/generated/types.rs");
        if let Ok(source) = fs::read_to_string(generated) {
            names.extend(public_types(&source).with_context(|| package.name.clone())?);
        }
        let readme = fs::read_to_string(package.folder.join("README.md"))
            .with_context(|| format!("{} has no README", package.name))?;
        for fault in examine(&readme, &names) {
            writeln!(faults, "README of {}: {fault}", package.name)?;
        }
    }
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}

/// Types and traits that a file defines or exports by name.
fn public_types(source: &str) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for item in syn::parse_file(source)?.items {
        let (visibility, name) = match &item {
            Item::Use(found) if matches!(found.vis, Visibility::Public(_)) => {
                exported(&found.tree, &mut names);
                continue;
            }
            Item::Struct(found) => (&found.vis, &found.ident),
            Item::Enum(found) => (&found.vis, &found.ident),
            Item::Type(found) => (&found.vis, &found.ident),
            Item::Trait(found) => (&found.vis, &found.ident),
            _ => continue,
        };
        if matches!(visibility, Visibility::Public(_)) {
            names.insert(name.to_string());
        }
    }
    Ok(names)
}

fn exported(tree: &UseTree, names: &mut BTreeSet<String>) {
    let name = match tree {
        UseTree::Path(path) => return exported(&path.tree, names),
        UseTree::Group(group) => return group.items.iter().for_each(|tree| exported(tree, names)),
        UseTree::Glob(_) => return,
        UseTree::Name(name) => name.ident.to_string(),
        UseTree::Rename(rename) => rename.rename.to_string(),
    };
    // Modules, functions and constants have words of the language for names.
    let is_type = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.contains(|letter: char| letter.is_ascii_lowercase());
    if is_type {
        names.insert(name);
    }
}

/// Names without a link, and links without a definition.
fn examine(readme: &str, names: &BTreeSet<String>) -> Vec<String> {
    let defined: BTreeSet<&str> = readme
        .lines()
        .filter_map(|line| Some(line.strip_prefix("[`")?.split_once("`]: ")?.0))
        .collect();
    let mut faults = Vec::new();
    let mut in_block = false;
    for (index, line) in readme.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        }
        if in_block || line.starts_with("[`") && line.contains("`]: ") {
            continue;
        }
        let parts: Vec<&str> = line.split('`').collect();
        for around in parts.windows(3).step_by(2) {
            let [before, code, after] = around else {
                continue;
            };
            let linked = before.ends_with('[') && after.starts_with(']');
            let end = code.find(|letter: char| !letter.is_ascii_alphanumeric());
            let (name, rest) = code.split_at(end.unwrap_or(code.len()));
            // With a dot it is a property of a spec, by its name on the wire.
            if !linked && names.contains(name) && !rest.starts_with('.') {
                faults.push(format!("line {}: `{code}` is no link", index + 1));
            }
            if linked && !after.starts_with("](") && !defined.contains(code) {
                faults.push(format!(
                    "line {}: the link [`{code}`] has no definition",
                    index + 1
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_types_are_found_in_exports_and_definitions() {
        let source = "pub use a::{Client, b::{Page as Sheet, MAX, check}};\nuse c::Hidden;\npub use d::*;\n\
                      pub struct Order;\nstruct Inner;\npub enum Kind {}\npub type Orders = Vec<Order>;\n";

        let found = public_types(source).unwrap();

        let expected = ["Client", "Kind", "Order", "Orders", "Sheet"];
        assert!(found.iter().eq(expected.iter()), "{found:?}");
    }

    #[test]
    fn names_without_link_or_definition_are_found() {
        let names = BTreeSet::from(["Client".to_owned()]);
        let readme = "The [`Client`] calls, `Client::get()` reads.\n\n```rust\n// `Client`\n```\n\
                      `Clients`, `Client.name` and `get` are [`other`] and [`inline`](https://example.com).\n\n\
                      [`Client`]: https://example.com\n";

        let faults = examine(readme, &names);

        let expected = [
            "line 1: `Client::get()` is no link",
            "line 6: the link [`other`] has no definition",
        ];
        assert_eq!(faults, expected);
    }
}
