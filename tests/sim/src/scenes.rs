//! The scenes that are played many times: phones, weather, and the server they meet.

use crate::clinic::Clinic;
use crate::foreign::{Foreign, Habits};
use crate::laws::Broken;
use crate::mutants::Mutant;
use crate::plan::{Count, Plan, START_MS, play, run_foreign};

/// One scene.
#[derive(Debug, Clone, Copy)]
pub struct Scene {
    /// What it is called on the command line and in tables.
    pub name: &'static str,
    /// Its share of all schedules, in percent.
    pub share: u64,
    /// How its schedules are shaped.
    pub plan: Plan,
    /// The habits of another R4 server; our clinic when none.
    pub elsewhere: Option<Habits>,
}

const ALL_FAULTS: Plan = Plan::ALL_FAULTS;
const ERASED: Plan = Plan { phones: 1, people: 2, erases: true, copies: true, ..ALL_FAULTS };
const NO_RESTORES: Plan = Plan { restores: false, ..ALL_FAULTS };
const ONE_PHONE: Plan = Plan { phones: 1, ..NO_RESTORES };
const TWO_PHONES: Plan = Plan { phones: 2, ..NO_RESTORES };
const BY_POST: Habits = Habits { create: interlude_diary::sync::Create::PostIfNoneExist, ..Habits::OWN_IDS };

const fn ours(name: &'static str, share: u64, plan: Plan) -> Scene {
    Scene { name, share, plan, elsewhere: None }
}

const fn other(name: &'static str, share: u64, plan: Plan, habits: Habits) -> Scene {
    Scene { name, share, plan, elsewhere: Some(habits) }
}

/// Every scene. Most is played where most is promised: around the clinic, with everything going wrong.
pub const SCENES: [Scene; 23] = [
    ours("all-faults", 20, ALL_FAULTS),
    ours("odd", 8, Plan { odd: 6, ..ALL_FAULTS }),
    ours("no-restores", 8, NO_RESTORES),
    ours("no-restores-odd", 4, Plan { odd: 6, ..NO_RESTORES }),
    ours("fair-weather", 4, Plan { phones: 0, weather: Some(0), kills: 0, ..NO_RESTORES }),
    ours("by-list", 3, Plan { by_list: true, ..NO_RESTORES }),
    ours("restored-by-list", 3, Plan { by_list: true, ..ALL_FAULTS }),
    ours("refusals", 4, Plan { refusals: 20, ..ALL_FAULTS }),
    ours("stores-fail", 4, Plan { disk: 8, rack: 8, ..ALL_FAULTS }),
    ours("two-tabs", 4, Plan { tabs: 25, ..ALL_FAULTS }),
    ours("patients", 3, Plan { phones: 1, people: 3, ..ALL_FAULTS }),
    ours("erased", 2, ERASED),
    ours("on-files", 1, Plan { files: true, ..ERASED }),
    ours("rotten", 2, Plan { rot: true, ..NO_RESTORES }),
    other("our-ids", 4, ONE_PHONE, Habits::PLAIN),
    other("its-own-ids", 5, ONE_PHONE, Habits::OWN_IDS),
    other("by-post", 3, ONE_PHONE, BY_POST),
    other("answers-only", 2, ONE_PHONE, Habits { answers_only: true, no_scores: true, ..Habits::PLAIN }),
    other("two-phones", 4, TWO_PHONES, Habits { no_history: false, ..Habits::OWN_IDS }),
    other("two-phones-no-history", 3, TWO_PHONES, Habits::OWN_IDS),
    other("emptied", 3, Plan { restores: true, ..ONE_PHONE }, Habits::PLAIN),
    other("refusals-elsewhere", 3, Plan { refusals: 20, ..TWO_PHONES }, Habits::OWN_IDS),
    other("stores-fail-elsewhere", 3, Plan { disk: 8, ..TWO_PHONES }, Habits::OWN_IDS),
];

impl Scene {
    /// The scene of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        SCENES.into_iter().find(|scene| scene.name == name)
    }

    /// The same with a safety step left out.
    #[must_use]
    pub const fn without(mut self, mutant: Mutant) -> Self {
        self.plan.mutant = Some(mutant);
        self
    }

    /// Plays one seed after the other. Our clinic is built once and emptied between two: to build its
    /// routes again would take longer than a schedule.
    pub fn player(self) -> impl FnMut(u64) -> Result<Count, Broken> {
        let mut spare: Option<Clinic> = None;
        move |seed| {
            if let Some(habits) = self.elsewhere {
                return run_foreign(seed, self.plan, |now_ms| Foreign::new(habits, seed, now_ms));
            }
            let clinic = match spare.take() {
                Some(same) => same.anew(START_MS),
                None if self.plan.files => Clinic::on_files(START_MS),
                None if self.plan.rot => Clinic::altering(START_MS, rotten),
                None => Clinic::new(START_MS),
            };
            let (count, same) = play(seed, self.plan, clinic.as_planned(seed, &self.plan))?;
            spare = Some(same);
            Ok(count)
        }
    }
}

/// Every answer of 7 becomes an 8 on its way to the disk.
fn rotten(text: &str) -> String {
    text.replace("\"valueInteger\":7", "\"valueInteger\":8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_a_hundred() {
        assert_eq!(SCENES.iter().map(|scene| scene.share).sum::<u64>(), 100);
    }
}
