//! The clinic: pairing, the person's consent, and the end of both.
//!
//! A code becomes a token; then a screen says to whom and what; on yes a consent entry is written
//! and only then may the driver send. On no the token goes back. A journal remembers its patient.

mod belonging;
mod clinic;

use interlude_diary::entry::{Body, Consent, Entry, Share};
use interlude_diary::journal::{Journal, JournalError, MetaKey, Send};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::platform::install::{self, Opened};
use crate::state::inventory::{Kinds, inventory};
use crate::state::outside::{Outside, Ports};
use crate::state::pulse::Pulse;
use crate::sync::clinic::Told;
use crate::sync::pairing::{Clinic, Patient, Word, give_back, redeem};
pub use crate::sync::pairing::{NotPaired, Pairing};

/// How far the page is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// A code may be typed.
    Code,
    /// On an iPhone outside the installed app: install first.
    InstallFirst,
    /// The clinic is being asked.
    Asking,
    /// The code gave no token.
    Failed(NotPaired),
    /// The store failed; nothing was sent.
    StoreFailed,
    /// The consent screen: to whom, and what is here.
    Offered(Pairing, Kinds),
    /// Another patient's code; its token went back.
    OtherPatient,
    /// The person said no. Whether the clinic knows already.
    Refused {
        /// It was told.
        told: bool,
    },
    /// Connected.
    Done,
}

/// The clinic of the running app.
#[derive(Clone, Copy)]
pub struct Pairings {
    /// As the journal keeps them, until first asked for: the first question does not ask.
    kept: StoredValue<Option<Kept>>,
    pairing: RwSignal<Option<Pairing>>,
    /// What the clinic last said of itself.
    told: RwSignal<Option<Told>>,
    stage: RwSignal<Stage>,
    code: RwSignal<Option<String>>,
}

/// The journal's `Pairing` and `Clinic` values.
#[derive(Debug, Default)]
pub struct Kept {
    /// The clinic and the token.
    pub pairing: Option<String>,
    /// What the clinic last said of itself.
    pub clinic: Option<String>,
}

impl Pairings {
    /// Puts itself into the context. `code` came with the link. Call once, in the composition root.
    pub fn provide(kept: Kept, code: Option<String>) {
        provide_context(Self {
            kept: StoredValue::new(Some(kept)),
            pairing: RwSignal::new(None),
            told: RwSignal::new(None),
            stage: RwSignal::new(Stage::Code),
            code: RwSignal::new(code),
        });
    }

    /// What another tab agreed to or ended holds here too. Call once, in the composition root.
    pub fn follow_other_tabs(self) {
        let (ports, pulse) = (Outside::get(), Pulse::get());
        Effect::new(move |before: Option<()>| {
            pulse.track_other_tabs();
            if before.is_none() {
                return;
            }
            let ports = ports.clone();
            spawn_local(async move {
                let kept = ports.journal.meta(MetaKey::Pairing).await;
                let pairing = kept.map(|text| read(text.as_deref()));
                if let Ok(pairing) = pairing
                    && pairing != *self.pairing.read_untracked()
                {
                    self.pairing.set(pairing);
                }
                let told =
                    ports.journal.meta(MetaKey::Clinic).await.map(|text| clinic::read(text.as_deref()));
                if let Ok(told) = told
                    && told != *self.told.read_untracked()
                {
                    self.told.set(told);
                }
            });
        });
    }

    /// The clinic of the running app.
    #[must_use]
    pub fn get() -> Self {
        let this: Self = expect_context();
        if let Some(kept) = this.kept.try_update_value(Option::take).flatten() {
            this.pairing.set(read(kept.pairing.as_deref()));
            this.told.set(clinic::read(kept.clinic.as_deref()));
        }
        this
    }

    /// The pairing that sends, if there is one.
    #[must_use]
    pub fn live(self) -> Signal<Option<Pairing>> {
        Signal::derive(move || self.pairing.get().filter(Pairing::live))
    }

    /// Whether entries may be sent.
    #[must_use]
    pub fn is_live(self) -> Signal<bool> {
        Signal::derive(move || self.pairing.read().as_ref().is_some_and(Pairing::live))
    }

    /// Whether there ever was a yes.
    #[must_use]
    pub fn bound(self) -> bool {
        self.pairing.read_untracked().as_ref().is_some_and(|pairing| pairing.bound)
    }

    /// The page's stage.
    #[must_use]
    pub fn stage(self) -> Signal<Stage> {
        self.stage.into()
    }

    /// The code that came with a link and waits.
    #[must_use]
    pub fn code(self) -> Signal<Option<String>> {
        self.code.into()
    }

    /// A link with a code was followed while the app was open.
    pub fn linked(self, code: String) {
        self.code.set(Some(code));
        self.stage.set(Stage::Code);
    }

    /// The page opens: a waiting code is redeemed, an offer without an answer is shown again.
    pub fn open(self) {
        if matches!(self.stage.get_untracked(), Stage::Asking | Stage::Offered(..)) {
            return;
        }
        let ios = install::opened() == Opened::IosTab;
        let offer = self.pairing.get_untracked().filter(Pairing::asks);
        let code = self.code.get_untracked();
        match (ios, offer, code) {
            (true, _, _) => self.stage.set(Stage::InstallFirst),
            (false, Some(offer), _) => {
                self.stage.set(Stage::Asking);
                let ports = Outside::get();
                spawn_local(async move { self.offer(&ports, offer).await });
            }
            (false, None, Some(code)) => self.redeem(code),
            (false, None, None) => self.stage.set(Stage::Code),
        }
    }

    /// Redeems a code.
    pub fn redeem(self, code: String) {
        self.code.set(None);
        self.stage.set(Stage::Asking);
        let (ports, pulse) = (Outside::get(), Pulse::get());
        spawn_local(async move {
            match redeem(&code, ports.device).await {
                Ok(offer) => self.consider(&ports, pulse, offer).await,
                Err(why) => {
                    // With no answer the code may still be good.
                    if why == NotPaired::NoNetwork {
                        self.code.set(Some(code));
                    }
                    self.stage.set(Stage::Failed(why));
                }
            }
        });
    }

    /// Offers a hospital's own server, as Settings describe it.
    pub fn offer_server(self, base: String, patient: String, token: String) {
        let name = base.trim_start_matches("https://").split('/').next().unwrap_or_default().to_owned();
        self.stage.set(Stage::Asking);
        let offer = Pairing {
            base: base.trim_end_matches('/').to_owned(),
            token: Some(token),
            patient: Patient { id: patient, initials: String::new() },
            clinic: Clinic { name, phone: None, cards: Vec::new() },
            epoch: String::new(),
            gzip: false,
            own: false,
            word: Word::None,
            bound: false,
        };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        spawn_local(async move { self.consider(&ports, pulse, offer).await });
    }

    /// Another patient than the journal's is refused. The same one, who said yes before, only gets
    /// a new token. Otherwise the offer is kept and shown.
    async fn consider(self, ports: &Ports, pulse: Pulse, mut offer: Pairing) {
        let known = self.pairing.get_untracked();
        // Whose diary this is stood in a record that does not open: nobody may be taken for them.
        let unknown = matches!(ports.journal.meta(MetaKey::Pairing).await, Err(JournalError::Damaged { .. }));
        if unknown && known.is_none() {
            take_back(&offer).await;
            self.stage.set(Stage::StoreFailed);
            return;
        }
        if let Some(known) = &known {
            if known.bound && !known.same_patient(&offer) {
                take_back(&offer).await;
                self.stage.set(Stage::OtherPatient);
                return;
            }
            offer.bound = known.bound;
            if known.word == Word::Yes {
                offer.word = Word::Yes;
            }
        }
        if keep(ports, Some(&offer)).await.is_err() {
            take_back(&offer).await;
            self.stage.set(Stage::StoreFailed);
            return;
        }
        if let Some(known) = &known {
            // One token at a time; if the clinic cannot be told, it can still revoke the old one.
            take_back(known).await;
        }
        if offer.live() {
            self.pairing.set(Some(offer));
            self.stage.set(Stage::Done);
            pulse.changed();
        } else {
            self.offer(ports, offer).await;
        }
    }

    async fn offer(self, ports: &Ports, offer: Pairing) {
        let stage = match inventory(&ports.journal).await {
            Ok(kinds) => Stage::Offered(offer.clone(), kinds),
            Err(_store) => Stage::StoreFailed,
        };
        self.pairing.set(Some(offer));
        self.stage.set(stage);
    }

    /// Yes: the consent is written, then sending may begin.
    pub fn agree(self) {
        let Some(mut pairing) = self.pairing.get_untracked() else { return };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        spawn_local(async move {
            pairing.word = Word::Yes;
            pairing.bound = true;
            let consent = consent(&ports, &pairing, true, vec![Share::Questionnaires]);
            let written = match ports.journal.record(&consent, Send::First, None).await {
                Ok(_kept) => keep(&ports, Some(&pairing)).await,
                Err(why) => Err(why),
            };
            match written {
                Ok(()) => {
                    self.pairing.set(Some(pairing));
                    self.stage.set(Stage::Done);
                    pulse.changed();
                }
                Err(_store) => self.stage.set(Stage::StoreFailed),
            }
        });
    }

    /// Ends it: a no on the consent screen, or a yes withdrawn. Sending stops at once; the token
    /// goes back now or, with no network, as soon as there is one.
    pub fn end(self) {
        let Some(mut pairing) = self.pairing.get_untracked() else { return };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        spawn_local(async move {
            let ended = pairing.live();
            pairing.word = Word::No;
            // The choice is an entry. It stays here: the way to the clinic is being closed.
            let entry = consent(&ports, &pairing, false, vec![Share::Questionnaires]);
            let written = match keep(&ports, Some(&pairing)).await {
                Ok(()) if ended => ports.journal.record(&entry, Send::Never, None).await.map(drop),
                other => other,
            };
            self.pairing.set(Some(pairing));
            if written.is_err() {
                self.stage.set(Stage::StoreFailed);
                return;
            }
            pulse.changed();
            let told = self.settle_debt(&ports).await;
            self.stage.set(Stage::Refused { told });
        });
    }

    /// Gives a token back that is still owed. Call at start and when the network returns.
    pub fn pay_debt(self) {
        let ports = Outside::get();
        spawn_local(async move {
            self.settle_debt(&ports).await;
        });
    }

    async fn settle_debt(self, ports: &Ports) -> bool {
        let Some(mut pairing) = self.pairing.get_untracked().filter(Pairing::leaving) else { return true };
        if !take_back(&pairing).await {
            return false;
        }
        pairing.token = None;
        let rest = pairing.bound.then_some(pairing);
        // Given back twice is harmless: if this cannot be kept, it is tried again.
        let kept = keep(ports, rest.as_ref()).await.is_ok();
        self.pairing.set(rest);
        kept
    }

    /// Back to the field for a code.
    pub fn start_over(self) {
        self.stage.set(Stage::Code);
    }
}

/// Reads the journal's `Pairing` value; what cannot be read counts as none.
#[must_use]
pub fn read(kept: Option<&str>) -> Option<Pairing> {
    kept.and_then(|text| serde_json::from_str(text).ok()).flatten()
}

/// A hospital's own token is the hospital's; only this app's server takes tokens back.
async fn take_back(pairing: &Pairing) -> bool {
    match &pairing.token {
        Some(token) if pairing.own => give_back(token).await,
        _ => true,
    }
}

async fn keep(ports: &Ports, pairing: Option<&Pairing>) -> Result<(), JournalError> {
    let text = serde_json::to_string(&pairing)
        .map_err(|_never| JournalError::Failed { name: "PairingNotWritten".to_owned() })?;
    ports.journal.set_meta(MetaKey::Pairing, &text).await
}

/// The person's word on what may be sent to this clinic.
pub(super) fn consent(ports: &Ports, pairing: &Pairing, permit: bool, share: Vec<Share>) -> Entry {
    let now = ports.now();
    Entry {
        id: ports.entry_id(),
        revision: ports.revision_id(),
        parent: None,
        device: ports.device,
        day: now.diary_day(),
        authored: now.moment,
        zone: now.zone,
        occasion: None,
        late: false,
        partial: false,
        reason: None,
        body: Body::Consent(Consent {
            permit,
            clinic: pairing.clinic.name.clone(),
            base: pairing.base.clone(),
            share,
        }),
    }
}
