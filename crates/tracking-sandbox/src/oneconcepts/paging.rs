//! The page of a list that a caller requests.

use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::requests::parameters::Parameters;
use crate::oneconcepts::settings::Assumptions;
use crate::server::Page;

/// Parses `page` and `itemsPerPage`. What is no number counts as 0, as in PHP.
pub(crate) fn requested(
    params: &Parameters<'_>,
    assumptions: &Assumptions,
) -> Result<Page, Refusal> {
    let number = |name| {
        let value = params.one(name)?;
        Some(value.trim().parse::<i64>().unwrap_or_default())
    };
    let Some(page) = whole(number("page").unwrap_or(1)).filter(|page| *page > 0) else {
        return Err(Refusal::bad_request("Page should not be less than 1"));
    };
    let default = i64::from(assumptions.default_page_size);
    let Some(mut limit) = whole(number("itemsPerPage").unwrap_or(default)) else {
        return Err(Refusal::bad_request("Limit should not be less than 0"));
    };
    if limit == 0 && page > 1 {
        return Err(Refusal::bad_request(
            "Page should not be greater than 1 if limit is equal to 0",
        ));
    }
    if let Some(max) = assumptions.max_page_size {
        limit = limit.min(max.into());
    }
    Ok(Page {
        number: page,
        limit,
    })
}

fn whole(number: i64) -> Option<usize> {
    usize::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str) -> Option<(usize, usize)> {
        let page = requested(&Parameters::read(query), &Assumptions::default()).ok()?;
        Some((page.number, page.limit))
    }

    #[test]
    fn pages_count_from_one_and_hold_thirty() {
        let cases = [
            ("", Some((1, 30))),
            ("page=2&itemsPerPage=500", Some((2, 500))),
            ("itemsPerPage=0", Some((1, 0))),
            ("itemsPerPage=many", Some((1, 0))),
            ("page=2&itemsPerPage=0", None),
            ("page=0", None),
            ("page=-1", None),
            ("page=first", None),
            ("itemsPerPage=-1", None),
        ];

        for (query, expected) in cases {
            assert_eq!(page(query), expected, "{query}");
        }
    }

    #[test]
    fn assumed_maximum_limits_page() {
        let assumptions = Assumptions {
            max_page_size: Some(50),
            ..Assumptions::default()
        };

        let page = requested(&Parameters::read("itemsPerPage=200"), &assumptions);

        assert_eq!(page.map(|page| page.limit), Ok(50));
    }
}
