//! What became of one item of a call with many.

use serde::Serialize;

use crate::server::Call;
use crate::trackingmore::codes::describe;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::requests::input::{self, Fields};
use crate::trackingmore::state::State;
use crate::trackingmore::tracking::Trackings;

#[derive(Debug, Serialize)]
pub(crate) struct ItemOutcome {
    tracking_number: String,
    carrier_code: String,
    code: u16,
    message: &'static str,
}

impl ItemOutcome {
    /// An item that was done.
    pub(crate) fn done(fields: Option<Fields<'_>>) -> Self {
        Self::new(fields, 200)
    }

    /// An item that was not.
    pub(crate) fn refused(fields: Option<Fields<'_>>, refusal: Refusal) -> Self {
        Self::new(fields, refusal.0)
    }

    fn new(fields: Option<Fields<'_>>, code: u16) -> Self {
        let string = |name| {
            fields
                .and_then(|fields| fields.string(name))
                .unwrap_or_default()
        };
        Self {
            tracking_number: string("tracking_number"),
            carrier_code: string("carrier_code"),
            code,
            message: describe(code).1,
        }
    }
}

/// What became of a list of trackings.
#[derive(Debug)]
pub(crate) struct Outcomes {
    /// How many exist.
    pub(crate) done: usize,
    pub(crate) items: Vec<ItemOutcome>,
}

impl State {
    /// Does something to each tracking that the body of a call names.
    pub(crate) fn for_each(
        &mut self,
        call: &Call<'_>,
        mut act: impl FnMut(&mut Trackings, u64),
    ) -> Result<Outcomes, Refusal> {
        let items = input::list(call, None)?;
        let mut outcomes = Outcomes {
            done: 0,
            items: Vec::with_capacity(items.len()),
        };
        for item in &items {
            let fields = Fields::of(item);
            let found = fields.and_then(|fields| {
                let (carrier, number) = fields.key()?;
                self.existing(&carrier, &number)
            });
            outcomes.items.push(match found {
                Ok(serial) => {
                    act(&mut self.trackings, serial);
                    outcomes.done += 1;
                    ItemOutcome::done(fields.ok())
                }
                Err(refusal) => ItemOutcome::refused(fields.ok(), refusal),
            });
        }
        Ok(outcomes)
    }
}
