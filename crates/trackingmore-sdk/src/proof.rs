//! The keyed hash of a time.

use hmac_sha256::HMAC;

/// The signature as the provider writes it: lower-case hexadecimal digits.
pub(crate) fn signature(key: &str, time: &str) -> String {
    let mut digits = String::new();
    for byte in HMAC::mac(time, key) {
        for digit in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(digit.into(), 16));
        }
    }
    digits
}

/// Returns true if they are equal, in constant time. Digits count in either case.
pub(crate) fn matches(key: &str, time: &str, signature: &str) -> bool {
    let bytes = bytes_of(signature.trim());
    let bytes: Option<[u8; 32]> = bytes.and_then(|bytes| bytes.try_into().ok());
    bytes.is_some_and(|bytes| HMAC::verify(time, key, &bytes))
}

fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    let (pairs, []) = digits.as_bytes().as_chunks::<2>() else {
        return None;
    };
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(value(*high)? << 4 | value(*low)?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{matches, signature};

    const KEY: &str = "shop@example.com";
    const TIME: &str = "1488249109";
    const SIGNATURE: &str = "f965e505f866444b796167ba4e576a5d7d0e0979e72d3ef557e5a2ed8dfda3ea";

    #[test]
    fn known_responses_come_out() {
        assert_eq!(signature(KEY, TIME), SIGNATURE);
        assert_eq!(
            signature("user@example.com", TIME),
            "0d4f42e2c75d394a2957e2ecf9deb0cd3c81f4ea89712f59f2331dfcec0e9f7f"
        );
    }

    #[test]
    fn same_key_time_and_signature_alone_match() {
        assert!(matches(KEY, TIME, SIGNATURE));
        assert!(matches(KEY, TIME, &SIGNATURE.to_uppercase()));
        assert!(!matches("other@example.com", TIME, SIGNATURE));
        assert!(!matches(KEY, "1488249110", SIGNATURE));
        for wrong in [
            "",
            "f965",
            "zz",
            &SIGNATURE[..63],
            &format!("{SIGNATURE}00"),
        ] {
            assert!(!matches(KEY, TIME, wrong), "{wrong}");
        }
        // The pair that the documentation prints, made with another account's address.
        let printed = "4b279021f5c041f6e3344e7a0636cc26201ab24b91adcea6d38331cb89221d45";
        assert!(!matches("user@example.com", TIME, printed));
    }
}
