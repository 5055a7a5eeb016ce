//! Two phones of one patient answer one occasion and correct one entry, each without the other: they
//! come to show the same, say so, and a choice on one is seen on both.

use anyhow::{Context as _, Result, ensure};

use super::corrected_offline_twice::{correct, worst};
use super::moved_by_a_file::{another_phone, connect, first_answer, send};
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, Weather, World, promise};

/// Opens every answer of the day and says of each: its pain at worst, and whether it counts.
async fn answers(world: &World, phone: &Browser) -> Result<Vec<(u64, bool)>> {
    let mut found = Vec::new();
    for at in 0..2 {
        open(world, phone, at).await?;
        let counts = phone.text().await?.contains("This one counts.");
        found.push((first_answer(phone).await?.context("no answers")?, counts));
    }
    found.sort_unstable();
    Ok(found)
}

async fn open(world: &World, phone: &Browser, at: usize) -> Result<()> {
    phone.open(&format!("{}/diary", world.proxy.url())).await?;
    until("both answers are in the diary", async || {
        let links = phone.parts("link", Some("Daily check-in…")).await?;
        if links.len() != 2 {
            return Ok(None);
        }
        let link = links.into_iter().nth(at).context("two links")?;
        ensure!(link.name.contains("also answered on another phone"), "{}", link.name);
        link.tap().await?;
        Ok(Some(()))
    })
    .await?;
    phone.says("History").await
}

async fn both_send(world: &World, phones: [&Browser; 2]) -> Result<()> {
    for phone in phones.into_iter().chain(phones) {
        send(world, phone).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_agree() -> Result<()> {
    promise("two_phones_agree", Engine::Chromium, 8, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        world.browser.ready_for_offline().await?;
        let mut other = another_phone(world, "other-phone").await?;
        other.is_new_here().await?;
        connect(world, &other, &patient).await?;
        both_send(world, [&world.browser, &other]).await?;

        // One occasion, answered on both.
        world.proxy.set(Weather::Cut);
        for (phone, numbers) in [(&world.browser, [7, 5, 4, 6, 3, 2, 5]), (&other, [1, 1, 1, 1, 1, 1, 1])] {
            phone.open(&world.proxy.url()).await?;
            phone.begin_check_in().await?;
            phone.check_in(numbers).await?;
            phone.done().await?;
        }
        world.proxy.set(Weather::Clear);
        both_send(world, [&world.browser, &other]).await?;
        let (here, there) = (answers(world, &world.browser).await?, answers(world, &other).await?);
        ensure!(here == there, "{here:?} {there:?}");
        ensure!(here.iter().filter(|(_, counts)| *counts).count() == 1, "{here:?}");
        let spare = here.iter().find(|(_, counts)| !counts).map(|(pain, _)| *pain).context("no spare")?;

        // The person lets the other one count, on either phone: both say so, and so does the clinic.
        for at in 0..2 {
            open(world, &other, at).await?;
            if other.text().await?.contains("The other one counts.") {
                other.press("button", "Let these answers count").await?;
                other.says("The other one counts, with these same answers").await?;
                break;
            }
        }
        both_send(world, [&other, &world.browser]).await?;
        let (here, there) = (answers(world, &world.browser).await?, answers(world, &other).await?);
        ensure!(here == there, "after the choice: {here:?} {there:?}");
        ensure!(here == [(spare, false), (spare, true)], "{here:?}, not {spare}");
        let reader = Reader::of(world, &patient).await?;
        let held: Vec<_> = reader.all("QuestionnaireResponse").await?.iter().filter_map(worst).collect();
        ensure!(held == [spare; 2], "the clinic holds {held:?}");
        other.quit().await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_corrections_of_one_entry_agree() -> Result<()> {
    promise("two_corrections_of_one_entry_agree", Engine::Chromium, 8, async |world| {
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        world.browser.ready_for_offline().await?;
        world.open("/").await?;
        world.browser.begin_check_in().await?;
        world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
        world.browser.done().await?;
        send(world, &world.browser).await?;
        let mut other = another_phone(world, "other-phone").await?;
        other.is_new_here().await?;
        connect(world, &other, &patient).await?;
        send(world, &other).await?;
        other.open(&format!("{}/diary", world.proxy.url())).await?;
        other.says("Daily check-in").await?;

        world.proxy.set(Weather::Cut);
        correct(&world.browser, 9, "It was worse").await?;
        correct(&other, 2, "It was better").await?;
        world.proxy.set(Weather::Clear);
        both_send(world, [&world.browser, &other]).await?;
        let mut shown = Vec::new();
        for phone in [&world.browser, &other] {
            phone.open(&format!("{}/diary", world.proxy.url())).await?;
            phone.press("link", "Daily check-in…").await?;
            phone.says("History").await?;
            let said = phone.text().await?;
            ensure!(said.contains("It was worse") && said.contains("It was better"), "{said}");
            shown.push(first_answer(phone).await?);
        }
        let reader = Reader::of(world, &patient).await?;
        let held: Vec<_> = reader.all("QuestionnaireResponse").await?.iter().map(worst).collect();
        ensure!(held.len() == 1 && shown == [held[0], held[0]], "phones {shown:?}, clinic {held:?}");
        other.quit().await
    })
    .await
}
