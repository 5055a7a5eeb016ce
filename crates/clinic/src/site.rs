//! The built app: its files, its one page, and what a browser may do with them.
//!
//! A missing asset is a 404, never the page: a page served as a script is a broken app. The page
//! is served for the app's own addresses alone, read anew each time, so that the digests in its
//! policy are always those of the scripts in it.

use std::fmt::Write as _;
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

use crate::api::bundle::with;
use crate::app::App;
use crate::routes::{Means, Route};

/// First segments of the app's addresses (`src/state/route.rs`).
const PAGES: [&str; 12] =
    ["", "diary", "erase", "fill", "help", "move", "own", "pair", "settings", "sync", "trends", "welcome"];

/// Its one row of the table.
pub(crate) fn route() -> Route {
    Route::other(Method::GET, "/authority.crt", Means::Plain, get(authority))
}

/// What no row of the table takes: a file, a page or nothing.
pub(crate) fn files() -> Router<App> {
    Router::new().fallback(any).layer(CompressionLayer::new())
}

async fn any(State(app): State<App>, request: Request) -> Response {
    let Some(site) = app.config.site.as_deref() else { return nothing() };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path();
    if path == "/index.html" || is_page(path) {
        return page(&app, site, request.headers()).await;
    }
    if !path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return nothing();
    }
    let lasting = is_hashed(path);
    let files = ServeDir::new(site).append_index_html_on_directories(false);
    let Ok(response) = files.precompressed_br().precompressed_gzip().oneshot(request).await;
    if !response.status().is_success() && response.status() != StatusCode::NOT_MODIFIED {
        return if response.status() == StatusCode::NOT_FOUND { nothing() } else { response.map(Body::new) };
    }
    let keep = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let response = with(response.map(Body::new), header::CACHE_CONTROL, keep);
    with(response, header::CONTENT_SECURITY_POLICY, &policy(&app, ""))
}

/// The page, for whoever asks for an address of the app.
pub(crate) async fn page(app: &App, site: &Path, headers: &HeaderMap) -> Response {
    let Ok(text) = tokio::fs::read_to_string(site.join("index.html")).await else { return nothing() };
    let policy = policy(app, &script_digests(&text));
    let brotli = accepts(headers, "br").then(|| site.join("index.html.br"));
    let packed = match brotli {
        Some(path) => tokio::fs::read(path).await.ok(),
        None => None,
    };
    let response = match packed {
        Some(bytes) => with(Body::from(bytes).into_response(), header::CONTENT_ENCODING, "br"),
        None => Body::from(text.clone()).into_response(),
    };
    let response = with(response, header::CONTENT_TYPE, "text/html; charset=utf-8");
    let response = with(response, header::VARY, "accept-encoding");
    let early = early(&text);
    let response = if early.is_empty() { response } else { with(response, header::LINK, &early) };
    let response = with(response, header::CACHE_CONTROL, "no-cache");
    with(response, header::CONTENT_SECURITY_POLICY, &policy)
}

/// The page's own preloads, as a header: the browser asks for them before it has read the page.
fn early(page: &str) -> String {
    let attribute = |link: &str, name: &str| {
        let (_, after) = link.split_once(&format!(" {name}=\""))?;
        after.split_once('"').map(|(value, _)| value.to_owned())
    };
    let links = page.split("<link ").skip(1).filter_map(|rest| rest.split_once('>').map(|(link, _)| link));
    let links = links.filter_map(|link| {
        let link = format!(" {link}");
        let (rel, href) = (attribute(&link, "rel")?, attribute(&link, "href")?);
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b));
        if !matches!(rel.as_str(), "preload" | "modulepreload") || !plain(&href) {
            return None;
        }
        let kind = attribute(&link, "as").filter(|kind| plain(kind));
        let kind = kind.map(|kind| format!("; as={kind}")).unwrap_or_default();
        let cross = if link.contains(" crossorigin") { "; crossorigin" } else { "" };
        Some(format!("<{href}>; rel={rel}{kind}{cross}"))
    });
    let mut links: Vec<String> = links.collect();
    // The module is by far the longest on its way.
    links.sort_by_key(|link| !link.contains(".wasm>"));
    links.join(", ")
}

/// The certificate a phone must trust before it can install the app over the local network.
async fn authority(State(app): State<App>) -> Response {
    match &app.config.authority {
        Some(pem) => ([(header::CONTENT_TYPE, "application/x-x509-ca-cert")], pem.clone()).into_response(),
        None => nothing(),
    }
}

fn nothing() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "There is nothing here.").into_response()
}

fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let given = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    given.flat_map(|value| value.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next() == Some(coding) && parts.next() != Some("q=0")
    })
}

fn is_page(path: &str) -> bool {
    let mut parts = path.trim_start_matches('/').split('/');
    let first = parts.next().unwrap_or_default();
    // Only a form's address may hold a dot: its questionnaire may be a canonical.
    let file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    PAGES.contains(&first) && (!file || first == "fill")
}

/// Whether a file's name carries its digest, as Trunk writes it: it never changes then.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let digest = |part: &str| part.len() == 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
    name.split(['-', '_', '.']).skip(1).any(digest)
}

/// What the app's page may do. The app opens no frame, sends no form, runs no script but its own.
fn policy(app: &App, scripts: &str) -> String {
    let mut policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'".to_owned();
    policy.push_str(scripts);
    policy.push_str("; connect-src 'self'");
    if let Some(origin) = app.config.fhir_base.as_deref().and_then(origin) {
        policy.push(' ');
        policy.push_str(origin);
    }
    policy.push_str("; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'");
    policy.push_str("; frame-ancestors 'none'");
    policy
}

/// `scheme://host:port` of a URL.
fn origin(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next().filter(|host| !host.is_empty())?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '[' | ']');
    let known = matches!(scheme, "https" | "http") && host.chars().all(plain);
    known.then(|| url.get(..scheme.len() + 3 + host.len())).flatten()
}

/// ` 'sha256-…'` for each script written in the page itself.
fn script_digests(page: &str) -> String {
    let mut digests = String::new();
    for part in page.split("<script").skip(1) {
        let Some((tag, rest)) = part.split_once('>') else { continue };
        let Some((script, _)) = rest.split_once("</script") else { continue };
        if tag.contains(" src=") {
            continue;
        }
        let digest = STANDARD.encode(Sha256::digest(script.as_bytes()));
        // A String takes everything, so writing cannot fail.
        let written = write!(digests, " 'sha256-{digest}'");
        debug_assert!(written.is_ok());
    }
    digests
}

/// Whether a browser asks for a page to show, and not a script for data.
pub(crate) fn is_navigation(headers: &HeaderMap) -> bool {
    let html = |value: &HeaderValue| value.to_str().is_ok_and(|value| value.contains("text/html"));
    headers.get(header::ACCEPT).is_some_and(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_files() {
        for page in
            ["/", "/diary", "/diary/0198b6a0-0000-7000-8000-000000000000", "/fill/peg/for/1/peg/2/-", "/pair"]
        {
            assert!(is_page(page), "{page}");
        }
        for file in ["/diary.js", "/interlude-1234567890abcdef.js", "/wp-admin", "/help/x.png"] {
            assert!(!is_page(file), "{file}");
        }
    }

    #[test]
    fn preloads_of_the_page_are_said_in_the_header() {
        let page = "<link rel=\"preload\" href=\"/q/a.json\" as=\"fetch\" crossorigin>\
            <link rel=\"stylesheet\" href=\"/style.css\"><link rel=\"modulepreload\" href=\"/a-1.js\">\
            <link rel=\"preload\" href=\"/a_bg-1.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin>\
            <link rel=\"preload\" href=\"/x>; rel=evil\" as=\"fetch\">";
        let said = "</a_bg-1.wasm>; rel=preload; as=fetch; crossorigin, \
            </q/a.json>; rel=preload; as=fetch; crossorigin, </a-1.js>; rel=modulepreload";
        assert_eq!(early(page), said);
        assert_eq!(early("<p>no links</p>"), "");
    }

    #[test]
    fn names_that_carry_their_digest() {
        for name in [
            "/a/interlude-0123456789abcdef.js",
            "/interlude-0123456789abcdef_bg.wasm",
            "/tokens-00ff00ff00ff00ff.css",
        ] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["/sw.js", "/precache.json", "/icons/icon-192.png", "/0123456789abcdef.js", "/index.html"]
        {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn digests_of_inline_scripts_alone() {
        let page = "<script src=\"/a.js\"></script><script type=\"module\">let a = 1;</script>";
        // printf 'let a = 1;' | openssl dgst -sha256 -binary | base64
        assert_eq!(script_digests(page), " 'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck='");
    }

    #[test]
    fn only_an_origin_enters_the_policy() {
        assert_eq!(origin("https://ehr.example:8443/fhir/R4"), Some("https://ehr.example:8443"));
        for bad in ["ehr.example", "javascript://x", "https://a b/", "https://x;script-src/", "https:///fhir"]
        {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }
}
