//! Times of responses, without those that mean "no date".

use crate::Timestamp;

/// Returns the time of a response, or `None` for one that
/// [means "no date"](Timestamp::means_no_date), which is passed to `report` as the message of a
/// [`Problem`](crate::Problem).
///
/// Every time of a response goes through it, so that neither an event nor a milestone nor an
/// estimate has such a time.
///
/// ```
/// use tracking_core::{Problem, Timestamp, kit::dated};
///
/// let mut problems = Vec::new();
/// let time = Timestamp::parse("0000-00-00 00:00:00");
///
/// let time = dated(time, |message| problems.push(Problem::new("events[0].time", message)));
///
/// assert_eq!(time, None);
/// assert_eq!(problems[0].message, "`0000-00-00 00:00:00` means that there is no date");
/// ```
pub fn dated(time: Timestamp, report: impl FnOnce(String)) -> Option<Timestamp> {
    if time.means_no_date() {
        report(format!("`{}` means that there is no date", time.text()));
        return None;
    }
    Some(time)
}
