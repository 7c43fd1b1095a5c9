//! Input that cannot be right: refused by name, and nothing is sent, not even for a token.

use exporto_sdk::{
    Client, CreateLabel, CreateTour, Error, ErrorKind, LabelAddress, LabelFormat, LabelOrder,
    LabelPackage, LabelProduct, ListToursQuery, ReturnShipment, SearchShipmentsQuery, ShipmentType,
    check_tracking_number,
};

use crate::server::Server;

#[track_caller]
fn assert_refused(error: &Error, parameter: &str) {
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert_eq!(error.parameter(), Some(parameter), "{error}");
    assert_eq!(error.provider(), Some("exporto"), "{error}");
    assert_eq!(error.attempts(), 0);
}

fn assert_silent(server: &Server) {
    assert!(server.requests().is_empty() && server.logins().is_empty());
}

#[test]
fn builder_refuses_empty_credentials_and_scopes() {
    for (username, password, part) in [
        ("", "password", "user name"),
        (" \t", "password", "user name"),
        ("us:er", "password", "colon"),
        ("user", "", "password"),
        ("user", " ", "password"),
        ("user", "pass\nword", "control character"),
    ] {
        let error = Client::new(username, password).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.provider(), Some("exporto"));
        assert!(error.to_string().contains(part), "{error}");
    }
    let error = Client::builder("user", "password")
        .with_scope(" ")
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("scope is empty"), "{error}");
}

#[tokio::test]
async fn impossible_ids_are_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for id in ["", " ", ".", "..", "a\nb", "\0", &"x".repeat(1025)] {
        assert_refused(&client.get_shipment(id).await.unwrap_err(), "shipmentId");
        assert_refused(&client.list_tour_shipments(id).await.unwrap_err(), "tourId");
    }
    assert_silent(&server);
}

#[tokio::test]
async fn search_without_selector_is_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for query in [
        SearchShipmentsQuery::new(),
        SearchShipmentsQuery::new().page(0).page_size(50),
        SearchShipmentsQuery::new().type_(ShipmentType::Outbound),
    ] {
        let error = client.search_shipments(&query).await.unwrap_err();

        assert_refused(&error, "query");
        assert!(
            error.to_string().contains("`foreignOutboundTrackingId`"),
            "{error}"
        );
        assert!(error.to_string().contains("`processedAt`"), "{error}");
        let in_stream = client.search_shipments_pages(&query).next().await.unwrap();
        assert_refused(&in_stream.unwrap_err(), "query");
    }
    assert_silent(&server);
}

#[tokio::test]
async fn empty_type_is_refused() {
    let server = Server::silent().await;
    let query = SearchShipmentsQuery::new()
        .foreign_inbound_tracking_id("INB-5531")
        .type_(" ");

    let error = server.client().search_shipments(&query).await.unwrap_err();

    assert_refused(&error, "type");
    assert_silent(&server);
}

#[tokio::test]
async fn date_without_offset_is_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for time in [
        "2026-10-05",
        "2026-10-05T08:30:00",
        "2026-10-05 08:30:00Z",
        "soon",
        "",
    ] {
        let query = SearchShipmentsQuery::new();
        let by = [
            ("processedAt", query.clone().processed_at(time)),
            (
                "carrierReceivedAtUpdatedAt",
                query.clone().carrier_received_at_updated_at(time),
            ),
            (
                "carrierDeliveredAtUpdatedAt",
                query.carrier_delivered_at_updated_at(time),
            ),
        ];
        for (field, query) in by {
            assert_refused(&client.search_shipments(&query).await.unwrap_err(), field);
        }
    }
    assert_silent(&server);
}

#[tokio::test]
async fn pages_below_zero_and_page_sizes_below_one_are_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let search = || SearchShipmentsQuery::new().foreign_inbound_tracking_id("INB-5531");
    let tours = ListToursQuery::new;

    for (error, field) in [
        (
            client
                .search_shipments(&search().page(-1))
                .await
                .unwrap_err(),
            "page",
        ),
        (
            client
                .search_shipments(&search().page_size(0))
                .await
                .unwrap_err(),
            "pageSize",
        ),
        (
            client
                .search_shipments(&search().page_size(-5))
                .await
                .unwrap_err(),
            "pageSize",
        ),
        (
            client.list_tours(&tours().page(-1)).await.unwrap_err(),
            "page",
        ),
        (
            client.list_tours(&tours().page_size(0)).await.unwrap_err(),
            "pageSize",
        ),
    ] {
        assert_refused(&error, field);
    }
    assert_silent(&server);
}

#[tokio::test]
async fn empty_numbers_are_refused() {
    let server = Server::silent().await;
    let client = server.client();

    for number in ["", "  "] {
        let outbound = SearchShipmentsQuery::new().foreign_outbound_tracking_id(number);
        let inbound = SearchShipmentsQuery::new().foreign_inbound_tracking_id(number);

        let outbound = client.search_shipments(&outbound).await.unwrap_err();
        let inbound = client.search_shipments(&inbound).await.unwrap_err();

        assert_refused(&outbound, "foreignOutboundTrackingId");
        assert_refused(&inbound, "foreignInboundTrackingId");
        assert_refused(
            &check_tracking_number(number).unwrap_err(),
            "trackingNumber",
        );
    }
    assert_silent(&server);
}

#[tokio::test]
async fn tour_has_exactly_one_list_and_it_is_not_empty() {
    let server = Server::silent().await;
    let client = server.client();
    let none: [&str; 0] = [];

    for (tour, field) in [
        (CreateTour::new(), "shipmentIds"),
        (CreateTour::new().shipment_ids(none), "shipmentIds"),
        (
            CreateTour::new().foreign_outbound_tracking_ids(none),
            "foreignOutboundTrackingIds",
        ),
        (
            CreateTour::new()
                .shipment_ids(["parcel-11"])
                .foreign_outbound_tracking_ids(["OUT-6611"]),
            "shipmentIds",
        ),
        (
            CreateTour::new().shipment_ids(["parcel-11", " "]),
            "shipmentIds[1]",
        ),
        (
            CreateTour::new().foreign_outbound_tracking_ids([""]),
            "foreignOutboundTrackingIds[0]",
        ),
    ] {
        assert_refused(&client.create_tour(&tour).await.unwrap_err(), field);
    }
    assert_silent(&server);
}

#[tokio::test]
async fn return_names_exactly_one_order() {
    let server = Server::silent().await;
    let client = server.client();
    let shipment = || ReturnShipment::new("return-7201", "INB-5531");

    for (shipment, field) in [
        (shipment(), "orderId"),
        (shipment().order_id("a").customer_facing_id("b"), "orderId"),
        (shipment().order_id(" "), "orderId"),
        (shipment().customer_facing_id(" "), "customerFacingId"),
        (
            ReturnShipment::new(" ", "INB-5531").order_id("a"),
            "shipmentId",
        ),
        (
            ReturnShipment::new("search", "INB-5531").order_id("a"),
            "shipmentId",
        ),
        (
            ReturnShipment::new("return-7201", " ").order_id("a"),
            "foreignInboundTrackingId",
        ),
        // Under these it could never be read.
        (
            ReturnShipment::new("..", "INB-5531").order_id("a"),
            "shipmentId",
        ),
        (
            ReturnShipment::new("a\nb", "INB-5531").order_id("a"),
            "shipmentId",
        ),
        (
            ReturnShipment::new("x".repeat(1025), "INB-5531").order_id("a"),
            "shipmentId",
        ),
    ] {
        let error = client
            .register_return_shipment(&shipment)
            .await
            .unwrap_err();

        assert_refused(&error, field);
    }
    assert_silent(&server);
}

#[tokio::test]
async fn label_with_gap_is_refused() {
    let server = Server::silent().await;
    let client = server.client();
    let label = || {
        CreateLabel::new(
            LabelOrder::new("SHOP-4471"),
            LabelProduct::new(41, LabelFormat::Pdf),
            LabelPackage::new(850, "R1"),
            LabelAddress::new(
                "Sample Person",
                "Sample Street 5",
                "Sampletown",
                "0101",
                "NO",
            ),
        )
    };
    let changed = |change: fn(&mut CreateLabel)| {
        let mut label = label();
        change(&mut label);
        label
    };

    for (label, field) in [
        (
            changed(|it| it.order = LabelOrder::new(" ")),
            "order.customerFacingId",
        ),
        (
            changed(|it| it.product = LabelProduct::new(41, "")),
            "product.format",
        ),
        (
            changed(|it| it.package = LabelPackage::new(0, "R1")),
            "package.weight",
        ),
        (
            changed(|it| it.package = LabelPackage::new(1, "")),
            "package.reference",
        ),
        (changed(|it| it.address.name = " ".into()), "address.name"),
        (
            changed(|it| it.address.line1 = String::new()),
            "address.line1",
        ),
        (changed(|it| it.address.city = " ".into()), "address.city"),
        (
            changed(|it| it.address.post_code = " ".into()),
            "address.postCode",
        ),
        (
            changed(|it| it.address.country_code = "no".into()),
            "address.countryCode",
        ),
        (
            changed(|it| it.address.country_code = "NOR".into()),
            "address.countryCode",
        ),
    ] {
        assert_refused(&client.create_label(&label).await.unwrap_err(), field);
    }
    assert_silent(&server);
}
