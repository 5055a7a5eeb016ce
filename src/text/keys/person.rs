//! Keys of what concerns the person rather than the day: settings, help, first run, pairing.

/// Words of the page Settings.
#[derive(Debug)]
pub struct SettingsText {
    /// Choices of language, theme.
    pub language: &'static str,
    /// See `language`.
    pub theme: &'static str,
    /// The themes, in the order of `Theme::ALL`.
    pub themes: [&'static str; 5],
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
    /// The clinic's own words to it.
    pub clinic_says: fn(&str) -> String,
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
    /// The diary came back from the clinic, up to this day.
    pub came_back: fn(&str) -> String,
    /// Of this one day after it, or of these days, nothing did.
    pub none_of_day: fn(&str) -> String,
    /// See `none_of_day`: first and last.
    pub none_of_days: fn(&str, &str) -> String,
    /// Is paired already.
    pub already: fn(&str) -> String,
}
