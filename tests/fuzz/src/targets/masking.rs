//! A secret that comes back in a message, in any spelling and between any bytes.

use tracking_http::{ConfigureClient as _, RetryPolicy};
use tracking_testkit::{Sdk, spellings};

use super::arriving::{Same, whole};
use super::runtime::wait;
use crate::input::Input;
use crate::sdks::Ship24;

/// A byte for the spelling, what is before it on one line, and what is behind it.
pub(crate) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let place = input.byte();
    let before = String::from_utf8_lossy(input.until(b'\n'));
    let behind = String::from_utf8_lossy(input.rest());
    let secret = Ship24::SECRETS[0];
    let spellings = spellings(secret);
    let spelling = &spellings[usize::from(place) % spellings.len()];
    let reply = Ship24::refusal(400, &format!("{before}{spelling}{behind}"));
    let builder = Ship24::builder()
        .with_base_url("https://fuzz.invalid")
        .with_transport(Same::new::<Ship24>(whole(&reply)))
        .with_retry(RetryPolicy::none())
        .without_rate_limits();

    let client = Ship24::build(builder);
    let error = wait(Ship24::call(&client, Ship24::LOOKUP)).unwrap_err();

    let shown = format!("{error}{error:?}");
    for spelling in [spelling.as_str(), secret] {
        assert!(!shown.contains(spelling), "{shown}");
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let around = [
        "\n",
        "key=\n&x",
        "\"Bearer \n\"",
        "%\n%",
        "apik_\n",
        "\\u00\n41",
        "=\n==",
    ];
    let mut seeds = Vec::new();
    for spelling in 0..12_u8 {
        for pair in around {
            seeds.push([&[spelling], pair.as_bytes()].concat());
        }
    }
    seeds
}
