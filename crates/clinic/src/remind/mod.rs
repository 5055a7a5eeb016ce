//! Reminders: who is due one, and the rounds that send them.
//!
//! A push carries nothing at all: the push service of a browser's maker learns that this clinic woke this
//! browser, and when. The phone knows by itself what to say. A day that the clinic holds an answer about is
//! passed over.
//!
//! [`plan`] decides, [`Rounds`] does, [`Pusher`] is the port to the push services (`web` over HTTP).

pub mod plan;
mod rounds;
#[cfg(feature = "serve")]
pub mod vapid;
#[cfg(feature = "serve")]
pub mod web;

use async_trait::async_trait;

pub use rounds::{Round, Rounds};

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The push service took it.
    Taken,
    /// There is no such subscription any more.
    Gone,
    /// Not now: no answer, or it asks to wait so many seconds.
    Later(Option<u32>),
    /// It will not have it, with this status.
    Refused(u16),
}

/// The way to the push services.
#[async_trait]
pub trait Pusher: Send + Sync + 'static {
    /// The public key that phones subscribe with: an uncompressed point of P-256 in base64url.
    fn key(&self) -> &str;

    /// Whether this is an address of a push service. A phone names it, and nothing else may be reached
    /// from here.
    fn takes(&self, endpoint: &str) -> bool;

    /// Sends a push without content.
    async fn push(&self, endpoint: &str, now_ms: i64) -> Fate;
}
