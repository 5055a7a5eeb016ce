//! One form being filled in, as plain data: where it stands, and what each act makes of it.
//!
//! No signals, no clock, no store. [`super::Fill`] holds one, saves it and draws it.

mod moves;

use std::sync::Arc;

use interlude_diary::occasion::Draft;
use interlude_diary::questionnaire::{
    self as rules, Asked, Form, Given, Item, Problem, Slot, Step, StepKind, Value,
};

/// What is on screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// After midnight: which day is meant.
    Night,
    /// What the form has and is left out.
    LeftOut,
    /// A question, words, or "add another?".
    Asking,
    /// Questions that still need an answer, before the end.
    Open,
    /// The reason of a correction.
    Reason,
    /// All is answered: to be recorded.
    Finished,
}

/// What is wrong on this screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// With the answer.
    Answer(Problem),
    /// With the reason: there is none.
    NoReason,
}

/// A form being filled in.
#[derive(Debug, Clone)]
pub struct Filling {
    form: Arc<Form>,
    asked: Asked,
    draft: Draft,
    steps: Vec<Step>,
    at: usize,
    stage: Stage,
    before: Vec<Stage>,
    /// What stands in the field and is no answer.
    unreadable: Option<Problem>,
    trouble: Option<Trouble>,
    reason: String,
    /// What was left open is answered after all: nothing is corrected, so no reason is wanted.
    completes: bool,
    /// The question answered last, for "7, kept on this phone".
    last: Option<Slot>,
    /// Counts what must be drawn anew although the question is the same.
    drawn: u32,
}

impl Filling {
    /// A form with its draft, at the question where it was left. `before` are the screens before
    /// the first question.
    #[must_use]
    pub fn open(form: Arc<Form>, draft: Draft, asked: Asked, before: Vec<Stage>) -> Self {
        let mut filling = Self {
            form,
            asked,
            draft,
            steps: Vec::new(),
            at: 0,
            stage: Stage::Asking,
            before,
            unreadable: None,
            trouble: None,
            reason: String::new(),
            completes: false,
            last: None,
            drawn: 0,
        };
        filling.resume();
        filling.ready();
        filling
    }

    fn resume(&mut self) {
        self.steps = rules::steps(&self.form, &self.draft.answers, &self.asked);
        let left = self.draft.at.as_ref().and_then(|at| self.steps.iter().position(|step| step.slot == *at));
        self.at = left.unwrap_or(0);
    }

    /// Takes the draft as another tab stored it.
    pub fn reload(&mut self, draft: Draft) {
        self.draft = draft;
        self.unreadable = None;
        self.trouble = None;
        self.drawn += 1;
        self.resume();
    }

    /// The form.
    #[must_use]
    pub const fn form(&self) -> &Arc<Form> {
        &self.form
    }

    /// How it is asked.
    #[must_use]
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The draft as it is to be stored.
    #[must_use]
    pub const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// What is on screen.
    #[must_use]
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The step on screen.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        self.steps.get(self.at)
    }

    /// The item of the step on screen.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        rules::item(&self.form, self.step()?)
    }

    /// The item and the words of any question, by its slot.
    #[must_use]
    pub fn question(&self, slot: &Slot) -> Option<(&Item, String)> {
        let step = self.steps.iter().find(|step| step.slot == *slot)?;
        let item = rules::item(&self.form, step)?;
        Some((item, rules::stem(item, &self.asked)))
    }

    /// What was given to the question on screen.
    #[must_use]
    pub fn given(&self) -> Option<&Given> {
        self.draft.answers.get(&self.step()?.slot)
    }

    /// This asks what the short part left open.
    #[must_use]
    pub fn completing(self) -> Self {
        Self { completes: true, ..self }
    }

    /// Whether this answers what the short part left open.
    #[must_use]
    pub const fn completes(&self) -> bool {
        self.completes
    }

    /// What is wrong on this screen.
    #[must_use]
    pub const fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// The number of the question on screen and how many there are; words and "add another?" count
    /// for the question before them.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let asks = |step: &&Step| step.kind == StepKind::Question;
        let here = self.steps.iter().take(self.at + 1).filter(asks).count();
        (here.max(1), self.steps.iter().filter(asks).count().max(1))
    }

    /// Whether there is a screen to go back to.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        match self.stage {
            Stage::Asking => self.at > 0,
            Stage::Open | Stage::Reason | Stage::Finished => true,
            Stage::Night | Stage::LeftOut => false,
        }
    }

    /// The question before this one, where it has an answer.
    #[must_use]
    pub fn previous(&self) -> Option<(&Item, &Given)> {
        let before = self.steps.get(..self.at)?;
        let step = before.iter().rev().find(|step| step.kind == StepKind::Question)?;
        Some((rules::item(&self.form, step)?, self.draft.answers.get(&step.slot)?))
    }

    /// The question answered last, with its answer.
    #[must_use]
    pub fn last(&self) -> Option<(&Item, Option<&Given>)> {
        let slot = self.last.as_ref()?;
        let step = self.steps.iter().find(|step| step.slot == *slot)?;
        Some((rules::item(&self.form, step)?, self.draft.answers.get(slot)))
    }

    /// Questions that still need an answer, with what is wrong.
    #[must_use]
    pub fn open_questions(&self) -> Vec<(Slot, Problem)> {
        rules::problems(&self.form, &self.draft.answers, &self.asked)
    }

    /// What tells one screen from another.
    #[must_use]
    pub fn screen(&self) -> (Stage, Option<Slot>, bool, u32) {
        let step = self.step();
        let more = step.is_some_and(|step| matches!(step.kind, StepKind::AnotherInstance { .. }));
        (self.stage.clone(), step.map(|step| step.slot.clone()), more, self.drawn)
    }

    /// The reason written so far.
    #[must_use]
    pub fn reason(&self) -> &str {
        self.reason.trim()
    }

    /// Writes the reason.
    pub fn set_reason(&mut self, reason: String) {
        self.reason = reason;
        self.trouble = None;
    }

    /// The answer to the question on screen is this now. Answers whether it was another before.
    pub fn give(&mut self, values: Vec<Value>) -> bool {
        self.put(Given::Values(values))
    }

    /// Declines the question on screen, or takes that back.
    pub fn decline(&mut self) -> bool {
        self.drawn += 1;
        if self.given() == Some(&Given::Declined) {
            self.put(Given::Values(Vec::new()))
        } else {
            self.put(Given::Declined)
        }
    }

    fn put(&mut self, given: Given) -> bool {
        let Some(slot) = self.step().map(|step| step.slot.clone()) else { return false };
        self.unreadable = None;
        self.trouble = None;
        let nothing = Given::Values(Vec::new());
        let same = *self.draft.answers.get(&slot).unwrap_or(&nothing) == given;
        if !same || given != nothing {
            self.last = Some(slot.clone());
        }
        if same {
            return false;
        }
        self.draft.answers.set(slot.clone(), given);
        self.steps = rules::steps(&self.form, &self.draft.answers, &self.asked);
        self.at = self.steps.iter().position(|step| step.slot == slot).unwrap_or(self.at);
        self.mark();
        true
    }

    /// What stands in the field is no answer: the one before is not the person's any more.
    pub fn unreadable(&mut self, problem: Problem) -> bool {
        let changed = self.put(Given::Values(Vec::new()));
        self.unreadable = Some(problem);
        changed
    }

    /// The store has the draft at this version.
    pub const fn stored(&mut self, version: u32) {
        self.draft.version = version;
    }

    /// The draft, moved to another day.
    pub fn set_day(&mut self, draft: Draft, asked: Asked) {
        self.asked = asked;
        self.draft = draft;
        self.drawn += 1;
        self.resume();
        self.ready();
    }

    /// What was asked and given, as lines to be read by a person: the file of the last resort.
    #[must_use]
    pub fn as_lines(&self, words: impl Fn(&Item, &Given) -> String) -> String {
        let mut text = format!("{}\n{}\n\n", self.form.title, self.draft.day);
        for step in self.steps.iter().filter(|step| step.kind == StepKind::Question) {
            if let (Some(item), Some(given)) =
                (rules::item(&self.form, step), self.draft.answers.get(&step.slot))
            {
                text.push_str(&format!("{}\n    {}\n", rules::stem(item, &self.asked), words(item, given)));
            }
        }
        text
    }
}
