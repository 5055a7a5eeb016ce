//! The keys of the tables: what can be said, page by page.

use super::fill::{DiaryText, FillText};

/// Every sentence in one language.
#[derive(Debug)]
pub struct Text {
    /// What stands on every page.
    pub shell: ShellText,
    /// Page Today.
    pub today: TodayText,
    /// The save light of the diary.
    pub light: LightText,
    /// Page Sync.
    pub sync: SyncText,
    /// Page Settings.
    pub settings: &'static SettingsText,
    /// Page Help, and the card of a red flag.
    pub help: &'static HelpText,
    /// First run.
    pub welcome: &'static WelcomeText,
    /// Pairing and consent.
    pub pair: &'static PairText,
    /// Page Fill and its controls.
    pub fill: &'static FillText,
    /// Page Diary.
    pub diary: &'static DiaryText,
}

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
    pub sync: &'static str,
    /// See `today`.
    pub help: &'static str,
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
    /// Done, the short part alone.
    pub done_short: fn(&str) -> String,
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
    /// No receipt yet.
    pub no_receipt: &'static str,
    /// About a day.
    pub about: fn(&str) -> String,
    /// The diary could not be read.
    pub failed: &'static str,
}

/// Words of the page Settings.
#[derive(Debug)]
pub struct SettingsText {
    /// Choices of language, theme.
    pub language: &'static str,
    /// See `language`.
    pub theme: &'static str,
    /// The themes, in the order of `Theme::ALL`.
    pub themes: [&'static str; 4],
    /// Filling in.
    pub filling: &'static str,
    /// The switch, and what it does.
    pub advance: &'static str,
    /// See `advance`.
    pub advance_means: &'static str,
    /// Country.
    pub country: &'static str,
    /// See `country`.
    pub country_why: &'static str,
    /// Clinic.
    pub clinic: &'static str,
    /// Paired with this clinic, as the patient with these initials.
    pub paired: fn(&str, &str) -> String,
    /// Not paired.
    pub unpaired: &'static str,
    /// Leads to pairing.
    pub connect: &'static str,
    /// Ends it.
    pub unpair: &'static str,
    /// What ending means.
    pub unpair_means: &'static str,
    /// Does it.
    pub unpair_do: &'static str,
    /// Leaves it.
    pub keep: &'static str,
    /// Storage.
    pub storage: &'static str,
    /// The browser's promise: given, not given, unknown.
    pub persisted: &'static str,
    /// See `persisted`.
    pub not_persisted: &'static str,
    /// See `persisted`.
    pub unknown: &'static str,
    /// Asks for it.
    pub ask: &'static str,
    /// Asked, and not given.
    pub asked: &'static str,
    /// Whether the app starts with no network.
    pub offline_ready: &'static str,
    /// See `offline_ready`.
    pub offline_not_yet: &'static str,
    /// Installing.
    pub install: &'static str,
    /// See `install`.
    pub install_why: &'static str,
    /// See `install`: by the browser's own prompt.
    pub install_do: &'static str,
    /// On an iPhone or iPad, in steps.
    pub install_ios: [&'static str; 3],
    /// It runs installed.
    pub installed: &'static str,
    /// Another browser, with no prompt.
    pub install_menu: &'static str,
    /// A file of everything.
    pub export: &'static str,
    /// See `export`.
    pub export_means: &'static str,
    /// See `export`.
    pub export_do: &'static str,
    /// It could not be made.
    pub export_failed: &'static str,
    /// Erasing.
    pub erase: &'static str,
    /// What it means.
    pub erase_means: &'static str,
    /// Does it.
    pub erase_do: &'static str,
    /// It failed.
    pub erase_failed: &'static str,
    /// A hospital's own server.
    pub server: &'static str,
    /// What it is.
    pub server_means: &'static str,
    /// Its fields.
    pub server_base: &'static str,
    /// See `server_base`.
    pub server_patient: &'static str,
    /// See `server_base`.
    pub server_token: &'static str,
    /// Goes on to the consent screen.
    pub server_next: &'static str,
    /// What was typed is no address or no id.
    pub server_wrong: &'static str,
    /// About.
    pub about: &'static str,
    /// "Version 0.1.0"
    pub version: fn(&str) -> String,
    /// Licences, notices.
    pub licence: &'static str,
    /// LOINC's own notice, in its own words.
    pub loinc: &'static str,
    /// The questionnaires' sources.
    pub forms: &'static str,
    /// What it is not.
    pub not_device: &'static str,
    /// A choice could not be kept.
    pub not_kept: &'static str,
}

/// Words of the page Help and of the card.
#[derive(Debug)]
pub struct HelpText {
    /// Heading of the card on the Help page.
    pub now: &'static str,
    /// Nobody watches.
    pub nobody: &'static str,
    /// Calls the clinic (its name).
    pub call_clinic: fn(&str) -> String,
    /// Calls the clinic that has no name.
    pub call_your_clinic: &'static str,
    /// No clinic's number is known.
    pub no_clinic: &'static str,
    /// In danger.
    pub danger: &'static str,
    /// See `danger`.
    pub danger_means: &'static str,
    /// Calls an emergency number.
    pub emergency: fn(&str) -> String,
    /// Talking to someone.
    pub talk: &'static str,
    /// Which country's numbers these are.
    pub of_country: fn(&str) -> String,
    /// No country chosen.
    pub no_country: &'static str,
    /// When the numbers were checked.
    pub checked: fn(&str) -> String,
    /// Nothing is recorded here.
    pub records_nothing: &'static str,
    /// Text to a number.
    pub text_to: fn(&str) -> String,
    /// Kinds of trouble after an infusion that want a call.
    pub when: &'static str,
    /// See `when`.
    pub when_list: &'static [&'static str],
    /// Heading of the red-flag card, with and without a clinic's number.
    pub flag_clinic: &'static str,
    /// See `flag_clinic`.
    pub flag_emergency: &'static str,
    /// The answer is safe and goes first.
    pub flag_kept: &'static str,
    /// Leaves the card.
    pub flag_go_on: &'static str,
    /// Heading of the quiet note.
    pub quiet: &'static str,
    /// What to do with it.
    pub quiet_more: &'static str,
    /// Words of the rules: what the person said.
    pub rules: &'static [(&'static str, &'static str)],
}

/// Words of the first run.
#[derive(Debug)]
pub struct WelcomeText {
    /// Heading.
    pub title: &'static str,
    /// What Interlude is.
    pub what: &'static str,
    /// What it is not.
    pub not_watched: &'static str,
    /// The question.
    pub question: &'static str,
    /// Its two answers.
    pub fresh: &'static str,
    /// See `fresh`.
    pub before: &'static str,
    /// What to do who used it before.
    pub before_title: &'static str,
    /// See `before_title`.
    pub before_paired: &'static str,
    /// See `before_title`.
    pub before_unpaired: &'static str,
    /// The browser or the server remembers a diary that is not here.
    pub wiped: &'static str,
    /// Goes on with an empty diary.
    pub start_empty: &'static str,
    /// A clinic's code is in hand.
    pub code_waits: &'static str,
    /// No country chosen yet.
    pub choose_country: &'static str,
}

/// Words of pairing.
#[derive(Debug)]
pub struct PairText {
    /// Heading.
    pub title: &'static str,
    /// What it is; that it can be left.
    pub what: &'static str,
    /// The field.
    pub code: &'static str,
    /// Its help.
    pub code_help: &'static str,
    /// Goes on.
    pub next: &'static str,
    /// Leaves.
    pub not_now: &'static str,
    /// While the clinic is asked.
    pub asking: &'static str,
    /// The code has not eight characters.
    pub not_a_code: &'static str,
    /// The clinic does not know the code.
    pub unknown: &'static str,
    /// Too many tries.
    pub slow: &'static str,
    /// No network.
    pub offline: &'static str,
    /// The clinic cannot now.
    pub failed: &'static str,
    /// The store failed.
    pub store: &'static str,
    /// iOS: heading and what to do.
    pub ios: &'static str,
    /// See `ios`.
    pub ios_why: &'static str,
    /// See `ios`: the code, to be typed there.
    pub ios_code: fn(&str) -> String,
    /// Consent: heading.
    pub consent: &'static str,
    /// To which clinic, by which address.
    pub to: &'static str,
    /// As the patient with these initials.
    pub patient: &'static str,
    /// What: heading.
    pub sends: &'static str,
    /// Nothing yet.
    pub sends_none: &'static str,
    /// So many of one kind.
    pub sends_kind: fn(u32, &str) -> String,
    /// And from now on.
    pub sends_later: &'static str,
    /// What stays.
    pub stays: &'static str,
    /// It can be ended.
    pub can_end: &'static str,
    /// If these are not your initials.
    pub not_me: &'static str,
    /// Yes.
    pub yes: &'static str,
    /// No.
    pub no: &'static str,
    /// Said after no, where there was no yes before.
    pub nothing_sent: &'static str,
    /// Said after no, where there was a yes before.
    pub nothing_more: &'static str,
    /// The clinic knows.
    pub told: &'static str,
    /// The clinic could not be told yet.
    pub not_told: &'static str,
    /// Another patient: heading, why, what to do.
    pub other: &'static str,
    /// See `other`.
    pub other_why: &'static str,
    /// See `other`.
    pub other_do: &'static str,
    /// Connected: heading and what follows.
    pub done: &'static str,
    /// See `done`.
    pub done_means: &'static str,
    /// Is paired already.
    pub already: fn(&str) -> String,
}
