//! What a form costs a person: their taps, their reading, and the app's own part of the time.
//!
//! Nobody's seconds are waited for. The app's answer to each tap is measured in the page; the person's
//! time is reckoned beside it, from what is on the screen that they answer.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::Browser;

/// A tap, and a swipe that brings an answer onto the screen.
const TAP_MS: f64 = 400.0;
/// Before that the app takes no tap on a new question: a second touch would be the first one's.
const SETTLE_MS: f64 = 400.0;
/// Silent reading takes 238 words a minute (Brysbaert 2019, doi 10.1016/j.jml.2019.104047). Who goes over
/// words that they know reads two to four times as fast (Rayner 2016, doi 10.1177/1529100615623267): twice.
const WORD_MS: f64 = 60_000.0 / (2.0 * 238.0);

/// Notes when a finger touched, how soon the next heading was painted, and whether anything was dragged.
const WATCH: &str = "const hand = window.hand = { at: 0, took: 0, drags: 0, heading: '' };
    addEventListener('click', (event) => { if (event.isTrusted) hand.at = performance.now() }, true);
    addEventListener('dragstart', () => { hand.drags += 1 }, true);
    addEventListener('pointermove', (event) => { if (event.buttons) hand.drags += 1 }, true);
    new MutationObserver(() => {
        const heading = (document.querySelector('h1') || {}).innerText;
        if (!heading || heading === hand.heading) return;
        hand.heading = heading;
        requestAnimationFrame(() => { const later = new MessageChannel();
            later.port1.onmessage = () => { hand.took = performance.now() - hand.at }; later.port2.postMessage(0) });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });";

/// What there is to read, and whether all answers are on the screen as it came.
const SCREEN: &str = "const words = (one) => one ? one.innerText.split(/\\s+/).filter((word) => /[^\\d:]/.test(word)) : [];
    const links = [...document.querySelectorAll('main a')].filter((one) => one.innerText.trim() === link);
    const choices = [...document.querySelectorAll('.q-scale label'), ...links];
    const foot = document.querySelector('.nav');
    const end = foot && getComputedStyle(foot).position === 'sticky' ? foot.getBoundingClientRect().top : innerHeight;
    const inside = (one) => { const at = one.getBoundingClientRect(); return at.top >= 0 && at.bottom <= end };
    return { stem: words(document.querySelector('h1')).length, ends: words(document.querySelector('.q-ends')).join(' '),
        inside: choices.length > 0 && choices.every(inside), ranges: document.querySelectorAll('input[type=range], [draggable=true]').length };";

/// What it came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cost {
    /// Taps.
    pub taps: u32,
    /// Swipes, where not all answers were on the screen.
    pub swipes: u32,
    /// Words read.
    pub words: usize,
    /// The person's milliseconds.
    pub person_ms: f64,
    /// The app's, from each tap to the next screen painted.
    pub app_ms: f64,
    /// Controls that would have to be dragged.
    pub dragged: u64,
    ends: String,
}

impl Cost {
    /// All of it.
    #[must_use]
    pub fn total_ms(&self) -> f64 {
        self.person_ms + self.app_ms
    }
}

impl Browser {
    /// Begins to watch this page.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn watch_hand(&self) -> Result<()> {
        self.ask(WATCH).await.map(drop)
    }

    /// Adds one screen, as it came, and the tap that is to answer it: on a number, or on this link.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn reckon(&self, cost: &mut Cost, link: &str) -> Result<()> {
        let screen = self.ask(&format!("const link = {};{SCREEN}", json!(link))).await?;
        let count = |name: &str| screen.get(name).and_then(Value::as_u64).unwrap_or_default();
        let ends = screen.get("ends").and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut words = usize::try_from(count("stem"))?;
        // The words at the ends are read where they are not those of the screen before.
        if ends != cost.ends {
            words += ends.split_whitespace().count();
            cost.ends = ends;
        }
        let swiped = screen.get("inside") != Some(&Value::Bool(true));
        cost.taps += 1;
        cost.swipes += u32::from(swiped);
        cost.words += words;
        cost.dragged += count("ranges");
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let read = (words as f64 * WORD_MS).max(SETTLE_MS);
        cost.person_ms += read + TAP_MS + if swiped { TAP_MS } else { 0.0 };
        Ok(())
    }

    /// Adds what the app took for the tap before.
    ///
    /// # Errors
    /// When nothing was tapped, or something was dragged.
    pub async fn answered(&self, cost: &mut Cost) -> Result<()> {
        let hand = self.ask("return window.hand").await?;
        cost.app_ms += hand.get("took").and_then(Value::as_f64).context("nothing was measured")?;
        cost.dragged += hand.get("drags").and_then(Value::as_u64).unwrap_or_default();
        Ok(())
    }
}
