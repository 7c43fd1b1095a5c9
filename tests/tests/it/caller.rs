//! What holds for every operation of every provider: the SDK and the sandbox read the same
//! documentation without knowing each other. Where both agree on every field, neither has left one
//! out or made one up.

use std::sync::Arc;

use tracking_http::{Error, Operation, Transport};
use tracking_sandbox::{Fault, Sandbox};
use tracking_testkit::Called;

/// What the sandbox puts in the place of every value of an open vocabulary.
pub(crate) const INVENTED: &str = "invented_by_the_sandbox";

/// An account at one provider of the sandbox, through the methods of the SDK.
pub(crate) trait Caller {
    /// What the spec describes.
    const OPERATIONS: &'static [&'static Operation];
    /// The path of the base URL, after which the paths of the operations begin.
    const BASE_PATH: &'static str;
    /// The provider's name in the sandbox.
    const PROVIDER: &'static str;

    fn sandbox(&self) -> &Sandbox;

    /// Sends the following calls through another transport.
    fn send_through(&mut self, transport: Arc<dyn Transport>);

    /// Makes sure that the operation finds what it needs.
    async fn prepare(&self, _operation: &str) {}

    /// Calls an operation by its id.
    async fn call(&self, operation: &str) -> Result<Called, Error>;
}

/// Calls every operation, and looks at each call alone.
async fn call_each<C: Caller>(caller: &C, mut check: impl FnMut(&Operation, Called)) {
    for operation in C::OPERATIONS {
        caller.prepare(operation.id).await;
        caller.sandbox().clear_requests();
        let response = caller.call(operation.id).await;
        let response = response.unwrap_or_else(|error| panic!("{}: {error}", operation.id));
        check(operation, response);
    }
}

/// The types have a field for everything in every response, and successes are those of the spec.
pub(crate) async fn assert_everything_is_modelled<C: Caller>(caller: &C) {
    call_each(caller, |operation, response| {
        assert_eq!(response.unmodelled, [""; 0], "{}", operation.id);
        assert!(
            operation.success.contains(&response.status),
            "{}: {}",
            operation.id,
            response.status
        );
    })
    .await;
}

/// The sandbox knows each operation by the same id, method and path.
pub(crate) async fn assert_paths_agree<C: Caller>(caller: &C) {
    call_each(caller, |operation, _| {
        let requests = caller.sandbox().requests();
        let [request] = requests.as_slice() else {
            panic!("{}: {} requests", operation.id, requests.len());
        };
        assert_eq!(request.operation, Some(operation.id));
        assert_eq!(request.method, operation.method, "{}", operation.id);
        let path = request.path.strip_prefix(C::BASE_PATH).unwrap();
        let path: Vec<&str> = path.split('/').collect();
        let pattern: Vec<&str> = operation.path.split('/').collect();
        assert_eq!(
            path.len(),
            pattern.len(),
            "{}: {}",
            operation.id,
            request.path
        );
        for (part, wanted) in path.iter().zip(pattern) {
            let fits = wanted.starts_with('{') || *part == wanted;
            assert!(fits, "{}: {part}", operation.id);
        }
    })
    .await;
}

/// Calls an operation with a change to its response.
pub(crate) async fn call_altered<C: Caller>(
    caller: &C,
    operation: &str,
    fault: Fault,
) -> Result<Called, Error> {
    caller.prepare(operation).await;
    let faults = caller.sandbox().faults().of(C::PROVIDER).on(operation);
    faults.next(fault.clone());
    let response = caller.call(operation).await;
    let waiting = caller.sandbox().faults().waiting();
    assert_eq!(waiting, 0, "{fault} {operation}");
    response
}

/// A response of tomorrow stays a success, and what is new in it is listed. `open` names operations
/// whose responses are not published: they keep everything, so nothing in them is new.
pub(crate) async fn assert_alterations_are_survived<C: Caller>(
    caller: &C,
    faults: &[Fault],
    open: &[&str],
) {
    for fault in faults {
        for operation in C::OPERATIONS {
            let response = call_altered(caller, operation.id, fault.clone()).await;

            let response =
                response.unwrap_or_else(|error| panic!("{fault} {}: {error}", operation.id));
            let mut paths = response.unmodelled.iter();
            let is_listed = paths.any(|path| path.ends_with(INVENTED));
            let is_new = *fault == Fault::UnknownField && !open.contains(&operation.id);
            assert_eq!(is_listed, is_new, "{fault} {}", operation.id);
        }
    }
}
