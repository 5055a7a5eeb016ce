//! The link that pairs one phone, kept fresh.

use std::time::Duration;

use anyhow::Result;

use super::say;
use crate::app::App;
use crate::code::{Code, LIFE_MS};
use crate::store::{PatientId, StoreError};

/// The patient links are printed for: the oldest, or one made now.
pub(super) async fn patient(app: &App) -> Result<PatientId> {
    match app.store.patients().await?.into_iter().next() {
        Some(patient) => Ok(patient.id),
        None => Ok(app.add_patient("N.N.").await?),
    }
}

/// How often the clock is looked at: a machine that slept has not waited, and its code is as old as
/// everybody's.
const LOOK: Duration = Duration::from_secs(15);
/// When to try again after an invitation could not be made.
const RETRY_MS: i64 = 5_000;

/// Prints a link now and whenever the last one has expired, for as long as the patient is there.
pub(super) async fn keep_printing(app: App, patient: PatientId, root: String, picture: bool) {
    let show = |code: &Code| {
        let link = format!("{root}/#pair={code}");
        say(format_args!("Open {link}"));
        if picture && let Ok(code) = fast_qr::QRBuilder::new(link).build() {
            say(format_args!("{}", code.to_str()));
        }
    };
    keep_minting(&app, &patient, show, tokio::time::sleep).await;
}

/// Makes a code now and whenever the last one has expired by the app's clock. `wait` lets time pass.
async fn keep_minting<W: Future<Output = ()>>(
    app: &App,
    patient: &PatientId,
    show: impl Fn(&Code),
    wait: impl Fn(Duration) -> W,
) {
    loop {
        let began = app.clock.now_ms();
        let lasts = match app.invite(patient).await {
            Ok(code) => {
                show(&code);
                LIFE_MS
            }
            Err(StoreError::NoSuchPatient) => {
                tracing::warn!("no links are printed any more: their patient is erased");
                return;
            }
            Err(error) => {
                tracing::error!(%error, "no invitation could be made");
                RETRY_MS
            }
        };
        loop {
            let left = began.saturating_add(lasts).saturating_sub(app.clock.now_ms());
            let Ok(left @ 1..) = u64::try_from(left) else { break };
            wait(LOOK.min(Duration::from_millis(left))).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::Config;
    use crate::chance::{Chance, OsChance};
    use crate::clock::Clock;
    use crate::store::MemoryStore;

    struct Hands(AtomicI64);

    impl Clock for Hands {
        fn now_ms(&self) -> i64 {
            self.0.load(Ordering::SeqCst)
        }
    }

    /// Fails when it is asked for the n-th time.
    struct Unlucky(AtomicUsize, usize);

    impl Chance for Unlucky {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), StoreError> {
            if self.0.fetch_add(1, Ordering::SeqCst) + 1 == self.1 {
                return Err(StoreError::NoChance);
            }
            OsChance.fill(bytes)
        }
    }

    /// A clinic by a clock of ours, and its one patient.
    async fn clinic(chance: impl Chance) -> (App, Arc<Hands>, PatientId) {
        let hands = Arc::new(Hands(AtomicI64::new(1_000_000)));
        let config = Config { chance: Arc::new(chance), ..Config::default() };
        let app = App::new(Arc::new(MemoryStore::new("LNK00000")), hands.clone(), config);
        let patient = app.add_patient("A.B.").await.unwrap();
        (app, hands, patient)
    }

    /// Codes and when each was shown, until there are so many; each wait takes as long as `takes` says.
    async fn shown(
        (app, hands, patient): &(App, Arc<Hands>, PatientId),
        many: usize,
        takes: impl Fn(Duration) -> i64,
    ) -> Vec<(Code, i64)> {
        let shown = Mutex::new(Vec::new());
        let enough = tokio::sync::Notify::new();
        let show = |code: &Code| {
            let mut shown = shown.lock().unwrap();
            shown.push((*code, hands.now_ms()));
            if shown.len() == many {
                enough.notify_one();
            }
        };
        let wait = async |time: Duration| {
            assert!(time > Duration::ZERO && time <= LOOK);
            hands.0.fetch_add(takes(time), Ordering::SeqCst);
            // Whoever has seen enough ends this here.
            tokio::task::yield_now().await;
        };
        tokio::select! {
            biased;
            () = enough.notified() => {}
            () = keep_minting(app, patient, show, wait) => {}
        }
        shown.into_inner().unwrap()
    }

    fn as_asked(time: Duration) -> i64 {
        i64::try_from(time.as_millis()).unwrap()
    }

    #[tokio::test]
    async fn a_new_code_is_made_when_the_last_one_expires() {
        let clinic = clinic(OsChance).await;
        let shown = shown(&clinic, 4, as_asked).await;
        let times: Vec<i64> = shown.iter().map(|(_, at)| at - shown[0].1).collect();
        assert_eq!(times, [0, LIFE_MS, 2 * LIFE_MS, 3 * LIFE_MS]);
        let (app, hands, _) = &clinic;
        let redeemed = async |code: Code, token: u8| {
            let device = "00000000-0000-4000-8000-000000000001";
            let hash = code.hash(&app.config.pepper);
            app.store.redeem(hash, [token; 32], device, hands.now_ms()).await.unwrap().is_some()
        };
        assert!(!redeemed(shown[2].0, 1).await, "the code before is void");
        assert!(redeemed(shown[3].0, 2).await, "the code on the screen is good");
    }

    #[tokio::test]
    async fn a_machine_that_slept_shows_a_new_code_when_it_wakes() {
        let hour = 60 * 60 * 1000;
        let shown = shown(&clinic(OsChance).await, 3, |_| hour).await;
        assert_eq!(shown.iter().map(|(_, at)| at - shown[0].1).collect::<Vec<_>>(), [0, hour, 2 * hour]);
    }

    #[tokio::test]
    async fn what_fails_is_tried_again_soon() {
        // The patient's id and key are asked for first, then a code each time.
        let shown = shown(&clinic(Unlucky(AtomicUsize::new(0), 4)).await, 2, as_asked).await;
        assert_eq!(shown[1].1 - shown[0].1, LIFE_MS + RETRY_MS);
    }

    #[tokio::test]
    async fn it_ends_with_the_patient() {
        let clinic = clinic(OsChance).await;
        clinic.0.erase(&clinic.2, "clinic").await.unwrap();
        assert!(shown(&clinic, 1, as_asked).await.is_empty());
    }
}
