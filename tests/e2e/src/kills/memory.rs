//! What the person was told, and what must therefore be there.

use std::collections::BTreeMap;

use interlude_testkit::Chance;
use serde_json::Value;

use super::store::{Kept, Numbers, Snapshot};
use super::toll::{Harm, Toll};

/// Answers of one form, told from those of every other.
type Answers = [u8; 3];

/// What was answered and seen so far.
#[derive(Debug)]
pub struct Memory {
    /// Every triple of numbers once, in an order of chance.
    deck: Vec<Answers>,
    /// Forms finished.
    done: usize,
    /// Answers of the form at hand that are kept.
    answered: usize,
    /// Answers that the light said were kept, in all.
    seen: usize,
    /// Forms that the light said were on this phone.
    entries: Vec<Answers>,
}

impl Memory {
    /// Nothing yet.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed ^ 0x00de_c0de);
        let numbers = || 0..=10_u8;
        let mut deck: Vec<Answers> =
            numbers().flat_map(|a| numbers().flat_map(move |b| numbers().map(move |c| [a, b, c]))).collect();
        for last in (1..deck.len()).rev() {
            let other = usize::try_from(chance.below(u64::try_from(last + 1).unwrap_or(1))).unwrap_or(0);
            deck.swap(last, other);
        }
        Self { deck, done: 0, answered: 0, seen: 0, entries: Vec::new() }
    }

    /// The answers to the form at hand.
    #[must_use]
    pub fn numbers(&self) -> Answers {
        self.deck.get(self.done % self.deck.len()).copied().unwrap_or_default()
    }

    /// How many of them are kept.
    #[must_use]
    pub const fn answered(&self) -> usize {
        self.answered
    }

    /// The light said that so many are kept.
    pub const fn saw_answer(&mut self, answered: usize) {
        self.answered = answered;
        self.seen += 1;
    }

    /// The light said that the form is on this phone.
    pub fn saw_entry(&mut self) {
        self.entries.push(self.numbers());
        self.next();
    }

    const fn next(&mut self) {
        self.done += 1;
        self.answered = 0;
    }

    /// Whether every entry that was said to be on this phone is there.
    #[must_use]
    pub fn has_all(&self, found: &Snapshot) -> bool {
        let there =
            |entry: &Answers| found.entries.iter().any(|one| whole(one.numbers).as_ref() == Some(entry));
        self.entries.iter().all(there)
    }

    /// Answers and entries that were said to be kept.
    #[must_use]
    pub const fn confirmed(&self) -> usize {
        self.seen + self.entries.len()
    }

    /// Holds what was said against what lies in the store after a kill, and goes on from there.
    pub fn judge(&mut self, found: &Snapshot, toll: &mut Toll) {
        for torn in &found.torn {
            toll.law(Harm::Stuck, false, || torn.clone());
        }
        toll.law(Harm::Stuck, found.parked == 0, || format!("{} put aside", found.parked));
        let kept = self.by_answers(found, toll);
        for entry in &self.entries {
            toll.law(Harm::Lost, kept.contains_key(entry), || format!("{entry:?} was on this phone"));
        }
        let (now, draft) = (self.numbers(), found.draft.as_ref().map(|draft| draft.numbers));
        if kept.contains_key(&now) {
            // Recorded, and the light had no time to say so.
            self.next();
            toll.law(Harm::Doubled, draft.is_none(), || format!("a draft {draft:?} of no form"));
            return;
        }
        let draft = draft.unwrap_or_default();
        let there =
            (0..3).take_while(|at| draft.get(*at).copied().flatten() == now.get(*at).copied()).count();
        let lost = || format!("{} of {now:?} were kept, the draft has {draft:?}", self.answered);
        toll.law(Harm::Lost, there >= self.answered, lost);
        let others = draft.iter().skip(there).flatten().count();
        toll.law(Harm::Misdated, others == 0, || format!("{draft:?} in the draft of {now:?}"));
        self.answered = there;
    }

    /// Entries by their answers. Each must be one that was answered, and there once.
    fn by_answers<'a>(&self, found: &'a Snapshot, toll: &mut Toll) -> BTreeMap<Answers, &'a Kept> {
        let mut kept = BTreeMap::new();
        for entry in &found.entries {
            let Some(answers) = whole(entry.numbers) else { continue };
            let answered = self.deck.iter().take(self.done + 1).any(|one| *one == answers);
            toll.law(Harm::Doubled, answered, || format!("{answers:?} was never answered"));
            let before = kept.insert(answers, entry);
            toll.law(Harm::Doubled, before.is_none(), || format!("{answers:?} is here twice"));
        }
        kept
    }

    /// Holds the clinic's copies against the phone's entries, when nothing waits any more.
    pub fn judge_clinic(&self, found: &Snapshot, held: &[Value], toll: &mut Toll) {
        let kept = self.by_answers(found, toll);
        for entry in &self.entries {
            toll.law(Harm::Lost, kept.contains_key(entry), || format!("{entry:?} was on this phone"));
        }
        let ids: BTreeMap<&str, &Kept> =
            found.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        for response in held {
            let id = response["id"].as_str().unwrap_or_default();
            let Some(entry) = ids.get(id) else {
                toll.law(Harm::Doubled, false, || format!("the clinic has {id}, the phone has not"));
                continue;
            };
            let (day, numbers) = (day(response), numbers(response));
            toll.law(Harm::Misdated, day == entry.day && numbers == entry.numbers, || {
                format!("{id} is {day} {numbers:?} at the clinic, {} {:?} here", entry.day, entry.numbers)
            });
        }
        for id in ids.keys() {
            let there = held.iter().any(|response| response["id"].as_str() == Some(id));
            toll.law(Harm::FalselyConfirmed, there, || format!("nothing waits, and the clinic has no {id}"));
        }
    }
}

fn whole(numbers: Numbers) -> Option<Answers> {
    let [a, b, c] = numbers;
    Some([a?, b?, c?])
}

fn day(response: &Value) -> String {
    let extensions = response["extension"].as_array().map_or(&[][..], Vec::as_slice);
    let day =
        extensions.iter().find(|one| one["url"].as_str().is_some_and(|url| url.ends_with("/diary-day")));
    day.and_then(|day| day["valueDate"].as_str()).unwrap_or_default().to_owned()
}

fn numbers(response: &Value) -> Numbers {
    let items = response["item"].as_array().map_or(&[][..], Vec::as_slice);
    ["peg-1", "peg-2", "peg-3"].map(|link| {
        let item = items.iter().find(|item| item["linkId"] == link)?;
        item.pointer("/answer/0/valueInteger")?.as_u64()?.try_into().ok()
    })
}
