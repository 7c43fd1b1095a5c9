//! The faults that wait for a request.

use std::sync::Mutex;

use super::Fault;
use crate::locking::lock;

/// Faults that were requested and have not happened yet.
#[derive(Debug, Default)]
pub(crate) struct FaultQueue {
    entries: Mutex<Vec<Entry>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    scope: Scope,
    fault: Fault,
    /// How often it still happens; none for always.
    left: Option<u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Scope {
    provider: Option<String>,
    operation: Option<String>,
}

impl Scope {
    fn covers(&self, provider: &str, operation: Option<&str>) -> bool {
        self.provider.as_deref().is_none_or(|name| name == provider)
            && self
                .operation
                .as_deref()
                .is_none_or(|name| Some(name) == operation)
    }
}

impl FaultQueue {
    /// Takes the oldest fault that is meant for this request.
    pub(crate) fn take(&self, provider: &str, operation: Option<&str>) -> Option<Fault> {
        let mut entries = lock(&self.entries);
        let position = entries
            .iter()
            .position(|entry| entry.scope.covers(provider, operation))?;
        let entry = entries.get_mut(position)?;
        let fault = entry.fault.clone();
        if let Some(left) = &mut entry.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                entries.remove(position);
            }
        }
        Some(fault)
    }

    pub(crate) fn clear(&self) {
        lock(&self.entries).clear();
    }
}

/// A handle to ask for faults, for all requests or for those of one operation.
#[derive(Debug, Clone)]
#[must_use = "a handle does nothing until a fault is requested"]
pub struct Faults<'a> {
    queue: &'a FaultQueue,
    scope: Scope,
}

impl<'a> Faults<'a> {
    pub(crate) fn new(queue: &'a FaultQueue) -> Self {
        Self {
            queue,
            scope: Scope::default(),
        }
    }

    /// Only requests to this provider, named as in its base URL.
    pub fn of(mut self, provider: impl Into<String>) -> Self {
        self.scope.provider = Some(provider.into());
        self
    }

    /// Only requests of this operation, by the provider's name for it, such as `create-tracker`.
    /// A name that no operation has never matches: [`Faults::waiting`] returns how many are left.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.scope.operation = Some(operation.into());
        self
    }

    /// Makes `fault` happen to the next request. Faults happen in the order they were requested.
    pub fn next(&self, fault: Fault) -> &Self {
        self.push(fault, Some(1))
    }

    /// Makes `fault` happen to the next `times` requests.
    pub fn times(&self, times: u32, fault: Fault) -> &Self {
        if times == 0 {
            self
        } else {
            self.push(fault, Some(times))
        }
    }

    /// Makes `fault` happen to each request until [`Faults::clear`].
    pub fn always(&self, fault: Fault) -> &Self {
        self.push(fault, None)
    }

    /// How many faults of this handle's scope still wait; one that always happens counts once.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        lock(&self.queue.entries)
            .iter()
            .filter(|entry| self.includes(&entry.scope))
            .map(|entry| entry.left.unwrap_or(1))
            .fold(0, u32::saturating_add)
    }

    /// Drops all waiting faults of this handle's scope.
    pub fn clear(&self) {
        lock(&self.queue.entries).retain(|entry| !self.includes(&entry.scope));
    }

    fn includes(&self, scope: &Scope) -> bool {
        (self.scope.provider.is_none() || self.scope.provider == scope.provider)
            && (self.scope.operation.is_none() || self.scope.operation == scope.operation)
    }

    fn push(&self, fault: Fault, left: Option<u32>) -> &Self {
        let entry = Entry {
            scope: self.scope.clone(),
            fault,
            left,
        };
        lock(&self.queue.entries).push(entry);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_happen_in_order_and_as_often_as_set() {
        let queue = FaultQueue::default();
        let faults = Faults::new(&queue);
        faults.times(2, Fault::Hang).next(Fault::Reset);

        let taken: Vec<_> = (0..4)
            .map(|_| queue.take("ship24", Some("list-trackers")))
            .collect();

        assert_eq!(
            taken,
            [
                Some(Fault::Hang),
                Some(Fault::Hang),
                Some(Fault::Reset),
                None
            ]
        );
    }

    #[test]
    fn scope_leaves_other_requests_alone() {
        let queue = FaultQueue::default();
        Faults::new(&queue)
            .of("ship24")
            .on("create-tracker")
            .always(Fault::Reset);

        assert_eq!(queue.take("ship24", Some("list-trackers")), None);
        assert_eq!(queue.take("gcl", Some("create-tracker")), None);
        assert_eq!(queue.take("ship24", None), None);
        assert_eq!(
            queue.take("ship24", Some("create-tracker")),
            Some(Fault::Reset)
        );
    }

    #[test]
    fn clear_keeps_to_its_scope() {
        let queue = FaultQueue::default();
        let faults = Faults::new(&queue);
        faults.clone().on("create-tracker").next(Fault::Reset);
        faults.clone().on("list-trackers").next(Fault::Hang);

        faults.clone().on("create-tracker").clear();

        assert_eq!(faults.waiting(), 1);
        assert_eq!(
            queue.take("ship24", Some("list-trackers")),
            Some(Fault::Hang)
        );
    }
}
