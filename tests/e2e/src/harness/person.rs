//! What a person does with the app, page by page.

use anyhow::{Context as _, Result, ensure};

use super::wait::until;
use super::{Browser, World};

impl Browser {
    /// Answers "New here, or used Interlude before?" and comes to Today.
    ///
    /// # Errors
    /// When a page does not come.
    pub async fn is_new_here(&self) -> Result<()> {
        self.says("New here, or used Interlude before?").await?;
        self.press("button", "I am new here").await?;
        self.part("heading", "Today").await?;
        Ok(())
    }

    /// From Today into the daily check-in, begun or not.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn begin_check_in(&self) -> Result<()> {
        self.part("heading", "Daily check-in").await?;
        until("the check-in opens", async || {
            for role in ["link", "button"] {
                for name in ["Begin", "Continue"] {
                    if let Some(part) = self.parts(role, Some(name)).await?.into_iter().next() {
                        part.tap().await?;
                        return Ok(Some(()));
                    }
                }
            }
            Ok(None)
        })
        .await?;
        self.says("Question ").await
    }

    /// Leaves the page that says where the answers are.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn done(&self) -> Result<()> {
        // A tap too soon after the page came is not taken, as anywhere in a form.
        until("Done leads to Today", async || {
            if self.has("heading", "Today").await? {
                return Ok(Some(()));
            }
            if let Some(part) = self.parts("button", Some("Done")).await?.into_iter().next() {
                part.tap().await?;
            }
            Ok(None)
        })
        .await
    }

    /// Waits until the app works with no network.
    ///
    /// # Errors
    /// When its worker does not take over.
    pub async fn ready_for_offline(&self) -> Result<()> {
        self.ask("await navigator.serviceWorker.ready").await?;
        until("the worker holds the app", async || {
            let cached = self.ask("return (await caches.keys()).length").await?;
            Ok(cached.as_u64().filter(|n| *n > 0).map(drop))
        })
        .await
    }

    /// Presses whichever of these is there first: pages differ in links and buttons.
    ///
    /// # Errors
    /// When neither comes.
    pub async fn press_named(&self, name: &str) -> Result<()> {
        until(&format!("press “{name}”"), async || {
            for role in ["button", "link"] {
                if let Some(part) = self.parts(role, Some(name)).await?.into_iter().next() {
                    part.tap().await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }
}

impl World {
    /// Sets a code where there is none.
    ///
    /// # Errors
    /// When it is not taken.
    pub async fn set_code(&self, code: &str) -> Result<()> {
        self.open("/settings").await?;
        self.browser.write("password", "New code", code).await?;
        self.browser.write("password", "New code once more", code).await?;
        self.browser.press("button", "Set the code").await?;
        self.browser.says("The code is set").await?;
        self.browser.part("button", "Lock now").await.map(drop)
    }

    /// A new patient of the clinic; their id.
    ///
    /// # Errors
    /// When the clinic refuses.
    pub async fn patient(&self, initials: &str) -> Result<String> {
        let said = self.clinic.command(&["patient", "add", initials]).await?;
        let id = said.split_whitespace().find(|word| word.len() == 36 && word.matches('-').count() == 4);
        id.map(str::to_owned).with_context(|| format!("no patient's id in: {said}"))
    }

    /// A new code for a patient.
    ///
    /// # Errors
    /// When the clinic refuses.
    pub async fn code(&self, patient: &str) -> Result<String> {
        let said = self.clinic.command(&["invite", patient]).await?;
        let word = said.split_whitespace().next().unwrap_or_default().replace('-', "");
        ensure!(word.len() == 8, "no code in: {said}");
        Ok(word)
    }

    /// Opens the link with a code, as a person who never was here, and lets the diary be sent.
    ///
    /// # Errors
    /// When a page does not come.
    pub async fn pair(&self, code: &str) -> Result<()> {
        self.open(&format!("/#pair={code}")).await?;
        let browser = &self.browser;
        browser.press("button", "I am new here").await?;
        browser.says("What may be sent?").await?;
        browser.press("button", "Yes, send them").await?;
        browser.says("Connected").await
    }

    /// Waits until the clinic has all that was recorded, the consent too. A test that cuts the
    /// network or counts what is sent begins here.
    ///
    /// # Errors
    /// When something still waits.
    pub async fn all_is_sent(&self) -> Result<()> {
        self.open("/sync").await?;
        self.browser.says("Nothing waits").await
    }
}
