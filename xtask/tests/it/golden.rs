//! Small specs and the code that they give. `UPDATE_GOLDEN=1 cargo test -p xtask golden` renews the files.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use xtask::codegen::{Formatter, generate};
use xtask::spec::Spec;
use xtask::workspace::Workspace;

use crate::folder;

fn compare(name: &str, formatter: Formatter) {
    let case = folder("golden").join(name);
    let source = fs::read_to_string(case.join("spec.yaml")).unwrap();
    let spec = Spec::parse(name, &format!("specs/{name}.yaml"), &source).unwrap();

    let files = generate(Workspace::current().root(), formatter, &spec).unwrap();

    if env::var_os("UPDATE_GOLDEN").is_some() {
        assert_eq!(formatter, Formatter::Rustfmt, "rustfmt is not installed");
        renew(&case, &files);
    }
    for (file, text) in &files {
        let expected = fs::read_to_string(case.join(file)).unwrap_or_default();
        let expected = formatter.comparable(&expected);
        let text = formatter.comparable(text);
        assert!(
            text == expected,
            "{name}/{file} differs from the golden file; if the change is meant, run \
             `UPDATE_GOLDEN=1 cargo test -p xtask golden`\n{}",
            similar::TextDiff::from_lines(expected.as_str(), text.as_str()).unified_diff()
        );
    }
    let given: BTreeSet<&str> = files.iter().map(|(file, _)| file.as_str()).collect();
    for entry in fs::read_dir(&case).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            file == "spec.yaml" || given.contains(file.as_str()),
            "{name}/{file} is left over"
        );
    }
}

fn renew(case: &Path, files: &[(String, String)]) {
    for (file, text) in files {
        fs::write(case.join(file), text).unwrap();
    }
}

#[test]
fn golden_responses() {
    compare("response", Formatter::installed());
}

#[test]
fn golden_requests() {
    compare("request", Formatter::installed());
}

#[test]
fn golden_files_are_compared_without_rustfmt_too() {
    if env::var_os("UPDATE_GOLDEN").is_none() {
        compare("response", Formatter::None);
        compare("request", Formatter::None);
    }
}
