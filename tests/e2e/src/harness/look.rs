//! A page with something on it, looked at in many ways: nobody is shut out of it, and it is pictured for
//! people to look at.

use anyhow::{Result, ensure};

use super::World;

/// Narrow, wide, dark, with large words, in both languages; at each of `places` (scripts that scroll there)
/// one picture, `{name}-…`. `says` is on the page once it is all there.
///
/// # Errors
/// When the page is wider than the screen or shuts somebody out, with all that was found.
pub async fn looked_at(world: &World, path: &str, says: &str, name: &str, places: &[&str]) -> Result<()> {
    let browser = &world.browser;
    let mut barriers = Vec::new();
    for language in ["English", "Español"] {
        world.open("/settings").await?;
        browser.press("radio", language).await?;
        world.open(path).await?;
        browser.says(says).await?;
        for (width, percent, scheme) in [
            (320, 100, "light"),
            (320, 200, "light"),
            (390, 100, "dark"),
            (390, 100, "light"),
            (768, 100, "dark"),
        ] {
            browser.as_wide_as(width).await?;
            browser.in_words_of(percent).await?;
            browser.in_colours(scheme).await?;
            let wide = browser.ask("return document.documentElement.scrollWidth").await?;
            let way = format!("{language}-{width}-{percent}-{scheme}");
            if wide.as_u64().is_none_or(|wide| wide > u64::from(width)) {
                barriers.push(format!("{way} is {wide} px wide"));
            }
            for (n, place) in (1..).zip(places) {
                browser.ask(place).await?;
                let picture = browser.session().screenshot_as_png().await?;
                std::fs::write(world.folder.join(format!("{name}-{way}-{n}.png")), picture)?;
            }
            barriers.extend(browser.barriers().await?.into_iter().map(|one| format!("{way}: {one}")));
        }
    }
    ensure!(barriers.is_empty(), "{} barriers: {barriers:#?}", barriers.len());
    Ok(())
}
