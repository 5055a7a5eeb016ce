//! Which items are there for these answers: enableWhen, nested and in repeating groups.
//!
//! An item is there when all around it is, when the question it stands below has an answer, when
//! the way of asking includes it (or it has an answer already) and when its own conditions hold. A condition looks at the nearest
//! occurrence of its question (first the groups around, then before, then after; FHIR R4,
//! enableWhen) and sees no answer on a question that is not there. Rules that go round in a circle
//! see no answer either, so that every form ends.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::answers::{Answers, Given, Slot};
use super::flow::Asked;
use super::form::{Form, Item, Kind, Test};
use super::value::Value;

/// More instances of a group than a person adds; a damaged count stops here.
pub const MOST_INSTANCES: u16 = 99;

/// Deeper than any form is nested; what lies below is not asked.
const DEEPEST: usize = 64;

/// One item's place in its form.
struct Place<'a> {
    item: &'a Item,
    parent: Option<usize>,
    children: Vec<usize>,
    path: Vec<usize>,
    /// Repeating groups around it: the length of its slot's `at`.
    depth: usize,
    /// It, something around it or something in it belongs to the short part.
    short: bool,
    /// It or something around it is hidden.
    hidden: bool,
    /// It or something in it has a value that the form gives and nobody is asked for.
    fixed: bool,
}

/// By item and instances.
type Verdicts = BTreeMap<(usize, Vec<u16>), Option<bool>>;

/// A form with answers, ready to be asked what is there. Items are numbered in document order.
pub(super) struct Shown<'a> {
    answers: &'a Answers,
    asked: &'a Asked,
    places: Vec<Place<'a>>,
    roots: Vec<usize>,
    by_link: BTreeMap<&'a str, usize>,
    /// Verdicts so far; `None` while one is being reached.
    known: RefCell<Verdicts>,
}

impl<'a> Shown<'a> {
    pub(super) fn new(form: &'a Form, answers: &'a Answers, asked: &'a Asked) -> Self {
        let mut shown = Self {
            answers,
            asked,
            places: Vec::new(),
            roots: Vec::new(),
            by_link: BTreeMap::new(),
            known: RefCell::new(BTreeMap::new()),
        };
        shown.roots = shown.number(&form.items, None, &[], 0);
        for id in (0..shown.places.len()).rev() {
            let Some((parent, short, fixed)) = shown.places.get(id).map(|p| (p.parent, p.short, p.fixed))
            else {
                continue;
            };
            if let Some(parent) = parent.and_then(|parent| shown.places.get_mut(parent)) {
                parent.short |= short;
                parent.fixed |= fixed;
            }
        }
        // In one order for everybody, so that even a circle of rules has one outcome.
        shown.settle(&shown.roots, &[]);
        shown
    }

    fn settle(&self, ids: &[usize], at: &[u16]) {
        for id in ids.iter().filter(|id| self.is_there(**id, at)) {
            if self.item(*id).is_some_and(is_repeating_group) {
                for n in 0..self.instances(*id, at) {
                    self.settle(self.children(*id), &at.iter().copied().chain([n]).collect::<Vec<u16>>());
                }
            } else {
                self.settle(self.children(*id), at);
            }
        }
    }

    fn number(
        &mut self,
        items: &'a [Item],
        parent: Option<usize>,
        above: &[usize],
        depth: usize,
    ) -> Vec<usize> {
        if above.len() >= DEEPEST {
            return Vec::new();
        }
        let mut ids = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let id = self.places.len();
            let path: Vec<usize> = above.iter().copied().chain([at]).collect();
            let around = parent.and_then(|parent| self.places.get(parent));
            let short = item.short || around.is_some_and(|place| place.short);
            let hidden = item.hidden || around.is_some_and(|place| place.hidden);
            let fixed = item.is_question() && (hidden || item.read_only) && !item.initial.is_empty();
            let (children, path_of) = (Vec::new(), path.clone());
            self.places.push(Place { item, parent, children, path: path_of, depth, short, hidden, fixed });
            self.by_link.entry(&item.link).or_insert(id);
            let below = depth + usize::from(is_repeating_group(item));
            let children = self.number(&item.items, Some(id), &path, below);
            if let Some(place) = self.places.get_mut(id) {
                place.children = children;
            }
            ids.push(id);
        }
        ids
    }

    pub(super) fn roots(&self) -> &[usize] {
        &self.roots
    }

    pub(super) fn item(&self, id: usize) -> Option<&'a Item> {
        self.places.get(id).map(|place| place.item)
    }

    pub(super) fn id(&self, link: &str) -> Option<usize> {
        self.by_link.get(link).copied()
    }

    pub(super) fn children(&self, id: usize) -> &[usize] {
        self.places.get(id).map_or(&[], |place| &place.children)
    }

    pub(super) fn path(&self, id: usize) -> &[usize] {
        self.places.get(id).map_or(&[], |place| &place.path)
    }

    /// What was done with an item; what a hidden or read-only one starts with stands for it.
    pub(super) fn given(&self, id: usize, at: &[u16]) -> Option<Given> {
        let item = self.item(id)?;
        if let Some(Given::Declined) = self.answers.get(&slot(item, at)) {
            return Some(Given::Declined);
        }
        let values = self.values(id, at);
        (!values.is_empty()).then(|| Given::Values(values.to_vec()))
    }

    fn values(&self, id: usize, at: &[u16]) -> &'a [Value] {
        let Some(place) = self.places.get(id) else { return &[] };
        let values = match self.answers.values(&slot(place.item, at)) {
            [] if place.hidden || place.item.read_only => &place.item.initial,
            values => values,
        };
        if place.item.repeats { values } else { values.get(..1).unwrap_or(values) }
    }

    /// How many instances a repeating group has: at least one to begin with.
    pub(super) fn instances(&self, id: usize, at: &[u16]) -> u16 {
        let Some(item) = self.item(id) else { return 0 };
        let said = match self.answers.values(&slot(item, at)).first() {
            Some(Value::Integer(n)) => u16::try_from(*n).unwrap_or(1),
            _ => 1,
        };
        let touched = self.touched_below(id, at).filter_map(|s| s.at.get(at.len())).max();
        let touched = touched.map_or(1, |last| last.saturating_add(1));
        said.max(touched).min(MOST_INSTANCES)
    }

    /// Whether anything was given in this instance that is there to be given.
    pub(super) fn touched(&self, group: usize, instance: &[u16]) -> bool {
        self.touched_below(group, instance).any(|slot| {
            let place = self.id(&slot.link).and_then(|id| Some((id, self.places.get(id)?)));
            place.is_some_and(|(id, place)| slot.at.len() == place.depth && self.is_there(id, &slot.at))
        })
    }

    /// Slots touched below a group in these instances, there or not.
    fn touched_below<'s>(&'s self, group: usize, at: &'s [u16]) -> impl Iterator<Item = &'s Slot> {
        let inside = move |slot: &&Slot| {
            slot.at.starts_with(at)
                && self.id(&slot.link).is_some_and(|id| {
                    self.item(id).is_some_and(Item::is_question) && self.is_below(id, group)
                })
        };
        self.answers.iter().map(|(slot, _)| slot).filter(inside)
    }

    fn is_below(&self, id: usize, group: usize) -> bool {
        let mut above = self.places.get(id).and_then(|place| place.parent);
        while let Some(id) = above {
            if id == group {
                return true;
            }
            above = self.places.get(id).and_then(|place| place.parent);
        }
        false
    }

    /// A required item in an optional repeating group asks nothing while its instance is empty.
    pub(super) fn excused(&self, id: usize, at: &[u16]) -> bool {
        let mut above = self.places.get(id).and_then(|place| place.parent);
        while let Some(group) = above.and_then(|id| self.places.get(id)) {
            if is_repeating_group(group.item)
                && !group.item.required
                && let (Some(id), Some(instance)) = (above, at.get(..=group.depth))
                && !self.touched(id, instance)
            {
                return true;
            }
            above = group.parent;
        }
        false
    }

    /// Whether the item is there. `at` is that of its slot.
    pub(super) fn is_there(&self, id: usize, at: &[u16]) -> bool {
        let key = (id, at.to_vec());
        if let Some(verdict) = self.known.borrow().get(&key) {
            return verdict.unwrap_or(false);
        }
        self.known.borrow_mut().insert(key.clone(), None);
        let verdict = self.decide(id, at);
        self.known.borrow_mut().insert(key, Some(verdict));
        verdict
    }

    fn decide(&self, id: usize, at: &[u16]) -> bool {
        let Some(place) = self.places.get(id) else { return false };
        let item = place.item;
        if let Some(parent) = place.parent {
            let Some(above) = self.places.get(parent) else { return false };
            let at = at.get(..above.depth).unwrap_or(at);
            let holds = above.item.kind == Kind::Group || !self.values(parent, at).is_empty();
            if !holds || !self.is_there(parent, at) {
                return false;
            }
        }
        if !self.is_wanted(id, at) {
            return false;
        }
        let mut rules = item.conditions.iter().map(|rule| self.holds(&rule.test, &rule.question, id, at));
        item.conditions.is_empty() || if item.any { rules.any(|t| t) } else { rules.all(|t| t) }
    }

    /// Whether it belongs to the part that is asked.
    pub(super) fn in_part(&self, id: usize) -> bool {
        !self.asked.short || self.places.get(id).is_some_and(|place| place.short)
    }

    /// Whether the way of asking includes it. What was answered before stays: the short part and a
    /// past day may leave a question out, never an answer.
    fn is_wanted(&self, id: usize, at: &[u16]) -> bool {
        let Some(place) = self.places.get(id).filter(|place| !place.hidden && !place.fixed) else {
            return true;
        };
        let left_out = !self.in_part(id) || (place.item.only_today && self.asked.past.is_some());
        !left_out || self.given(id, at).is_some() || self.touched_below(id, at).next().is_some()
    }

    fn holds(&self, test: &Test, question: &str, from: usize, at: &[u16]) -> bool {
        let seen = self.seen(question, from, at);
        let some = |wanted: fn(Ordering) -> bool, than: &Value| {
            seen.iter().any(|value| value.compare(than).is_some_and(wanted))
        };
        match test {
            Test::Exists(wanted) => *wanted != seen.is_empty(),
            Test::Equal(to) => seen.iter().any(|value| same(value, to)),
            Test::NotEqual(to) => !seen.is_empty() && !seen.iter().any(|value| same(value, to)),
            Test::Greater(than) => some(Ordering::is_gt, than),
            Test::Less(than) => some(Ordering::is_lt, than),
            Test::AtLeast(than) => some(Ordering::is_ge, than),
            Test::AtMost(than) => some(Ordering::is_le, than),
        }
    }

    /// The answers of `question` that a condition of item `from` looks at.
    fn seen(&self, question: &str, from: usize, at: &[u16]) -> &'a [Value] {
        let Some(id) = self.by_link.get(question).copied() else { return &[] };
        let Some(place) = self.places.get(id).filter(|place| place.item.is_question()) else {
            return &[];
        };
        let mut nearest: Vec<u16> = Vec::with_capacity(place.depth);
        let ours = self.repeating_around(from);
        let mut shared = true;
        for (n, group) in self.repeating_around(id).into_iter().enumerate() {
            shared = shared && ours.get(n) == Some(&group);
            let instance = match at.get(n) {
                Some(instance) if shared => *instance,
                _ => self.nearest(group, &nearest, id < from),
            };
            nearest.push(instance);
        }
        if self.is_there(id, &nearest) { self.values(id, &nearest) } else { &[] }
    }

    /// The instance of a group elsewhere that is nearest: the last one before, the first one after.
    /// Empty ones do not count, as they are not part of the response.
    fn nearest(&self, group: usize, around: &[u16], before: bool) -> u16 {
        let at = |n: u16| around.iter().copied().chain([n]).collect::<Vec<u16>>();
        let mut touched = (0..self.instances(group, around)).filter(|n| self.touched(group, &at(*n)));
        if before { touched.next_back() } else { touched.next() }.unwrap_or(0)
    }

    /// The repeating groups around an item, outermost first.
    fn repeating_around(&self, id: usize) -> Vec<usize> {
        let mut groups = Vec::new();
        let mut above = self.places.get(id).and_then(|place| place.parent);
        while let Some((id, place)) = above.and_then(|id| self.places.get(id).map(|place| (id, place))) {
            if is_repeating_group(place.item) {
                groups.push(id);
            }
            above = place.parent;
        }
        groups.reverse();
        groups
    }
}

pub(super) fn is_repeating_group(item: &Item) -> bool {
    item.repeats && item.kind == Kind::Group
}

pub(super) fn slot(item: &Item, at: &[u16]) -> Slot {
    Slot { link: item.link.clone(), at: at.to_vec() }
}

fn same(a: &Value, b: &Value) -> bool {
    a == b || a.compare(b) == Some(Ordering::Equal)
}
