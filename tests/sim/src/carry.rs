//! A step of a phone's cycle, and what networks do to the requests in it.

use interlude_diary::journal::Journal as _;
use interlude_diary::sync::{Step, Told};
use interlude_fhir::exchange::{Answer, Call, calls, told};
use interlude_testkit::block_on;

use crate::host::Host;
use crate::laws::{self, Broken};
use crate::net::{Fault, strange};
use crate::warp;
use crate::world::World;

impl<S: Host> World<S> {
    /// Does what a step asks for and tells the cycle, unless the app is killed in between.
    pub(crate) fn take(&mut self, which: usize, kills: u64, step: &Step) -> Result<(), Broken> {
        let now_ms = self.clock(which);
        let said = match self.phones[which].local(step, now_ms) {
            Err(_store) => {
                self.phones[which].stumble(now_ms);
                return Ok(());
            }
            Ok(Some(said)) => said,
            Ok(None) => match self.ask(which, step)? {
                Some(said) => said,
                None => return Ok(()),
            },
        };
        if self.chance.one_in_hundred(kills) {
            // Killed between what happened outside and its being noted.
            let now_ms = self.clock(which);
            self.phones[which].kill(now_ms);
            self.count.kills += 1;
        } else {
            let number = self.chance.next();
            let now = self.now(which);
            self.phones[which].told(said, now, number);
        }
        match step {
            Step::File { marks, .. } if !marks.is_empty() => {
                self.filed = true;
                laws::lights(&mut self.phones[which], &self.clinic)
            }
            _ => Ok(()),
        }
    }

    /// Asks the server; `None` when there is nothing to ask.
    fn ask(&mut self, which: usize, step: &Step) -> Result<Option<Told>, Broken> {
        let now = self.now(which);
        let mutant = self.plan.mutant;
        let phone = &mut self.phones[which];
        let looks = std::mem::take(&mut phone.looks);
        if let Some(told) = mutant.and_then(|mutant| warp::left_out(mutant, step, looks)) {
            return Ok(Some(told));
        }
        let mut calls = calls(step, phone.cycle.server(), phone.patient(), now);
        if calls.is_empty() {
            return Ok(None);
        }
        if self.now_ms < phone.hold_ms {
            return Err(Broken::Pushy(which));
        }
        if let (Some(mutant), Step::Push(batches)) = (mutant, step) {
            let again = phone.sends(batches.iter().flatten());
            for call in &mut calls {
                warp::call(mutant, call, &again, &mut self.rough);
            }
        }
        let mut answers = Vec::with_capacity(calls.len());
        for (n, call) in calls.into_iter().enumerate() {
            let mut answer = self.carry(which, call)?;
            if let Some(strange) = self.strangeness(step, n) {
                answer = strange;
            }
            if let Some(after_ms) = answer.after_ms {
                let hold_ms = self.now_ms + after_ms;
                self.phones[which].hold_ms = self.phones[which].hold_ms.max(hold_ms);
            }
            if let Some(mutant) = mutant {
                warp::answer(mutant, &mut answer);
            }
            answers.push(answer);
        }
        let mut said = told(step, &answers, now);
        if let (Some(mutant), Some(said)) = (mutant, &mut said) {
            warp::told(mutant, step, said, now);
        }
        Ok(said)
    }

    /// Something in between answers in the server's place, in its own words or in FHIR's.
    fn strangeness(&mut self, step: &Step, n: usize) -> Option<Answer> {
        if self.plan.refusals == 0 || !self.rough.one_in_hundred(self.plan.refusals) {
            return None;
        }
        self.count.faults += 1;
        let answer = strange(&mut self.rough);
        if let Step::Push(batches) = step
            && let Some([only]) = batches.get(n).map(Vec::as_slice)
            && answer.body.contains("OperationOutcome")
        {
            self.refused.insert(only.entry.revision);
        }
        Some(answer)
    }

    /// The server executes a request; it answers nobody whom it does not know any more.
    fn execute(&mut self, call: &Call, token: &str) -> Result<Answer, Broken> {
        let answer = self.clinic.execute(call, token);
        self.allowed(answer, token)
    }

    fn allowed(&self, answer: Answer, token: &str) -> Result<Answer, Broken> {
        let good = (200..=299).contains(&answer.status);
        if good && self.revoked.contains(token) { Err(Broken::LetIn) } else { Ok(answer) }
    }

    /// Carries one request, or does to it what networks do.
    fn carry(&mut self, which: usize, call: Call) -> Result<Answer, Broken> {
        let travel = 1 + i64::try_from(self.chance.below(300)).unwrap_or(0);
        self.pass(travel);
        let token = self.phones[which].token.clone();
        let only = |status| Answer { status, ..Answer::default() };
        let fault = self.weather.fault(&mut self.chance);
        self.count.faults += u64::from(fault != Fault::None);
        Ok(match fault {
            Fault::None => self.execute(&call, &token)?,
            Fault::Lost => only(0),
            Fault::ReplyLost => {
                drop(self.execute(&call, &token)?);
                only(0)
            }
            Fault::Twice => {
                drop(self.execute(&call, &token)?);
                self.pass(1);
                self.execute(&call, &token)?
            }
            // Nothing versions the scores of another server: old ones that arrived after newer ones
            // would stand. Its responses heal; this does not, and is said in ARCHITECTURE.md.
            Fault::Late if call.body.as_ref().is_some_and(|body| body.contains("Observation\"")) => only(0),
            Fault::Late => {
                self.late.push((call, token));
                only(0)
            }
            Fault::ReplyCut => {
                let mut answer = self.execute(&call, &token)?;
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
        })
    }

    /// A request that a phone gave up on reaches the server after all.
    pub(crate) fn arrive_late(&mut self) -> Result<(), Broken> {
        let n = self.chance.below(self.late.len() as u64);
        let n = usize::try_from(n).unwrap_or(0);
        if n < self.late.len() {
            let (call, token) = self.late.swap_remove(n);
            let answer = self.clinic.execute_late(&call, &token);
            drop(self.allowed(answer, &token)?);
        }
        Ok(())
    }

    /// The person asks for what was refused to be tried again.
    pub(crate) fn insist(&mut self, which: usize) -> Result<(), Broken> {
        let journal = &self.phones[which].journal;
        let parked = laws::refused(journal, &self.refused)?;
        block_on(journal.settle(&parked, None)).expect("settle");
        Ok(())
    }
}
