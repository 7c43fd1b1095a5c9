//! Pages and items: order, end, errors, circles, resuming.

use std::sync::Mutex;

use futures_util::TryStreamExt as _;
use serde::Deserialize;
use tracking_core::ErrorKind;
use tracking_http::json::lenient;
use tracking_http::{ConfigureClient as _, Error, Page, Pages, paginate};

use crate::support::{LIST_PARCELS, Script, builder, reply};

#[derive(Deserialize)]
struct List {
    #[serde(deserialize_with = "lenient::list")]
    list: Vec<String>,
}

/// A list of `total` numbers in pages of `size`; page numbers start at 1.
fn numbers(first_page: u32, size: u32, total: u32) -> Pages<'static, u32, u32> {
    paginate(first_page, move |page| async move {
        let start = (page - 1) * size;
        let items: Vec<_> = (start..(start + size).min(total)).collect();
        let next = (items.len() == size as usize).then_some(page + 1);
        Ok(Page::new(items, page, next).identified_by(|number| Some(number)))
    })
}

#[tokio::test]
async fn items_come_in_order_until_a_short_page() {
    let items: Vec<_> = numbers(1, 10, 25).items().try_collect().await.unwrap();

    assert_eq!(items, (0..25).collect::<Vec<_>>());
}

#[tokio::test]
async fn empty_last_page_ends_the_list() {
    let pages: Vec<_> = numbers(1, 10, 20).try_collect().await.unwrap();

    let sizes: Vec<_> = pages.iter().map(|page| page.items.len()).collect();
    assert_eq!(sizes, [10, 10, 0]);
    let cursors: Vec<_> = pages.iter().map(|page| (page.cursor, page.next)).collect();
    assert_eq!(cursors, [(1, Some(2)), (2, Some(3)), (3, None)]);
}

#[tokio::test]
async fn pages_are_fetched_on_demand() {
    let fetched = Mutex::new(Vec::new());
    let mut items = paginate(1, |page| {
        fetched.lock().unwrap().push(page);
        async move { Ok(Page::new(vec![page; 2], page, Some(page + 1))) }
    })
    .items();

    for _ in 0..2 {
        items.next().await.unwrap().unwrap();
    }

    assert_eq!(*fetched.lock().unwrap(), [1]);
}

#[tokio::test]
async fn list_resumes_at_the_cursor_of_the_item_in_hand() {
    let mut items = numbers(1, 10, 25).items();
    for _ in 0..13 {
        items.next().await.unwrap().unwrap();
    }

    let rest: Vec<_> = numbers(*items.resume_at(), 10, 25)
        .items()
        .try_collect()
        .await
        .unwrap();

    assert_eq!(*items.resume_at(), 2);
    assert_eq!(rest, (10..25).collect::<Vec<_>>());
}

#[tokio::test]
async fn cursor_moves_on_when_a_page_is_used_up() {
    let mut items = numbers(1, 10, 25).items();
    assert_eq!(*items.resume_at(), 1);

    for _ in 0..10 {
        items.next().await.unwrap().unwrap();
    }

    assert_eq!(*items.resume_at(), 2);
}

#[tokio::test]
async fn error_ends_the_stream_and_keeps_the_cursor() {
    let mut pages = paginate(1, |page| async move {
        if page == 3 {
            return Err(Error::new(ErrorKind::Server, "down"));
        }
        Ok(Page::new(vec![page], page, Some(page + 1)))
    });

    assert_eq!(pages.next().await.unwrap().unwrap().items, [1]);
    assert_eq!(pages.next().await.unwrap().unwrap().items, [2]);
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::Server
    );
    assert!(pages.next().await.is_none());
    assert_eq!(*pages.resume_at(), 3);
}

#[tokio::test]
async fn same_page_again_is_an_error() {
    // A provider that ignores the page number.
    let mut items = paginate(1, |page| async move {
        Ok(Page::new(vec!["a", "b"], page, Some(page + 1)).identified_by(|id| Some(id)))
    })
    .items();

    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    let error = items.next().await.unwrap().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("same page twice"), "{error}");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn items_without_identity_are_not_compared() {
    let pages = paginate(1, |page| async move {
        let next = (page < 4).then_some(page + 1);
        Ok(Page::new(vec![None::<u32>; 2], page, next).identified_by(Option::as_ref))
    });

    let items: Vec<_> = pages.items().try_collect().await.unwrap();

    assert_eq!(items.len(), 8);
}

#[tokio::test]
async fn page_with_unidentified_items_is_compared_by_its_response() {
    for bodies in [
        // An item without identity, and one that does not fit.
        [
            r#"{"n":1,"list":["a",null,""]}"#,
            r#"{"n":2,"list":["a",null,""]}"#,
        ],
        [r#"{"n":1,"list":["a",{}]}"#, r#"{"n":2,"list":["a",{}]}"#],
    ] {
        let script = Script::new(bodies.map(|body| reply(200, body)));
        let client = builder("https://example.test")
            .with_transport(script)
            .build()
            .unwrap();
        let mut pages = paginate(1, |page| {
            let client = client.clone();
            async move {
                let call = client.call(&LIST_PARCELS);
                let response = call.send_partial(|it: &List| !it.list.is_empty()).await?;
                let (it, response) = response.into_parts();
                let page = Page::new(it.list, page, Some(page + 1));
                Ok(
                    page.with_response(&response, &[&["other"], &["list"]], |id| {
                        (!id.is_empty()).then_some(id)
                    }),
                )
            }
        });

        assert_eq!(pages.next().await.unwrap().unwrap().items[0], "a");
        let error = pages.next().await.unwrap().unwrap_err();

        assert!(error.to_string().contains("same page twice"), "{error}");
        assert!(pages.next().await.is_none());
    }
}

#[tokio::test]
async fn unchanged_cursor_is_error_after_its_items() {
    let mut items = paginate("start".to_owned(), |cursor| async move {
        Ok(Page::new(
            vec![cursor.len()],
            cursor,
            Some("stuck".to_owned()),
        ))
    })
    .items();

    assert_eq!(items.next().await.unwrap().unwrap(), 5);
    assert_eq!(items.next().await.unwrap().unwrap(), 5);
    let error = items.next().await.unwrap().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("already read"), "{error}");
}

#[tokio::test]
async fn circles_of_any_length_are_found() {
    for (lead, circle) in [(0, 1), (0, 2), (3, 16), (0, 17), (5, 40), (100, 1_000)] {
        let mut pages = paginate(0, |page: u32| async move {
            let next = if page + 1 < lead + circle {
                page + 1
            } else {
                lead
            };
            Ok(Page::<u32, u32>::new(Vec::new(), page, Some(next)))
        });

        let mut fetched = 0;
        let error = loop {
            match pages.next().await {
                Some(Ok(_)) => fetched += 1,
                Some(Err(error)) => break error,
                None => panic!("a circle has no last page"),
            }
        };

        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(fetched <= 4 * (lead + circle), "{lead} {circle}: {fetched}");
        if circle <= 16 {
            assert_eq!(fetched, lead + circle, "{lead} {circle}");
        }
    }
}

#[tokio::test]
async fn streams_can_move_between_threads() {
    let items = numbers(1, 10, 25).items();

    let count = tokio::spawn(async move {
        let items: Vec<_> = items.try_collect().await.unwrap();
        items.len()
    })
    .await
    .unwrap();

    assert_eq!(count, 25);
}
