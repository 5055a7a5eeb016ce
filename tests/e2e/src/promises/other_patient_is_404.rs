//! A phone reaches one patient. Whatever it asks of another is not there.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, promise};

#[tokio::test(flavor = "multi_thread")]
async fn other_patient_is_404() -> Result<()> {
    promise("other_patient_is_404", Engine::Chromium, 3, async |world| {
        let mine = world.patient("MR").await?;
        let other = world.patient("ZZ").await?;
        world.pair(&world.code(&mine).await?).await?;
        world.open("/").await?;
        world.browser.begin_check_in().await?;
        world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
        world.browser.done().await?;
        let own = Reader::of(world, &mine).await?;
        let arrived = until("the clinic holds it", async || {
            Ok(Some(own.all("QuestionnaireResponse").await?).filter(|held| !held.is_empty()))
        });
        let held = arrived.await?;
        let id =
            held.first().and_then(|one| one.get("id")).and_then(Value::as_str).context("nothing arrived")?;

        let stranger = Reader::of(world, &other).await?;
        for path in [
            format!("QuestionnaireResponse/{id}"),
            format!("QuestionnaireResponse/{id}/_history"),
            format!("Patient/{mine}"),
        ] {
            let (status, body) = stranger.get(&path).await?;
            ensure!(status == 404, "{path}: {status} {body}");
        }
        let (_status, found) = stranger.get(&format!("QuestionnaireResponse?subject=Patient/{mine}")).await?;
        ensure!(!found.to_string().contains(id), "a stranger's search finds it");

        // The phone of the first patient is given a code of the second: refused, nothing sent.
        world.open(&format!("/#pair={}", world.code(&other).await?)).await?;
        world.browser.says("This diary is another patient's").await?;
        ensure!(stranger.all("QuestionnaireResponse").await?.is_empty(), "the other patient got something");
        Ok(())
    })
    .await
}
