//! The code that was written down opens the locked file on a new phone, with no network and however it
//! is typed; no other code does, and forms that were begun come along.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use super::corrected_offline_twice::correct;
use super::moved_by_a_file::{another_phone, entry_says, page};
use crate::harness::files::saved;
use crate::harness::search::in_file;
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Weather, World, promise};

const REASON: &str = "I mixed up the days";

/// A code made for the person, as it is shown.
async fn shown(phone: &Browser) -> Result<String> {
    phone.press("button", "Show a code").await?;
    let code = until("a code is shown", async || {
        let said = phone.ask("return document.getElementById('recovery-code')?.innerText").await?;
        Ok(said.as_str().map(|said| said.trim().to_owned()))
    });
    let code = code.await?;
    let letters = code.chars().filter(char::is_ascii_alphanumeric).count();
    ensure!(letters == 28, "{letters} letters and numbers");
    Ok(code)
}

/// A file that a code opens, and the code.
async fn keep(world: &World, phone: &Browser, folder: &Path) -> Result<(PathBuf, String)> {
    phone.saves_into(folder).await?;
    page(world, phone, "/move").await?;
    phone.press("radio", "A code made for me").await?;
    let code = shown(phone).await?;
    phone.press("button", "I have it. Save the file").await?;
    phone.says("The browser was given").await?;
    ensure!(!phone.text().await?.contains(&code), "the code is shown after it was kept");
    Ok((saved(folder, ".interlude").await?, code))
}

async fn types(phone: &Browser, code: &str) -> Result<()> {
    phone.write("textbox", "The recovery code of this file", code).await?;
    phone.press("button", "Bring it in").await
}

/// The code with its first letter taken for another.
fn slip(code: &str) -> Result<String> {
    let rest = code.get(1..).context("a code of one letter")?;
    Ok(format!("{}{rest}", if code.starts_with('7') { '8' } else { '7' }))
}

#[tokio::test(flavor = "multi_thread")]
async fn opened_by_a_code() -> Result<()> {
    promise("opened_by_a_code", Engine::Chromium, 6, async |world| {
        let files = TempDir::new()?;
        world.open("/").await?;
        world.browser.is_new_here().await?;
        world.browser.ready_for_offline().await?;
        let mut new = another_phone(world, "new-phone").await?;
        // Nothing of this needs a network.
        world.proxy.set(Weather::Cut);
        world.browser.begin_check_in().await?;
        world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
        world.browser.done().await?;
        correct(&world.browser, 8, REASON).await?;
        world.open("/fill/peg").await?;
        world.browser.rate(6).await?;
        world.browser.says("6, kept on this phone").await?;
        let (file, code) = keep(world, &world.browser, files.path()).await?;
        let stranger = shown(&world.browser).await?;
        let clear = in_file(&file, &[REASON, &code, &code.replace('-', "")]);
        ensure!(clear.is_empty(), "in clear: {clear:?}");

        page(world, &new, "/welcome").await?;
        new.press_named("I used it before").await?;
        new.press("button", "I have a backup file").await?;
        new.give("backup-file", &file).await?;
        types(&new, &slip(&code)?).await?;
        new.says("This is not a recovery code").await?;
        types(&new, &stranger).await?;
        new.says("It does not open").await?;
        types(&new, &code.replace('-', "").to_lowercase()).await?;
        new.says("1 entry added").await?;
        let (old_says, new_says) = (entry_says(world, &world.browser).await?, entry_says(world, &new).await?);
        ensure!(old_says == new_says, "old: {old_says}\nnew: {new_says}");
        ensure!(new_says.contains(REASON), "{new_says}");
        page(world, &new, "/fill/peg").await?;
        new.says("Before this: 6").await?;
        new.quit().await
    })
    .await
}
