//! Opening a form: a draft that is there, or a new one with its id and day fixed now.

use std::sync::Arc;

use interlude_diary::calendar::{DAY_ENDS_AT_HOUR, LocalDay, Moment};
use interlude_diary::entry::{Body, Entry};
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{Journal, JournalError, shown};
use interlude_diary::occasion::{Draft, DraftKey, OccasionKey};
use interlude_diary::questionnaire::{Asked, Form, Slot, Step, StepKind, initial, respond, steps};

use super::machine::{Filling, Stage};

/// What is to be opened.
#[derive(Debug, Clone)]
pub struct Order {
    /// What it is a draft of.
    pub key: DraftKey,
    /// Only the short part.
    pub short: bool,
    /// The id a new entry would have.
    pub id: EntryId,
    /// The clock.
    pub now: Moment,
}

/// What is corrected.
#[derive(Debug, Clone)]
pub struct Base {
    /// The newest revision of the entry.
    pub entry: Entry,
    /// Its answers as a new draft.
    pub draft: Draft,
}

/// A form opened.
#[derive(Debug)]
pub struct Opened {
    /// Where it stands.
    pub filling: Filling,
    /// The newest revision of the entry that is corrected.
    pub base: Option<Entry>,
}

/// Why it could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOpened {
    /// The entry to be corrected is not here.
    Gone,
    /// The store failed.
    Store(JournalError),
}

impl From<JournalError> for NotOpened {
    fn from(error: JournalError) -> Self {
        Self::Store(error)
    }
}

/// The day an occasion is about: daily occasions carry it in their ordinal.
#[must_use]
pub fn day_of(key: &DraftKey, now: Moment) -> LocalDay {
    match key {
        DraftKey::Occasion(key) if is_daily(key) => LocalDay::from_number(key.ordinal),
        DraftKey::Occasion(_) | DraftKey::Unscheduled(_) | DraftKey::Correction(_) => now.diary_day(),
    }
}

/// Whether an occasion's ordinal is its day.
#[must_use]
pub fn is_daily(key: &OccasionKey) -> bool {
    key.slot != "-"
}

/// Between midnight and 04:00 the diary day is not the one on the calendar.
#[must_use]
pub fn is_night(now: Moment) -> bool {
    now.local_minute() < DAY_ENDS_AT_HOUR * 60
}

/// Opens `form`: at the draft that was `kept`, or afresh. `past` names a day for the words of a form about a
/// past day.
#[must_use]
pub fn open(
    kept: Option<Draft>,
    form: Form,
    order: Order,
    base: Option<Base>,
    past: impl Fn(LocalDay) -> String,
) -> Opened {
    let fresh = kept.is_none();
    let mut draft = match (kept, &base) {
        (Some(draft), _) => draft,
        (None, Some(base)) => Draft { key: order.key.clone(), ..base.draft.clone() },
        (None, None) => new(&form, &order),
    };
    let completes = base.as_ref().is_some_and(|base| completes(&base.entry, &order));
    if base.is_none() || completes {
        draft.short = order.short;
    }
    let asked = asked(&draft, order.now, past);
    if completes && fresh {
        draft.at = first_open(&form, &draft, &asked);
    }
    let mut before = Vec::new();
    if fresh && base.is_none() && is_night(order.now) && draft.day == order.now.diary_day() {
        before.push(Stage::Night);
    }
    if !form.left_out.is_empty() && draft.at.is_none() {
        before.push(Stage::LeftOut);
    }
    let filling = Filling::open(Arc::new(form), draft, asked, before);
    Opened {
        filling: if completes { filling.completing() } else { filling },
        base: base.map(|base| base.entry),
    }
}

/// Whether the rest of a form is asked whose short part was recorded, on the same diary day. Later it
/// would be a correction, with a reason.
fn completes(base: &Entry, order: &Order) -> bool {
    base.partial
        && !order.short
        && base.day == order.now.diary_day()
        && matches!(base.body, Body::Response(_))
}

/// The first question without an answer.
fn first_open(form: &Form, draft: &Draft, asked: &Asked) -> Option<Slot> {
    let open = |step: &Step| step.kind == StepKind::Question && draft.answers.get(&step.slot).is_none();
    steps(form, &draft.answers, asked).into_iter().find(open).map(|step| step.slot)
}

/// How the draft is asked: a day gone by is named.
#[must_use]
pub fn asked(draft: &Draft, now: Moment, past: impl Fn(LocalDay) -> String) -> Asked {
    Asked { short: draft.short, past: (draft.day < now.diary_day()).then(|| past(draft.day)) }
}

/// What a correction of an entry begins with: its newest revision, as a draft.
///
/// # Errors
/// [`NotOpened::Gone`] when the entry is not here.
pub async fn base<J: Journal>(
    journal: &J,
    form: &Form,
    order: &Order,
    id: EntryId,
) -> Result<Base, NotOpened> {
    let revisions = journal.revisions(id).await?;
    let entry = shown(&revisions).map(|stored| stored.entry.clone()).ok_or(NotOpened::Gone)?;
    let draft = correction(form, order, &entry);
    Ok(Base { entry, draft })
}

fn new(form: &Form, order: &Order) -> Draft {
    Draft {
        id: order.id,
        key: order.key.clone(),
        questionnaire: form.canonical.clone(),
        day: day_of(&order.key, order.now),
        opened: order.now,
        // Named when it is first stored: a browser takes its time the first time that it is asked.
        zone: String::new(),
        answers: initial(form),
        at: None,
        short: order.short,
        parent: None,
        version: 0,
    }
}

fn correction(form: &Form, order: &Order, base: &Entry) -> Draft {
    let answers = match &base.body {
        Body::Response(response) | Body::Retracted(response) => respond::reopen(form, response),
        Body::Consent(_) | Body::Chosen(_) | Body::Session(_) => initial(form),
    };
    Draft {
        id: base.id,
        day: base.day,
        answers,
        short: base.partial,
        parent: Some(base.revision),
        ..new(form, order)
    }
}
