//! Orders of an answer; of one that does not fit, what fits is kept, and it loses no other.

use tracking_core::Problem;
use tracking_http::{Error, Response, recover};

use crate::collection::Collection as _;
use crate::error::unfit_body;
use crate::raw_parts::members_of;
use crate::{Iri, Order, OrderCollection};

/// An order as far as it could be read.
#[derive(Debug)]
pub(crate) struct ReadOrder {
    pub(crate) order: Order,
    pub(crate) problems: Vec<Problem>,
}

/// One page of orders.
#[derive(Debug)]
pub(crate) struct ReadOrders {
    pub(crate) orders: Vec<ReadOrder>,
    pub(crate) next: Option<Iri>,
    /// Why the page could not be read as a whole.
    pub(crate) unfit: Option<Error>,
}

/// Reads a page of orders: as a whole where that works, else part by part.
///
/// # Errors
///
/// That of the answer, when there is no list in it.
pub(crate) fn read_orders(
    answer: Result<Response<OrderCollection>, Error>,
) -> Result<ReadOrders, Error> {
    let mut page = match answer {
        Ok(list) => whole(list.into_inner()),
        Err(error) => match part_by_part(&error) {
            Some((orders, next)) => ReadOrders {
                orders,
                next,
                unfit: Some(error),
            },
            None => return Err(error),
        },
    };
    // One release of the framework links to a next page even past the end.
    page.next.take_if(|_| page.orders.is_empty());
    Ok(page)
}

fn whole(list: OrderCollection) -> ReadOrders {
    let next = list.next();
    let orders = list.into_members().into_iter().map(|order| ReadOrder {
        order,
        problems: Vec::new(),
    });
    ReadOrders {
        orders: orders.collect(),
        next,
        unfit: None,
    }
}

fn part_by_part(error: &Error) -> Option<(Vec<ReadOrder>, Option<Iri>)> {
    let text = std::str::from_utf8(unfit_body(error)?).ok()?;
    let orders = members_of(text)?.into_iter().map(|(place, member)| {
        let read = recover::<Order>(member, &place);
        ReadOrder {
            order: read.value,
            problems: read.problems,
        }
    });
    let next = recover::<OrderCollection>(text, "").value.next();
    Some((orders.collect(), next))
}
