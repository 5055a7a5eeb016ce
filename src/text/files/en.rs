//! Files, moving and erasing, in English.

use super::{EraseText, FilesText};

const fn s(n: usize) -> &'static str {
    if n == 1 { "entry" } else { "entries" }
}

pub(in crate::text) static FILES: FilesText = FilesText {
    export: "Your diary as a file",
    export_means: "All entries with their history. Works with no network. Anyone who has the file can read it.",
    export_fhir: "Save for another health system (FHIR)",
    export_table: "Save as a table (CSV)",
    export_failed: "The file could not be made. Nothing was changed.",
    moving: "Backup and moving",
    moving_means: "A locked file of everything: for safe keeping, or for a new phone.",
    title: "Backup and moving",
    keep: "Keep a backup file",
    keep_means: "One file with all entries, their history and forms you have begun. It is locked: nobody can open it without your words or your code. The connection to a clinic is not in it.",
    lock: "Lock the file with",
    by_words: "Words that I choose",
    by_code: "A code made for me",
    words: "Passphrase",
    words_help: "At least 10 characters. Four or five words that do not belong together are good.",
    words_again: "The same once more",
    show: "Show what I type",
    show_means: "Only while this page is open.",
    words_short: "Please use at least 10 characters.",
    words_differ: "The two are not the same.",
    make_code: "Show a code",
    code_once: "Write this code down now. It is shown this once, and nothing else opens the file.",
    code_kept: "I have it. Save the file",
    save: "Save the file",
    saving: "The file is being made. This can take some seconds.",
    saved: |name| {
        format!(
            "The browser was given {name}. Check that it is among your downloads. For a new phone: send the file there, open Interlude, then Settings, Backup and moving."
        )
    },
    not_read: "The diary could not be read, so no file was made. Nothing was changed.",
    bring: "Bring a diary from a file",
    bring_means: "What is in the file is added to what is here. Nothing here is replaced or erased.",
    file: "Backup file",
    file_words: "The passphrase of this file",
    file_code: "The recovery code of this file",
    file_code_help: "28 letters and numbers. Hyphens and small letters do not matter.",
    bring_do: "Bring it in",
    opening: "The file is being opened. This can take some seconds.",
    other: "This is no backup file of Interlude, or it was damaged on the way. Nothing was changed.",
    newer: "A newer Interlude made this file. Bring Interlude here up to date, then try again. Nothing was changed.",
    cut: "The file is not whole: a part is missing or was added on the way. Send or copy it once more. Nothing was changed.",
    large: "The file is too large to be a diary. Nothing was changed.",
    unreadable: "The browser could not read the file. Is it still there? Nothing was changed.",
    mistyped: "This is not a recovery code. Please look for a slip. Nothing was changed.",
    nothing_typed: "Please type what opens the file.",
    shut: "It does not open. Either these are not the words or the code of this file, or the file was altered on the way. Nothing was changed.",
    damaged: "The file opened, and what is in it cannot be read. Nothing was changed.",
    browser: "This browser has not enough memory for it. Close other pages and try again. Nothing was changed.",
    another: |initials, clinic| {
        format!(
            "This is the diary of another person ({initials} at {clinic}). Nothing was changed: both diaries are as they were."
        )
    },
    store: "Not all of it could be kept. What was here is safe. Make room on the phone and bring the file in once more.",
    joined: |new, more| match (new, more) {
        (new, 0) => format!("{new} {} added.", s(new)),
        (0, more) => format!("{more} {} here have corrections from the file now.", s(more)),
        (new, more) => {
            format!("{new} {} added. {more} {} here have corrections from the file now.", s(new), s(more))
        }
    },
    nothing_new: "Everything in the file was here already.",
    goes_up: "What the clinic does not have goes there next.",
    connect_again: |clinic| {
        format!("This diary belongs with {clinic}. To send again, ask them for a new code.")
    },
    open_diary: "Open the diary",
    back: "Back to Settings",
    have_file: "If you kept a backup file, your diary comes back from it.",
    have_file_do: "I have a backup file",
};

pub(in crate::text) static ERASE: EraseText = EraseText {
    leads: "Erase everything",
    leads_means: "Takes the diary off this phone and, if you wish, off the clinic's server.",
    title: "Erase everything",
    means: "All entries, forms you have begun, settings and keys on this phone go for good. Nobody can bring them back.",
    keep_first: "Keep a backup file first",
    clinic: |name| format!("This diary is connected to {name}."),
    clinic_asks: "What should the clinic do?",
    clinic_keeps: "The clinic keeps what it has",
    clinic_erases: "The clinic erases it too",
    keeps_means: "It stays part of your record there. This phone's access ends.",
    erases_means: "Answers, scores and notices go there too, and every phone's access ends. Copies the clinic made for safety lose them when they are next used.",
    choose: "Please choose what happens at the clinic.",
    unsent: |n| match n {
        1 => "1 entry was never sent. It will be gone.".to_owned(),
        n => format!("{n} entries were never sent. They will be gone."),
    },
    elsewhere: |name| format!("{name} keeps what was sent. To have it erased there, ask them."),
    next: "Go on",
    sure_here: "Erase this diary from this phone for good?",
    sure_both: "Erase this diary from this phone and at the clinic for good?",
    yes: "Erase for good",
    no: "Leave everything as it is",
    asking: "The clinic is being asked.",
    no_answer: "The clinic did not answer. Nothing was erased, here or there.",
    again: "Try again",
    only_here: "Erase this phone all the same",
    only_here_means: "The clinic then keeps what it has, and this phone's access stays open until the clinic ends it.",
    failed: "Not everything could be erased here. Close other tabs with Interlude and try again.",
    done: "Everything is erased",
    done_here: "Nothing of the diary is left on this phone, nor of the app: opening it again needs the network. Files you saved are yours: delete them yourself if you wish.",
    receipt_erased: |n, when| {
        format!(
            "The clinic erased what it had on {when}: {n} {}, corrections counted.",
            if n == 1 { "record" } else { "records" }
        )
    },
    receipt_kept: |n, when| {
        format!(
            "The clinic keeps what it has, {when}: {n} {}, corrections counted. This phone has no access any more.",
            if n == 1 { "record" } else { "records" }
        )
    },
    was_ended: "The clinic had ended this phone's access before, so it was not asked.",
    not_told: "The clinic was not told.",
    receipt_mark: |mark| format!("Mark of this receipt: {mark}"),
    receipt_save: "Save the receipt",
    start: "Start with an empty diary",
    gone: "This diary was erased at the clinic. Nothing more is sent. What is on this phone stays until you erase it here.",
};
