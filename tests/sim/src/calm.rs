//! The time after: a network that is dead for hours, then one that is good again, then rest.

use interlude_diary::journal::{FARTHEST_MS, Journal as _};
use interlude_diary::sync::{Kick, Rest, Step};
use interlude_testkit::block_on;

use crate::host::Host;
use crate::laws::Broken;
use crate::mutants::Mutant;
use crate::net::Weather;
use crate::world::World;

/// Steps in which everything must come to rest once nothing goes wrong any more.
const PATIENCE: u32 = 4000;
/// How long the network is dead, in milliseconds.
const SILENCE_MS: i64 = 2 * 3_600_000;
/// How often a phone asks meanwhile at most: eight times until it waits for minutes, then once in two and
/// a half minutes on average, and as many times again, for chance.
const ASKED: u32 = 120;

impl<S: Host> World<S> {
    /// Nobody answers for two hours: a phone asks now and then, and not more often.
    ///
    /// # Errors
    /// The law that was broken.
    pub fn silence(&mut self) -> Result<(), Broken> {
        if self.plan.refusals == 0 {
            return Ok(());
        }
        self.plan.refusals = 0;
        for which in 0..self.phones.len() {
            let until_ms = self.now_ms + SILENCE_MS;
            let mut left = ASKED;
            let now_ms = self.clock(which);
            self.phones[which].cycle.kick(Kick::Recorded, now_ms);
            while self.now_ms < until_ms {
                self.pass(1);
                let now_ms = self.clock(which);
                let step = self.phones[which].cycle.next(now_ms);
                match &step {
                    Step::Rest(Rest::Wait { until_ms }) => {
                        if self.plan.mutant == Some(Mutant::NoBackOff) {
                            self.phones[which].cycle.kick(Kick::Woken, now_ms);
                            self.pass(1000);
                        } else {
                            self.wait(until_ms - now_ms)?;
                        }
                    }
                    Step::Rest(Rest::SignIn) => break,
                    Step::Rest(Rest::Idle) => match self.due(which) {
                        Some(due_ms) => {
                            self.wait(due_ms - now_ms)?;
                            let now_ms = self.clock(which);
                            self.phones[which].cycle.kick(Kick::Timer, now_ms);
                        }
                        None => break,
                    },
                    step => {
                        let asked = u32::from(self.unheard(which, step)?);
                        left = left.checked_sub(asked).ok_or(Broken::Busy)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A step while nobody answers. Answers whether it asked.
    fn unheard(&mut self, which: usize, step: &Step) -> Result<bool, Broken> {
        let before = self.count.faults;
        let weather = std::mem::replace(&mut self.weather, Weather::DEAD);
        let done = self.take(which, 0, step);
        self.weather = weather;
        done.map(|()| self.count.faults > before)
    }

    /// The network is good again: everything comes to rest.
    ///
    /// # Errors
    /// The law that was broken; one of them is that rest is found.
    pub fn calm(&mut self) -> Result<(), Broken> {
        while !self.late.is_empty() {
            self.arrive_late()?;
        }
        self.weather = Weather(0);
        self.clinic.mend();
        for which in 0..self.phones.len() {
            self.count.faults += self.phones[which].disk.failures();
            self.phones[which].disk.mend();
            // Whoever was signed out has paired again.
            self.phones[which].token = self.clinic.token(self.phones[which].person);
            self.insist(which)?;
        }
        let most = self.settle()?;
        // Nothing was filed: then there was nothing to ask for but the lists.
        if most > self.clinic.requests_of_a_comparison() { Err(Broken::Busy) } else { Ok(()) }
    }

    /// One phone after the other, until all of them have had nothing to file in turn: what one heals,
    /// another hears of when it is asked again. Answers the most requests that one of the last took.
    fn settle(&mut self) -> Result<u64, Broken> {
        let mut patience = PATIENCE;
        let (mut most, mut quiet) = (0, 0);
        let mut turns = (0..self.phones.len()).cycle();
        while quiet < self.phones.len() {
            let which = turns.next().unwrap_or_default();
            self.pass(1000);
            block_on(self.phones[which].journal.release()).expect("release");
            let before = self.clinic.requests();
            let now_ms = self.clock(which);
            self.phones[which].cycle.kick(self.plan.last_kick(), now_ms);
            self.filed = false;
            self.rest(which, &mut patience)?;
            (most, quiet) =
                if self.filed { (0, 0) } else { (most.max(self.clinic.requests() - before), quiet + 1) };
        }
        Ok(most)
    }

    /// Nothing is waited for longer than an hour, whatever was done to a clock.
    fn wait(&mut self, ms: i64) -> Result<(), Broken> {
        self.pass(ms.max(1));
        if ms > FARTHEST_MS { Err(Broken::NoRest) } else { Ok(()) }
    }

    /// When a driver's timer goes off: never later than in an hour.
    fn due(&self, which: usize) -> Option<i64> {
        let tally = block_on(self.phones[which].journal.tally()).expect("tally");
        let now_ms = self.clock(which);
        tally.next_due_ms.map(|due_ms| due_ms.min(now_ms + FARTHEST_MS))
    }

    fn rest(&mut self, which: usize, patience: &mut u32) -> Result<(), Broken> {
        loop {
            *patience = patience.checked_sub(1).ok_or(Broken::NoRest)?;
            self.pass(1);
            let now_ms = self.clock(which);
            if self.phones[which].is_paused(now_ms) {
                let until_ms = self.phones[which].paused_ms;
                self.wait(until_ms - now_ms)?;
                continue;
            }
            match self.phones[which].cycle.next(now_ms) {
                Step::Rest(Rest::Wait { until_ms }) => self.wait(until_ms - now_ms)?,
                Step::Rest(Rest::SignIn) => {
                    let erased = self.erased == Some(self.phones[which].person);
                    return if erased { Ok(()) } else { Err(Broken::SignedOut) };
                }
                Step::Rest(Rest::Idle) => match self.due(which) {
                    None => return Ok(()),
                    Some(due_ms) => {
                        self.wait(due_ms - now_ms)?;
                        let now_ms = self.clock(which);
                        self.phones[which].cycle.kick(Kick::Timer, now_ms);
                    }
                },
                step => {
                    // Nobody is killed any more, but a seed is to mean what it always meant.
                    self.chance.one_in_hundred(0);
                    self.take(which, 0, &step)?;
                }
            }
        }
    }
}
