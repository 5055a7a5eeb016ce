//! What the page Trends says is what the clinic's copy of the answers comes to, reckoned here from
//! the answers themselves; days without an answer stay gaps, late answers are hollow and in no mean.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::harness::look::looked_at;
use crate::harness::{Engine, Reader, World, promise};

/// Days since 1970-01-01.
pub(super) fn number(day: &str) -> Option<i64> {
    let mut parts = day.split('-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    // Civil from days, the other way round: March is the first month of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// A daily scale by day: (value, late).
pub(super) fn scale(responses: &[Value], link: &str) -> BTreeMap<i64, (i64, bool)> {
    let one = |response: &Value| {
        let extension = |name: &str| {
            let all = response.get("extension")?.as_array()?;
            all.iter().find(|one| one["url"].as_str().is_some_and(|url| url.ends_with(name))).cloned()
        };
        let day = extension("/diary-day")?.get("valueDate")?.as_str().and_then(number)?;
        let late = extension("/late").is_some_and(|late| late["valueBoolean"] == true);
        let item = response.get("item")?.as_array()?.iter().find(|item| item["linkId"] == link)?;
        Some((day, (item["answer"][0]["valueInteger"].as_i64()?, late)))
    };
    responses.iter().filter_map(one).collect()
}

/// Sum and number of the answers on time.
pub(super) fn on_time(pain: &BTreeMap<i64, (i64, bool)>, first: i64, last: i64) -> (i64, i64) {
    let values = pain.range(first..=last).filter(|(_, (_, late))| !late);
    values.fold((0, 0), |(sum, n), (_, (value, _))| (sum + value, n + 1))
}

/// "4.2" of a sum and a number, rounded half up, without a zero after the point.
pub(super) fn said((sum, n): (i64, i64)) -> String {
    let tenths = (20 * sum + n).div_euclid(2 * n);
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// How many subpaths of a class are drawn.
fn drawn(class: &str) -> String {
    format!("return (document.querySelector('.{class}')?.getAttribute('d') || '').split('M').length - 1")
}

async fn honest(world: &mut World) -> Result<()> {
    let patient = world.clinic.demonstrate().await?;
    let code = world.code(&patient).await?;
    world.pair(&code).await?;
    world.all_is_sent().await?;
    world.open("/trends").await?;
    let browser = &world.browser;
    browser.says("Infusion series 2").await?;

    let reader = Reader::of(world, &patient).await?;
    let pain = scale(&reader.all("QuestionnaireResponse").await?, "pain-average");
    ensure!(pain.len() > 60, "{} days", pain.len());
    let clock = "const four = new Date(Date.now() - 4 * 3600e3), two = (n) => String(n).padStart(2, '0');
        return `${four.getFullYear()}-${two(four.getMonth() + 1)}-${two(four.getDate())}`";
    let today = browser.ask(clock).await?;
    let today = today.as_str().and_then(number).context("no day")?;
    let first = reader.all("MedicationAdministration").await?;
    let starts =
        first.iter().filter_map(|one| one["effectivePeriod"]["start"].as_str()?.get(..10).and_then(number));
    let starts: Vec<i64> = starts.collect();
    let latest = starts.iter().copied().filter(|day| today - day < 40).min().context("no series")?;

    let (before, week) = (on_time(&pain, latest - 7, latest - 1), on_time(&pain, today - 6, today));
    ensure!(before.1 >= 4 && week.1 >= 4, "the demonstration has too few answers: {before:?}, {week:?}");
    browser.says(&format!("In the last 7 days your pain averaged {}.", said(week))).await?;
    browser.says(&format!("In the week before your infusions it was {}", said(before))).await?;
    // In whole per cent, cut: (before - week) / before.
    let percent = 100 * (before.0 * week.1 - week.0 * before.1) / (before.0 * week.1);
    ensure!(percent > 0, "the demonstration's pain is not lower: {percent}");
    browser.says(&format!("{percent} % lower")).await?;

    let shown = pain.range(latest - 7..=today);
    let late = shown.clone().filter(|(_, (_, late))| *late).count();
    let days: Vec<i64> = shown.filter(|(_, (_, late))| !late).map(|(day, _)| *day).collect();
    let runs = days.chunk_by(|a, b| b - a == 1).filter(|run| run.len() > 1).count();
    let count = async |class: &str| Ok::<_, anyhow::Error>(browser.ask(&drawn(class)).await?.as_u64());
    ensure!(count("c-line").await? == Some(runs as u64), "{runs} runs, drawn {:?}", count("c-line").await?);
    ensure!(
        count("c-hollow").await?.unwrap_or(0) == late as u64,
        "{late} late, drawn {:?}",
        count("c-hollow").await?
    );
    ensure!(count("c-mark").await? == Some(5), "five infusions, drawn {:?}", count("c-mark").await?);

    browser.press("radio", "All").await?;
    browser.says("10 infusions").await?;
    browser.says("Your series beside each other").await?;
    browser.says("Infusion series 1").await?;
    browser.press("radio", "Sleep").await?;
    browser.says("no meaningful change is published").await?;
    look(world).await
}

/// Its top, its middle and its end.
async fn look(world: &World) -> Result<()> {
    let places = [
        "scrollTo(0, 0)",
        "scrollTo(0, document.body.scrollHeight / 2)",
        "scrollTo(0, document.body.scrollHeight)",
    ];
    looked_at(world, "/trends", "PEG", "trends", &places).await
}

#[tokio::test(flavor = "multi_thread")]
async fn change_is_shown_honestly() -> Result<()> {
    promise("change_is_shown_honestly", Engine::Chromium, 6, honest).await
}
