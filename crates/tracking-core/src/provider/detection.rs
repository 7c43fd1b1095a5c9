//! The couriers that a number may belong to, asked for with an account.

use super::lookup::key_of;
use super::question::{Place, Question};
use crate::provider::BoxFuture;
use crate::{Account, CourierCandidate, Error, Provider};

/// Asks for the couriers of a number with an account.
pub(super) struct Detection {
    pub(super) account: String,
    pub(super) number: String,
}

impl Question for Detection {
    type Key = String;
    type Request = String;
    type Response = Vec<CourierCandidate>;
    type Report = (usize, Result<Vec<CourierCandidate>, Error>);

    fn account(&self) -> &str {
        &self.account
    }

    fn key(&self) -> String {
        key_of(&self.number)
    }

    fn batch_size(_account: &Account) -> usize {
        1
    }

    fn request(&self) -> String {
        self.number.clone()
    }

    fn ask(
        account: &Account,
        numbers: Vec<String>,
    ) -> BoxFuture<'_, Vec<Result<Vec<CourierCandidate>, Error>>> {
        Box::pin(async move {
            let mut results = Vec::with_capacity(numbers.len());
            for number in numbers {
                results.push(account.detect_couriers(&number).await);
            }
            results
        })
    }

    fn report(
        self,
        place: Place,
        _account: Option<&Account>,
        result: Result<Vec<CourierCandidate>, Error>,
    ) -> Self::Report {
        (place.index, result)
    }
}
