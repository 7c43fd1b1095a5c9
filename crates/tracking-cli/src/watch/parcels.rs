//! The parcels of a state, and which of them have changed.

use serde::{Deserialize, Serialize};

use super::parcel::Parcel;

/// Parcels, each at its place for good.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Parcels(Vec<Parcel>);

impl Parcels {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Parcel> {
        self.0.iter()
    }

    pub(crate) fn get(&self, place: usize) -> Option<&Parcel> {
        self.0.get(place)
    }

    /// A parcel to change: it counts as changed from now on.
    pub(crate) fn get_mut(&mut self, place: usize) -> Option<&mut Parcel> {
        let parcel = self.0.get_mut(place)?;
        parcel.revision = parcel.revision.wrapping_add(1);
        Some(parcel)
    }

    /// Adds a parcel, and returns its place.
    pub(crate) fn push(&mut self, parcel: Parcel) -> usize {
        self.0.push(parcel);
        self.0.len() - 1
    }

    /// Puts a parcel at its place, which may be the next one. Returns false if there is no such place.
    pub(crate) fn put(&mut self, place: usize, parcel: Parcel) -> bool {
        if place == self.0.len() {
            self.0.push(parcel);
            return true;
        }
        let Some(known) = self.0.get_mut(place) else {
            return false;
        };
        *known = parcel;
        true
    }
}
