//! A person at a form: reads the question, touches an answer, sees that it was taken.

use anyhow::{Context as _, Result, ensure};

use super::Browser;
use super::parts::Part;
use super::wait::until;

impl Browser {
    /// The page's first heading: on a form, the question.
    ///
    /// # Errors
    /// When there is none.
    pub async fn heading(&self) -> Result<String> {
        until("a heading", async || Ok(self.parts("heading", None).await?.into_iter().next()))
            .await
            .map(|part| part.name)
    }

    /// Touches a number of a scale, by its digits: the ends have words after them.
    ///
    /// # Errors
    /// When there is no such number, or the form does not go on.
    pub async fn rate(&self, number: u8) -> Result<()> {
        let digits = number.to_string();
        let worded = format!("{digits}:…");
        self.choose(async |browser| {
            let plain = browser.parts("radio", Some(&digits)).await?;
            Ok(if plain.is_empty() { browser.parts("radio", Some(&worded)).await? } else { plain })
        })
        .await
    }

    /// Touches one of several answers, by its words.
    ///
    /// # Errors
    /// When it is not offered, or the form does not go on.
    pub async fn pick(&self, words: &str) -> Result<()> {
        self.choose(async |browser| browser.parts("radio", Some(words)).await).await
    }

    /// Touches a radio until the form goes on. A touch too soon after a new question is not taken,
    /// as a person's double tap is not; then the radio is still free.
    async fn choose(&self, find: impl AsyncFn(&Self) -> Result<Vec<Part>>) -> Result<()> {
        until("the answers to choose from", async || Ok(find(self).await?.into_iter().next())).await?;
        let before = self.place().await?;
        // Once it is taken the next question may come at any moment: a second touch would be meant for that.
        let mut taken = false;
        until(&format!("an answer at “{before}”"), async || {
            if self.place().await? != before {
                return Ok(Some(()));
            }
            if !taken {
                let part = find(self).await?.into_iter().next().context("it is not offered")?;
                if !part.element.is_selected().await? {
                    part.tap().await?;
                }
                // One that is gone by now was taken.
                taken = part.element.is_selected().await.unwrap_or(true);
            }
            Ok((self.place().await? != before).then_some(()))
        })
        .await
    }

    /// Where in the form this is: the line above the question, and the question.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn place(&self) -> Result<String> {
        let script = "const line = document.body.innerText.match(/(Question|To read)[^\\n]*? \\d+ of \\d+/);
            const heading = document.querySelector('h1');
            return [location.pathname, line ? line[0] : '', heading ? heading.innerText : ''].join(' | ')";
        let said = self.session().execute(script, Vec::new()).await?;
        Ok(said.json().as_str().unwrap_or_default().to_owned())
    }

    /// Answers the questions of the daily check-in and waits until it is on the phone. There are
    /// seven about today, and six about a past day: "right now" is not asked of it.
    ///
    /// # Errors
    /// When a question does not come, or the light does not.
    pub async fn check_in<const N: usize>(&self, numbers: [u8; N]) -> Result<()> {
        for (at, number) in (1..).zip(numbers) {
            self.says(&format!("Question {at} of {N}")).await?;
            self.rate(number).await?;
        }
        self.says("On this phone").await?;
        self.says("checked by reading it back").await
    }

    /// Presses "Back" or "Next" until the question of this number is there.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn turn_to(&self, way: &str, question: usize) -> Result<()> {
        let words = format!("Question {question} of");
        until(&format!("{way} to question {question}"), async || {
            if self.text().await?.contains(&words) {
                return Ok(Some(()));
            }
            if let Some(button) = self.parts("button", Some(way)).await?.into_iter().next() {
                button.tap().await?;
            }
            Ok(None)
        })
        .await
    }

    /// Whether a number of a scale is chosen.
    ///
    /// # Errors
    /// When there is no such number.
    pub async fn rated(&self, number: u8) -> Result<()> {
        let digits = number.to_string();
        let mut radios = self.parts("radio", None).await?;
        radios.retain(|part| part.name == digits || part.name.starts_with(&format!("{digits}:")));
        let part = radios.pop().with_context(|| format!("no {number} is offered"))?;
        ensure!(part.element.is_selected().await?, "{number} is not chosen");
        Ok(())
    }
}
