//! Pages of bare arrays, counted from 0.

use super::refusal::Refusal;
use super::settings::Assumptions;
use crate::module::Call;

/// The part of a list that a caller asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    number: usize,
    size: usize,
}

impl Page {
    pub(super) fn read(call: &Call<'_>, assumptions: &Assumptions) -> Result<Self, Refusal> {
        let number = integer(call, "page")?.unwrap_or(0);
        let size = integer(call, "pageSize")?.unwrap_or(assumptions.page_size);
        if size == 0 {
            return Err(Refusal::invalid("Invalid pageSize"));
        }
        Ok(Self {
            number: if assumptions.ignore_page { 0 } else { number },
            size: assumptions.largest_page.map_or(size, |most| size.min(most)),
        })
    }

    /// The items on the page; none past the end.
    pub(super) fn of<T>(self, items: impl IntoIterator<Item = T>) -> Vec<T> {
        let skipped = self.number.saturating_mul(self.size);
        items.into_iter().skip(skipped).take(self.size).collect()
    }
}

fn integer(call: &Call<'_>, name: &str) -> Result<Option<usize>, Refusal> {
    call.query(name)
        .map(|text| {
            text.parse()
                .map_err(|_| Refusal::invalid(format!("Invalid {name}")))
        })
        .transpose()
}
