//! The clinic itself: its name, its number, and what it says on the cards of red flags.

use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use interlude_fhir::organization::{self, Organization};

use super::bundle;
use crate::app::App;
use crate::auth::Session;
use crate::problem::Problem;
use crate::routes::{Interaction, Route};

/// Its row.
pub(crate) fn route() -> Route {
    Route::on("Organization", Interaction::Read, get(read))
}

/// `GET Organization/clinic`.
///
/// # Errors
/// Not found for any other id.
pub async fn read(
    State(app): State<App>,
    _session: Session,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    if id != organization::ID {
        return Err(Problem::not_found());
    }
    Ok(bundle::fhir(organization::write(&of(&app).await?)))
}

/// The clinic as its settings and its store have it. The number for every card in every language is the
/// clinic's own, whatever the server was started with.
pub(super) async fn of(app: &App) -> Result<Organization, Problem> {
    let mut cards = app.store.cards().await?;
    let usual = cards.iter_mut().find(|card| card.rule.is_none() && card.language.is_none());
    let phone = usual.and_then(|card| card.phone.take());
    cards.retain(|card| card.text.is_some() || card.phone.is_some());
    let started_with = || Some(app.config.clinic_phone.clone()).filter(|phone| !phone.is_empty());
    Ok(Organization { name: app.config.clinic_name.clone(), phone: phone.or_else(started_with), cards })
}
