//! A reminder says what is true, on a day that is answered too; one that cannot come is told, with what to
//! do about it; and nothing about anybody travels with it.

use anyhow::{Context as _, Result, ensure};
use interlude_clinic::store::{SqliteStore, Store as _};
use interlude_diary::calendar::LocalDay;
use tempfile::TempDir;

use crate::harness::files::saved;
use crate::harness::push::PushService;
use crate::harness::wait::until;
use crate::harness::{Browser, Desk, Engine, World, promise};

/// Waits for a notice with this title; what stands below it.
async fn notice(browser: &Browser, title: &str) -> Result<String> {
    let mut last = None;
    let shown = until(&format!("the notice “{title}”"), async || {
        last = browser.notice().await?;
        Ok(last.clone().filter(|(of, _)| of == title).map(|(_, text)| text))
    })
    .await;
    shown.with_context(|| format!("shown is {last:?}"))
}

async fn no_notice(browser: &Browser) -> Result<()> {
    until("the notice goes", async || Ok(browser.notices().await?.is_empty().then_some(()))).await
}

async fn badge(browser: &Browser, is: &str) -> Result<()> {
    until(&format!("the icon's mark is {is}"), async || {
        let found = browser.ask("return localStorage.getItem('test-badge')").await?;
        Ok((found.as_str() == Some(is)).then_some(()))
    })
    .await
}

async fn a_paired_phone(world: &mut World) -> Result<PushService> {
    let service = PushService::start().await?;
    world.clinic.let_push_to(service.origin()).await?;
    world.subscribes_at(&service).await?;
    let patient = world.patient("MR").await?;
    let code = world.code(&patient).await?;
    world.pair(&code).await?;
    world.all_is_sent().await?;
    world.browser.ready_for_offline().await?;
    Ok(service)
}

async fn turned_on_and_tested(world: &World, service: &PushService) -> Result<()> {
    let browser = &world.browser;
    world.open("/settings").await?;
    browser.press("button", "Turn these reminders on").await?;
    browser.says("Reminders are on.").await?;
    ensure!(service.sent().is_empty(), "something was sent before it was asked for");
    browser.press("button", "Send me a test").await?;
    browser.says("The test is on its way.").await?;
    let sent = service.sent().pop().context("nothing was sent")?;
    ensure!(sent.line == "POST /this-phone" && sent.bytes == 0, "{sent:?}");
    let key = browser.ask("return localStorage.getItem('test-key')").await?;
    let key = key.as_str().context("no key")?;
    ensure!(sent.authorization.ends_with(&format!(", k={key}")), "{sent:?} is not signed by {key}");
    world.deliver_shown().await?;
    ensure!(notice(browser, "This is a test").await? == "Reminders reach this phone.");
    Ok(())
}

async fn true_before_and_after(world: &World) -> Result<()> {
    let browser = &world.browser;
    world.open("/").await?;
    badge(browser, "set").await?;
    world.deliver_shown().await?;
    let open = notice(browser, "Interlude").await?;
    ensure!(open.contains("If you have answered them, there is nothing to do."), "{open}");
    browser.begin_check_in().await?;
    browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    // Before anybody leaves the form: an app that is closed now knows as well.
    no_notice(browser).await?;
    badge(browser, "clear").await?;
    browser.done().await?;
    world.deliver_shown().await?;
    notice(browser, "Today is saved").await?;
    no_notice(browser).await
}

async fn what_does_not_come_is_told(world: &World) -> Result<()> {
    let browser = &world.browser;
    world.notices_are("denied").await?;
    world.open("/").await?;
    browser.part("heading", "Reminders do not reach this phone").await?;
    browser.says("Notifications are not allowed for Interlude.").await?;
    world.notices_are("granted").await?;
    browser.ask("localStorage.removeItem('test-key')").await?;
    world.open("/").await?;
    browser.says("The browser or the clinic ended them.").await?;
    browser.press("link", "Reminders in Settings").await?;
    browser.press("button", "Turn these reminders off").await?;
    browser.says("Reminders from your clinic are off.").await?;
    browser.press("button", "Turn these reminders on").await?;
    browser.says("Reminders are on.").await?;
    world.open("/").await?;
    browser.part("heading", "Today").await?;
    browser.part("heading", "Daily check-in").await?;
    ensure!(!browser.text().await?.contains("Reminders do not reach"), "it was mended");
    Ok(())
}

/// Three of the clinic's rounds: each push was taken by the service, and none arrived.
async fn three_days_of_silence(world: &mut World) -> Result<()> {
    world.clinic.kill().await?;
    let store = SqliteStore::open(&world.clinic.data().join("clinic.sqlite"), "unused", 0).await?;
    let set = store.reminders().await?.pop().context("no reminder is set")?;
    for day in 0..3 {
        store.reminded(set.token, LocalDay::from_number(20_000 + day), true).await?;
    }
    store.close().await?;
    world.clinic.come_back().await?;
    world.open("/").await?;
    let browser = &world.browser;
    browser.part("heading", "Reminders do not reach this phone").await?;
    browser.says("The last three that your clinic sent did not arrive here.").await?;
    browser.press("link", "Reminders in Settings").await?;
    browser.press("button", "Send me a test").await?;
    browser.says("The test is on its way.").await?;
    world.deliver_shown().await?;
    notice(browser, "This is a test").await?;
    until("it is told as mended", async || {
        world.open("/").await?;
        browser.part("heading", "Daily check-in").await?;
        Ok((!browser.text().await?.contains("Reminders do not reach")).then_some(()))
    })
    .await
}

/// A tap on the notice brings the app back: the page that is open, or a new one where there is none.
#[tokio::test(flavor = "multi_thread")]
async fn a_tapped_reminder_opens_the_app() -> Result<()> {
    promise("a_tapped_reminder_opens_the_app", Engine::Chromium, 4, async |world| {
        let desk = Desk::start().await?;
        world.browser.move_to(&desk).await?;
        let service = a_paired_phone(world).await?;
        world.notices_are("granted").await?;
        world.open("/settings").await?;
        let browser = &world.browser;
        browser.press("button", "Turn these reminders on").await?;
        browser.says("Reminders are on.").await?;
        let session = browser.session();
        let page = session.window().await?;

        // The app is open, behind something else.
        let other = session.new_tab().await?;
        session.switch_to_window(other.clone()).await?;
        browser.cdp("Page.bringToFront", serde_json::json!({})).await?;
        world.deliver().await?;
        let shown = desk.shows("Interlude").await?;
        for never in ["pain", "ketamin", "infusion", "sleep", "MR"] {
            ensure!(!shown.text.contains(never), "{shown:?}");
        }
        ensure!(browser.in_front().await? == "about:blank", "the app is not behind the other page");
        desk.tap(&shown).await?;
        let settings = format!("{}/settings", world.proxy.url());
        until("the app is in front", async || Ok((browser.in_front().await? == settings).then_some(())))
            .await?;
        until("the notice is gone", async || Ok(desk.shown().is_empty().then_some(()))).await?;
        ensure!(session.windows().await?.len() == 2, "one more page was opened");

        // It is not open.
        session.switch_to_window(page).await?;
        session.close_window().await?;
        session.switch_to_window(other.clone()).await?;
        // What the browser was told by the page that closed went with it.
        world.notices_are("granted").await?;
        world.deliver().await?;
        let shown = desk.shows("Interlude").await?;
        desk.tap(&shown).await?;
        let new = until("the app opens", async || {
            Ok(session.windows().await?.into_iter().find(|one| *one != other))
        })
        .await?;
        session.switch_to_window(new).await?;
        browser.part("heading", "Daily check-in").await?;
        let path = browser.ask("return location.pathname").await?;
        ensure!(path == "/", "it opened at {path}");
        ensure!(desk.shown().is_empty(), "{:?}", desk.shown());
        drop(service);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_do_not_lie() -> Result<()> {
    promise("reminders_do_not_lie", Engine::Chromium, 4, async |world| {
        let service = a_paired_phone(world).await?;
        world.notices_are("granted").await?;
        turned_on_and_tested(world, &service).await?;
        true_before_and_after(world).await?;
        what_does_not_come_is_told(world).await?;
        three_days_of_silence(world).await?;
        let browser = &world.browser;
        world.open("/settings").await?;
        browser.press("button", "Turn these reminders off").await?;
        browser.says("Reminders from your clinic are off.").await?;
        let left = "return [(await caches.keys()).includes('reminders'), localStorage.getItem('test-key')]";
        ensure!(browser.ask(left).await? == serde_json::json!([false, null]), "something was left");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_reminds_with_no_clinic() -> Result<()> {
    promise("the_calendar_reminds", Engine::Chromium, 2, async |world| {
        let folder = TempDir::new()?;
        world.open("/").await?;
        let browser = &world.browser;
        browser.is_new_here().await?;
        browser.saves_into(folder.path()).await?;
        world.open("/settings").await?;
        browser.says("For this, connect a clinic first.").await?;
        let chosen = "const at = document.getElementById('remind-at');
            at.value = '07:05';
            at.dispatchEvent(new Event('change', { bubbles: true }));
            return at.type";
        ensure!(browser.ask(chosen).await? == "time", "the phone's own control");
        browser.press("button", "Make the calendar file").await?;
        browser.says("The file is made: every day at 07:05").await?;
        let text = std::fs::read_to_string(saved(folder.path(), "interlude-reminder.ics").await?)?;
        ensure!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("T070500\r\n"), "{text}");
        let mut last = String::new();
        until("the time is kept", async || {
            world.open("/settings").await?;
            browser.part("heading", "Reminders").await?;
            let found = browser.ask("return document.getElementById('remind-at').value").await?;
            last = found.to_string();
            Ok((found == "07:05").then_some(()))
        })
        .await
        .with_context(|| last.clone())
    })
    .await
}
