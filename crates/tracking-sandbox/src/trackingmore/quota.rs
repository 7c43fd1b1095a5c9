//! What the account may still spend.

use serde::{Deserialize, Serialize};

use super::errors::Refusal;

/// How many numbers an account may still create. Some calls cost a fifth of one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Option<f64>", into = "Option<f64>")]
pub struct Quota {
    /// None for no limit.
    fifths: Option<u64>,
}

impl Quota {
    /// No limit.
    pub const UNLIMITED: Self = Self { fifths: None };

    /// What one number costs.
    pub(super) const ONE: u64 = 5;
    /// What a call costs that detects a carrier or looks up remote areas.
    pub(super) const FIFTH: u64 = 1;
    /// What one air waybill costs.
    pub(super) const AIR_WAYBILL: u64 = 20 * Self::ONE;

    /// A quota for this many numbers.
    #[must_use]
    pub const fn of(numbers: u32) -> Self {
        Self {
            fifths: Some(numbers as u64 * Self::ONE),
        }
    }

    /// Quota left, in numbers; `None` for no limit.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "quota stays far below the numbers that a float cannot hold"
    )]
    pub fn left(self) -> Option<f64> {
        self.fifths.map(|fifths| fifths as f64 / Self::ONE as f64)
    }

    /// Pays, or refuses: one code for nothing left, another for too little.
    pub(super) fn pay(&mut self, fifths: u64) -> Result<(), Refusal> {
        match &mut self.fifths {
            None => Ok(()),
            Some(left) if *left >= fifths => {
                *left -= fifths;
                Ok(())
            }
            Some(0) => Err(Refusal::NO_BALANCE),
            Some(_) => Err(Refusal::QUOTA_TOO_SMALL),
        }
    }
}

impl TryFrom<Option<f64>> for Quota {
    type Error = &'static str;

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number is not negative and below the largest of its type"
    )]
    fn try_from(numbers: Option<f64>) -> Result<Self, Self::Error> {
        let Some(numbers) = numbers else {
            return Ok(Self::UNLIMITED);
        };
        if !(0.0..=f64::from(u32::MAX)).contains(&numbers) {
            return Err("a quota is null or a number from 0 to 4294967295");
        }
        let fifths = (numbers * 5.0).round() as u64;
        Ok(Self {
            fifths: Some(fifths),
        })
    }
}

impl From<Quota> for Option<f64> {
    fn from(quota: Quota) -> Self {
        quota.left()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_quota_and_one_that_is_too_small_have_different_codes() {
        let mut quota = Quota::of(1);

        assert_eq!(quota.pay(Quota::FIFTH), Ok(()));
        assert_eq!(quota.left(), Some(0.8));
        assert_eq!(quota.pay(Quota::ONE), Err(Refusal::QUOTA_TOO_SMALL));
        assert_eq!(quota.pay(4), Ok(()));
        assert_eq!(quota.pay(Quota::ONE), Err(Refusal::NO_BALANCE));
        assert_eq!(Quota::default().pay(Quota::AIR_WAYBILL), Ok(()));
    }

    #[test]
    fn json_keeps_fifths() {
        let mut quota = Quota::of(2);
        quota.pay(Quota::FIFTH).unwrap();

        let json = serde_json::to_value(quota).unwrap();
        let read: Quota = serde_json::from_value(json.clone()).unwrap();

        assert_eq!(json, 1.8);
        assert_eq!(read, quota);
        assert!(serde_json::from_value::<Quota>(serde_json::json!(-1)).is_err());
    }
}
