//! Erased is erased: on the phone, at the clinic, in its copies, and for every phone that still has it.

use anyhow::{Context as _, Result, ensure};

use super::corrected_offline_twice::correct;
use super::moved_by_a_file::{another_phone, connect, send};
use crate::harness::search::holding;
use crate::harness::{Browser, Engine, Reader, World, promise};

/// Words that stand nowhere else.
const CANARY: &str = "zwölf quirlige Dachse";

/// What the browser keeps for the app: databases, buckets, caches, storage, workers.
const KEPT: &str = "const names = (await indexedDB.databases()).map((one) => one.name);
    return [names, (await navigator.storageBuckets?.keys()) ?? [], await caches.keys(), localStorage.length, sessionStorage.length,
            (await navigator.serviceWorker.getRegistrations()).length]";

async fn nothing_is_kept(world: &World) -> Result<()> {
    let kept = world.browser.ask(KEPT).await?;
    ensure!(kept == serde_json::json!([[], [], [], 0, 0, 0]), "left: {kept}");
    ensure!(world.browser.session().get_all_cookies().await?.is_empty(), "a cookie is left");
    Ok(())
}

/// No file of the browser's has the words, and started again it knows of no diary.
async fn the_phone_is_empty(world: &mut World) -> Result<()> {
    world.browser.quit().await?;
    let left = holding(world.browser.profile(), &[CANARY])?;
    ensure!(left.is_empty(), "the profile still has it: {left:?}");
    world.browser.reopen().await?;
    world.open("/").await?;
    world.browser.says("New here, or used Interlude before?").await?;
    let text = world.browser.text().await?;
    ensure!(!text.contains("This browser held a diary before"), "it remembers a diary");
    Ok(())
}

async fn answered_with_words(world: &World) -> Result<()> {
    world.open("/").await?;
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    world.browser.done().await?;
    correct(&world.browser, 9, CANARY).await
}

/// An old phone still has it, and may keep it; but nothing of it goes up any more.
async fn brings_nothing_back(world: &World, old: &Browser) -> Result<()> {
    let sync = format!("{}/sync", world.proxy.url());
    old.open(&sync).await?;
    old.press("button", "Send now").await?;
    old.says("This diary was erased at the clinic").await?;
    correct(old, 2, "once more").await?;
    old.open(&sync).await?;
    old.says("This diary was erased at the clinic").await?;
    let again = world.patient("QZ").await?;
    old.open("about:blank").await?;
    old.open(&format!("{}/#pair={}", world.proxy.url(), world.code(&again).await?)).await?;
    old.says("This diary is another patient's").await?;
    let reader = Reader::of(world, &again).await?;
    ensure!(reader.all("QuestionnaireResponse").await?.is_empty(), "erased data came back");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_is_erased() -> Result<()> {
    promise("erased_is_erased", Engine::Chromium, 8, async |world| {
        let patient = world.patient("QZ").await?;
        world.pair(&world.code(&patient).await?).await?;
        world.browser.ready_for_offline().await?;
        let mut old = another_phone(world, "old-phone").await?;
        old.is_new_here().await?;
        connect(world, &old, &patient).await?;
        answered_with_words(world).await?;
        send(world, &world.browser).await?;
        send(world, &old).await?;
        old.open(&format!("{}/diary", world.proxy.url())).await?;
        old.says("Daily check-in").await?;
        ensure!(
            !holding(world.clinic.data(), &[CANARY])?.is_empty(),
            "the canary must be seen while it is there"
        );
        let copy = world.folder.join("copy.sqlite");
        std::fs::remove_file(&copy).unwrap_or_default();
        let copied = copy.to_str().context("a plain path")?;
        world.clinic.command(&["backup", copied]).await?;

        world.open("/erase").await?;
        world.browser.press("button", "Go on").await?;
        world.browser.says("Please choose what happens at the clinic").await?;
        world.browser.press("radio", "The clinic erases it too").await?;
        world.browser.press("button", "Go on").await?;
        world.browser.press("button", "Erase for good").await?;
        world.browser.says("Everything is erased").await?;
        world.browser.says("The clinic erased what it had").await?;
        nothing_is_kept(world).await?;
        let left = holding(world.clinic.data(), &[CANARY])?;
        ensure!(left.is_empty(), "the clinic still has it in {left:?}");

        brings_nothing_back(world, &old).await?;

        // Nor does a copy that was made before bring it back.
        world.clinic.kill().await?;
        world.clinic.command(&["restore", copied]).await?;
        let left = holding(world.clinic.data(), &[CANARY])?;
        ensure!(left.is_empty(), "the restored store has it in {left:?}");
        old.quit().await?;

        world.clinic.come_back().await?;
        the_phone_is_empty(world).await
    })
    .await
}

/// Records that the clinic holds of a patient: every version of the entries, and the consents.
async fn records(reader: &Reader, patient: &str) -> Result<usize> {
    let (status, consents) = reader.get(&format!("Consent?patient=Patient/{patient}")).await?;
    let mut count = consents["entry"].as_array().with_context(|| format!("{status} {consents}"))?.len();
    for one in reader.all("QuestionnaireResponse").await? {
        count += reader.versions(&one).await?.len();
    }
    Ok(count)
}

async fn the_clinic_keeps_what_it_has(world: &mut World) -> Result<()> {
    let patient = world.patient("QZ").await?;
    world.pair(&world.code(&patient).await?).await?;
    world.browser.ready_for_offline().await?;
    answered_with_words(world).await?;
    send(world, &world.browser).await?;
    let phones =
        async || Ok::<_, anyhow::Error>(world.clinic.command(&["revoke", &patient]).await?.lines().count());
    let reader = Reader::of(world, &patient).await?;
    ensure!(phones().await? == 2, "phone and reader are paired");
    let held = records(&reader, &patient).await?;
    ensure!(held == 3, "an entry, its correction and a consent: {held}");

    world.open("/erase").await?;
    world.browser.press("radio", "The clinic keeps what it has").await?;
    world.browser.says("It stays part of your record there").await?;
    world.browser.press("button", "Go on").await?;
    world.browser.says("Erase this diary from this phone for good?").await?;
    world.browser.press("button", "Erase for good").await?;
    world.browser.says("Everything is erased").await?;
    world.browser.says("The clinic keeps what it has, ").await?;
    world.browser.says(&format!(": {held} records, corrections counted. This phone has no access")).await?;
    world.browser.says("Mark of this receipt: ").await?;
    nothing_is_kept(world).await?;
    ensure!(phones().await? == 1, "the phone's access goes on");
    let kept = reader.all("QuestionnaireResponse").await?;
    ensure!(kept.iter().any(|one| one.to_string().contains(CANARY)), "the clinic lost it");
    world.clinic.command(&["verify-audit"]).await?;
    the_phone_is_empty(world).await?;

    // What the clinic kept is the person's still: it comes back with a new code.
    world.pair(&world.code(&patient).await?).await?;
    send(world, &world.browser).await?;
    world.open("/diary").await?;
    world.browser.press("link", "Daily check-in…").await?;
    world.browser.says(CANARY).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_keeps_what_it_has_in_chromium() -> Result<()> {
    promise("the_clinic_keeps_what_it_has", Engine::Chromium, 6, the_clinic_keeps_what_it_has).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clinic_keeps_what_it_has_in_firefox() -> Result<()> {
    promise("the_clinic_keeps_what_it_has", Engine::Firefox, 6, the_clinic_keeps_what_it_has).await
}
