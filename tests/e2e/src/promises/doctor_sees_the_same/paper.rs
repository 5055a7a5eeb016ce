//! The sheet on paper: one or two of A4 and of Letter, nothing cut off, and what stands on it is what stood
//! on it before. What it looks like is left as pictures.
//!
//! What is kept in `tests/e2e/kept` is no picture but what is drawn: every word and every path, days as
//! days from today. Fonts and their versions do not change it. With `INTERLUDE_KEEP=yes` it is written anew.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::harness::World;
use crate::harness::paper::PAPERS;

/// Language, the three periods, and the last heading of the sheet.
const PERIODS: [(&str, [&str; 3], &str); 2] = [
    ("en", ["Since the series", "13 weeks", "Everything"], "How the numbers are made"),
    ("es", ["Desde la serie", "13 semanas", "Todo"], "Cómo se hacen las cifras"),
];

/// Words and paths of the sheet, a line each.
const DRAWN: &str = "const sheet = document.getElementById('sheet');
    const day = (text) => Math.round(Date.parse(text) / 864e5);
    const today = day(sheet.querySelector('.s-facts div:nth-of-type(3) time').dateTime);
    const words = (node) => {
        const copy = node.cloneNode(true);
        copy.querySelectorAll('time').forEach((one) => { const n = day(one.dateTime) - today; one.textContent = `{${n}}` });
        return copy.textContent.replace(/\\s+/g, ' ').trim();
    };
    const line = (node) => {
        if (node.matches('path')) return `  path ${node.getAttribute('class')} ${node.getAttribute('d')}`;
        if (node.matches('tr')) return `  row ${[...node.cells].map(words).join(' | ')}`;
        if (node.matches('.c-values')) return `  values ${[...node.children].map(words).join(' ')}`;
        return `${node.localName} ${words(node)}`;
    };
    return [...sheet.querySelectorAll('h2, h3, p, dt, dd, caption, figcaption, tr, li, .c-values, path')].map(line).join('\\n')";

/// Both languages, every period, both papers.
pub(super) async fn printed(world: &World) -> Result<()> {
    let browser = &world.browser;
    // As much as the page takes.
    let words = "Pregabalin 75 mg in the morning and at night. ".repeat(9);
    let words = words.get(..400).context("too few words")?;
    browser.press("button", "What you may add").await?;
    browser.write("textbox", "Your medicines, as you take them", words).await?;
    browser.write("textbox", "What you want to say or ask", words).await?;
    browser.press("switch", "Medicines…").await?;
    browser.press("switch", "Notes…").await?;
    browser.says("Notes, in the patient’s words").await?;
    for (language, periods, rules) in PERIODS {
        if language == "es" {
            world.open("/settings").await?;
            browser.press("radio", "Español").await?;
            world.open("/trends/doctor").await?;
        }
        let mut thick = Vec::new();
        for period in periods {
            browser.press("radio", period).await?;
            browser.part("heading", rules).await?;
            for paper in PAPERS {
                let name = format!("{language}-{period}-{}.pdf", paper.name).replace(' ', "-");
                let (pages, pdf) = browser.printed(paper).await?;
                std::fs::write(world.folder.join(name), pdf)?;
                if !(1..=2).contains(&pages) {
                    thick.push(format!("{language}, {period}: {pages} sheets of {}", paper.name));
                }
            }
        }
        let drawn = browser.ask(DRAWN).await?;
        as_kept(language, drawn.as_str().context("nothing is drawn")?)?;
        for paper in PAPERS {
            let (picture, cut) = browser.on_paper(paper, "#sheet").await?;
            std::fs::write(world.folder.join(format!("doctor-{language}-{}.png", paper.name)), picture)?;
            ensure!(cut.is_empty(), "cut off on {}: {cut:#?}", paper.name);
        }
        browser.as_wide_as(390).await?;
        ensure!(thick.is_empty(), "{thick:#?}");
    }
    Ok(())
}

fn kept(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("kept/doctor-{language}.txt"))
}

fn as_kept(language: &str, drawn: &str) -> Result<()> {
    let file = kept(language);
    if std::env::var("INTERLUDE_KEEP").as_deref() == Ok("yes") {
        return Ok(std::fs::write(file, format!("{drawn}\n"))?);
    }
    let before = std::fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?;
    let differs = before.lines().zip(drawn.lines()).enumerate().find(|(_, (before, now))| before != now);
    if let Some((at, (before, now))) = differs {
        anyhow::bail!("{}, line {}:\nkept  {before}\ndrawn {now}", file.display(), at + 1);
    }
    ensure!(before.lines().count() == drawn.lines().count(), "{} has other lines", file.display());
    Ok(())
}
