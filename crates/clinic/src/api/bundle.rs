//! Writing Bundles, links and headers.

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use interlude_diary::calendar::Moment;
use interlude_diary::entry::VersionId;
use interlude_fhir::json::quote_into;
use interlude_fhir::wire::epoch_member;

use crate::app::App;
use crate::problem::FHIR_JSON;

/// A JSON string literal.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote_into(&mut out, text);
    out
}

/// Base URL of the FHIR service, as this client reaches it.
#[must_use]
pub fn base(app: &App, headers: &HeaderMap) -> String {
    if let Some(base) = &app.config.public_base {
        return base.trim_end_matches('/').to_owned();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '[' | ']');
    let host = host.filter(|host| !host.is_empty() && host.chars().all(plain)).unwrap_or("localhost");
    format!("{}://{host}/fhir", if app.config.tls { "https" } else { "http" })
}

/// A time as in `Last-Modified`.
#[must_use]
pub fn http_date(at: Moment) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = Moment::new(at.unix_ms(), 0);
    let day = at.local_day();
    let (year, month, number) = day.ymd();
    let weekday = DAYS.get(usize::from(day.weekday().number_days_from_monday())).unwrap_or(&"Mon");
    let month = MONTHS.get(usize::from(month).saturating_sub(1)).unwrap_or(&"Jan");
    let seconds = at.unix_ms().rem_euclid(60_000) / 1000;
    let minute = at.local_minute();
    format!("{weekday}, {number:02} {month} {year} {:02}:{:02}:{seconds:02} GMT", minute / 60, minute % 60)
}

/// The weak `ETag` of a version.
#[must_use]
pub fn etag(version: &VersionId) -> String {
    format!("W/\"{}\"", version.0)
}

/// A FHIR body.
pub fn fhir(body: String) -> Response {
    ([(header::CONTENT_TYPE, FHIR_JSON)], body).into_response()
}

/// The same response with one more header, where its value can be one.
#[must_use]
pub fn with(mut response: Response, name: header::HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// A list of resources: a searchset or a history.
#[derive(Debug)]
pub struct Set {
    text: String,
    any: bool,
}

impl Set {
    /// Begins one, with the server's time and the links `(relation, url)`.
    #[must_use]
    pub fn new(kind: &str, now: Moment, links: &[(&str, &str)]) -> Self {
        Self::begin(kind, now, "", links)
    }

    /// The same with the store's epoch, so that one who asks what is new hears of a restore though nothing
    /// is.
    #[must_use]
    pub fn of_epoch(kind: &str, now: Moment, epoch: &str, links: &[(&str, &str)]) -> Self {
        Self::begin(kind, now, &format!(",{}", epoch_member(epoch)), links)
    }

    fn begin(kind: &str, now: Moment, rest: &str, links: &[(&str, &str)]) -> Self {
        let mut text = format!(
            "{{\"resourceType\":\"Bundle\",\"meta\":{{\"lastUpdated\":\"{now}\"{rest}}},\"type\":\"{kind}\""
        );
        for (n, (relation, url)) in links.iter().enumerate() {
            text.push_str(if n == 0 { ",\"link\":[" } else { "," });
            text.push_str("{\"relation\":\"");
            text.push_str(relation);
            text.push_str("\",\"url\":");
            text.push_str(&quoted(url));
            text.push('}');
        }
        if !links.is_empty() {
            text.push(']');
        }
        Self { text, any: false }
    }

    /// One more: its address, the resource, and what else stands in the entry (`,"name":…`).
    pub fn push(&mut self, url: &str, resource: &str, rest: &str) {
        self.text.push_str(if self.any { "," } else { ",\"entry\":[" });
        self.any = true;
        // A String takes everything, so writing cannot fail.
        let written = write!(self.text, "{{\"fullUrl\":{},\"resource\":{resource}{rest}}}", quoted(url));
        debug_assert!(written.is_ok());
    }

    /// What was written so far, for whoever sends it on; what follows is the rest.
    #[must_use]
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The Bundle, or the rest of it.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.text.push_str(if self.any { "]}" } else { "}" });
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_headers() {
        let at: Moment = "1994-11-06T09:49:37+01:00".parse().unwrap();
        assert_eq!(http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn an_empty_set_has_no_entry_list() {
        let text = Set::new("searchset", Moment::new(0, 0), &[("self", "a\"b")]).finish();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["link"][0]["url"], "a\"b");
        assert!(value.get("entry").is_none());
    }
}
