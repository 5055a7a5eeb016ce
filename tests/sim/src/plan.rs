//! How a schedule is shaped, what it came to, and how it is run.

use crate::clinic::Clinic;
use crate::foreign::Foreign;
use crate::foreign_laws;
use crate::host::Host;
use crate::laws::{self, Broken};
use crate::world::World;

/// How a schedule is shaped.
#[derive(Debug, Clone, Copy)]
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
}

impl Default for Plan {
    fn default() -> Self {
        Self { phones: 3, revisions: 20, weather: None, kills: 4, restores: true }
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
    /// Revisions made.
    pub revisions: u64,
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
    laws::end(&mut world.phones, &world.clinic)?;
    let World { clinic, count, .. } = world;
    Ok((Count { requests: clinic.requests, restores: clinic.restores, ..count }, clinic))
}

/// Runs one schedule around another R4 server, under the laws of those.
///
/// # Errors
/// The law that was broken.
pub fn run_foreign(seed: u64, plan: Plan, server: impl FnOnce(i64) -> Foreign) -> Result<Count, Broken> {
    let mut world = played(seed, plan, server(START_MS))?;
    foreign_laws::end(&mut world.phones, &world.clinic)?;
    Ok(Count { requests: world.clinic.requests(), ..world.count })
}

fn played<S: Host>(seed: u64, plan: Plan, server: S) -> Result<World<S>, Broken> {
    let mut world = World::new(seed, plan, server, START_MS);
    world.trouble(plan)?;
    world.calm()?;
    Ok(world)
}
