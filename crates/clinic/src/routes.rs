//! The table of routes: what is done, who may ask for it, and how much of a body is read.
//!
//! The router is made of this table and the capability statement is written from it, so that one
//! cannot do what the other does not say. Each resource's rows stand beside its handlers.

use axum::http::Method;
use axum::routing::MethodRouter;

use crate::api::{
    batch, health, leave, metadata, observation, organization, pair, patient, questionnaire, record, reminder,
};
use crate::app::App;
use crate::site;
use crate::store::Kind;

/// Largest Bundle, in bytes: 64 entries of a phone and room for other clients.
pub const BUNDLE: usize = 4 << 20;
/// Largest single resource, alone or in a Bundle, in bytes.
pub const RESOURCE: usize = 1 << 20;
/// Largest search sent as a form, in bytes: a thousand ids.
pub const SEARCH: usize = 64 << 10;
/// Largest pairing request, in bytes. It is read before anybody has shown a token.
pub const PAIRING: usize = 4 << 10;
/// Largest farewell, in bytes.
pub const LEAVING: usize = 1 << 10;
/// Largest wish to be reminded, in bytes.
pub const REMINDER: usize = 2 << 10;

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody: the answer holds nothing of a diary.
    Anybody,
    /// A phone with a live token, about its own patient.
    Paired,
}

/// What one row is called in FHIR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// No part of the FHIR service.
    Plain,
    /// The capability statement itself.
    Statement,
    /// Bundles, for the service as a whole: `batch` and `transaction`.
    Bundle,
    /// An interaction with one resource type.
    On(&'static str, Interaction),
}

/// An interaction with a resource type, as FHIR's `TypeRestfulInteraction` has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interaction {
    /// The current version.
    Read,
    /// One version.
    Vread,
    /// All versions.
    History,
    /// Search, by `GET`.
    Search,
    /// The same search, sent as a form.
    SearchPost,
    /// Put; where nothing is yet, it is made.
    Update,
}

impl Interaction {
    /// FHIR's code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Vread => "vread",
            Self::History => "history-instance",
            Self::Search | Self::SearchPost => "search-type",
            Self::Update => "update",
        }
    }

    const fn method(self) -> Method {
        match self {
            Self::Read | Self::Vread | Self::History | Self::Search => Method::GET,
            Self::SearchPost => Method::POST,
            Self::Update => Method::PUT,
        }
    }

    const fn below(self) -> &'static str {
        match self {
            Self::Read | Self::Update => "/{id}",
            Self::Vread => "/{id}/_history/{version}",
            Self::History => "/{id}/_history",
            Self::Search => "",
            Self::SearchPost => "/_search",
        }
    }

    const fn largest(self) -> usize {
        match self {
            Self::Read | Self::Vread | Self::History | Self::Search => 0,
            Self::SearchPost => SEARCH,
            Self::Update => RESOURCE,
        }
    }
}

/// One row: a method on a path.
#[derive(Debug, Clone)]
pub struct Route {
    /// The method; `HEAD` is answered wherever `GET` is.
    pub method: Method,
    /// The path, with `{id}` and `{version}` where the address says which.
    pub path: String,
    /// Who may ask.
    pub access: Access,
    /// Largest body that is read, in bytes; 0 where none is.
    pub largest: usize,
    /// What it is in FHIR.
    pub means: Means,
    /// Who answers.
    pub(crate) handler: MethodRouter<App>,
}

impl Route {
    /// A row about diaries: for paired phones alone.
    pub(crate) fn on(resource: &'static str, what: Interaction, handler: MethodRouter<App>) -> Self {
        Self {
            method: what.method(),
            path: format!("/fhir/{resource}{}", what.below()),
            access: Access::Paired,
            largest: what.largest(),
            means: Means::On(resource, what),
            handler,
        }
    }

    /// A row that is no interaction with a resource type. It reads no body and is open to anybody.
    pub(crate) fn other(method: Method, path: &str, means: Means, handler: MethodRouter<App>) -> Self {
        Self { method, path: path.to_owned(), access: Access::Anybody, largest: 0, means, handler }
    }

    /// The same for paired phones alone.
    pub(crate) fn paired(self) -> Self {
        Self { access: Access::Paired, ..self }
    }

    /// The same with a body of at most so many bytes.
    pub(crate) fn reading(self, largest: usize) -> Self {
        Self { largest, ..self }
    }
}

/// Every route there is but the app's own files and pages.
#[must_use]
pub fn table() -> Vec<Route> {
    let mut table = vec![metadata::route()];
    table.extend(batch::routes());
    for kind in Kind::ALL {
        table.extend(record::routes(kind));
    }
    table.extend(observation::routes());
    table.extend(questionnaire::routes());
    table.extend(patient::routes());
    table.push(organization::route());
    table.extend(pair::routes());
    table.push(leave::route());
    table.extend(reminder::routes());
    table.push(health::route());
    table.push(site::route());
    table
}
