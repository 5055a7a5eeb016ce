//! The link that pairs one phone, kept fresh.

use std::time::Duration;

use anyhow::Result;

use super::say;
use crate::app::App;
use crate::code::LIFE_MS;
use crate::store::PatientId;

/// The patient links are printed for: the oldest, or one made now.
pub(super) async fn patient(app: &App) -> Result<PatientId> {
    match app.store.patients().await?.into_iter().next() {
        Some(patient) => Ok(patient.id),
        None => Ok(app.add_patient("N.N.").await?),
    }
}

/// Prints a link now and whenever the last one has expired, for ever.
pub(super) async fn keep_printing(app: App, patient: PatientId, root: String, picture: bool) {
    let life = Duration::from_millis(u64::try_from(LIFE_MS).unwrap_or(600_000));
    loop {
        match app.invite(&patient).await {
            Ok(code) => {
                let link = format!("{root}/#pair={code}");
                say(format_args!("Open {link}"));
                if picture && let Ok(code) = fast_qr::QRBuilder::new(link).build() {
                    say(format_args!("{}", code.to_str()));
                }
            }
            Err(error) => tracing::error!(%error, "no invitation could be made"),
        }
        tokio::time::sleep(life).await;
    }
}
