//! English.

use super::LockText;

pub(in crate::text) static LOCK: LockText = LockText {
    title: "Interlude is locked",
    code: "Your code",
    show: "Show what I type",
    open: "Open",
    opening: "One moment. The code is being checked.",
    wrong: "That was not the code. Nothing was changed.",
    wait: |seconds| {
        format!(
            "Several codes were not right. The next one can be tried in {}. Nothing is ever erased.",
            time(seconds)
        )
    },
    failed: "The browser's storage did not answer. Nothing was erased. Please try again.",
    keyless: "The key to this diary is gone from this browser, so it cannot be opened here any more.",
    waiting: |n| match n {
        0 => "Nothing waits to be sent.".to_owned(),
        1 => "1 entry waits to be sent. It is safe on this phone and goes once the diary is open.".to_owned(),
        n => {
            format!("{n} entries wait to be sent. They are safe on this phone and go once the diary is open.")
        }
    },
    parked: |n| match n {
        1 => "The clinic did not accept 1 entry. It is safe on this phone.".to_owned(),
        n => format!("The clinic did not accept {n} entries. They are safe on this phone."),
    },
    passkey: "Open with the passkey",
    passkey_failed: "The passkey did not open the diary. You can use the code.",
    forgot: "I have forgotten my code",
    forgot_means: "Nobody can tell you the code, the clinic neither. There is no hurry: nothing is erased unless you say so here.",
    held: |n| match n {
        0 => "The clinic has nothing of this diary.".to_owned(),
        1 => {
            "1 entry is at the clinic. It comes back when you connect again with a new code from the clinic."
                .to_owned()
        }
        n => format!(
            "{n} entries are at the clinic. They come back when you connect again with a new code from the clinic."
        ),
    },
    here_alone: |n| match n {
        1 => "1 entry is on this phone alone and would be lost.".to_owned(),
        n => format!("{n} entries are on this phone alone and would be lost."),
    },
    begun_on: |days| format!("Entered on {days}."),
    drafts: |n| match n {
        1 => "1 form was begun and not finished. It would be lost too.".to_owned(),
        n => format!("{n} forms were begun and not finished. They would be lost too."),
    },
    nothing_lost: "Nothing would be lost: all that was recorded here is at the clinic.",
    also: "Your settings would be gone as well. Please tell the clinic, so that it can end the access of this phone.",
    discard: "Discard this diary and begin anew",
    discard_means: "This cannot be undone. What is on this phone alone is gone for good. What the clinic has, it keeps.",
    discard_do: "Discard it now",
    keep: "Keep it locked",
    heading: "Lock",
    none: "No code is set. Whoever has this phone open can read the diary.",
    is_set: "A code is set. The diary on this phone opens with it alone.",
    means: "The code may be of any length, and may be pasted. A few words are much harder to guess than six digits.",
    forgetting: "If you forget it, what the clinic has comes back when you connect again. What was not sent is lost.",
    present: "Present code",
    new: "New code",
    again: "New code once more",
    set_do: "Set the code",
    change: "Change or remove the code",
    change_do: "Change the code",
    remove_do: "Remove the code",
    after: "Lock when Interlude was out of sight for",
    limits: ["any time at all", "1 minute", "5 minutes", "15 minutes", "1 hour"],
    lock_now: "Lock now",
    busy: "One moment. The code is being stored.",
    set: "The code is set. Interlude asks for it at each start.",
    removed: "There is no code any more.",
    key_means: "A passkey opens the diary with this phone's own lock: finger, face or PIN. The code stays. It asks for the present code above.",
    key_do: "Add a passkey",
    unkey_do: "Remove the passkey",
    keyed: "The passkey opens the diary too.",
    unkeyed: "The passkey does not open the diary any more.",
    no_passkey: "No passkey was added. This phone or browser may not have what it needs; the code works as before.",
    differ: "The two codes are not the same, or there is nothing in them. Nothing was changed.",
    wrong_present: "The present code is another one. Nothing was changed.",
    not_done: "The code could not be stored. It is what it was.",
};

/// "about 40 seconds", "about 3 minutes".
fn time(seconds: i64) -> String {
    match seconds {
        ..=1 => "1 second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("about {} minutes", seconds.saturating_add(59) / 60),
    }
}
