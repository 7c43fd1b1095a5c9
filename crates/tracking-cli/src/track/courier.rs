//! Which courier goes to which provider: a code belongs to that provider alone.

use std::str::FromStr;

use crate::problem::Problem;
use crate::select::Account;

/// A courier's code, and the provider or account that knows it by this code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CourierCode {
    at: Option<String>,
    code: String,
}

impl FromStr for CourierCode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (at, code) = match text.split_once(':') {
            Some((at, code)) => (Some(at.trim().to_owned()), code.trim()),
            None => (None, text.trim()),
        };
        if code.is_empty() || at.as_deref() == Some("") {
            return Err("give PROVIDER:CODE, such as ship24:sg-post".to_owned());
        }
        Ok(Self {
            at,
            code: code.to_owned(),
        })
    }
}

/// The code for each account, or what is wrong with what was given.
pub(crate) fn by_account(
    given: &[CourierCode],
    accounts: &[Account],
) -> Result<Vec<Option<String>>, Problem> {
    let mut codes = vec![None; accounts.len()];
    for courier in given {
        let of_courier = |account: &Account| match &courier.at {
            Some(at) => account.is_called(at) || account.entry.is_called(at),
            None => true,
        };
        let places: Vec<usize> = accounts
            .iter()
            .enumerate()
            .filter_map(|(place, account)| of_courier(account).then_some(place))
            .collect();
        let is_one_provider = places
            .windows(2)
            .all(|pair| accounts[pair[0]].entry.name == accounts[pair[1]].entry.name);
        match &courier.at {
            Some(at) if places.is_empty() => {
                let message = format!("--courier names {at:?}, which is not asked");
                let asked: Vec<&str> = accounts.iter().map(|it| it.name.as_str()).collect();
                let hint = format!("these are asked: {}", asked.join(", "));
                return Err(Problem::new("usage", message).with_hint(hint));
            }
            None if !is_one_provider => {
                let message = format!(
                    "the courier {:?} belongs to one provider, and several are asked",
                    courier.code
                );
                let hint = format!(
                    "say which: --courier {}:{}, or name one provider with -p",
                    accounts[places[0]].entry.name, courier.code
                );
                return Err(Problem::new("usage", message).with_hint(hint));
            }
            _ => {}
        }
        for place in places {
            if codes[place].is_some() {
                let message = format!("--courier was given twice for {}", accounts[place].name);
                return Err(Problem::new("usage", message).with_hint("give one courier for each"));
            }
            codes[place] = Some(courier.code.clone());
        }
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers;

    fn accounts(places: &[usize]) -> Vec<Account> {
        let account = |place: &usize| Account::of(&providers::ALL[*place]);
        places.iter().map(account).collect()
    }

    fn codes(given: &[&str], accounts: &[Account]) -> Result<Vec<Option<String>>, String> {
        let given: Vec<CourierCode> = given.iter().map(|text| text.parse().unwrap()).collect();
        by_account(&given, accounts).map_err(|problem| problem.message)
    }

    #[test]
    fn code_belongs_to_its_provider() {
        let asked = accounts(&[0, 1]);

        let found = codes(&["TrackingMore:dhl-germany", "ship24:sg-post"], &asked).unwrap();

        let expected = [Some("sg-post".to_owned()), Some("dhl-germany".to_owned())];
        assert_eq!(found, expected);
    }

    #[test]
    fn code_alone_needs_one_provider() {
        let alone = codes(&["sg-post"], &accounts(&[0])).unwrap();

        assert_eq!(alone, [Some("sg-post".to_owned())]);
        let message = codes(&["sg-post"], &accounts(&[0, 1])).unwrap_err();
        assert!(message.contains("several are asked"), "{message}");
    }

    #[test]
    fn code_of_provider_that_is_not_asked_is_refused() {
        let message = codes(&["gcl:dhl"], &accounts(&[0, 1])).unwrap_err();

        assert!(message.contains("\"gcl\", which is not asked"), "{message}");
        let message = codes(&["ship24:a", "b"], &accounts(&[0])).unwrap_err();
        assert!(message.contains("twice for ship24"), "{message}");
        for text in ["", ":", "ship24:", ":dhl"] {
            assert!(text.parse::<CourierCode>().is_err(), "{text:?}");
        }
    }
}
