//! One schedule: a seed, some phones, a clinic, and what happens.

use interlude_diary::calendar::Moment;
use interlude_diary::sync::{Kick, Rest, Server, Step};
use interlude_fhir::exchange::{Answer, Call, calls, told};
use interlude_testkit::Chance;

use crate::clinic::Clinic;
use crate::laws::{self, Broken};
use crate::net::{Fault, Weather};
use crate::phone::Phone;

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
}

/// The world of one schedule.
pub struct World {
    chance: Chance,
    /// The server.
    pub clinic: Clinic,
    /// The phones.
    pub phones: Vec<Phone>,
    now_ms: i64,
    weather: Weather,
    late: Vec<(Call, String)>,
    /// Some phone filed an outcome since this was last asked.
    filed: bool,
}

/// Steps in which everything must come to rest once nothing goes wrong any more.
const PATIENCE: u32 = 4000;

impl World {
    /// A world of this seed around a clinic.
    #[must_use]
    pub fn new(seed: u64, plan: Plan, clinic: Clinic, now_ms: i64) -> Self {
        let mut chance = Chance::new(seed);
        let patient = clinic.patient.as_str().to_owned();
        let phones = (0..=chance.below(plan.phones))
            .map(|_| Phone::new(clinic.token(), &patient, &mut chance, now_ms))
            .collect();
        let weather = Weather(plan.weather.unwrap_or_else(|| chance.below(60)));
        Self { chance, clinic, phones, now_ms, weather, late: Vec::new(), filed: false }
    }

    fn now(&self) -> Moment {
        Moment::new(self.now_ms, 0)
    }

    fn pass(&mut self, ms: i64) {
        self.now_ms += ms;
        self.clinic.set_clock(self.now_ms);
    }

    /// The time when people write, lose networks, kill apps and restore servers.
    ///
    /// # Errors
    /// The law that was broken.
    pub fn trouble(&mut self, plan: Plan) -> Result<(), Broken> {
        let mut made = 0;
        let mut restores = u32::from(plan.restores && self.chance.one_in_hundred(25));
        while made < plan.revisions {
            let pause = match self.chance.below(20) {
                0 => self.chance.below(400_000),
                1..4 => self.chance.below(5000),
                _ => 1 + self.chance.below(50),
            };
            self.pass(i64::try_from(pause).unwrap_or(1).max(1));
            let which = usize::try_from(self.chance.below(self.phones.len() as u64)).unwrap_or(0);
            match self.chance.below(100) {
                0..12 => {
                    let now = self.now();
                    made += u32::from(self.phones[which].act(&mut self.chance, now));
                }
                12..15 => {
                    let kicks = [Kick::Woken, Kick::Timer, Kick::Start, Kick::Asked];
                    let kick = self.chance.pick(&kicks).copied().unwrap_or(Kick::Timer);
                    self.phones[which].cycle.kick(kick, self.now_ms);
                }
                15..17 if restores > 0 && made > plan.revisions / 3 => {
                    restores -= 1;
                    let last = u64::try_from(self.clinic.last()).unwrap_or(0);
                    let n = self.chance.below(last + 1);
                    self.clinic.restore(i64::try_from(n).unwrap_or(0));
                }
                17..19 => self.arrive_late(),
                _ => self.step(which, plan.kills)?,
            }
        }
        Ok(())
    }

    /// One step of one phone's cycle.
    fn step(&mut self, which: usize, kills: u64) -> Result<(), Broken> {
        let now = self.now();
        let phone = &mut self.phones[which];
        if self.chance.one_in_hundred(kills) {
            phone.kill(self.now_ms);
        }
        let step = phone.cycle.next(self.now_ms);
        let said = match phone.local(&step) {
            Some(said) => said,
            None => {
                let calls = calls(&step, Server::Clinic, self.clinic.patient.as_str());
                if calls.is_empty() {
                    return Ok(());
                }
                let answers: Vec<Answer> = calls.into_iter().map(|call| self.carry(which, call)).collect();
                let Some(said) = told(&step, &answers, now) else { return Ok(()) };
                said
            }
        };
        if self.chance.one_in_hundred(kills) {
            // Killed between what happened outside and its being noted.
            self.phones[which].kill(self.now_ms);
        } else {
            let number = self.chance.next();
            let now = self.now();
            self.phones[which].cycle.told(said, now, number);
        }
        match step {
            Step::File { marks, .. } if !marks.is_empty() => {
                self.filed = true;
                laws::lights(&mut self.phones[which], &self.clinic)
            }
            _ => Ok(()),
        }
    }

    /// Carries one request, or does to it what networks do.
    fn carry(&mut self, which: usize, call: Call) -> Answer {
        let travel = 1 + i64::try_from(self.chance.below(300)).unwrap_or(0);
        self.pass(travel);
        let token = self.phones[which].token.clone();
        let only = |status| Answer { status, ..Answer::default() };
        match self.weather.fault(&mut self.chance) {
            Fault::None => self.clinic.execute(&call, &token),
            Fault::Lost => only(0),
            Fault::ReplyLost => {
                drop(self.clinic.execute(&call, &token));
                only(0)
            }
            Fault::Twice => {
                drop(self.clinic.execute(&call, &token));
                self.pass(1);
                self.clinic.execute(&call, &token)
            }
            Fault::Late => {
                self.late.push((call, token));
                only(0)
            }
            Fault::ReplyCut => {
                let mut answer = self.clinic.execute(&call, &token);
                let length = self.chance.below(answer.body.len() as u64);
                let mut length = usize::try_from(length).unwrap_or(0);
                while !answer.body.is_char_boundary(length) {
                    length -= 1;
                }
                answer.body.truncate(length);
                answer
            }
            Fault::Unavailable => only(503),
            Fault::SlowDown => Answer { status: 429, after_ms: Some(30_000), body: String::new() },
            Fault::SignIn => only(401),
            Fault::Captive => {
                Answer { status: 200, after_ms: None, body: "<html>Welcome to our hotel</html>".to_owned() }
            }
            Fault::TooLarge => only(413),
        }
    }

    /// A request that a phone gave up on reaches the server after all.
    fn arrive_late(&mut self) {
        let n = self.chance.below(self.late.len() as u64);
        let n = usize::try_from(n).unwrap_or(0);
        if n < self.late.len() {
            let (call, token) = self.late.swap_remove(n);
            drop(self.clinic.execute(&call, &token));
        }
    }

    /// The network is good again: everything comes to rest.
    ///
    /// # Errors
    /// The law that was broken; one of them is that rest is found.
    pub fn calm(&mut self) -> Result<(), Broken> {
        while !self.late.is_empty() {
            self.arrive_late();
        }
        self.weather = Weather(0);
        let mut patience = PATIENCE;
        // What one phone heals, another hears of in its next round; the last round changes nothing.
        self.filed = true;
        while std::mem::take(&mut self.filed) {
            for which in 0..self.phones.len() {
                self.pass(1000);
                interlude_testkit::block_on(interlude_diary::journal::Journal::release(
                    &self.phones[which].journal,
                ))
                .expect("release");
                self.phones[which].cycle.kick(Kick::Compare, self.now_ms);
                self.rest(which, &mut patience)?;
            }
        }
        Ok(())
    }

    fn rest(&mut self, which: usize, patience: &mut u32) -> Result<(), Broken> {
        loop {
            *patience = patience.checked_sub(1).ok_or(Broken::NoRest)?;
            self.pass(1);
            match self.phones[which].cycle.next(self.now_ms) {
                Step::Rest(Rest::Wait { until_ms }) => self.pass((until_ms - self.now_ms).max(1)),
                Step::Rest(Rest::SignIn) => return Err(Broken::SignedOut),
                Step::Rest(Rest::Idle) => {
                    let journal = &self.phones[which].journal;
                    let tally =
                        interlude_testkit::block_on(interlude_diary::journal::Journal::tally(journal));
                    match tally.expect("tally").next_due_ms {
                        None => return Ok(()),
                        Some(due) => {
                            self.pass((due - self.now_ms).max(1));
                            self.phones[which].cycle.kick(Kick::Timer, self.now_ms);
                        }
                    }
                }
                _ => self.step(which, 0)?,
            }
        }
    }
}

/// Runs one schedule and checks every law.
///
/// # Errors
/// The law that was broken.
pub fn run(seed: u64, plan: Plan, clinic: impl FnOnce(i64) -> Clinic) -> Result<Count, Broken> {
    let start_ms = 1_767_225_600_000;
    let mut world = World::new(seed, plan, clinic(start_ms), start_ms);
    world.trouble(plan)?;
    world.calm()?;
    laws::end(&mut world.phones, &world.clinic)?;
    Ok(Count { requests: world.clinic.requests, restores: world.clinic.restores })
}
