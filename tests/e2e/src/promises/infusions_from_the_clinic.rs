//! A series that the clinic plans and writes down is on the phone and in Trends; what the person corrected
//! of it is not overwritten; nothing of either is lost.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use thirtyfour::By;

use crate::harness::wait::until;
use crate::harness::{Engine, Reader, World, promise};

const GIVEN: &str = "completed, 0.5 mg/kg, 40 minutes, told by your clinic";
const UNTOLD: &str = "planned; how it went was not told yet, 0.5 mg/kg, 40 minutes, told by your clinic";
const AHEAD: &str = "planned, 0.5 mg/kg, 40 minutes, told by your clinic";

/// The date so many days ago, as the phone's diary counts days.
async fn date(world: &World, ago: i32) -> Result<String> {
    let script = "const day = new Date(Date.now() - 4 * 3600e3 - arguments[0] * 864e5);
        const two = (n) => String(n).padStart(2, '0');
        return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`";
    let said = world.browser.session().execute(script, vec![json!(ago)]).await?;
    said.json().as_str().map(str::to_owned).context("no date")
}

/// Asks the clinic for what is new, and waits until Trends lists the infusions so, by day.
async fn trends_lists(world: &World, expected: &[&str]) -> Result<()> {
    world.open("/sync").await?;
    world.browser.press("button", "Send now").await?;
    // Within the app: a page that is loaded anew would leave the question behind.
    world.browser.press("link", "Trends").await?;
    world.browser.says("Your infusions").await?;
    let mut last = String::new();
    let same = until("the infusions are listed so", async || {
        let rows =
            "return [...document.querySelectorAll('.answers dd')].map((one) => one.innerText).join('\\n')";
        last = world.browser.ask(rows).await?.as_str().unwrap_or_default().to_owned();
        Ok((last == expected.join("\n")).then_some(()))
    });
    same.await.with_context(|| format!("listed are:\n{last}"))
}

/// Waits until "Next" has led to words that are not a question any more.
async fn next_until(world: &World, words: &str) -> Result<()> {
    until(&format!("Next leads to “{words}”"), async || {
        if world.browser.text().await?.contains(words) {
            return Ok(Some(()));
        }
        if let Some(button) = world.browser.parts("button", Some("Next")).await?.into_iter().next() {
            button.tap().await?;
        }
        Ok(None)
    })
    .await
}

/// The person tells that the infusion of this day was stopped early.
pub(super) async fn tell(world: &World, day: &str) -> Result<()> {
    world.open("/fill/infusion-session").await?;
    let browser = &world.browser;
    browser.says("On which day was the infusion").await?;
    let field =
        browser.parts("date", None).await?.into_iter().next().context("no date is asked for")?.element;
    let typed = "arguments[0].value = arguments[1];
        for (const name of ['input', 'change']) arguments[0].dispatchEvent(new Event(name, { bubbles: true }))";
    browser.session().execute(typed, vec![field.to_json()?, json!(day)]).await?;
    next_until(world, "How did it go?").await?;
    browser.pick("Stopped early").await?;
    next_until(world, "checked by reading it back").await?;
    browser.done().await
}

/// And later that it took 25 minutes.
async fn correct(world: &World) -> Result<()> {
    let browser = &world.browser;
    browser.press_named("Correct").await?;
    next_until(world, "How many minutes did it last?").await?;
    browser.session().find(By::Css("input[inputmode=numeric]")).await?.send_keys("25").await?;
    next_until(world, "Why do you correct it?").await?;
    browser.write("textbox", "Reason", "I looked it up").await?;
    until("the correction is kept", async || {
        if browser.text().await?.contains("The correction is in your diary") {
            return Ok(Some(()));
        }
        if browser.has("button", "Save the correction").await? {
            browser.press("button", "Save the correction").await?;
        }
        Ok(None)
    })
    .await?;
    browser.done().await
}

async fn infusions(world: &mut World) -> Result<()> {
    let patient = world.patient("IN").await?;
    world.pair(&world.code(&patient).await?).await?;
    world.all_is_sent().await?;
    let at = async |ago: i32| Ok::<_, anyhow::Error>(format!("{}T09:30:00+00:00", date(world, ago).await?));
    let how = ["--minutes", "40", "--dose", "0.5"];
    let first = at(5).await?;
    let plan = ["infusion", "add", &patient, "--start", &first, "--outcome", "planned", "--days", "5"];
    let plans = world.clinic.command(&[&plan[..], &how].concat()).await?;
    let plans: Vec<&str> = plans.lines().collect();
    world.clinic.command(&[&["infusion", "add", &patient, "--start", &first], &how[..]].concat()).await?;
    trends_lists(world, &[GIVEN, UNTOLD, UNTOLD, UNTOLD, UNTOLD]).await?;

    // Told by the person where the clinic has only a plan; then the clinic's record of that date counts.
    tell(world, &date(world, 4).await?).await?;
    trends_lists(world, &[GIVEN, "stopped early, told by you", UNTOLD, UNTOLD, UNTOLD]).await?;
    world.all_is_sent().await?;
    let second = at(4).await?;
    world.clinic.command(&[&["infusion", "add", &patient, "--start", &second], &how[..]].concat()).await?;
    trends_lists(world, &[GIVEN, GIVEN, UNTOLD, UNTOLD, UNTOLD]).await?;
    world.browser.press("link", "Diary").await?;
    world.browser.press("link", "Infusion session…").await?;
    world.browser.says("the clinic's record counts. Yours is kept.").await?;

    // What the person corrects after that is not overwritten, however often the clinic is asked.
    correct(world).await?;
    world.all_is_sent().await?;
    let mine = "stopped early, 25 minutes, told by you";
    trends_lists(world, &[GIVEN, mine, UNTOLD, UNTOLD, UNTOLD]).await?;
    let reader = Reader::of(world, &patient).await?;
    let (theirs, told) =
        (reader.all("MedicationAdministration").await?, reader.all("QuestionnaireResponse").await?);
    ensure!(theirs.len() == 2 && told.len() == 1, "{} and {}", theirs.len(), told.len());
    ensure!(told.iter().all(|one| one["status"] == "amended"), "{told:?}");

    // Shifted, shortened, and a record that was a mistake.
    let (tomorrow, last) = (at(-1).await?, plans.last().context("no plan")?);
    world.clinic.command(&["infusion", "change", &patient, last, "--start", &tomorrow]).await?;
    let third = plans.get(2).context("no third")?;
    world.clinic.command(&["infusion", "change", &patient, third, "--outcome", "cancelled"]).await?;
    trends_lists(world, &[GIVEN, mine, UNTOLD, AHEAD]).await?;
    world.browser.press("link", "Diary").await?;
    world.browser.press("link", "Infusion, as the clinic wrote it down…").await
}

#[tokio::test(flavor = "multi_thread")]
async fn infusions_from_the_clinic_in_chromium() -> Result<()> {
    promise("infusions_from_the_clinic", Engine::Chromium, 6, infusions).await
}
