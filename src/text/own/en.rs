//! English.

use interlude_diary::own::Words;

use super::OwnText;

pub(in crate::text) static OWN: OwnText = OwnText {
    about: "Your medicines, and questions of your own. They are part of no score and no curve.",
    none: "You have not added any yet.",
    answers: ["0 to 10", "Yes or no", "A medicine: taken or not"],
    stop: "Stop asking",
    stop_this: |line| format!("Stop asking: {line}"),
    stop_means: "What you answered stays in your diary.",
    add_title: "Add one",
    label: "Your words",
    help: "For example: ringing in my ears, went outside, paracetamol 1 g.",
    how: "How it is answered",
    add: "Add",
    empty: "Please write what is to be asked.",
    long: |most| format!("Please shorten it: {most} characters fit."),
    full: |most| format!("There are {most} already. Stop asking one of them first."),
    there: "This is asked already.",
    added: |line| format!("Added: {line}"),
    not_kept: "This could not be stored on this phone. Please try again.",
    share: "What may be sent",
    share_none: "All of this stays on this phone.",
    share_about: |clinic| {
        format!(
            "This stays on this phone unless you turn it on. Then {clinic} gets what you write from now on; what you wrote before stays here."
        )
    },
    share_lines: "Send answers to my own questions and medicines",
    share_notes: "Send my notes",
    share_on: "On: what you write from now on is sent.",
    share_off: "Off: it stays on this phone.",
    words: Words {
        titles: ["Your own questions", "A note"],
        ends: ("Not at all", "As much as can be"),
        taken: |medicine| format!("{medicine}: taken?"),
        note: "What do you want to write down?",
    },
};
