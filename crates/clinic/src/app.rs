//! What a request handler may reach: the store, the clock, the settings.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::sync::Semaphore;

use crate::api::questionnaire::{self, Form};
use crate::api::reading::Readings;
use crate::chance::{self, Chance, OsChance};
use crate::clock::Clock;
use crate::code::{self, Code};
use crate::ledger::{Fact, Ledger};
use crate::limits::{Limits, Rates};
use crate::remind::Pusher;
use crate::store::{PatientId, Store, StoreError};

/// Settings of one server.
pub struct Config {
    /// The clinic's name, shown before anything is sent.
    pub clinic_name: String,
    /// The number to call, shown on the help card.
    pub clinic_phone: String,
    /// Base URL of the FHIR service as phones reach it; made of the `Host` header when absent.
    pub public_base: Option<String>,
    /// Whether it is reached over TLS: HSTS, secure cookies and `https` links.
    pub tls: bool,
    /// Reads the peer's address from the last `X-Forwarded-For`: only behind a proxy that sets it.
    pub behind_proxy: bool,
    /// Another FHIR server the app may speak to, for the content security policy.
    pub fhir_base: Option<String>,
    /// Folder of the built app.
    pub site: Option<PathBuf>,
    /// Certificate of the local authority that signed ours, offered to phones that must trust it.
    pub authority: Option<String>,
    /// Key for hashing pairing codes; kept outside the store.
    pub pepper: [u8; 32],
    /// How long a request's body may take to arrive.
    pub patience: Duration,
    /// Most bodies of paired phones that are read at once.
    pub bodies: usize,
    /// How often what may be asked.
    pub rates: Rates,
    /// Where erasures and revocations are written down, to outlive a restore.
    pub ledger: Option<Ledger>,
    /// The way to the push services; none where no reminders are sent.
    pub push: Option<Arc<dyn Pusher>>,
    /// Randomness for tokens, codes and keys.
    pub chance: Arc<dyn Chance>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            clinic_name: "The clinic".to_owned(),
            clinic_phone: String::new(),
            public_base: None,
            tls: false,
            behind_proxy: false,
            fhir_base: None,
            site: None,
            authority: None,
            pepper: [0; 32],
            patience: Duration::from_mins(1),
            bodies: 64,
            rates: Rates::default(),
            ledger: None,
            push: None,
            chance: Arc::new(OsChance),
        }
    }
}

impl fmt::Debug for Config {
    // The pepper is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("tls", &self.tls).field("site", &self.site).finish_non_exhaustive()
    }
}

/// Everything a handler is given. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The settings.
    pub config: Arc<Config>,
    /// Who asked how often.
    pub limits: Arc<Limits>,
    /// Places for bodies that are being read.
    pub bodies: Arc<Semaphore>,
    /// The shipped forms.
    pub forms: Arc<[Form]>,
    /// What stored texts said when they were read last.
    pub readings: Arc<Readings>,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("config", &self.config).finish_non_exhaustive()
    }
}

impl App {
    /// A server over this store, by this clock.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, config: Config) -> Self {
        let limits = Arc::new(Limits::new(config.rates));
        let forms = questionnaire::shipped(config.site.as_deref()).into();
        let bodies = Arc::new(Semaphore::new(config.bodies.min(Semaphore::MAX_PERMITS)));
        Self { store, clock, config: Arc::new(config), limits, bodies, forms, readings: Arc::default() }
    }

    /// Adds a patient; only initials are kept of the name.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn add_patient(&self, initials: &str) -> Result<PatientId, StoreError> {
        let id = PatientId::from(chance::uuid(&*self.config.chance)?);
        let key = chance::bytes(&*self.config.chance)?;
        self.store.add_patient(&id, initials, key, self.clock.now_ms()).await?;
        Ok(id)
    }

    /// Opens an invitation and answers its code.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn invite(&self, patient: &PatientId) -> Result<Code, StoreError> {
        let code = Code::new(&*self.config.chance)?;
        let expires = self.clock.now_ms().saturating_add(code::LIFE_MS);
        self.store.invite(patient, code.hash(&self.config.pepper), expires).await?;
        Ok(code)
    }

    /// A new device token and the hash that is kept of it.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new_token(&self) -> Result<(String, [u8; 32]), StoreError> {
        let token = URL_SAFE_NO_PAD.encode(chance::bytes::<32>(&*self.config.chance)?);
        let hash = token_hash(&token);
        Ok((token, hash))
    }

    /// Gives a device a token without an invitation.
    ///
    /// # Errors
    /// As the store gives them.
    pub async fn issue_token(&self, patient: &PatientId, device: &str) -> Result<String, StoreError> {
        let (token, hash) = self.new_token()?;
        self.store.grant(patient, hash, device, self.clock.now_ms()).await?;
        Ok(token)
    }
}

impl App {
    /// Ends a token's life, for good. Answers whether it was alive.
    ///
    /// # Errors
    /// As the ledger or the store gives them.
    pub async fn revoke(&self, token: [u8; 32]) -> Result<bool, StoreError> {
        self.forever(&Fact::Revoked(token))?;
        self.store.revoke(token, self.clock.now_ms()).await
    }

    /// Erases a diary, for good. `actor` is who did it: a device id, or the command line.
    ///
    /// # Errors
    /// As the ledger or the store gives them.
    pub async fn erase(&self, patient: &PatientId, actor: &str) -> Result<(), StoreError> {
        if self.store.patient(patient).await?.is_none() {
            return Err(StoreError::NoSuchPatient);
        }
        self.forever(&Fact::Erased(patient.clone()))?;
        let erased = self.store.erase(patient, actor, self.clock.now_ms()).await;
        self.readings.forget();
        erased
    }

    /// Written down before it is done: a crash in between leaves it to be done, never undone.
    fn forever(&self, fact: &Fact) -> Result<(), StoreError> {
        let now_ms = self.clock.now_ms();
        self.config.ledger.as_ref().map_or(Ok(()), |ledger| ledger.append(fact, now_ms))
    }
}

/// What is kept of a token. It is 256 random bits, so a plain hash is enough.
#[must_use]
pub fn token_hash(token: &str) -> [u8; 32] {
    code::hashed(&[b"device-token", token.as_bytes()])
}
