//! `CheckRule`: how couriers compute the check character of a number.

/// How the check character follows from the characters before it, its payload.
///
/// Most rules are made for digits; a payload that a rule is not made for has no check character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CheckRule {
    /// UPU S10, modulus 11 with weights. Misses 9 % of single wrong digits.
    S10,
    /// GS1, modulus 10 with the weights 3 and 1. Misses no single wrong digit.
    Gs1,
    /// The payload as a number, modulus 7. Misses about 7 % of single wrong digits.
    Mod7,
    /// UPS, modulus 10 with the weights 1 and 2 and letters as digits. Misses 4.5 %.
    Ups,
    /// FedEx, modulus 11 with the weights 1, 3 and 7. Misses about 3 %.
    FedEx,
    /// Luhn, modulus 10. Misses no single wrong digit.
    Luhn,
    /// ISO 7064 modulus 37,36, whose check character may be a letter. Misses no single wrong character.
    Mod37,
    /// GLS, modulus 10 with the weights 3 and 1, plus 1.
    Gls,
    /// The identity code of DHL and Deutsche Post, modulus 10 with the weights 4 and 9.
    IdentityCode,
}

impl CheckRule {
    /// Returns the check character of a payload of capitals and digits.
    pub(super) fn check_character(self, payload: &[u8]) -> Option<u8> {
        let digit = match self {
            Self::S10 => s10(payload)?,
            Self::Gs1 => to_next_ten(weighted(payload.iter().rev(), &[3, 1])?),
            Self::Mod7 => payload
                .iter()
                .try_fold(0, |rest, byte| Some((rest * 10 + digit(*byte)?) % 7))?,
            Self::Ups => ups(payload)?,
            Self::FedEx => weighted(payload.iter().rev(), &[1, 3, 7])? % 11 % 10,
            Self::Luhn => luhn(payload)?,
            Self::Mod37 => return mod_37(payload),
            Self::Gls => to_next_ten(weighted(payload.iter(), &[3, 1])? + 1),
            Self::IdentityCode => to_next_ten(weighted(payload.iter(), &[4, 9])?),
        };
        character(digit)
    }

    /// Returns true if a character can be a check character, right or wrong.
    ///
    /// That of UPS is a digit; a letter in its place is a typing error such as `O` for `0`.
    pub(super) fn allows(self, byte: u8) -> bool {
        match self {
            Self::Mod37 | Self::Ups => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            _ => byte.is_ascii_digit(),
        }
    }
}

/// The characters of ISO 7064, whose value is their place.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn character(value: u32) -> Option<u8> {
    ALPHABET.get(usize::try_from(value).ok()?).copied()
}

fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(10)
}

/// The sum of the digits, each multiplied by the next of the weights, which repeat.
fn weighted<'a>(digits: impl Iterator<Item = &'a u8>, weights: &[u32]) -> Option<u32> {
    let mut weights = weights.iter().cycle();
    let mut sum = 0;
    for byte in digits {
        sum += digit(*byte)? * weights.next()?;
    }
    Some(sum)
}

/// What fills a sum up to the next multiple of ten.
const fn to_next_ten(sum: u32) -> u32 {
    (10 - sum % 10) % 10
}

fn s10(payload: &[u8]) -> Option<u32> {
    let rest = weighted(payload.iter(), &[8, 6, 4, 2, 3, 5, 9, 7])? % 11;
    Some(match rest {
        0 => 5,
        1 => 0,
        rest => 11 - rest,
    })
}

/// A letter counts as its ASCII code less 3, modulus 10; products are not cross-summed.
fn ups(payload: &[u8]) -> Option<u32> {
    let mut sum = 0;
    for (place, byte) in payload.iter().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => (u32::from(*byte) - 3) % 10,
            _ => digit(*byte)?,
        };
        sum += if place % 2 == 0 { value } else { 2 * value };
    }
    Some(to_next_ten(sum))
}

fn luhn(payload: &[u8]) -> Option<u32> {
    let mut sum = 0;
    for (place, byte) in payload.iter().rev().enumerate() {
        let value = digit(*byte)?;
        sum += match (place % 2 == 0, value) {
            (true, 5..) => 2 * value - 9,
            (true, _) => 2 * value,
            (false, _) => value,
        };
    }
    Some(to_next_ten(sum))
}

fn mod_37(payload: &[u8]) -> Option<u8> {
    let mut rest = 36;
    for byte in payload {
        let value = char::from(*byte).to_digit(36)?;
        let sum = match (rest + value) % 36 {
            0 => 36,
            sum => sum,
        };
        rest = sum * 2 % 37;
    }
    character((37 - rest) % 36)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::CheckRule::{self, FedEx, Gls, Gs1, IdentityCode, Luhn, Mod7, Mod37, S10, Ups};

    #[test]
    fn check_characters_are_those_of_worked_examples() {
        let examples: [(CheckRule, &str, char); 12] = [
            (S10, "11223344", '7'),
            // The rests 1 and 0 have check digits of their own.
            (S10, "00000015", '5'),
            (S10, "00000012", '0'),
            (Gs1, "0034043412345678901", '2'),
            (Mod7, "123456789", '1'),
            (Ups, "A1B2C3031234567", '3'),
            (FedEx, "12345678901", '2'),
            // A rest of 10 is the digit 0.
            (FedEx, "00000000031", '0'),
            (Luhn, "12345678901", '5'),
            (Mod37, "01231234567890", 'J'),
            (Gls, "85123456789", '5'),
            (IdentityCode, "12345678901", '6'),
        ];

        for (rule, payload, expected) in examples {
            let found = rule.check_character(payload.as_bytes()).map(char::from);

            assert_eq!(found, Some(expected), "{rule:?} of {payload}");
        }
    }

    #[test]
    fn rules_of_digits_have_no_check_digit_for_letters() {
        for rule in [S10, Gs1, Mod7, FedEx, Luhn, Gls, IdentityCode] {
            assert_eq!(rule.check_character(b"12A45678"), None, "{rule:?}");
        }
        assert_eq!(Ups.check_character(b"1-2"), None);
        assert_eq!(Mod37.check_character("1é".as_bytes()), None);
    }

    proptest! {
        #[test]
        fn strong_rules_miss_no_single_wrong_digit(
            number in "[0-9]{8,34}",
            place in 0_usize..34,
            step in 1_u8..10,
        ) {
            let place = place % number.len();
            let mut wrong = number.clone().into_bytes();
            wrong[place] = b'0' + (wrong[place] - b'0' + step) % 10;

            for rule in [Gs1, Luhn, Mod37, Gls] {
                let right = rule.check_character(number.as_bytes());
                prop_assert_ne!(right, rule.check_character(&wrong), "{:?}", rule);
            }
        }
    }
}
