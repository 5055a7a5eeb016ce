//! A phone that holds one patient's diary takes neither the backup file nor the code of another, nor does
//! a diary that came out of a file take another's code: both stay as they are.

use anyhow::{Result, ensure};
use tempfile::TempDir;

use super::moved_by_a_file::{another_phone, bring, connect, keep, page, send};
use crate::harness::{Browser, Engine, Reader, Weather, World, promise};
use crate::kills::store::Snapshot;

async fn peg(world: &World, phone: &Browser, numbers: [u8; 3]) -> Result<()> {
    page(world, phone, "/fill/peg").await?;
    for number in numbers {
        phone.rate(number).await?;
    }
    phone.says("checked by reading it back").await?;
    phone.done().await
}

/// What lies in this phone's store, as somebody else reads it.
async fn store(phone: &Browser) -> Result<String> {
    Snapshot::of(phone).await.map(|found| format!("{found:#?}"))
}

/// Follows a link that is another patient's.
async fn is_refused(world: &World, phone: &Browser, patient: &str) -> Result<()> {
    let code = world.code(patient).await?;
    phone.open("about:blank").await?;
    phone.open(&format!("{}/#pair={code}", world.proxy.url())).await?;
    phone.says("This diary is another patient's").await
}

async fn held(reader: &Reader) -> Result<usize> {
    Ok(reader.all("QuestionnaireResponse").await?.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_patients_file_is_refused() -> Result<()> {
    promise("another_patients_file", Engine::Chromium, 6, async |world| {
        let files = TempDir::new()?;
        let (mine, other) = (world.patient("MR").await?, world.patient("ZZ").await?);
        world.pair(&world.code(&mine).await?).await?;
        let (own, stranger) = (Reader::of(world, &mine).await?, Reader::of(world, &other).await?);
        peg(world, &world.browser, [6, 5, 4]).await?;
        send(world, &world.browser).await?;
        world.browser.ready_for_offline().await?;
        let mut theirs = another_phone(world, "theirs").await?;
        theirs.is_new_here().await?;
        connect(world, &theirs, &other).await?;
        peg(world, &theirs, [9, 9, 9]).await?;
        send(world, &theirs).await?;
        let file = keep(world, &theirs, files.path()).await?;
        theirs.quit().await?;

        // One entry waits and one form is begun, with no network: nothing else moves meanwhile.
        world.proxy.set(Weather::Cut);
        peg(world, &world.browser, [1, 2, 3]).await?;
        world.open("/fill/peg").await?;
        world.browser.rate(7).await?;
        world.browser.says("7, kept on this phone").await?;
        page(world, &world.browser, "/move").await?;
        let before = store(&world.browser).await?;
        bring(&world.browser, &file).await?;
        world.browser.says("This is the diary of another person (ZZ at ").await?;
        let after = store(&world.browser).await?;
        ensure!(before == after, "before: {before}\nafter: {after}");

        world.proxy.set(Weather::Clear);
        is_refused(world, &world.browser, &other).await?;
        send(world, &world.browser).await?;
        ensure!((held(&own).await?, held(&stranger).await?) == (2, 1), "an entry went astray, or none went");
        world.open("/fill/peg").await?;
        world.browser.says("Before this: 7").await?;

        let mut new = another_phone(world, "from-a-file").await?;
        new.is_new_here().await?;
        page(world, &new, "/move").await?;
        bring(&new, &file).await?;
        // The entry, and the yes that it was sent with.
        new.says("2 entries added").await?;
        is_refused(world, &new, &mine).await?;
        page(world, &new, "/diary").await?;
        new.says("Pain impact (PEG)").await?;
        connect(world, &new, &other).await?;
        send(world, &new).await?;
        ensure!((held(&own).await?, held(&stranger).await?) == (2, 1), "an entry went astray, or twice");
        new.quit().await
    })
    .await
}
