//! From a draft's answers to the tree an entry keeps, and back for a correction.

use super::answers::{Answers, Given};
use super::enable::{Shown, is_repeating_group, slot};
use super::flow::{Asked, stem};
use super::form::{Form, Item, Kind};
use super::response::{Response, ResponseItem};
use super::value::Value;

/// The response: items in the form's order with the words shown.
///
/// An untouched question is there without an answer. What a rule leaves out is absent, and so are
/// what the short part or a past day left unasked and unanswered, words, and an empty instance of a repeating group that is not
/// the only one or that asks something required. Hidden items are there when they start with a
/// value. Never fails: whatever does not belong to the form is left behind.
#[must_use]
pub fn respond(form: &Form, answers: &Answers, asked: &Asked) -> Response {
    let tree = Tree { shown: &Shown::new(form, answers, asked), asked };
    Response { questionnaire: form.canonical.clone(), items: tree.items(tree.shown.roots(), &[], false) }
}

/// The answers a correction starts from.
#[must_use]
pub fn reopen(form: &Form, response: &Response) -> Answers {
    let mut answers = Answers::default();
    take(&form.items, &response.items, &[], &mut answers);
    answers
}

struct Tree<'s, 'a> {
    shown: &'s Shown<'a>,
    asked: &'s Asked,
}

impl Tree<'_, '_> {
    fn items(&self, ids: &[usize], at: &[u16], hidden: bool) -> Vec<ResponseItem> {
        let mut items = Vec::new();
        for id in ids {
            let Some(item) = self.shown.item(*id) else { continue };
            let hidden = hidden || item.hidden;
            if !self.shown.is_there(*id, at) {
                continue;
            }
            if item.is_question() {
                items.extend(self.question(*id, item, at, hidden));
            } else if is_repeating_group(item) {
                self.instances(*id, item, at, hidden, &mut items);
            } else if item.kind == Kind::Group {
                items.extend(self.group(*id, item, at, hidden));
            }
        }
        items
    }

    fn instances(&self, id: usize, item: &Item, at: &[u16], hidden: bool, items: &mut Vec<ResponseItem>) {
        let instances = self.shown.instances(id, at);
        let each = |n: u16| -> Vec<u16> { at.iter().copied().chain([n]).collect() };
        let mut any = false;
        for at in (0..instances).map(each) {
            if self.shown.touched(id, &at) {
                items.extend(self.group(id, item, &at, hidden));
                any = true;
            }
        }
        if !any && (item.required || !asks_required(&item.items)) {
            items.extend(self.group(id, item, &each(0), hidden));
        }
    }

    fn group(&self, id: usize, item: &Item, at: &[u16], hidden: bool) -> Option<ResponseItem> {
        let items = self.items(self.shown.children(id), at, hidden);
        let text = some_words(&item.text).filter(|_| !hidden);
        // A required group must be in a completed response, even with words alone in it.
        let empty = items.is_empty() && (hidden || !(item.required || item.items.is_empty()));
        (!empty).then(|| ResponseItem { link: item.link.clone(), text, given: None, items })
    }

    fn question(&self, id: usize, item: &Item, at: &[u16], hidden: bool) -> Option<ResponseItem> {
        let given = self.shown.given(id, at);
        if hidden && given.is_none() {
            return None;
        }
        Some(ResponseItem {
            link: item.link.clone(),
            text: some_words(&stem(item, self.asked)).filter(|_| !hidden),
            given,
            items: self.items(self.shown.children(id), at, hidden),
        })
    }
}

fn some_words(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn asks_required(items: &[Item]) -> bool {
    items.iter().any(|item| (item.required && !item.hidden) || asks_required(&item.items))
}

fn take(items: &[Item], given: &[ResponseItem], at: &[u16], answers: &mut Answers) {
    for item in items {
        let mut said = given.iter().filter(|said| said.link == item.link);
        if is_repeating_group(item) {
            let mut count: u16 = 0;
            for said in said {
                let at: Vec<u16> = at.iter().copied().chain([count]).collect();
                take(&item.items, &said.items, &at, answers);
                count = count.saturating_add(1);
            }
            if count > 1 {
                answers.set(slot(item, at), Given::Values(vec![Value::Integer(i32::from(count))]));
            }
        } else if let Some(said) = said.next() {
            if let Some(given) = &said.given {
                answers.set(slot(item, at), given.clone());
            }
            take(&item.items, &said.items, at, answers);
        }
    }
}
