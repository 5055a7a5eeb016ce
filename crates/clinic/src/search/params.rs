//! Search parameters as given.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::known;
use crate::problem::Problem;

/// The name of the parameter that carries a page's place.
const PAGE: &str = "_page";

/// Names and values in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    pairs: Vec<(String, String)>,
    /// Where the page before ended.
    pub after: Option<Place>,
}

/// Where a page ended, and of which moment all pages of its search are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The sort's time of the last result, in milliseconds.
    pub time: i64,
    /// Number of its version.
    pub n: i64,
    /// Name of the score, or id of the form; empty for others.
    pub name: String,
    /// The diary's last version when the first page was read.
    pub as_of: i64,
}

impl Params {
    /// Reads a query string or a form. The place of a next page brings the whole search with it.
    ///
    /// # Errors
    /// 400 when a page's place is not one of ours.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let Some((_, place)) = pairs.iter().find(|(name, _)| name == PAGE) else {
            return Ok(Self { pairs, after: None });
        };
        let not_ours = || Problem::bad("value", "_page: not a page of this server");
        let bytes = URL_SAFE_NO_PAD.decode(place).map_err(|_garbled| not_ours())?;
        let (pairs, after) = serde_json::from_slice(&bytes).map_err(|_garbled| not_ours())?;
        Ok(Self { pairs, after: Some(after) })
    }

    /// The query string of the page that follows `after`.
    #[must_use]
    pub fn next(&self, after: &Place) -> String {
        let place = serde_json::json!([self.pairs, after]).to_string();
        format!("{PAGE}={}", URL_SAFE_NO_PAD.encode(place))
    }

    /// The query string as it would be written.
    #[must_use]
    pub fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.pairs).finish()
    }

    /// The one value of `name`.
    ///
    /// # Errors
    /// 400 when it is given twice.
    pub fn one<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, Problem> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(Problem::bad("value", format!("{name}: given twice")));
        }
        Ok(first)
    }

    /// Every value of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Nothing, when every name is a search parameter of this resource type.
    ///
    /// # Errors
    /// 400 naming the first that is not: a filter that is not applied would give wrong results. 406
    /// for a format other than JSON.
    pub fn must_be_of(&self, resource: &str) -> Result<(), Problem> {
        let known = known(resource);
        match self.pairs.iter().find(|(name, _)| !known.iter().any(|param| param.name == name)) {
            None => self.must_be_json(),
            Some((name, _)) => {
                let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
                Err(Problem::bad("not-supported", format!("{name}: not a search parameter here")))
            }
        }
    }

    fn must_be_json(&self) -> Result<(), Problem> {
        // A plus sign in a query is a space once it is decoded.
        const JSON: [&str; 5] =
            ["json", "text/json", "application/json", "application/fhir+json", "application/fhir json"];
        match self.one("_format")? {
            Some(format) if !JSON.contains(&format) => {
                let what = "_format: only JSON is written here";
                Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "not-supported", what))
            }
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_next_page_brings_its_search() {
        let params = Params::read("subject=Patient%2F1&_count=2&_count=3").unwrap();
        let place = Place { time: 7, n: -8, name: "x".to_owned(), as_of: 9 };
        let next = Params::read(&params.next(&place)).unwrap();
        assert_eq!(next.pairs, params.pairs);
        assert_eq!(next.after, Some(place));
        assert_eq!(next.one("subject").unwrap(), Some("Patient/1"));
        assert!(next.one("_count").is_err());
    }

    #[test]
    fn a_strange_place_is_refused() {
        for text in ["_page=", "_page=%00", "_page=e30", "_page=AAAA"] {
            assert!(Params::read(text).is_err(), "{text}");
        }
    }
}
