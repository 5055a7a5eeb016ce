//! English.

use super::keys::{HelpText, LightText, PairText, SettingsText, ShellText, SyncText, TodayText, WelcomeText};

/// "1 entry", "2 entries".
fn entries(n: u64) -> String {
    if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") }
}

pub(super) static SHELL: ShellText = ShellText {
    today: "Today",
    diary: "Diary",
    settings: "Settings",
    trends: "Trends",
    sync: "Sending",
    help: "Help",
    pair: "Connect a clinic",
    moving: "Backup and moving",
    own: "Your own questions",
    erase: "Erase everything",
    doctor: "For my doctor",
    nav: "Pages",
    unknown: "There is nothing at this address",
    back: "Back",
    busy: "One moment",
    update: "A newer version of Interlude is ready on this phone.",
    update_do: "Use it now",
    update_later: "A form is open in another tab. Close it first; nothing in it is lost.",
    no_store: "Interlude cannot open the diary",
    blocked: "This browser refuses to store anything here. A private window does that. Open Interlude in a normal window.",
    too_new: "The diary on this phone was made by a newer version of Interlude. Nothing was touched. Reload to get that version.",
    locked: "The diary is locked, or the key to it is gone.",
    store_failed: "The browser's storage did not answer. Nothing was erased. Closing Interlude and opening it again often helps.",
    not_fetched: "This part of Interlude is not on this phone yet, and the network did not bring it. What was saved is safe.",
    help_not_fetched: "Please call for help now: your clinic, or the emergency number. In the European Union and many other countries that is 112.",
    again: "Try again",
};

pub(super) static TODAY: TodayText = TodayText {
    check_in: "Daily check-in",
    seven: "Seven short questions.",
    kept: |n| match n {
        1 => "1 answer is kept. You can go on where you stopped.".to_owned(),
        n => format!("{n} answers are kept. You can go on where you stopped."),
    },
    begin: "Begin",
    go_on: "Continue",
    only_pain: "Only pain today",
    done: |time| format!("Done at {time}."),
    done_short: |time| format!("Pain recorded at {time}. The rest can be answered until 04:00, or left out."),
    the_rest: "Answer the rest",
    calm: "A calmer screen for today?",
    calm_about: "Dark, muted colours, and nothing moves. You can change it back in Settings at any time.",
    calm_yes: "Use the calm screen",
    calm_no: "Leave it as it is",
    own_about: |n| match n {
        0 => "Medicines or anything else you want to follow".to_owned(),
        1 => "One question of your own".to_owned(),
        n => format!("{n} questions of your own"),
    },
    own_change: "Add or change",
    note: "A note",
    note_about: "In your own words, at any time",
    note_write: "Write",
    open: "Open",
    night: |day| {
        format!("It is after midnight. Until 04:00 this still counts as {day}, with the night before it.")
    },
    slept: |day| format!("I have slept: begin {day}"),
    late: |day| format!("{day} is still open"),
    late_means: "It will be marked as entered late. You can also leave it empty.",
    sleep: "Sleep times",
    sleep_about: "Optional. When you went to bed and got up.",
    due: "Around your infusions",
    due_before: |day| format!("How it is before your infusions, to compare later. Open until {day}."),
    due_before_again: |day| {
        format!("How it is since your last series, before the next one begins. Open until {day}.")
    },
    due_peg: |day| format!("Three questions, once a week after the infusions. Open until {day}."),
    due_gad: |day| format!("Seven questions, every two weeks after the infusions. Open until {day}."),
    due_pgic: |day| format!("One question about the time since your infusions. Open until {day}."),
    more: "Other questions",
    effects: "After the infusion",
    effects_about: "Side effects, at any time",
    report: "Report",
    session_about: "When it was, and how it went",
    peg_about: "Three questions about the past week",
    gad_about: "Seven questions about the last two weeks",
    pgic_about: "One question, after the infusions",
    begun: "Begun; your answers are kept.",
    help_now: "I need help now",
    failed: "Today's entries could not be read. Nothing was changed.",
};

pub(super) static LIGHT: LightText = LightText {
    empty: "Nothing recorded yet",
    empty_more: "What you answer is kept on this phone.",
    safe: "Safe on this phone",
    unpaired: |n| format!("{}. No clinic is connected; nothing leaves this phone.", entries(n)),
    wait: |n| match n {
        1 => "1 entry waits for the network.".to_owned(),
        n => format!("{n} entries wait for the network."),
    },
    clinic_had: |n, when| match n {
        1 => format!("The clinic had 1 other {when}."),
        n => format!("The clinic had the other {n} {when}."),
    },
    all: "The clinic had everything",
    all_more: |n, when| format!("{}; its last receipt came {when}.", entries(n)),
    some: |n, all| format!("The clinic had {n} of {}", entries(all)),
    some_more: |when| {
        format!("Its last receipt came {when}. The others stay on this phone, or came with no receipt.")
    },
    sent: "Sent",
    sent_more: "The server took everything. It gives no receipts, so this cannot be checked.",
    parked: |n| match n {
        1 => "1 entry was not accepted".to_owned(),
        n => format!("{n} entries were not accepted"),
    },
    parked_more: "They are safe on this phone. See what the clinic said.",
    at: |time| format!("today at {time}"),
    on: |day| format!("on {day}"),
};

pub(super) static SYNC: SyncText = SyncText {
    title: "Sending",
    unpaired: "No clinic is connected. Your diary is complete without one, and nothing leaves this phone.",
    connect: "Connect a clinic",
    now: "Send now",
    sending: "Sending.",
    offline: "There is no network now. Nothing to do: it goes when there is one.",
    later: "The clinic did not answer. It is tried again by itself.",
    sign_in: "The clinic no longer knows this phone. Your diary is safe here. Connect again with a new code.",
    nothing: "Nothing waits.",
    waiting: |n| match n {
        1 => "1 entry waits".to_owned(),
        n => format!("{n} entries wait"),
    },
    and_more: |n| format!("and {n} more"),
    held: "Goes when you press Done or leave the page.",
    first: "Goes before all others.",
    fresh: "Goes with the next connection.",
    tried: |n, time| match n {
        1 => format!("Tried once; next try from {time}."),
        n => format!("Tried {n} times; next try from {time}."),
    },
    parked: "Not accepted by the clinic",
    parked_means: "These stay on this phone and hold nothing else up. Show the words below to your clinic.",
    status: |code| format!("The server's answer: {code}"),
    no_reason: "The server gave no reason.",
    try_again: "Try again",
    save_file: "Save as a file",
    last: |when| format!("The clinic's last receipt came {when}."),
    damaged: |n| match n {
        1 => "1 record on this phone is not as it was written. It is left as it is and not shown.".to_owned(),
        n => format!(
            "{n} records on this phone are not as they were written. They are left as they are and not shown."
        ),
    },
    clock: "The clock of this phone",
    clock_off: |minutes| {
        let way = if minutes > 0 { "ahead of" } else { "behind" };
        let off = minutes.unsigned_abs();
        match (off / 1440, off / 60) {
            (0, 0) => format!("It is {off} minutes {way} the clinic's clock."),
            (0, 1) => format!("It is about an hour {way} the clinic's clock."),
            (0, hours) => format!("It is about {hours} hours {way} the clinic's clock."),
            (1, _) => format!("It is about a day {way} the clinic's clock."),
            (days, _) => format!("It is about {days} days {way} the clinic's clock."),
        }
    },
    clock_means: "Your entries keep the day and the time that you saw, and the clinic is told of the \
                  difference. If the time on this phone is wrong, set it in the phone's own settings.",
    no_receipt: "No receipt has come yet.",
    about: |day| format!("about {day}"),
    failed: "The list could not be read. Nothing was changed.",
};

pub(super) static SETTINGS: SettingsText = SettingsText {
    language: "Language",
    theme: "Colours",
    themes: ["As the phone is set", "Light", "Dark", "High contrast", "Calm: dark and muted, nothing moves"],
    filling: "Filling in",
    advance: "Go on by itself after a tap",
    advance_means: "When off, each question waits for Next.",
    country: "Country",
    country_why: "For the emergency numbers under Help.",
    clinic: "Clinic",
    paired: |clinic, initials| format!("Connected to {clinic}. Patient: {initials}"),
    unpaired: "No clinic is connected. Nothing leaves this phone.",
    connect: "Connect a clinic",
    unpair: "Disconnect",
    unpair_means: "Nothing more is sent from this phone. What the clinic has, it keeps. Your diary stays here.",
    unpair_do: "Disconnect now",
    keep: "Leave it as it is",
    storage: "Storage on this phone",
    persisted: "The browser keeps the diary until you erase it.",
    not_persisted: "The browser may clear the diary when the phone runs out of room. Installing Interlude makes that less likely.",
    unknown: "This browser does not say whether it may clear the diary.",
    ask: "Ask the browser to keep it",
    asked: "The browser did not promise it. That is common; it may after some days of use.",
    offline_ready: "Interlude opens with no network.",
    offline_not_yet: "Interlude does not open without a network yet. Keep it open for a moment while online.",
    install: "Install",
    install_why: "Installed, Interlude opens from the home screen.",
    install_do: "Install Interlude",
    install_ios: [
        "Tap the Share button of the browser.",
        "Choose \u{201c}Add to Home Screen\u{201d}.",
        "Open Interlude from the home screen.",
    ],
    installed: "Interlude runs as an installed app.",
    install_menu: "Your browser's menu may offer \u{201c}Install\u{201d} or \u{201c}Add to Home screen\u{201d}.",
    server: "A hospital's own server",
    server_means: "For technical staff: a FHIR R4 server instead of a clinic's code. The server must allow this address to reach it.",
    server_base: "Base address",
    server_patient: "Patient id",
    server_token: "Access token",
    server_next: "Continue",
    server_wrong: "The address must begin with https:// and the patient id must be filled in.",
    about: "About",
    version: |v| format!("Interlude, version {v}"),
    licence: "Free software, under the MIT or the Apache 2.0 licence.",
    loinc: "This material contains content from LOINC (http://loinc.org). LOINC is copyright \u{a9} Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC\u{ae} is a registered United States trademark of Regenstrief Institute, Inc.",
    forms: "PEG: Krebs and others, 2009. GAD-7: Spitzer, Kroenke, Williams and L\u{f6}we, 2006; no permission is required to reproduce, translate, display or distribute it. PGIC: after Guy, 1976. The other questions are Interlude's own.",
    not_device: "Interlude is a diary. It makes no diagnosis and gives no advice on treatment.",
    not_kept: "This choice could not be stored. It holds until you close Interlude.",
};

pub(super) static HELP: HelpText = HelpText {
    now: "I need help now",
    nobody: "Nobody watches your answers live. To reach a person, call.",
    call_clinic: |name| format!("Call {name}"),
    call_your_clinic: "Call your clinic",
    clinic_says: |words| format!("Your clinic says: {words}"),
    no_clinic: "No clinic's number is known to this phone. These are the public numbers.",
    danger: "If you may be in danger",
    danger_means: "Call the emergency number, or talk to someone now.",
    emergency: |number| format!("Emergency: {number}"),
    talk: "Talk to someone",
    of_country: |country| format!("Numbers for {country}."),
    no_country: "No country is chosen. In the European Union and many other countries the emergency number is 112.",
    checked: |day| format!("These numbers were checked on {day}."),
    records_nothing: "Opening this page records nothing and sends nothing. It works with no network; calls need a signal.",
    text_to: |number| format!("Text {number}"),
    when: "After an infusion, call at once for",
    when_list: &[
        "chest pain",
        "trouble breathing",
        "fainting",
        "seeing or hearing things that are not there, or confusion, that does not stop",
    ],
    flag_clinic: "Please call your clinic now",
    flag_emergency: "Please call for help now",
    flag_kept: "Your answer is safe on this phone and goes to the clinic first, but nobody watches it live.",
    flag_go_on: "Go on with the questions",
    quiet: "A note",
    quiet_more: "A value this high is worth telling your clinic. Its number is under Help. Nobody watches these answers live.",
    rules: &[
        ("chest-pain", "You said that you have chest pain."),
        ("breathing", "You said that you have trouble breathing."),
        ("fainting", "You said that you fainted."),
        (
            "seeing-hearing",
            "You said that you see or hear things that are not there, and that it has not stopped.",
        ),
        ("confusion", "You said that you are confused, and that it has not stopped."),
        ("pain-worst", "You gave your worst pain a 9 or 10."),
        ("pain-average", "You gave your average pain a 9 or 10."),
        ("pain-now", "You gave your pain now a 9 or 10."),
        ("anxiety", "You gave your anxiety a 9 or 10."),
    ],
};

pub(super) static WELCOME: WelcomeText = WelcomeText {
    title: "Interlude",
    what: "A diary of pain, sleep and anxiety between infusions. It is kept on this phone and works with no network.",
    not_watched: "It is not for emergencies. Nobody watches your answers live.",
    question: "New here, or used Interlude before?",
    fresh: "I am new here",
    before: "I used it before",
    before_title: "Your earlier diary",
    before_paired: "If a clinic was connected: ask it for a new code. What the clinic had comes back to this phone.",
    before_unpaired: "If no clinic was connected: the diary is only where you kept it, in the other browser or on the other phone. Look there first.",
    wiped: "This browser held a diary before, and it is gone from here. The browser or somebody cleared it.",
    start_empty: "Start with an empty diary",
    code_waits: "Your clinic's code is kept for the next step.",
    choose_country: "Not chosen",
};

pub(super) static PAIR: PairText = PairText {
    title: "Connect a clinic",
    what: "Your clinic can give you a code. Without one, Interlude is a whole diary all the same.",
    code: "Code from your clinic",
    code_help: "Eight letters and digits. It is good for ten minutes.",
    next: "Continue",
    not_now: "Not now",
    asking: "Asking the clinic.",
    not_a_code: "A code has eight letters and digits.",
    unknown: "The clinic does not know this code, or it is used or too old. Ask for a new one.",
    slow: "Too many tries. Wait a minute and try again.",
    offline: "There is no network. The code needs one; your diary does not.",
    failed: "The clinic's server cannot answer now. Try again in a few minutes.",
    store: "This could not be stored on the phone. Nothing was sent.",
    ios: "Install first",
    ios_why: "On this phone the installed app has a diary of its own. Install it, then enter the code there, so that your diary begins in the right place.",
    ios_code: |code| {
        format!(
            "Your code is {code}. It was not used up; it is good for ten minutes from when the clinic made it."
        )
    },
    consent: "What may be sent?",
    to: "To",
    patient: "As the patient",
    sends: "From this phone",
    sends_none: "Nothing yet: the diary is empty.",
    sends_kind: |n, kind| format!("{kind}: {n}"),
    sends_later: "From now on, every questionnaire you answer.",
    stays: "Notes of your own stay on this phone.",
    can_end: "You can disconnect at any time in Settings.",
    not_me: "If these are not your initials, choose No.",
    yes: "Yes, send them",
    no: "No, send nothing",
    nothing_sent: "Nothing was sent.",
    nothing_more: "Nothing more is sent.",
    told: "The clinic was told that this phone is not connected.",
    not_told: "The clinic could not be told yet that this phone is not connected; this phone tells it when there is a network.",
    other: "This diary is another patient's",
    other_why: "The code is for another patient than the one this diary is connected to. Nothing was sent, and the code was given back.",
    other_do: "If this phone has changed hands, save a file of the diary or erase it in Settings. Then ask the clinic for a new code.",
    done: "Connected",
    done_means: "What is in the diary is being sent. You can go on; it needs nothing from you.",
    came_back: |day| format!("What the clinic had is here, up to {day}."),
    none_of_day: |day| {
        format!("Nothing came back of {day}. If you answered then, it had not reached the clinic.")
    },
    none_of_days: |first, last| {
        format!(
            "Nothing came back of the days from {first} to {last}. What you may have answered then had not reached the clinic."
        )
    },
    already: |clinic| format!("This phone is connected to {clinic}."),
};
