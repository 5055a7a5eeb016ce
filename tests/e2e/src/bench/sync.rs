//! A year of entries made with no network, then sent; and one more.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::table::Row;
use super::{ROUNDS, check_in_of_today, today, watch, world};
use crate::harness::filler::HURRY;
use crate::harness::wait::{until, within};
use crate::harness::{Browser, Reader, Weather, World};

/// Revisions in the phone's journal, counted by the browser.
pub(crate) const ENTRIES: &str = "const open = indexedDB.open('interlude');
    const store = await new Promise((yes, no) => { open.onsuccess = () => yes(open.result); open.onerror = () => no(open.error) });
    const count = store.transaction('entries').objectStore('entries').count();
    const n = await new Promise((yes) => { count.onsuccess = () => yes(count.result) });
    store.close();
    return n;";

/// Taps through check-ins about past days, six questions each, faster than a person. With `sent` it
/// waits until Today says that the clinic had everything: how long that took from the tap on Done.
const QUICK: &str = "window.quick = async (path, sent) => {
        const link = Object.assign(document.createElement('a'), { href: path });
        document.body.append(link); link.click(); link.remove();
        const limit = performance.now() + 15000;
        const wait = async (ready) => { while (!ready()) {
            if (performance.now() > limit) throw 'it says: ' + document.body.innerText;
            await new Promise((next) => setTimeout(next, 2));
        } };
        const line = () => (document.body.innerText.match(/Question (\\d) of 6/) || [])[1];
        for (let question = 1; question <= 6; question++) {
            await wait(() => line() === String(question));
            window.later(500);
            const radio = document.querySelectorAll('main input[type=radio]')[(question * 3) % 11];
            radio.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
        }
        await wait(() => document.body.innerText.includes('checked by reading it back'));
        window.later(500);
        const start = performance.now();
        [...document.querySelectorAll('button, a')].find((one) => one.innerText.trim() === 'Done').click();
        // By what it says: Chromium passes over changes of the address beyond 200 in ten seconds.
        await wait(() => document.querySelector('h1')?.innerText === 'Today');
        window.nowAgain();
        if (!sent) return 0;
        await wait(() => document.body.innerText.includes('The clinic had everything'));
        return performance.now() - start;
    };";

/// What a request takes on its way there and back.
const ROUND_TRIP: Duration = Duration::from_millis(150);

/// Times a sync inside the page: from the press to the words.
const TIMED: &str = "const start = performance.now();
    [...document.querySelectorAll('button')].find((one) => one.innerText.trim() === 'Send now').click();
    while (!document.body.innerText.includes('Nothing waits')) await new Promise((next) => setTimeout(next, 4));
    return performance.now() - start;";

/// A year in one go, then one entry.
pub(super) async fn year() -> Result<Vec<Row>> {
    let world = world("year").await?;
    let browser = &world.browser;
    let patient = world.patient("MR").await?;
    watch(browser, HURRY).await?;
    watch(browser, QUICK).await?;
    world.pair(&world.code(&patient).await?).await?;
    world.all_is_sent().await?;
    browser.ready_for_offline().await?;
    // Pairing is behind it: the last list of the comparison, and what the clinic says of itself.
    until("both sides were compared, and the clinic asked about itself", async || {
        let asked = world.proxy.requests();
        let all = ["/fhir/Consent?", "/fhir/Organization/"]
            .iter()
            .all(|part| asked.iter().any(|line| line.contains(part)));
        Ok(all.then_some(()))
    })
    .await?;
    let today = today(browser).await?;
    world.proxy.set(Weather::Cut);
    for back in 1..=365 {
        quick(browser, today - back).await?;
    }
    let (time, requests, sent) = timed(&world).await?;
    let reader = Reader::of(&world, &patient).await?;
    let held = reader.all("QuestionnaireResponse").await?.len();
    ensure!(held == 365, "the clinic holds {held}");

    let (mut ones, mut most) = (Vec::new(), 0.0_f64);
    for more in (0..).take(ROUNDS) {
        world.proxy.forget();
        world.proxy.set(Weather::Slow(ROUND_TRIP));
        let day = super::check_in_of(today - 400 - more);
        let time = browser.ask(&format!("return await window.quick('{day}', true)")).await?;
        ones.push(time.as_f64().context("no time")?);
        most = most.max(requests_of(&world)?);
        world.proxy.set(Weather::Clear);
    }
    Ok(vec![
        Row::most("365 entries made offline, then synced", "ms", 1500.0, time, &[]),
        Row::most("… requests, with the pull", "", 8.0, requests, &[]),
        Row::most("… sent", "KB", 100.0, sent, &[]),
        Row::most("one more entry synced", "ms", 450.0, super::table::median(&ones), &ones),
        Row::most("… requests", "", 1.0, most, &[]),
    ])
}

async fn quick(browser: &Browser, day: i64) -> Result<()> {
    browser.ask(&format!("await window.quick('{}')", super::check_in_of(day))).await?;
    Ok(())
}

/// One sync over round trips of 150 ms: milliseconds, requests, KB sent.
async fn timed(world: &World) -> Result<(f64, f64, f64)> {
    world.open("/sync").await?;
    world.browser.part("button", "Send now").await?;
    world.proxy.forget();
    world.proxy.set(Weather::Slow(ROUND_TRIP));
    let time = world.browser.ask(TIMED).await?.as_f64().context("no time")?;
    let sent = u32::try_from(world.proxy.sent()).map_or(f64::MAX, f64::from) / 1024.0;
    let requests = requests_of(world)?;
    world.proxy.set(Weather::Clear);
    Ok((time, requests, sent))
}

/// How often the clinic's FHIR base was asked since the proxy forgot.
fn requests_of(world: &World) -> Result<f64> {
    let asked = world.proxy.requests().iter().filter(|line| line.contains("/fhir")).count();
    Ok(f64::from(u32::try_from(asked)?))
}

/// Gives the clinic `count` entries of a patient, told by another phone: copies of one that a phone
/// really sent, with ids, days and times of their own, so many `a_day`.
pub(crate) async fn fill_clinic(world: &World, patient: &str, count: u32, a_day: u32) -> Result<()> {
    let browser = &world.browser;
    world.open(&check_in_of_today(browser).await?).await?;
    browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    browser.done().await?;
    let reader = Reader::of(world, patient).await?;
    let first = until("the clinic holds one", async || {
        Ok(reader.all("QuestionnaireResponse").await?.into_iter().next())
    });
    let model = first.await?;
    let mut n = 0;
    while n < count {
        let batch: Vec<Value> =
            (n..count.min(n + 64)).map(|at| copy(&model, at, a_day)).collect::<Result<_>>()?;
        n += u32::try_from(batch.len())?;
        within(Duration::from_secs(60), "a batch is stored", async || Ok(Some(reader.put(&batch).await?)))
            .await?;
    }
    Ok(())
}

/// One copy of a response, so many a day, going back from 2020.
fn copy(model: &Value, at: u32, a_day: u32) -> Result<Value> {
    let day = date(18_262 - i64::from(at / a_day));
    let word = |name: &str| model.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut text = model.to_string().replace(&word("id"), &format!("0190a000-0000-7000-8000-{at:012x}"));
    let extensions = model.get("extension").and_then(Value::as_array).context("no extensions")?;
    for one in extensions {
        let url = one.get("url").and_then(Value::as_str).unwrap_or_default();
        let old = one
            .get("valueString")
            .or_else(|| one.get("valueDate"))
            .and_then(Value::as_str)
            .unwrap_or_default();
        match url.rsplit('/').next() {
            Some("revision") => text = text.replace(old, &format!("0190a000-0000-7000-9000-{at:012x}")),
            Some("occasion") => text = text.replace(old, &format!("0/bench/{at}/day")),
            Some("diary-day") => text = text.replace(old, &day),
            _ => {}
        }
    }
    let mut copied: Value = serde_json::from_str(&text)?;
    if let Some(fields) = copied.as_object_mut() {
        fields.remove("meta");
        fields.insert("authored".to_owned(), json!(format!("{day}T08:00:00.000Z")));
    }
    Ok(copied)
}

/// A civil date from days since 1970 (Howard Hinnant's arithmetic).
fn date(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (year_of_era + era * 400, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{month:02}-{day:02}", if month <= 2 { year + 1 } else { year })
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_civil() {
        assert_eq!([date(0), date(18_262), date(11_016)], ["1970-01-01", "2020-01-01", "2000-02-29"]);
    }
}
