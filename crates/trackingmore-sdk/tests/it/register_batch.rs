//! `Provider::register_batch`: what each number's result is made of, and what ends the calls.

use tracking_core::{Error, ErrorKind, Provider as _, Registered, Registration};

use crate::script::{Script, Step};
use crate::server::{Enveloped as _, Reply, Server};
use crate::track_batch::{COURIER, lines, list, numbers, registered, tracking};

fn at_courier(numbers: &[&str]) -> Vec<Registration> {
    let numbers = numbers.iter().copied().map(Registration::new);
    numbers.map(|it| it.with_courier(COURIER)).collect()
}

/// Id and whether it was created, or the kind of an error.
fn shown(results: &[Result<Registered, Error>]) -> Vec<String> {
    let shown = |result: &Result<Registered, Error>| match result {
        Ok(it) => format!("{} {:?}", it.id.as_deref().unwrap_or("-"), it.created),
        Err(error) => error.kind().to_string(),
    };
    results.iter().map(shown).collect()
}

#[tokio::test]
async fn each_response_gives_each_number_its_own_result() {
    let existing = || registered(&[], &[("A1", 4016)]);
    let cases: [(&[&str], Vec<Reply>, &[&str]); 5] = [
        (
            &["A1", "A2", "A3", "A4"],
            vec![
                registered(&["A1"], &[("A2", 4016), ("A3", 4015)]),
                list(&[tracking("A2", COURIER)]),
            ],
            &[
                "A1 Some(true)",
                "A2-sample-post Some(false)",
                "invalid_request",
                "decode",
            ],
        ),
        // It exists, even if the list cannot be read or lacks it.
        (
            &["A1"],
            vec![existing(), Reply::code(4021)],
            &["- Some(false)"],
        ),
        (
            &["A1"],
            vec![existing(), Reply::code(4031)],
            &["- Some(false)"],
        ),
        (
            &["A1"],
            vec![existing(), list(&[tracking("A1", "ups")])],
            &["- Some(false)"],
        ),
        // The call as a whole.
        (
            &["A1", "A2"],
            vec![Reply::code(4021)],
            &["quota_exhausted", "quota_exhausted"],
        ),
    ];
    for (numbers, replies, expected) in cases {
        let calls = replies.len();
        let server = Server::start(replies).await;

        let results = server.client().register_batch(at_courier(numbers)).await;

        assert_eq!(shown(&results), expected);
        assert_eq!(server.requests().len(), calls, "{expected:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn repeated_batch_leaves_open_who_created_it() {
    let existing = || Step::Reply(registered(&[], &[("A1", 4016)]));
    let stored = || Step::Reply(list(&[tracking("A1", COURIER)]));
    for (steps, created) in [
        (vec![existing(), stored()], "Some(false)"),
        (
            vec![Step::Reply(Reply::new(502, "")), existing(), stored()],
            "None",
        ),
    ] {
        let client = Script::new(steps).client();

        let results = client.register_batch(at_courier(&["A1"])).await;

        assert_eq!(shown(&results), [format!("A1-sample-post {created}")]);
    }
}

#[tokio::test]
async fn detections_end_after_an_error_that_hits_all() {
    // A used-up quota, and a refused key.
    for (code, kind) in [
        (4021, ErrorKind::QuotaExhausted),
        (4001, ErrorKind::Authentication),
    ] {
        let server = Server::start(std::iter::repeat_n(code, 8).map(Reply::code)).await;
        let registrations = numbers::<12>().map(Registration::new).to_vec();

        let results = server.client().register_batch(registrations).await;

        assert_eq!(lines(&server), ["POST carriers/detect"; 8]);
        let errors: Vec<&Error> = results.iter().map(|it| it.as_ref().unwrap_err()).collect();
        assert!(errors.iter().all(|it| it.kind() == kind), "{errors:?}");
        assert!(!errors[7].is_not_asked() && errors[8..].iter().all(|it| it.is_not_asked()));
    }
}

#[tokio::test]
async fn number_without_courier_is_detected_once_for_its_repeats() {
    let server = Server::start([Reply::code(4032)]).await;
    // What cannot be sent shares nothing with the others.
    let numbers = [" AB-123", "AB-123", "ab 123", "AB123"].map(Registration::new);

    let results = server.client().register_batch(numbers.to_vec()).await;

    assert_eq!(lines(&server), ["POST carriers/detect"]);
    assert_eq!(shown(&results), ["invalid_request"; 4]);
    let message = |place: usize| results[place].as_ref().unwrap_err().to_string();
    assert!(message(0).contains("white space"), "{}", message(0));
    assert!((1..4).all(|it| message(it).contains("name one")));
}
