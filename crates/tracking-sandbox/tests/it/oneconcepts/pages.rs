//! The envelope of lists.

use serde_json::{Value, json};
use tracking_sandbox::oneconcepts::ContextForm;

use super::partner::{Partner, each, members};

const LIST: &str = "/oneconcepts/v2/api/trackings";

#[tokio::test]
async fn single_page_has_no_view_without_query() {
    let partner = Partner::open().await;

    let bare = partner.get("/trackings").await;
    let first = partner.get("/trackings?page=1").await;
    let asked = partner.get("/trackings?itemsPerPage=7").await;

    assert!(bare.json().get("hydra:view").is_none());
    assert!(first.json().get("hydra:view").is_none());
    assert_eq!(
        asked.at("/hydra:view"),
        json!({
            "@id": format!("{LIST}?itemsPerPage=7"),
            "@type": "hydra:PartialCollectionView",
        })
    );
}

#[tokio::test]
async fn following_next_reads_each_member_once() {
    let partner = Partner::open().await;
    let mut response = partner
        .get("/trackings?itemsPerPage=3&createdAt[before]=2030-01-01T00:00:00%2B01:00")
        .await;
    let mut seen = each(&response, "trackingId");
    let mut pages = 1;

    while let Value::String(next) = response.at("/hydra:view/hydra:next") {
        assert!(next.starts_with(&format!("{LIST}?")), "{next}");
        response = partner.follow(&Value::from(next)).await;
        seen.extend(each(&response, "trackingId"));
        pages += 1;
    }

    assert_eq!(pages, 3);
    let all = each(&partner.get("/trackings").await, "trackingId");
    assert_eq!(seen, all);
}

#[tokio::test]
async fn links_are_relative_to_origin_and_keep_filters() {
    let partner = Partner::open().await;

    let view = partner
        .get("/trackings?createdAt[before]=2030-01-01&page=2&itemsPerPage=2")
        .await
        .at("/hydra:view");

    let link = |page| format!("{LIST}?createdAt%5Bbefore%5D=2030-01-01&itemsPerPage=2&page={page}");
    assert_eq!(
        view,
        json!({
            "@id": link(2),
            "@type": "hydra:PartialCollectionView",
            "hydra:first": link(1),
            "hydra:last": link(4),
            "hydra:previous": link(1),
            "hydra:next": link(3),
        })
    );
}

#[tokio::test]
async fn first_page_has_no_previous_and_last_no_next() {
    let partner = Partner::open().await;

    let first = partner.get("/trackings?itemsPerPage=4").await;
    let last = partner.get("/trackings?itemsPerPage=4&page=2").await;

    assert_eq!(first.at("/hydra:view/hydra:previous"), Value::Null);
    assert!(first.at("/hydra:view/hydra:next").is_string());
    assert!(last.at("/hydra:view/hydra:previous").is_string());
    assert_eq!(last.at("/hydra:view/hydra:next"), Value::Null);
}

#[tokio::test]
async fn page_past_end_is_empty_and_may_have_next() {
    let partner = Partner::open().await;
    let path = "/trackings?itemsPerPage=4&page=9";

    let later = partner.get(path).await;
    partner.assume(|it| it.next_past_the_end = true);
    let early = partner.get(path).await;

    assert!(members(&later).is_empty());
    assert_eq!(later.at("/hydra:totalItems"), 7);
    assert_eq!(later.at("/hydra:view/hydra:next"), Value::Null);
    assert!(members(&early).is_empty());
    assert_eq!(
        early.at("/hydra:view/hydra:next"),
        format!("{LIST}?itemsPerPage=4&page=10")
    );
}

#[tokio::test]
async fn list_without_match_is_empty() {
    let partner = Partner::open().await;

    let list = partner
        .get("/trackings?order.externalOrderNumber=NOBODY")
        .await;

    assert_eq!(list.status, 200);
    assert_eq!(list.at("/hydra:member"), json!([]));
    assert_eq!(list.at("/hydra:totalItems"), 0);
}

#[tokio::test]
async fn page_has_30_members_unless_more_are_requested() {
    let partner = Partner::open().await;
    partner.account().add_orders(250);

    let default = partner.get("/orders").await;
    let wanted = partner.get("/trackings?itemsPerPage=200").await;
    partner.assume(|it| it.max_page_size = Some(100));
    let cut = partner.get("/trackings?itemsPerPage=200").await;

    assert_eq!(members(&default).len(), 30);
    assert_eq!(members(&wanted).len(), 200);
    assert_eq!(wanted.at("/hydra:totalItems"), 257);
    assert_eq!(members(&cut).len(), 100);
    let bulk = &members(&wanted)[7];
    assert_eq!(bulk["courier"], "DHL");
    assert_eq!(bulk["createdAt"], "2026-03-01T18:00:00+01:00");
}

#[tokio::test]
async fn pages_below_one_and_negative_sizes_are_refused() {
    let partner = Partner::open().await;
    let cases = [
        ("page=0", "Page should not be less than 1"),
        ("page=-3", "Page should not be less than 1"),
        ("itemsPerPage=-1", "Limit should not be less than 0"),
    ];

    for (query, description) in cases {
        for list in [
            "trackings",
            "orders",
            "products",
            "categorytree",
            "categories",
        ] {
            let response = partner.get(&format!("/{list}?{query}")).await;

            assert_eq!(response.status, 400, "{list} {query}");
            assert_eq!(response.at("/hydra:description"), description);
        }
    }
    let none = partner.get("/trackings?itemsPerPage=0").await;
    assert!(members(&none).is_empty());
}

#[tokio::test]
async fn context_comes_as_string_or_as_object() {
    let partner = Partner::open().await;
    let forms = |form| {
        partner.assume(|it| it.context = form);
        async {
            let mut kinds = Vec::new();
            for path in ["/trackings", "/orders", "/trackings/1", "/orders/1"] {
                kinds.push(partner.get(path).await.at("/@context").is_object());
            }
            kinds
        }
    };

    let documented = forms(ContextForm::Documented).await;
    let text = forms(ContextForm::Address).await;
    let object = forms(ContextForm::Object).await;

    assert_eq!(documented, [true, false, true, false]);
    assert_eq!(text, [false; 4]);
    assert_eq!(object, [true; 4]);
}

#[tokio::test]
async fn keys_may_come_without_their_prefix() {
    let partner = Partner::open().await;
    partner.assume(|it| it.hydra_prefix = false);

    let list = partner.get("/trackings?itemsPerPage=2").await;
    let error = partner.get("/trackings/999").await;

    assert!(!list.text.contains("\"hydra:"), "{}", list.text);
    assert_eq!(list.at("/@type"), "Collection");
    assert_eq!(list.at("/member").as_array().unwrap().len(), 2);
    assert_eq!(list.at("/totalItems"), 7);
    assert!(list.at("/view/next").is_string());
    assert_eq!(list.at("/search/mapping/0/property"), "createdAt");
    assert_eq!(error.at("/@type"), "Error");
    assert_eq!(error.at("/description"), "Not Found");
}

#[tokio::test]
async fn total_may_come_as_floating_point_number() {
    let partner = Partner::open().await;
    partner.assume(|it| it.total_as_float = true);

    let list = partner.get("/trackings").await;

    assert!(
        list.text.contains("\"hydra:totalItems\":7.0"),
        "{}",
        list.text
    );
}

#[tokio::test]
async fn next_page_may_be_on_another_host() {
    let partner = Partner::open().await;
    let account = partner.account();
    account.configure(|settings| {
        settings.next_link_origin = Some("https://elsewhere.example".to_owned());
    });

    let away = partner.get("/trackings?itemsPerPage=2").await;
    let last = partner.get("/trackings?itemsPerPage=2&page=4").await;
    account.configure(|settings| settings.next_link_origin = None);
    let back = partner.get("/trackings?itemsPerPage=2").await;

    let path = format!("{LIST}?itemsPerPage=2&page=2");
    assert_eq!(
        away.at("/hydra:view/hydra:next"),
        format!("https://elsewhere.example{path}")
    );
    assert!(
        away.at("/hydra:view/hydra:first")
            .as_str()
            .unwrap()
            .starts_with('/')
    );
    assert_eq!(last.at("/hydra:view/hydra:next"), Value::Null);
    assert_eq!(back.at("/hydra:view/hydra:next"), path);
}
