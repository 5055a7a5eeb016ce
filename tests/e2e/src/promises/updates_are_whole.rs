//! Five builds one after another, with a form open and an entry that waits: whatever goes wrong with
//! an update, every page is one whole build, old or new, and nothing is lost.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::harness::site::Site;
use crate::harness::wait::until;
use crate::harness::{Engine, Weather, World, promise};

/// Which builds the page and its files are of, as the worker gives them.
const BUILDS: &str = "const meta = document.querySelector('meta[name=build]');
    const texts = await Promise.all(['/build-first.txt', '/build-last.txt'].map(async (path) => (await fetch(path)).text()));
    return [meta ? meta.content : '0', ...texts]";

/// Every file of the build that is kept, against the list that the worker itself has.
const WHOLE: &str = "const names = (await caches.keys()).filter((name) => name.startsWith('interlude-'));
    const kept = {};
    for (const name of names) kept[name] = (await (await caches.open(name)).keys()).length;
    return kept";

async fn is_whole(world: &World, number: u32) -> Result<()> {
    world.open("/").await?;
    world.browser.part("heading", "Today").await?;
    let builds = world.browser.ask(BUILDS).await?;
    let wanted = Value::from(vec![number.to_string(); 3]);
    ensure!(builds == wanted, "page and files are of the builds {builds}, not {number}");
    Ok(())
}

/// One entry waits, and one form is half answered.
async fn nothing_is_lost(world: &World) -> Result<()> {
    world.open("/").await?;
    world.browser.says("1 answer is kept. You can go on where you stopped.").await?;
    world.open("/diary").await?;
    world.browser.says("Pain impact (PEG)").await
}

pub(super) async fn look_for_update(world: &World) -> Result<()> {
    // With no network, or a build that is not whole, this is refused; the page does not depend on it.
    let ask = "const found = await navigator.serviceWorker.getRegistration();
        try { await found.update() } catch (why) { return String(why) }
        const worker = found.installing;
        if (!worker) return found.waiting ? 'installed' : 'none';
        return await new Promise((ok) => worker.addEventListener('statechange', () => ok(worker.state)))";
    world.browser.ask(ask).await.map(drop)
}

pub(super) async fn waits(world: &World) -> Result<bool> {
    let ask = "return !!(await navigator.serviceWorker.getRegistration()).waiting";
    Ok(world.browser.ask(ask).await? == json!(true))
}

async fn use_it(world: &World, number: u32) -> Result<()> {
    world.open("/").await?;
    world.browser.press("button", "Use it now").await?;
    // By the page alone: the browser lets no worker in while the one before has files to give.
    let page = format!("return !!document.querySelector('meta[name=build][content=\"{number}\"]')");
    until("the newer build comes", async || {
        Ok((world.browser.ask(&page).await? == json!(true)).then_some(()))
    })
    .await?;
    is_whole(world, number).await?;
    let kept = world.browser.ask(WHOLE).await?;
    let kept = kept.as_object().context("no caches")?;
    ensure!(kept.len() == 1, "more than one build is kept: {kept:?}");
    nothing_is_lost(world).await
}

fn build(number: u32) -> Result<Site> {
    let site = Site::copy()?;
    site.become_build(number)?;
    Ok(site)
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_are_whole() -> Result<()> {
    promise("updates_are_whole", Engine::Chromium, 6, async |world| {
        let builds = (1..=5).map(build).collect::<Result<Vec<_>>>()?;
        let [first, second, third, fourth, fifth] = builds.as_slice() else { anyhow::bail!("five builds") };
        world.clinic.serve_instead(first.path()).await?;
        world.open("/").await?;
        world.browser.is_new_here().await?;
        world.browser.ready_for_offline().await?;
        world.open("/fill/peg").await?;
        for number in [6, 5, 4] {
            world.browser.rate(number).await?;
        }
        world.browser.says("checked by reading it back").await?;
        world.browser.done().await?;
        world.browser.begin_check_in().await?;
        world.browser.rate(7).await?;
        world.browser.says("7, kept on this phone").await?;
        is_whole(world, 1).await?;

        // Offline: nothing comes, and the app is as it was.
        world.clinic.serve_instead(second.path()).await?;
        world.proxy.set(Weather::Cut);
        look_for_update(world).await?;
        is_whole(world, 1).await?;
        nothing_is_lost(world).await?;

        // Half of it can be had: all or nothing.
        world.proxy.set(Weather::Clear);
        let (gone, aside) = (second.file("build-last.txt"), second.file("aside"));
        std::fs::rename(&gone, &aside)?;
        look_for_update(world).await?;
        ensure!(!waits(world).await?, "half a build was taken");
        is_whole(world, 1).await?;
        std::fs::rename(&aside, &gone)?;
        look_for_update(world).await?;
        use_it(world, 2).await?;

        // One byte is another one, in a file and then in the page.
        world.clinic.serve_instead(third.path()).await?;
        for name in ["build-last.txt", "index.html"] {
            let whole = std::fs::read(third.file(name))?;
            let mut flipped = whole.clone();
            *flipped.last_mut().context("an empty file")? ^= 1;
            std::fs::write(third.file(name), flipped)?;
            look_for_update(world).await?;
            ensure!(!waits(world).await?, "a build with a changed byte in {name} was taken");
            is_whole(world, 2).await?;
            std::fs::write(third.file(name), whole)?;
        }
        look_for_update(world).await?;
        use_it(world, 3).await?;

        killed_while_it_comes(world, fourth).await?;
        two_tabs(world, fifth).await
    })
    .await
}

/// Cut off in the middle, by the network and by the death of the browser.
async fn killed_while_it_comes(world: &mut World, fourth: &Site) -> Result<()> {
    world.clinic.serve_instead(fourth.path()).await?;
    world.proxy.set(Weather::Slow(std::time::Duration::from_millis(400)));
    world.browser.ask("(await navigator.serviceWorker.getRegistration()).update(); return 0").await?;
    until("the download has begun", async || {
        let installing = "return !!(await navigator.serviceWorker.getRegistration()).installing";
        Ok((world.browser.ask(installing).await? == json!(true)).then_some(()))
    })
    .await?;
    world.browser.kill().await?;
    world.proxy.set(Weather::Cut);
    world.browser.reopen().await?;
    is_whole(world, 3).await?;
    nothing_is_lost(world).await?;
    world.proxy.set(Weather::Clear);
    look_for_update(world).await?;
    use_it(world, 4).await
}

/// A form is open in one tab: the other cannot let the newer build in, and both stay what they are.
async fn two_tabs(world: &mut World, fifth: &Site) -> Result<()> {
    let session = world.browser.session().clone();
    let first = session.window().await?;
    let second = session.new_tab().await?;
    session.switch_to_window(second.clone()).await?;
    world.browser.as_wide_as(390).await?;
    world.open("/").await?;
    world.browser.begin_check_in().await?;
    world.browser.says("Question 2 of 7").await?;

    session.switch_to_window(first.clone()).await?;
    world.clinic.serve_instead(fifth.path()).await?;
    look_for_update(world).await?;
    until("the newer build waits", async || Ok(waits(world).await?.then_some(()))).await?;
    world.open("/").await?;
    world.browser.press("button", "Use it now").await?;
    world.browser.says("A form is open in another tab.").await?;
    is_whole(world, 4).await?;
    session.switch_to_window(second).await?;
    world.browser.says("Question 2 of 7").await?;
    world.browser.press("button", "Leave").await?;
    world.browser.part("heading", "Today").await?;
    is_whole(world, 4).await?;
    session.close_window().await?;
    session.switch_to_window(first).await?;
    use_it(world, 5).await
}
