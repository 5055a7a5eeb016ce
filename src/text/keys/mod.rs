//! The keys of the tables: what can be said, page by page.

mod person;

pub use person::{HelpText, PairText, SettingsText, WelcomeText};

/// Words that stand on every page.
#[derive(Debug)]
pub struct ShellText {
    /// Names of the pages.
    pub today: &'static str,
    /// See `today`.
    pub diary: &'static str,
    /// See `today`.
    pub settings: &'static str,
    /// See `today`.
    pub trends: &'static str,
    /// See `today`.
    pub sync: &'static str,
    /// See `today`.
    pub help: &'static str,
    /// See `today`: the page on which a clinic is connected.
    pub pair: &'static str,
    /// See `today`: the page of backup files.
    pub moving: &'static str,
    /// The page of the person's own questions.
    pub own: &'static str,
    /// See `today`: the page on which everything is erased.
    pub erase: &'static str,
    /// See `today`: the sheet for a doctor.
    pub doctor: &'static str,
    /// Name of the row of links at the foot.
    pub nav: &'static str,
    /// An address that is none.
    pub unknown: &'static str,
    /// One step back.
    pub back: &'static str,
    /// While something is read or asked for.
    pub busy: &'static str,
    /// A newer version waits: what it is, and the button.
    pub update: &'static str,
    /// See `update`.
    pub update_do: &'static str,
    /// It could not go in because a form is open.
    pub update_later: &'static str,
    /// The store cannot be opened: heading, and why.
    pub no_store: &'static str,
    /// See `no_store`.
    pub blocked: &'static str,
    /// See `no_store`.
    pub too_new: &'static str,
    /// See `no_store`.
    pub locked: &'static str,
    /// See `no_store`.
    pub store_failed: &'static str,
    /// A part of the app could not be fetched.
    pub not_fetched: &'static str,
    /// The card with the numbers could not be fetched.
    pub help_not_fetched: &'static str,
    /// Tries to open it again.
    pub again: &'static str,
}

/// Words of the page Today.
#[derive(Debug)]
pub struct TodayText {
    /// The check-in.
    pub check_in: &'static str,
    /// Nothing answered yet.
    pub seven: &'static str,
    /// A draft with so many answers.
    pub kept: fn(usize) -> String,
    /// Opens it from the start.
    pub begin: &'static str,
    /// Opens it where it was left.
    pub go_on: &'static str,
    /// Opens the short part.
    pub only_pain: &'static str,
    /// Done: when.
    pub done: fn(&str) -> String,
    /// Done, the short part alone, and until when the rest can be answered.
    pub done_short: fn(&str) -> String,
    /// Opens the rest.
    pub the_rest: &'static str,
    /// The offer of a calmer screen: the question, what it is, yes, no.
    pub calm: &'static str,
    /// See `calm`.
    pub calm_about: &'static str,
    /// See `calm`.
    pub calm_yes: &'static str,
    /// See `calm`.
    pub calm_no: &'static str,
    /// How many questions of their own the person has.
    pub own_about: fn(usize) -> String,
    /// Opens the page where they are added.
    pub own_change: &'static str,
    /// A note: name, what it is, its button.
    pub note: &'static str,
    /// See `note`.
    pub note_about: &'static str,
    /// See `note`.
    pub note_write: &'static str,
    /// Opens what was recorded.
    pub open: &'static str,
    /// After midnight: which day and night it still is (weekday and date).
    pub night: fn(&str) -> String,
    /// Opens the new day's check-in (its name).
    pub slept: fn(&str) -> String,
    /// Yesterday's check-in is still open (its day).
    pub late: fn(&str) -> String,
    /// What late means.
    pub late_means: &'static str,
    /// Sleep times: name, what it is.
    pub sleep: &'static str,
    /// See `sleep`.
    pub sleep_about: &'static str,
    /// Heading over what the infusions ask for now.
    pub due: &'static str,
    /// Why, and the last day on which it can be answered: before the infusions.
    pub due_before: fn(&str) -> String,
    /// See `due_before`: change, before a further series.
    pub due_before_again: fn(&str) -> String,
    /// See `due_before`: the PEG, after them.
    pub due_peg: fn(&str) -> String,
    /// See `due_before`: the GAD-7, after them.
    pub due_gad: fn(&str) -> String,
    /// See `due_before`: change, after them.
    pub due_pgic: fn(&str) -> String,
    /// Heading over the other questionnaires.
    pub more: &'static str,
    /// Side effects: name, what it is, its button.
    pub effects: &'static str,
    /// See `effects`.
    pub effects_about: &'static str,
    /// See `effects`.
    pub report: &'static str,
    /// What the infusion session asks.
    pub session_about: &'static str,
    /// What the PEG asks.
    pub peg_about: &'static str,
    /// What the GAD-7 asks.
    pub gad_about: &'static str,
    /// What the PGIC asks.
    pub pgic_about: &'static str,
    /// A draft of one of these is kept.
    pub begun: &'static str,
    /// Opens the card with the numbers.
    pub help_now: &'static str,
    /// The day could not be read from the store.
    pub failed: &'static str,
}

/// The save light of the whole diary.
#[derive(Debug)]
pub struct LightText {
    /// Nothing recorded.
    pub empty: &'static str,
    /// See `empty`.
    pub empty_more: &'static str,
    /// Recorded, and not all of it at the clinic.
    pub safe: &'static str,
    /// No clinic: so many revisions.
    pub unpaired: fn(u64) -> String,
    /// So many wait for the network.
    pub wait: fn(u32) -> String,
    /// The clinic had so many of them, at that time.
    pub clinic_had: fn(u64, &str) -> String,
    /// Everything has a receipt.
    pub all: &'static str,
    /// See `all`: how many, and when the last receipt came.
    pub all_more: fn(u64, &str) -> String,
    /// So many of so many have a receipt; the others stay here or have none.
    pub some: fn(u64, u64) -> String,
    /// See `some`.
    pub some_more: fn(&str) -> String,
    /// Sent, without receipts.
    pub sent: &'static str,
    /// See `sent`.
    pub sent_more: &'static str,
    /// So many were not accepted.
    pub parked: fn(u32) -> String,
    /// See `parked`.
    pub parked_more: &'static str,
    /// "today at 07:42"
    pub at: fn(&str) -> String,
    /// "on 11 March"
    pub on: fn(&str) -> String,
}

/// Words of the page Sync.
#[derive(Debug)]
pub struct SyncText {
    /// Heading.
    pub title: &'static str,
    /// No clinic is connected.
    pub unpaired: &'static str,
    /// Leads to pairing.
    pub connect: &'static str,
    /// Sends now.
    pub now: &'static str,
    /// While it is being sent.
    pub sending: &'static str,
    /// The last attempt: no network.
    pub offline: &'static str,
    /// The last attempt: the server did not answer, or said later.
    pub later: &'static str,
    /// The clinic does not know this phone any more.
    pub sign_in: &'static str,
    /// Nothing waits.
    pub nothing: &'static str,
    /// Heading over what waits: how many.
    pub waiting: fn(usize) -> String,
    /// So many more than shown.
    pub and_more: fn(usize) -> String,
    /// Why a row waits: until Done.
    pub held: &'static str,
    /// It goes first.
    pub first: &'static str,
    /// No attempt yet.
    pub fresh: &'static str,
    /// After so many attempts, again at that time.
    pub tried: fn(u32, &str) -> String,
    /// Heading over what was refused.
    pub parked: &'static str,
    /// What that means.
    pub parked_means: &'static str,
    /// The server's status.
    pub status: fn(u16) -> String,
    /// The server gave no reason.
    pub no_reason: &'static str,
    /// Lets a refused one go again.
    pub try_again: &'static str,
    /// Saves a refused one as a file.
    pub save_file: &'static str,
    /// The last receipt: its time.
    pub last: fn(&str) -> String,
    /// So many records are not what was written.
    pub damaged: fn(usize) -> String,
    /// Heading: this phone's clock and the clinic's differ.
    pub clock: &'static str,
    /// By how many minutes this phone's is ahead; behind: negative.
    pub clock_off: fn(i64) -> String,
    /// What that means, and what to do.
    pub clock_means: &'static str,
    /// No receipt yet.
    pub no_receipt: &'static str,
    /// About a day.
    pub about: fn(&str) -> String,
    /// The diary could not be read.
    pub failed: &'static str,
}
