//! Who is asking: a device token, and the one patient it reaches.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::app::{App, token_hash};
use crate::problem::Problem;
use crate::store::PatientId;

/// A device that showed a live token.
#[derive(Debug, Clone)]
pub struct Session {
    /// The one diary it reaches.
    pub patient: PatientId,
    /// The installation's id.
    pub device: String,
    /// Hash of its token.
    pub token: [u8; 32],
}

impl Session {
    /// Nothing, when `id` names this session's patient.
    ///
    /// # Errors
    /// Not found, as for a patient that does not exist.
    pub fn must_be(&self, id: &str) -> Result<(), Problem> {
        if id == self.patient.as_str() { Ok(()) } else { Err(Problem::not_found()) }
    }
}

impl FromRequestParts<App> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        let now_ms = app.clock.now_ms();
        // Every token we gave out has 43 characters; nothing else is worth a look.
        let token = token.filter(|token| token.len() == 43).map(token_hash);
        let device = match token {
            Some(token) => app.store.device(token).await?,
            None => None,
        };
        let Some(device) = device else {
            let peer = Peer::from_request_parts(parts, app).await?;
            app.limits.stranger(peer.0, now_ms).map_err(Problem::slow_down)?;
            let erased = match token {
                Some(token) => app.store.erased(token).await?,
                None => None,
            };
            return Err(erased.map_or_else(Problem::sign_in, |(at_ms, head)| Problem::erased(at_ms, &head)));
        };
        app.limits.device(device.token, now_ms).map_err(Problem::slow_down)?;
        Ok(Self { patient: device.patient, device: device.device, token: device.token })
    }
}

/// The address of who is asking.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

impl FromRequestParts<App> for Peer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if app.config.behind_proxy {
            let last = parts.headers.get_all("x-forwarded-for").iter().next_back();
            let named = last.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
            if let Some(address) = named {
                return Ok(Self(address));
            }
        }
        let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(info.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip())))
    }
}
