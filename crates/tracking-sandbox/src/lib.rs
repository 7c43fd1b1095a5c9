#![doc = include_str!("../README.md")]

mod clock;
mod connection;
mod control;
mod countries;
mod delivery;
mod error;
pub mod exporto;
mod fault;
pub mod gcl;
mod identity;
mod locking;
mod loopback_url;
mod module;
pub mod oneconcepts;
mod page;
mod pipeline;
mod providers;
mod rate_window;
mod reply;
mod request_log;
mod retry_queue;
mod sandbox;
mod server;
pub mod ship24;
mod snapshot;
pub mod trackingmore;
mod webhook_work;
mod wire_time;
mod world;

pub use clock::Clock;
pub use error::{ParcelError, StartError, UnknownOperationError, WebhookUrlError};
pub use fault::{Fault, FaultParseError, Faults};
pub use request_log::RecordedRequest;
pub use sandbox::{ProviderInfo, Sandbox, SandboxBuilder};
pub use world::{
    DeliveryProof, EtaWindow, Leg, Parcel, ProofContent, Recipient, Scan, ScanTime, Step, TimeShape,
};
