//! Forms of others are asked as they are written, or refused before the first question.
#![expect(clippy::print_stderr, reason = "the list of forms is part of the answer")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::harness::filler::{Ended, HURRY};
use crate::harness::site::Site;
use crate::harness::wait::until;
use crate::harness::{Engine, Reader, World, place, promise, rules, schema};

/// Of the 55, at least so many are completed.
const COMPLETED: usize = 45;

fn forms() -> Result<Vec<PathBuf>> {
    let folder = place::fixtures().join("questionnaires");
    let all = std::fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files: Vec<_> = all.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "json"));
    files.sort();
    Ok(files)
}

#[tokio::test(flavor = "multi_thread")]
async fn fixtures_complete() -> Result<()> {
    promise("fixtures_complete", Engine::Chromium, 20, async |world| {
        let files = forms()?;
        ensure!(files.len() == 55, "{} forms", files.len());
        let site = Site::copy()?;
        for (at, file) in files.iter().enumerate() {
            site.add_form(&format!("fixture-{at}"), file)?;
        }
        world.clinic.serve_instead(site.path()).await?;
        world.browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HURRY })).await?;
        let patient = world.patient("MR").await?;
        world.pair(&world.code(&patient).await?).await?;
        let reader = Reader::of(world, &patient).await?;
        let judge = schema::of("QuestionnaireResponse")?;
        let (mut seen, mut report) = (BTreeMap::new(), Vec::new());
        for (at, file) in files.iter().enumerate() {
            let form: Value = serde_json::from_slice(&std::fs::read(file)?)?;
            let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let said = match one(world, &reader, &judge, at, &form, &mut seen).await {
                Ok(Ended::Recorded) => "completed".to_owned(),
                Ok(Ended::Refused(why)) => {
                    format!("refused: {}", why.split_whitespace().collect::<Vec<_>>().join(" "))
                }
                Err(why) => {
                    world.browser.keep_evidence().await;
                    format!("FAILED: {why:#}")
                }
            };
            eprintln!("{:>2} {name}: {said}", at + 1);
            report.push(said);
        }
        let failed = report.iter().filter(|said| said.starts_with("FAILED")).count();
        let completed = report.iter().filter(|said| *said == "completed").count();
        eprintln!("{completed} completed, {} refused, {failed} failed", report.len() - completed - failed);
        ensure!(failed == 0 && completed >= COMPLETED, "{completed} completed, {failed} failed");
        Ok(())
    })
    .await
}

/// Completes one form and judges what the clinic then holds.
async fn one(
    world: &World,
    reader: &Reader,
    judge: &jsonschema::Validator,
    at: usize,
    form: &Value,
    seen: &mut BTreeMap<String, ()>,
) -> Result<Ended> {
    world.open(&format!("/fill/fixture-{at}")).await?;
    let ended = world.browser.complete().await?;
    if ended != Ended::Recorded {
        return Ok(ended);
    }
    world.browser.done().await?;
    let response = until("the clinic holds the response", async || {
        let all = reader.all("QuestionnaireResponse").await?;
        let id = |one: &Value| one.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(all.into_iter().find(|one| !seen.contains_key(&id(one))).map(|one| (id(&one), one)))
    })
    .await;
    let (id, response) = response?;
    seen.insert(id, ());
    let mut wrong = schema::complaints(judge, &response);
    wrong.extend(rules::broken(form, &response));
    ensure!(wrong.is_empty(), "{wrong:?} in {response}");
    Ok(Ended::Recorded)
}
