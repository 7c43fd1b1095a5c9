//! A response about another parcel than was requested is an error of its own kind, and no outcome.

use tracking_core::{Capabilities, ErrorKind, Provider, Target};

use crate::{Sdk, Server};

/// Each lookup whose response is about other parcels only, also a list that ignored its filter.
pub async fn responses_about_other_parcels_are_refused<S>()
where
    S: Sdk<Client: Provider>,
{
    for (request, replies) in S::others() {
        let calls = replies.len();
        let server = Server::<S>::start(replies).await;

        let error = server.client().track(request.clone()).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::WrongShipment, "{request:?}");
        assert_eq!(error.provider().as_str(), S::PROVIDER);
        // Nothing else is asked, and above all nothing is registered.
        assert_eq!(server.requests().len(), calls, "{request:?}");
    }
}

/// No way to name a parcel goes without a case.
pub async fn each_name_of_a_parcel_is_tried<S>()
where
    S: Sdk<Client: Provider>,
{
    let others = S::others();
    let server = Server::<S>::silent().await;
    let announced: Capabilities = server.client().capabilities();
    let mut tried = [false; 3];
    for (request, _) in others {
        let name = match request.target {
            Target::Number(_) => 0,
            Target::Id(_) => 1,
            _ => 2,
        };
        tried[name] = true;
    }
    let expected = [
        announced.track_by_number,
        announced.track_by_id,
        announced.track_by_reference,
    ];
    assert_eq!(tried, expected, "by number, id and reference");
}
