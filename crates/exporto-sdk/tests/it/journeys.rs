//! Whole journeys against the sandbox, an independent reading of the same material.

use exporto_sdk::{
    Client, ClientBuilder, ConfigureClient as _, CreateLabel, CreateTour, ErrorKind, LabelAddress,
    LabelDirection, LabelFormat, LabelOrder, LabelPackage, LabelProduct, ListToursQuery,
    RetryPolicy, ReturnShipment, SearchShipmentsQuery, ShipmentId, ShipmentType, TourId,
};
use tracking_core::{Direction, Origin, Provider as _, Shipment, Status, TrackRequest, UtcTime};
use tracking_sandbox::Sandbox;
use tracking_sandbox::exporto::{
    Assumptions, ContentType, Exporto, TourPaths, TourShape, TourShipmentsShape,
};

/// The demo parcel that is a return.
const RETURNED: &str = "LX905174620NL";

fn builder(sandbox: &Sandbox) -> ClientBuilder {
    let account = sandbox.exporto();
    Client::builder(account.username(), account.password())
        .with_base_url(sandbox.base_url("exporto"))
        .with_retry(RetryPolicy::none())
}

fn client(sandbox: &Sandbox) -> Client {
    builder(sandbox).build().unwrap()
}

fn assume(sandbox: &Sandbox, change: impl FnOnce(&mut Assumptions)) {
    let mut assumptions = Assumptions::default();
    change(&mut assumptions);
    sandbox
        .exporto()
        .configure(|settings| settings.assumptions = assumptions);
}

async fn track(client: &Client, number: &str) -> Shipment {
    let outcome = client.track(TrackRequest::number(number)).await.unwrap();
    let mut shipments = outcome.into_shipments();
    assert_eq!(shipments.len(), 1, "{number}");
    shipments.remove(0)
}

/// The ids of all processed shipments, sorted.
async fn processed(client: &Client, since: Option<UtcTime>) -> Vec<String> {
    let mut shipments = client.processed_shipments(since);
    let mut ids = Vec::new();
    while let Some(outcome) = shipments.next().await {
        ids.push(outcome.unwrap().shipment_id.as_ref().unwrap().to_string());
    }
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn every_operation_works() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.exporto();
    let client = client(&sandbox);
    let order = account
        .ids(Sandbox::DEMO_NUMBERS[2])
        .unwrap()
        .customer_facing_id;

    let token = client.create_token().await.unwrap();
    let methods = client.list_label_methods().await.unwrap();
    let method = methods
        .iter()
        .find(|method| method.direction == Some(LabelDirection::Inbound))
        .and_then(|method| method.method_id)
        .unwrap();
    let label = client
        .create_label(&CreateLabel::new(
            LabelOrder::new(order.as_str()),
            LabelProduct::new(method, LabelFormat::Pdf),
            LabelPackage::new(850, "R-1"),
            LabelAddress::new(
                "Sample Person",
                "Sample Street 5",
                "Sampletown",
                "0101",
                "NO",
            ),
        ))
        .await
        .unwrap();
    let number = label.tracking_code.clone().unwrap();
    let shipment = ReturnShipment::new("my/return 1", number.as_str()).customer_facing_id(order);
    client.register_return_shipment(&shipment).await.unwrap();
    let registered = client.get_shipment("my/return 1").await.unwrap();
    let query = SearchShipmentsQuery::new()
        .foreign_inbound_tracking_id(number.as_str())
        .type_(ShipmentType::Inbound)
        .page(0)
        .page_size(10);
    let found = client.search_shipments(&query).await.unwrap();
    let tours = client.list_tours(&ListToursQuery::new()).await.unwrap();
    let tour = tours[0].tour_id.as_ref().map(TourId::as_str).unwrap();
    let shipments = client.list_tour_shipments(tour).await.unwrap();
    let outbound = account.ids(Sandbox::DEMO_NUMBER).unwrap().shipment_id;
    let created = client
        .create_tour(&CreateTour::new().shipment_ids([outbound]))
        .await
        .unwrap();

    assert!(token.access_token.is_some());
    assert!(label.pdf().unwrap().starts_with(b"%PDF"));
    assert_eq!(registered.type_, Some(ShipmentType::Inbound));
    assert_eq!(found[0].shipment_id, Some("my/return 1".into()));
    assert!(!shipments.is_empty());
    assert!(created.is_some());
    for (name, unmodelled) in [
        ("token", token.unmodelled()),
        ("methods", methods.unmodelled()),
        ("label", label.unmodelled()),
        ("shipment", registered.unmodelled()),
        ("search", found.unmodelled()),
    ] {
        assert!(unmodelled.is_empty(), "{name}: {unmodelled:?}");
    }
}

#[tokio::test]
async fn demo_parcel_has_its_facts_and_return_its_direction() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let returned = sandbox.exporto().ids(RETURNED).unwrap().tracking_number;

    let demo = track(&client, Exporto::DEMO_NUMBER).await;
    let returned = track(&client, &returned).await;

    assert_eq!(demo.direction, Direction::Outbound);
    assert_eq!(demo.number, Exporto::DEMO_NUMBER);
    assert!(
        demo.conflicts.is_empty() && demo.problems.is_empty(),
        "{demo:?}"
    );
    assert!(!demo.events().is_empty());
    for event in demo.events() {
        assert!(matches!(event.origin, Origin::Derived(_)));
        assert!(demo.raw.get().contains(event.time.as_ref().unwrap().text()));
    }
    assert_eq!(returned.direction, Direction::Inbound);
    assert_ne!(returned.status.status, Status::Returning);
}

#[tokio::test]
async fn states_without_times_still_set_status() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let mut delivered = 0;
    assume(&sandbox, |it| it.timestamps = false);

    for number in Sandbox::DEMO_NUMBERS {
        let id = sandbox.exporto().ids(number).unwrap().shipment_id;
        let outcome = client.track(TrackRequest::id(id)).await.unwrap();

        let shipment = &outcome.shipments()[0];
        assert!(shipment.events().iter().all(|event| event.time.is_none()));
        delivered += usize::from(shipment.is_delivered());
    }

    assert!(delivered > 0);
}

#[tokio::test]
async fn tours_lead_to_the_same_shipments_in_every_shape() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let usual = processed(&client, None).await;
    let all: Vec<String> = Sandbox::DEMO_NUMBERS
        .iter()
        .filter_map(|number| {
            let ids = sandbox.exporto().ids(number).unwrap();
            ids.tour_id.map(|_| ids.shipment_id)
        })
        .collect();

    assert_eq!(usual.len(), all.len());
    assert!(all.iter().all(|id| usual.contains(id)), "{usual:?} {all:?}");
    for tours in [TourShape::IntegerIds, TourShape::Strings] {
        assume(&sandbox, |it| it.tours = tours);
        assert_eq!(processed(&client, None).await, usual, "{tours:?}");
    }
    for shape in [TourShipmentsShape::Strings, TourShipmentsShape::ShipmentIds] {
        assume(&sandbox, |it| it.tour_shipments = shape);
        assert_eq!(processed(&client, None).await, usual, "{shape:?}");
    }
    assume(&sandbox, |it| it.ignore_page = true);
    assert_eq!(processed(&client, None).await, usual, "without pages");
}

#[tokio::test]
async fn since_compares_processing_time_where_given() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let all = processed(&client, None).await;
    let later: UtcTime = "2099-01-01T00:00:00Z".parse().unwrap();

    let none = processed(&client, Some(later)).await;
    assume(&sandbox, |it| it.processed_at = false);
    let untold = processed(&client, Some(later)).await;

    assert!(none.is_empty(), "{none:?}");
    assert_eq!(untold, all);
}

#[tokio::test]
async fn other_paths_of_tours_can_be_set() {
    let sandbox = Sandbox::start().await.unwrap();
    let usual = processed(&client(&sandbox), None).await;
    let plural = builder(&sandbox)
        .with_list_tours_path("tours")
        .with_list_tour_shipments_path("tours/{tourId}/shipments")
        .build()
        .unwrap();
    let verbs = builder(&sandbox)
        .with_list_tours_path("tour/list")
        .with_list_tour_shipments_path("tour/{tourId}")
        .build()
        .unwrap();

    assume(&sandbox, |it| it.tour_paths = TourPaths::Plural);
    assert_eq!(processed(&plural, None).await, usual);
    assume(&sandbox, |it| it.tour_paths = TourPaths::Verbs);
    assert_eq!(processed(&verbs, None).await, usual);
    let error = plural.list_tours(&ListToursQuery::new()).await.unwrap_err();
    assert!(
        error.to_string().contains("with_list_tours_path"),
        "{error}"
    );
}

#[tokio::test]
async fn search_pages_hold_every_shipment_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let query = SearchShipmentsQuery::new().processed_at("2000-01-01T00:00:00+08:00");
    let mut pages = client
        .search_shipments_pages(&query.clone().page_size(3))
        .items();
    let mut ids = Vec::new();
    while let Some(shipment) = pages.next().await {
        ids.push(shipment.unwrap().shipment_id.unwrap());
    }
    let whole = client.search_shipments(&query).await.unwrap();
    let expected: Vec<ShipmentId> = whole
        .iter()
        .filter_map(|it| it.shipment_id.clone())
        .collect();

    assert!(ids.len() > 3, "{ids:?}");
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn tokens_that_end_early_are_renewed() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.exporto();
    let client = client(&sandbox);
    let id = account.ids(Sandbox::DEMO_NUMBER).unwrap().shipment_id;

    client.get_shipment(&id).await.unwrap();
    account.expire_tokens();
    client.get_shipment(&id).await.unwrap();

    assert_eq!(account.tokens_issued(), 2);
}

#[tokio::test]
async fn odd_media_types_and_wrapped_labels_are_read() {
    let sandbox = Sandbox::start().await.unwrap();
    let account = sandbox.exporto();
    let client = client(&sandbox);
    let id = account.ids(Sandbox::DEMO_NUMBER).unwrap().shipment_id;

    for content_type in [ContentType::Missing, ContentType::Text] {
        account.configure(|settings| settings.content_type = content_type);
        client.get_shipment(&id).await.unwrap();
        let error = client.get_shipment("S-NOBODY").await.unwrap_err();
        assert_eq!(error.provider_message(), Some("Shipment not found"));
    }
    assume(&sandbox, |it| it.wrapped_labels = true);
    let method = client.list_label_methods().await.unwrap()[0].method_id;
    let label = client
        .create_label(&CreateLabel::new(
            LabelOrder::new("ORDER-1"),
            LabelProduct::new(method.unwrap(), LabelFormat::Pdf),
            LabelPackage::new(850, "R-1"),
            LabelAddress::new("Sample Person", "Sample Street 5", "Sampletown", "1", "NO"),
        ))
        .await
        .unwrap();
    assert!(label.label.as_ref().unwrap().contains("\r\n"));
    assert!(label.pdf().unwrap().ends_with(b"%%EOF\n"));
}

#[tokio::test]
async fn wrong_password_is_authentication_error() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder(sandbox.exporto().username(), "wrong")
        .with_base_url(sandbox.base_url("exporto"))
        .build()
        .unwrap();

    let error = client.get_shipment("S-1").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.operation(), Some("create-token"));
}
