//! The clinic as a process of its own, with a folder of its own.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use super::{place, wait};

/// A clinic; ended when dropped.
pub struct Clinic {
    data: TempDir,
    port: u16,
    app: PathBuf,
    log: PathBuf,
    fhir_base: Option<String>,
    push_service: Option<String>,
    demo: bool,
    process: Option<Child>,
}

impl Clinic {
    /// Starts a clinic with an empty store. Its log goes to `log`.
    ///
    /// # Errors
    /// When it does not start listening.
    pub async fn start(log: PathBuf) -> Result<Self> {
        Self::serving(place::app()?, log).await
    }

    /// The same, serving another build of the app.
    ///
    /// # Errors
    /// When it does not start listening.
    pub async fn serving(app: PathBuf, log: PathBuf) -> Result<Self> {
        let mut clinic = Self {
            data: TempDir::new()?,
            port: place::free_port()?,
            app,
            log,
            fhir_base: None,
            push_service: None,
            demo: false,
            process: None,
        };
        clinic.come_back().await?;
        Ok(clinic)
    }

    /// Lets the app speak to a hospital's server too, from now on.
    ///
    /// # Errors
    /// When it does not come back.
    pub async fn let_speak_to(&mut self, base: &str) -> Result<()> {
        self.kill().await?;
        self.fhir_base = Some(base.to_owned());
        self.come_back().await
    }

    /// Lets phones be reminded by another push service too, from now on.
    ///
    /// # Errors
    /// When it does not come back.
    pub async fn let_push_to(&mut self, origin: &str) -> Result<()> {
        self.kill().await?;
        self.push_service = Some(origin.to_owned());
        self.come_back().await
    }

    /// Has the demonstration's patient, with four months of entries and two series; the patient's id.
    ///
    /// # Errors
    /// When it does not come back.
    pub async fn demonstrate(&mut self) -> Result<String> {
        self.kill().await?;
        self.demo = true;
        self.come_back().await?;
        let said = self.command(&["patient", "list"]).await?;
        said.split_whitespace().next().map(str::to_owned).context("no patient")
    }

    /// Starts the process, on the same port and store.
    ///
    /// # Errors
    /// When it does not start listening.
    pub async fn come_back(&mut self) -> Result<()> {
        let log = std::fs::File::options().create(true).append(true).open(&self.log)?;
        let mut serve = Command::new(place::clinic()?);
        serve.args(["serve", "--port", &self.port.to_string(), "--data"]).arg(self.data.path());
        serve.arg("--app").arg(&self.app).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        if let Some(base) = &self.fhir_base {
            serve.args(["--fhir-base", base]);
        }
        if let Some(origin) = &self.push_service {
            serve.args(["--push-service", origin]);
        }
        if self.demo {
            serve.arg("--demo");
        }
        self.process = Some(serve.kill_on_drop(true).spawn().context("the clinic does not start")?);
        let port = self.port;
        wait::until("the clinic listens", async || Ok(Some(TcpStream::connect(("127.0.0.1", port)).await?)))
            .await?;
        Ok(())
    }

    /// Ends the process at once, as a power cut does.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill().await?;
        }
        Ok(())
    }

    /// Serves another build of the app from now on.
    ///
    /// # Errors
    /// When it does not come back.
    pub async fn serve_instead(&mut self, app: PathBuf) -> Result<()> {
        self.kill().await?;
        self.app = app;
        self.come_back().await
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> &std::path::Path {
        self.data.path()
    }

    /// Its own port, before the proxy.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// A command of the clinic's own command line on the same store; what it printed.
    ///
    /// # Errors
    /// With what it said when it failed.
    pub async fn command(&self, words: &[&str]) -> Result<String> {
        let mut command = Command::new(place::clinic()?);
        let out =
            command.args(words).arg("--data").arg(self.data.path()).stdin(Stdio::null()).output().await?;
        if !out.status.success() {
            bail!("interlude-clinic {words:?}: {}", String::from_utf8_lossy(&out.stderr));
        }
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    }
}
