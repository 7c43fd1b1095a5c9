//! The filters of the list and of the counters.

use super::order_time;
use super::parameters::Parameters;
use crate::trackingmore::errors::Refusal;
use crate::trackingmore::statuses::Status;
use crate::trackingmore::tracking::Tracking;
use crate::trackingmore::view::View;

/// The most values in one comma list.
const MAX_VALUES: usize = 40;

/// What a caller asks to see.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    status: Option<Status>,
    created: Span,
    updated: Span,
    ordered: Span,
    numbers: Vec<String>,
    orders: Vec<String>,
    archived: Option<bool>,
}

/// A span of Unix seconds, both ends included.
#[derive(Debug, Default, Clone, Copy)]
struct Span {
    min: Option<i64>,
    max: Option<i64>,
}

impl Span {
    fn read(parameters: &Parameters<'_>, name: &str) -> Result<Self, Refusal> {
        let read = |end| match parameters.get(&format!("{name}_{end}")) {
            None => Ok(None),
            Some(seconds) => {
                let seconds = seconds.parse().map(Some);
                seconds.map_err(|_| Refusal::UNREADABLE)
            }
        };
        Ok(Self {
            min: read("min")?,
            max: read("max")?,
        })
    }

    /// Returns true if the time is in it. One that is not known is outside of every span but the endless one.
    fn holds(self, seconds: Option<i64>) -> bool {
        match seconds {
            Some(seconds) => {
                self.min.is_none_or(|min| min <= seconds)
                    && self.max.is_none_or(|max| seconds <= max)
            }
            None => self.is_endless(),
        }
    }

    fn is_endless(self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

impl Filter {
    /// All filters of the list. Empty values are as good as absent ones.
    pub(crate) fn read(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        let status = match parameters.get("status") {
            None => None,
            Some(name) => Some(Status::named(&name).ok_or(Refusal::STATUS_INVALID)?),
        };
        let archived = match parameters.get("archived").as_deref() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        };
        Ok(Self {
            status,
            updated: Span::read(parameters, "update_time")?,
            numbers: values(parameters, "numbers")?,
            orders: values(parameters, "orders")?,
            archived,
            ..Self::read_times(parameters)?
        })
    }

    /// Only the filters that the counters have.
    pub(crate) fn read_times(parameters: &Parameters<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            created: Span::read(parameters, "created_at")?,
            ordered: Span::read(parameters, "order_created_time")?,
            ..Self::default()
        })
    }

    /// Returns true if what the account itself says matches.
    pub(crate) fn matches(&self, tracking: &Tracking) -> bool {
        let details = &tracking.details;
        let ordered = details
            .order_create_time
            .as_deref()
            .and_then(order_time::unix_seconds)
            // Unset is 0, as responses show it: so 0 as the earliest time, which the provider's own
            // PHP client always sends, leaves nothing out.
            .unwrap_or(0);
        self.archived
            .is_none_or(|archived| archived == tracking.archived)
            && self.created.holds(Some(seconds(tracking.created_at)))
            && self.ordered.holds(Some(ordered))
            && lists(&self.numbers, Some(&tracking.number))
            && lists(&self.orders, details.order_id.as_deref())
    }

    /// Returns true if the parcel decides as well.
    pub(crate) fn asks_for_view(&self) -> bool {
        self.status.is_some() || !self.updated.is_endless()
    }

    /// Returns true if what the carrier says matches.
    pub(crate) fn matches_view(&self, view: &View<'_>) -> bool {
        self.updated.holds(view.updated_at().map(seconds))
            && self.status.is_none_or(|status| status == view.status().0)
    }
}

fn seconds(millis: i64) -> i64 {
    millis.div_euclid(1000)
}

/// Returns true if a value is in a list, or the list is empty.
fn lists(listed: &[String], value: Option<&str>) -> bool {
    listed.is_empty()
        || value.is_some_and(|value| listed.iter().any(|item| item.eq_ignore_ascii_case(value)))
}

/// A comma list. The code for one that is too long is assumed.
fn values(parameters: &Parameters<'_>, name: &str) -> Result<Vec<String>, Refusal> {
    let list = parameters.get(name).unwrap_or_default();
    let values: Vec<_> = list
        .split(',')
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect();
    if values.len() > MAX_VALUES {
        return Err(Refusal::TOO_MANY_ITEMS);
    }
    Ok(values)
}
