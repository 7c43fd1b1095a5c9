//! A configuration file that sets nothing and explains everything.

use std::fmt::Write;

use gcl_sdk::Setting;

use crate::config::{
    FOLLOW_STORE, FOLLOW_STORE_VARIABLE, PROVIDER, REGISTER, SERVE_TOKEN, SERVE_TOKEN_VARIABLE,
    WATCH_WEBHOOK_SECRET, WATCH_WEBHOOK_VARIABLE, rules,
};
use crate::providers::{self, Entry};

const HEAD: &str = "\
# Settings of `tracking`. Remove the # in front of what you set.
# Environment variables win over this file. It holds keys: keep it readable for you alone.

# Let `tracking track` register numbers that a provider does not follow yet, which may use quota there.
";

/// The file, from what each SDK says of its settings.
pub(crate) fn file() -> String {
    let mut text = String::from(HEAD);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "#{REGISTER} = true");
    let _ = writeln!(
        text,
        "\n# The secret that `tracking watch --webhook` and `tracking follow` sign with ({WATCH_WEBHOOK_VARIABLE})"
    );
    let _ = writeln!(text, "#{WATCH_WEBHOOK_SECRET} = \"\"");
    let _ = writeln!(
        text,
        "\n# The store of `tracking follow`, such as \"postgres://…\" ({FOLLOW_STORE_VARIABLE})"
    );
    let _ = writeln!(text, "#{FOLLOW_STORE} = \"\"");
    let _ = writeln!(
        text,
        "\n# What requests to `tracking serve` need, at least 16 characters ({SERVE_TOKEN_VARIABLE})"
    );
    let _ = writeln!(text, "#{SERVE_TOKEN} = \"\"");
    for entry in providers::ALL {
        let _ = writeln!(text, "\n# {}\n#[{}]", entry.title, entry.name);
        for setting in entry.settings {
            let _ = writeln!(text, "# {}", explained(setting));
            let _ = writeln!(text, "#{} = {:?}", setting.name, example(entry, setting));
        }
    }
    if let Some(entry) = providers::ALL.first() {
        let own = format!("{}-2", entry.name);
        let _ = writeln!(
            text,
            "\n# Another account of a provider has a name of its own: tracking track -p {own}"
        );
        let _ = writeln!(text, "#[{own}]\n#{PROVIDER} = {:?}", entry.name);
        for setting in entry.settings.iter().filter(|it| it.is_required) {
            let _ = writeln!(text, "#{} = \"\"", setting.name);
        }
        let _ = writeln!(
            text,
            "# Each account may have rules for `tracking follow`: how much it looks up, and when nothing"
        );
        for (key, example) in rules::KEYS {
            let _ = writeln!(text, "#{key} = {example}");
        }
    }
    text
}

fn explained(setting: &Setting) -> String {
    let optional = if setting.is_required {
        ""
    } else {
        "optional: "
    };
    format!("{optional}{} ({})", setting.purpose, setting.variable)
}

fn example(entry: &Entry, setting: &Setting) -> &'static str {
    if setting.name == "base_url" {
        entry.base_url
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, PATH_VARIABLE};

    /// The file as it is read once the `#` in front of every setting is gone.
    fn used() -> Config {
        let text: Vec<String> = file()
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(rest) if !rest.starts_with(' ') => rest.replace("\"\"", "\"set\""),
                _ => line.to_owned(),
            })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, text.join("\n")).unwrap();
        let path = path.to_str().unwrap().to_owned();
        let environment = |name: &str| (name == PATH_VARIABLE).then(|| path.clone());
        Config::load(&environment, &providers::known_settings()).unwrap()
    }

    #[test]
    fn file_has_every_setting_of_every_provider() {
        let config = used();

        assert!(config.register);
        assert!(config.watch_webhook_secret(&|_| None).is_some());
        assert!(config.follow_store(&|_| None).is_some());
        assert!(config.serve_token(&|_| None).is_some());
        for entry in providers::ALL {
            let settings = entry.settings(&config, &|_| None);
            for setting in entry.settings {
                assert!(settings.get(setting.name).is_some(), "{}", setting.variable);
            }
        }
        let accounts: Vec<_> = config.named_accounts().collect();
        assert_eq!(accounts, [("ship24-2", "ship24")]);
    }

    #[test]
    fn file_sets_nothing_as_it_is() {
        for line in file().lines() {
            assert!(line.is_empty() || line.starts_with('#'), "{line}");
        }
    }
}
