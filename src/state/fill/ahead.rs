//! A form and its draft being read; for the form that the app begins with, before its page is there.
//!
//! While the journal is being opened the processor waits for the disk again and again. The form is read in
//! between, and its draft with the first small values, so that its first question is the first that is drawn.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::{MaybeDone, maybe_done};
use interlude_diary::journal::{Journal, JournalError};
use interlude_diary::occasion::{Draft, DraftKey};
use interlude_diary::own::Part;
use interlude_diary::questionnaire::Form;

use super::{FillKey, View};
use crate::journal::IdbJournal;
use crate::later::Work;
use crate::platform::timeout;
use crate::state::route::Route;
use crate::sync::forms;

/// How long nothing is drawn because the form may be there at once: what comes within a tenth of a second comes
/// at once to a person (Miller 1968).
const WORTH_MS: u32 = 100;

/// The form, and its draft where one is on disk.
pub(super) type Read = Result<(Form, Result<Option<Draft>, JournalError>), View>;

thread_local! {
    /// What was begun for the first page, until that takes it.
    static FIRST: RefCell<Option<Ahead>> = const { RefCell::new(None) };
}

/// A form that is read before its page is there.
pub struct Ahead {
    /// Which form, for what, and in which language; none for a page that asks nothing, or asks what only the
    /// journal knows.
    of: Option<(String, FillKey, String)>,
    reading: MaybeDone<Work<Read>>,
    open: Rc<Cell<bool>>,
}

impl Ahead {
    /// The form of this page. The journal is told to be open by the cell that [`Ahead::may`] gives.
    #[must_use]
    pub fn of(page: Route, journal: IdbJournal, language: &str) -> Self {
        let asks = |questionnaire: &str, key: &FillKey| {
            !matches!(key, FillKey::Correction(_)) && Part::of(questionnaire).is_none()
        };
        let of = if let Route::Fill { questionnaire, key, .. } = page
            && asks(&questionnaire, &key)
        {
            Some((questionnaire, key, language.to_owned()))
        } else {
            None
        };
        let open = Rc::new(Cell::new(false));
        let reading = match of.clone() {
            Some((questionnaire, key, language)) => {
                maybe_done(read(shipped(questionnaire, language), key, journal, Rc::clone(&open)))
            }
            None => MaybeDone::Gone,
        };
        Self { of, reading, open }
    }

    /// To be set once the journal is open: then the draft may be asked for.
    #[must_use]
    pub fn may(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.open)
    }

    /// Reads while something else is done, and no longer than that takes.
    pub async fn beside<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|task| {
            let done = work.as_mut().poll(task);
            if self.of.is_some() {
                // Whatever comes of it is asked for by the page.
                let _read = Pin::new(&mut self.reading).poll(task);
            }
            done
        })
        .await
    }

    /// Waits until it is read, but no longer than a form that has to be fetched is worth: the page says that it
    /// is being opened. Only where the journal was opened.
    pub async fn read(&mut self) {
        if self.of.is_none() {
            return;
        }
        let mut late = pin!(timeout::wait(WORTH_MS));
        poll_fn(|task| match Pin::new(&mut self.reading).poll(task) {
            Poll::Ready(()) => Poll::Ready(()),
            Poll::Pending => late.as_mut().poll(task),
        })
        .await;
    }

    /// Leaves it for the first page. Only where the journal was opened: else it waits for that without end.
    pub fn leave(self) {
        if self.of.is_some() && self.open.get() {
            FIRST.set(Some(self));
        }
    }

    /// What was begun for the first page, if it is this form. Once: what is opened later is read anew.
    pub(super) fn take(questionnaire: &str, key: &FillKey, language: &str) -> Option<Work<Read>> {
        let first = FIRST.take()?;
        let of = first.of.as_ref()?;
        let same = of.0 == questionnaire && of.1 == *key && of.2 == language;
        match first.reading {
            _ if !same => None,
            MaybeDone::Future(reading) => Some(reading),
            MaybeDone::Done(read) => Some(Box::pin(std::future::ready(read))),
            MaybeDone::Gone => None,
        }
    }
}

/// One of this app's forms.
pub(super) fn shipped(questionnaire: String, language: String) -> Work<Result<Form, View>> {
    Box::pin(async move { forms::open(&questionnaire, &language).await.map_err(View::NoForm) })
}

/// Reads a form, and its draft once the journal is open.
pub(super) fn read(
    form: Work<Result<Form, View>>,
    key: FillKey,
    journal: IdbJournal,
    open: Rc<Cell<bool>>,
) -> Work<Read> {
    Box::pin(async move {
        let form = form.await?;
        // Woken by what opens it: both are polled by one task.
        poll_fn(|_| if open.get() { Poll::Ready(()) } else { Poll::Pending }).await;
        let kept = journal.draft(&key_of(&key, &form)).await;
        Ok((form, kept))
    })
}

/// What a form is a draft of.
pub(super) fn key_of(key: &FillKey, form: &Form) -> DraftKey {
    match key {
        FillKey::Unscheduled => DraftKey::Unscheduled(form.canonical.clone()),
        FillKey::Occasion(key) => DraftKey::Occasion(key.clone()),
        FillKey::Correction(id) => DraftKey::Correction(*id),
    }
}
