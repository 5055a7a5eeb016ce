//! What a cycle remembers from one start of the app to the next.

use std::fmt;

use super::Create;
use crate::calendar::Moment;
use crate::entry::Receipt;

/// The cycle's memory: the journal keeps its text as [`MetaKey::Sync`](crate::journal::MetaKey).
///
/// Written as lines of a name and a value. A name that is not known here is passed over, a value
/// that cannot be read is as if absent: the worst that follows is one reconcile too many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The next pull asks for what changed since.
    pub cursor: Option<Moment>,
    /// The server's epoch.
    pub epoch: Option<String>,
    /// A reconcile is owed: the epoch changed, or it was asked for.
    pub owed: bool,
    /// When the last reconcile was completed, Unix milliseconds on this phone's clock.
    pub reconciled_ms: Option<i64>,
    /// When the last pull was completed.
    pub pulled_ms: Option<i64>,
    /// Failures in a row.
    pub failures: u32,
    /// Not before then, unless woken.
    pub until_ms: i64,
    /// Not before then at all: the server asked for it.
    pub firm_ms: i64,
    /// How another R4 server was found to take new ids.
    pub create: Option<Create>,
    /// Server's clock less this phone's, in milliseconds, as last seen. Nothing is "fixed" by it.
    pub skew_ms: Option<i64>,
}

/// A phone's clock may be wrong by so much, in milliseconds, before anybody is told.
pub const CLOCK_MS: i64 = 120_000;

const FORMAT: &str = "interlude-sync 1";

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FORMAT}")?;
        if let Some(cursor) = self.cursor {
            writeln!(f, "cursor {cursor}")?;
        }
        if let Some(epoch) = self.epoch.as_ref().filter(|epoch| !epoch.contains(char::is_whitespace)) {
            writeln!(f, "epoch {epoch}")?;
        }
        if self.owed {
            writeln!(f, "owed 1")?;
        }
        if let Some(create) = self.create {
            writeln!(f, "create {}", create.name())?;
        }
        let numbers = [
            ("reconciled", self.reconciled_ms),
            ("pulled", self.pulled_ms),
            ("failures", Some(i64::from(self.failures)).filter(|n| *n != 0)),
            ("until", Some(self.until_ms).filter(|n| *n != 0)),
            ("firm", Some(self.firm_ms).filter(|n| *n != 0)),
            ("skew", self.skew_ms),
        ];
        for (name, number) in numbers {
            if let Some(number) = number {
                writeln!(f, "{name} {number}")?;
            }
        }
        Ok(())
    }
}

impl Memory {
    /// Reads what [`Display`](fmt::Display) wrote; of anything else, what can be read of it.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut memory = Self::default();
        let mut lines = text.lines();
        if lines.next() != Some(FORMAT) {
            return memory;
        }
        for (name, value) in lines.filter_map(|line| line.split_once(' ')) {
            match name {
                "cursor" => memory.cursor = value.parse().ok(),
                "epoch" => memory.epoch = Some(value.to_owned()),
                "create" => memory.create = Create::named(value),
                "owed" => memory.owed = value == "1",
                "reconciled" => memory.reconciled_ms = value.parse().ok(),
                "pulled" => memory.pulled_ms = value.parse().ok(),
                "failures" => memory.failures = value.parse().unwrap_or(0),
                "until" => memory.until_ms = value.parse().unwrap_or(0),
                "firm" => memory.firm_ms = value.parse().unwrap_or(0),
                "skew" => memory.skew_ms = value.parse().ok(),
                _ => {}
            }
        }
        memory
    }

    /// By how much this phone's clock is ahead of the server's (behind: negative), in milliseconds, where
    /// that is more than [`CLOCK_MS`]. It is told and never corrected: times stay as the person saw them.
    #[must_use]
    pub fn clock_is_wrong_by(&self) -> Option<i64> {
        self.skew_ms.map(i64::saturating_neg).filter(|ahead| ahead.abs() > CLOCK_MS)
    }

    /// Takes note of the epoch a receipt names: another one than before means that the server was
    /// restored, and a reconcile is owed.
    pub(super) fn note(&mut self, receipt: &Receipt) {
        self.note_epoch(&receipt.epoch);
    }

    /// The same of an epoch that is named by itself.
    pub(super) fn note_epoch(&mut self, epoch: &str) {
        if epoch.is_empty() || self.epoch.as_deref() == Some(epoch) {
            return;
        }
        self.owed |= self.epoch.is_some();
        self.epoch = Some(epoch.to_owned());
    }
}
