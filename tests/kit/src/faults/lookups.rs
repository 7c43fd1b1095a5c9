//! Lookups of the unified model whose response is about another parcel.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tracking_core::{ErrorKind, Provider, Target};
use tracking_http::{ConfigureClient as _, RetryPolicy};

use crate::{Script, Sdk, Step};

/// What comes of the lookups by each name of a parcel.
pub(super) async fn play_all<S>() -> BTreeMap<&'static str, Vec<ErrorKind>>
where
    S: Sdk<Client: Provider>,
{
    let mut kinds: BTreeMap<_, Vec<ErrorKind>> = BTreeMap::new();
    for (request, replies) in S::others() {
        let name = match request.target {
            Target::Number(_) => "number",
            Target::Id(_) => "id",
            _ => "reference",
        };
        let requests = replies.len();
        let script = Script::new(replies.into_iter().map(Step::Reply));
        let client = S::build(script.builder().with_retry(RetryPolicy::default()));

        let error = client.track(request).await.unwrap_err();

        assert_eq!(script.requests(), requests, "{}, by {name}", S::PROVIDER);
        kinds.entry(name).or_default().push(error.kind());
    }
    kinds
}

/// The part of the page about them.
pub(super) fn part_of(kinds: &BTreeMap<&str, Vec<ErrorKind>>) -> String {
    let mut part = "\nA response about another parcel than was requested, in lookups of the unified model; nothing is \
                    requested again:\n\n| lookup by | outcome |\n|---|---|\n"
        .to_owned();
    for (name, kinds) in kinds {
        let mut names: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
        names.dedup();
        writeln!(part, "| {name} | {} |", names.join("; ")).unwrap();
    }
    part
}
