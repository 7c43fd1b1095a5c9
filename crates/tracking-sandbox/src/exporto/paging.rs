//! Pages of arrays, counted from 0.

use crate::exporto::errors::Refusal;
use crate::exporto::settings::Assumptions;
use crate::server::Call;

/// The page of a list that a caller requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    number: usize,
    size: usize,
}

impl Page {
    pub(crate) fn parse(call: &Call<'_>, assumptions: &Assumptions) -> Result<Self, Refusal> {
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

    /// The items on the page; empty past the end.
    pub(crate) fn of<T>(self, items: impl IntoIterator<Item = T>) -> Vec<T> {
        let skipped = self.number.saturating_mul(self.size);
        items.into_iter().skip(skipped).take(self.size).collect()
    }
}

fn integer(call: &Call<'_>, name: &str) -> Result<Option<usize>, Refusal> {
    call.query(name)
        .map(|value| {
            value
                .parse()
                .map_err(|_| Refusal::invalid(format!("Invalid {name}")))
        })
        .transpose()
}
