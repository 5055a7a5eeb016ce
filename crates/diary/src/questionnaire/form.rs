//! A form: items in order, with what may be answered and when they are shown.

use serde::{Deserialize, Serialize};

use super::value::{Coding, Decimal, Value};

/// A questionnaire ready to be asked, in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// `url|version`, or a local canonical made of the form's digest.
    pub canonical: String,
    /// What it is called on screen.
    pub title: String,
    /// BCP 47 language of the texts, as far as known.
    pub language: Option<String>,
    /// Licence or copyright line to be shown with it.
    pub copyright: Option<String>,
    /// Items in order.
    pub items: Vec<Item>,
    /// What the form has and this app leaves out, each a sentence's worth: said before the first
    /// question.
    pub left_out: Vec<LeftOut>,
}

/// One thing a form asks for that is left out, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The item's linkId.
    pub link: String,
    /// The item's words, for the person.
    pub text: String,
    /// Why.
    pub why: Why,
}

/// Why something is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// An item type that cannot be answered here, such as `attachment`.
    Type(String),
    /// The choices live on a terminology server.
    ChoicesElsewhere(String),
    /// A total that is not calculated here.
    NotCalculated,
    /// A rule in a language that is not evaluated here.
    RuleNotEvaluated,
    /// The item is asked; only its first value, which a rule would fill in, is left out.
    NotPrefilled,
}

/// One item of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "FHIR says each of them on its own, and any may hold together"
)]
pub struct Item {
    /// linkId.
    pub link: String,
    /// Number or letter printed before the words.
    pub prefix: Option<String>,
    /// The question's words.
    pub text: String,
    /// Words of help, from a help or instructions child.
    pub help: Option<String>,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// Must be answered (declined does not count) before the form is completed.
    pub required: bool,
    /// Takes several answers; for a group, several instances.
    pub repeats: bool,
    /// Shown, never changed by the person.
    pub read_only: bool,
    /// Never shown; its initial value is sent.
    pub hidden: bool,
    /// Longest text, in characters.
    pub max_length: Option<u32>,
    /// Least value allowed.
    pub min: Option<Value>,
    /// Greatest value allowed.
    pub max: Option<Value>,
    /// Slider step.
    pub step: Option<i32>,
    /// Words at the low and at the high end of a scale.
    pub ends: Option<(String, String)>,
    /// Units to choose from, or the one unit shown.
    pub units: Vec<Unit>,
    /// Choices.
    pub options: Vec<Choice>,
    /// Value it starts with.
    pub initial: Vec<Value>,
    /// Rules for being shown; none means always.
    pub conditions: Vec<Condition>,
    /// One true rule is enough; otherwise all must hold.
    pub any: bool,
    /// How the form's author would show it.
    pub hint: Hint,
    /// Belongs to the short part of the form ("Only pain today").
    pub short: bool,
    /// The words for a form about a past day, with `{day}` where the day's name goes.
    pub past_text: Option<String>,
    /// Makes no sense about a past day ("right now") and is not asked then, unless it was answered on
    /// that day and may be corrected.
    pub only_today: bool,
    /// Items of a group, or below a question.
    pub items: Vec<Self>,
}

impl Item {
    /// A question with nothing but its words: not required, no bounds, always shown.
    #[must_use]
    pub const fn plain(link: String, kind: Kind, text: String) -> Self {
        Self {
            link,
            prefix: None,
            text,
            help: None,
            kind,
            required: false,
            repeats: false,
            read_only: false,
            hidden: false,
            max_length: None,
            min: None,
            max: None,
            step: None,
            ends: None,
            units: Vec::new(),
            options: Vec::new(),
            initial: Vec::new(),
            conditions: Vec::new(),
            any: false,
            hint: Hint::None,
            short: false,
            past_text: None,
            only_today: false,
            items: Vec::new(),
        }
    }

    /// Whether it takes an answer: neither a group nor words.
    #[must_use]
    pub fn is_question(&self) -> bool {
        !matches!(self.kind, Kind::Group | Kind::Display)
    }
}

/// A unit a number may be given in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Words.
    pub display: String,
    /// Code system, usually UCUM.
    pub system: Option<String>,
    /// Code.
    pub code: Option<String>,
}

/// What an item asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Holds other items.
    Group,
    /// Words only.
    Display,
    /// Yes or no.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A date.
    Date,
    /// A date and time.
    DateTime,
    /// A time of day.
    Time,
    /// One line of text.
    String,
    /// Lines of text.
    Text,
    /// A web address.
    Url,
    /// One of the choices (several where the item repeats).
    Choice,
    /// One of the choices, or words of one's own.
    OpenChoice,
    /// A number with a unit.
    Quantity,
}

/// How the author would show an item; the renderer may do better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Hint {
    /// Nothing said.
    #[default]
    None,
    /// Slider.
    Slider,
    /// Drop-down or autocomplete.
    DropDown,
    /// Radio buttons.
    Radio,
    /// Check boxes.
    CheckBox,
    /// A grid of questions: here one question a screen.
    Table,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What is answered.
    pub value: Value,
    /// Its words.
    pub label: String,
    /// Its weight in a score (extension `ordinalValue`).
    pub ordinal: Option<Decimal>,
    /// Choosing it alone empties the others ("none of these").
    pub exclusive: bool,
}

impl Choice {
    /// The coding answered, for choices that are codings.
    #[must_use]
    pub const fn coding(&self) -> Option<&Coding> {
        if let Value::Coding(coding) = &self.value { Some(coding) } else { None }
    }
}

/// One rule of enableWhen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// linkId of the question it looks at.
    pub question: String,
    /// What must hold of its answers.
    pub test: Test,
}

/// What must hold. With several answers, one that matches is enough (FHIR R4, enableWhen).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// Answered at all (`true`) or not (`false`).
    Exists(bool),
    /// Equal.
    Equal(Value),
    /// Answered, and not equal.
    NotEqual(Value),
    /// Greater.
    Greater(Value),
    /// Less.
    Less(Value),
    /// Greater or equal.
    AtLeast(Value),
    /// Less or equal.
    AtMost(Value),
}
