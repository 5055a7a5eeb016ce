//! Keeping the diary in a locked file, and bringing one in.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::outside::{Outside, Ports};
use super::pairing::Pairings;
use super::pulse::Pulse;
use super::settings::Settings;
use crate::files::backup::{self, Contents, LARGEST, Lock, NotABackup, NotMade, NotOpened, Recovery};
pub use crate::files::backup::{Secret, fresh_code};
pub use crate::files::bring::Joined;
use crate::files::bring::bring;
use crate::platform::upload::{self, Upload};
use crate::platform::{clock, document, download};

/// Fewest characters of a passphrase.
pub const LEAST: usize = 10;

/// How far keeping a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// The person chooses.
    Ready,
    /// A code is shown.
    Code(String),
    /// It is made.
    Making,
    /// The browser has it, under this name.
    Saved(String),
    /// There is none.
    Failed(Trouble),
}

/// How far bringing one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bringing {
    /// No file was chosen.
    NoFile,
    /// It is read, or opened.
    Opening,
    /// It wants this secret; the last one typed did not do, for that reason.
    Wants(Secret, Option<Trouble>),
    /// It will not do.
    Failed(Trouble),
    /// It is in: what came of it, and the clinic that the diary belongs with, where the connection is
    /// to be made anew.
    Joined(Joined, Option<String>),
}

/// What went wrong. Nothing was changed, but where the store failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No backup file.
    Other,
    /// From a newer app.
    Newer,
    /// Not whole.
    Cut,
    /// Too large.
    Large,
    /// The browser could not read it.
    Unreadable,
    /// No recovery code.
    Mistyped,
    /// Another secret, or an altered file.
    Shut,
    /// What is in it cannot be read.
    Damaged,
    /// The browser has not the memory or the cryptography.
    Browser,
    /// Another person's: initials, clinic.
    Another(String, String),
    /// The store failed.
    Store,
}

/// The page's handle: made when the page opens.
#[derive(Clone, Copy)]
pub struct Moving {
    keeping: RwSignal<Keeping>,
    code: StoredValue<Option<Recovery>>,
    bringing: RwSignal<Bringing>,
    file: StoredValue<Rc<Vec<u8>>, LocalStorage>,
}

impl Moving {
    /// For a page that opens.
    #[must_use]
    pub fn open() -> Self {
        Self {
            keeping: RwSignal::new(Keeping::Ready),
            code: StoredValue::new(None),
            bringing: RwSignal::new(Bringing::NoFile),
            file: StoredValue::new_local(Rc::default()),
        }
    }

    /// How far keeping is.
    #[must_use]
    pub fn keeping(self) -> Signal<Keeping> {
        self.keeping.into()
    }

    /// How far bringing is.
    #[must_use]
    pub fn bringing(self) -> Signal<Bringing> {
        self.bringing.into()
    }

    /// Begins again with another kind of lock.
    pub fn start_over(self) {
        self.code.set_value(None);
        self.keeping.set(Keeping::Ready);
    }

    /// Makes a code and shows it.
    pub fn make_code(self) {
        let code = fresh_code();
        self.code.set_value(Some(code));
        self.keeping.set(Keeping::Code(code.to_string()));
    }

    /// Saves a file under the code that is shown.
    pub fn keep_by_code(self) {
        if let Some(code) = self.code.get_value() {
            self.keep(Lock::Recovery(code));
        }
    }

    /// Saves a file under these words.
    pub fn keep_by_words(self, words: String) {
        self.keep(Lock::Passphrase(words));
    }

    fn keep(self, lock: Lock) {
        let ports = Outside::get();
        let bound = Pairings::get().belongs();
        self.keeping.set(Keeping::Making);
        spawn_local(async move {
            // The making holds the page up: what is going on is on screen before.
            document::painted().await;
            let now = ports.moment();
            let stage = match backup::make(&ports.journal, bound, &lock, now).await {
                Ok(file) => {
                    let name = format!("interlude-{}.interlude", clock::moment().local_day());
                    if download::save(&name, "application/octet-stream", &file) {
                        Keeping::Saved(name)
                    } else {
                        Keeping::Failed(Trouble::Browser)
                    }
                }
                Err(NotMade::Store(_)) => Keeping::Failed(Trouble::Store),
                Err(NotMade::Browser) => Keeping::Failed(Trouble::Browser),
            };
            self.code.try_update_value(Option::take);
            // The page may be gone by now.
            self.keeping.try_set(stage);
        });
    }

    /// Reads the file that was chosen in the field with this id.
    pub fn choose(self, field: &'static str) {
        self.bringing.set(Bringing::Opening);
        spawn_local(async move {
            let stage = match upload::read(field, LARGEST).await {
                Upload::None => Bringing::NoFile,
                Upload::TooLarge => Bringing::Failed(Trouble::Large),
                Upload::Unreadable => Bringing::Failed(Trouble::Unreadable),
                Upload::Bytes(bytes) => match backup::wants(&bytes) {
                    Ok(secret) => {
                        self.file.try_set_value(Rc::new(bytes));
                        Bringing::Wants(secret, None)
                    }
                    Err(why) => Bringing::Failed(trouble(why)),
                },
            };
            self.bringing.try_set(stage);
        });
    }

    /// Opens the file with what was typed and brings it in.
    pub fn bring(self, typed: String) {
        let Bringing::Wants(secret, _) = self.bringing.get_untracked() else { return };
        let (ports, pulse, pairings, settings) =
            (Outside::get(), Pulse::get(), Pairings::get(), Settings::get());
        let file = self.file.get_value();
        self.bringing.set(Bringing::Opening);
        spawn_local(async move {
            document::painted().await;
            let stage = match backup::open(&file, &typed).await {
                Ok(contents) => join(&ports, pairings, &contents).await,
                Err(NotOpened::Mistyped) => Bringing::Wants(secret, Some(Trouble::Mistyped)),
                Err(NotOpened::Shut) => Bringing::Wants(secret, Some(Trouble::Shut)),
                Err(NotOpened::File(why)) => Bringing::Failed(trouble(why)),
                Err(NotOpened::Contents(why)) => Bringing::Failed(why.into()),
                Err(NotOpened::Browser) => Bringing::Wants(secret, Some(Trouble::Browser)),
            };
            if matches!(stage, Bringing::Joined(..)) {
                settings.read_again(&ports).await;
                pulse.changed();
            }
            self.bringing.try_set(stage);
        });
    }
}

/// The diary joins the one here, unless it is another person's. Whose it is comes first, so that a
/// kill in the middle leaves no entries here that belong to nobody.
async fn join(ports: &Ports, pairings: Pairings, contents: &Contents) -> Bringing {
    if let Some(bound) = &contents.bound {
        if !pairings.may_belong(bound) {
            return Bringing::Failed(Trouble::Another(bound.initials.clone(), bound.clinic.clone()));
        }
        if pairings.belong(ports, bound).await.is_err() {
            return Bringing::Failed(Trouble::Store);
        }
    }
    match bring(&ports.journal, contents).await {
        Ok(joined) => {
            let live = pairings.is_live().get_untracked();
            let clinic = contents.bound.as_ref().filter(|_| !live);
            Bringing::Joined(joined, clinic.map(|bound| bound.clinic.clone()))
        }
        Err(_store) => Bringing::Failed(Trouble::Store),
    }
}

const fn trouble(why: NotABackup) -> Trouble {
    match why {
        NotABackup::Other | NotABackup::Cost => Trouble::Other,
        NotABackup::Newer { .. } => Trouble::Newer,
        NotABackup::Length { .. } => Trouble::Cut,
        NotABackup::TooLarge => Trouble::Large,
    }
}

impl From<backup::Unreadable> for Trouble {
    fn from(why: backup::Unreadable) -> Self {
        match why {
            backup::Unreadable::Newer { .. } => Self::Newer,
            backup::Unreadable::Damaged => Self::Damaged,
        }
    }
}
