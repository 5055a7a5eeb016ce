//! One schedule: a seed, some phones, a clinic, and what happens.

use interlude_diary::calendar::Moment;
use interlude_diary::journal::FARTHEST_MS;
use interlude_diary::sync::{Kick, Rest, Step};
use interlude_fhir::exchange::{Answer, Call, calls, told};
use interlude_testkit::Chance;

use crate::host::Host;
use crate::laws::{self, Broken};
use crate::net::{Fault, Weather};
use crate::phone::Phone;
use crate::plan::{Count, Plan};

/// The world of one schedule.
pub struct World<S> {
    chance: Chance,
    /// Decides odd things, so that a seed without them means what it always meant.
    odd: Chance,
    /// The server.
    pub clinic: S,
    /// The phones.
    pub phones: Vec<Phone>,
    now_ms: i64,
    weather: Weather,
    late: Vec<(Call, String)>,
    /// What came of it so far.
    pub count: Count,
    /// Some phone filed an outcome since this was last asked.
    filed: bool,
}

/// How wrong a clock may be, in milliseconds: right, minutes, days, years.
const SKEWS: [i64; 8] = [
    0,
    0,
    4 * 60_000,
    -11 * 60_000,
    26 * 3_600_000,
    -26 * 3_600_000,
    3 * 365 * 86_400_000,
    -7 * 365 * 86_400_000,
];

/// Steps in which everything must come to rest once nothing goes wrong any more.
const PATIENCE: u32 = 4000;

impl<S: Host> World<S> {
    /// A world of this seed around a clinic.
    #[must_use]
    pub fn new(seed: u64, plan: Plan, clinic: S, now_ms: i64) -> Self {
        let mut chance = Chance::new(seed);
        let phones =
            (0..=chance.below(plan.phones)).map(|_| Phone::new(&clinic, &mut chance, now_ms)).collect();
        let weather = Weather(plan.weather.unwrap_or_else(|| chance.below(60)));
        Self {
            chance,
            odd: Chance::new(seed ^ 0x6f64_6400),
            clinic,
            phones,
            now_ms,
            weather,
            late: Vec::new(),
            count: Count::default(),
            filed: false,
        }
    }

    /// What a phone's clock says.
    fn clock(&self, which: usize) -> i64 {
        self.now_ms + self.phones[which].skew_ms
    }

    fn now(&self, which: usize) -> Moment {
        Moment::new(self.clock(which), 0)
    }

    /// A clock is set wrong or right, a page is frozen or thawed, a phone's sign-in is revoked.
    fn oddity(&mut self) {
        self.count.odd += 1;
        let which = usize::try_from(self.odd.below(self.phones.len() as u64)).unwrap_or(0);
        match self.odd.below(10) {
            0..5 => {
                let by = self.odd.pick(&SKEWS).copied().unwrap_or(0);
                self.phones[which].skew_ms = by;
            }
            5..9 => {
                let now_ms = self.clock(which);
                self.phones[which].turn(now_ms);
            }
            _ => {
                let token = self.phones[which].token.clone();
                self.clinic.revoke(&token);
            }
        }
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
            if self.odd.one_in_hundred(plan.odd) {
                self.oddity();
            }
            match self.chance.below(100) {
                0..12 => {
                    let now = self.now(which);
                    made += u32::from(self.phones[which].act(&mut self.chance, now));
                }
                12..15 => {
                    let kicks = [Kick::Woken, Kick::Timer, Kick::Start, Kick::Asked];
                    let kick = self.chance.pick(&kicks).copied().unwrap_or(Kick::Timer);
                    let now_ms = self.clock(which);
                    self.phones[which].cycle.kick(kick, now_ms);
                }
                15..17 if restores > 0 && made > plan.revisions / 3 => {
                    restores -= 1;
                    self.clinic.restore(&mut self.chance);
                }
                17..19 => self.arrive_late(),
                _ => self.step(which, plan.kills)?,
            }
        }
        self.count.revisions += u64::from(made);
        Ok(())
    }

    /// One step of one phone's cycle.
    fn step(&mut self, which: usize, kills: u64) -> Result<(), Broken> {
        let now_ms = self.clock(which);
        let phone = &mut self.phones[which];
        if self.chance.one_in_hundred(kills) {
            phone.kill(now_ms);
            self.count.kills += 1;
        }
        let step = phone.cycle.next(now_ms);
        self.take(which, kills, step)
    }

    fn take(&mut self, which: usize, kills: u64, step: Step) -> Result<(), Broken> {
        let now = self.now(which);
        let said = match self.phones[which].local(&step) {
            Some(said) => said,
            None => {
                let calls = calls(&step, self.phones[which].cycle.server(), self.clinic.patient());
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
            let now_ms = self.clock(which);
            self.phones[which].kill(now_ms);
            self.count.kills += 1;
        } else {
            let number = self.chance.next();
            let now = self.now(which);
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
        let fault = self.weather.fault(&mut self.chance);
        self.count.faults += u64::from(fault != Fault::None);
        match fault {
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
            // Nothing versions the scores of another server: old ones that arrived after newer ones
            // would stand. Its responses heal; this does not, and is said in ARCHITECTURE.md.
            Fault::Late if call.body.as_ref().is_some_and(|body| body.contains("Observation\"")) => only(0),
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
        for phone in &mut self.phones {
            // Whoever was signed out has paired again.
            phone.token = self.clinic.token();
        }
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
                let now_ms = self.clock(which);
                self.phones[which].cycle.kick(Kick::Compare, now_ms);
                self.rest(which, &mut patience)?;
            }
        }
        Ok(())
    }

    /// Nothing is waited for longer than an hour, whatever was done to a clock.
    fn wait(&mut self, ms: i64) -> Result<(), Broken> {
        self.pass(ms.max(1));
        if ms > FARTHEST_MS { Err(Broken::NoRest) } else { Ok(()) }
    }

    fn rest(&mut self, which: usize, patience: &mut u32) -> Result<(), Broken> {
        loop {
            *patience = patience.checked_sub(1).ok_or(Broken::NoRest)?;
            self.pass(1);
            let now_ms = self.clock(which);
            match self.phones[which].cycle.next(now_ms) {
                Step::Rest(Rest::Wait { until_ms }) => self.wait(until_ms - now_ms)?,
                Step::Rest(Rest::SignIn) => return Err(Broken::SignedOut),
                Step::Rest(Rest::Idle) => {
                    let journal = &self.phones[which].journal;
                    let tally =
                        interlude_testkit::block_on(interlude_diary::journal::Journal::tally(journal));
                    match tally.expect("tally").next_due_ms {
                        None => return Ok(()),
                        Some(due) => {
                            // As a driver's timer: never longer than an hour.
                            self.wait((due - now_ms).min(FARTHEST_MS))?;
                            let now_ms = self.clock(which);
                            self.phones[which].cycle.kick(Kick::Timer, now_ms);
                        }
                    }
                }
                step => {
                    // Nobody is killed any more, but a seed is to mean what it always meant.
                    self.chance.one_in_hundred(0);
                    self.take(which, 0, step)?;
                }
            }
        }
    }
}
