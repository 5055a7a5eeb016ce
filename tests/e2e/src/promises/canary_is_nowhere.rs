//! What a person writes and who they are stands in no address, no history, no console and no log.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::corrected_offline_twice::correct;
use crate::harness::search::in_file;
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, promise};

/// Written as the reason of a correction; it stands nowhere else.
const WORD: &str = "Qanary7qReason";

#[tokio::test(flavor = "multi_thread")]
async fn canary_is_nowhere() -> Result<()> {
    promise("canary_is_nowhere", Engine::Chromium, 4, async |world| {
        let patient = world.patient("QZ").await?;
        let code = world.code(&patient).await?;
        world.pair(&code).await?;
        let reader = Reader::of(world, &patient).await?;
        world.open("/").await?;
        world.browser.begin_check_in().await?;
        world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
        world.browser.done().await?;
        let held = until("the clinic holds it", async || {
            Ok(reader.all("QuestionnaireResponse").await?.into_iter().next())
        });
        let id = held.await?["id"].as_str().context("no id")?.to_owned();
        correct(&world.browser, 9, WORD).await?;
        until("the clinic holds the reason", async || {
            let all = reader.all("QuestionnaireResponse").await?;
            Ok(all.iter().any(|one| one.to_string().contains(WORD)).then_some(()))
        })
        .await?;
        for page in ["/diary", "/sync", "/settings", "/help", "/"] {
            world.open(page).await?;
            world.browser.heading().await?;
        }

        // The patient's own id stands in addresses of the clinic's: it says who, to the clinic alone.
        let written = [WORD, code.as_str()];
        let person = [WORD, code.as_str(), patient.as_str(), "QZ"];
        nowhere(&visited(&world.browser).await?, &person, "the history")?;
        nowhere(&titles(&world.browser).await?, &person, "titles and notifications")?;
        nowhere(&asked(&world.browser).await?, &written, "addresses that were asked")?;
        let console = world.browser.session().browser_log().await?;
        nowhere(&format!("{console:?}"), &[WORD, &code, &patient, &id], "the console")?;
        let log = std::fs::read_to_string(world.folder.join("clinic.log"))?;
        ensure!(log.contains("answered"), "the clinic logged nothing: {log}");
        nowhere(&log, &[WORD, &code, &patient, &id], "the clinic's log")?;
        world.browser.quit().await?;
        let profile = world.browser.profile();
        // The link that was opened stays in the browser's own list, and with it a code that is used up.
        let person = [WORD, patient.as_str()];
        for file in ["History", "History-journal", "Favicons", "Top Sites", "Visited Links", "Shortcuts"] {
            let found = in_file(&profile.join("Default").join(file), &person);
            ensure!(found.is_empty(), "{found:?}");
        }
        ensure!(profile.join("Default/History").is_file(), "the browser kept no history to look at");
        let net = std::fs::read_to_string(world.browser.net_log())?;
        // It notes an address with its fragment, which no request carries.
        nowhere(&net, &[WORD], "the browser's record of its requests")
    })
    .await
}

/// Addresses and titles that Back leads through.
async fn visited(browser: &Browser) -> Result<String> {
    let history = browser.cdp("Page.getNavigationHistory", json!({})).await?;
    let entries = history.get("entries").and_then(Value::as_array).context("no history")?;
    ensure!(entries.len() > 3, "only {} pages in the history", entries.len());
    // What was typed (here: the clinic's link) the browser remembers beside the address; no page can
    // change that, and the code in it is used up.
    let told = |entry: &Value| format!("{} {}", entry["url"], entry["title"]);
    Ok(entries.iter().map(told).collect::<Vec<_>>().join(" "))
}

/// The page's title, and all notifications that its worker shows.
async fn titles(browser: &Browser) -> Result<String> {
    let script = "const worker = await navigator.serviceWorker.getRegistration();
        const shown = worker ? await worker.getNotifications() : [];
        return JSON.stringify([document.title, history.state, shown.map((one) => [one.title, one.body, one.data])])";
    Ok(browser.ask(script).await?.to_string())
}

/// Every address the page asked, and those its worker keeps.
async fn asked(browser: &Browser) -> Result<String> {
    let script = "const kept = [];
        for (const name of await caches.keys()) {
            for (const one of await (await caches.open(name)).keys()) kept.push(one.url);
        }
        const asked = performance.getEntries().map((one) => one.name);
        return JSON.stringify([location.href, document.referrer, asked, kept, Object.entries(localStorage),
            Object.entries(sessionStorage), document.cookie])";
    Ok(browser.ask(script).await?.to_string())
}

fn nowhere(text: &str, canaries: &[&str], place: &str) -> Result<()> {
    for canary in canaries {
        ensure!(!text.contains(canary), "{canary} stands in {place}");
    }
    Ok(())
}
