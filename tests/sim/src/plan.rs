//! How a schedule is shaped, what it came to, and how it is run.

use std::ops::AddAssign;

use interlude_diary::sync::Kick;

use crate::clinic::Clinic;
use crate::foreign::Foreign;
use crate::foreign_laws;
use crate::host::Host;
use crate::laws::{self, Broken};
use crate::mutants::Mutant;
use crate::world::World;

/// How a schedule is shaped.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each may go wrong without the others")]
pub struct Plan {
    /// Most phones.
    pub phones: u64,
    /// Revisions made.
    pub revisions: u32,
    /// Faults of a hundred requests; none means a random number.
    pub weather: Option<u64>,
    /// Kills of a hundred steps.
    pub kills: u64,
    /// Whether the server may be restored.
    pub restores: bool,
    /// Odd things of a hundred steps: a phone's clock is set wrong, a page is frozen or thawed, a
    /// sign-in is revoked.
    pub odd: u64,
    /// Refusals and strange answers of a hundred requests.
    pub refusals: u64,
    /// Failures of a hundred transactions of a phone's store.
    pub disk: u64,
    /// Failures of a hundred transactions of the server's store.
    pub rack: u64,
    /// The server's store keeps some texts otherwise than it was given them.
    pub rot: bool,
    /// Of a hundred steps, so many are done by another tab of the same phone.
    pub tabs: u64,
    /// Patients of the clinic.
    pub people: usize,
    /// One patient is erased.
    pub erases: bool,
    /// In the end nobody asks for a comparison: lists of what is new must do.
    pub by_list: bool,
    /// Restores are from copies of the server's store, made now and then.
    pub copies: bool,
    /// The server's store is in SQLite files.
    pub files: bool,
    /// The safety step that is left out.
    pub mutant: Option<Mutant>,
}

impl Plan {
    /// Everything that went wrong from the first.
    pub const ALL_FAULTS: Self = Self {
        phones: 3,
        revisions: 20,
        weather: None,
        kills: 4,
        restores: true,
        odd: 0,
        refusals: 0,
        disk: 0,
        rack: 0,
        rot: false,
        tabs: 0,
        people: 1,
        erases: false,
        by_list: false,
        copies: false,
        files: false,
        mutant: None,
    };

    /// What a person asks for when all is over.
    #[must_use]
    pub const fn last_kick(&self) -> Kick {
        if self.by_list { Kick::Asked } else { Kick::Compare }
    }
}

impl Default for Plan {
    fn default() -> Self {
        Self::ALL_FAULTS
    }
}

/// What a schedule came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Requests that reached the server.
    pub requests: u64,
    /// Restores of the server.
    pub restores: u32,
    /// Things the network did to requests.
    pub faults: u64,
    /// Kills of the app.
    pub kills: u64,
    /// Odd things that happened.
    pub odd: u64,
    /// Revisions made.
    pub revisions: u64,
    /// Entries that the server holds in the end: all of them confirmed.
    pub confirmed: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.requests += other.requests;
        self.restores += other.restores;
        self.faults += other.faults;
        self.kills += other.kills;
        self.odd += other.odd;
        self.revisions += other.revisions;
        self.confirmed += other.confirmed;
    }
}

/// When every schedule begins, Unix milliseconds.
pub const START_MS: i64 = 1_767_225_600_000;

/// Runs one schedule and checks every law.
///
/// # Errors
/// The law that was broken.
pub fn run(seed: u64, plan: Plan, clinic: impl FnOnce(i64) -> Clinic) -> Result<Count, Broken> {
    play(seed, plan, clinic(START_MS)).map(|(count, _clinic)| count)
}

/// The same around a clinic that is given back.
///
/// # Errors
/// The law that was broken.
pub fn play(seed: u64, plan: Plan, clinic: Clinic) -> Result<(Count, Clinic), Broken> {
    let mut world = played(seed, plan, clinic)?;
    if !plan.rot {
        laws::end(&mut world.phones, &world.clinic, &plan, &world.refused)?;
    }
    let World { clinic, count, .. } = world;
    let confirmed = clinic.now.len() as u64;
    Ok((Count { requests: clinic.requests, restores: clinic.restores, confirmed, ..count }, clinic))
}

/// Runs one schedule around another R4 server, under the laws of those.
///
/// # Errors
/// The law that was broken.
pub fn run_foreign(seed: u64, plan: Plan, server: impl FnOnce(i64) -> Foreign) -> Result<Count, Broken> {
    let mut world = played(seed, plan, server(START_MS))?;
    foreign_laws::end(&mut world.phones, &world.clinic)?;
    let confirmed =
        ["QuestionnaireResponse", "Consent"].map(|kind| world.clinic.current(kind).count() as u64);
    Ok(Count { requests: world.clinic.requests(), confirmed: confirmed.iter().sum(), ..world.count })
}

fn played<S: Host>(seed: u64, plan: Plan, server: S) -> Result<World<S>, Broken> {
    let mut world = World::new(seed, plan, server, START_MS);
    world.trouble(plan)?;
    world.silence()?;
    world.calm()?;
    Ok(world)
}
