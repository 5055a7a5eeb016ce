//! One schedule: a seed, some phones, a clinic, and what happens.
//!
//! Here is the time when things go wrong; [`crate::carry`] does to requests what networks do, and
//! [`crate::calm`] is the time after.

use std::collections::BTreeSet;

use interlude_diary::calendar::Moment;
use interlude_diary::sync::Kick;
use interlude_fhir::exchange::Call;
use interlude_testkit::Chance;

use crate::host::Host;
use crate::laws::{Broken, Refused};
use crate::net::Weather;
use crate::phone::Phone;
use crate::plan::{Count, Plan};

/// The world of one schedule.
pub struct World<S> {
    pub(crate) chance: Chance,
    /// Decides odd things, so that a seed without them means what it always meant.
    odd: Chance,
    /// Decides refusals, likewise.
    pub(crate) rough: Chance,
    pub(crate) plan: Plan,
    /// The server.
    pub clinic: S,
    /// The phones.
    pub phones: Vec<Phone>,
    pub(crate) now_ms: i64,
    pub(crate) weather: Weather,
    /// Requests that their phones gave up on.
    pub(crate) late: Vec<(Call, String)>,
    /// What came of it so far.
    pub count: Count,
    /// Some phone filed an outcome since this was last asked.
    pub(crate) filed: bool,
    /// Tokens that the server knows no more.
    pub(crate) revoked: BTreeSet<String>,
    /// Entries that something which speaks FHIR refused.
    pub(crate) refused: Refused,
    /// Who was erased.
    pub(crate) erased: Option<usize>,
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

impl<S: Host> World<S> {
    /// A world of this seed around a clinic.
    #[must_use]
    pub fn new(seed: u64, plan: Plan, clinic: S, now_ms: i64) -> Self {
        let mut chance = Chance::new(seed);
        let mut phones = Vec::new();
        for person in 0..plan.people {
            for _phone in 0..=chance.below(plan.phones) {
                let disk = seed ^ ((phones.len() as u64) << 32);
                phones.push(Phone::new(&clinic, person, &plan, &mut chance, now_ms, disk));
            }
        }
        let weather = Weather(plan.weather.unwrap_or_else(|| chance.below(60)));
        Self {
            chance,
            odd: Chance::new(seed ^ 0x6f64_6400),
            rough: Chance::new(seed ^ 0x726f_7567),
            plan,
            clinic,
            phones,
            now_ms,
            weather,
            late: Vec::new(),
            count: Count::default(),
            filed: false,
            revoked: BTreeSet::new(),
            refused: Refused::new(),
            erased: None,
        }
    }

    /// What a phone's clock says.
    pub(crate) fn clock(&self, which: usize) -> i64 {
        self.now_ms + self.phones[which].skew_ms
    }

    pub(crate) fn now(&self, which: usize) -> Moment {
        Moment::new(self.clock(which), 0)
    }

    /// A clock is set wrong or right, a page is frozen or thawed, a phone's sign-in is revoked.
    fn oddity(&mut self) {
        self.count.odd += 1;
        let which = usize::try_from(self.odd.below(self.phones.len() as u64)).unwrap_or(0);
        match self.odd.below(10) {
            0..5 => {
                let by = self.odd.pick(&SKEWS).copied().unwrap_or(0);
                self.phones[which].set_wrong(by);
            }
            5..9 => {
                let now_ms = self.clock(which);
                self.phones[which].turn(now_ms);
            }
            _ => {
                let token = self.phones[which].token.clone();
                if self.clinic.revoke(&token) {
                    self.revoked.insert(token);
                }
            }
        }
    }

    pub(crate) fn pass(&mut self, ms: i64) {
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
            self.happen(which, made);
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
                17..19 => self.arrive_late()?,
                _ => self.step(which, plan.kills)?,
            }
        }
        self.count.revisions += u64::from(made);
        Ok(())
    }

    /// What only some plans know: another tab, a copy of the server's store, an erasure.
    fn happen(&mut self, which: usize, made: u32) {
        if self.plan.tabs > 0 && self.odd.one_in_hundred(self.plan.tabs) {
            self.count.odd += 1;
            let now_ms = self.clock(which);
            self.phones[which].turn(now_ms);
        }
        if self.plan.copies && self.rough.one_in_hundred(4) {
            self.clinic.copy();
        }
        let half = made > self.plan.revisions / 2;
        if self.plan.erases && half && self.erased.is_none() && self.rough.one_in_hundred(10) {
            self.count.odd += 1;
            self.clinic.erase(0);
            self.erased = Some(0);
        }
    }

    /// One step of one phone's cycle.
    fn step(&mut self, which: usize, kills: u64) -> Result<(), Broken> {
        let now_ms = self.clock(which);
        let phone = &mut self.phones[which];
        if self.chance.one_in_hundred(kills) {
            phone.kill(now_ms);
            self.count.kills += 1;
        }
        if phone.is_paused(now_ms) {
            return Ok(());
        }
        let step = phone.cycle.next(now_ms);
        self.take(which, kills, &step)
    }
}
