//! Whoever copies the browser's folder and searches it finds no answer, no name, no patient and no token,
//! whether the diary was locked or not.

use anyhow::{Result, ensure};

use super::corrected_offline_twice::correct;
use super::locked_and_never_lost::{give, go};
use crate::harness::search::holding;
use crate::harness::wait::until;
use crate::harness::{Engine, World, promise};

const CODE: &str = "quiet-boats-on-a-canary-sea";
/// Nobody else has these; so many letters are not there by chance.
const INITIALS: &str = "QXZ.VJ.KWPQX";
const REASON: &str = "Canaryreason of mine";

/// Notes the token that the app sends.
const TOKEN: &str = "const real = window.fetch;
    window.fetch = function (asked, how) {
        const said = asked instanceof Request ? asked.headers.get('authorization')
            : new Headers(how && how.headers).get('authorization');
        if (said) window.token = said.replace(/^Bearer /, '');
        return real.apply(this, arguments);
    };";

async fn profile_tells_nothing(world: &mut World) -> Result<()> {
    let patient = world.patient(INITIALS).await?;
    world.pair(&world.code(&patient).await?).await?;
    world.open("/").await?;
    world.browser.begin_check_in().await?;
    world.browser.check_in([7, 5, 4, 6, 3, 2, 5]).await?;
    world.browser.done().await?;
    correct(&world.browser, 8, REASON).await?;
    world.all_is_sent().await?;
    world.browser.session().execute(TOKEN, Vec::new()).await?;
    let token = until("a token is sent", async || {
        world.browser.press("button", "Send now").await?;
        Ok(world.browser.ask("return window.token").await?.as_str().map(str::to_owned))
    });
    let token = token.await?;
    ensure!(token.len() >= 40, "no token: {}", token.len());
    let canaries = [INITIALS, &patient, &token, "Canaryreason", CODE, "\"answer\":[{\"valueInteger\":7"];
    search(world, "open", &canaries).await?;

    world.set_code(CODE).await?;
    go(&world.browser, "/fill/peg").await?;
    world.browser.rate(6).await?;
    world.browser.says("6, kept on this phone").await?;
    search(world, "locked", &canaries).await?;
    world.open("/").await?;
    give(&world.browser, CODE).await?;
    world.browser.part("heading", "Today").await?;
    search(world, "opened by its code", &canaries).await
}

/// Ends the browser in good order and looks through all that it left.
async fn search(world: &mut World, state: &str, canaries: &[&str]) -> Result<()> {
    world.browser.quit().await?;
    // What stands there in clear is seen: a search that finds nothing at all would prove nothing.
    let clear = holding(world.browser.profile(), &["interlude-trace"])?;
    ensure!(!clear.is_empty(), "the search finds nothing at all");
    let found = holding(world.browser.profile(), canaries)?;
    ensure!(found.is_empty(), "{state}: {found:#?}");
    world.browser.reopen().await
}

#[tokio::test(flavor = "multi_thread")]
async fn profile_tells_nothing_in_chromium() -> Result<()> {
    promise("profile_tells_nothing", Engine::Chromium, 6, profile_tells_nothing).await
}

#[tokio::test(flavor = "multi_thread")]
async fn profile_tells_nothing_in_firefox() -> Result<()> {
    promise("profile_tells_nothing", Engine::Firefox, 6, profile_tells_nothing).await
}
