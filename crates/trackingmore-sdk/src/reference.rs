//! Operations beside the trackings: the account, reference data, carriers.

use serde_json::Value;
use tracking_http::{Error, Response, checks};

use crate::envelope::{
    confirmed, has_code, list_in, of_version_two, reports_code, required, send, send_partial,
};
use crate::generated::operations;
use crate::number::check;
use crate::version::explained;
use crate::{
    AirCargoRequest, AirCargoResponse, AirWaybills, COST_TIME_REQUEST_ITEMS, Carrier,
    CarrierListResponse, Client, Code, CostTimeResponse, CostTimeRoute, DetectCarrier,
    DetectCarrierResponse, DetectedCarrier, GetStatusNumberQuery, REMOTE_REQUEST_ITEMS, RemoteData,
    RemotePlace, RemoteResponse, StatusNumber, StatusNumberResponse, UserInfo, UserInfoResponse,
    air_waybill,
};

impl Client {
    /// Reads who the account belongs to and what is left of it: `GET /trackings/getuserinfo`
    /// (operation 11).
    ///
    /// The request limit in which it counts: [`GET_USER_INFO`](crate::operations::GET_USER_INFO).
    ///
    /// ```no_run
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let account = client.get_user_info().await?;
    /// println!("{:?} numbers left", account.track_number);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of every call.
    pub async fn get_user_info(&self) -> Result<Response<UserInfo>, Error> {
        let call = self.http.call(&operations::GET_USER_INFO);
        let response: Response<UserInfoResponse> = send(call).await?;
        response.try_map(|body| required(body.data))
    }

    /// Counts the trackings by status: `GET /trackings/getstatusnumber` (operation 12).
    ///
    /// The request limit in which it counts: [`GET_STATUS_NUMBER`](crate::operations::GET_STATUS_NUMBER).
    ///
    /// ```no_run
    /// use trackingmore_sdk::GetStatusNumberQuery;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let counts = client.get_status_number(&GetStatusNumberQuery::new()).await?;
    /// println!("{:?}", *counts);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a negative time;
    /// [`Decode`](crate::ErrorKind::Decode) when a response that succeeded lacks its `data`.
    pub async fn get_status_number(
        &self,
        query: &GetStatusNumberQuery,
    ) -> Result<Response<StatusNumber>, Error> {
        let call = self
            .http
            .call(&operations::GET_STATUS_NUMBER)
            .check(query.validate())
            .query(query);
        let response: Response<StatusNumberResponse> = send(call).await?;
        let data = |body: StatusNumberResponse| body.data.unwrap_or_default();
        list_in(response, None, data, |data| {
            *data == StatusNumber::default()
        })
    }

    /// Asks which express companies count 1 to 200 places as remote: `POST /trackings/remote`
    /// (operation 14).
    ///
    /// Five calls cost one unit of quota, so a call that may have arrived is not repeated. A place that does
    /// not fit costs no other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`REMOTE_AREAS`](crate::operations::REMOTE_AREAS).
    ///
    /// ```no_run
    /// use trackingmore_sdk::RemotePlace;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let places = [RemotePlace::new("Japan", "7621094")];
    /// let found = client.remote_areas(&places).await?;
    /// println!("{:?}", found.remote);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), [`QuotaExhausted`](crate::ErrorKind::QuotaExhausted),
    /// [`Permission`](crate::ErrorKind::Permission) for 4018.
    pub async fn remote_areas(
        &self,
        places: &[RemotePlace],
    ) -> Result<Response<RemoteData>, Error> {
        let allowed = &REMOTE_REQUEST_ITEMS;
        let operation = &operations::REMOTE_AREAS;
        let call = self
            .http
            .call(operation)
            .check(checks::each("places", places, allowed, |place| {
                check("country", &place.country)?;
                check("postcode", &place.postcode)
            }))
            .json(places);
        let has_places = |body: &RemoteResponse| {
            let data = body.data.as_ref();
            data.is_some_and(|data| !data.remote.is_empty() || !data.other.is_empty())
        };
        let response = send_partial(call, has_places).await?;
        response.try_map(|body| required(body.data))
    }

    /// Reads statistics of transit times on 1 to 200 routes: `POST /trackings/costtime`
    /// (operation 15).
    ///
    /// Only names of attributes are published, no types and no wrapping, so what is under
    /// `data` is returned as it came; see [`CostTimeResponse::data`] for the names.
    ///
    /// The request limit in which it counts: [`COST_TIME`](crate::operations::COST_TIME).
    ///
    /// ```no_run
    /// use trackingmore_sdk::CostTimeRoute;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let routes = [CostTimeRoute::new("CN", "US", "dhl")];
    /// println!("{}", *client.cost_time(&routes).await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), [`Permission`](crate::ErrorKind::Permission)
    /// for 4018.
    pub async fn cost_time(&self, routes: &[CostTimeRoute]) -> Result<Response<Value>, Error> {
        let allowed = &COST_TIME_REQUEST_ITEMS;
        let operation = &operations::COST_TIME;
        let call = self
            .http
            .call(operation)
            .check(checks::each("routes", routes, allowed, |route| {
                check("carrier_code", &route.carrier_code)?;
                route.validate()
            }))
            .json(routes);
        let response: Response<CostTimeResponse> = send(call).await?;
        Ok(response.map(|body| body.data.unwrap_or_default()))
    }

    /// Reads the results of air waybills: `POST /trackings/aircargo` (operation 16).
    ///
    /// Costs 20 units of quota for each, so a call that may have arrived is not repeated. An event that does
    /// not fit costs no other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`AIR_CARGO`](crate::operations::AIR_CARGO).
    ///
    /// ```no_run
    /// use trackingmore_sdk::AirCargoRequest;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// let request = AirCargoRequest::new(["172-28891936"]);
    /// println!("{:?}", *client.air_cargo(&request).await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before the call for a number that is no air
    /// waybill; [`QuotaExhausted`](crate::ErrorKind::QuotaExhausted) for 4019 and 4021;
    /// [`Permission`](crate::ErrorKind::Permission) for 4018.
    pub async fn air_cargo(
        &self,
        request: &AirCargoRequest,
    ) -> Result<Response<AirWaybills>, Error> {
        let call = self
            .http
            .call(&operations::AIR_CARGO)
            .check(air_waybill::check(request))
            .json(request);
        let has_waybills = |body: &AirCargoResponse| !body.data.is_empty();
        let response = send_partial(call, has_waybills).await?;
        list_in(response, None, |body| body.data, AirWaybills::is_empty)
    }

    /// Lists the carriers that TrackingMore knows: `GET /carriers` (operation 17). Keep the list. A carrier
    /// that does not fit costs no other, and is one of [`Response::problems`].
    ///
    /// The request limit in which it counts: [`LIST_CARRIERS`](crate::operations::LIST_CARRIERS).
    ///
    /// ```no_run
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// for carrier in client.list_carriers().await?.iter() {
    ///     println!("{:?} {:?}", carrier.code, carrier.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of every call.
    pub async fn list_carriers(&self) -> Result<Response<Vec<Carrier>>, Error> {
        let call = self.http.call(&operations::LIST_CARRIERS);
        let has_carriers = |body: &CarrierListResponse| !body.data.is_empty();
        let response = send_partial(call, has_carriers).await?;
        let response = list_in(response, None, |body| body.data, Vec::is_empty)?;
        of_version_two(response, |list| list.iter().all(|it| it.code.is_some()))
    }

    /// Asks which carriers a number may belong to: `POST /carriers/detect` (operation 18).
    ///
    /// The carriers come in the order of the response. Assumed: the likeliest first. One that does not fit
    /// costs no other, and is one of [`Response::problems`].
    ///
    /// Costs 0.2 of quota at each call, so a call that may have arrived is not repeated. No carrier
    /// is what TrackingMore calls 4032, and is an empty list here.
    ///
    /// The request limit in which it counts: [`DETECT_CARRIER`](crate::operations::DETECT_CARRIER).
    ///
    /// ```no_run
    /// use trackingmore_sdk::DetectCarrier;
    ///
    /// # async fn example(client: trackingmore_sdk::Client) -> Result<(), trackingmore_sdk::Error> {
    /// for carrier in client.detect_carrier(&DetectCarrier::new("RB473128508SG")).await?.iter() {
    ///     println!("{carrier:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), [`QuotaExhausted`](crate::ErrorKind::QuotaExhausted).
    pub async fn detect_carrier(
        &self,
        request: &DetectCarrier,
    ) -> Result<Response<Vec<DetectedCarrier>>, Error> {
        let call = self
            .http
            .call(&operations::DETECT_CARRIER)
            .check(check("tracking_number", &request.tracking_number))
            .check(request.validate())
            .json(request);
        let call = call.accept_failure(|failure| has_code(failure, Code::NO_CARRIER));
        call.send_as(|response| {
            if reports_code(response.body(), Code::NO_CARRIER) {
                return Ok(response.map(|_| Vec::new()));
            }
            let has_carriers = |body: &DetectCarrierResponse| !body.data.is_empty();
            let response = confirmed(response.decode_partial(has_carriers).map_err(explained)?)?;
            let response = list_in(response, None, |body| body.data, Vec::is_empty)?;
            of_version_two(response, |list| list.iter().all(|it| it.code.is_some()))
        })
        .await
    }
}
