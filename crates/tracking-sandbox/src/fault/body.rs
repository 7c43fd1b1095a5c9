//! Bodies that break off and bodies that do not end soon.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

/// A body that announces all of `whole` and breaks off after half of it.
pub(crate) fn truncated(whole: &Bytes) -> Body {
    let half = whole.slice(..whole.len() / 2);
    Body::new(Truncated {
        announced: (whole.len() as u64).max(1),
        first: Some(half),
        flushed: false,
    })
}

struct Truncated {
    announced: u64,
    first: Option<Bytes>,
    flushed: bool,
}

impl hyper::body::Body for Truncated {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if !self.flushed {
            // One turn without data makes the connection write what it holds before it ends.
            self.flushed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other("the body breaks off on demand"))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced)
    }
}

const OPENING: &[u8] = b"{\"padding\":\"";
const CLOSING: &[u8] = b"\"}";
const FILLING: Bytes = Bytes::from_static(&[b'x'; 64 * 1024]);

/// A valid JSON body of at least `bytes` bytes, made while it is sent.
pub(crate) fn huge(bytes: u64) -> Body {
    let frame = (OPENING.len() + CLOSING.len()) as u64;
    Body::new(Huge {
        filling: bytes.saturating_sub(frame),
        opened: false,
        closed: false,
    })
}

struct Huge {
    filling: u64,
    opened: bool,
    closed: bool,
}

impl hyper::body::Body for Huge {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let data = if !self.opened {
            self.opened = true;
            Bytes::from_static(OPENING)
        } else if self.filling > 0 {
            let length = usize::try_from(self.filling)
                .unwrap_or(usize::MAX)
                .min(FILLING.len());
            self.filling -= length as u64;
            FILLING.slice(..length)
        } else if !self.closed {
            self.closed = true;
            Bytes::from_static(CLOSING)
        } else {
            return Poll::Ready(None);
        };
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn size_hint(&self) -> SizeHint {
        let opening = if self.opened { 0 } else { OPENING.len() as u64 };
        let closing = if self.closed { 0 } else { CLOSING.len() as u64 };
        SizeHint::with_exact(opening + self.filling + closing)
    }
}
