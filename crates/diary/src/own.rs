//! What the person asks themselves: their medicines, questions of their own, notes.
//!
//! Kept apart from every instrument: the forms made of these lines have canonicals of their own, which no
//! score, mean, trend or flag knows. An answer is an entry like any other, with the words that were
//! asked; it stays on the phone unless the person shares its kind ([`Own::shares`]), and then from that
//! moment on.

use serde::{Deserialize, Serialize};

use crate::entry::Share;
use crate::questionnaire::{Form, Given, Item, Kind, Response, ResponseItem, Value, form_name};

/// Most lines that are asked at a time: more would be no diary for a bad day.
pub const MOST: usize = 12;
/// Most characters of a line.
pub const LONGEST: usize = 120;
/// Most characters of a note.
pub const NOTE: u32 = 2_000;

/// How a line is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// 0 to 10.
    Scale,
    /// Yes or no.
    YesNo,
    /// A medicine: taken or not.
    Taken,
}

impl Answer {
    /// Every way, in the order shown.
    pub const ALL: [Self; 3] = [Self::Scale, Self::YesNo, Self::Taken];
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its linkId, for good: a text that is changed is a new line, so that old answers keep their words.
    pub id: String,
    /// How it is answered.
    pub answer: Answer,
    /// The person's words.
    pub text: String,
}

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The lines.
    Lines,
    /// A note in the person's own words.
    Note,
}

impl Part {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Lines, Self::Note];

    /// The form's name, the last part of its canonical.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lines => "own-lines",
            Self::Note => "own-note",
        }
    }

    /// The form's canonical with its version.
    #[must_use]
    pub const fn canonical(self) -> &'static str {
        match self {
            Self::Lines => "https://interlude.health/fhir/Questionnaire/own-lines|1",
            Self::Note => "https://interlude.health/fhir/Questionnaire/own-note|1",
        }
    }

    /// The part that a name or canonical means; nothing for every other form.
    #[must_use]
    pub fn of(questionnaire: &str) -> Option<Self> {
        let name = form_name(questionnaire).unwrap_or(questionnaire);
        Self::ALL.into_iter().find(|part| part.name() == name)
    }

    /// The kind of thing that must be shared for it to leave the phone.
    #[must_use]
    pub const fn share(self) -> Share {
        match self {
            Self::Lines => Share::Trackers,
            Self::Note => Share::Notes,
        }
    }
}

/// Why a line was not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    /// It says nothing.
    #[error("a line without words")]
    Empty,
    /// It has more than [`LONGEST`] characters.
    #[error("a line of too many characters")]
    Long,
    /// There are [`MOST`] already.
    #[error("too many lines")]
    Full,
    /// It is asked already.
    #[error("a line that is there")]
    There,
}

/// Words of the forms in the person's language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// Names of the forms: lines, note.
    pub titles: [&'static str; 2],
    /// Ends of a scale.
    pub ends: (&'static str, &'static str),
    /// Asks whether a medicine was taken.
    pub taken: fn(&str) -> String,
    /// Asks for a note.
    pub note: &'static str,
}

/// The person's lines, and which kinds they share with whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Own {
    /// Lines that are asked, in their order.
    pub lines: Vec<Line>,
    /// Lines that are asked no more: answers to them may still be corrected.
    ended: Vec<Line>,
    /// Kinds that are shared.
    shared: Vec<Share>,
    /// With the patient's record there: base address and patient. Another clinic starts with nothing.
    with: Option<(String, String)>,
}

impl Own {
    /// Adds a line that is to have this id.
    ///
    /// # Errors
    /// [`NotAdded`]; nothing was changed.
    pub fn add(&mut self, id: String, answer: Answer, text: &str) -> Result<(), NotAdded> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(NotAdded::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(NotAdded::Long);
        }
        if self.lines.len() >= MOST {
            return Err(NotAdded::Full);
        }
        if self.lines.iter().any(|line| line.answer == answer && line.text == text) {
            return Err(NotAdded::There);
        }
        self.lines.push(Line { id, answer, text });
        Ok(())
    }

    /// Asks a line no more. What was answered stays in the diary.
    pub fn end(&mut self, id: &str) {
        let gone = self.lines.iter().position(|line| line.id == id).map(|at| self.lines.remove(at));
        self.ended.extend(gone);
    }

    /// Shares these kinds with a patient's record from now on, and no others.
    pub fn share(&mut self, kinds: &[Share], base: &str, patient: &str) {
        self.shared = kinds.to_vec();
        self.with = Some((base.to_owned(), patient.to_owned()));
    }

    /// Whether a kind is shared with this patient's record.
    #[must_use]
    pub fn shares(&self, kind: Share, base: &str, patient: &str) -> bool {
        let here = self.with.as_ref().is_some_and(|(b, p)| (b.as_str(), p.as_str()) == (base, patient));
        here && self.shared.contains(&kind)
    }

    /// The same with nothing shared, for another phone: what may leave it is said there.
    #[must_use]
    pub fn unshared(&self) -> Self {
        Self { lines: self.lines.clone(), ended: self.ended.clone(), ..Self::default() }
    }

    /// The form of a part; nothing where there is nothing to ask.
    #[must_use]
    pub fn form(&self, part: Part, language: &str, words: &Words) -> Option<Form> {
        let items: Vec<Item> = match part {
            Part::Lines => self.lines.iter().map(|line| asked(line, words)).collect(),
            Part::Note => vec![Item {
                required: true,
                max_length: Some(NOTE),
                ..item("note", Kind::Text, words.note.to_owned())
            }],
        };
        made(part, items, language, words)
    }

    /// The form of an answer that is corrected: what it was asked, in the words of then.
    #[must_use]
    pub fn form_again(&self, response: &Response, language: &str, words: &Words) -> Option<Form> {
        let again = |then: &ResponseItem| {
            let known = self.lines.iter().chain(&self.ended).find(|line| line.id == then.link);
            // A phone that never had the line sees by the answer what it takes.
            let answer = known.map_or_else(
                || if is_number(then) { Answer::Scale } else { Answer::YesNo },
                |line| line.answer,
            );
            let line = Line { id: then.link.clone(), answer, text: String::new() };
            Item { text: then.text.clone().unwrap_or_default(), ..asked(&line, words) }
        };
        made(Part::Lines, response.items.iter().map(again).collect(), language, words)
    }
}

fn is_number(item: &ResponseItem) -> bool {
    matches!(&item.given, Some(Given::Values(values)) if values.iter().any(|value| matches!(value, Value::Integer(_))))
}

fn made(part: Part, items: Vec<Item>, language: &str, words: &Words) -> Option<Form> {
    let [lines, note] = words.titles;
    let title = if part == Part::Lines { lines } else { note };
    (!items.is_empty()).then(|| Form {
        canonical: part.canonical().to_owned(),
        title: title.to_owned(),
        language: Some(language.to_owned()),
        copyright: None,
        items,
        left_out: Vec::new(),
    })
}

fn asked(line: &Line, words: &Words) -> Item {
    let text = line.text.clone();
    match line.answer {
        Answer::Scale => Item {
            min: Some(Value::Integer(0)),
            max: Some(Value::Integer(10)),
            ends: Some((words.ends.0.to_owned(), words.ends.1.to_owned())),
            ..item(&line.id, Kind::Integer, text)
        },
        Answer::YesNo => item(&line.id, Kind::Boolean, text),
        Answer::Taken => item(&line.id, Kind::Boolean, (words.taken)(&text)),
    }
}

fn item(link: &str, kind: Kind, text: String) -> Item {
    Item::plain(link.to_owned(), kind, text)
}

/// A line's answers on some days: how many there were, and what they said. No mean: nobody has shown that
/// one of these numbers means anything beside another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summed {
    /// The line's linkId.
    pub link: String,
    /// The words that were asked.
    pub text: String,
    /// Answers.
    pub times: usize,
    /// Least and greatest of a scale.
    pub scale: Option<(i32, i32)>,
    /// How often it was yes, of a question that is answered so.
    pub yes: Option<usize>,
}

/// Sums up these responses, in the order in which the lines were first asked. What was left open or declined
/// is no answer.
#[must_use]
pub fn summed<'a>(responses: impl IntoIterator<Item = &'a Response>) -> Vec<Summed> {
    let mut all: Vec<(&str, Summed)> = Vec::new();
    for item in responses.into_iter().flat_map(|response| &response.items) {
        let Some(Given::Values(values)) = &item.given else { continue };
        let Some(value) = values.first() else { continue };
        let at = all.iter().position(|(link, _)| *link == item.link).unwrap_or(all.len());
        if at == all.len() {
            let text = item.text.clone().unwrap_or_default();
            let link = item.link.clone();
            all.push((&item.link, Summed { link, text, times: 0, scale: None, yes: None }));
        }
        if let Some((_, sum)) = all.get_mut(at) {
            sum.take(value);
        }
    }
    all.into_iter().map(|(_, sum)| sum).filter(|sum| sum.times > 0).collect()
}

impl Summed {
    fn take(&mut self, value: &Value) {
        if let Value::Integer(n) = value {
            let (least, most) = self.scale.unwrap_or((*n, *n));
            self.scale = Some((least.min(*n), most.max(*n)));
            self.times += 1;
        } else if let Value::Boolean(yes) = value {
            self.yes = Some(self.yes.unwrap_or_default() + usize::from(*yes));
            self.times += 1;
        }
    }
}
