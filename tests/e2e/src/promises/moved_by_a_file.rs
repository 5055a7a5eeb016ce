//! A diary moves by a locked file: the same on the new phone, twice as once, nothing lost when both go
//! on, and nothing changed by a file that will not do.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use super::corrected_offline_twice::{correct, worst};
use crate::harness::files::saved;
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, Weather, World, promise};

const WORDS: &str = "otter lantern seven gravel";

/// A second phone, with nothing on it.
pub(super) async fn another_phone(world: &World, name: &str) -> Result<Browser> {
    let folder = world.folder.join(name);
    std::fs::create_dir_all(&folder)?;
    let phone = Browser::start(Engine::Chromium, "en-US", &folder).await?;
    phone.open(&world.proxy.url()).await?;
    phone.ready_for_offline().await?;
    Ok(phone)
}

/// Follows a clinic's link on a phone that has a diary already, and says yes.
pub(super) async fn connect(world: &World, phone: &Browser, patient: &str) -> Result<()> {
    let code = world.code(patient).await?;
    // A link that differs in its fragment alone would not load the page anew.
    phone.open("about:blank").await?;
    phone.open(&format!("{}/#pair={code}", world.proxy.url())).await?;
    phone.says("What may be sent?").await?;
    phone.press("button", "Yes, send them").await?;
    phone.says("Connected").await
}

/// Sends and fetches, until nothing waits and nothing more is asked for.
pub(super) async fn send(world: &World, phone: &Browser) -> Result<()> {
    phone.open(&format!("{}/sync", world.proxy.url())).await?;
    phone.part("button", "Send now").await?;
    world.proxy.forget();
    phone.press("button", "Send now").await?;
    phone.says("Nothing waits").await?;
    let (mut before, mut looks) = (0, 0);
    until("all that was asked for has come", async || {
        let requests = world.proxy.requests();
        // The last kind that is listed.
        let listed = requests.iter().any(|line| line.starts_with("GET /fhir/MedicationRequest"));
        looks = if listed && requests.len() == before { looks + 1 } else { 0 };
        before = requests.len();
        Ok((looks >= 75).then_some(()))
    })
    .await
}

/// Opens a page of the app.
pub(super) async fn page(world: &World, phone: &Browser, path: &str) -> Result<()> {
    phone.open(&format!("{}{path}", world.proxy.url())).await
}

/// A backup file under [`WORDS`].
pub(super) async fn keep(world: &World, phone: &Browser, folder: &Path) -> Result<std::path::PathBuf> {
    phone.saves_into(folder).await?;
    page(world, phone, "/move").await?;
    phone.write("password", "Passphrase", WORDS).await?;
    phone.write("password", "The same once more", "otter lantern seven grovel").await?;
    phone.press("button", "Save the file").await?;
    phone.says("The two are not the same").await?;
    phone.write("password", "The same once more", WORDS).await?;
    phone.press("button", "Save the file").await?;
    phone.says("The browser was given").await?;
    saved(folder, ".interlude").await
}

/// Brings a file in that these words open.
async fn bring_by(phone: &Browser, file: &Path, words: &str) -> Result<()> {
    phone.give("backup-file", file).await?;
    phone.write("password", "The passphrase of this file", words).await?;
    phone.press("button", "Bring it in").await
}

/// Brings in a file of [`keep`].
pub(super) async fn bring(phone: &Browser, file: &Path) -> Result<()> {
    bring_by(phone, file, WORDS).await
}

/// What the page of the one entry says between heading and foot, without what this phone did itself.
pub(super) async fn entry_says(world: &World, phone: &Browser) -> Result<String> {
    page(world, phone, "/diary").await?;
    phone.press("link", "Daily check-in…").await?;
    phone.says("History").await?;
    phone.text().await
}

#[tokio::test(flavor = "multi_thread")]
async fn moved_by_a_file() -> Result<()> {
    promise("moved_by_a_file", Engine::Chromium, 8, async |world| {
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
        correct(&world.browser, 8, "I mixed up the days").await?;
        let file = keep(world, &world.browser, files.path()).await?;

        page(world, &new, "/welcome").await?;
        new.press_named("I used it before").await?;
        new.press("button", "I have a backup file").await?;
        refused(&new, &file, files.path()).await?;
        bring(&new, &file).await?;
        new.says("1 entry added").await?;
        let (old_says, new_says) = (entry_says(world, &world.browser).await?, entry_says(world, &new).await?);
        ensure!(old_says == new_says, "old: {old_says}\nnew: {new_says}");
        ensure!(new_says.contains("I mixed up the days"), "{new_says}");
        page(world, &new, "/move").await?;
        bring(&new, &file).await?;
        new.says("Everything in the file was here already").await?;
        ensure!(entry_says(world, &new).await? == new_says, "a second time changed something");

        // Both go on, each without the other, and then both send.
        correct(&world.browser, 9, "It was worse").await?;
        correct(&new, 2, "It was better").await?;
        world.proxy.set(Weather::Clear);
        let patient = world.patient("MR").await?;
        let reader = Reader::of(world, &patient).await?;
        connect(world, &world.browser, &patient).await?;
        connect(world, &new, &patient).await?;
        for phone in [&world.browser, &new, &world.browser] {
            send(world, phone).await?;
        }
        let held = reader.all("QuestionnaireResponse").await?;
        ensure!(held.len() == 1, "{} responses", held.len());
        let versions = reader.versions(held.first().context("none")?).await?;
        let mut numbers: Vec<u64> = versions.iter().filter_map(|row| worst(&row["resource"])).collect();
        numbers.sort_unstable();
        numbers.dedup();
        ensure!(numbers == [2, 7, 8, 9], "something was lost: {numbers:?}");
        let (old_says, new_says) = (entry_says(world, &world.browser).await?, entry_says(world, &new).await?);
        for words in ["It was worse", "It was better", "I mixed up the days"] {
            ensure!(old_says.contains(words) && new_says.contains(words), "{words}: {old_says} {new_says}");
        }
        let clinic = held.first().and_then(worst);
        let shown = (first_answer(&world.browser).await?, first_answer(&new).await?);
        ensure!(shown == (clinic, clinic), "the phones show {shown:?}; the clinic has {clinic:?}");
        new.quit().await
    })
    .await
}

/// The first answer of an entry's page: pain at its worst.
pub(super) async fn first_answer(phone: &Browser) -> Result<Option<u64>> {
    let said = phone.ask("return document.querySelector('dl.answers dd').innerText").await?;
    Ok(said.as_str().and_then(|said| said.trim().parse().ok()))
}

/// Files that will not do, and words that are not the file's: a clear sentence, and nothing changed.
async fn refused(new: &Browser, file: &Path, folder: &Path) -> Result<()> {
    let whole = std::fs::read(file)?;
    let mut altered = whole.clone();
    if let Some(byte) = altered.last_mut() {
        *byte ^= 1;
    }
    let half = whole.get(..whole.len() / 2).unwrap_or_default().to_vec();
    let bad = [
        ("half", half, "The file is not whole"),
        ("words", b"these are words".to_vec(), "This is no backup file of Interlude"),
    ];
    for (name, bytes, says) in bad {
        let path = folder.join(name);
        std::fs::write(&path, bytes)?;
        new.give("backup-file", &path).await?;
        new.says(says).await?;
    }
    bring_by(new, file, "otter lantern seven grave").await?;
    new.says("It does not open").await?;
    let path = folder.join("altered");
    std::fs::write(&path, altered)?;
    bring(new, &path).await?;
    new.says("It does not open").await?;
    let entries = new.ask(
        "const open = indexedDB.open('interlude'); await new Promise((done) => open.onsuccess = done);
         const all = open.result.transaction('entries').objectStore('entries').count();
         await new Promise((done) => all.onsuccess = done); open.result.close(); return all.result",
    );
    ensure!(entries.await? == 0, "something was written");
    Ok(())
}
