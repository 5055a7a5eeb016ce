//! How a form being filled in goes from one screen to another.

use interlude_diary::questionnaire::{self as rules, Form, Slot, Step, StepKind};

use super::{Filling, Stage, Trouble};

impl Filling {
    /// What keeps the person from going on; nothing when the answer will do.
    fn wrong(&self) -> Option<Trouble> {
        if let Some(problem) = &self.unreadable {
            return Some(Trouble::Answer(problem.clone()));
        }
        let slot = &self.step()?.slot;
        let found = self.open_questions().into_iter().find(|(open, _)| open == slot);
        found.map(|(_, problem)| Trouble::Answer(problem))
    }

    /// Goes on. Answers whether the screen changed.
    pub fn go_on(&mut self) -> bool {
        match self.stage {
            Stage::Night | Stage::LeftOut => self.ready(),
            Stage::Asking => {
                self.trouble = self.wrong();
                if self.trouble.is_some() {
                    return false;
                }
                if self.at + 1 < self.steps.len() {
                    self.at += 1;
                    self.mark();
                } else {
                    self.end();
                }
            }
            Stage::Open => self.end(),
            Stage::Reason => {
                if self.reason().is_empty() {
                    self.trouble = Some(Trouble::NoReason);
                    return false;
                }
                self.stage = Stage::Finished;
            }
            Stage::Finished => return false,
        }
        true
    }

    pub(super) fn ready(&mut self) {
        self.stage = if self.before.is_empty() { Stage::Asking } else { self.before.remove(0) };
        if self.stage == Stage::Asking && self.steps.is_empty() {
            self.end();
        }
    }

    fn end(&mut self) {
        self.stage = if !self.open_questions().is_empty() {
            Stage::Open
        } else if self.draft.parent.is_some() && !self.completes {
            Stage::Reason
        } else {
            Stage::Finished
        };
    }

    /// Goes back one screen.
    pub fn back(&mut self) {
        self.trouble = None;
        self.unreadable = None;
        match self.stage {
            Stage::Asking => self.at = self.at.saturating_sub(1),
            Stage::Open | Stage::Reason | Stage::Finished => {
                self.stage = Stage::Asking;
                self.at = self.steps.len().saturating_sub(1);
            }
            Stage::Night | Stage::LeftOut => {}
        }
        self.mark();
    }

    /// Goes to the last question before this one: to change its answer.
    pub fn change_previous(&mut self) {
        let before = self.steps.get(..self.at).unwrap_or_default();
        if let Some(at) = before.iter().rposition(|step| step.kind == StepKind::Question) {
            self.trouble = None;
            self.unreadable = None;
            self.at = at;
            self.mark();
        }
    }

    /// Goes to one question.
    pub fn go_to(&mut self, slot: &Slot) {
        if let Some(at) = self.steps.iter().position(|step| step.slot == *slot) {
            self.trouble = None;
            self.unreadable = None;
            self.stage = Stage::Asking;
            self.at = at;
            self.mark();
        }
    }

    /// Adds an instance of the repeating group on screen and goes to its first question.
    pub fn add_instance(&mut self) {
        self.instances(rules::add_instance, |at| at);
    }

    /// Takes the last instance of the repeating group on screen away.
    pub fn remove_instance(&mut self) {
        self.instances(rules::flow::remove_instance, |_| usize::MAX);
    }

    /// After a change of instances the screen is `stay` of the place it had, or the group's own.
    fn instances(&mut self, change: fn(&Form, &mut rules::Answers, &Slot), stay: fn(usize) -> usize) {
        let Some(slot) = self.step().map(|step| step.slot.clone()) else { return };
        change(&self.form, &mut self.draft.answers, &slot);
        self.steps = rules::steps(&self.form, &self.draft.answers, &self.asked);
        self.drawn += 1;
        let group = |step: &Step| step.slot == slot && matches!(step.kind, StepKind::AnotherInstance { .. });
        let own = self.steps.iter().position(group).unwrap_or(self.at);
        self.at = stay(self.at).min(own).min(self.steps.len().saturating_sub(1));
        self.mark();
    }

    /// The question on screen is where the draft will be opened again.
    pub(super) fn mark(&mut self) {
        self.draft.at = self.step().map(|step| step.slot.clone());
    }
}
