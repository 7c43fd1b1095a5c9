//! Cursors that are the number of a page.

use crate::{Cursor, Error, ErrorKind, ProviderId};

/// Returns the number of the page that a cursor names; without a cursor it is the first, 1.
///
/// `name` is what people call the provider.
///
/// # Errors
///
/// [`InvalidRequest`](ErrorKind::InvalidRequest) if the cursor is no number from 1 on, and so not of this provider's list.
pub fn page_number(
    cursor: Option<&Cursor>,
    provider: ProviderId,
    name: &str,
) -> Result<i64, Error> {
    let Some(cursor) = cursor else { return Ok(1) };
    let page = cursor.as_str().parse().ok().filter(|page| *page >= 1);
    page.ok_or_else(|| {
        let message = format!("the cursor is not one of {name}'s list; pass back what `next` held");
        Error::new(ErrorKind::InvalidRequest, provider, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROVIDER: ProviderId = ProviderId::new("sample");

    #[test]
    fn list_begins_at_page_one_and_continues_at_its_cursor() {
        let read = |cursor: Option<&str>| {
            let cursor = cursor.map(Cursor::new);
            page_number(cursor.as_ref(), PROVIDER, "Sample").ok()
        };

        assert_eq!(read(None), Some(1));
        assert_eq!(read(Some("7")), Some(7));
        for other in ["0", "-1", "", "two", "1:2"] {
            assert_eq!(read(Some(other)), None, "{other}");
        }
    }

    #[test]
    fn foreign_cursor_is_refused_with_name_of_provider() {
        let cursor = Cursor::new("two");

        let error = page_number(Some(&cursor), PROVIDER, "Sample").unwrap_err();

        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("Sample's list"), "{error}");
    }
}
