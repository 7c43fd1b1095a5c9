//! What a test may do with the account of every provider.

/// Writes the methods that the accounts of all providers have: the type of the account, the provider's name in the
/// sandbox, its endpoints, and the type of its settings.
macro_rules! account_methods {
    ($account:ty, $provider:literal, $endpoints:expr, $settings:ty) => {
        impl $account {
            /// Faults to come, for requests to this provider only.
            pub fn faults(&self) -> $crate::Faults<'_> {
                $crate::Faults::new(&self.provider.core.faults).of($provider)
            }

            /// The operations, as [`Faults::on`](crate::Faults::on) and the recorded requests name them. They are
            /// those that the provider's specification and its SDK use.
            #[must_use]
            pub fn operations(&self) -> Vec<&'static str> {
                $crate::server::Endpoint::operations($endpoints)
            }

            /// A copy of the settings.
            #[must_use]
            pub fn settings(&self) -> $settings {
                $crate::control::HasSettings::settings(&*self.provider)
            }

            /// Changes the settings, and returns what `change` returns. Where the provider sends webhooks, what
            /// has happened so far is announced, or not, under the settings of that time.
            pub fn configure<T>(&self, change: impl FnOnce(&mut $settings) -> T) -> T {
                $crate::control::HasSettings::configure(&*self.provider, change)
            }
        }
    };
}

pub(crate) use account_methods;
