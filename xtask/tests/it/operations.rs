//! Operation constants and the client methods that use them.

use std::fs;
use std::path::Path;

use xtask::workspace::Workspace;

/// The hand-written source of a crate, in one string.
fn hand_written(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("generated") {
            hand_written(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_operation_is_called_and_linked_by_one_place() {
    let workspace = Workspace::current();
    for spec in workspace.specs(None).unwrap() {
        let generated = workspace
            .root()
            .join(workspace.generated_folder(spec.provider()).unwrap());
        let constants = fs::read_to_string(generated.join("operations.rs")).unwrap();
        let mut source = String::new();
        hand_written(generated.parent().unwrap(), &mut source);

        let names = constants.lines().filter_map(|line| {
            let (name, kind) = line.strip_prefix("pub const ")?.split_once(": ")?;
            kind.starts_with("Operation ").then_some(name)
        });
        let (docs, code): (Vec<&str>, Vec<&str>) = source
            .lines()
            .partition(|line| line.trim_start().starts_with("///"));
        let (docs, source) = (docs.join("\n"), code.join("\n"));
        for name in names {
            let link =
                format!("request limit in which it counts: [`{name}`](crate::operations::{name}).");
            assert_eq!(
                docs.matches(&link).count(),
                1,
                "{}: {link}",
                spec.provider()
            );
            let parts: Vec<&str> = source.split("operations::").collect();
            let calls = parts.windows(2).filter(|pair| {
                let [before, rest] = pair else { return false };
                // A link in a response is followed as the operation that reads what it leads to.
                !before.ends_with(".operation(&")
                    && rest.strip_prefix(name).is_some_and(|rest| {
                        // A name alone is no call: errors name the failed call by it.
                        !rest.starts_with(".id")
                            && !rest.starts_with(|next: char| {
                                next.is_ascii_alphanumeric() || next == '_'
                            })
                    })
            });
            assert_eq!(calls.count(), 1, "{}: operations::{name}", spec.provider());
        }
    }
}
