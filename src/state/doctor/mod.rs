//! The doctor's page: the diary summed up, what the person adds to it, and how it leaves the phone.
//!
//! Nothing of it is sent. What the person adds is kept as a small value, sealed like the rest, and is no
//! part of the summary's numbers.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use interlude_diary::calendar::LocalDay;
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{DayLine, Journal, JournalError, MetaKey, shown};
use interlude_diary::own::{Part, Summed, summed};
use interlude_diary::questionnaire::{Form, Item, Response, Value};
use interlude_diary::schedule::{Infusion, infusions};
pub use interlude_diary::summary::Period;
use interlude_diary::summary::{Report, Source, Summary, reports_effects, summary};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::language::Words;
use super::outside::Outside;
use super::pairing::Pairings;
use super::pulse::Pulse;
use super::trends::spare;
use crate::files::sheet;
use crate::journal::IdbJournal;
use crate::platform::{clock, document, download, print, style};
use crate::sync::forms;

/// Most characters of what the person adds to each part: so much has room on two sheets.
pub const MOST: usize = 400;
/// The sheet's element.
pub const SHEET: &str = "sheet";

/// What the person adds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Added {
    /// The name on the sheet; the clinic's initials where none was written.
    pub name: Option<String>,
    /// Medicines, and whether they are on the sheet.
    pub medicines: String,
    /// See `medicines`.
    pub with_medicines: bool,
    /// Notes, and whether they are on the sheet.
    pub notes: String,
    /// See `notes`.
    pub with_notes: bool,
    /// Whether answers to the person's own questions are on the sheet.
    pub with_own: bool,
}

/// What was read.
#[derive(Debug, PartialEq)]
pub struct Known {
    /// The present diary day.
    pub today: LocalDay,
    lines: Vec<DayLine>,
    spare: BTreeSet<EntryId>,
    infusions: Vec<Infusion>,
    reports: Vec<Report>,
    labels: BTreeMap<String, String>,
    own: Vec<(LocalDay, Response)>,
}

impl Known {
    /// Sums up, with answers to the person's own questions only where they let them in.
    #[must_use]
    pub fn summary(&self, period: Period, with_own: bool) -> Summary {
        let source = Source {
            lines: &self.lines,
            spare: &self.spare,
            infusions: &self.infusions,
            reports: &self.reports,
            own: self.own.iter().map(|(day, _)| *day).min().filter(|_| with_own),
            today: self.today,
        };
        let summary = summary(&source, period);
        let own = if with_own { self.own(summary.span.first, summary.span.last) } else { Vec::new() };
        Summary { own, ..summary }
    }

    /// Answers to the person's own questions on these days, summed up.
    fn own(&self, first: LocalDay, last: LocalDay) -> Vec<Summed> {
        let within = self.own.iter().filter(|(day, _)| (first..=last).contains(day));
        summed(within.map(|(_, response)| response))
    }

    /// The words of a code in the language of the screens, where the form is at hand.
    #[must_use]
    pub fn label(&self, code: &str, shown: &str) -> String {
        self.labels.get(code).map_or(shown, String::as_str).to_owned()
    }
}

/// What the page shows; `None` until it is read.
pub type View = Option<Result<Arc<Known>, JournalError>>;

/// A file of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The sheet as a page of its own.
    Page,
    /// Its figures as a table.
    Table,
    /// Its figures as a FHIR Bundle.
    Bundle,
}

/// The page's handle. Made when the page opens.
#[derive(Clone, Copy)]
pub struct Doctor {
    view: RwSignal<View>,
    period: RwSignal<Period>,
    added: RwSignal<Added>,
    keeping: RwSignal<Keeping>,
    failed: RwSignal<bool>,
    words: Words,
}

thread_local! {
    /// What is to be written next of what the person adds: kept though the page be left.
    static NEXT: RefCell<Option<String>> = const { RefCell::new(None) };
    /// One write at a time, so that the last wins.
    static WRITING: Cell<bool> = const { Cell::new(false) };
}

/// How what was added stands on disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// It is there.
    Kept,
    /// It is being written.
    Writing,
    /// It could not be written.
    Failed,
}

impl Doctor {
    /// Reads now, and again when the diary or the language changes.
    #[must_use]
    pub fn open() -> Self {
        style::adopt(&sheet::on_screen());
        let words = Words::get();
        let doctor = Self {
            view: RwSignal::new(None),
            period: RwSignal::new(Period::Series),
            added: RwSignal::new(Added::default()),
            keeping: RwSignal::new(Keeping::Kept),
            failed: RwSignal::new(false),
            words,
        };
        let (ports, pulse) = (Outside::get(), Pulse::get());
        Effect::new(move |_| {
            pulse.track();
            let (ports, language) = (std::rc::Rc::clone(&ports), words.language().tag());
            spawn_local(async move {
                let read = read(&ports.journal, ports.now().diary_day(), language).await;
                // The page may be gone by now.
                doctor.view.try_set(Some(read.map(Arc::new)));
            });
        });
        doctor.begin();
        doctor
    }

    /// Reads what was added before.
    fn begin(self) {
        let ports = Outside::get();
        let initials = Pairings::get().belongs().map(|bound| bound.initials);
        spawn_local(async move {
            let kept = ports.journal.meta(MetaKey::Sheet).await.ok().flatten();
            // What cannot be read counts as never written.
            let kept = kept.and_then(|text| serde_json::from_str::<Added>(&text).ok()).unwrap_or_default();
            let name = kept.name.clone().or(initials).unwrap_or_default();
            self.added.try_set(Added { name: Some(name), ..kept });
        });
    }

    /// What was read.
    #[must_use]
    pub fn view(self) -> Signal<View> {
        self.view.into()
    }

    /// The days summed up.
    #[must_use]
    pub fn period(self) -> Signal<Period> {
        self.period.into()
    }

    /// What the person adds.
    #[must_use]
    pub fn added(self) -> Signal<Added> {
        self.added.into()
    }

    /// Whether what was added is on disk.
    #[must_use]
    pub fn keeping(self) -> Signal<Keeping> {
        self.keeping.into()
    }

    /// Whether the last file could not be made.
    #[must_use]
    pub fn failed(self) -> Signal<bool> {
        self.failed.into()
    }

    /// Sums up other days.
    pub fn look(self, period: Period) {
        self.period.set(period);
    }

    /// Changes what is added: it is on the sheet at once, and kept on this phone.
    pub fn write(self, change: impl FnOnce(&mut Added)) {
        self.added.update(change);
        let Ok(text) = serde_json::to_string(&*self.added.read_untracked()) else { return };
        NEXT.set(Some(text));
        if WRITING.replace(true) {
            return;
        }
        self.keeping.set(Keeping::Writing);
        let ports = Outside::get();
        spawn_local(async move {
            let mut kept = true;
            while let Some(text) = NEXT.take() {
                kept = ports.journal.set_meta(MetaKey::Sheet, &text).await.is_ok();
            }
            WRITING.set(false);
            // The page may be gone by now.
            self.keeping.try_set(if kept { Keeping::Kept } else { Keeping::Failed });
        });
    }

    /// Opens the print window.
    pub fn print(self) {
        print::print();
    }

    /// Whether this phone has a share sheet for the files.
    #[must_use]
    pub fn can_share(self) -> bool {
        print::can_share(&[("interlude.html", PAGE, b"-"), ("interlude.csv", TABLE, b"-")])
    }

    /// Opens the share sheet with the page and the table.
    pub fn share(self) {
        let made = (self.file(Kind::Page), self.file(Kind::Table));
        self.failed.set(false);
        spawn_local(async move {
            let shared = match made {
                (Some(page), Some(table)) => {
                    let files = [
                        (page.0.as_str(), PAGE, page.2.as_bytes()),
                        (table.0.as_str(), TABLE, table.2.as_bytes()),
                    ];
                    print::share(&files).await
                }
                _ => false,
            };
            self.failed.try_set(!shared);
        });
    }

    /// Saves a file.
    pub fn save(self, kind: Kind) {
        let made = self.file(kind);
        let saved = made.is_some_and(|(name, media, text)| download::save(&name, media, text.as_bytes()));
        self.failed.set(!saved);
    }

    /// Name, media type and text.
    fn file(self, kind: Kind) -> Option<(String, &'static str, String)> {
        let summary = match &*self.view.read_untracked() {
            Some(Ok(known)) => {
                known.summary(self.period.get_untracked(), self.added.read_untracked().with_own)
            }
            Some(Err(_)) | None => return None,
        };
        let title = self.words.text().doctor().sheet.title;
        let (ending, media, text) = match kind {
            Kind::Page => {
                let page = document::html_of(SHEET)?;
                ("html", PAGE, sheet::page(&page, title, self.words.language().tag()))
            }
            Kind::Table => ("csv", TABLE, sheet::table(&summary)),
            Kind::Bundle => {
                let patient = Pairings::get().belongs().map(|bound| bound.patient);
                ("fhir.json", "application/fhir+json", sheet::bundle(&summary, patient.as_deref()))
            }
        };
        Some((format!("interlude-summary-{}.{ending}", clock::moment().local_day()), media, text))
    }
}

const PAGE: &str = "text/html";
const TABLE: &str = "text/csv";

async fn read(journal: &IdbJournal, today: LocalDay, language: &str) -> Result<Known, JournalError> {
    let infusions = infusions(&journal.infusions().await?);
    let lines = journal.days(LocalDay::from_number(i32::MIN), today).await?;
    let spare = spare(journal, &lines).await?;
    let mut reports = Vec::new();
    for line in
        lines.iter().filter(|line| reports_effects(line) && !line.retracted && !spare.contains(&line.id))
    {
        let family = journal.revisions(line.id).await?;
        reports.extend(shown(&family).and_then(|one| Report::of(&one.entry)));
    }
    let mut own = Vec::new();
    let is_own = |line: &&DayLine| !line.retracted && Part::of(&line.questionnaire) == Some(Part::Lines);
    for line in lines.iter().filter(is_own) {
        let family = journal.revisions(line.id).await?;
        let response = shown(&family).and_then(|one| one.entry.response().cloned());
        own.extend(response.map(|response| (line.day, response)));
    }
    // A form that is not on this phone: what was shown when it was answered is told instead.
    let form = forms::open("side-effects", language).await.ok();
    let labels = form.as_ref().map(labels).unwrap_or_default();
    Ok(Known { today, lines, spare, infusions, reports, labels, own })
}

/// The words of every choice of a form.
fn labels(form: &Form) -> BTreeMap<String, String> {
    fn gather(items: &[Item], to: &mut BTreeMap<String, String>) {
        for item in items {
            for choice in &item.options {
                if let Value::Coding(coding) = &choice.value
                    && let Some(code) = &coding.code
                {
                    to.insert(code.clone(), choice.label.clone());
                }
            }
            gather(&item.items, to);
        }
    }
    let mut labels = BTreeMap::new();
    gather(&form.items, &mut labels);
    labels
}

#[cfg(test)]
mod tests;
