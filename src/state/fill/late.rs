//! What of filling in is fetched: writing, and the form of a correction.

use std::rc::Rc;

use interlude_diary::ids::EntryId;
use interlude_diary::journal::{Journal, JournalError};
use interlude_diary::own::Part;
use interlude_diary::questionnaire::Form;

use super::opening::{self, Base, NotOpened, Order};
use super::{Desk, Fill, keeper};
use crate::later::Work;
use crate::state::outside::Ports;
use crate::state::own;

part! { keep:
    /// Does what waits in the queue.
    pub(super) fn drain[drain_ready](desk: Rc<Desk>, fill: Fill) -> Work<()> {
        Box::pin(async move {
            keeper::drain(&desk.ports.journal, &desk.queue, &|outcome| fill.told(outcome)).await;
        })
    }
    /// Records the entry that the form has become.
    pub(super) fn record(fill: Fill) -> Work<()> {
        Box::pin(fill.record_now())
    }
    /// Lets a held row go.
    pub(super) fn release(desk: Rc<Desk>) -> Work<Result<u32, JournalError>> {
        Box::pin(async move { desk.ports.journal.release().await })
    }
    /// Reads how far the saved entry has come.
    pub(super) fn look(fill: Fill) -> () {
        fill.look_now();
    }
}

part! { rest:
    /// The form of the person's own questions.
    pub(super) fn own_form(ports: Rc<Ports>, part: Part, language: String, corrects: Option<EntryId>) -> Work<Result<Option<Form>, JournalError>> {
        Box::pin(async move { own::form(&ports.journal, part, &language, corrects).await })
    }
    /// What a correction begins with.
    pub(super) fn base(ports: Rc<Ports>, form: Form, order: Order, id: EntryId) -> Work<Result<(Form, Base), NotOpened>> {
        Box::pin(async move {
            let base = opening::base(&ports.journal, &form, &order, id).await?;
            Ok((form, base))
        })
    }
}
