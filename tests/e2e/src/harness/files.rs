//! Files that a page saves, and files that are given to it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;
use thirtyfour::By;

use super::Browser;
use super::wait::until;

impl Browser {
    /// Lets pages save files into this folder, without asking.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn saves_into(&self, folder: &Path) -> Result<()> {
        let how = json!({ "behavior": "allow", "downloadPath": folder });
        self.cdp("Browser.setDownloadBehavior", how).await.map(drop)
    }

    /// Gives a file to the field with this id.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn give(&self, field: &str, file: &Path) -> Result<()> {
        let field = until("the field for a file", async || {
            Ok(self.session().find_all(By::Id(field)).await?.into_iter().next())
        })
        .await?;
        let path = file.to_str().context("a path of plain letters")?;
        // A file given twice is no change; an emptied field takes it again.
        self.session().execute("arguments[0].value = ''", vec![field.to_json()?]).await?;
        field.send_keys(path).await?;
        Ok(())
    }
}

/// Waits for a whole file in this folder whose name ends so.
///
/// # Errors
/// When none comes.
pub async fn saved(folder: &Path, ending: &str) -> Result<PathBuf> {
    until(&format!("a file that ends in {ending}"), async || {
        let files = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path());
        let mut whole = files.filter(|path| path.to_string_lossy().ends_with(ending));
        Ok(whole.next())
    })
    .await
}
