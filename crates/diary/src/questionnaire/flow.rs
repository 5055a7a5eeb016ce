//! Which screens a form has, given the answers so far: one question a screen, in order.
//!
//! Start at [`steps`]. A repeating group's own slot holds the number of its instances
//! ([`add_instance`] and [`remove_instance`] keep it); with nothing there it has one.

use super::answers::{Answers, Given, Slot};
use super::enable::{MOST_INSTANCES, Shown, is_repeating_group, slot};
use super::form::{Form, Hint, Item, Kind};
use super::value::Value;

/// How the form is being asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only the short part ("Only pain today").
    pub short: bool,
    /// Words naming the past day it is about, such as "Tuesday 11 March"; `None` is today.
    pub past: Option<String>,
}

/// One screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The question; for [`StepKind::AnotherInstance`] the group, for words the last item of them.
    pub slot: Slot,
    /// Indexes into `form.items` and down.
    pub path: Vec<usize>,
    /// Group titles, display texts and read-only answers since the last question, in order.
    pub lead: Vec<String>,
    /// Titles of the groups around the question, outermost first: its context on every screen, some
    /// of them already said in `lead`.
    pub within: Vec<String>,
    /// What the screen is.
    pub kind: StepKind,
}

/// What a screen is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// A question to answer.
    Question,
    /// Words only, after the last question.
    Words,
    /// After the last instance of a repeating group: "add another?"
    AnotherInstance {
        /// How many there are now.
        instances: u16,
        /// The group's title.
        title: String,
    },
}

/// The visible askable screens in order. Hidden items, and those that a rule or the way of asking
/// leaves out, are not among them; read-only answers are words on the next screen.
#[must_use]
pub fn steps(form: &Form, answers: &Answers, asked: &Asked) -> Vec<Step> {
    let shown = Shown::new(form, answers, asked);
    let mut walk =
        Walk { shown: &shown, steps: Vec::new(), lead: Vec::new(), within: Vec::new(), last: None };
    walk.items(shown.roots(), &[]);
    walk.finish()
}

/// The item a step is about.
#[must_use]
pub fn item<'a>(form: &'a Form, step: &Step) -> Option<&'a Item> {
    let (last, groups) = step.path.split_last()?;
    let mut items = &form.items;
    for at in groups {
        items = &items.get(*at)?.items;
    }
    items.get(*last)
}

/// The question's words: about a past day, those that name it. A question about "right now" is not
/// asked of a past day, and keeps its answer and its past words where it was answered on that day.
#[must_use]
pub fn stem(item: &Item, asked: &Asked) -> String {
    match (&asked.past, &item.past_text) {
        (Some(day), Some(text)) => text.replace("{day}", day),
        _ => item.text.clone(),
    }
}

/// What a fresh draft starts with: the values its author gave, but never one on a scale, where a
/// preset would answer for the person. Hidden and read-only items keep theirs in the form.
#[must_use]
pub fn initial(form: &Form) -> Answers {
    let mut answers = Answers::default();
    preset(&form.items, &[], &mut answers);
    answers
}

/// One more instance of the repeating group at `group` (the slot of its
/// [`StepKind::AnotherInstance`]), with what its items start with.
pub fn add_instance(form: &Form, answers: &mut Answers, group: &Slot) {
    let Some(item) = find(&form.items, &group.link).filter(|item| is_repeating_group(item)) else { return };
    let next = instances(form, answers, group);
    if next >= MOST_INSTANCES {
        return;
    }
    answers.set(group.clone(), Given::Values(vec![Value::Integer(i32::from(next) + 1)]));
    let at: Vec<u16> = group.at.iter().copied().chain([next]).collect();
    preset(&item.items, &at, answers);
}

/// Takes the last instance of the repeating group at `group` away, with its answers; the only one
/// is emptied.
pub fn remove_instance(form: &Form, answers: &mut Answers, group: &Slot) {
    let Some(item) = find(&form.items, &group.link).filter(|item| is_repeating_group(item)) else { return };
    let left = instances(form, answers, group).saturating_sub(1);
    let gone: Vec<u16> = group.at.iter().copied().chain([left]).collect();
    let inside = |slot: &&Slot| slot.at.starts_with(&gone) && find(&item.items, &slot.link).is_some();
    let slots: Vec<Slot> = answers.iter().map(|(slot, _)| slot).filter(inside).cloned().collect();
    for slot in slots {
        answers.clear(&slot);
    }
    answers.set(group.clone(), Given::Values(vec![Value::Integer(i32::from(left.max(1)))]));
}

/// A whole-number scale: never preset, and drawn as buttons.
#[must_use]
pub fn is_scale(item: &Item) -> bool {
    let bounds = (item.min.as_ref().and_then(Value::whole), item.max.as_ref().and_then(Value::whole));
    let short = matches!(bounds, (Some(min), Some(max)) if (0..=10).contains(&max.saturating_sub(min)));
    item.kind == Kind::Integer && (item.ends.is_some() || item.hint == Hint::Slider || short)
}

fn instances(form: &Form, answers: &Answers, group: &Slot) -> u16 {
    let asked = Asked::default();
    let shown = Shown::new(form, answers, &asked);
    shown.id(&group.link).map_or(0, |id| shown.instances(id, &group.at))
}

fn find<'a>(items: &'a [Item], link: &str) -> Option<&'a Item> {
    items.iter().find_map(|item| if item.link == link { Some(item) } else { find(&item.items, link) })
}

fn preset(items: &[Item], at: &[u16], answers: &mut Answers) {
    for item in items {
        if item.hidden {
            continue;
        }
        if !item.initial.is_empty() && !item.read_only && !is_scale(item) && item.kind != Kind::Group {
            let most = if item.repeats { item.initial.len() } else { 1 };
            let values = item.initial.iter().take(most).cloned().collect();
            answers.set(slot(item, at), Given::Values(values));
        }
        let first = at.iter().copied().chain(is_repeating_group(item).then_some(0));
        preset(&item.items, &first.collect::<Vec<u16>>(), answers);
    }
}

struct Walk<'s, 'a> {
    shown: &'s Shown<'a>,
    steps: Vec<Step>,
    lead: Vec<String>,
    within: Vec<String>,
    /// Where the last words of `lead` come from.
    last: Option<(usize, Vec<u16>)>,
}

impl Walk<'_, '_> {
    fn items(&mut self, ids: &[usize], at: &[u16]) {
        for id in ids {
            let Some(item) = self.shown.item(*id) else { continue };
            if item.hidden || !self.shown.in_part(*id) || !self.shown.is_there(*id, at) {
                continue;
            }
            if item.kind == Kind::Display {
                self.say(*id, at, item.text.clone());
            } else if is_repeating_group(item) {
                self.instances(*id, item, at);
            } else if item.kind == Kind::Group {
                self.group(*id, item, at);
            } else if item.read_only {
                self.read_only(*id, item, at);
            } else {
                self.step(*id, item, at, StepKind::Question);
                self.items(self.shown.children(*id), at);
            }
        }
    }

    fn instances(&mut self, id: usize, item: &Item, at: &[u16]) {
        let instances = self.shown.instances(id, at);
        let before = self.steps.len();
        for n in 0..instances {
            let at: Vec<u16> = at.iter().copied().chain([n]).collect();
            self.group(id, item, &at);
        }
        // A group without a question to ask has nothing to add either.
        if self.steps.len() > before {
            let title = item.text.clone();
            self.step(id, item, at, StepKind::AnotherInstance { instances, title });
        }
    }

    /// `at` is that of the group's items.
    fn group(&mut self, id: usize, item: &Item, at: &[u16]) {
        let (steps, lead) = (self.steps.len(), self.lead.len());
        let titled = !item.text.trim().is_empty();
        if titled {
            self.say(id, at, item.text.clone());
            self.within.push(item.text.clone());
        }
        let said = self.lead.len();
        self.items(self.shown.children(id), at);
        if titled {
            self.within.pop();
        }
        // The title of a group whose every item is left out says nothing.
        if !item.items.is_empty() && self.steps.len() == steps && self.lead.len() == said {
            self.lead.truncate(lead);
        }
    }

    fn read_only(&mut self, id: usize, item: &Item, at: &[u16]) {
        if let Some(Given::Values(values)) = self.shown.given(id, at) {
            let words: Vec<String> = values.iter().map(|value| words(item, value)).collect();
            self.say(id, at, format!("{} {}", item.text, words.join(", ")).trim().to_owned());
        }
        self.items(self.shown.children(id), at);
    }

    fn say(&mut self, id: usize, at: &[u16], words: String) {
        if !words.trim().is_empty() {
            self.lead.push(words);
            self.last = Some((id, at.to_vec()));
        }
    }

    fn step(&mut self, id: usize, item: &Item, at: &[u16], kind: StepKind) {
        self.steps.push(Step {
            slot: slot(item, at),
            path: self.shown.path(id).to_vec(),
            lead: std::mem::take(&mut self.lead),
            within: self.within.clone(),
            kind,
        });
    }

    fn finish(mut self) -> Vec<Step> {
        if !self.lead.is_empty()
            && let Some((id, at)) = self.last.take()
            && let Some(item) = self.shown.item(id)
        {
            self.step(id, item, &at, StepKind::Words);
        }
        self.steps
    }
}

/// A value in the words it was offered by.
#[must_use]
pub fn words(item: &Item, value: &Value) -> String {
    if let Some(choice) = item.options.iter().find(|choice| choice.value == *value) {
        return choice.label.clone();
    }
    match value {
        Value::Boolean(yes) => (if *yes { "✓" } else { "✗" }).to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Decimal(n) => n.to_string(),
        Value::Date(text)
        | Value::DateTime(text)
        | Value::Time(text)
        | Value::Text(text)
        | Value::Uri(text) => text.clone(),
        Value::Coding(coding) => coding.display.clone().or_else(|| coding.code.clone()).unwrap_or_default(),
        Value::Quantity(q) => {
            let unit = q.unit.as_deref().or(q.code.as_deref()).unwrap_or_default();
            format!("{} {unit}", q.value).trim().to_owned()
        }
    }
}
