//! The walk over all settings of a provider.

use std::pin::Pin;

use reqwest::Method;
use serde_json::{Value, json};

use crate::account::Reply;
use crate::receiver::Receiver;

/// A client of one provider.
pub(crate) trait Client: Sized {
    /// The name of the provider in control paths.
    const PROVIDER: &'static str;

    /// Starts a sandbox.
    async fn open() -> Self;

    /// Makes a control call.
    async fn control(&self, method: Method, path: &str, body: &Value) -> Reply;
}

/// Looks at the effect of a setting.
pub(crate) type Look<C> =
    for<'a> fn(&'a mut C, &'a Receiver) -> Pin<Box<dyn Future<Output = Value> + 'a>>;

/// One setting, and how its effect is seen.
pub(crate) struct Row<C> {
    /// Keys joined by dots. The name of a map covers all of its entries.
    pub(crate) setting: &'static str,
    /// What to change it to; [`RECEIVER`] is replaced by the address of the receiver.
    pub(crate) value: Value,
    pub(crate) look: Look<C>,
    /// What is seen before the change and after it.
    pub(crate) seen: [Value; 2],
}

impl<C> Row<C> {
    pub(crate) fn new(
        setting: &'static str,
        value: impl Into<Value>,
        look: Look<C>,
        seen: [impl Into<Value>; 2],
    ) -> Self {
        Self {
            setting,
            value: value.into(),
            look,
            seen: seen.map(Into::into),
        }
    }

    fn covers(&self, leaf: &str) -> bool {
        leaf.strip_prefix(self.setting)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The body that changes the setting.
    fn patch(&self, receiver: &Receiver) -> Value {
        let value = if self.value == RECEIVER {
            json!(receiver.url)
        } else {
            self.value.clone()
        };
        let keys = self.setting.rsplit('.');
        keys.fold(value, |value, key| json!({ key: value }))
    }
}

/// The address of the receiver, in the value of a [`Row`].
pub(crate) const RECEIVER: &str = "the address of the receiver";

/// Returns true if all attempts to send a webhook end while its receiver does not respond.
/// `settled` waits for their end.
pub(crate) async fn gives_up<C: Client>(client: &C, settled: impl Future<Output = ()>) -> bool {
    /// Far more calls than a timeout of a millisecond allows for.
    const CALLS: usize = 500;
    let path = format!("/{}", C::PROVIDER);
    let calls = async {
        for _ in 0..CALLS {
            client.control(Method::GET, &path, &Value::Null).await;
        }
    };
    tokio::select! {
        biased;
        () = settled => true,
        () = calls => false,
    }
}

/// Changes each setting in a sandbox of its own.
pub(crate) async fn walk<C: Client>(rows: Vec<Row<C>>) {
    let path = format!("/{}/settings", C::PROVIDER);
    let client = C::open().await;
    let settings = client.control(Method::GET, &path, &Value::Null).await;
    check_coverage(&rows, &leaves(&settings.json()));

    for row in rows {
        let setting = row.setting;
        let [before, after] = &row.seen;

        let receiver = Receiver::start().await;
        let mut client = C::open().await;
        let seen = (row.look)(&mut client, &receiver).await;
        assert_eq!(&seen, before, "{setting} before the change");

        let receiver = Receiver::start().await;
        let mut client = C::open().await;
        let patch = row.patch(&receiver);
        let changed = client.control(Method::PATCH, &path, &patch).await;
        let shown = client.control(Method::GET, &path, &Value::Null).await;
        assert_eq!(changed.status, 200, "{setting}: {}", changed.text);
        assert_eq!(changed.text, shown.text, "{setting}");
        assert!(holds(&shown.json(), &patch), "{setting}: {}", shown.text);
        let seen = (row.look)(&mut client, &receiver).await;
        assert_eq!(&seen, after, "{setting} after the change");
    }
}

/// Each setting has one row, and each row a setting.
fn check_coverage<C>(rows: &[Row<C>], leaves: &[String]) {
    assert!(!leaves.is_empty());
    for leaf in leaves {
        let count = rows.iter().filter(|row| row.covers(leaf)).count();
        assert_eq!(count, 1, "rows for `{leaf}`");
    }
    for row in rows {
        let has_setting = leaves.iter().any(|leaf| row.covers(leaf));
        assert!(has_setting, "no setting `{}`", row.setting);
    }
}

/// The paths to all values that are no objects, and to empty objects.
pub(crate) fn leaves(settings: &Value) -> Vec<String> {
    let Value::Object(fields) = settings else {
        return Vec::new();
    };
    let mut leaves = Vec::new();
    for (key, value) in fields {
        let inner = self::leaves(value);
        if inner.is_empty() {
            leaves.push(key.clone());
        }
        leaves.extend(inner.iter().map(|path| format!("{key}.{path}")));
    }
    leaves
}

/// Returns true if `shown` has each value of `patch`.
fn holds(shown: &Value, patch: &Value) -> bool {
    match patch {
        Value::Object(fields) => fields.iter().all(|(key, value)| holds(&shown[key], value)),
        value => shown == value,
    }
}
