//! A patient to look at. Seeded in a moment.

use anyhow::Result;

use crate::app::App;

pub(super) async fn seed(app: &App) -> Result<()> {
    app.add_patient("D.M.").await?;
    Ok(())
}
