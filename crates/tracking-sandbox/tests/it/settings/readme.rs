//! The tables of settings in the README are those of the accounts.

use reqwest::Method;
use serde_json::Value;

use super::walk::leaves;
use crate::account::Account;

const README: &str = include_str!("../../../README.md");

/// Name and default of each row of a section's table.
fn rows(section: &str) -> Vec<(&'static str, &'static str)> {
    let heading = format!("\n### {section}\n");
    let (_, text) = README.split_once(&heading).unwrap();
    let text = text.split("\n### ").next().unwrap();
    let cells = |line: &'static str| {
        let mut cells = line.strip_prefix("| `")?.split(" | ");
        Some((cells.next()?.strip_suffix('`')?, cells.next()?))
    };
    text.lines().filter_map(cells).collect()
}

#[tokio::test]
async fn tables_list_each_setting_with_its_default() {
    let account = Account::limited().await;
    let sections = [
        ("ship24", "Ship24"),
        ("trackingmore", "TrackingMore"),
        ("exporto", "exporto"),
        ("gcl", "GCL"),
        ("oneconcepts", "1concepts"),
    ];
    assert_eq!(account.sandbox.providers().len(), sections.len());

    for (provider, section) in sections {
        let path = format!("/{provider}/settings");
        let settings = account.control(Method::GET, &path, &Value::Null).await;
        let settings = settings.json();
        let rows = rows(section);
        let covers = |name: &str, leaf: &str| {
            leaf.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };

        for leaf in leaves(&settings) {
            let count = rows.iter().filter(|(name, _)| covers(name, &leaf)).count();
            assert_eq!(count, 1, "{section}: rows for `{leaf}`");
        }
        for (name, default) in rows {
            let pointer = format!("/{}", name.replace('.', "/"));
            let value = settings.pointer(&pointer);
            let value = value.unwrap_or_else(|| panic!("{section} has no setting `{name}`"));
            // The limits of Ship24 are many, and have a list of their own.
            if default != "as documented" {
                assert_eq!(default, format!("`{value}`"), "{section}: `{name}`");
            }
        }
    }
}
