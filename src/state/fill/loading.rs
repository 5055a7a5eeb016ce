//! What a form begins with: its questions, its draft, the entry that it corrects.

use std::cell::Cell;
use std::rc::Rc;

use interlude_diary::flags::{RULES, flags_now};
use interlude_diary::own::Part;
use interlude_diary::questionnaire::Form;

use super::ahead::{Read, key_of, read, shipped};
use super::machine::Filling;
use super::opening::{self, NotOpened, Order};
use super::{Desk, FillKey, NoForm, View, late, named};
use crate::later::{NotHere, Work};

/// The form and its draft: one of this app's files, or the person's own questions.
fn reading(desk: &Rc<Desk>) -> Work<Read> {
    let form = match Part::of(&desk.questionnaire) {
        None => shipped(desk.questionnaire.clone(), desk.language.clone()),
        Some(part) => own(Rc::clone(desk), part),
    };
    read(form, desk.key.clone(), desk.ports.journal.clone(), Rc::new(Cell::new(true)))
}

fn own(desk: Rc<Desk>, part: Part) -> Work<Result<Form, View>> {
    let corrects = if let FillKey::Correction(id) = &desk.key { Some(*id) } else { None };
    Box::pin(async move {
        let made = late::own_form(Rc::clone(&desk.ports), part, desk.language.clone(), corrects);
        let made = made.await.map_err(|NotHere| View::NoForm(NoForm::NotHad))?;
        made.await.map_err(View::Trouble)?.ok_or(View::NoForm(NoForm::Empty))
    })
}

/// The form with the draft that is here, or a new one; else what the page shows instead. `ahead` is what was
/// begun already.
pub(super) async fn load(desk: &Rc<Desk>, ahead: Option<Work<Read>>) -> Result<Filling, View> {
    let (form, kept) = ahead.unwrap_or_else(|| reading(desk)).await?;
    let key = key_of(&desk.key, &form);
    let order = Order { key, short: desk.short, id: desk.ports.entry_id(), now: desk.ports.moment() };
    let told = |why| match why {
        NotOpened::Gone => View::Gone,
        NotOpened::Store(error) => View::Trouble(error),
    };
    let (form, base) = match desk.key {
        FillKey::Correction(id) => {
            let base = late::base(Rc::clone(&desk.ports), form, order.clone(), id);
            let base = base.await.map_err(|NotHere| View::NoForm(NoForm::NotHad))?;
            let (form, base) = base.await.map_err(told)?;
            (form, Some(base))
        }
        FillKey::Occasion(_) | FillKey::Unscheduled => (form, None),
    };
    let kept = kept.map_err(View::Trouble)?;
    let opened = opening::open(kept, form, order, base, |day| named(day, &desk.language));
    // Cards that were shown before a reload are not shown again at the next tap.
    let draft = opened.filling.draft();
    let flagged = flags_now(RULES, &draft.questionnaire, &draft.answers);
    desk.raised.borrow_mut().extend(flagged.into_iter().map(|flag| flag.rule));
    *desk.base.borrow_mut() = opened.base;
    Ok(opened.filling)
}
