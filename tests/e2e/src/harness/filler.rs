//! Completes any form: reads what a screen offers by role, answers with the keyboard, goes on.
//!
//! It knows no form. Where a field says what it wants ("Please write 18 or more."), it obeys.

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

use super::Browser;
use super::wait::until;

/// The app takes no tap within 400 ms of a new question. This test is not a finger: each of its
/// touches makes the page's clock run half a second ahead.
pub const HURRY: &str = "{ let ahead = 0; const Real = Date;
    window.Date = class extends Real {
        constructor(...words) { if (words.length) super(...words); else super(Real.now() + ahead) }
        static now() { return Real.now() + ahead }
    };
    window.later = (ms) => { ahead += ms }; window.nowAgain = () => { ahead = 0 };
    for (const touch of ['keydown', 'pointerdown']) addEventListener(touch, () => window.later(500), true); }";

/// What a screen offers: the controls of its answer, and whether this screen was seen before.
const SCREEN: &str = "const main = document.querySelector('main'), heading = main && main.querySelector('h1');
    if (!heading) return null;
    const key = [...main.querySelectorAll('h1, h2, p:not([role]), legend, label')].map((one) => one.innerText).join('|');
    const fresh = window.seen !== key;
    if (arguments[0]) window.seen = key;
    const body = main.querySelector('fieldset, .q-answer') || main;
    const controls = [...body.querySelectorAll('input, select, textarea')].filter((one) => one.getClientRects().length);
    const rows = controls.map((one) => ({ element: one, type: one.type, mode: one.inputMode, most: one.maxLength,
        done: ['radio', 'checkbox'].includes(one.type) ? one.checked : one.type === 'range' ? false : !!one.value }));
    const alert = [...main.querySelectorAll('[role=alert]')].map((one) => one.innerText.trim()).find((text) => text) || '';
    return { fresh, heading: heading.innerText, text: main.innerText, alert, rows };";

/// How a form ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// On the phone.
    Recorded,
    /// Refused before the first question, in the app's words.
    Refused(String),
}

struct Screen {
    fresh: bool,
    heading: String,
    text: String,
    alert: String,
    rows: Vec<Control>,
}

struct Control {
    element: WebElement,
    kind: String,
    mode: String,
    most: i64,
    done: bool,
}

impl Browser {
    /// Answers every question of the form that is open, until it is recorded or refused.
    ///
    /// # Errors
    /// When a screen cannot be answered, with what it says.
    pub async fn complete(&self) -> Result<Ended> {
        self.complete_and(async |_heading| Ok(())).await
    }

    /// The same, with a look at each screen before it is answered.
    ///
    /// # Errors
    /// As [`Browser::complete`], and as the look gives them.
    pub async fn complete_and(&self, mut look: impl AsyncFnMut(&str) -> Result<()>) -> Result<Ended> {
        for _screen in 0..400 {
            let screen = until("the next screen", async || {
                Ok(self
                    .screen(true)
                    .await?
                    .filter(|screen| screen.fresh && !screen.text.contains("Opening the questions")))
            })
            .await?;
            if screen.text.contains("These questions cannot be asked here") {
                return Ok(Ended::Refused(screen.text));
            }
            if screen.text.contains("Where your answers are") || screen.text.contains("On this phone") {
                self.says("checked by reading it back").await?;
                return Ok(Ended::Recorded);
            }
            for stop in ["These questions cannot be opened now", "Almost done", "Not saved"] {
                if screen.text.contains(stop) {
                    bail!("{}", screen.text);
                }
            }
            look(&screen.heading).await?;
            self.answer(&screen)
                .await
                .with_context(|| format!("at “{}”: {}", screen.heading, screen.text))?;
        }
        bail!("the form has no end")
    }

    /// The screen as it is; `see` marks it as seen.
    async fn screen(&self, see: bool) -> Result<Option<Screen>> {
        let said = self.session().execute(SCREEN, vec![json!(see)]).await?;
        let json = said.json();
        if json.is_null() {
            return Ok(None);
        }
        let word = |value: &Value, name: &str| {
            value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let rows = json.get("rows").and_then(Value::as_array).context("no controls")?.iter().map(|row| {
            let element = row.get("element").cloned().context("no element")?;
            Ok(Control {
                element: WebElement::from_json(element, self.session().handle().clone())?,
                kind: word(row, "type"),
                mode: word(row, "mode"),
                most: row.get("most").and_then(Value::as_i64).unwrap_or(-1),
                done: row.get("done") == Some(&json!(true)),
            })
        });
        Ok(Some(Screen {
            fresh: json.get("fresh") == Some(&json!(true)),
            heading: word(json, "heading"),
            text: word(json, "text"),
            alert: word(json, "alert"),
            rows: rows.collect::<Result<_>>()?,
        }))
    }

    /// Answers one screen and waits until another one is there.
    async fn answer(&self, screen: &Screen) -> Result<()> {
        if screen.text.contains("none written down")
            && let Some(add) = self.parts("button", Some("Add: …")).await?.into_iter().next()
        {
            add.element.send_keys(Key::Enter).await?;
            return self.gone().await;
        }
        let chosen = screen.rows.iter().any(|one| one.done);
        for (at, control) in screen.rows.iter().enumerate() {
            match control.kind.as_str() {
                "radio" if !chosen && at == 0 => {
                    control.element.send_keys(Key::Enter).await?;
                    return self.on(screen).await;
                }
                "checkbox" if !chosen && at == 0 => control.element.send_keys(" ").await?,
                "radio" | "checkbox" => {}
                _ if control.done => {}
                _ => self.fill(control, "").await?,
            }
        }
        self.on(screen).await
    }

    async fn fill(&self, control: &Control, wanted: &str) -> Result<()> {
        let element = &control.element;
        let words = match control.kind.as_str() {
            "select-one" => return self.choose_second(element).await,
            "range" => return Ok(element.send_keys(Key::Right).await?),
            "date" => "03052026",
            "time" => "0730AM",
            "datetime-local" => "03052026\t0730AM",
            "url" => "https://example.org/a",
            _ if !wanted.is_empty() => wanted,
            _ if control.mode == "decimal" || control.mode == "numeric" => "3",
            _ if (0..10).contains(&control.most) => "x",
            _ => "Some words",
        };
        if !wanted.is_empty() {
            element.clear().await?;
        }
        Ok(element.send_keys(words).await?)
    }

    /// The first real choice of a drop-down: before it stands "Choose one".
    async fn choose_second(&self, select: &WebElement) -> Result<()> {
        Ok(select.send_keys(Key::Down).await?)
    }

    /// Goes on from this screen. A complaint about a number names the one it would take.
    async fn on(&self, screen: &Screen) -> Result<()> {
        let mut obeyed = false;
        until("the form goes on", async || {
            if self.is_gone().await? {
                return Ok(Some(()));
            }
            let now = self.screen(false).await?.context("no screen")?;
            if !obeyed && !now.alert.is_empty() {
                let number: String =
                    now.alert.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
                let number = number.trim_end_matches('.');
                if let Some(control) = screen.rows.first().filter(|_one| !number.is_empty()) {
                    self.fill(control, number).await?;
                    obeyed = true;
                }
            }
            for name in ["Next", "Continue", "Save", "No more, go on"] {
                if let Some(button) = self.parts("button", Some(name)).await?.into_iter().next() {
                    button.element.send_keys(Key::Enter).await?;
                    break;
                }
            }
            Ok(self.is_gone().await?.then_some(()))
        })
        .await
    }

    async fn gone(&self) -> Result<()> {
        until("another screen", async || Ok(self.is_gone().await?.then_some(()))).await
    }

    /// Whether the screen that was seen has left.
    async fn is_gone(&self) -> Result<bool> {
        Ok(self.screen(false).await?.is_none_or(|screen| screen.fresh))
    }
}
