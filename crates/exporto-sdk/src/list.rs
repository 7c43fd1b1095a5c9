//! The pages of the unified list: one tour after the other.

use tracking_core::{Cursor, Error, ErrorKind, ListRequest, Problem, ShipmentPage};

use crate::status_table::PROVIDER;
use crate::tours::is_same_page;
use crate::{Client, ListToursQuery, Tour};

/// Shipments per page unless the caller says otherwise; each of them costs a request.
const PAGE_SIZE: u32 = 50;

/// Where a page begins: in which page of tours, in which tour, behind how many of its shipments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    tour_page: i64,
    offset: usize,
    /// None for the first tour of the page.
    tour_id: Option<String>,
}

impl Place {
    /// Reads `PAGE:OFFSET:TOUR`.
    fn read(cursor: Option<&Cursor>) -> Result<Self, Error> {
        let Some(cursor) = cursor else {
            return Ok(Self::default());
        };
        let place = || {
            let (tour_page, rest) = cursor.as_str().split_once(':')?;
            let (offset, tour_id) = rest.split_once(':')?;
            Some(Self {
                tour_page: tour_page.parse().ok().filter(|page| *page >= 0)?,
                offset: offset.parse().ok()?,
                tour_id: Some(tour_id.to_owned()).filter(|id| !id.is_empty()),
            })
        };
        let foreign = "the cursor is not one of exporto's list; pass back what `next` held";
        place().ok_or_else(|| refused(foreign))
    }

    fn cursor(&self) -> Cursor {
        let tour_id = self.tour_id.as_deref().unwrap_or_default();
        Cursor::new(format!("{}:{}:{tour_id}", self.tour_page, self.offset))
    }
}

/// A page of tours.
#[derive(Default)]
struct TourPage {
    /// Those that could be read, also without an id.
    tours: Vec<Tour>,
    /// The ids, in the order of the page.
    ids: Vec<String>,
    /// What is no tour, and what is one without an id.
    problems: Vec<Problem>,
}

impl TourPage {
    fn is_empty(&self) -> bool {
        self.tours.is_empty() && self.problems.is_empty()
    }

    /// The id of the first tour. The key is assumed, so a page of which no tour has an id is an error.
    fn first(&self) -> Result<Option<&str>, Error> {
        match (self.ids.first(), self.problems.first()) {
            (Some(id), _) => Ok(Some(id)),
            (None, None) => Ok(None),
            (None, Some(problem)) => {
                let message = format!("`{}` {}", problem.path, problem.message);
                Err(Error::new(ErrorKind::Decode, PROVIDER, message))
            }
        }
    }
}

impl Client {
    /// One page: some shipments of one tour, with their details.
    pub(crate) async fn list_page(&self, request: ListRequest) -> Result<ShipmentPage, Error> {
        if request.updated_since.is_some() {
            return Err(Error::unsupported(
                PROVIDER,
                "listing by time of update; use `processed_shipments`, or search by one of its dates",
            ));
        }
        let limit = request.limit.unwrap_or(PAGE_SIZE) as usize;
        if limit == 0 {
            return Err(refused("the limit is 0; ask for at least 1 shipment"));
        }
        let place = Place::read(request.cursor.as_ref())?;
        let tours = self.tours(place.tour_page).await?;
        let Some(first) = tours.first()? else {
            return match place.tour_id {
                None => Ok(ShipmentPage::new(Vec::new(), None)),
                Some(_) => Err(no_longer_listed()),
            };
        };
        let tour_id = place.tour_id.as_deref().unwrap_or(first);
        let index = tours.ids.iter().position(|id| id == tour_id);
        let index = index.ok_or_else(no_longer_listed)?;
        let list = self.partial_tour(tour_id).await?;
        let rest = list.elements.len().saturating_sub(place.offset);
        let next = if rest > limit {
            Some(Place {
                offset: place.offset + limit,
                tour_id: Some(tour_id.to_owned()),
                tour_page: place.tour_page,
            })
        } else if let Some(next) = tours.ids.get(index + 1) {
            Some(Place {
                tour_page: place.tour_page,
                offset: 0,
                tour_id: Some(next.clone()),
            })
        } else {
            self.first_of_next_page(&tours.tours, place.tour_page)
                .await?
        };
        // Each page of a tour lists the whole tour; its problems come with the first, and those of the list
        // of tours with its first tour.
        let mut problems = Vec::new();
        if place.offset == 0 {
            if index == 0 {
                problems.extend(tours.problems);
            }
            problems.extend(list.problems);
        }
        let shipments = list.elements.into_iter().skip(place.offset).take(limit);
        let details = self.details(shipments.collect()).await;
        // The page can be read again.
        if let Some(error) = details.error {
            return Err(error);
        }
        let page = ShipmentPage::new(details.shipments, next.map(|place| place.cursor()));
        Ok(page.with_problems(problems).filtered(&request))
    }

    async fn tours(&self, page: i64) -> Result<TourPage, tracking_http::Error> {
        let query = ListToursQuery::new().page(page);
        let list = self.partial_tours(&query).await?;
        let mut page = TourPage {
            problems: list.problems,
            ..TourPage::default()
        };
        for mut tour in list.elements {
            match &tour.value.tour_id {
                Some(id) => page.ids.push(id.as_str().to_owned()),
                None => {
                    let message = "a listed tour has no `tourId`, a key that is assumed";
                    let problem = Problem::new(tour.path(), message);
                    page.problems.push(problem.with_raw(tour.raw.clone()));
                }
            }
            page.problems.append(&mut tour.problems);
            page.tours.push(tour.value);
        }
        Ok(page)
    }

    /// A page that repeats this one means that there are no pages: the whole list came at once.
    async fn first_of_next_page(&self, tours: &[Tour], page: i64) -> Result<Option<Place>, Error> {
        let tour_page = page.saturating_add(1);
        let following = self.tours(tour_page).await?;
        if following.is_empty() || is_same_page(tours, &following.tours) {
            return Ok(None);
        }
        let first = following.first()?.map(str::to_owned);
        Ok(first.map(|tour_id| Place {
            tour_page,
            offset: 0,
            tour_id: Some(tour_id),
        }))
    }
}

fn no_longer_listed() -> Error {
    refused("the tour of the cursor is not listed any more; begin anew")
}

fn refused(message: &str) -> Error {
    Error::new(ErrorKind::InvalidRequest, PROVIDER, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_survives_its_cursor() {
        for tour_id in [None, Some("t-1"), Some("a:b"), Some("ü 7")] {
            let place = Place {
                tour_page: 3,
                offset: 50,
                tour_id: tour_id.map(str::to_owned),
            };

            assert_eq!(Place::read(Some(&place.cursor())).unwrap(), place);
        }
        assert_eq!(Place::read(None).unwrap(), Place::default());
    }

    #[test]
    fn other_cursors_are_refused() {
        for text in [
            "",
            "1",
            "1:2",
            "-1:0:t",
            "x:0:t",
            "0:-1:t",
            "99999999999999999999:0:t",
        ] {
            let error = Place::read(Some(&Cursor::new(text))).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{text}");
        }
    }
}
