//! Tests that cross crates.

/// The Rust code of the front page compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct FrontPage;

/// The code of each chapter of the guide compiles, and runs against the sandbox.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../guide/src/first-parcel.md")]
    mod first_parcel {}
    #[doc = include_str!("../guide/src/choosing-a-provider.md")]
    mod choosing_a_provider {}
    #[doc = include_str!("../guide/src/time.md")]
    mod time {}
    #[doc = include_str!("../guide/src/statuses-and-changes.md")]
    mod statuses_and_changes {}
    #[doc = include_str!("../guide/src/errors-and-retries.md")]
    mod errors_and_retries {}
    #[doc = include_str!("../guide/src/limits.md")]
    mod limits {}
    #[doc = include_str!("../guide/src/paging.md")]
    mod paging {}
    #[doc = include_str!("../guide/src/webhooks.md")]
    mod webhooks {}
    #[doc = include_str!("../guide/src/many-parcels.md")]
    mod many_parcels {}
    #[doc = include_str!("../guide/src/following.md")]
    mod following {}
    #[doc = include_str!("../guide/src/testing-with-the-sandbox.md")]
    mod testing_with_the_sandbox {}
    #[doc = include_str!("../guide/src/recording-and-replaying.md")]
    mod recording_and_replaying {}
    #[doc = include_str!("../guide/src/adding-a-provider.md")]
    mod adding_a_provider {}
    #[doc = include_str!("../guide/src/upgrading.md")]
    mod upgrading {}
}
