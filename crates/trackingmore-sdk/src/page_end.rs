//! When a list of trackings ends.

use crate::TrackingListData;

/// Trackings per page when neither query nor response names a limit (documented).
const DEFAULT_PAGE_SIZE: i64 = 100;

/// What a response says about its place in a list.
#[derive(Debug, Default)]
pub(crate) struct PageEnd {
    limit: Option<i64>,
    total: Option<i64>,
    items: usize,
}

impl PageEnd {
    /// Of a list whose page has this many items, unreadable ones included.
    pub(crate) fn new(data: &TrackingListData, items: usize) -> Self {
        Self {
            limit: data.limit,
            total: data.total,
            items,
        }
    }

    /// The page after this one, if there is one.
    ///
    /// The list ends when the pages so far hold as many as `total`, and at an empty page. Should
    /// `total` be missing, it ends at a page that is not full. A `total` that is less than what came
    /// already contradicts the pages, so that only an empty page is the end.
    pub(crate) fn next_page(&self, page: i64, asked: Option<i64>) -> Option<i64> {
        if self.items == 0 {
            return None;
        }
        // The provider may cut the limit that was requested, and says so.
        let limit = self.limit.filter(|limit| *limit > 0).or(asked);
        let limit = limit.unwrap_or(DEFAULT_PAGE_SIZE);
        let items = i64::try_from(self.items).unwrap_or(i64::MAX);
        let before = page.saturating_sub(1).saturating_mul(limit);
        let seen = before.saturating_add(items);
        let has_more = match self.total {
            Some(total) => total != seen,
            None => items >= limit,
        };
        has_more.then(|| page.checked_add(1)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::PageEnd;

    fn next(limit: Option<i64>, total: Option<i64>, items: usize, page: i64) -> Option<i64> {
        let end = PageEnd {
            limit,
            total,
            items,
        };
        end.next_page(page, Some(25))
    }

    #[test]
    fn total_decides() {
        assert_eq!(next(Some(25), Some(56), 25, 1), Some(2));
        assert_eq!(next(Some(25), Some(56), 25, 2), Some(3));
        assert_eq!(next(Some(25), Some(56), 6, 3), None);
        assert_eq!(next(Some(25), Some(50), 25, 2), None);
    }

    #[test]
    fn limit_of_response_wins_over_requested_limit() {
        assert_eq!(next(Some(10), Some(20), 10, 1), Some(2));
        assert_eq!(next(None, Some(26), 25, 1), Some(2));
        assert_eq!(next(Some(0), Some(26), 25, 1), Some(2));
    }

    #[test]
    fn full_page_without_total_has_next_one() {
        assert_eq!(next(None, None, 25, 1), Some(2));
        assert_eq!(next(None, None, 24, 1), None);
    }

    #[test]
    fn impossible_total_does_not_end_list() {
        assert_eq!(next(Some(25), Some(0), 25, 1), Some(2));
        assert_eq!(next(Some(25), Some(0), 24, 1), Some(2));
        assert_eq!(next(Some(25), Some(0), 0, 2), None);
    }

    #[test]
    fn pages_that_were_cut_without_saying_so_are_read_to_empty_one() {
        let pages = [(25, 1), (25, 2), (6, 3), (0, 4)];

        let next = pages.map(|(items, page)| next(Some(100), Some(56), items, page));

        assert_eq!(next, [Some(2), Some(3), Some(4), None]);
    }

    #[test]
    fn page_number_has_end() {
        assert_eq!(next(None, None, 25, i64::MAX), None);
        assert_eq!(next(Some(i64::MAX), Some(i64::MAX), 1, i64::MAX), None);
    }

    #[test]
    fn empty_page_is_last() {
        assert_eq!(next(Some(25), Some(56), 0, 1), None);
    }
}
