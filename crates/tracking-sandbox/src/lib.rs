#![doc = include_str!("../README.md")]

mod clock;
mod control;
mod error;
pub mod exporto;
mod fault;
pub mod gcl;
mod identity;
mod locking;
pub mod oneconcepts;
mod sandbox;
mod server;
pub mod ship24;
mod snapshot;
pub mod trackingmore;
mod webhooks;
mod wire_time;
mod world;

pub use clock::Clock;
pub use error::{ParcelError, StartError, UnknownOperationError, WebhookUrlError};
pub use fault::{Fault, FaultParseError, Faults};
pub use http::StatusCode;
pub use sandbox::{ProviderInfo, Sandbox, SandboxBuilder};
pub use server::{RecordedRequest, Traffic};
pub use webhooks::WebhookUrl;
pub use world::{
    DeliveryProof, EtaWindow, Leg, Parcel, ProofContent, Recipient, SampleJourney, Scan, ScanEdit,
    ScanTime, Step, TimeShape,
};
