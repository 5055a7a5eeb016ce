//! Rounds: every minute, whoever is due.

use std::collections::BTreeMap;
use std::time::Duration;

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Body;
use interlude_fhir::wire::read_entry;

use super::{Fate, Pusher, plan};
use crate::app::App;
use crate::store::{Bounds, Kind, NOW, PatientId, Query, Reminder, Sort, StoreError};

/// From one round to the next.
const EVERY: Duration = Duration::from_mins(1);
/// A push service that does not say how long is left alone for so long.
const WAIT_MS: i64 = 5 * 60_000;
const DAY_MS: i64 = 86_400_000;
/// The form whose answer makes a reminder needless.
const CHECK_IN: &str = "https://interlude.health/fhir/Questionnaire/daily-checkin";

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Reminders that a push service took.
    pub sent: usize,
    /// Days that the clinic holds: nothing was sent.
    pub answered: usize,
    /// Subscriptions that are no more, and are forgotten here.
    pub gone: usize,
    /// To be tried again.
    pub later: usize,
    /// Not taken, and not tried again today.
    pub refused: usize,
}

/// The rounds of one server.
#[derive(Debug)]
pub struct Rounds {
    app: App,
    /// Until when a phone's push service is left alone, by the hash of its token.
    waits: BTreeMap<[u8; 32], i64>,
}

impl Rounds {
    /// None done yet.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self { app, waits: BTreeMap::new() }
    }

    /// One after the other, for ever.
    pub async fn keep_going(mut self) {
        let mut minutes = tokio::time::interval(EVERY);
        minutes.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            minutes.tick().await;
            match self.once().await {
                Ok(round) if round == Round::default() => {}
                Ok(Round { sent, answered, gone, later, refused }) => {
                    tracing::info!(sent, answered, gone, later, refused, "reminded");
                }
                Err(error) => tracing::error!(%error, "no reminders could be sent"),
            }
        }
    }

    /// Whoever is due now, once.
    ///
    /// # Errors
    /// As the store gives them. What was sent by then is written down.
    pub async fn once(&mut self) -> Result<Round, StoreError> {
        let mut round = Round::default();
        let Some(pusher) = self.app.config.push.clone() else { return Ok(round) };
        let now_ms = self.app.clock.now_ms();
        self.waits.retain(|_, until| *until > now_ms);
        for reminder in self.app.store.reminders().await? {
            if !self.waits.contains_key(&reminder.token)
                && let Some(day) = plan::due(&reminder, now_ms)
            {
                self.remind(&*pusher, &reminder, day, &mut round).await?;
            }
        }
        Ok(round)
    }

    async fn remind(
        &mut self,
        pusher: &dyn Pusher,
        reminder: &Reminder,
        day: LocalDay,
        round: &mut Round,
    ) -> Result<(), StoreError> {
        let (app, token) = (&self.app, reminder.token);
        if holds(app, &reminder.patient, day).await? {
            round.answered += 1;
            return app.store.reminded(token, day, false).await;
        }
        let now_ms = app.clock.now_ms();
        match pusher.push(&reminder.endpoint, now_ms).await {
            Fate::Taken => {
                round.sent += 1;
                app.store.reminded(token, day, true).await
            }
            Fate::Gone => {
                round.gone += 1;
                app.store.forget_reminder(token, Some(&reminder.endpoint)).await.map(drop)
            }
            Fate::Later(seconds) => {
                round.later += 1;
                let wait = seconds.map_or(WAIT_MS, |seconds| i64::from(seconds) * 1_000);
                self.waits.insert(token, now_ms.saturating_add(wait));
                Ok(())
            }
            Fate::Refused(status) => {
                round.refused += 1;
                tracing::warn!(status, "a push service refused a reminder");
                app.store.reminded(token, day, false).await
            }
        }
    }
}

/// Whether the clinic holds a check-in about the day that was not taken back.
async fn holds(app: &App, patient: &PatientId, day: LocalDay) -> Result<bool, StoreError> {
    let noon = i64::from(day.number()) * DAY_MS + DAY_MS / 2;
    let query = Query {
        patient: patient.clone(),
        kind: Kind::QuestionnaireResponse,
        ids: None,
        questionnaires: Some(vec![CHECK_IN.to_owned()]),
        // Any zone's day, and the hours after midnight that belong to it.
        when: Bounds { least: noon - 2 * DAY_MS, below: noon + 2 * DAY_MS },
        stored: Bounds::ALL,
        sort: Sort { by_when: true, descending: true },
        as_of: NOW,
        after: None,
        limit: 100,
    };
    let rows = app.store.search(&query).await?;
    let about_it = |text: &str| {
        read_entry(text).is_ok_and(|entry| entry.day == day && matches!(entry.body, Body::Response(_)))
    };
    Ok(rows.iter().any(|row| about_it(&row.text)))
}
