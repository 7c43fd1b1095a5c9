//! What is measured at each provider: the same work by hand and with the SDK.

use anyhow::{Result, bail};
use tokio::runtime::Runtime;

/// One kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    CallByHand,
    CallWithSdk,
    DecodeByHand,
    DecodeWithSdk,
    /// Decoding and mapping to the unified model, as the adapter does it.
    DecodeAndMap,
    /// Checking the proof of a webhook message and reading the message.
    ReceiveByHand,
    ReceiveWithSdk,
}

impl Work {
    pub(crate) const ALL: [Self; 7] = [
        Self::CallByHand,
        Self::CallWithSdk,
        Self::DecodeByHand,
        Self::DecodeWithSdk,
        Self::DecodeAndMap,
        Self::ReceiveByHand,
        Self::ReceiveWithSdk,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::CallByHand => "call-by-hand",
            Self::CallWithSdk => "call-with-sdk",
            Self::DecodeByHand => "decode-by-hand",
            Self::DecodeWithSdk => "decode-with-sdk",
            Self::DecodeAndMap => "decode-and-map",
            Self::ReceiveByHand => "receive-by-hand",
            Self::ReceiveWithSdk => "receive-with-sdk",
        }
    }
}

/// One provider, with clients that are made once. What a method reads it drops again: that is part of the cost.
pub(crate) trait Subject: Sized {
    /// Creates the clients of a provider whose API is below this address.
    fn new(base_url: &str) -> Result<Self>;

    async fn call_by_hand(&self) -> Result<()>;

    async fn call_with_sdk(&self) -> Result<()>;

    fn decode_by_hand(&self) -> Result<()>;

    fn decode_with_sdk(&self) -> Result<()>;

    fn decode_and_map(&self) -> Result<()>;

    fn receive_by_hand(&self) -> Result<()> {
        bail!("the provider sends no webhooks")
    }

    fn receive_with_sdk(&self) -> Result<()> {
        bail!("the provider sends no webhooks")
    }
}

/// Does work several times.
pub(crate) trait Repeat {
    /// Does the work this many times, one after the other.
    fn repeat(&self, runtime: &Runtime, work: Work, times: u32) -> Result<()>;
}

impl<S: Subject> Repeat for S {
    fn repeat(&self, runtime: &Runtime, work: Work, times: u32) -> Result<()> {
        match work {
            Work::CallByHand => runtime.block_on(async {
                for _ in 0..times {
                    self.call_by_hand().await?;
                }
                Ok(())
            }),
            Work::CallWithSdk => runtime.block_on(async {
                for _ in 0..times {
                    self.call_with_sdk().await?;
                }
                Ok(())
            }),
            Work::DecodeByHand => (0..times).try_for_each(|_| self.decode_by_hand()),
            Work::DecodeWithSdk => (0..times).try_for_each(|_| self.decode_with_sdk()),
            Work::DecodeAndMap => (0..times).try_for_each(|_| self.decode_and_map()),
            Work::ReceiveByHand => (0..times).try_for_each(|_| self.receive_by_hand()),
            Work::ReceiveWithSdk => (0..times).try_for_each(|_| self.receive_with_sdk()),
        }
    }
}
