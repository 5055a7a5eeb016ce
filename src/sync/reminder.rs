//! The reminder that the clinic sends: asked for, read, tried and ended. Only this app's own server has it.
//!
//! Nothing of the diary is in these requests.

use gloo_net::http::{Request, RequestBuilder};
use interlude_diary::reminder::TimeOfDay;
use serde::{Deserialize, Serialize};

use super::pairing::within;
use crate::platform::abort::Deadline;

const PATH: &str = "/reminder";
const TEST: &str = "/reminder/test";
/// A person waits for this answer.
const PATIENCE_MS: u32 = 20_000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Address of the subscription.
    pub endpoint: String,
    /// When, by the clock on the wall.
    pub at: TimeOfDay,
    /// IANA name of the phone's zone.
    pub zone: String,
}

/// What the clinic says of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Told {
    /// The key to subscribe with.
    pub key: String,
    /// What is set for this phone.
    pub set: Option<Wish>,
    /// How many were sent.
    pub sent: i64,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTold {
    /// No network, or no answer that can be read.
    Silent,
    /// There is no such thing: this clinic sends no reminders, or none is set.
    NotThere,
    /// The push service does not know this phone any more.
    Gone,
    /// It would not do.
    Refused,
}

/// What is set.
///
/// # Errors
/// [`NotTold`].
pub async fn read(token: &str) -> Result<Told, NotTold> {
    let text = send(Request::get(PATH), token, None).await?;
    serde_json::from_str(&text).map_err(|_other| NotTold::Silent)
}

/// Sets it.
///
/// # Errors
/// [`NotTold`].
pub async fn set(token: &str, wish: &Wish) -> Result<(), NotTold> {
    let body = serde_json::to_string(wish).map_err(|_never| NotTold::Refused)?;
    send(Request::put(PATH), token, Some(body)).await.map(drop)
}

/// Ends it. Where the clinic is not reached it finds out by itself: a subscription that ended is gone.
pub async fn end(token: &str) {
    drop(send(Request::delete(PATH), token, None).await);
}

/// Has one sent at once.
///
/// # Errors
/// [`NotTold`].
pub async fn test(token: &str) -> Result<(), NotTold> {
    send(Request::post(TEST), token, None).await.map(drop)
}

async fn send(request: RequestBuilder, token: &str, body: Option<String>) -> Result<String, NotTold> {
    let deadline = Deadline::after(PATIENCE_MS);
    let request = within(request, deadline.as_ref()).header("authorization", &format!("Bearer {token}"));
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    };
    let answer = request.map_err(|_never| NotTold::Refused)?.send().await;
    let answer = answer.map_err(|_network| NotTold::Silent)?;
    match answer.status() {
        200..=299 => answer.text().await.map_err(|_cut| NotTold::Silent),
        404 => Err(NotTold::NotThere),
        410 => Err(NotTold::Gone),
        _ => Err(NotTold::Refused),
    }
}
