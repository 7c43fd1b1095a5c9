//! Defaults and conveniences of the provider trait.

use std::fmt;

use futures_util::{StreamExt, TryStreamExt};
use tracking_core::kit::BoxFuture;
use tracking_core::webhook::WebhookRequest;
use tracking_core::{
    Capabilities, Cursor, Error, ErrorKind, ListRequest, Outcome, Problem, Provider, ProviderExt,
    ProviderId, RawJson, Registration, Shipment, ShipmentPage, Status, StatusReport, Target,
    TrackRequest, UtcTime,
};

/// A provider that can do no more than it must.
#[derive(Debug)]
struct Minimal;

impl Provider for Minimal {
    fn id(&self) -> ProviderId {
        ProviderId::new("minimal")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, request: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        let shipment = sample(request.target.as_str());
        Box::pin(std::future::ready(Ok(Outcome::Found(vec![shipment]))))
    }
}

/// A provider whose list has the page of that number, from 0 on.
struct Pages<F>(F);

impl<F> fmt::Debug for Pages<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<F: Fn(u32) -> ShipmentPage + Send + Sync> Provider for Pages<F> {
    fn id(&self) -> ProviderId {
        ProviderId::new("pages")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, _: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(std::future::ready(Ok(Outcome::NotFound)))
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        let page = request.cursor;
        let page = page.map_or(0, |cursor| cursor.as_str().parse().unwrap());
        Box::pin(std::future::ready(Ok((self.0)(page))))
    }
}

/// Pages of one shipment; the first page of `stuck` leads back to the second.
fn paged(pages: u32, stuck: Option<(u32, u32)>) -> impl Provider {
    Pages(move |page: u32| {
        let next = match stuck {
            Some((last, back)) if last == page => back,
            _ => page + 1,
        };
        let cursor = (next < pages).then(|| Cursor::new(next.to_string()));
        ShipmentPage::new(vec![sample(&page.to_string())], cursor)
    })
}

/// A provider of two pages with an element that is no shipment in each; the second page may have a shipment.
#[derive(Debug)]
struct Damaged {
    has_shipment: bool,
}

impl Provider for Damaged {
    fn id(&self) -> ProviderId {
        ProviderId::new("damaged")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::none()
    }

    fn track(&self, _: TrackRequest) -> BoxFuture<'_, Result<Outcome, Error>> {
        Box::pin(std::future::ready(Ok(Outcome::NotFound)))
    }

    fn list(&self, request: ListRequest) -> BoxFuture<'_, Result<ShipmentPage, Error>> {
        let is_last = request.cursor.is_some();
        let next = (!is_last).then(|| Cursor::new("1"));
        let shipments = (is_last && self.has_shipment).then(|| sample("ABC123"));
        let element = if is_last { "{}" } else { "[]" };
        let problem = Problem::new("items[0]", "has none of the keys of a shipment")
            .with_raw(RawJson::from_string(element));
        let page = ShipmentPage::new(shipments.into_iter().collect(), next);
        Box::pin(std::future::ready(Ok(page.with_problems(vec![problem]))))
    }
}

fn sample(number: &str) -> Shipment {
    let fetched_at = UtcTime::from_unix_seconds(0).unwrap();
    Shipment::new(
        ProviderId::new("sample"),
        number,
        StatusReport::new(Status::InTransit),
        fetched_at,
    )
}

#[tokio::test]
async fn missing_features_are_unsupported() {
    let provider: &dyn Provider = &Minimal;

    let errors = [
        provider
            .register(Registration::new("ABC123"))
            .await
            .unwrap_err(),
        provider
            .unregister(Target::Id("1".to_owned()))
            .await
            .unwrap_err(),
        provider.list(ListRequest::new()).await.unwrap_err(),
        provider.detect_couriers("ABC123").await.unwrap_err(),
        provider.list_couriers().await.unwrap_err(),
        provider
            .webhook(WebhookRequest::new(b"{}", |_| None))
            .unwrap_err(),
    ];

    for error in errors {
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        assert_eq!(error.provider().as_str(), "minimal");
    }
    assert!(provider.unmapped().is_empty());
}

#[tokio::test]
async fn number_can_be_tracked_through_trait_object() {
    let provider: Box<dyn Provider> = Box::new(Minimal);

    let outcome = provider.track_number("ABC123").await.unwrap();

    assert_eq!(outcome.shipments()[0].number, "ABC123");
}

#[tokio::test]
async fn all_pages_are_listed_in_order() {
    let provider: &dyn Provider = &paged(3, None);

    let shipments: Vec<Shipment> = provider
        .list_all(ListRequest::new())
        .try_collect()
        .await
        .unwrap();

    let numbers: Vec<&str> = shipments
        .iter()
        .map(|shipment| shipment.number.as_str())
        .collect();
    assert_eq!(numbers, ["0", "1", "2"]);
}

#[tokio::test]
async fn list_can_be_resumed() {
    let provider = paged(3, None);
    let request = ListRequest::new().with_cursor(Cursor::new("2"));

    let shipments: Vec<Shipment> = provider.list_all(request).try_collect().await.unwrap();

    assert_eq!(shipments.len(), 1);
}

#[tokio::test]
async fn repeated_page_ends_list_with_error() {
    for (last, back, read) in [(2, 2, 3), (2, 1, 3), (3, 1, 4)] {
        let provider = paged(5, Some((last, back)));

        let listed: Vec<Result<Shipment, Error>> = provider
            .list_all(ListRequest::new())
            .take(50)
            .collect()
            .await;

        let (end, shipments) = listed.split_last().unwrap();
        assert_eq!(end.as_ref().unwrap_err().kind(), ErrorKind::Decode);
        // What was read before the circle was noticed is handed out.
        assert_eq!(shipments.iter().flatten().count(), read, "{last} to {back}");
    }
}

/// Ignores the requested page, as a server behind a cache does.
fn ignores_page(shipments: Vec<Shipment>, problems: Vec<Problem>) -> impl Provider {
    Pages(move |page: u32| {
        let next = Some(Cursor::new((page + 1).to_string()));
        ShipmentPage::new(shipments.clone(), next).with_problems(problems.clone())
    })
}

#[tokio::test]
async fn ignored_page_number_ends_the_list_with_an_error() {
    let unreadable = Problem::new("items[0]", "expected an object, found a number");
    for (shipments, problems) in [
        (vec![sample("1"), sample("2")], Vec::new()),
        (Vec::new(), vec![unreadable]),
    ] {
        let read = shipments.len();
        let provider = ignores_page(shipments, problems);

        let listed: Vec<Result<Shipment, Error>> = provider
            .list_all(ListRequest::new())
            .take(50)
            .collect()
            .await;

        let (end, shipments) = listed.split_last().unwrap();
        assert_eq!(end.as_ref().unwrap_err().kind(), ErrorKind::Decode);
        assert_eq!(shipments.iter().flatten().count(), read);
    }
}

#[tokio::test]
async fn repeated_page_of_shipments_without_any_name_ends_the_list() {
    let mut nameless = sample("");
    nameless.raw = RawJson::from_string(r#"{"state":"moving"}"#);
    let provider = ignores_page(vec![nameless], Vec::new());

    let listed: Vec<Result<Shipment, Error>> = provider
        .list_all(ListRequest::new())
        .take(50)
        .collect()
        .await;

    let end = listed.last().unwrap();
    assert_eq!(end.as_ref().unwrap_err().kind(), ErrorKind::Decode);
}

/// Two replicas that order the list differently and ignore the page.
fn two_replicas() -> impl Provider {
    Pages(|page: u32| {
        let numbers = if page.is_multiple_of(2) {
            ["1", "2"]
        } else {
            ["3", "4"]
        };
        let next = Some(Cursor::new((page + 1).to_string()));
        ShipmentPage::new(numbers.map(sample).into(), next)
    })
}

#[tokio::test]
async fn alternating_pages_end_the_list_with_an_error() {
    let listed: Vec<Result<Shipment, Error>> = two_replicas()
        .list_all(ListRequest::new())
        .take(50)
        .collect()
        .await;

    let (end, shipments) = listed.split_last().unwrap();
    assert_eq!(end.as_ref().unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(shipments.iter().flatten().count(), 4);
}

#[tokio::test]
async fn problems_of_pages_come_with_the_next_shipment() {
    let provider = Damaged { has_shipment: true };

    let shipments: Vec<Shipment> = provider
        .list_all(ListRequest::new())
        .try_collect()
        .await
        .unwrap();

    assert_eq!(shipments.len(), 1);
    assert_eq!(shipments[0].problems.len(), 2);
}

#[tokio::test]
async fn problems_without_a_shipment_end_the_list_with_an_error() {
    let provider = Damaged {
        has_shipment: false,
    };

    let listed: Vec<Result<Shipment, Error>> =
        provider.list_all(ListRequest::new()).collect().await;

    assert_eq!(listed.len(), 1);
    let error = listed[0].as_ref().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("2 elements"), "{error}");
    assert!(error.to_string().contains("items[0]"), "{error}");
}

#[test]
fn empty_list_is_outcome_and_no_error() {
    assert_eq!(Outcome::from_shipments(Vec::new()), Outcome::NotFound);
    assert!(Outcome::from_shipments(vec![sample("1")]).is_found());
}

#[test]
fn list_includes_requested_statuses_and_what_is_unread() {
    let shipment = |status: Status| {
        let status = StatusReport::new(status);
        Shipment::new(ProviderId::new("sample"), "N-1", status, UtcTime::now())
    };
    let moving = shipment(Status::InTransit);
    let delivered = shipment(Status::Delivered);
    let mut unread = shipment(Status::Unknown);
    unread
        .problems
        .push(Problem::of_failed_request("results", &"no response"));
    let included = |request: &ListRequest| {
        [&moving, &delivered, &unread].map(|shipment| request.includes(shipment))
    };
    let in_transit = ListRequest::new().with_status(Status::InTransit);

    assert_eq!(included(&ListRequest::new()), [true, true, true]);
    assert_eq!(included(&in_transit), [true, false, true]);
    assert_eq!(
        included(&in_transit.clone().with_status(Status::Delivered)),
        [true, true, true]
    );
    assert_eq!(
        included(&ListRequest::new().with_open(true)),
        [true, false, true]
    );
    assert_eq!(
        included(&ListRequest::new().with_open(false)),
        [false, true, true]
    );
    assert_eq!(included(&in_transit.with_open(false)), [false, false, true]);
}

#[test]
fn filtered_page_equals_itself_after_it_was_stored() {
    let page = ShipmentPage::new(vec![sample("A1")], None).filtered(&ListRequest::new());

    let json = serde_json::to_vec(&page).unwrap();
    let stored: ShipmentPage = serde_json::from_slice(&json).unwrap();

    assert_eq!(stored, page);
    assert_ne!(stored, ShipmentPage::new(vec![sample("A2")], None));
}
