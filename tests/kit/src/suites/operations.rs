//! Methods and operations have the same names.

use crate::Sdk;
use crate::source::{method, method_name, read_all, uses};
use crate::spec::operations;

/// Every operation has a method of its name, and no method that is named for another operation calls it.
pub async fn every_operation_is_called_by_method_of_its_name<S: Sdk>() {
    let source = read_all(S::FIXTURES.package());
    let operations = operations::<S>();
    let name_of = |id: &str| {
        let other = S::OTHER_METHODS.iter().find(|(it, _)| *it == id);
        other.map_or_else(|| method_name(id), |(_, name)| (*name).to_owned())
    };

    for it in &operations {
        let constant = method_name(&it.id).to_uppercase();
        assert!(uses(&source, &constant) > 0, "{} {constant}", S::PROVIDER);
        for other in &operations {
            let name = name_of(&other.id);
            let body = method(&source, &name);
            let is_own = name == name_of(&it.id);
            assert!(
                is_own || uses(body, &constant) == 0,
                "{}: {name} uses {constant}",
                S::PROVIDER
            );
        }
    }
}
