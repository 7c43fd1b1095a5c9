//! The options that say what is known of parcels, and what may be done for them.

use clap::Args;
use tracking_core::{ShipmentHints, TrackRequest};

use crate::args::{country, non_blank};
use crate::problem::Problem;
use crate::select::Account;
use crate::track::{CourierCode, courier};

/// What is known of the parcels besides their numbers.
#[derive(Debug, Clone, Args)]
pub(crate) struct HintOptions {
    /// The courier's code at one provider, as `ship24:sg-post`; repeatable
    ///
    /// The provider may be left out when only one is asked.
    #[arg(short, long = "courier", value_name = "PROVIDER:CODE")]
    couriers: Vec<CourierCode>,

    /// Country of origin: two or three letters
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    origin_country: Option<String>,

    /// Country of destination: two or three letters
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    destination_country: Option<String>,

    /// Post code of the destination; some couriers need it
    #[arg(long, value_name = "CODE", value_parser = non_blank)]
    destination_post_code: Option<String>,
}

impl HintOptions {
    /// Returns true if a courier is named.
    pub(crate) const fn has_courier(&self) -> bool {
        !self.couriers.is_empty()
    }

    /// The hints for each account, or what is wrong with a courier.
    pub(crate) fn by_account(&self, accounts: &[Account]) -> Result<Vec<ShipmentHints>, Problem> {
        let couriers = courier::by_account(&self.couriers, accounts)?;
        let hints = |courier| {
            let mut hints = ShipmentHints::default();
            hints.courier = courier;
            hints.origin_country.clone_from(&self.origin_country);
            hints
                .destination_country
                .clone_from(&self.destination_country);
            hints
                .destination_post_code
                .clone_from(&self.destination_post_code);
            hints
        };
        Ok(couriers.into_iter().map(hints).collect())
    }
}

/// What is known of the parcels, and how they are looked up.
#[derive(Debug, Clone, Args)]
pub(crate) struct LookupOptions {
    #[command(flatten)]
    hints: HintOptions,

    /// Language of the events, as the provider codes it, where it has a choice
    #[arg(long = "lang", value_name = "LANGUAGE", value_parser = non_blank)]
    language: Option<String>,

    /// Register numbers that a provider does not follow yet, which may use quota there
    ///
    /// Also `register = true` in front of all parts of the configuration file.
    #[arg(long)]
    pub(crate) register: bool,
}

impl LookupOptions {
    /// A request for each account of which only the target is missing, or what is wrong with a courier.
    pub(crate) fn templates(&self, accounts: &[Account]) -> Result<Vec<TrackRequest>, Problem> {
        let template = |hints| {
            let mut request = TrackRequest::number("");
            request.hints = hints;
            request.language.clone_from(&self.language);
            request
        };
        let hints = self.hints.by_account(accounts)?;
        Ok(hints.into_iter().map(template).collect())
    }
}
