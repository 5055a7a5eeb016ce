//! What the kills came to, in the columns of `cargo xtask torture`.

use std::fmt::Write as _;

/// The ways in which promise 1 can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// Something said to be kept is not there.
    Lost,
    /// Something is there twice, or was never answered.
    Doubled,
    /// Something is there with another day or other answers.
    Misdated,
    /// The store does not open, or something never comes to its end.
    Stuck,
    /// The light said what is not so.
    FalselyConfirmed,
}

impl Harm {
    const ALL: [Self; 5] = [Self::Lost, Self::Doubled, Self::Misdated, Self::Stuck, Self::FalselyConfirmed];
}

/// Counts, and what went wrong.
#[derive(Debug, Default)]
pub struct Toll {
    /// Entries recorded.
    pub revisions: usize,
    /// Requests the network saw.
    pub requests: usize,
    /// Networks that were cut or slow, and replies that were swallowed.
    pub faults: usize,
    /// Browsers killed.
    pub kills: u64,
    /// Stores that the browser threw away, and that were put back from their copy.
    pub thrown_away: u64,
    /// Entries and answers that the light said were on this phone.
    pub confirmed: usize,
    harms: Vec<(Harm, String)>,
}

impl Toll {
    /// Notes a harm where `holds` is not so.
    pub fn law(&mut self, harm: Harm, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.harms.push((harm, what()));
        }
    }

    /// Whether nothing went wrong.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.harms.is_empty()
    }

    /// Its line in the table.
    #[must_use]
    pub fn line(&self, name: &str) -> String {
        let mut line = format!(
            "| {name} | 1 | {} | {} | {} | {} | 0 | 0 | {} |",
            self.revisions, self.requests, self.faults, self.kills, self.confirmed
        );
        for harm in Harm::ALL {
            let harmed = self.harms.iter().filter(|(one, _)| *one == harm).count();
            // Writing to a String cannot fail.
            write!(line, " {harmed} |").unwrap_or_default();
        }
        line
    }

    /// What went wrong, one line each.
    #[must_use]
    pub fn wrongs(&self) -> String {
        let lines: Vec<String> = self.harms.iter().map(|(harm, what)| format!("{harm:?}: {what}")).collect();
        lines.join("\n")
    }
}
