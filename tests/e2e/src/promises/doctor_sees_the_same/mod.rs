//! What a doctor gets, on paper or as a file, is what the clinic's copy of the answers comes to: reckoned
//! here from the answers themselves, and the same on the page, in the table and in the Bundle.

mod look;
mod paper;
mod reckon;

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::files::saved;
use crate::harness::wait::until;
use crate::harness::{Browser, Engine, Reader, World, promise, schema};
use reckon::{Figure, Reckoned};

/// Which entries are in the phone's journal.
const IDS: &str = "const open = indexedDB.open('interlude');
    const store = await new Promise((yes, no) => { open.onsuccess = () => yes(open.result); open.onerror = () => no(open.error) });
    const all = store.transaction('entries').objectStore('entries').getAll();
    const ids = await new Promise((yes) => { all.onsuccess = () => yes(all.result.map((one) => one.id)) });
    store.close();
    return ids;";

/// From the demonstration's diary to its sheet.
async fn sheet(world: &mut World) -> Result<String> {
    let patient = world.clinic.demonstrate().await?;
    let code = world.code(&patient).await?;
    world.pair(&code).await?;
    world.all_is_sent().await?;
    let reader = Reader::of(world, &patient).await?;
    let mut there = Vec::new();
    for kind in ["QuestionnaireResponse", "MedicationAdministration", "MedicationRequest"] {
        there.extend(reader.all(kind).await?.into_iter().map(|mut resource| resource["id"].take()));
    }
    // By name: what this phone has of its own counts too.
    until("the whole diary is here", async || {
        let here = world.browser.ask(IDS).await?;
        let here: Vec<&Value> = here.as_array().into_iter().flatten().collect();
        Ok(there.iter().all(|id| here.contains(&id)).then_some(()))
    })
    .await?;
    world.open("/trends").await?;
    world.browser.press("link", "For my doctor").await?;
    world.browser.says("Diary between ketamine infusions").await?;
    world.browser.says("Change since the time before").await?;
    Ok(patient)
}

/// Saves a file into a folder of its own.
async fn save(browser: &Browser, folder: &Path, button: &str, ending: &str) -> Result<Vec<u8>> {
    browser.saves_into(folder).await?;
    browser.press("button", button).await?;
    let file = saved(folder, ending).await?;
    Ok(std::fs::read(file)?)
}

/// Opens what is folded away, where it is.
async fn unfold(browser: &Browser, name: &str) -> Result<()> {
    let open = format!(
        "return [...document.querySelectorAll('summary')].some((one) => one.innerText.trim() === '{name}' && one.parentNode.open)"
    );
    if browser.ask(&open).await? == false {
        browser.press("button", name).await?;
    }
    Ok(())
}

/// Both files of numbers.
async fn numbers(browser: &Browser) -> Result<(String, Value)> {
    unfold(browser, "As a file").await?;
    let mut all = Vec::new();
    for _time in 0..2 {
        let folder = TempDir::new()?;
        let table = save(browser, folder.path(), "Numbers as a table (CSV)", ".csv").await?;
        let bundle = save(browser, folder.path(), "Numbers as FHIR", ".fhir.json").await?;
        all.push((table, bundle));
    }
    for (first, second) in all.iter().zip(all.iter().skip(1)) {
        for (name, first, second) in [("table", &first.0, &second.0), ("Bundle", &first.1, &second.1)] {
            let at = first.iter().zip(second).position(|(one, other)| one != other);
            ensure!(first == second, "a second time gave another {name}, from byte {at:?}");
        }
    }
    let (table, bundle) = all.pop().context("no files")?;
    Ok((String::from_utf8(table)?, serde_json::from_slice(&bundle)?))
}

/// The cells of the table's row for a figure, by column.
fn row(table: &str, wanted: &[(&str, &str)]) -> Result<Vec<(String, String)>> {
    let mut lines =
        table.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').map(str::to_owned));
    let columns: Vec<String> = lines.next().context("no columns")?.collect();
    let mut rows = lines.map(|cells| columns.iter().cloned().zip(cells).collect::<Vec<_>>());
    let is = |row: &Vec<(String, String)>| {
        wanted.iter().all(|(column, value)| row.iter().any(|(of, is)| of == column && is == value))
    };
    rows.find(is).with_context(|| format!("no row {wanted:?}"))
}

fn cell(row: &[(String, String)], column: &str) -> String {
    row.iter().find(|(of, _)| of == column).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// A component of an Observation.
fn part<'a>(one: &'a Value, code: &str) -> &'a Value {
    let parts = one["component"].as_array().map_or(&[][..], Vec::as_slice);
    parts.iter().find(|part| part["code"]["coding"][0]["code"] == code).unwrap_or(&Value::Null)
}

fn coded<'a>(one: &'a Value, code: &str) -> Option<&'a str> {
    part(one, code)["valueCodeableConcept"]["coding"][0]["code"].as_str()
}

/// One figure on the page, in the table and in the Bundle.
async fn agrees(browser: &Browser, table: &str, bundle: &[Value], figure: &Figure) -> Result<()> {
    let Figure { series, score, at, value, of, late, percent } = figure;
    let script = format!(
        "return document.querySelector('[data-series=\"{series}\"] tr[data-score={score}] td[data-at={at}]').innerText"
    );
    let said = browser.ask(&script).await?.as_str().unwrap_or_default().replace('\u{a0}', " ");
    let mut wanted = vec![value.clone()];
    if let Some((answers, days)) = of {
        wanted.push(format!("{answers} of {days} days"));
    }
    wanted.extend((*late > 0).then(|| format!("{late} late, left out")));
    let way =
        |percent: &i64| format!("{} % {}", percent.abs(), if *percent < 0 { "lower" } else { "higher" });
    wanted.extend(percent.as_ref().map(way));
    for words in &wanted {
        ensure!(said.contains(words.as_str()), "{figure:?}: the page says {said}, not {words}");
    }

    let (series, what) = (series.to_string(), if at == "before" { "before" } else { "after" });
    let mut key = vec![("what", what), ("series", series.as_str()), ("item", score)];
    key.extend((at != "before").then_some(("at", at.as_str())));
    let row = row(table, &key)?;
    ensure!(cell(&row, "value") == *value, "{figure:?}: the table has {row:?}");
    let is_of = |one: &&Value| {
        part(one, "series")["valueInteger"].as_u64().map(|n| n.to_string()) == Some(series.clone())
            && coded(one, "score") == Some(score)
            && coded(one, "at") == Some(at)
    };
    let one = bundle.iter().find(is_of).with_context(|| format!("{figure:?}: not in the Bundle"))?;
    let held: Value = serde_json::from_str(value)?;
    ensure!(one["valueQuantity"]["value"] == held, "{figure:?}: the Bundle has {one}");
    if let Some((answers, days)) = of {
        for (column, code, wanted) in
            [("on_time", "on-time", answers), ("days", "days", days), ("late", "late", late)]
        {
            ensure!(cell(&row, column) == wanted.to_string(), "{figure:?}: {column} in the table: {row:?}");
            ensure!(part(one, code)["valueInteger"] == *wanted, "{figure:?}: {code} in the Bundle: {one}");
        }
    }
    if let Some(percent) = percent {
        ensure!(cell(&row, "percent") == percent.to_string(), "{figure:?}: percent in the table: {row:?}");
        ensure!(part(one, "percent")["valueQuantity"]["value"] == *percent, "{figure:?}: percent: {one}");
    }
    Ok(())
}

/// How often the check-in was answered of the days of the sheet.
async fn counted(browser: &Browser, table: &str, bundle: &[Value], wanted: [i64; 3]) -> Result<()> {
    let cells =
        "return [...document.querySelectorAll('tr[data-form=daily-checkin] td')].map((one) => one.innerText)";
    let said = browser.ask(cells).await?;
    let [asked, on_time, late] = wanted;
    let missing = asked - on_time - late;
    ensure!(
        said == serde_json::json!([asked, on_time, late, missing].map(|n| n.to_string())),
        "{wanted:?}: the page says {said}"
    );
    let row = row(table, &[("what", "answered"), ("item", "daily-checkin")])?;
    let counts = ["days", "on_time", "late"].map(|column| cell(&row, column));
    ensure!(counts == wanted.map(|n| n.to_string()), "{wanted:?}: the table has {row:?}");
    let one = bundle.iter().find(|one| coded(one, "form") == Some("daily-checkin")).context("no counts")?;
    for (code, n) in ["days", "on-time", "late"].into_iter().zip(wanted) {
        ensure!(part(one, code)["valueInteger"] == n, "{wanted:?}: {code}: {one}");
    }
    Ok(())
}

async fn the_same(world: &mut World) -> Result<()> {
    let patient = sheet(world).await?;
    let reckoned = Reckoned::of(world, &patient).await?;
    let browser = &world.browser;
    for period in ["Since the series", "Everything"] {
        browser.press("radio", period).await?;
        browser.part("heading", "Answered of what was asked").await?;
        let (table, bundle) = numbers(browser).await?;
        let judge = schema::of("Bundle")?;
        let complaints = schema::complaints(&judge, &bundle);
        ensure!(complaints.is_empty(), "{complaints:#?}");
        let all: Vec<Value> = bundle["entry"]
            .as_array()
            .context("no entries")?
            .iter()
            .map(|entry| entry["resource"].clone())
            .collect();
        let judge = schema::of("Observation")?;
        let complaints: Vec<String> = all.iter().flat_map(|one| schema::complaints(&judge, one)).collect();
        ensure!(complaints.is_empty(), "{complaints:#?}");
        let whole = period == "Everything";
        counted(browser, &table, &all, reckoned.check_ins(whole)).await?;
        let figures: Vec<Figure> =
            reckoned.figures().into_iter().filter(|figure| whole || figure.series == 2).collect();
        ensure!(figures.len() >= 13, "{} figures", figures.len());
        for figure in &figures {
            agrees(browser, &table, &all, figure).await?;
        }
    }
    effects(browser, &reckoned).await?;
    added(world).await
}

/// Side effects stand with their infusion.
async fn effects(browser: &Browser, reckoned: &Reckoned) -> Result<()> {
    let rows =
        "return [...document.querySelectorAll('[data-series=\"2\"] .s-sessions tbody tr')].map((row) =>
        [row.querySelector('time').dateTime, row.cells[2].innerText])";
    let said = browser.ask(rows).await?;
    ensure!(said.as_array().map(Vec::len) == Some(5), "{said}");
    for (day, codes) in reckoned.effects() {
        let row = said.as_array().into_iter().flatten().find(|row| row[0] == day.as_str());
        let words = row.and_then(|row| row[1].as_str()).with_context(|| format!("no infusion on {day}"))?;
        let told = if codes == ["none"] { 0 } else { codes.len() };
        ensure!(words.matches('(').count() == told, "{day}: {codes:?}, and the sheet says {words}");
    }
    Ok(())
}

/// What the person adds is on the sheet and on this phone, and goes nowhere.
async fn added(world: &World) -> Result<()> {
    let browser = &world.browser;
    unfold(browser, "What you may add").await?;
    let first = browser.ask("return document.getElementById('sheet-name').value").await?;
    ensure!(first == "D.M.", "the clinic's initials: {first}");
    world.proxy.forget();
    browser.write("textbox", "Name on the sheet", "Dana Moss").await?;
    browser.write("textbox", "Your medicines, as you take them", "Pregabalin 75 mg, twice a day").await?;
    browser.write("textbox", "What you want to say or ask", "Is a booster of use?").await?;
    browser.press("switch", "Medicines…").await?;
    browser.says("Medicines, in the patient’s words").await?;
    until("what was added is kept", async || {
        let busy = browser.ask("return document.querySelector('[aria-busy]') !== null").await?;
        Ok((busy == false).then_some(()))
    })
    .await?;
    world.open("/trends/doctor").await?;
    browser.says("Dana Moss").await?;
    browser.says("Pregabalin 75 mg, twice a day").await?;
    let said = browser.text().await?;
    ensure!(
        !said.contains("Notes, in the patient’s words"),
        "a note that was not let onto the sheet: {said}"
    );
    let sent: Vec<String> =
        world.proxy.requests().into_iter().filter(|line| !line.starts_with("GET ")).collect();
    ensure!(sent.is_empty(), "{sent:?}");

    unfold(browser, "As a file").await?;
    let folder = TempDir::new()?;
    let page = String::from_utf8(save(browser, folder.path(), "Save as a page", ".html").await?)?;
    ensure!(page.contains("Pregabalin") && page.contains("<svg"), "{page}");
    for never in ["<script", "http://", "https://", "src="] {
        let at = page
            .find(never)
            .filter(|at| !page.get(*at..).unwrap_or_default().starts_with("http://www.w3.org"));
        ensure!(at.is_none(), "the page holds {never}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_sees_the_same() -> Result<()> {
    promise("doctor_sees_the_same", Engine::Chromium, 6, the_same).await
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_gets_one_sheet_or_two() -> Result<()> {
    promise("doctor_gets_one_sheet_or_two", Engine::Chromium, 6, async |world| {
        sheet(world).await?;
        paper::printed(world).await?;
        look::looked_at_the_sheet(world).await
    })
    .await
}
