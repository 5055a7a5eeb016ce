//! Serving.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};

use super::lan::Tls;
use super::{Serve, demo, folder, lan, link, say};
use crate::app::Config;
use crate::limits::{Rate, Rates};
use crate::remind::web::WebPush;
use crate::remind::{Pusher, Rounds};
use crate::router;

const PORT: u16 = 8787;
/// How long requests may go on once the server was told to end.
const GRACE: Duration = Duration::from_secs(10);
/// How long a client may take to send a request's headers.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn serve(data: &Path, how: Serve) -> Result<()> {
    log();
    if let Some(app) = how.app.as_deref().filter(|app| !app.join("index.html").is_file()) {
        bail!("there is no built app in {}: `cargo xtask build` makes one in dist/", app.display());
    }
    folder::make(data)?;
    let _held = folder::lock(data)?;
    let address = if how.lan { lan::address() } else { how.listen.unwrap_or(Ipv4Addr::LOCALHOST.into()) };
    let tls = tls(data, &how, address)?;
    let config = Config { push: push(data, &how)?, ..config(&how, tls.as_ref()) };
    let app = folder::open(data, config).await?;

    let everywhere: IpAddr = Ipv4Addr::UNSPECIFIED.into();
    let listen = how.listen.unwrap_or(if how.lan { everywhere } else { Ipv4Addr::LOCALHOST.into() });
    let at = SocketAddr::new(listen, how.port.unwrap_or(PORT));
    let listener = TcpListener::bind(at).with_context(|| format!("cannot listen on {at}"))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();

    if how.demo && app.store.patients().await?.is_empty() {
        demo::seed(&app).await?;
    }
    if how.print_link {
        let shown = if address.is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address };
        let scheme = if app.config.tls { "https" } else { "http" };
        let root = format!("{scheme}://{}", SocketAddr::new(shown, port));
        if how.lan {
            say(format_args!("To trust this server, a phone installs {root}/authority.crt"));
        }
        let patient = link::patient(&app).await?;
        tokio::spawn(link::keep_printing(app.clone(), patient, root, how.lan));
    }
    tokio::spawn(Rounds::new(app.clone()).keep_going());
    let handle = Handle::new();
    tokio::spawn(end(handle.clone()));
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(port, tls = tls.is_some(), "serving");
    match tls {
        Some(tls) => {
            // Only the first installation counts, and any will do.
            drop(rustls::crypto::ring::default_provider().install_default());
            let config = RustlsConfig::from_pem(tls.chain.into_bytes(), tls.key.into_bytes()).await?;
            let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new());
            let mut server = axum_server::from_tcp(listener)?.handle(handle).acceptor(acceptor);
            server.http_builder().http1().header_read_timeout(PATIENCE);
            server.serve(service).await?;
        }
        None => {
            let mut server = axum_server::from_tcp(listener)?.handle(handle).acceptor(NoDelayAcceptor::new());
            server.http_builder().http1().header_read_timeout(PATIENCE);
            server.serve(service).await?;
        }
    }
    tracing::info!("ended");
    Ok(())
}

fn config(how: &Serve, tls: Option<&Tls>) -> Config {
    let per_second = how.requests_per_second.max(0.1);
    Config {
        clinic_name: how.name.clone(),
        clinic_phone: how.phone.clone(),
        public_base: how.public_base.clone(),
        tls: tls.is_some() || how.behind_proxy,
        behind_proxy: how.behind_proxy,
        fhir_base: how.fhir_base.clone(),
        site: how.app.clone(),
        authority: tls.filter(|_| how.lan).map(|tls| tls.authority.clone()),
        rates: Rates { device: Rate { burst: per_second * 10.0, per_second }, ..Rates::default() },
        ..Config::default()
    }
}

/// The way to the push services. A machine without certificate authorities serves all the same, and sends no
/// reminders.
fn push(data: &Path, how: &Serve) -> Result<Option<Arc<dyn Pusher>>> {
    let vapid = folder::vapid(data, &how.push_contact)?;
    match WebPush::new(vapid, how.push_service.clone()) {
        Ok(push) => Ok(Some(Arc::new(push))),
        Err(error) => {
            tracing::warn!(%error, "no reminders are sent: there are no certificate authorities");
            Ok(None)
        }
    }
}

fn tls(data: &Path, how: &Serve, address: IpAddr) -> Result<Option<Tls>> {
    if how.lan {
        return lan::tls(data, address).map(Some);
    }
    let (Some(cert), Some(key)) = (&how.tls_cert, &how.tls_key) else { return Ok(None) };
    let read = |path: &Path| {
        std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
    };
    Ok(Some(Tls { chain: read(cert)?, key: read(key)?, authority: String::new() }))
}

/// Log lines as JSON on standard error; `RUST_LOG` chooses.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    let filter = filter.unwrap_or_else(|_unset| tracing_subscriber::EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(filter);
    if lines.try_init().is_err() {
        tracing::debug!("logging was set up already");
    }
    // What a panic says may quote what it stumbled over; where it was says enough.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}

/// Ends the server when it is asked to: requests under way are finished.
async fn end(handle: Handle<SocketAddr>) {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminated.recv() => {}
                }
            }
            Err(_unheard) => drop(interrupted.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
    handle.graceful_shutdown(Some(GRACE));
}
