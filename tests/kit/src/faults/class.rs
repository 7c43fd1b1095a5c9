//! What an operation does, by its name.

use crate::spec::Described;

/// A kind of operation, in the order of the columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    ReadOne,
    List,
    Create,
    BulkCreate,
    Update,
    Delete,
    Token,
}

impl Class {
    pub(super) const ALL: [Self; 7] = [
        Self::ReadOne,
        Self::List,
        Self::Create,
        Self::BulkCreate,
        Self::Update,
        Self::Delete,
        Self::Token,
    ];

    pub(super) fn of(operation: &Described) -> Self {
        let id = operation.id.as_str();
        let begins = |names: &[&str]| names.iter().any(|name| id.starts_with(name));
        if begins(&["bulk-create", "batch-create"]) {
            Self::BulkCreate
        } else if begins(&["create", "register"]) {
            Self::Create
        } else if begins(&["update", "not-update", "stop", "resend"]) {
            Self::Update
        } else if begins(&["delete"]) {
            Self::Delete
        } else if begins(&["list", "search", "get-couriers", "get-carriers", "download"]) {
            Self::List
        } else {
            Self::ReadOne
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::ReadOne => "read one",
            Self::List => "list",
            Self::Create => "create",
            Self::BulkCreate => "bulk create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Token => "token",
        }
    }
}
